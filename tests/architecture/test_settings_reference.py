"""The page of settings is written by a tool, and says what the program reads."""

import pytest

from tasktracker.settings import Settings
from tools.settings_reference import COMMAND, PAGE, render


def test_the_page_of_settings_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == render(), f"run {COMMAND}"


def test_every_setting_stands_on_the_page_under_the_name_that_is_read() -> None:
    page = PAGE.read_text("utf-8")
    missing = [name for name in Settings.model_fields if f"| `TASKTRACKER_{name.upper()}` |" not in page]
    assert missing == []


def test_the_page_tells_no_secret_that_happens_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKTRACKER_DATABASE_URL", "postgres://somebody:hidden@127.0.0.1/tasktracker")
    assert "hidden" not in render()
