"""The texts of the scripts in one language, as a file that browsers keep: `window.tasktrackerTexts`."""

import json
from functools import cache
from hashlib import sha256

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from fastapi import FastAPI, Response

from tasktracker.ui.language import CATALOGUES, LANGUAGES, SOURCE


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
    """The script that brings them: translations by English text, and the forms of a plural by its English singular."""
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        messages = [each for each in read_po(source, locale=code) if _is_of_a_script(each)]
    texts = dict(_entry(message) for message in messages)
    return f"window.tasktrackerTexts = {json.dumps(texts, ensure_ascii=False)};\n"


def _is_of_a_script(message: Message) -> bool:
    is_translated = bool(message.string) and not message.fuzzy
    return bool(message.id) and is_translated and any(file.endswith(".js") for file, _line in message.locations)


def _entry(message: Message) -> tuple[str, object]:
    return (message.id if isinstance(message.id, str) else message.id[0]), message.string
