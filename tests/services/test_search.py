"""Finding tasks by their words."""

import re
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid, NotFound
from tasktracker.models import Comment, ProjectMembership, Task
from tasktracker.services import comments, projects, tasks
from tasktracker.services.queries import search_sql
from tasktracker.services.queries.lists import ladder, statement
from tasktracker.services.queries.search import SearchHit, search_tasks
from tasktracker.services.relocation import transfer_task
from tasktracker.services.views import Page
from tests.factories import Team, make_team
from tests.patience import sequences
from tests.services.outcomes import outcome_of, pointers_of

PIECES = ['"', "-", "or", "login", "a-b", "'", "\\", ":*", "&", "|", "!", "(", "<->", " ", "x@y.org", "/a'b"]
QUERIES = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)
ODD_WORDS = ["sign-in", "http://a.org/b?c=d&e", "<b>x</b>", "a@b.org", "-1.5e3", "/usr/bin"]


@pytest.fixture(scope="module")
async def team() -> Team:
    """A team with tasks that differ in what they say."""
    team = await make_team()
    await team.task("Fix the login page")  # 1
    await team.task("Paint the door", description="Not the login of the cellar, the front door.")  # 2
    await team.task("Buy tea")  # 3
    await comments.add_comment(team.owner, team.ref(3), "Ask at the login desk & buy <b>green</b>.")
    await team.task("Page the login doctor")  # 4
    return team


@pytest.fixture(autouse=True, params=["few are looked at", "few are looked at by who sees few", "all are looked at"])
def looks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """So few that a handful of tasks takes every way through the statement."""
    if request.param.startswith("few"):
        monkeypatch.setattr(ladder, "LOOK", 1)
    if request.param.endswith("sees few"):
        monkeypatch.setattr(statement, "IS_NARROW", "true")
        monkeypatch.setattr(search_sql, "IS_NARROW", "true")


async def titles(team: Team, q: str, **options: Any) -> list[str]:
    return [hit.title for hit in (await search_tasks(team.owner, q, **options)).items]


async def only(team: Team, q: str) -> SearchHit:
    (hit,) = (await search_tasks(team.owner, q)).items
    return hit


async def test_titles_come_before_descriptions_and_these_before_comments(team: Team) -> None:
    hits = (await search_tasks(team.owner, "login")).items
    assert [(hit.title, hit.where) for hit in hits] == [
        ("Page the login doctor", "title"),
        ("Fix the login page", "title"),
        ("Paint the door", "description"),
        ("Buy tea", "comment"),
    ]


async def test_words_that_stand_close_come_before_newer_ones(team: Team) -> None:
    assert await titles(team, "login page") == ["Fix the login page", "Page the login doctor"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("doct", {"Page the login doctor"}),
        ("login doct", {"Page the login doctor"}),
        ('"login page"', {"Fix the login page"}),
        ("login -page", {"Paint the door", "Buy tea"}),
        ("doctor or desk", {"Page the login doctor", "Buy tea"}),
        ("doctor or des", {"Page the login doctor", "Buy tea"}),
        ('"doct"', set()),
        ("-login", set()),
        ("tea or -login", set()),
        ("!?", set()),
        ("tea desk", set()),
    ],
)
async def test_a_query_finds_what_it_says(team: Team, q: str, found: set[str]) -> None:
    hits = (await search_tasks(team.owner, q)).items
    assert {hit.title for hit in hits if hit.where != "similar"} == found


async def test_the_beginning_of_a_compound_is_found() -> None:
    team = await make_team()
    await team.task("Renew the sign-in page")
    assert await titles(team, "sign-i") == ["Renew the sign-in page"]


async def test_a_reference_is_no_beginning_of_another_one() -> None:
    team = await make_team()
    await team.task("Look here")
    await team.task(f"As in {team.key}-12 and 12345")
    assert [hit.where for hit in (await search_tasks(team.owner, f"{team.key}-1")).items] == ["reference"]
    assert {hit.where for hit in (await search_tasks(team.owner, "1234")).items} == {"similar"}
    assert len(await titles(team, f"{team.key}-12")) == 1


async def test_beginnings_of_words_are_looked_for_everywhere_only_if_there_is_little_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ladder, "LOOK", 1)
    team = await make_team()
    for title in ("Loginpage", *["Login"] * 9, "Newest"):
        await team.task(title)
    assert len(await titles(team, "login")) == 10
    await team.task("Login")
    assert "Loginpage" not in await titles(team, "login")
    assert "Loginpage" in await titles(team, "logi")


async def test_of_all_that_matches_the_newest_is_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_sql, "RANKED", 6)
    monkeypatch.setattr(search_sql, "RANKED_COMMENTS", 2)
    team = await make_team()
    for number in range(1, 16):
        await team.task(f"Zeppelin {number}")
        changed = datetime.now(UTC) - timedelta(days=4**7 // 4 ** (number // 2))
        await Task.filter(project_id=team.project.id, number=number).update(updated_at=changed)
        await comments.add_comment(team.owner, team.ref(number), "Airship")
        await Comment.filter(task__project_id=team.project.id, task__number=number).update(created_at=changed)
    assert await titles(team, "zeppelin") == [f"Zeppelin {number}" for number in (15, 14, 13, 12, 11, 10)]
    assert await titles(team, "airship") == ["Zeppelin 15", "Zeppelin 14"]


async def test_a_misspelled_word_finds_similar_titles_after_those_that_match(team: Team) -> None:
    await comments.add_comment(team.owner, team.ref(3), "They wrote doctr.")
    hits = (await search_tasks(team.owner, "doctr")).items
    assert [(hit.title, hit.where) for hit in hits] == [("Buy tea", "comment"), ("Page the login doctor", "similar")]


@pytest.mark.parametrize("q", ['"doctr"', "doctr -x", "doctr or doctrx", "do"])
async def test_who_writes_operators_means_what_they_write(q: str) -> None:
    team = await make_team()
    await team.task("Call a doctor" if len(q) > 2 else "Undo it")
    assert await titles(team, q) == []


async def test_similar_titles_are_not_looked_for_when_enough_match() -> None:
    team = await make_team()
    await team.task("Call the doctor")
    for _ in range(4):
        await team.task("Call the doctr")
    assert "Call the doctor" in await titles(team, "doctr")
    await team.task("Call the doctr")
    assert "Call the doctor" not in await titles(team, "doctr")


async def test_the_task_that_is_named_comes_first(team: Team) -> None:
    await tasks.edit_task(team.owner, team.ref(1), {"description": f"See {team.ref(2)}."})
    hits = (await search_tasks(team.owner, str(team.ref(2)).lower())).items
    assert [(hit.ref, hit.where) for hit in hits] == [
        (str(team.ref(2)), "reference"),
        (str(team.ref(1)), "description"),
    ]
    assert [hit.ref for hit in (await search_tasks(team.owner, "3")).items] == [str(team.ref(3))]


async def test_a_task_is_found_by_what_it_was_called() -> None:
    team = await make_team()
    await team.task("Wander")
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    await transfer_task(team.owner, team.ref(1), other)
    assert (await only(team, str(team.ref(1)))).ref == f"{other}-1"


async def test_what_was_said_is_found_where_the_task_has_gone() -> None:
    team = await make_team()
    await team.task("Wander")
    await comments.add_comment(team.owner, team.ref(1), "Oolong")
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    await transfer_task(team.owner, team.ref(1), other)
    assert await titles(team, "oolong", project=other) == ["Wander"]
    assert await titles(team, "oolong", project=team.key) == []


async def test_a_comment_is_shown_where_it_matches(team: Team) -> None:
    hit = await only(team, "desk")
    assert hit.snippet_html == "Ask at the login <mark>desk</mark> &amp; buy  green"
    assert (hit.title_html, hit.state, hit.archived) == ("Buy tea", "unstarted", False)


async def test_a_deleted_comment_finds_nothing() -> None:
    team = await make_team()
    await team.task("Buy tea")
    comment = await comments.add_comment(team.owner, team.ref(1), "Oolong")
    assert (await only(team, "oolong")).where == "comment"
    await comments.delete_comment(team.owner, team.ref(1), comment.id)
    assert await titles(team, "oolong") == []


async def test_archived_tasks_are_found_and_trashed_ones_are_not() -> None:
    team = await make_team()
    await team.task("Lantern in the attic")
    await tasks.archive_task(team.owner, team.ref(1))
    assert (await only(team, "lantern")).archived
    await comments.add_comment(team.owner, team.ref(1), "A torch, too")
    await tasks.trash_task(team.owner, team.ref(1))
    for q in ("lantern", "lantrn", "torch", "1", str(team.ref(1))):
        assert await titles(team, q) == []


async def test_what_was_said_about_a_task_in_the_trash_takes_no_place_of_what_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_sql, "RANKED_COMMENTS", 2)
    team = await make_team()
    for title, times in (("Buy tea", 1), ("Throw it away", 3)):
        task = await team.task(title)
        for _ in range(times):
            await comments.add_comment(team.owner, team.ref(task.number), "Oolong")
    assert await titles(team, "oolong") == ["Throw it away"]
    await tasks.trash_task(team.owner, team.ref(2))
    assert await titles(team, "oolong") == ["Buy tea"]


async def test_nobody_finds_what_they_may_not_see() -> None:
    team = await make_team(is_private=True)
    await team.task("Zeppelin", description="Zeppelin")
    await comments.add_comment(team.owner, team.ref(1), "Montgolfier")
    asked = ("zeppelin", "zepelin", "montgolfier", "1", str(team.ref(1)))
    insider = await team.person("guest")
    await ProjectMembership.create(project=team.project, account_id=insider.account_id, role="viewer")
    for outsider in (await team.person("admin"), await team.person("guest"), (await make_team()).owner):
        for q in asked:
            assert (await search_tasks(outsider, q)).items == []
        with pytest.raises(NotFound):
            await search_tasks(outsider, "zeppelin", project=team.key)
    for q in asked:
        assert [hit.title for hit in (await search_tasks(insider, q)).items] == ["Zeppelin"]


async def test_a_guest_finds_nothing_in_open_projects_of_others() -> None:
    team = await make_team()
    await team.task("Zeppelin")
    assert (await search_tasks(await team.person("guest"), "zeppelin")).items == []
    assert len((await search_tasks(await team.person("member"), "zeppelin")).items) == 1


async def test_one_project_can_be_searched() -> None:
    team = await make_team()
    await team.task("Zeppelin")
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    await tasks.create_task(team.owner, other, {"title": "Zeppelin, too"})
    assert len(await titles(team, "zeppelin")) == 2
    assert await titles(team, "zeppelin", project=other) == ["Zeppelin, too"]
    assert await titles(team, "1", project=other) == ["Zeppelin, too"]
    with pytest.raises(NotFound):
        await search_tasks(team.owner, "zeppelin", project="NONE")


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '<img src=x onerror="a()">', "<mark>", "&lt;b&gt;", "'\"</mark>"]
)
async def test_no_html_of_a_text_reaches_the_page(evil: str) -> None:
    team = await make_team()
    await team.task(f"{evil} needle", description=f"{evil} haystack {evil}")
    for q in ("needle", "haystack"):
        hit = await only(team, q)
        shown = f"{hit.title_html}{hit.snippet_html}"
        assert f"<mark>{q}</mark>" in shown
        assert "<" not in shown.replace("<mark>needle</mark>", "").replace("<mark>haystack</mark>", "")
        assert unescape(re.sub("</?mark>", "", hit.title_html)) == hit.title


async def test_of_a_long_text_the_beginning_is_looked_through() -> None:
    team = await make_team()
    await team.task("Buy tea", description=f"Early, {'word ' * 3_000} middle {'word ' * 3_000} late")
    for q, marked in (("early", "<mark>Early</mark>"), ("middle", "<mark>middle</mark>"), ("late", "Early")):
        assert marked in str((await only(team, q)).snippet_html)


@sequences(8)
@given(words=st.lists(st.sampled_from(ODD_WORDS), max_size=12))
async def test_a_title_is_shown_as_it_is_whatever_stands_in_it(words: list[str]) -> None:
    team = await make_team()
    title = " ".join(["needle", *words])
    await team.task(title)
    hit = await only(team, "needle")
    assert hit.title_html == f"<mark>needle</mark>{escape(title.removeprefix('needle'))}"


async def test_pages_make_up_the_whole() -> None:
    team = await make_team()
    for number in range(7):
        await team.task(f"Zeppelin {number}")
    whole = await titles(team, "zeppelin")
    page, parts = await search_tasks(team.owner, "zeppelin", limit=3), []
    while page.cursor:
        parts.append([hit.title for hit in page.items])
        page = await search_tasks(team.owner, "zeppelin", limit=3, cursor=page.cursor)
    assert [*parts, [hit.title for hit in page.items]] == [whole[:3], whole[3:6], whole[6:]]
    assert whole == [f"Zeppelin {number}" for number in range(6, -1, -1)]


@pytest.mark.parametrize("q", ["", " \t ", "x" * 201, "a\x00b", "\x02", "\ud800"])
async def test_a_query_that_cannot_be_one_is_refused(team: Team, q: str) -> None:
    assert await pointers_of(search_tasks(team.owner, q)) == ["/query/q"]


@pytest.mark.parametrize("cursor", ["WzBd", "Wy0xXQ", "WzEwMDBd", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "x", "WyIxIl0"])
async def test_a_cursor_that_no_answer_gave_is_refused(team: Team, cursor: str) -> None:
    assert await pointers_of(search_tasks(team.owner, "login", cursor=cursor)) == ["/query/cursor"]


@sequences(40)
@given(q=QUERIES)
@example(q="a'b\\c:*")
@example(q="http://example.org/a'b\\")
@example(q='"login')
@example(q="login or")
async def test_any_text_is_a_query_or_invalid(team: Team, q: str) -> None:
    found = await outcome_of(search_tasks(team.owner, q))
    if isinstance(found, Invalid):
        assert [each.pointer for each in found.problems] == ["/query/q"]
    else:
        assert isinstance(found, Page)
        assert [unescape(re.sub("</?mark>", "", hit.title_html)) for hit in found.items] == [
            hit.title for hit in found.items
        ]
