"""The board of a project."""

import re

from playwright.sync_api import FloatRect, Locator, expect

from e2e.pages.project import ProjectPage

_ORDER = """() => Object.fromEntries([...document.querySelectorAll('.tt-board [data-column]')].map((column) => [
    column.querySelector('h2').textContent.trim(),
    [...column.querySelectorAll('[data-number]')].map((card) => Number(card.dataset.number)),
]))"""


class BoardPage(ProjectPage):
    view = "board"
    drawn = ".tt-board"

    def column(self, name: str) -> Locator:
        return self.page.locator(".tt-board [data-column]").filter(has=self.page.locator("h2", has_text=_whole(name)))

    def order(self) -> dict[str, list[int]]:
        """The numbers of the cards of each column as they are drawn, by the column's name."""
        order: dict[str, list[int]] = self.page.evaluate(_ORDER)
        return order

    def shows(self, number: int, column: str) -> None:
        """Wait until the card is drawn in the column."""
        expect(self.column(column).locator(f"[data-number='{number}']")).to_be_visible()

    def drag(self, number: int, column: str) -> None:
        """Take the card with the mouse, and drop it at the top of the column; both must be on the screen."""
        start, goal = _box(self.task(number)), _box(self.column(column))
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 60, steps=4)
        mouse.up()

    def carry(self, number: int, *keys: str) -> None:
        """Take the card with the keyboard, along with each key, and put it down."""
        self.task(number).focus()
        for key in ("m", *keys, "m"):
            self.page.keyboard.press(key)


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(text)}$")


def _box(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box, f"{element} is not on the screen"
    return box
