"""Filters that are asked of the database: what is refused, and what somebody may not learn by them."""

import re
from datetime import UTC, datetime

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.parser import parse
from tasktracker.models import Account, CustomField, Task
from tasktracker.services import labels, projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.queries.filtering import compile_filter
from tasktracker.services.queries.filters.condition import Context
from tests.factories import Team, make_person, make_team
from tests.services.filtered import refs_of
from tests.services.test_round_trips import counting

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
async def team() -> Team:
    team = await make_team()
    await Account.filter(id=team.owner.account_id).update(handle=f"ana.{team.key.lower()}")
    await labels.add_label(team.owner, team.key, {"name": "Needs Review"})
    for place, (key, kind) in enumerate({"size": "select", "cost": "number", "lead": "person"}.items()):
        options = ["small", "large"] if kind == "select" else []
        await CustomField.create(
            project=team.project, key=key, name=key, kind=kind, options=options, position=f"a{place}"
        )
    await team.task("Fix the login")
    return team


async def problem_of(actor: Actor, key: str | None, text: str) -> tuple[str, str, str | None]:
    """The characters that are wrong, the sentence about them, and what was probably meant."""
    with pytest.raises(FilterProblem) as refused:
        await refs_of(actor, key, text)
    problem = refused.value
    return text[problem.start : problem.end], str(problem), problem.suggestion


@pytest.mark.parametrize(
    ("text", "wrong", "sentence", "suggestion"),
    [
        ('bug label:"needs reviw"', '"needs reviw"', "There is no label “needs reviw” here.", "Needs Review"),
        ("column:don", "don", "There is no column “don” here.", "Done"),
        ('label:"needs review",x', "x", "There is no label “x” here.", None),
        ("-field.sise:small", "field.sise", "There is no custom field “sise” here.", "field.size"),
        ("field.size:smal", "smal", "“field.size” is never “smal”. Use one of: small, large.", "small"),
        ("field.cost:much", "much", "“much” is no number. Write one such as 3 or 2.5.", None),
        ("field.lead:>me", ">", "“>” means nothing to “field.lead”, which has no order. Write field.lead:value.", None),
        ("field.lead:nobody-here", "nobody-here", "There is no person “nobody-here” in this workspace.", None),
        ("project:NOPE", "NOPE", "There is no project “NOPE”, or you may not see it.", None),
        ("parent:NOPE-7", "NOPE-7", "There is no task NOPE-7, or you may not see it.", None),
        ("due:<+900000d", "+900000d", "Choose a date between the years 1900 and 2999.", None),
    ],
)  # fmt: skip
async def test_what_is_not_there_is_pointed_at(
    team: Team, text: str, wrong: str, sentence: str, suggestion: str | None
) -> None:
    found = await problem_of(team.owner, team.key, text)
    expected = sentence if suggestion is None else f"{sentence} Did you mean “{suggestion}”?"
    assert found == (wrong, expected, suggestion)


async def test_a_handle_that_nobody_has_is_met_with_one_that_comes_near(team: Team) -> None:
    handle = f"ana.{team.key.lower()}"
    wrong, _, suggestion = await problem_of(team.owner, team.key, f"assignee:@{handle}x")
    assert (wrong, suggestion) == (f"@{handle}x", handle)


async def test_a_text_that_looks_like_a_handle_is_none_in_a_field_that_is_no_person(team: Team) -> None:
    assert await refs_of(team.owner, team.key, "-field.size:small") == {f"{team.key}-1"}


async def test_names_of_another_workspace_are_not_there(team: Team) -> None:
    stranger = await make_team()
    await labels.add_label(stranger.owner, stranger.key, {"name": "theirs"})
    await stranger.task("Theirs")
    handle = (await Account.get(id=stranger.owner.account_id)).handle
    for text in ("label:theirs", f"assignee:{handle}", f"project:{stranger.key}", f"ref:{stranger.key}-1"):
        for key in (team.key, None):
            suggestion = (await problem_of(team.owner, key, text))[2]
            assert suggestion is None or suggestion.startswith(team.key), "what comes near is one's own"
    assert await refs_of(team.owner, None, "") == {f"{team.key}-1"}


async def test_a_filter_tells_nothing_of_a_project_that_somebody_may_not_see() -> None:
    team = await make_team()
    member = await team.person()
    hidden = await projects.create_project(team.owner, {"key": f"{team.key}H", "name": "Hidden", "is_private": True})
    secret = await tasks.create_task(team.owner, hidden, {"title": "Secret"})
    open_one = await team.task("Open")
    ids = {ref: (await Task.get(project__key=ref.split("-")[0], number=1)).id for ref in (secret.ref, open_one.ref)}
    await Task.filter(id=ids[secret.ref]).update(blocks_ids=[ids[open_one.ref]])
    await Task.filter(id=ids[open_one.ref]).update(blocked_by_ids=[ids[secret.ref]])
    for text in ("is:blocked", "has:relations", "blocked-by:any"):
        assert await refs_of(team.owner, team.key, text) == {open_one.ref}
        assert await refs_of(member, team.key, text) == set()
    assert await refs_of(member, team.key, "blocked-by:none") == {open_one.ref}
    assert (await problem_of(member, team.key, f"blocked-by:{secret.ref}"))[0] == secret.ref
    assert (await problem_of(member, None, f"project:{hidden}"))[0] == hidden


async def test_a_filter_is_one_round_trip_and_a_wrong_one_two(team: Team) -> None:
    handle = f"ana.{team.key.lower()}"
    text = (
        f'assignee:me,{handle} -label:"needs review" column:done parent:{team.key}-1 field.size:small login due:<today'
    )
    async with counting() as statements:
        await refs_of(team.owner, team.key, text)
    assert len(statements) == 1
    async with counting() as statements:
        await problem_of(team.owner, team.key, "label:x")
    assert len(statements) == 2


async def test_days_are_those_of_whoever_asks() -> None:
    team = await make_team()
    abroad = await make_person(team.workspace, time_zone="Pacific/Auckland")
    await team.task("Due tomorrow in Europe, today in Auckland", due="2026-11-26")
    with time_is(NOW):
        assert await refs_of(team.owner, team.key, "due:today") == set()
        assert await refs_of(abroad, team.key, "due:today") == {f"{team.key}-1"}
        await Account.filter(id=abroad.account_id).update(time_zone="UTC")
        assert await refs_of(abroad, team.key, "due:today") == set()


async def test_weeks_begin_where_people_are_used_to() -> None:
    team = await make_team()
    american = await make_person(team.workspace, locale="en-US")
    await team.task("On Sunday", due="2026-11-29")
    with time_is(NOW):
        assert await refs_of(team.owner, team.key, "due:this-week") == {f"{team.key}-1"}
        assert await refs_of(american, team.key, "due:next-week") == {f"{team.key}-1"}


async def test_an_account_whose_time_zone_is_unknown_here_is_told_the_time_in_utc() -> None:
    team = await make_team()
    lost = await make_person(team.workspace, time_zone="Mars/Olympus")
    await team.task(due="2026-11-25")
    with time_is(NOW):
        assert await refs_of(lost, team.key, "due:today") == {f"{team.key}-1"}
    await Account.filter(id=lost.account_id).update(time_zone="UTC")  # other tests share the database


@pytest.mark.parametrize(
    "text",
    [
        'login "log in" title:evil title:=evil label:evil column:evil assignee:evil source:evil external:evil',
        "due:2031-07-19 estimate:7919 number:7919 project:EVIL ref:EVIL-7919 field.evil:evil field.evil:7919",
    ],
)
def test_nothing_that_somebody_writes_stands_in_the_sql(text: str) -> None:
    condition = compile_filter(parse(text), Context(NOW))
    assert re.findall(r"evil|7919|2031|login|log in", condition.sql + condition.facts, re.IGNORECASE) == []
    used = {int(number) for number in re.findall(r"\$(\d+)", condition.sql + condition.facts)}
    assert used <= {1, 2, *range(5, 5 + len(condition.params))}
