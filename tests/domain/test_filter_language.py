"""What a filter is read as. Each line of a table is a filter → its tree → its plainest form, if that is another."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tasktracker.domain.filter_language.fields import FIELDS, Kind
from tasktracker.domain.filter_language.formatting import format_filter
from tasktracker.domain.filter_language.nodes import (
    And,
    Anything,
    Comparison,
    Date,
    Me,
    Node,
    Not,
    Nothing,
    Number,
    Or,
    Person,
    Range,
    Raw,
    Reference,
    Span,
    Text,
    Value,
    Word,
    terms,
)
from tasktracker.domain.filter_language.parser import DEPTH_LIMIT, LENGTH_LIMIT, TERM_LIMIT, parse

TERMS_AND_GROUPS = r"""
login → login
fix login → (fix & login)
"fix login" → "fix login"
"login" → "login"
"say \"hi\"" → "say "hi""
"back\slash" → "back\slash"
"back\\slash" → "back\slash" → "back\slash"
"end\\" → "end\"
"  two   spaces " → "two spaces" → "two spaces"
a AND b → (a & b) → a b
a and b → (a & b) → a b
a And b → (a & b) → a b
a OR b → (a | b)
a or b → (a | b) → a OR b
a b OR c d → ((a & b) | (c & d))
a OR b c OR d → (a | (b & c) | d)
a AND b OR c AND d → ((a & b) | (c & d)) → a b OR c d
(a OR b) c → ((a | b) & c)
a (b OR c) → (a & (b | c))
a (b c) → (a & b & c) → a b c
(a) → a → a
((a OR b)) → (a | b) → a OR b
(a OR b) OR c → (a | b | c) → a OR b OR c
a OR(b) → (a | b) → a OR b
( a ) → a → a
NOT a → !a → -a
not a → !a → -a
NOT(a) → !a → -a
-a → !a
-"a b" → !"a b"
-(a b) → !(a & b)
-(a OR b) → !(a | b)
-a b → (!a & b)
-a OR b → (!a | b)
NOT a AND b → (!a & b) → -a b
NOT (a AND b) → !(a & b) → -(a b)
a NOT b → (a & !b) → a -b
a AND NOT b → (a & !b) → a -b
--a → !!a
NOT NOT a → !!a → --a
order → order
android → android
notes → notes
or-else → or-else
well-known → well-known
e-mail, → e-mail,
50% → 50%
#bug → #bug
@ana → @ana
!high → !high
12:30 → 12:30
C++ → C++
<b> → <b>
日本語 Ünïcode → (日本語 & Ünïcode)
a.b → a.b
wait... → wait...
"OR" → "OR"
"a:b" → "a:b"
"(" → "("
"""

FIELDS_OF_TEXT = r"""
title:login → title is 'login'
TITLE:Login → title is 'Login' → title:Login
title:"log in" → title is 'log in'
title:"login" → title is 'login' → title:login
title:=Login → title = 'Login'
title:="Fix it" → title = 'Fix it'
title:a,b → title is 'a', 'b'
title:"a,b" → title is 'a,b'
title:a:b → title is 'a:b'
title:a=b → title is 'a=b'
title:"<b>" → title is '<b>'
title:"a..b" → title is 'a..b'
title:"say \"hi\"" → title is 'say "hi"'
title:"a\\" → title is 'a\' → title:a\
title:none → title is 'none'
title:any → title is 'any'
description:none → description is NONE
description:any → description is ANY
description:"none" → description is 'none'
description:=none → description = 'none'
source:github → source is 'github'
source:=github → source is 'github' → source:github
source:none → source is NONE
external:"12 a" → external is '12 a'
external:any → external is ANY
"""

FIELDS_OF_NAMES = r"""
label:bug → label is 'bug'
label:Bug → label is 'Bug'
label:bug,urgent → label is 'bug', 'urgent'
label:bug,"needs review" → label is 'bug', 'needs review'
label:bug,none → label is 'bug', NONE
label:none → label is NONE
label:NONE → label is NONE → label:none
label:any → label is ANY
label:"none" → label is 'none'
label:"any" → label is 'any'
label:"bug(s)" → label is 'bug(s)'
label:=bug → label is 'bug' → label:bug
-label:bug → !label is 'bug'
-label:bug,none → !label is 'bug', NONE
label:a-b_c.d → label is 'a-b_c.d'
label:-x → label is '-x'
column:review → column is 'review'
column:"In review",Done → column is 'In review', 'Done'
column:none → column is 'none'
project:WEB → project is 'WEB'
project:web,app → project is 'WEB', 'APP' → project:WEB,APP
project:"web" → project is 'WEB' → project:WEB
"""

FIELDS_OF_CHOICES = r"""
state:started → state is 'started'
state:backlog,unstarted → state is 'backlog', 'unstarted'
state:Done → state is 'done' → state:done
state:"cancelled" → state is 'cancelled' → state:cancelled
state:open → state is 'open'
state:closed → state is 'closed'
state:=open → state is 'open' → state:open
priority:high → priority is 'high'
priority:none → priority is 'none'
priority:none,low → priority is 'none', 'low'
priority:HIGH → priority is 'high' → priority:high
priority:>low → priority > 'low'
priority:>=high → priority >= 'high'
priority:<medium → priority < 'medium'
priority:<=urgent → priority <= 'urgent'
priority:low..high → priority is 'low'..'high'
priority:low.. → priority is 'low'..
priority:..high → priority is ..'high'
priority:high..high → priority is 'high'..'high'
has:description → has is 'description'
has:due,start,estimate → has is 'due', 'start', 'estimate'
has:labels,assignee,subtasks → has is 'labels', 'assignee', 'subtasks'
has:parent,comments,attachments → has is 'parent', 'comments', 'attachments'
has:relations,recurrence → has is 'relations', 'recurrence'
-has:due → !has is 'due'
is:open → is is 'open'
is:closed,overdue → is is 'closed', 'overdue'
is:blocked,blocking → is is 'blocked', 'blocking'
is:archived,trashed → is is 'archived', 'trashed'
is:recurring,subtask,watched → is is 'recurring', 'subtask', 'watched'
"""

FIELDS_OF_PEOPLE = r"""
assignee:me → assignee is ME
assignee:ME → assignee is ME → assignee:me
assignee:@me → assignee is ME → assignee:me
assignee:"me" → assignee is @me
assignee:ana → assignee is @ana
assignee:@ana → assignee is @ana → assignee:ana
assignee:Ana.L → assignee is @ana.l → assignee:ana.l
assignee:me,ana,none → assignee is ME, @ana, NONE
assignee:none → assignee is NONE
assignee:any → assignee is ANY
assignee:@none → assignee is @none
assignee:"any" → assignee is @any → assignee:@any
assignee:"a..b" → assignee is @a..b
watcher:me → watcher is ME
watcher:none → watcher is NONE
creator:ben → creator is @ben
creator:none → creator is @none → creator:@none
commenter:me,@ben → commenter is ME, @ben → commenter:me,ben
commenter:any → commenter is ANY
"""

FIELDS_OF_DATES = r"""
due:2026-11-30 → due is <2026-11-30>
due:2026-11 → due is <2026-11>
due:2026 → due is <2026>
due:2026-11-30T17:00 → due is <2026-11-30T17:00>
due:2026-11-30t17:00:30 → due is <2026-11-30T17:00:30> → due:2026-11-30T17:00:30
due:"2026-11-30T17:00" → due is <2026-11-30T17:00> → due:2026-11-30T17:00
updated:>=2026-11-30T17:00Z → updated >= <2026-11-30T17:00Z>
updated:>=2026-11-30T17:00+05:30 → updated >= <2026-11-30T17:00+05:30>
due:today → due is <today>
due:Today → due is <today> → due:today
due:today,tomorrow,none → due is <today>, <tomorrow>, NONE
due:<+7d → due < <+7d>
due:<=+2w → due <= <+2w>
due:>-3m → due > <-3m>
due:>=+1y → due >= <+1y>
updated:>-6h → updated > <-6h>
due:=today → due is <today> → due:today
start:monday → start is <monday>
start:this-week → start is <this-week>
start:next-month,next-quarter → start is <next-month>, <next-quarter>
created:last-year → created is <last-year>
completed:any → completed is ANY
completed:2026-01..2026-03 → completed is <2026-01>..<2026-03>
completed:last-week..now → completed is <last-week>..<now>
archived:..yesterday → archived is ..<yesterday>
trashed:-7d.. → trashed is <-7d>..
due:2026-01.. bug → (due is <2026-01>.. & bug)
due:2026-01.. "bug" → (due is <2026-01>.. & "bug")
due:..2026 -bug → (due is ..<2026> & !bug)
due:2026-01..2026-02,2026-04.. → due is <2026-01>..<2026-02>, <2026-04>..
due:"2026-01".."2026-02" → due is <2026-01>..<2026-02> → due:2026-01..2026-02
due:none → due is NONE
"""

FIELDS_OF_NUMBERS = r"""
estimate:3 → estimate is 3
estimate:2.50 → estimate is 2.5 → estimate:2.5
estimate:100 → estimate is 100
estimate:=3 → estimate is 3 → estimate:3
estimate:007 → estimate is 7 → estimate:7
estimate:>-1.5 → estimate > -1.5
estimate:1..3 → estimate is 1..3
estimate:1.5..2.5 → estimate is 1.5..2.5
estimate:-3..-1 → estimate is -3..-1
estimate:..5 → estimate is ..5
estimate:1..3,8,13.. → estimate is 1..3, 8, 13..
estimate:none → estimate is NONE
estimate:any → estimate is ANY
comments:>0 → comments > 0
subtasks:0 → subtasks is 0
number:12,14 → number is 12, 14
number:<100 → number < 100
"""

FIELDS_OF_TASKS = r"""
ref:WEB-12 → ref is WEB-12
ref:web-12,APP-3 → ref is WEB-12, APP-3 → ref:WEB-12,APP-3
parent:WEB-3 → parent is WEB-3
parent:none → parent is NONE
blocks:any → blocks is ANY
blocked-by:WEB-3 → blocked-by is WEB-3
Blocked-By:none → blocked-by is NONE → blocked-by:none
relates:WEB-3,none → relates is WEB-3, NONE
duplicates:WEB-3 → duplicates is WEB-3
"""

CUSTOM_FIELDS = r"""
field.team:red → field.team is raw 'red'
field.team:"red" → field.team is quoted 'red'
FIELD.Team_2:red → field.team_2 is raw 'red' → field.team_2:red
field.team:red,blue → field.team is raw 'red', raw 'blue'
field.team:=red → field.team = raw 'red'
field.points:>=3 → field.points >= raw '3'
field.points:1..3 → field.points is raw '1'..raw '3'
field.points:1...5 → field.points is raw '1'..raw '.5'
field.points:..3 → field.points is ..raw '3'
field.when:<+7d → field.when < raw '+7d'
field.who:@ana,me → field.who is raw '@ana', raw 'me'
field.who:"me" → field.who is quoted 'me'
field.team:none → field.team is NONE
field.team:any → field.team is ANY
field.team:"none" → field.team is quoted 'none'
"""

WHOLE_FILTERS = """
assignee:me state:started due:<+7d label:bug -priority:low "free text" → \
(assignee is ME & state is 'started' & due < <+7d> & label is 'bug' & !priority is 'low' & "free text")
(assignee:me or watcher:me) and not is:closed → \
((assignee is ME | watcher is ME) & !is is 'closed') → (assignee:me OR watcher:me) -is:closed
due:<today -state:closed OR priority:urgent → ((due < <today> & !state is 'closed') | priority is 'urgent')
"""


def _cases(*tables: str) -> list[tuple[str, str, str]]:
    """Text, tree and plainest form of each line."""
    rows = [line.split(" → ") for table in tables for line in table.splitlines() if line]
    return [(row[0], row[1], row[-1] if len(row) > 2 else row[0]) for row in rows]


CASES = _cases(
    TERMS_AND_GROUPS,
    FIELDS_OF_TEXT,
    FIELDS_OF_NAMES,
    FIELDS_OF_CHOICES,
    FIELDS_OF_PEOPLE,
    FIELDS_OF_DATES,
    FIELDS_OF_NUMBERS,
    FIELDS_OF_TASKS,
    CUSTOM_FIELDS,
    WHOLE_FILTERS,
)


@pytest.mark.parametrize(("text", "tree", "plainest"), CASES, ids=[text for text, _, _ in CASES])
def test_a_filter_is_read_as_it_is_meant(text: str, tree: str, plainest: str) -> None:
    node = parse(text)
    assert node is not None
    assert sketch(node) == tree
    assert format_filter(node) == plainest
    assert parse(plainest) == node


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u2003"])
def test_an_empty_filter_lets_everything_through(text: str) -> None:
    assert parse(text) is None
    assert format_filter(parse(text)) == ""


def test_white_space_of_any_kind_and_amount_separates_terms() -> None:
    assert parse(" label:bug\tOR\n  label:crash\u2003") == parse("label:bug OR label:crash")


def test_every_part_knows_where_it_stands() -> None:
    text = 'a  (due:2026.."2027",none or -NOT "b c")'
    node = parse(text)
    assert node is not None
    spans = [(type(each).__name__, text[slice(*each.span)]) for each in _parts(node)]
    assert spans == [
        ("And", text),
        ("Text", "a"),
        ("Or", '(due:2026.."2027",none or -NOT "b c")'),
        ("Comparison", 'due:2026.."2027",none'),
        ("Range", '2026.."2027"'),
        ("Date", "2026"),
        ("Date", '"2027"'),
        ("Nothing", "none"),
        ("Not", '-NOT "b c"'),
        ("Not", 'NOT "b c"'),
        ("Text", '"b c"'),
    ]


def test_two_filters_that_say_the_same_are_equal() -> None:
    assert parse("assignee:me   and (Label:bug)") == parse('assignee:@me label:"bug"')
    assert parse("assignee:me") != parse('assignee:"me"')
    assert parse("bug") != parse('"bug"')


def test_the_terms_of_a_filter_come_from_left_to_right() -> None:
    node = parse("a (label:b OR -c)")
    assert node is not None
    assert [sketch(term) for term in terms(node)] == ["a", "label is 'b'", "c"]


def test_a_filter_at_its_limits_is_read() -> None:
    assert parse("x" * LENGTH_LIMIT) == Text("x" * LENGTH_LIMIT, is_phrase=False, span=Span(0, 0))
    assert parse("(" * DEPTH_LIMIT + "a" + ")" * DEPTH_LIMIT) == parse("a")
    assert sketch(parse("-" * DEPTH_LIMIT + "a")) == "!" * DEPTH_LIMIT + "a"
    assert sketch(parse("a " * TERM_LIMIT)).count("a") == TERM_LIMIT


def test_a_field_of_a_projects_own_tells_its_key() -> None:
    assert FIELDS["due"].custom_key == ""
    node = parse("field.points:3")
    assert isinstance(node, Comparison)
    assert (node.field.kind, node.field.custom_key) == (Kind.CUSTOM, "points")


def sketch(node: Node | None) -> str:
    """The tree in one line: `&`, `|` and `!` with every parenthesis, and each value marked with its type."""
    match node:
        case None:
            return ""
        case And() | Or():
            return f"({(' & ' if isinstance(node, And) else ' | ').join(map(sketch, node.parts))})"
        case Not():
            return f"!{sketch(node.part)}"
        case Text():
            return f'"{node.words}"' if node.is_phrase else node.words
        case Comparison():
            return f"{node.field.name} {node.operator or 'is'} {', '.join(map(_value, node.values))}"


_SHOWN: dict[type, Callable[[Any], str]] = {
    Nothing: lambda _: "NONE",
    Anything: lambda _: "ANY",
    Me: lambda _: "ME",
    Word: lambda value: f"'{value.text}'",
    Raw: lambda value: f"{'quoted' if value.is_quoted else 'raw'} '{value.text}'",
    Person: lambda value: f"@{value.handle}",
    Reference: lambda value: str(value.ref),
    Number: lambda value: f"{value.value.normalize():f}",
    Date: lambda value: f"<{value.text}>",
    Range: lambda value: "..".join("" if end is None else _value(end) for end in (value.low, value.high)),
}


def _value(value: Value) -> str:
    return _SHOWN[type(value)](value)


def _parts(part: Node | Value | None) -> Iterator[Node | Value]:
    """The part and all that it is made of, from the outside in and from left to right."""
    if part is None:
        return
    yield part
    match part:
        case And() | Or():
            inner: tuple[Node | Value | None, ...] = part.parts
        case Not():
            inner = (part.part,)
        case Comparison():
            inner = part.values
        case Range():
            inner = (part.low, part.high)
        case _:
            inner = ()
    for each in inner:
        yield from _parts(each)
