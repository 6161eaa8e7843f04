"""Custom fields: what their values are is known only once somebody knows the type of the field."""

import pytest

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.fields import Kind
from tasktracker.domain.filter_language.nodes import Comparison, Operator, Span, Value, Word, terms
from tasktracker.domain.filter_language.parser import parse
from tasktracker.domain.filter_language.values import as_kind


@pytest.mark.parametrize(
    ("values", "kind", "fixed"),
    [
        ("1..2.5,none", Kind.NUMBER, "estimate:1..2.5,none"),
        ("any", Kind.NUMBER, "estimate:any"),
        ("=3", Kind.NUMBER, "estimate:3"),
        ('"3"', Kind.NUMBER, "estimate:3"),
        (">=3", Kind.NUMBER, "estimate:>=3"),
        ("<+7d", Kind.DATE, "due:<+7d"),
        ("2026-01..,today", Kind.DATE, "due:2026-01..,today"),
        ("me,@ana,none", Kind.PERSON, "assignee:me,ana,none"),
        ('"me"', Kind.PERSON, 'assignee:"me"'),
        ('red,"dark blue","none"', Kind.NAME, 'label:red,"dark blue","none"'),
        ("=Red", Kind.TEXT, "title:=Red"),
        ("red", Kind.TEXT, "title:red"),
    ],
)
def test_a_custom_field_reads_like_a_fixed_one_of_its_type(values: str, kind: Kind, fixed: str) -> None:
    typed = as_kind(comparison(f"field.f:{values}"), kind)
    known = comparison(fixed)
    assert (typed.operator, typed.values) == (known.operator, known.values)
    assert (typed.field.kind, typed.field.custom_key) == (kind, "f")


def test_a_checkbox_is_yes_or_no() -> None:
    assert values_of("field.done:yes", Kind.FLAG) == values_of("field.done:YES", Kind.FLAG)
    assert values_of("field.done:yes", Kind.FLAG) != values_of("field.done:no", Kind.FLAG)
    assert problem_of("field.done:maybe", Kind.FLAG) == ("maybe", "“field.done” is never “maybe”. Use one of: yes, no.")


def test_choices_in_an_order_compare() -> None:
    sizes = ("s", "m", "l")
    assert values_of("field.size:>=M", Kind.RANK, *sizes) == (Operator.AT_LEAST, (Word("m", Span(0, 0)),))
    assert problem_of("field.size:l..s", Kind.RANK, *sizes)[0] == "l..s"


@pytest.mark.parametrize(
    ("text", "kind", "wrong"),
    [
        ("field.points:3,x", Kind.NUMBER, "x"),
        ("field.points:1..x", Kind.NUMBER, "x"),
        ("field.points:3..1", Kind.NUMBER, "3..1"),
        ("bug field.team:<=red", Kind.NAME, "<="),
        ("(field.team:>red)", Kind.NAME, ">"),
        ("((field.points:<1..2))", Kind.NUMBER, "<1..2"),
        ("field.team:a..b", Kind.NAME, "a..b"),
        ("field.note:a..b", Kind.TEXT, "a..b"),
        ("field.who:Ana", Kind.DATE, "Ana"),
        ("field.who:<me", Kind.PERSON, "<"),
        ("field.who:a/b", Kind.PERSON, "a/b"),
    ],
)
def test_a_value_of_another_type_is_pointed_at(text: str, kind: Kind, wrong: str) -> None:
    assert problem_of(text, kind)[0] == wrong


def comparison(text: str) -> Comparison:
    """The last comparison of the filter."""
    node = parse(text)
    assert node is not None
    *_, found = terms(node)
    assert isinstance(found, Comparison)
    return found


def values_of(text: str, kind: Kind, *choices: str) -> tuple[Operator, tuple[Value, ...]]:
    typed = as_kind(comparison(text), kind, choices)
    return typed.operator, typed.values


def problem_of(text: str, kind: Kind, *choices: str) -> tuple[str, str]:
    """The characters that are wrong, and the sentence about them."""
    with pytest.raises(FilterProblem) as refused:
        as_kind(comparison(text), kind, choices)
    return text[refused.value.start : refused.value.end], str(refused.value)
