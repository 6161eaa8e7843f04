"""When a process is ready to be sent people."""

import asyncio

from tasktracker.telemetry.health import Readiness


def counting(answers: list[str | None]) -> tuple[Readiness, list[int]]:
    asked: list[int] = []

    async def check() -> str | None:
        asked.append(1)
        await asyncio.sleep(0)
        return answers[min(len(asked), len(answers)) - 1]

    return Readiness({"check": check}), asked


async def test_what_is_wrong_is_named() -> None:
    readiness, _ = counting(["the database is away"])
    assert await readiness.problems() == {"check": "the database is away"}


async def test_many_who_ask_at_once_cost_as_much_as_one() -> None:
    readiness, asked = counting([None])
    assert await asyncio.gather(*(readiness.problems() for _ in range(500))) == [{}] * 500
    assert len(asked) == 1


async def test_an_answer_is_soon_asked_for_anew() -> None:
    readiness, asked = counting([None, "gone"])
    assert await readiness.problems() == {}
    assert await readiness.problems() == {}, "it stands for half a second"
    await asyncio.sleep(0.6)
    assert await readiness.problems() == {"check": "gone"}
    assert len(asked) == 2


async def test_a_process_that_is_about_to_end_is_ready_for_nobody_at_once() -> None:
    readiness, asked = counting([None])
    assert await readiness.problems() == {}
    readiness.is_ending = True
    assert await readiness.problems() == {"life": "this process is about to end"}
    assert len(asked) == 1, "and asks nobody for it"


async def test_somebody_who_gives_up_waiting_takes_the_answer_from_nobody_else() -> None:
    readiness, _ = counting([None])
    first, second = asyncio.create_task(readiness.problems()), asyncio.create_task(readiness.problems())
    await asyncio.sleep(0)
    first.cancel()
    assert await second == {}
