"""The page of keys is written by a tool, and says what the registry of commands says."""

from tools.keyboard_reference import COMMAND, PAGE, render


def test_the_page_of_keys_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == render(), f"run {COMMAND}, or make docs"


def test_keys_are_written_as_people_name_them() -> None:
    page = render()
    for row in (
        "| `Ctrl K` | All commands |",
        "| `G` then `B` | Board |",
        "| `J` or `↓` |",
        "| `Shift D` | Set due date |",
    ):
        assert row in page
