"""A manager writes rules, and sees what they would do and what they did."""

import pytest
from playwright.sync_api import expect

from e2e.browsers import Come
from e2e.pages.settings import SettingsPage
from e2e.people import Project, Team
from tests.ui.held_back import HOLD, LET_GO

pytestmark = pytest.mark.thorough


def test_a_manager_tries_a_rule_before_it_acts_and_sees_what_it_did(team: Team, come: Come, project: Project) -> None:
    number = project.add("The region is gone", label_ids=[project.api.add_label(project.key, "bug", "#b88a00")])
    ref, page = project.ref(number), come(team.ana)
    settings = SettingsPage(page, f"/{project.key}/settings").visit("rules")
    settings.main.get_by_role("button", name="New rule…").click()
    settings.control("Name").fill("Hurry")
    condition = page.get_by_role("combobox", name="Filter")
    condition.fill("is:open lable:bug")
    expect(settings.main.get_by_role("alert")).to_contain_text("Did you mean “label”?")
    expect(settings.main.locator(".tt-filter__wrong")).to_have_text("lable")
    condition.fill("is:open label:b")
    expect(page.get_by_role("option", name="bug")).to_be_visible()
    condition.press("ArrowDown")
    condition.press("Enter")
    expect(condition).to_have_value("is:open label:bug ")
    page.reload()
    settings.live()
    settings.main.get_by_role("button", name="New rule…").click()
    expect(settings.control("Name")).to_have_value("Hurry")
    expect(condition).to_have_value("is:open label:bug ")

    settings.control("What to do").select_option("priority")
    settings.main.get_by_role("button", name="Try it").click()
    expect(settings.main.get_by_role("listitem").filter(has_text=ref)).to_contain_text("Priority: Urgent")
    assert project.api.task(ref)["priority"] == "none"
    settings.main.get_by_role("button", name="Task edited").click()
    settings.main.get_by_role("button", name="Add rule").click()
    expect(settings.row("Hurry")).to_contain_text("When: Task created and Task edited · 1 action")
    project.api.edit_task(ref, description="All of it.")
    runs = page.get_by_role("dialog", name="Last runs of “Hurry”")
    settings.until(lambda: project.api.task(ref)["priority"] == "urgent")
    settings.main.get_by_role("button", name="Last runs: Hurry").click()
    expect(runs.locator("[data-row]")).to_contain_text("Priority: Urgent")
    expect(runs.get_by_role("link", name=ref)).to_be_visible()
    page.keyboard.press("Escape")
    switch = settings.main.get_by_role("switch", name="Switched on of Hurry")
    switch.uncheck()
    page.reload()
    expect(switch).not_to_be_checked()
    settings.ask("Delete", "Hurry")
    settings.agree("Delete rule")
    expect(settings.main).to_contain_text("No rule yet.")


def test_what_is_typed_into_a_rule_is_a_draft_until_that_is_saved_or_given_up(
    team: Team, come: Come, project: Project
) -> None:
    settings = SettingsPage(come(team.ana), f"/{project.key}/settings").visit("rules")
    page, main = settings.page, settings.main
    typed = {"Name": "Hurry", "Filter": "is:open", "Comment": "At once, please."}

    def type_on(more: str = "") -> None:
        for label, text in typed.items():
            settings.control(label).fill(text + more)

    def begin(button: str, *shown: str) -> None:
        """What is shown is what was typed before, or is saved."""
        main.get_by_role("button", name=button).click()
        if button == "New rule…":
            settings.control("What to do").select_option("comment")
        for label, text in zip(typed, shown, strict=True):
            expect(settings.control(label)).to_have_value(text)

    begin("New rule…", "", "", "")
    type_on()
    main.get_by_role("button", name="Cancel").click()
    begin("New rule…", "", "", "")
    type_on()
    settings.control("Name").fill("")
    main.get_by_role("button", name="Add rule").click()
    expect(main.get_by_role("alert")).to_have_text("This must not be empty.")
    settings.control("Name").fill("Hurry")
    page.evaluate(HOLD)
    main.get_by_role("button", name="Add rule").click()
    for label in typed:
        expect(settings.control(label)).not_to_be_editable()
    settings.control("Name").press("Enter")  # it is on its way already
    page.evaluate(LET_GO)
    expect(settings.rows()).to_contain_text("Hurry")
    expect(settings.rows()).to_have_count(1)
    begin("New rule…", "", "", "")
    main.get_by_role("button", name="Cancel").click()
    begin("Edit: Hurry", *typed.values())
    type_on(" And more.")
    settings.reload()
    begin("Edit: Hurry", *(f"{text} And more." for text in typed.values()))
