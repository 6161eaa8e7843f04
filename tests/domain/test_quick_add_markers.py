from typing import Any

import pytest

from tests.domain.typed import said, typed


@pytest.mark.parametrize(
    ("line", "priority"),
    [
        ("Fix !urgent", "urgent"),
        ("Fix !high", "high"),
        ("Fix !medium", "medium"),
        ("Fix !low", "low"),
        ("Fix !none", "none"),
        ("Fix !1", "urgent"),
        ("Fix !2", "high"),
        ("Fix !3", "medium"),
        ("Fix !4", "low"),
        ("Fix !u", "urgent"),
        ("Fix !h", "high"),
        ("Fix !med", "medium"),
        ("Fix !N", "none"),
        ("Fix !HIGH", "high"),
        ("!high Fix", "high"),
        ('Fix !"high"', "high"),
    ],
)
def test_an_exclamation_mark_sets_the_priority(line: str, priority: str) -> None:
    assert said(line) == ("Fix", {"priority": priority})


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Fix @ana", ("id-ana",)),
        ("Fix @ANA", ("id-ana",)),
        ("Fix @ben.k", ("id-ben",)),
        ("Fix @benjamin", ("id-ben",)),
        ("Fix @Benjamin", ("id-ben",)),
        ("Fix @josé", ("id-cy",)),
        ("Fix @jose\u0301", ("id-cy",)),
        ("Fix @ana @ben.k", ("id-ana", "id-ben")),
        ("@cy Fix @ana", ("id-cy", "id-ana")),
        ("Fix @ana @ana", ("id-ana",)),
    ],
)
def test_an_at_sign_assigns_people_by_handle_or_first_name(line: str, people: tuple[str, ...]) -> None:
    assert said(line) == ("Fix", {"assignee_ids": people})


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Fix #WEB", {"project": "WEB"}),
        ("Fix #web", {"project": "WEB"}),
        ("Fix #a1", {"project": "A1"}),
        ("Fix *bug", {"labels": ("bug",)}),
        ("Fix *BUG", {"labels": ("bug",)}),
        ("Fix *ärger", {"labels": ("Ärger",)}),
        ("Fix *needs-review", {"labels": ("Needs review",)}),
        ('Fix *"needs review"', {"labels": ("Needs review",)}),
        ("Fix *“Needs review”", {"labels": ("Needs review",)}),
        ("Fix *good-first", {"labels": ("good-first",)}),
        ('Fix *"good first"', {"labels": ("good-first",)}),
        ("Fix *twin-a", {"labels": ("twin-a",)}),
        ('Fix *"twin a"', {"labels": ("twin a",)}),
        ("Fix *p.1 *bug", {"labels": ("p.1", "bug")}),
        ("Fix *bug *bug", {"labels": ("bug",)}),
        ("Fix >done", {"column": "Done"}),
        ("Fix >in-progress", {"column": "In progress"}),
        ('Fix >"In progress"', {"column": "In progress"}),
        ('Fix >"in  progress"', {"column": "In progress"}),
        ("Fix >to-do", {"column": "To do"}),
        ("Fix ~3", {"estimate": 3.0}),
        ("Fix ~2.5", {"estimate": 2.5}),
        ("Fix ~0", {"estimate": 0.0}),
        ("Fix ~1000.25", {"estimate": 1000.25}),
        ("Fix ~100000", {"estimate": 100_000.0}),
    ],
)
def test_each_marker_sets_its_field(line: str, fields: dict[str, Any]) -> None:
    assert said(line) == ("Fix", fields)


@pytest.mark.parametrize(
    "line",
    [
        "Fix !important",
        "Fix !5",
        "Fix !0",
        "Fix !!",
        "Fix !",
        "Fix !high,",
        "Fix @nobody",
        "Fix @max",
        "Fix @kraus",
        "Fix @",
        "Fix @ana@example.org",
        "Fix #5",
        "Fix #nowhere",
        "Fix # WEB",
        "Fix *unknown",
        "Fix * bug",
        "Fix **bug**",
        'Fix *"needs review',
        "Fix >later",
        'Fix >"On hold"',
        "Fix > done",
        "Fix >=3",
        "Fix ~x",
        "Fix ~3h",
        "Fix ~-1",
        "Fix ~1.234",
        "Fix ~100001",
        "Fix ~ 3",
        "Fix ~/.bashrc",
    ],
)
def test_a_marker_that_says_nothing_here_stays_text(line: str) -> None:
    assert said(line) == (line, {})


@pytest.mark.parametrize(
    "line",
    [
        "Fix now!high",
        "Mail ana@web",
        "Write C#web",
        "Compute 2*bug",
        "Move a>done",
        "Take it~3",
        "Fix a!1",
        "Ask x@ana",
    ],
)
def test_a_marker_within_a_word_is_text(line: str) -> None:
    assert said(line) == (line, {})


@pytest.mark.parametrize(
    ("line", "title", "fields"),
    [
        ("Fix !high and !low", "Fix !high and", {"priority": "low"}),
        ("Fix #web #ops", "Fix #web", {"project": "OPS"}),
        ("Fix >done >to-do", "Fix >done", {"column": "To do"}),
        ("Fix ~1 ~2", "Fix ~1", {"estimate": 2.0}),
        ("Fix start:today start:tomorrow", "Fix start:today", {"start": "2026-11-19"}),
    ],
)
def test_of_two_that_set_the_same_field_the_last_counts(line: str, title: str, fields: dict[str, Any]) -> None:
    assert said(line) == (title, fields)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (r"Fix \#web", "Fix #web"),
        (r"Fix \@ana", "Fix @ana"),
        (r"Fix \*bug", "Fix *bug"),
        (r"Fix \!high", "Fix !high"),
        (r"Fix \>done", "Fix >done"),
        (r"Fix \~3", "Fix ~3"),
        (r"Fix \#5", "Fix #5"),
        (r"Fix \>=3", "Fix >=3"),
        (r"Fix \\#web", r"Fix \#web"),
        (r"Fix \>" + '"In progress" now', 'Fix >"In progress" now'),
        (r"Say \"hello", 'Say "hello'),
        (r"Fix \x and C:\temp", r"Fix \x and C:\temp"),
        (r"Fix \ alone", r"Fix \ alone"),
        (r"Fix a\#web", r"Fix a\#web"),
    ],
)
def test_a_backslash_before_a_marker_makes_it_text(line: str, title: str) -> None:
    assert said(line) == (title, {})


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('Read "!high @ana" !low', 'Read "!high @ana"'),
        ("Read “#web *bug” !low", "Read “#web *bug”"),
        ('"Say !high", he said !low', '"Say !high", he said'),
        ('Buy a 5" tube and a 3" one !low', 'Buy a 5" tube and a 3" one'),
        ('Say "hello !low', 'Say "hello'),
        (r"Say \"#nothing !low", 'Say "#nothing'),
    ],
)
def test_quotation_marks_switch_the_language_off_and_stay(line: str, title: str) -> None:
    assert said(line) == (title, {"priority": "low"})


@pytest.mark.parametrize("line", ["!high", "@ana #web", "*bug ~3", "start:friday", '>"In progress" !1'])
def test_a_line_of_markers_alone_is_a_title(line: str) -> None:
    assert said(line) == (line, {})


def test_a_line_says_everything_at_once() -> None:
    task = typed("Fix login !high @ana #web *bug ~2.5 >in-progress start:tomorrow friday 17:00 every 2 weeks")
    assert [(chip.kind, chip.text, chip.value) for chip in task.chips] == [
        ("priority", "!high", "high"),
        ("assignee", "@ana", "id-ana"),
        ("project", "#web", "WEB"),
        ("label", "*bug", "bug"),
        ("estimate", "~2.5", 2.5),
        ("column", ">in-progress", "In progress"),
        ("start", "start:tomorrow", "2026-11-19"),
        ("due", "friday 17:00", "2026-11-20T16:00:00Z"),
        ("recurrence", "every 2 weeks", {"rule": "FREQ=WEEKLY;INTERVAL=2", "from": "due"}),
    ]
    assert (task.title, task.estimate, task.column) == ("Fix login", 2.5, "In progress")


def test_white_space_is_folded_in_the_title() -> None:
    assert said("  Fix \t the\u00a0login \n !high ") == ("Fix the login", {"priority": "high"})
