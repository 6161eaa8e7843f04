"""Whatever the filter and whatever the tasks, PostgreSQL answers what the words of the filter mean."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.nodes import Node
from tasktracker.domain.filter_language.parser import parse
from tasktracker.models import Account
from tasktracker.services.clock import time_is
from tests.domain.test_filter_language_fuzz import BROKEN, FILTERS
from tests.patience import sequences, some
from tests.services.filter_evaluator import Evaluator
from tests.services.filter_terms import CHOSEN, IN_ONE_PROJECT, ORDERED, WORDS, comparisons
from tests.services.filter_world import NOW, World, make_world
from tests.services.filtered import refs_of
from tests.services.outcomes import outcome_of

FIELDS = (*CHOSEN, *ORDERED)
ZONES = ("Asia/Kolkata", "UTC", "America/New_York", "Pacific/Auckland")


def _terms(fields: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*WORDS, *(each for field in fields for each in comparisons(field))])


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from([" ", " OR "]), inner).map("".join)
    return pair.map("({})".format) | inner.map("NOT {}".format)


def _several(terms: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.recursive(terms, _joined, max_leaves=6), min_size=5, max_size=15)


@pytest.fixture(scope="module")
async def world() -> World:
    return await make_world(seed=1)


@pytest.mark.parametrize("field", FIELDS)
async def test_a_comparison_lets_through_the_tasks_that_it_describes(world: World, field: str) -> None:
    await _check(world, world.team.key, some(list(comparisons(field))), "ana", ZONES[0])


async def test_words_let_through_the_tasks_that_hold_them(world: World) -> None:
    await _check(world, None, list(WORDS), "ana", ZONES[0])


@sequences(10)
@given(_several(_terms(list(FIELDS))), st.sampled_from(["ana", "ben"]), st.sampled_from(ZONES))
async def test_filters_let_through_the_tasks_of_a_project_that_they_describe(
    world: World, texts: list[str], name: str, zone: str
) -> None:
    await _check(world, world.team.key, texts, name, zone)


@sequences(5)
@given(_several(_terms([each for each in FIELDS if each not in IN_ONE_PROJECT])), st.sampled_from(ZONES))
async def test_filters_let_through_the_tasks_of_all_projects_that_they_describe(
    world: World, texts: list[str], zone: str
) -> None:
    await _check(world, None, texts, "ana", zone)


@sequences(30)
@given(FILTERS | BROKEN)
async def test_every_filter_that_can_be_read_is_answered_or_refused_by_name(world: World, text: str) -> None:
    with suppress(FilterProblem):
        parse(text)
        await _look(world, text)


async def _look(world: World, text: str) -> None:
    actor = next(iter(world.people.values()))
    for key in (world.team.key, None):
        answer = await outcome_of(refs_of(actor, key, text))
        if isinstance(answer, FilterProblem):
            assert 0 <= answer.start < answer.end <= len(text)
        else:
            assert isinstance(answer, set)


async def _check(world: World, key: str | None, patterns: list[str], name: str, zone: str) -> None:
    handles = {handle.partition(".")[0]: handle for handle in world.people}
    actor = world.people[handles[name]]
    await Account.filter(id=actor.account_id).update(time_zone=zone)
    evaluator = Evaluator(world, handles[name], zone)
    for pattern in patterns:
        text = pattern.format(key=world.team.key, other=world.other, **handles)
        expected = _expected(evaluator, key, parse(text))
        with time_is(NOW):
            found = await refs_of(actor, key, text)
        assert found == expected, text


def _expected(evaluator: Evaluator, key: str | None, node: Node | None) -> set[str]:
    facts = [fact for fact in evaluator.world.facts.values() if key in (fact.project, None)]
    return {fact.ref for fact in facts if evaluator.fits(node, fact)}
