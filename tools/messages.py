"""Brings the catalogues of tasktracker/ui/languages in line with the texts in the code: `make messages`.

Texts that are new wait there to be translated; those that the code has no more are dropped. A text that resembles an
old one gets no guess: a wrong translation is harder to see than a missing one. A new language begins as a file with
nothing but its header.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from tasktracker.ui.language import CATALOGUES, LANGUAGES, SOURCE
from tools.refusals import FOR_PROGRAMS, ROOMS, sentences_in, words_in

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "tasktracker"
KEYWORDS = {"t": None, "tn": (1, 2), "tc": ((1, "c"), 2)}
METHODS = {".py": "python", ".js": "javascript"}
_STRING = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
IN_TEMPLATES = {
    "t": re.compile(rf"\bt\(\s*{_STRING}"),
    "tn": re.compile(rf"\btn\(\s*{_STRING}\s*,\s*{_STRING}"),
    "tc": re.compile(rf"\btc\(\s*{_STRING}\s*,\s*{_STRING}"),
}
"""Calls in a script's templates, which are strings to whoever reads scripts."""


def main() -> None:
    """Write every catalogue anew."""
    for code in LANGUAGES.keys() - {SOURCE}:
        text = updated(code)
        file_of(code).write_text(text, "utf-8")
        missing = len([message for message in catalogue(code) if message.id and not is_translated(message)])
        print(f"==> {code}.po: {missing} texts to translate" if missing else f"==> {code}.po is complete")


def updated(code: str) -> str:
    """What the language's catalogue should hold, with the translations that it has."""
    found = catalogue(code)
    found.update(extracted(), no_fuzzy_matching=True)
    found.obsolete.clear()
    buffer = BytesIO()
    # By text and without line numbers: an edit of the code changes nothing here but what it says.
    write_po(buffer, found, width=120, sort_output=True, include_lineno=False, omit_header=True)
    header = file_of(code).read_text("utf-8").strip().partition("\n\n")[0]
    return f"{header}\n\n{buffer.getvalue().decode().strip()}\n"


def file_of(code: str) -> Path:
    """Where a language's catalogue is."""
    return CATALOGUES / f"{code}.po"


def catalogue(code: str) -> Catalog:
    """The language's catalogue as it stands."""
    with file_of(code).open("rb") as source:
        return read_po(source, locale=code)


@cache
def extracted() -> Catalog:
    """Every text in the code, in English."""
    template = Catalog()
    for file in _files("ui", *METHODS):
        for line, text, comments, context in extract_from_file(METHODS[file.suffix], file, KEYWORDS):
            template.add(text, None, [(_name_of(file), line)], auto_comments=comments, context=context)
        for context, text in _in_templates(file):
            template.add(text, None, [(_name_of(file), 0)], context=context)
    for file, line, text in _refused():
        template.add(text, None, [(_name_of(file), line)])
    return template


def is_translated(message: Message) -> bool:
    """Whether it has a translation; one of a number of things needs all forms of the plural."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _in_templates(file: Path) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """What babel does not see: texts in the templates of a script, each behind its context if it has one."""
    source = file.read_text("utf-8") if file.suffix == ".js" else ""
    for kind, pattern in IN_TEMPLATES.items():
        for found in pattern.finditer(source):
            first, *rest = (str(ast.literal_eval(each)) for each in found.groups())
            yield (first, rest[0]) if kind == "tc" else (None, (first, rest[0]) if rest else first)


def _refused() -> Iterator[tuple[Path, int, str]]:
    """What is refused, wherever that is."""
    for room, find in (("api", words_in), ("ui", words_in), *((room, sentences_in) for room in ROOMS)):
        for file in _files(room, ".py"):
            if not file.relative_to(PROGRAM).as_posix().startswith(FOR_PROGRAMS):
                yield from ((file, line, text) for line, text in find(file))


def _files(room: str, *kinds: str) -> Iterator[Path]:
    yield from sorted(file for file in (PROGRAM / room).rglob("*") if file.suffix in kinds)


def _name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
