"""What a filter offers while it is written. In each case | is the cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.filter_language.completion import OPTION_LIMIT, Completion, Option, OptionKind, complete
from tasktracker.domain.filter_language.dates import PERIODS, WEEKDAYS, WORDS
from tasktracker.domain.filter_language.fields import FIELDS, HAS, IS, STATES
from tasktracker.domain.filter_language.nodes import Comparison, Word
from tasktracker.domain.filter_language.parser import parse
from tasktracker.domain.task_fields import PRIORITIES

LABELS = ("bug", "needs review", "none", 'say "hi"', "back\\slash", "a,b")
CUSTOM = {"team": ("red", "dark blue"), "points": ()}

NAMES = [f"{name}:" for name in FIELDS] + ["field.team:", "field.points:"]
AS = ["assignee:", "trashed:", "subtasks:", "has:"]


@pytest.mark.parametrize(
    ("marked", "texts"),
    [
        ("|", NAMES),
        ("bug |", NAMES),
        ("-|", NAMES),
        ("state:open (|", NAMES),
        ("as|", AS),
        ("AS|", AS),
        ("-as|", AS),
        ("(bug OR (as|", AS),
        ('"free text" as|', AS),
        ('bug ( "a" -as|', AS),
        ("st|", ["state:", "start:", "estimate:"]),
        ("s|", ["state:", "start:", "subtasks:", "source:"]),
        ("by|", ["blocked-by:"]),
        ("blocked-|", ["blocked-by:"]),
        ("field|", ["field.team:", "field.points:"]),
        ("field.t|", ["field.team:"]),
        ("bug o|", ["OR"]),
        ("no|", ["NOT"]),
        ("an|", ["AND"]),
        ("zz|", []),
        ('"as|', []),
        ('"free as|', []),
        ('"free \\" as|', []),
    ],
)
def test_a_field_is_offered_where_a_term_is_begun(marked: str, texts: list[str]) -> None:
    assert offered(marked) == texts


@pytest.mark.parametrize(
    ("marked", "texts"),
    [
        ("state:|", list(STATES)),
        ("State:|", list(STATES)),
        ("state:st|", ["started", "unstarted"]),
        ("state:ST|", ["started", "unstarted"]),
        ("state:done,|", [state for state in STATES if state != "done"]),
        ("state:done,open,c|", ["cancelled", "closed"]),
        ('state:"do|', ["done"]),
        ("is:|", list(IS)),
        ("-is:bl|", ["blocked", "blocking"]),
        ("has:|", list(HAS)),
        ("priority:|", list(PRIORITIES)),
        ("priority:>=h|", ["high"]),
        ("priority:low..|", ["none", "medium", "high", "urgent"]),
        ("priority:..u|", ["urgent"]),
        ("assignee:|", ["me", "ana", "ben.k", "@any", '"x..y"', "none", "any"]),
        ("assignee:a|", ["ana", "@any", "any"]),
        ("assignee:@a|", ["ana", "@any"]),
        ("assignee:@|", ["me", "ana", "ben.k", "@any", '"x..y"']),
        ("assignee:me,@ana,|", ["ben.k", "@any", '"x..y"', "none", "any"]),
        ("creator:|", ["me", "ana", "ben.k", "@any", '"x..y"']),
        ("label:|", ["bug", '"needs review"', '"none"', '"say \\"hi\\""', "back\\slash", '"a,b"', "none", "any"]),
        ("label:n|", ['"needs review"', '"none"', "none"]),
        ('label:"n|', ['"needs review"', '"none"']),
        ('label:"needs r|', ['"needs review"']),
        ('label:bug,"needs r|', ['"needs review"']),
        ("label:REV|", ['"needs review"']),
        ('label:"needs review",n|', ['"none"', "none"]),
        ('label:"say \\|', ['"say \\"hi\\""']),
        ('label:"say \\"h|', ['"say \\"hi\\""']),
        ("label:=b|", ["bug", "back\\slash"]),
        ("label:<|", ["bug", '"needs review"', '"none"', '"say \\"hi\\""', "back\\slash", '"a,b"']),
        ("column:in|", ['"In review"']),
        ("column:do|", ["Done", '"To do"']),
        ("project:|", ["WEB", "APP"]),
        ("project:w|", ["WEB"]),
        ("project:WEB,|", ["APP"]),
        ("due:to|", ["today", "tomorrow"]),
        ("due:<=to|", ["today", "tomorrow"]),
        ("due:today..to|", ["tomorrow"]),
        ("due:this|", ["this-week", "this-month", "this-quarter", "this-year"]),
        ("due:we|", ["wednesday", "this-week", "next-week", "last-week"]),
        ("due:+7|", ["+7d", "+7w", "+7m", "+7y", "+7h"]),
        ("created:>=-12|", ["-12d", "-12w", "-12m", "-12y", "-12h"]),
        ("created:|", list(WORDS)),
        ("due:..|", list(WORDS)),
        ("due:n|", ["now", *(period for period in PERIODS if period.startswith("n")), "none"]),
        ("due:m|", [day for day in WEEKDAYS if day.startswith("m")]),
        ("field.team:|", ["red", '"dark blue"', "none", "any"]),
        ("field.team:red,d|", ['"dark blue"']),
        ("field.points:|", ["none", "any"]),
        ("field.unheard:|", ["none", "any"]),
        ("estimate:|", ["none", "any"]),
        ("estimate:>|", []),
        ("title:lo|", []),
        ("unheard:a|", []),
        ("http://a|", []),
    ],
)
def test_a_value_is_offered_behind_a_field(marked: str, texts: list[str]) -> None:
    assert offered(marked) == texts


@pytest.mark.parametrize(
    ("marked", "option", "after"),
    [
        ("as|", "assignee:", "assignee:"),
        ("as|sig", "assignee:", "assignee:"),
        ("as|sig:me bug", "assignee:", "assignee:me bug"),
        ("(bug OR -as|)", "assignee:", "(bug OR -assignee:)"),
        ("| bug", "due:", "due: bug"),
        ("state:op|", "open", "state:open"),
        ("state:|op bug", "open", "state:open bug"),
        ("(state:op|)", "open", "(state:open)"),
        ("label:bug,ne|,x", '"needs review"', 'label:bug,"needs review",x'),
        ('label:"ne|', '"needs review"', 'label:"needs review"'),
        ('label:"ne|"', '"needs review"', 'label:"needs review"'),
        ('label:"ne|eds rev" bug', '"needs review"', 'label:"needs review" bug'),
        ('label:"ne| state:open', '"needs review"', 'label:"needs review" state:open'),
        ('label:"ne| "free text"', '"needs review"', 'label:"needs review" "free text"'),
        ('label:"ne|eds state:"x', '"needs review"', 'label:"needs review" state:"x'),
        ("priority:lo|w..high", "low", None),
        ("priority:l|..high", "low", "priority:low..high"),
        ("priority:low..h|x", "high", "priority:low..high"),
        ('bug ) ,, "a" due:>to|', "today", 'bug ) ,, "a" due:>today'),
        ("assignee:@a|", "ana", "assignee:ana"),
    ],
)
def test_an_option_takes_the_place_of_what_is_begun(marked: str, option: str, after: str | None) -> None:
    text, found = completion(marked)
    taken = [f"{text[: found.start]}{each.text}{text[found.end :]}" for each in found.options if each.text == option]
    assert taken == ([] if after is None else [after])


def test_an_option_tells_what_it_is() -> None:
    people = completion("assignee:a|")[1].options
    assert people[0] == Option("ana", "@ana", OptionKind.PERSON)
    assert people[-1] == Option("any", "any", OptionKind.WORD)
    firsts = {name: completion(f"{name}:|")[1].options[0].kind.value for name in ("label", "column", "project")}
    assert firsts == {"label": "label", "column": "column", "project": "project"}
    assert {option.kind for option in completion("created:|")[1].options} == {OptionKind.DATE}
    assert completion("label:needs|")[1].options == (Option('"needs review"', "needs review", OptionKind.LABEL),)
    assert [option.kind for option in completion("no|")[1].options] == [OptionKind.KEYWORD]


def test_only_so_many_options_are_offered() -> None:
    assert len(_complete("label:", 6, labels=[f"label-{number}" for number in range(500)]).options) == OPTION_LIMIT


@pytest.mark.parametrize("name", [*FIELDS, "field.team"])
def test_whatever_is_offered_can_be_read(name: str) -> None:
    for option in completion(f"{name}:|")[1].options:
        assert isinstance(parse(f"{name}:{option.text}"), Comparison), option


@given(st.text(min_size=1, alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_a_label_of_any_name_is_offered_so_that_it_means_that_label(name: str) -> None:
    label = " ".join(name.split())
    if not label:
        return
    option = _complete("label:", 6, labels=[label]).options[0]
    node = parse(f"label:{option.text}")
    assert isinstance(node, Comparison)
    assert [value.text for value in node.values if isinstance(value, Word)] == [label]


@given(st.text(alphabet=st.characters() | st.sampled_from('":,.()<>=-@\\ a+7'), max_size=30), st.integers(-3, 33))
def test_any_text_can_be_completed_at_any_place(text: str, cursor: int) -> None:
    found = _complete(text, cursor)
    assert 0 <= found.start <= max(0, min(cursor, len(text))) <= found.end <= len(text)


def offered(marked: str) -> list[str]:
    return [option.text for option in completion(marked)[1].options]


def completion(marked: str) -> tuple[str, Completion]:
    """The text without its mark, and what is offered at the mark."""
    text = marked.replace("|", "")
    return text, _complete(text, marked.index("|"))


def _complete(text: str, cursor: int, *, labels: list[str] | tuple[str, ...] = LABELS) -> Completion:
    return complete(
        text,
        cursor,
        people=("ana", "ben.k", "any", "x..y"),
        labels=labels,
        columns=("To do", "In review", "Done"),
        projects=("WEB", "APP"),
        custom_fields=CUSTOM,
    )
