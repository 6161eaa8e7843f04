"""References and mentions in a text."""

import pytest

from tasktracker.domain.linking import Known, KnownTask, names_in
from tasktracker.domain.markdown import to_html
from tasktracker.domain.references import TaskRef

KNOWN = Known(
    {
        "WEB-12": KnownTask("WEB-12", "Fix the login", "To do", "unstarted"),
        "WEB-13": KnownTask("WEB-13", "Ship it", "Shipped", "done"),
        "WEB-14": KnownTask("WEB-14", "Drop it", "Won't do", "cancelled"),
        "OLD-1": KnownTask("WEB-15", "Moved", "To do", "unstarted"),
    },
    {"ana": "Ana Lima", "ana.": "Somebody with a dot"},
)
LINK = (
    '<a href="/t/WEB-12" class="tt-ref" title="Fix the login (To do)" data-ref="WEB-12" data-state="unstarted" '
    'data-title="Fix the login" rel="noopener noreferrer nofollow">WEB-12</a>'
)


def html(text: str) -> str:
    return to_html(text, KNOWN.pieces).removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize("text", ["{}", "See {}.", "({})", "**{}**", "{}, {}", "«{}»", "#{}", "é {}!"])
def test_a_reference_is_a_link_with_title_and_state(text: str) -> None:
    shown = html(text.replace("{}", "WEB-12"))
    assert shown.count(LINK) == text.count("{}")
    assert shown.replace(LINK, "{}") == text.replace("**{}**", "<strong>{}</strong>")


@pytest.mark.parametrize(
    "text",
    [
        "WEB-99",
        "web-12",
        "WEB-012",
        "WEB-0",
        "WEB-123",
        "WEB-12a",
        "WEB-12-3",
        "WEB-12.5",
        "XWEB-12",
        "x/WEB-12",
        "https://example.org/?q=WEB-12",
        "X-WEB-12",
        "UTF-8",
        "WEB-99999999999",
    ],
)
def test_what_is_no_reference_or_an_unknown_one_stays_text(text: str) -> None:
    assert html(text) == text


@pytest.mark.parametrize("text", ["`WEB-12 @ana`", "    WEB-12 @ana", "```\nWEB-12 @ana\n```", r"WEB\-12 \@ana"])
def test_code_and_what_is_escaped_is_left_alone(text: str) -> None:
    assert "WEB-12" in html(text)
    assert "tt-" not in html(text)


def test_a_link_is_not_put_into_a_link() -> None:
    shown = html("[WEB-12 and @ana](https://example.org) WEB-12")
    assert shown.count("<a ") == 2
    assert ">WEB-12 and @ana</a>" in shown


@pytest.mark.parametrize(("ref", "is_over"), [("WEB-12", False), ("WEB-13", True), ("WEB-14", True)])
def test_what_is_over_looks_so(ref: str, *, is_over: bool) -> None:
    assert ('class="tt-ref tt-ref-done"' in html(ref)) is is_over


def test_a_task_that_moved_is_found_by_its_old_name() -> None:
    shown = html("OLD-1")
    assert 'href="/t/WEB-15"' in shown
    assert 'data-ref="WEB-15"' in shown
    assert ">OLD-1</a>" in shown


def test_a_person_is_marked_with_their_name() -> None:
    ana = '<span class="tt-mention" title="Ana Lima">@Ana</span>'
    assert html("Ask @Ana!") == f"Ask {ana}!"
    assert html("@ana.") == '<span class="tt-mention" title="Somebody with a dot">@ana.</span>'
    assert html("@ana-lima, @nobody") == "@ana-lima, @nobody"


def test_what_has_to_be_looked_up_is_found_in_all_the_texts() -> None:
    refs, handles = names_in(["WEB-12 `AB-1` @ana", "WEB-12, @Ben.", ""])
    assert refs == [TaskRef("WEB", 12), TaskRef("AB", 1)]
    assert handles == ["ana", "ben.", "ben"]
