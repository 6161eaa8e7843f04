"""Write docs/reference/api.md from the OpenAPI document: `python -m tools.api_reference`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasktracker.api.openapi import document
from tasktracker.api.problems import KINDS, Kind
from tasktracker.api.schema_words import Json, in_words, resolved

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "api.md"
COMMAND = "python -m tools.api_reference"
PROBLEM = "application/problem+json"
QUIET = {"RateLimit", "RateLimit-Policy"}
"""Headers of every answer: said once, at the top."""
USUAL = {"cross-site", "invalid", "malformed", "too-large", "too-often", "unavailable", "wrong-media-type"}
"""Refusals that have nothing to do with what a call is for: said once, before the calls."""

_HEAD = f"""\
# The JSON API

<!-- Written by `{COMMAND}` (`make docs`) from tasktracker/api. Change the routes there, not this page. -->

A running server has the same at `/api/docs`, where calls can be tried, and the OpenAPI document that both are made from
at `/api/v1/openapi.json`.

"""


def main() -> None:
    PAGE.write_text(render(), encoding="utf-8")
    print(f"==> {PAGE.name} says what the API does")


def render() -> str:
    """The page as it has to be. The lines of an example may end as its format wants; those of the page do not."""
    return Page(document()).text.replace("\r\n", "\n")


class Page:
    """The document as Markdown. An answer that was shown before is not shown again."""

    def __init__(self, read: Json) -> None:
        self._document = read
        self._shown: dict[str, str] = {}
        self._tags: dict[str, list[tuple[str, str, Json]]] = {}
        for path, methods in read["paths"].items():
            for method, operation in methods.items():
                self._tags.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
        parts = [_HEAD + read["info"]["description"], _usual(), self._contents()]
        parts += [self._section(tag, operations) for tag, operations in self._tags.items()]
        parts.append("## Problems\n\n" + "\n".join(map(_problem, KINDS.values())))
        self.text = re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"

    def _contents(self) -> str:
        lines = ["## Contents\n"]
        for tag, operations in self._tags.items():
            calls = (_link(operation["summary"]) for _, _, operation in operations)
            lines.append(f"- {_link(tag)}: {', '.join(calls)}")
        return "\n".join([*lines, f"- {_link('Problems')}", ""])

    def _section(self, tag: str, operations: list[tuple[str, str, Json]]) -> str:
        return f"## {tag}\n\n" + "\n".join(self._operation(*each) for each in operations)

    def _operation(self, method: str, path: str, operation: Json) -> str:
        parts = [f"### {operation['summary']}", f"`{method} {path}`", operation["description"]]
        parts += [*self._parameters(operation), *self._body(operation), *self._answers(operation)]
        return "\n\n".join(parts) + "\n"

    def _parameters(self, operation: Json) -> Iterator[str]:
        parameters = [resolved(self._document, each) for each in operation.get("parameters", [])]
        if parameters:
            rows = (_row(each["name"], each["in"], each, is_needed=each["required"]) for each in parameters)
            yield _table("parameter", rows)

    def _body(self, operation: Json) -> Iterator[str]:
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            schema = resolved(self._document, content["schema"])
            fields = schema.get("properties", {}).items()
            needed = schema.get("required", [])
            place = "body" if media_type == "application/json" else f"`{media_type}`"
            yield _table("field", (_row(name, place, field, is_needed=name in needed) for name, field in fields))
            if "examples" in content:
                yield _shown(media_type, next(iter(content["examples"].values()))["value"])

    def _answers(self, operation: Json) -> Iterator[str]:
        refusals = []
        for status, each in operation["responses"].items():
            answer = resolved(self._document, each)
            content = answer.get("content", {})
            if PROBLEM in content:
                refusals += [f"{status} {_link(slug)}" for slug in content[PROBLEM]["examples"] if slug not in USUAL]
            else:
                yield f"**{status}** {answer['description']}{_headers(answer)}"
                yield from self._examples(operation["summary"], content)
        if refusals:
            yield f"Refusals: {', '.join(refusals)}."

    def _examples(self, summary: str, content: Json) -> Iterator[str]:
        for media_type, each in content.items():
            if "example" not in each:
                yield f"The bytes, as `{media_type}`."
                continue
            text = _shown(media_type, each["example"])
            if text in self._shown:
                yield f"As in {_link(self._shown[text])}."
            else:
                self._shown[text] = summary
                yield text if len(content) == 1 else f"As `{media_type}`:\n\n{text}"


def _usual() -> str:
    refusals = ", ".join(f"{kind.status} {_link(slug)}" for slug, kind in KINDS.items() if slug in USUAL)
    return f"**Any call** may answer {refusals}; below stands what a call refuses beyond that.\n"


def _shown(media_type: str, example: Any) -> str:
    return _json(example) if media_type == "application/json" else _block("", example.strip())


def _table(what: str, rows: Iterator[str]) -> str:
    return "\n".join([f"| {what} | in | value | | |", "|---|---|---|---|---|", *rows])


def _row(name: str, place: str, described: Json, *, is_needed: bool) -> str:
    value = in_words(described.get("schema", described)).replace(" | ", ", ")
    text = described.get("description", "").replace("\n", " ").replace("|", "\\|")
    cells = [f"`{name}`", place, value, "needed" if is_needed else "", text]
    return f"| {' | '.join(cells)} |"


def _headers(answer: Json) -> str:
    names = [f"`{name}`" for name in answer.get("headers", {}) if name not in QUIET]
    return f" With {', '.join(names)}." if names else ""


def _problem(kind: Kind) -> str:
    return f"### {kind.slug}\n\n**{kind.status}** {kind.title}. `{kind.type}`\n\n> {kind.detail}\n"


def _link(heading: str) -> str:
    """A link to a heading of this page."""
    anchor = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
    return f"[{heading}](#{anchor})"


def _json(value: Any) -> str:
    return _block("json", json.dumps(value, indent=2, ensure_ascii=False))


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


if __name__ == "__main__":
    main()
