"""The properties of a task in the browser."""

import copy
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage
from tests.ui.components.samples import id_of

pytestmark = pytest.mark.thorough

ANA, BEN = id_of("ana"), id_of("ben")
TO_DO, DONE = id_of("todo"), id_of("done")
CUSTOM = [
    {"key": "place", "name": "Place", "kind": "text", "options": []},
    {"key": "cost", "name": "Cost", "kind": "number", "options": []},
    {"key": "shipped", "name": "Shipped", "kind": "date", "options": []},
    {"key": "severity", "name": "Severity", "kind": "select", "options": ["low", "high"]},
    {"key": "parts", "name": "Parts", "kind": "multi_select", "options": ["api", "ui", "docs"]},
    {"key": "tester", "name": "Tester", "kind": "person", "options": []},
    {"key": "design", "name": "Design", "kind": "url", "options": []},
    {"key": "risky", "name": "Risky", "kind": "checkbox", "options": []},
]
FRAME = {
    "key": "WEB",
    "columns": [
        {"id": TO_DO, "name": "To do", "category": "unstarted"},
        {"id": DONE, "name": "Done", "category": "done"},
    ],
    "labels": [{"id": id_of("bug"), "name": "bug", "color": "#b88a00"}],
    "people": [{"id": ANA, "name": "Ana Torres", "handle": "ana"}, {"id": BEN, "name": "Ben Okafor", "handle": "ben"}],
    "custom": CUSTOM,
}


def task(version: int = 3, **values: Any) -> dict[str, Any]:
    """WEB-7, which has little to tell; custom fields are given as `custom_key`."""
    own = {name.replace("custom_", "custom."): value for name, value in values.items()}
    return {
        "ref": "WEB-7",
        "number": 7,
        "title": "Fix the login",
        "version": version,
        "trashed": False,
        "can_watch": True,
        "values": {
            "column_id": TO_DO,
            "priority": "none",
            "assignee_ids": [],
            "label_ids": [],
            "start": None,
            "due": None,
            "estimate": None,
            "parent": None,
            "recurrence": None,
            "watcher_ids": [ANA],
            **own,
        },
        "recurrence_text": "every week on Monday",
        "outside": {"source": "gitlab", "id": "https://gitlab.example.com/web/7"},
        "reminders": [],
        "created": {"by": "Ana Torres", "at": "2026-01-05T09:00:00+00:00"},
        "changed": {"by": "Ben Okafor", "at": "2026-01-06T09:00:00+00:00"},
    }


async def open_it(stage: Stage, shown: dict[str, Any] | None = None, **query: object) -> Stage:
    own = {**(shown or task()), "ref": f"{stage.key}-7"}  # one page's drafts are kept from another test's
    await stage.set_up({"task": own, "frame": FRAME})
    await stage.page.goto(stage.address("properties", **query))
    await stage.page.wait_for_selector(".tt-properties")
    return stage


@pytest.fixture
async def side(stage: Stage) -> Stage:
    return await open_it(stage)


async def show(stage: Stage, shown: dict[str, Any]) -> None:
    """Let the task be like that now."""
    await stage.call("show", {**shown, "ref": f"{stage.key}-7"}, FRAME)


def row(stage: Stage, field: str) -> Locator:
    return stage.page.locator(f".tt-property[data-field='{field}']")


def control(stage: Stage, field: str) -> Locator:
    return row(stage, field).locator("button, input")


async def add(stage: Stage, name: str) -> None:
    await stage.page.get_by_role("button", name="Add…").click()
    await stage.page.get_by_role("option", name=name, exact=True).click()
    await expect(stage.page.locator("[data-panel=add]")).to_have_count(0)
    await stage.page.wait_for_function("document.activeElement.closest('[data-field]')")


async def saved(stage: Stage, count: int = 1) -> list[tuple[str, Any, int]]:
    """What the page has wanted to save so far: field, value, and the version that it was based on."""
    intents = [each["save"] for each in await stage.intents(count) if "save" in each]
    return [(each["field"], each["value"], each["version"]) for each in intents]


async def settle(stage: Stage, place: int, problem: str | None = None, version: int = 4) -> None:
    """Answer the intent at that place."""
    token = (await stage.intents(place + 1))[place]["save"]["token"]
    await stage.call("settle", token, problem, version)


async def test_what_is_entered_while_another_field_is_being_saved_stays(side: Stage) -> None:
    await add(side, "Estimate")
    await side.page.keyboard.type("5")
    await side.page.keyboard.press("Enter")
    await add(side, "Place")
    await side.page.keyboard.type("Lis")
    await show(side, task(4, estimate=5, priority="high"))
    await settle(side, 0)
    await expect(row(side, "priority")).to_contain_text("High")
    await expect(control(side, "custom.place")).to_have_value("Lis")
    await expect(control(side, "custom.place")).to_be_focused()
    await side.page.keyboard.type("bon")
    await side.page.keyboard.press("Tab")
    await show(side, task(5, estimate=5, priority="low"))
    await expect(row(side, "priority")).to_contain_text("Low")
    await expect(control(side, "custom.place")).to_have_value("Lisbon")
    assert await saved(side, 2) == [("estimate", 5, 3), ("custom.place", "Lisbon", 3)]


async def test_a_second_choice_waits_for_the_first_and_is_based_on_it(side: Stage) -> None:
    for name in ("High", "Low"):
        await control(side, "priority").click()
        await side.page.get_by_role("option", name=name, exact=True).click()
    assert await saved(side) == [("priority", "high", 3)]
    await settle(side, 0, version=4)
    assert await saved(side, 2) == [("priority", "high", 3), ("priority", "low", 4)]
    await expect(row(side, "priority")).to_contain_text("Low")


async def test_what_is_opened_and_left_untouched_keeps_what_somebody_else_made_of_it(stage: Stage) -> None:
    await open_it(stage, task(due="2026-03-20"))
    for field, leave in (("label_ids", "Tab"), ("due", "Enter")):
        await show(stage, task(3, due="2026-03-20"))
        await control(stage, field).click()
        await expect(stage.page.get_by_role("dialog")).to_be_visible()
        await show(stage, task(4, due="2026-03-21", label_ids=[id_of("bug")]))
        await stage.page.keyboard.press(leave)
        await expect(stage.page.get_by_role("dialog")).to_have_count(0)
    await expect(row(stage, "label_ids")).to_contain_text("bug")
    await expect(control(stage, "due")).to_contain_text("21 Mar")
    assert await saved(stage, 0) == []


async def test_what_is_refused_stays_with_the_reason_until_it_is_given_up(side: Stage) -> None:
    await add(side, "Parent")
    await side.page.keyboard.type("web-99")
    await side.page.keyboard.press("Enter")
    await settle(side, 0, "There is no task WEB-99.")
    field = control(side, "parent")
    await expect(field).to_have_value("WEB-99")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_accessible_description("There is no task WEB-99.")
    await field.press("Escape")
    await expect(row(side, "parent")).not_to_contain_text("There is no task")
    await expect(field).to_have_value("")


async def test_a_day_gets_a_time_in_the_zone_of_the_reader(stage: Stage) -> None:
    await open_it(stage, task(due="2026-03-20T08:30:00Z"), zone="Europe/Berlin")
    await expect(control(stage, "due")).to_contain_text("09:30")
    for place, (day, time, moment) in enumerate(
        (
            ("2026-07-01", "17:00", "2026-07-01T15:00:00Z"),
            ("2026-12-24", "17:00", "2026-12-24T16:00:00Z"),
            ("2026-10-25", "12:00", "2026-10-25T11:00:00Z"),  # the clock was put back in the night
        )
    ):
        await control(stage, "due").click()
        await stage.page.get_by_label("Due date: day").fill(day)
        await stage.page.get_by_label("Due date: time").fill(time)
        await stage.page.keyboard.press("Enter")
        assert (await saved(stage, place + 1))[-1][:2] == ("due", moment)
        await show(stage, task(due=moment))
        await settle(stage, place)
    await control(stage, "due").click()
    await stage.page.get_by_label("Due date: time").fill("")
    await stage.page.get_by_role("button", name="Save").click()
    assert (await saved(stage, 4))[-1][:2] == ("due", "2026-10-25")


async def test_every_kind_of_custom_field_takes_its_values(side: Stage) -> None:
    page = side.page
    for name, typed in (("Place", "Lisbon"), ("Cost", "12,5"), ("Design", "https://example.com")):
        await add(side, name)
        await page.keyboard.type(typed)
        await page.keyboard.press("Enter")
    await add(side, "Shipped")
    await page.get_by_label("Shipped: day").fill("2026-11-30")
    await page.keyboard.press("Enter")
    for name, chosen in (("Severity", "high"), ("Tester", "Ben Okafor")):
        await add(side, name)
        await page.get_by_role("option", name=chosen, exact=True).click()
    await add(side, "Parts")
    for chosen in ("api", "docs"):
        await page.get_by_role("option", name=chosen, exact=True).click()
    await page.keyboard.press("Tab")
    await add(side, "Risky")
    await page.keyboard.press("Space")
    assert {field: value for field, value, _ in await saved(side, 8)} == {
        "custom.place": "Lisbon",
        "custom.cost": 12.5,
        "custom.design": "https://example.com",
        "custom.shipped": "2026-11-30",
        "custom.severity": "high",
        "custom.tester": BEN,
        "custom.parts": ["api", "docs"],
        "custom.risky": True,
    }
    await expect(row(side, "custom.parts")).to_contain_text("apidocs")
    await expect(row(side, "custom.design").get_by_role("link")).to_have_attribute("href", "https://example.com")


async def test_a_task_repeats_in_a_usual_rhythm_or_by_a_rule(side: Stage) -> None:
    await add(side, "Repeats")
    await side.page.get_by_label("How often").select_option("Every 2 weeks")
    await side.page.get_by_label("From completion").check()
    await side.page.get_by_role("button", name="Save").click()
    rule = {"rule": "FREQ=WEEKLY;INTERVAL=2", "from": "completion"}
    assert await saved(side) == [("recurrence", rule, 3)]
    await expect(row(side, "recurrence")).to_contain_text("Every 2 weeks")

    await settle(side, 0, "There is no such rule.")
    await control(side, "recurrence").click()
    await side.page.get_by_label("How often").select_option("By a rule (RRULE)")
    await side.page.get_by_label("Rule", exact=True).fill("FREQ=WEEKLY;BYDAY=MO")
    await side.page.keyboard.press("Enter")
    assert (await saved(side, 2))[-1][1] == {"rule": "FREQ=WEEKLY;BYDAY=MO", "from": "completion"}


async def test_a_reminder_that_is_refused_can_be_mended(side: Stage) -> None:
    await add(side, "Reminder")
    await side.page.get_by_label("When to remind").select_option("1 day before it is due")
    await side.page.get_by_role("button", name="Remind me").click()
    assert await side.intents() == [{"remind": {"minutes_before": 1440}}]
    await side.call("reminded", "That moment has passed.")
    await expect(side.page.get_by_role("dialog").get_by_role("alert")).to_have_text("That moment has passed.")
    await side.page.get_by_label("When to remind").select_option("At a moment")
    await side.page.get_by_label("Day", exact=True).fill("2099-01-01")
    await side.page.get_by_label("Time", exact=True).fill("09:00")
    await side.page.keyboard.press("Enter")
    assert (await side.intents(2))[-1] == {"remind": {"at": "2099-01-01T09:00:00Z"}}
    await side.call("reminded", None)
    await expect(side.page.get_by_role("dialog")).to_have_count(0)
    await control(side, "priority").click()
    await side.call("reminded", None)  # late: one is at the next thing
    await show(side, task())
    await expect(side.page.get_by_role("dialog", name="Priority")).to_be_visible()
    await side.page.keyboard.press("Escape")

    given = {"id": id_of("r"), "at": None, "minutes_before": 1440, "fire_at": None, "fired_at": None, "created_at": ""}
    await show(side, {**task(), "reminders": [given]})
    await expect(side.page.locator(".tt-reminder")).to_contain_text("1 day before it is due")
    await side.page.get_by_role("button", name="Remove the reminder: 1 day before it is due").click()
    assert (await side.intents(3))[-1] == {"forget": id_of("r")}


async def test_a_property_is_changed_by_keyboard_alone_and_the_focus_comes_back(side: Stage) -> None:
    await control(side, "column_id").focus()
    for key in ("Enter", "d", "o", "n", "Enter"):
        await side.page.keyboard.press(key)
    await expect(control(side, "column_id")).to_be_focused()
    await expect(control(side, "column_id")).to_have_accessible_name("State Done")
    await side.page.keyboard.press("Tab")
    await side.page.keyboard.press("Enter")
    await side.page.keyboard.press("ArrowUp")
    await side.page.keyboard.press("Escape")
    await expect(control(side, "priority")).to_be_focused()
    await expect(control(side, "priority")).to_contain_text("No priority")
    assert await saved(side) == [("column_id", DONE, 3)]


async def test_what_is_being_typed_is_there_again_after_a_reload(side: Stage) -> None:
    await add(side, "Estimate")
    await side.page.keyboard.type("8")
    await side.page.reload()
    await expect(control(side, "estimate")).to_have_value("8")
    await show(side, task(9))  # somebody has changed the task since
    await control(side, "estimate").press("Enter")
    assert await saved(side) == [("estimate", 8, 3)]
    await settle(side, 0)
    await side.page.wait_for_function("Object.keys(localStorage).every((key) => !key.includes('estimate'))")
    await side.page.reload()
    await expect(row(side, "estimate")).to_have_count(0)


async def test_who_may_only_look_is_offered_no_change_but_reminders(stage: Stage) -> None:
    shown = {**task(custom_place="Lisbon", due="2026-11-30"), "can_watch": False}
    await open_it(stage, shown, edit=0)
    await expect(row(stage, "custom.place").locator("input")).not_to_be_editable()
    await expect(row(stage, "due")).to_contain_text("30 Nov")
    assert await stage.page.get_by_role("button").all_text_contents() == ["Add…"]
    await stage.page.get_by_role("button", name="Add…").click()
    await expect(stage.page.get_by_role("option")).to_have_text(["Reminder"])


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing(stage: Stage, theme: str) -> None:
    shown = copy.deepcopy(task(due="2026-11-30", estimate=3, custom_place="Lisbon", custom_risky=True))
    await open_it(stage, shown, theme=theme)
    for field in ("priority", "due"):
        await control(stage, field).click()
        await require_accessible(stage.page, ".tt-properties")
        await stage.page.keyboard.press("Escape")
