"""Markdown as the pages show it."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import TypedDict

from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import Text, strict
from tasktracker.services.rendering import render_markdown

router = api_router("Markdown")
_TEXT: dict[str, Any] = {"text": "See WEB-14, *@ana*."}
_HTML: dict[str, Any] = {
    "html": '<p>See <a href="/t/WEB-14" class="tt-ref" title="Ship the shop (To do)" data-ref="WEB-14" '
    'data-state="unstarted" data-title="Ship the shop" rel="noopener noreferrer nofollow">WEB-14</a>, '
    '<em><span class="tt-mention" title="Ana Lima">@ana</span></em>.</p>\n'
}


@strict
class MarkdownText(TypedDict):
    """A text to be shown."""

    text: Text


@dataclass(frozen=True, slots=True)
class Html:
    """HTML that is safe to put into a page: no scripts, no styles, no images, links to http, https and mailto only."""

    html: str


@router.post("/markdown", summary="Show Markdown", responses=answers(_HTML))
async def show_markdown(body: Annotated[MarkdownText, example_body(_TEXT)], actor: SignedIn) -> Html:
    """Turns a text into HTML, for a preview: CommonMark with tables, strikethrough and checklists.

    `WEB-12` becomes a link, if you may see that task, with its title and column as its `title`; @ana becomes a mark.
    Each box of a checklist has a `data-item`, by which it goes as long as the words behind it stay the same. To tick
    one, edit the text: `PATCH` the task with the ETag that you know.
    """
    return Html(await render_markdown(actor, body["text"]))
