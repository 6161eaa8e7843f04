"""What is refused, told in the reader's language.

A refusal is a sentence in plain English, since scripts read it too. `make messages` finds those sentences in the code,
and puts them into the catalogues with placeholders for what they name: "{ref} is in the trash. Restore it to change
it." So here a sentence is recognised by its text, and told anew. One that no catalogue knows stays English.
static/refusals.js does the same in the browser, for what the API answers there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tasktracker.domain.errors import Invalid, Refusal
from tasktracker.ui.language import CATALOGUES, LANGUAGES, SOURCE, number_text, spoken, translations

WORDS = frozenset({"what", "noun", "action", "role"})
"""Placeholders for words that the catalogues hold too: "task", "comment on tasks"."""
ROOMS = ("tasktracker/api/", "tasktracker/domain/", "tasktracker/services/")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\b\d{1,3}(,\d{3})+\b")
_END = re.compile(r"[.?!] ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A refusal as the catalogues have it; `pattern` recognises it with its values."""

    message: str
    pattern: re.Pattern[str]


def refusal_text(refusal: Refusal) -> str:
    """What to tell the person, in the language of the page."""
    if isinstance(refusal, Invalid):
        return " ".join(told(problem.detail) for problem in refusal.problems)
    return told(str(refusal))


def told(sentence: str) -> str:
    """A refusal's sentence, or two, in the language of the page."""
    if spoken() == SOURCE:
        return sentence
    return _told(sentence) or _told_apart(sentence) or sentence


def _told(sentence: str) -> str | None:
    """The whole in one, if a catalogue has it so."""
    for each in sentences():
        if (found := each.pattern.fullmatch(sentence)) and _has_its_words(found.groupdict()):
            values = {name: _value(value) for name, value in found.groupdict().items()}
            return translations(spoken()).gettext(each.message).format(**values)
    return None


def _told_apart(text: str) -> str | None:
    """What was put together of two: what is wrong, and what was probably meant."""
    for end in _END.finditer(text):
        first, second = _told(text[: end.start() + 1]), _told(text[end.end() :])
        if first and second:
            return f"{first} {second}"
    return None


def _value(text: str) -> str:
    if text in _known():
        return translations(spoken()).gettext(text)
    return _told(text) or _NUMBER.sub(lambda found: number_text(int(found[0].replace(",", ""))), text)


def _has_its_words(values: Mapping[str, str]) -> bool:
    return all(value in _known() for name, value in values.items() if name in WORDS)


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every refusal that the catalogues hold, those with the most words of their own first."""
    messages = [str(each.id) for each in _messages() if is_refusal(each)]
    messages.sort(key=lambda each: -len(_PLACEHOLDER.sub("", each)))
    return tuple(Sentence(each, _pattern(each)) for each in messages)


@cache
def _known() -> frozenset[str]:
    """Every text that the catalogues hold."""
    return frozenset(each.id for each in _messages() if isinstance(each.id, str))


def _messages() -> list[Message]:
    code = next(code for code in LANGUAGES if code != SOURCE)  # each holds them all
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        return [each for each in read_po(source, locale=code) if each.id]


def is_refusal(message: Message) -> bool:
    """Whether the message stands in a room below the interface."""
    return any(file.startswith(ROOMS) for file, _line in message.locations)


def _pattern(message: str) -> re.Pattern[str]:
    ends = [0, *(place for found in _PLACEHOLDER.finditer(message) for place in found.span()), len(message)]
    parts = [message[start:end] for start, end in pairwise(ends)]
    return re.compile("".join(_piece(part) for part in parts), re.DOTALL)


def _piece(part: str) -> str:
    name = _PLACEHOLDER.fullmatch(part)
    return f"(?P<{name[1]}>.+?)" if name else re.escape(part)
