"""The story that the demo tells, planned without a database: whatever day it is, it must hold together."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tasktracker.services.demo.blueprints import BLUEPRINTS, Blueprint
from tasktracker.services.demo.outline import Card, Fate, read_cards
from tasktracker.services.demo.pen import DOING, DONE, REVIEW, Step
from tasktracker.services.demo.story import SHOWN_DONE, tell_story
from tasktracker.services.demo.working_time import WorkingTime

LIGHT, DARK = "#ffffff", "#27272a"
"""The lightest and the least dark card that a label's dot lies on."""


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.key)
def test_the_story_holds_together_on_whatever_day_it_is_told(blueprint: Blueprint) -> None:
    cards = read_cards(blueprint.content)
    start = datetime(2026, 1, 1, 0, 0, 1, 333_333, UTC)
    for turn in range(80):
        time = WorkingTime(start + timedelta(days=4.6 * turn))
        steps = tell_story(blueprint, cards, time)
        check_times(steps, time)
        check_board(blueprint, cards, steps)


def check_times(steps: list[Step], time: WorkingTime) -> None:
    moments = [time.at(step.minute) for step in steps]
    assert moments == sorted(moments)
    assert moments[-1] <= time.now
    assert moments[-1] - moments[0] >= timedelta(days=80)
    assert {moment.weekday() for moment in moments} <= set(range(5))


def check_board(blueprint: Blueprint, cards: list[Card], steps: list[Step]) -> None:
    """Play the moves on a board of paper: limits hold at every moment, and everything ends where it belongs."""
    limits = {DOING: blueprint.in_progress, REVIEW: blueprint.in_review}
    column: dict[int, str] = {}
    off: set[int] = set()
    for step in steps:
        assert (step.action == "create") == (step.card not in column), step
        column[step.card] = step.fields.get("column", column.get(step.card, ""))
        off ^= {step.card} if step.action in {"archive", "unarchive", "trash", "restore"} else set()
        counts = Counter(place for card, place in column.items() if card not in off)
        assert all(counts[name] <= limit for name, limit in limits.items()), step
    shown = Counter(place for card, place in column.items() if card not in off)
    fates = Counter(card.fate for card in cards)
    assert (shown[DOING], shown[REVIEW], shown[DONE]) == (fates[Fate.DOING], fates[Fate.REVIEW], SHOWN_DONE)
    assert len(off) == fates[Fate.DONE] - SHOWN_DONE + fates[Fate.DROPPED] + fates[Fate.TRASHED]


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.key)
def test_a_task_ends_with_the_words_that_were_written_for_it(blueprint: Blueprint) -> None:
    cards = read_cards(blueprint.content)
    words = {card.index: {"title": "", "description": "", "labels": ()} for card in cards}
    for step in tell_story(blueprint, cards, WorkingTime(datetime(2026, 6, 10, 12, tzinfo=UTC))):
        if step.action in {"create", "edit"}:
            words[step.card].update({name: value for name, value in step.fields.items() if name in words[step.card]})
    written = {
        card.index: {"title": card.title, "description": card.description, "labels": card.labels} for card in cards
    }
    assert words == written


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.key)
def test_the_content_names_only_people_and_labels_that_exist(blueprint: Blueprint) -> None:
    for card in read_cards(blueprint.content):
        assert set(card.labels) <= set(blueprint.labels), card.title
        assert card.who in {"", *blueprint.makers}, card.title
        assert card.priority in {"", "high", "urgent"}, card.title


@pytest.mark.parametrize("background", [LIGHT, DARK])
def test_a_labels_dot_can_be_told_from_what_it_lies_on(background: str) -> None:
    colors = {color for blueprint in BLUEPRINTS for color in blueprint.labels.values()}
    assert {color: round(contrast(color, background), 2) for color in colors if contrast(color, background) < 3} == {}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
