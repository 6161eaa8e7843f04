"""A task: in its dialog, and on its own page."""

import re
from typing import Self

from playwright.sync_api import FilePayload, Locator, Page, expect


class TaskSheet:
    """What both have in common, within `root`."""

    def __init__(self, page: Page, ref: str, root: Locator) -> None:
        self.page = page
        self.ref = ref
        self.root = root
        expect(self.root).to_be_visible()

    # --- what is in it ---

    @property
    def title(self) -> Locator:
        return self.root.get_by_role("textbox", name="Title", exact=True)

    @property
    def description(self) -> Locator:
        """The description as it is read."""
        return self.root.locator(".tt-description-read .tt-prose")

    @property
    def description_field(self) -> Locator:
        """The description as it is edited."""
        return self.root.get_by_role("textbox", name="Description", exact=True)

    @property
    def comment_field(self) -> Locator:
        return self.root.get_by_role("textbox", name="Comment", exact=True)

    @property
    def comments(self) -> Locator:
        return self.root.locator(".tt-comment")

    @property
    def comment_edit(self) -> Locator:
        """One's own comment as it is edited."""
        return self.root.get_by_role("textbox", name="Edit your comment")

    @property
    def conflict(self) -> Locator:
        """What offers a choice between two changes."""
        return self.root.get_by_role("group", name="Two changes of the same")

    @property
    def present(self) -> Locator:
        """Who else has the task open, and what they write in."""
        return self.root.get_by_role("list", name="Also here").get_by_role("listitem")

    @property
    def present_status(self) -> Locator:
        """What is said of them without being asked."""
        return self.root.locator(".tt-present [role=status]")

    def row(self, name: str) -> Locator:
        """A property with its name: State, Priority, Assignees, Labels, Due date … An empty one may not be shown."""
        label = self.page.locator(".tt-property-label").get_by_text(name, exact=True)
        return self.root.locator(".tt-property").filter(has=label)

    @property
    def progress(self) -> Locator:
        """How far the description's checklist is."""
        return self.root.locator(".tt-description-read").get_by_role("progressbar")

    def item(self, words: str) -> Locator:
        """The box of an item of the description's checklist."""
        return self.description.get_by_role("checkbox", name=words, exact=True)

    def reference(self, ref: str) -> Locator:
        """The link to a task that the description names."""
        return self.description.get_by_role("link", name=ref)

    def property(self, name: str) -> Locator:
        """What shows the value of a property, and changes it."""
        return self.row(name).locator("button, input, .tt-property-text")

    def section(self, name: str) -> Locator:
        """Subtasks, Relations, Files."""
        return self.root.get_by_role("region", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    # --- what can be done in it ---

    def edit_description(self) -> Locator:
        self.button("Edit description").click()
        expect(self.description_field).to_be_focused()
        return self.description_field

    def complete(self, beginning: str, name: str) -> None:
        """Type where the cursor is, and take what is offered then."""
        expect(self.offered(beginning).filter(has_text=name).first).to_have_attribute("aria-selected", "true")
        self.page.keyboard.press("Enter")

    def offered(self, beginning: str) -> Locator:
        """Type where the cursor is: what could be meant."""
        self.page.keyboard.type(beginning)
        return self.page.get_by_role("listbox").get_by_role("option")

    def save_description(self, text: str) -> None:
        """Replace the description and save; it may be refused."""
        if not self.description_field.count():
            self.edit_description()
        self.description_field.fill(text)
        self.button("Save").click()

    def add(self, name: str) -> None:
        """Ask for a property that is empty, or for a reminder."""
        self.button("Add…").click()
        self.page.get_by_role("option", name=name, exact=True).click()

    def edit_comment(self) -> Locator:
        """The first of one's own."""
        self.comments.first.get_by_role("button", name="Edit").click()
        expect(self.comment_edit).to_be_focused()
        return self.comment_edit

    def choose(self, name: str, value: str) -> None:
        """Choose a state, a priority, a person or a label."""
        self._reach(name)
        self.page.get_by_role("option", name=value, exact=True).click()

    def type(self, name: str, value: str) -> None:
        """Fill in an estimate, a parent, or a text."""
        self._reach(name)
        self.property(name).fill(value)
        self.property(name).press("Enter")

    def set_day(self, name: str, day: str, time: str = "") -> None:
        """Give a date, with a time if there is one."""
        self._reach(name)
        self.page.get_by_label(f"{name}: day").fill(day)
        if time:
            self.page.get_by_label(f"{name}: time").fill(time)
        self.page.keyboard.press("Enter")

    def do(self, name: str) -> None:
        """Choose from the menu of the task."""
        self.button("More").click()
        self.page.get_by_role("menuitem", name=name, exact=True).click()

    def _reach(self, name: str) -> None:
        """What changes the property is there to be used then."""
        if self.row(name).count():
            self.property(name).click()
        else:
            self.add(name)

    def add_subtask(self, title: str) -> None:
        field = self.root.get_by_label("New subtask", exact=True)
        field.fill(title)
        field.press("Enter")

    def relate(self, kind: str, words: str, ref: str) -> None:
        """Name the other task by words of its title; `ref` is the one that is offered."""
        self.button("Relate…").click()
        self.root.get_by_label("Kind of relation").select_option(kind)
        self.root.get_by_label("The other task").fill(words)
        expect(self.root.locator(f"datalist option[value^='{ref} ']")).to_be_attached()
        self.button("Relate").click()

    def attach(self, name: str, content: bytes) -> None:
        """As by the button and its dialog."""
        file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": content}
        self.section("Files").locator("input[type=file]").set_input_files(files=[file])

    def say(self, text: str) -> None:
        """Comment."""
        self.comment_field.fill(text)
        self.button("Comment").click()
        expect(self.comment_field).to_have_value("")


class TaskDialog(TaskSheet):
    def __init__(self, page: Page, ref: str) -> None:
        super().__init__(page, ref, page.get_by_role("dialog", name=ref, exact=True))

    def trash(self) -> None:
        """Throw the task away; the dialog closes."""
        self.do("Move to trash")
        self.is_gone()

    def close(self) -> None:
        self.button("Close").click()
        self.is_gone()

    def is_gone(self) -> None:
        expect(self.root).to_have_count(0)


class TaskPage(TaskSheet):
    def __init__(self, page: Page, ref: str) -> None:
        expect(page).to_have_url(re.compile(rf"/t/{re.escape(ref)}(?:\?|$)"))
        super().__init__(page, ref, page.locator(".tt-main"))
        expect(self.title).to_be_visible()

    @classmethod
    def visit(cls, page: Page, ref: str) -> Self:
        page.goto(f"/t/{ref}")
        page.wait_for_function("window.did_handshake === true")
        return cls(page, ref)

    @property
    def crumbs(self) -> Locator:
        """The way to it, from its project on."""
        return self.page.get_by_role("navigation", name="Way to this page")
