"""Two people edit one task."""

import re

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.board import BoardPage
from e2e.pages.task import TaskDialog
from e2e.people import Project, Team
from tests.ui.held_back import HOLD, LET_GO

_KEPT = "(pane) => [...pane.querySelectorAll('span, ins')].map((each) => each.textContent).join('')"
ANAS, BENS = "As Ana remembers it.", "As Ben\nremembers it."


@pytest.fixture
def number(project: Project) -> int:
    return project.add("Fix the login", description="As it was.")


@pytest.fixture
def anas(team: Team, come: Come, project: Project, number: int) -> TaskDialog:
    return BoardPage(come(team.ana), project.key).visit().open(number)


@pytest.fixture
def bens(team: Team, come: Come, project: Project, number: int) -> TaskDialog:
    return BoardPage(come(team.ben), project.key).visit().open(number)


@pytest.fixture
def conflict(anas: TaskDialog, bens: TaskDialog) -> TaskDialog:
    """Ana has saved her description while Ben wrote his, and now he saves."""
    bens.edit_description().fill(BENS)
    anas.save_description(ANAS)
    expect(anas.description).to_have_text(ANAS)
    bens.save_description(BENS)
    expect(bens.conflict).to_be_visible()
    return bens


def test_who_comes_second_sees_both_texts_and_loses_neither(conflict: TaskDialog) -> None:
    expect(conflict.conflict).to_contain_text("Somebody else changed the description while you were editing.")
    _shows_both(conflict, BENS, ANAS)
    expect(conflict.description_field).to_have_value(BENS)


def test_keep_mine_saves_the_second_text_with_what_was_typed_since(
    conflict: TaskDialog, anas: TaskDialog, project: Project
) -> None:
    conflict.description_field.press("ControlOrMeta+End")
    conflict.description_field.press_sequentially(" And more.")
    conflict.button("Keep mine").click()
    expect(conflict.conflict).to_be_hidden()
    for task in (conflict, anas):
        expect(task.description).to_have_text(f"{BENS} And more.".replace("\n", " "))
    assert project.api.task(conflict.ref)["description"] == f"{BENS} And more."


def test_what_is_typed_once_keep_mine_is_pressed_is_a_draft_of_the_next_change(
    conflict: TaskDialog, project: Project
) -> None:
    conflict.page.evaluate(HOLD)
    conflict.button("Keep mine").click()
    conflict.description_field.press("ControlOrMeta+End")
    conflict.description_field.press_sequentially(" And more.")
    conflict.page.evaluate(LET_GO)
    expect(conflict.conflict).to_be_hidden()
    expect(conflict.description_field).to_have_value(f"{BENS} And more.")
    assert project.api.task(conflict.ref)["description"] == BENS
    conflict.button("Save").click()
    expect(conflict.description).to_contain_text("And more.")
    expect(conflict.conflict).to_be_hidden()


def test_both_texts_are_put_together_and_saved(conflict: TaskDialog, anas: TaskDialog, project: Project) -> None:
    together = conflict.conflict.get_by_label("Description, both together")
    expect(together).to_have_value(re.compile("Ben\n.*Ana", re.DOTALL))
    together.fill("As Ana and Ben remember it.")
    conflict.button("Save both").click()
    expect(conflict.conflict).to_be_hidden()
    for task in (conflict, anas):
        expect(task.description).to_have_text("As Ana and Ben remember it.")
    assert project.api.task(conflict.ref)["description"] == "As Ana and Ben remember it."


@pytest.mark.thorough
def test_take_theirs_shows_the_first_text(conflict: TaskDialog, project: Project) -> None:
    conflict.button("Take theirs").click()
    expect(conflict.conflict).to_be_hidden()
    expect(conflict.description).to_have_text(ANAS)
    expect(conflict.description_field).to_have_count(0)
    assert project.api.task(conflict.ref)["description"] == ANAS


@pytest.mark.thorough
def test_who_leaves_with_a_title_that_somebody_else_changed_too_has_to_choose_first(
    anas: TaskDialog, bens: TaskDialog, project: Project
) -> None:
    bens.title.fill("Bens title")
    anas.title.fill("Anas title")
    anas.title.press("Enter")
    expect(bens.root).to_contain_text("Ana Torres renamed this to “Anas title”")
    expect(bens.title).to_have_value("Bens title")
    bens.title.press("Escape")
    _shows_both(bens, "Bens title", "Anas title")
    bens.button("Keep mine").click()
    expect(anas.title).to_have_value("Bens title")
    bens.close()
    assert project.api.task(bens.ref)["title"] == "Bens title"


@pytest.mark.thorough
def test_a_title_that_somebody_else_changes_is_not_drawn_over_what_is_typed_and_still_on_its_way(
    anas: TaskDialog, bens: TaskDialog, project: Project
) -> None:
    """The server has not heard of any key yet."""
    _rename(anas, bens, "Fix the till")
    expect(bens.title).to_have_value("Fix the till")
    bens.page.evaluate(HOLD)
    bens.title.press("End")
    bens.title.press_sequentially(" today")
    _rename(anas, bens, "Fix the door")
    expect(bens.title).to_have_value("Fix the till today")
    bens.page.evaluate(LET_GO)
    bens.title.press("Enter")
    _shows_both(bens, "Fix the till today", "Fix the door")
    assert project.api.task(bens.ref)["title"] == "Fix the door"
    bens.button("Keep mine").click()
    expect(anas.title).to_have_value("Fix the till today")


@pytest.mark.thorough
def test_a_draft_that_comes_back_after_somebody_else_changed_the_text_asks_too(
    anas: TaskDialog, bens: TaskDialog
) -> None:
    bens.edit_description().fill(BENS)
    anas.save_description(ANAS)
    expect(anas.description).to_have_text(ANAS)
    bens.page.reload()
    again = TaskDialog(bens.page, bens.ref)
    expect(again.description_field).to_have_value(BENS)
    again.button("Save").click()
    _shows_both(again, BENS, ANAS)


def test_different_fields_merge_without_a_question(anas: TaskDialog, bens: TaskDialog, project: Project) -> None:
    bens.edit_description().fill(BENS)
    anas.title.fill("Fix the login in Safari")
    anas.title.press("Enter")
    anas.choose("Priority", "High")
    expect(bens.property("Priority")).to_have_text("High")
    expect(bens.title).to_have_value("Fix the login in Safari")
    bens.save_description(BENS)
    expect(anas.description).to_have_text(BENS.replace("\n", " "))
    expect(bens.conflict).to_be_hidden()
    task = project.api.task(bens.ref)
    assert (task["title"], task["priority"], task["description"]) == ("Fix the login in Safari", "high", BENS)


def _rename(anas: TaskDialog, bens: TaskDialog, title: str) -> None:
    anas.title.fill(title)
    anas.title.press("Enter")
    expect(bens.root).to_contain_text(f"Ana Torres renamed this to “{title}”")


def _shows_both(task: TaskDialog, *texts: str) -> None:
    """Yours and theirs, each with what it was before struck through."""
    contents = task.conflict.locator(".tt-conflict-content")
    expect(contents).to_have_count(len(texts))
    for content, text in zip(contents.all(), texts, strict=True):
        assert content.evaluate(_KEPT) == text
