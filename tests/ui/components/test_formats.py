"""The browser writes texts, days and refusals as the server does."""

import re
from typing import Any

import pytest
from playwright.async_api import Page

from tasktracker.ui.language import Reader, reader_is_found_by
from tasktracker.ui.refusals import sentences, told
from tasktracker.ui.scripts import script_texts
from tests.ui.components.conftest import Stage

pytestmark = pytest.mark.thorough

TODAY = "2026-11-25"
MORE = [
    "There is no label “bgu” here. Did you mean “bug”?",
    "This is 12,345 characters long; at most 10,000 are kept. Shorten it.",
    "The moon is full. Wait for a while.",
]


@pytest.fixture
async def speak(stage: Stage) -> Any:
    """Let the page speak a language, in a place."""
    await stage.open()

    async def spoken(locale: str, time_zone: str = "UTC") -> Page:
        code, page = locale[:2], stage.page
        about = {"locale": Reader(locale).intl, "timeZone": time_zone, "dir": "rtl" if code == "ar" else "ltr"}
        await page.evaluate("({dir, ...about}) => { const page = document.documentElement; page.dir = dir; "
                            "Object.assign(page.dataset, about) }", about)  # fmt: skip
        await page.evaluate(script_texts(code) if code != "en" else "0")
        return page

    return spoken


@pytest.mark.parametrize(
    ("locale", "days"),
    [
        ("en-GB", ["25 Nov", "1 Dec 2025", "25 November", "Today", "Tomorrow", "Yesterday", "30 Nov"]),
        ("en-US", ["Nov 25", "Dec 1, 2025", "November 25", "Today", "Tomorrow", "Yesterday", "Nov 30"]),
        ("de-AT", ["25. Nov.", "1. Dez. 2025", "25. November", "Heute", "Morgen", "Gestern", "30. Nov."]),
        ("ar-EG", ["25 نوفمبر", "1 ديسمبر 2025", "25 نوفمبر", "اليوم", "غدًا", "أمس", "30 نوفمبر"]),
    ],
)
async def test_days_are_written_as_in_the_readers_language(speak: Any, locale: str, days: list[str]) -> None:
    page = await speak(locale)
    assert days == await page.evaluate("""(today) => {
        const { day, relativeDay } = window.tasktracker;
        return [day(today, 'short', today), day('2025-12-01', 'short', today), day(today, 'long', today),
                ...['2026-11-25', '2026-11-26', '2026-11-24', '2026-11-30'].map((each) => relativeDay(each, today))];
    }""", TODAY)  # fmt: skip


async def test_a_text_that_means_two_things_is_told_as_what_it_is_there(speak: Any) -> None:
    page = await speak("de")
    told_of = "(({ t, tc }) => [t('Archive'), tc('place', 'Archive'), tc('nowhere', 'Archive')])(window.tasktracker)"
    assert await page.evaluate(told_of) == ["Archivieren", "Archiv", "Archive"]


async def test_a_moment_falls_on_the_day_that_it_has_where_the_reader_is(speak: Any) -> None:
    page = await speak("en-GB", "Asia/Tokyo")
    told_of = "(({ dayOf, time, moment }, at) => [dayOf(at), time(at), moment(at)])"
    assert await page.evaluate(f"{told_of}(window.tasktracker, '2026-11-25T22:30:00Z')") == [
        "2026-11-26", "07:30", "26 November 2026 at 07:30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "counted"),
    [
        ("en", ["0 tasks", "1 task", "2 tasks", "1,000 tasks"]),
        ("de", ["0 Aufgaben", "1 Aufgabe", "2 Aufgaben", "1.000 Aufgaben"]),
        ("ar", ["لا مهام", "مهمة واحدة", "مهمتان", "\u20681,000\u2069 مهمة"]),
    ],
)
async def test_things_are_counted_in_the_forms_of_the_language(speak: Any, locale: str, counted: list[str]) -> None:
    page = await speak(locale)
    count = "[0, 1, 2, 1000].map((n) => window.tasktracker.tn('{n} task', '{n} tasks', n))"
    assert await page.evaluate(count) == counted


async def test_what_the_api_refuses_is_told_as_the_server_tells_it(speak: Any) -> None:
    page = await speak("de")
    refused = [re.sub(r"\{(\w+)\}", _filled, each.message) for each in sentences()]
    refused += MORE
    reader_is_found_by(lambda: Reader("de"))
    expected = [told(each) for each in refused]
    reader_is_found_by(Reader)
    assert await page.evaluate("(all) => all.map((each) => window.tasktracker.told(each))", refused) == expected
    assert len({*refused} & {*expected}) <= len(refused) // 20, "they are told in German"


def _filled(found: re.Match[str]) -> str:
    return "task" if found[1] in {"what", "noun", "action", "role"} else f"<{found[1]}>"
