"""Two changes of one field, and the choice between them, in the browser."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.ui.components.axe import require_accessible
from tests.ui.components.conftest import Stage, hold, let_go

SAME, NEW, GONE = ({"kind": kind, "text": kind} for kind in ("same", "new", "gone"))
CHOICES: list[dict[str, Any]] = [
    {
        "field": "description",
        "name": "Description",
        "merged": "One.\nTwo.",
        "clean": False,
        "long": True,
        "pieces": {"yours": [SAME, GONE, NEW], "theirs": [SAME]},
    },
    {
        "field": "label_ids",
        "name": "Labels",
        "both": ["a", "b"],
        "words": {"base": "", "yours": "bug", "theirs": "idea", "both": "bug and idea"},
    },
    {"field": "due", "name": "Due date", "words": {"base": "1 May", "yours": "2 May", "theirs": ""}},
]


@pytest.fixture
async def conflict(stage: Stage) -> Stage:
    await stage.set_up({"choices": CHOICES})
    await stage.page.goto(stage.address("conflict"))
    await stage.page.wait_for_selector(".tt-conflict")
    return stage


async def test_what_differs_is_marked_and_other_fields_are_three_values(conflict: Stage) -> None:
    yours = conflict.page.get_by_role("group", name="Yours")
    await expect(yours.locator("ins")).to_have_text("new")
    await expect(yours.locator("del")).to_have_text("gone")
    due = conflict.page.get_by_role("region", name="Due date")
    assert await due.locator("dt, dd").all_text_contents() == ["Before", "1 May", "Yours", "2 May", "Theirs", "None"]
    await expect(conflict.page.get_by_role("alert")).to_have_text("Somebody else changed this.")


async def test_both_together_are_saved_as_somebody_has_put_them(conflict: Stage) -> None:
    together = conflict.page.get_by_label("Description, both together")
    await expect(together).to_have_value("One.\nTwo.")
    await together.fill("One and two.")
    await conflict.page.reload()
    await expect(together).to_have_value("One and two.")  # a draft, as everything that is typed
    await conflict.page.get_by_role("button", name="Save both").click()
    assert await conflict.intents() == [{"merge": {"description": "One and two.", "label_ids": ["a", "b"]}}]


async def test_what_is_put_together_can_be_changed_again_once_the_answer_is_there(conflict: Stage) -> None:
    """What was typed until then would be thrown away by a save, which redraws the task."""
    together = conflict.page.get_by_label("Description, both together")
    await hold(conflict)
    await conflict.page.get_by_role("button", name="Save both").click()
    await together.press_sequentially("And more. ")
    await expect(together).to_have_value("One.\nTwo.")
    await conflict.call("show", f"{conflict.key}-7", "Somebody else changed this again.", [*CHOICES[:2]])
    await expect(conflict.page.get_by_role("region", name="Due date")).to_have_count(0)
    await expect(together).not_to_be_editable()
    await let_go(conflict)
    await expect(together).to_be_editable()
    assert await conflict.intents() == [{"merge": {"description": "One.\nTwo.", "label_ids": ["a", "b"]}}]
    await conflict.page.get_by_role("button", name="Keep mine").click()
    assert (await conflict.intents(2))[1] == {"keep": True}


async def test_what_somebody_has_put_together_stays_through_the_next_change_of_something_else(conflict: Stage) -> None:
    together = conflict.page.get_by_label("Description, both together")
    await together.fill("One and two.")
    other = {**CHOICES[2], "words": {"base": "1 May", "yours": "2 May", "theirs": "3 May"}}
    await conflict.call("show", f"{conflict.key}-7", "Somebody else changed this again.", [*CHOICES[:2], other])
    await expect(conflict.page.get_by_role("region", name="Due date")).to_contain_text("3 May")
    await expect(together).to_have_value("One and two.")
    again = {**CHOICES[0], "merged": "One.\nThree."}
    await conflict.call("show", f"{conflict.key}-7", "Somebody else changed this again.", [again, *CHOICES[1:]])
    await expect(together).to_have_value("One.\nThree.")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_and_nothing_is_cut_off_on_a_phone(stage: Stage, theme: str) -> None:
    await stage.set_up({"choices": CHOICES})
    await stage.page.set_viewport_size({"width": 390, "height": 844})
    await stage.page.goto(stage.address("conflict", theme=theme))
    await stage.page.wait_for_selector(".tt-conflict")
    await require_accessible(stage.page, ".tt-conflict")
    assert await stage.page.evaluate("document.querySelector('.tt-conflict').scrollWidth <= innerWidth")
    for name in ("Save both", "Keep mine", "Take theirs"):
        await expect(stage.page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
