from datetime import timedelta

import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.models import Event, IdempotencyRecord, Task
from tasktracker.services import tasks
from tasktracker.services.clock import now
from tasktracker.services.idempotency import Answer, answer_once, forget_old_answers
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, outcomes_of

REQUEST = b'POST /api/v1/tasks {"title": "Fix the login"}'


class Boom(Exception):
    """Something unforeseen, after the effect."""


class Effect:
    """Creates a task, and counts how often it was asked to."""

    def __init__(self, team: Team, *, failures: int = 0) -> None:
        self.team = team
        self.failures = failures
        self.runs = 0

    async def __call__(self) -> Answer:
        self.runs += 1
        view = await self.team.task()
        if self.runs <= self.failures:
            raise Boom
        return Answer(201, {"Location": f"/{view.ref}"}, view.title.encode())


async def test_a_hundred_calls_with_one_key_have_one_effect_and_one_answer() -> None:
    team = await make_team()
    effect = Effect(team)
    answers = await outcomes_of(answer_once(team.owner, "key", REQUEST, effect) for _ in range(100))
    assert effect.runs == await Task.filter(project=team.project).count() == 1
    assert {(a.status, a.body, a.headers["Location"]) for a in answers if isinstance(a, Answer)} == {
        (201, b"Fix the login", f"/{team.key}-1")
    }
    assert sum(answer.is_replay for answer in answers if isinstance(answer, Answer)) == 99


async def test_a_call_that_fails_leaves_nothing_and_may_be_tried_again() -> None:
    team = await make_team()
    effect = Effect(team, failures=2)
    for _ in range(2):
        with pytest.raises(Boom):
            await answer_once(team.owner, "key", REQUEST, effect)
        assert await IdempotencyRecord.filter(account_id=team.owner.account_id).count() == 0
    answer = await answer_once(team.owner, "key", REQUEST, effect)
    assert (answer.is_replay, answer.headers) == (False, {"Location": f"/{team.key}-1"})
    assert await Event.filter(log_id=team.project.id, kind="TaskCreated").count() == 1


async def test_when_the_first_of_many_fails_the_next_one_does_it() -> None:
    team = await make_team()
    effect = Effect(team, failures=1)

    async def call() -> object:
        try:
            return await answer_once(team.owner, "key", REQUEST, effect)
        except Boom as boom:
            return boom

    outcomes = await outcomes_of(call() for _ in range(10))
    assert [type(outcome) for outcome in outcomes].count(Boom) == 1
    assert await Task.filter(project=team.project).count() == 1


async def test_a_refusal_is_not_kept_as_the_answer() -> None:
    team = await make_team()

    async def refused() -> Answer:
        await tasks.edit_task(team.owner, team.ref(1), {"title": "x"})
        raise AssertionError

    assert "no task" in str(await outcome_of(answer_once(team.owner, "key", REQUEST, refused)))
    assert (await answer_once(team.owner, "key", REQUEST, Effect(team))).status == 201


async def test_a_key_is_for_one_request() -> None:
    team = await make_team()
    effect = Effect(team)
    await answer_once(team.owner, "key", REQUEST, effect)
    refusal = await outcome_of(answer_once(team.owner, "key", REQUEST + b" ", effect))
    assert isinstance(refusal, Invalid)
    assert refusal.problems[0].pointer == "/headers/Idempotency-Key"
    assert effect.runs == 1


async def test_two_people_may_use_the_same_key() -> None:
    team = await make_team()
    effect = Effect(team)
    for person in (team.owner, await team.person()):
        assert not (await answer_once(person, "key", REQUEST, effect)).is_replay
    assert effect.runs == 2


@pytest.mark.parametrize("key", ["", "x" * 256])
async def test_a_key_has_a_sensible_length(key: str) -> None:
    team = await make_team()
    assert isinstance(await outcome_of(answer_once(team.owner, key, REQUEST, Effect(team))), Invalid)


async def test_an_answer_comes_back_byte_for_byte() -> None:
    team = await make_team()
    stored = Answer(200, {"ETag": '"3"', "X-Ümlaut": "→"}, bytes(range(256)))

    async def effect() -> Answer:
        return stored

    await answer_once(team.owner, "key", REQUEST, effect)
    replayed = await answer_once(team.owner, "key", REQUEST, effect)
    assert (replayed.status, replayed.headers, replayed.body) == (stored.status, stored.headers, stored.body)


async def test_old_answers_are_forgotten_after_three_days_and_not_before() -> None:
    team = await make_team()
    for key in ("old", "new"):
        await answer_once(team.owner, key, REQUEST, Effect(team))
    mine = IdempotencyRecord.filter(account_id=team.owner.account_id)
    await mine.filter(key="old").update(created_at=now() - timedelta(hours=72, minutes=1))
    await mine.filter(key="new").update(created_at=now() - timedelta(hours=71))
    await forget_old_answers()
    assert [record.key for record in await mine] == ["new"]
