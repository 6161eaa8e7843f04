"""The catalogues hold every text of the interface, in every language."""

import ast
import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tasktracker.domain.usual_columns import usual_columns
from tasktracker.ui.language import LANGUAGES, SOURCE, babel_locale
from tools.messages import ROOT, catalogue, extracted, file_of, is_translated, updated

TRANSLATED = sorted(LANGUAGES.keys() - {SOURCE})


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_holds_the_texts_of_the_code_and_no_others(code: str) -> None:
    assert updated(code) == file_of(code).read_text("utf-8"), "run `make messages`"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated(code: str) -> None:
    assert [message.id for message in _messages(code) if not is_translated(message)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_new_project_has_columns_in_its_makers_language(code: str) -> None:
    assert usual_columns(code) != usual_columns(SOURCE)


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_is_a_guess(code: str) -> None:
    assert [message.id for message in _messages(code) if message.fuzzy] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_text(code: str) -> None:
    """Of the forms of a plural, those for one or two things may go without the number: "one task"."""
    assert [message.id for message in _messages(code) if not _has_its_placeholders(message)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_counts_as_browsers_do(code: str) -> None:
    """static/language.js takes the form of a plural by CLDR's names, Python by the catalogue's own formula."""
    plural = babel_locale(code).plural_form
    order: list[str] = [
        name for name in ("zero", "one", "two", "few", "many", "other") if name in {*plural.tags, "other"}
    ]
    formula = c2py(catalogue(code).plural_expr)
    assert [(n, formula(n)) for n in range(1200)] == [(n, order.index(plural(n))) for n in range(1200)]


def test_every_text_is_written_out_where_it_is_used() -> None:
    """What is put together first cannot be found in a catalogue."""
    calls = [call for file in (ROOT / "tasktracker" / "ui").rglob("*.py") for call in _calls(file)]
    assert [call for call in calls if not call.endswith("a text")] == []
    assert calls


def test_every_text_of_a_script_is_written_out_too() -> None:
    put_together = re.compile(r"(?<![\w.$])t[nc]?\((?!\s*[\"'])[^\n]*")
    scripts = [file for file in (ROOT / "tasktracker" / "ui").rglob("*.js") if file.name != "language.js"]
    assert [
        f"{file.name}: {found}" for file in scripts for found in put_together.findall(file.read_text("utf-8"))
    ] == []
    assert scripts


def test_the_texts_of_python_and_of_scripts_are_found() -> None:
    files = {Path(name).suffix for message in extracted() for name, _line in message.locations}
    assert files == {".py", ".js"}


def _messages(code: str) -> Iterator[Message]:
    return (message for message in catalogue(code) if message.id)


def _has_its_placeholders(message: Message) -> bool:
    if isinstance(message.id, str):
        return _placeholders(message.id) == _placeholders(str(message.string))
    wanted = _placeholders(message.id[1])
    return all(_placeholders(form) in (wanted, wanted - {"n"}) for form in message.string or ())


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def _calls(file: Path) -> Iterator[str]:
    """Each `t(…)`, `tn(…)` and `tc(…)` of a file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("t", "tn", "tc"):
            texts = node.args[: 1 if node.func.id == "t" else 2]
            is_written_out = all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in texts)
            yield f"{file.name}:{node.lineno}: {'a text' if texts and is_written_out else ast.unparse(node)}"
