"""What is wrong with a filter, and where: each case marks ⟦the characters⟧ that the problem points at."""

import pytest

from tasktracker.domain.errors import FilterProblem, Invalid
from tasktracker.domain.filter_language.fields import FIELDS, Kind
from tasktracker.domain.filter_language.parser import parse

SHAPE = r"""
⟦"free text⟧ → This quote is not closed.
bug ⟦"⟧ → This quote is not closed.
label:⟦"needs review⟧ → This quote is not closed.
label:bug,⟦"needs⟧ → This quote is not closed.
⟦"ends in \"⟧ → This quote is not closed.
bug ⟦""⟧ → There is nothing between these quotes.
label:⟦" "⟧ → There is nothing between these quotes.
⟦(⟧ → This parenthesis is not closed.
⟦(⟧a (b c) → This parenthesis is not closed.
⟦(⟧bug OR crash → This parenthesis is not closed.
⟦()⟧ → There is nothing between these parentheses.
a ⟦( )⟧ b → There is nothing between these parentheses.
bug⟦)⟧ → This parenthesis was not opened.
(bug)⟦)⟧ → This parenthesis was not opened.
⟦OR⟧ → “OR” lacks what comes before it.
⟦OR⟧ bug → “OR” lacks what comes before it.
(⟦and⟧ bug) → “and” lacks what comes before it.
bug ⟦OR⟧ → “OR” lacks what comes after it.
bug ⟦or⟧ OR crash → “or” lacks what comes after it.
(bug ⟦AND⟧) → “AND” lacks what comes after it.
⟦NOT⟧ → “NOT” lacks what comes after it.
⟦not⟧ or bug → “not” lacks what comes after it.
⟦-⟧ → Write directly after “-” what to leave out.
⟦-⟧ bug → Write directly after “-” what to leave out.
(⟦-⟧) → Write directly after “-” what to leave out.
bug ⟦,⟧ crash → Write a list without spaces
label:bug ⟦,⟧crash → Write a list without spaces
bug OR ⟦,⟧ crash → Write a list without spaces
"bug"⟦,⟧"crash" → Write a list without spaces
⟦:⟧bug → Write a field’s name directly before its colon
label ⟦:⟧bug → Write a field’s name directly before its colon
due:2026 ⟦.⟧.2027 → Write a range without spaces
due:2026..2027⟦.⟧.2028 → Write a range without spaces
"bug"⟦"crash"⟧ → Put a space here
bug⟦"crash"⟧ → Put a space here
"bug"⟦crash⟧ → Put a space here
label:bug⟦(s)⟧ → Put a space here
(a)⟦(b)⟧ → Put a space here
"a"⟦or⟧ b → Put a space here
a or⟦"b"⟧ → Put a space here
"""

VALUES_MISSING = r"""
⟦due:⟧ → “due:” lacks a value.
⟦due:⟧ today → “due:” lacks a value.
(⟦due:⟧) → “due:” lacks a value.
bug ⟦Due:⟧ → “Due:” lacks a value.
⟦due:<⟧ → “due:<” lacks a value.
⟦due:<=⟧ 2026 → “due:<=” lacks a value.
⟦title:=⟧ → “title:=” lacks a value.
⟦label:bug,⟧ → “label:bug,” lacks a value.
⟦label:bug,⟧,crash → “label:bug,” lacks a value.
⟦label:⟧,bug → “label:” lacks a value.
⟦due:..⟧ → “due:..” lacks a value.
⟦due:..⟧,today → “due:..” lacks a value.
label:⟦(⟧bug OR crash) → Write several values as label:one,two
due:<⟦>⟧2026 → Put a value that begins with this sign into quotes.
title:=⟦<⟧b> → Put a value that begins with this sign into quotes.
"""

NAMES = r"""
⟦asignee⟧:me → There is no field “asignee”. → assignee
⟦asignee⟧: → There is no field “asignee”. → assignee
bug ⟦Asignee⟧:<me → There is no field “Asignee”. → assignee
⟦assigned⟧:me → There is no field “assigned”. → assignee
⟦lable⟧:bug → There is no field “lable”. → label
⟦status⟧:open → There is no field “status”. → state
⟦tag⟧:bug → There is no field “tag”. → label
⟦owner⟧:me → There is no field “owner”. → assignee
⟦author⟧:me → There is no field “author”. → creator
⟦deadline⟧:today → There is no field “deadline”. → due
⟦blocked_by⟧:WEB-1 → There is no field “blocked_by”. → blocked-by
⟦https⟧://example.org → Put the text into quotes to search for it as it is.
⟦zzzz⟧:1 → There is no field “zzzz”.
⟦étiquette⟧:bug → There is no field “étiquette”.
⟦field⟧:1 → There is no field “field”.
⟦field.⟧:1 → After “field.” comes the key of a custom field
⟦field.é⟧:1 → After “field.” comes the key of a custom field
⟦field.a-b⟧:1 → After “field.” comes the key of a custom field
⟦field.a.b⟧: → After “field.” comes the key of a custom field
"""

CHOICES = r"""
state:⟦startd⟧ → “state” is never “startd”. Use one of: backlog, unstarted, → started
state:done,⟦cancled⟧ → “state” is never “cancled”. → cancelled
state:⟦"in review"⟧ → “state” is never “in review”.
state:⟦none⟧ → “state” is never “none”. → done
priority:⟦hgih⟧ → “priority” is never “hgih”. → high
priority:>⟦hgih⟧ → “priority” is never “hgih”. → high
priority:low..⟦urgnet⟧ → “priority” is never “urgnet”. → urgent
priority:⟦any⟧ → “priority” is never “any”.
priority:⟦high..low⟧ → This range ends before it begins.
is:⟦overdu⟧ → “is” is never “overdu”. → overdue
is:open,⟦block⟧ → “is” is never “block”. → blocked
has:⟦label⟧ → “has” is never “label”. → labels
has:⟦none⟧ → “has” is never “none”.
state:⟦<⟧started → “<” means nothing to “state”, which has no order.
state:⟦backlog..done⟧ → “state” takes no range.
"""

OTHER_VALUES = r"""
assignee:⟦"Ana Lopez"⟧ → “Ana Lopez” is no handle of a person.
assignee:me,⟦ana@example.org⟧ → “ana@example.org” is no handle of a person.
assignee:⟦@⟧ → “@” is no handle of a person.
assignee:⟦>=⟧ana → “>=” means nothing to “assignee”
assignee:⟦ana..ben⟧ → “assignee” takes no range.
label:⟦<⟧bug → “<” means nothing to “label”
label:⟦a..b⟧ → Put a value that holds two dots into quotes.
title:⟦wait...⟧ → Put a value that holds two dots into quotes.
project:⟦w⟧ → “w” is no key of a project.
project:⟦my-web⟧ → “my-web” is no key of a project.
ref:⟦12⟧ → “12” names no task. Write it as WEB-12.
parent:⟦WEB⟧ → “WEB” names no task.
blocks:WEB-1,⟦WEB-0⟧ → “WEB-0” names no task.
ref:⟦none⟧ → “none” names no task.
estimate:⟦three⟧ → “three” is no number.
estimate:⟦1e3⟧ → “1e3” is no number.
estimate:⟦٣⟧ → “٣” is no number.
estimate:⟦1234567890123⟧ → “1234567890123” is no number.
estimate:>⟦none⟧ → “none” is no number.
estimate:⟦5..3⟧ → This range ends before it begins.
comments:⟦-1⟧ → “-1” is no whole number.
comments:⟦1.5⟧ → “1.5” is no whole number.
comments:⟦any⟧ → “any” is no whole number.
number:1..⟦x⟧ → “x” is no whole number.
estimate:<1,⟦2⟧ → “<” takes one value.
estimate:⟦<1..2⟧ → Write either “<” or a range, not both.
"""

DATES = r"""
due:⟦tomorow⟧ → “tomorow” is no date. → tomorrow
due:<⟦nextweek⟧ → “nextweek” is no date. → next-week
due:⟦7d⟧ → “7d” is no date. → +7d
due:⟦+7⟧ → “+7” is no date.
due:⟦+7x⟧ → “+7x” is no date.
due:⟦30.11.2026⟧ → “30.11.2026” is no date.
due:⟦2026-1-5⟧ → “2026-1-5” is no date.
due:⟦20261130⟧ → “20261130” is no date.
due:⟦2026-11-30T25:00⟧ → No calendar and no clock has “2026-11-30T25:00”.
due:⟦2026-11-30T17:00+99:00⟧ → No calendar and no clock has
due:⟦2026-11-30T17⟧ → “2026-11-30T17” is no date.
due:⟦"2026-11-30 17:00"⟧ → “2026-11-30 17:00” is no date.
due:⟦2026-02-30⟧ → No calendar and no clock has “2026-02-30”.
due:⟦2026-00⟧ → No calendar and no clock has “2026-00”.
due:⟦2026-13⟧ → No calendar and no clock has “2026-13”.
due:⟦2026-11-00⟧ → No calendar and no clock has “2026-11-00”.
due:⟦1899⟧ → Choose a date between the years 1900 and 2999.
due:⟦3000-01-01⟧ → Choose a date between the years 1900 and 2999.
due:2026..⟦3000⟧ → Choose a date between the years 1900 and 2999.
due:⟦0000⟧ → Choose a date between the years 1900 and 2999.
due:⟦1899-12-31T23:59⟧ → Choose a date between the years 1900 and 2999.
created:⟦none⟧ → “none” is no date.
due:<⟦none⟧ → “none” is no date.
due:⟦<2026..2027⟧ → Write either “<” or a range, not both.
"""


def _cases(*tables: str) -> list[tuple[str, str, str | None]]:
    """Text, the beginning of the sentence, and the suggestion if there is one."""
    rows = [line.split(" → ") for table in tables for line in table.splitlines() if line]
    return [(row[0], row[1], row[2] if len(row) > 2 else None) for row in rows]


CASES = _cases(SHAPE, VALUES_MISSING, NAMES, CHOICES, OTHER_VALUES, DATES)


@pytest.mark.parametrize(("marked", "sentence", "suggestion"), CASES, ids=[marked for marked, _, _ in CASES])
def test_a_problem_points_at_what_is_wrong(marked: str, sentence: str, suggestion: str | None) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    problem = problem_of(text)
    assert f"{text[: problem.start]}⟦{text[problem.start : problem.end]}⟧{text[problem.end :]}" == marked
    assert sentence in str(problem)
    assert problem.suggestion == suggestion
    assert ("Did you mean" in str(problem)) == (suggestion is not None)


@pytest.mark.parametrize(
    ("text", "start", "end", "sentence"),
    [
        ("x" * 1_001, 1_000, 1_001, "1,001 characters long; at most 1,000 are read"),
        ('"' * 5_000, 1_000, 5_000, "5,000 characters long"),
        ("(" * 21 + "a" + ")" * 21, 20, 21, "at most 20 deep"),
        ("-" * 21 + "a", 20, 21, "at most 20 deep"),
        ("not " * 10 + "-(" * 6 + "a" + ")" * 6, 50, 51, "at most 20 deep"),
        ("(" * 998 + "a", 997, 998, "not closed"),
        ("(" * 499 + "a" + ")" * 499, 20, 21, "at most 20 deep"),
        ("a " * 51, 100, 101, "at most 50 terms, and this one 51"),
        ("label:" + ",".join("b" * 51), 106, 107, "at most 50 terms"),
        ("bug\0", 3, 4, "Remove the control character U+0000"),
        ('title:"\x1b"', 7, 8, "U+001B"),
        ("\ud800", 0, 1, "U+D800"),
        ("state:" + "x" * 100, 6, 106, "“" + "x" * 40 + "…”"),
    ],
)
def test_a_filter_beyond_its_limits_is_refused(text: str, start: int, end: int, sentence: str) -> None:
    problem = problem_of(text)
    assert (problem.start, problem.end) == (start, end)
    assert sentence in str(problem)


def test_faces_see_an_invalid_request() -> None:
    problem = problem_of("asignee:me")
    assert isinstance(problem, Invalid)
    assert [each.pointer for each in problem.problems] == ["/filter"]


def test_every_field_that_is_never_empty_refuses_none_or_takes_it_as_a_value() -> None:
    taken = {name for name, field in FIELDS.items() if not field.may_be_empty and _is_read(f"{name}:none")}
    assert taken == {"title", "column", "priority", "creator", "project"}


def test_only_fields_with_an_order_compare() -> None:
    ordered = {"priority", "due", "start", "created", "updated", "completed", "archived", "trashed", "estimate"}
    values = {Kind.RANK: "low", Kind.DATE: "today"}
    comparing = {name for name, field in FIELDS.items() if _is_read(f"{name}:<{values.get(field.kind, '3')}")}
    assert comparing == ordered | {"comments", "subtasks", "number"}


def problem_of(text: str) -> FilterProblem:
    with pytest.raises(FilterProblem) as refused:
        parse(text)
    return refused.value


def _is_read(text: str) -> bool:
    try:
        return parse(text) is not None
    except FilterProblem:
        return False
