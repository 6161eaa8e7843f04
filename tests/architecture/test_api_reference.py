"""The page of the API is written by a tool, and says what the API does."""

from tasktracker.api.openapi import document
from tasktracker.api.problems import KINDS
from tools.api_reference import COMMAND, PAGE, render


def test_the_page_of_the_api_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == render(), f"run {COMMAND}, or make docs"


def test_every_call_and_every_problem_is_on_the_page() -> None:
    page = render()
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            assert f"\n### {operation['summary']}\n\n`{method.upper()} {path}`\n" in page
    assert [slug for slug in KINDS if f"\n### {slug}\n" not in page] == []


def test_no_two_headings_are_the_same() -> None:
    headings = [line.lower() for line in render().splitlines() if line.startswith("#")]
    assert sorted(headings) == sorted(set(headings))
