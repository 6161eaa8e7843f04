"""The texts of the scripts in one language, as a file that browsers keep.

It sets `window.tasktrackerTexts`, translations by English text, and `window.tasktrackerRefusals`, what the API refuses.
"""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from fastapi import FastAPI, Response

from tasktracker.ui.language import CATALOGUES, LANGUAGES, SOURCE
from tasktracker.ui.refusals import is_refusal


def install_texts(app: FastAPI) -> None:
    """Serve them."""

    @app.get("/texts/{code}.js", include_in_schema=False)
    async def texts(code: str) -> Response:
        if code not in LANGUAGES:
            return Response(status_code=404)
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(script_texts(code), media_type="text/javascript", headers=kept)


def texts_address(code: str) -> str | None:
    """Where a page finds its language's texts; it carries a hash of them. None for English, which scripts speak."""
    if code == SOURCE:
        return None
    return f"/texts/{code}.js?v={sha256(script_texts(code).encode()).hexdigest()[:12]}"


@cache
def script_texts(code: str) -> str:
    """The script that brings them. The forms of a plural are found by its English singular."""
    messages = list(_translated(code))
    texts = dict(_entry(each) for each in messages if any(file.endswith(".js") for file, _line in each.locations))
    refusals = dict(_entry(each) for each in messages if is_refusal(each))
    return f"window.tasktrackerTexts = {_json(texts)};\nwindow.tasktrackerRefusals = {_json(refusals)};\n"


def _translated(code: str) -> Iterator[Message]:
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        catalogue = read_po(source, locale=code)
    return (each for each in catalogue if each.id and each.string and not each.fuzzy)


def _entry(message: Message) -> tuple[str, object]:
    """By its text, and what that is there, if it has a context: in the order of gettext's own files."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{text}" if message.context else text, message.string


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
