"""How a CSV file is understood: its bytes, its delimiter, its header, its values."""

import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.services.transfer.csv_lines import CustomColumn, TableOptions, read_csv
from tasktracker.services.transfer.csv_mapping import map_columns
from tasktracker.services.transfer.csv_text import Row, read_table
from tasktracker.services.transfer.csv_values import day_of, find_date_format, names_of, number_of, priority_of, text_of

PLAIN = "title,note\nDéjà vu,œuvre\n"


@pytest.fixture(autouse=True)
def _database() -> None:
    """These need no database."""


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "utf-8"),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("cp1252"), "cp1252"),
        (PLAIN, "text"),
        ("\ufeff" + PLAIN, "text"),
    ],
)
def test_a_file_is_read_in_whatever_encoding_it_comes(content: bytes | str, encoding: str) -> None:
    table = read_table(content)
    assert table.encoding == encoding
    assert [row.cells for row in table.rows] == [["title", "note"], ["Déjà vu", "œuvre"]]


def test_bytes_that_no_encoding_knows_are_read_as_latin_1() -> None:
    assert read_table(b"title\n\x81\xe9\n").encoding == "latin-1"


def test_a_file_that_is_not_what_it_begins_as_is_refused() -> None:
    with pytest.raises(Invalid, match="byte at 8"):
        read_table(b"\xef\xbb\xbftitle\xff\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["title", "note", "due"], ["One, two; three", "a|b\tc", "2030-01-01"], ["Second", "", ""]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    table = read_table(text)
    assert (table.delimiter, [row.cells for row in table.rows]) == (delimiter, rows)


def test_a_file_of_one_column_needs_no_delimiter() -> None:
    assert [row.cells for row in read_table("title\nFirst\n\nSecond; or so\n").rows] == [
        ["title"],
        ["First"],
        ["Second; or so"],
    ]


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    table = read_table('title,note\n"Two\nlines",x\n\nThird,y\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(1, "title"), (2, "Two\nlines"), (5, "Third")]


def test_a_quote_that_is_not_closed_is_refused_and_swallows_nothing() -> None:
    with pytest.raises(Invalid, match="line 3"):
        read_table('title,note\nFirst,x\n"Second,y\nThird,z\n')


def header(*names: str, **how: object) -> dict[str, str]:
    rows = [Row(1, names), Row(2, ["x"] * len(names))]
    return map_columns(rows, {"size": "T-shirt size"}, None, **how).by_name  # type: ignore[arg-type]


def test_columns_are_known_by_their_usual_names() -> None:
    assert header("Summary", "Assigned to", "Due Date", "Story points", "T-Shirt Size", "Colour") == {
        "Summary": "title",
        "Assigned to": "assignees",
        "Due Date": "due",
        "Story points": "estimate",
        "T-Shirt Size": "custom.size",
    }


def test_a_name_of_its_own_goes_before_another_one() -> None:
    assert header("Name", "Title", "ID", "external_id") == {"Title": "title", "external_id": "external_id"}


def test_without_a_header_columns_are_numbered() -> None:
    rows = [Row(1, ["Fix it", "high"]), Row(2, ["Another", "low"])]
    mapped = map_columns(rows, {}, {"1": "title", "2": "priority"})
    assert (mapped.has_header, mapped.by_name, len(mapped.rows)) == (False, {"1": "title", "2": "priority"}, 2)
    with pytest.raises(Invalid, match="titles"):
        map_columns(rows, {}, None)


def test_columns_of_the_same_name_are_told_apart() -> None:
    rows = [Row(1, ["Title", "Labels", "Labels"]), Row(2, ["a", "b", "c"])]
    assert map_columns(rows, {}, None).names == ["Title", "Labels", "Labels (3)"]


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [
        ({"Nothing": "title"}, "/mapping/Nothing"),
        ({"Title": "colour"}, "/mapping/Title"),
        ({"Title": "title", "Note/s": "title"}, "/mapping/Note~1s"),
        ({"Note/s": "description"}, "/mapping"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: dict[str, str], pointer: str) -> None:
    rows = [Row(1, ["Title", "Note/s"]), Row(2, ["a", "b"])]
    with pytest.raises(Invalid) as refused:
        map_columns(rows, {}, mapping, has_header=True)
    assert pointer in [problem.pointer for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("bug", ["bug"]),
        ("bug, idea ,,", ["bug", "idea"]),
        ("bug; with, comma", ["bug", "with, comma"]),
        ('["a;b", "c,d"]', ["a;b", "c,d"]),
        ("[not json", ["[not json"]),
        ("", []),
    ],
)
def test_several_names_stand_in_one_cell(cell: str, names: list[str]) -> None:
    assert names_of(cell) == names


@pytest.mark.parametrize(
    ("cell", "number"), [("3", 3.0), ("2,5", 2.5), ("1.25", 1.25), ("", None), ("many", "many"), ("1,2,3", "1,2,3")]
)
def test_numbers_are_read_with_a_point_or_a_comma(cell: str, number: object) -> None:
    assert number_of(cell) == number


def test_priorities_have_usual_names_too() -> None:
    assert [priority_of(cell) for cell in ("High", "critical", "", "normal", "purple")] == [
        "high",
        "urgent",
        "none",
        "medium",
        "purple",
    ]


def test_an_apostrophe_that_keeps_a_formula_from_being_one_is_taken_away() -> None:
    assert [text_of(cell) for cell in ("'=1+1", "'-x", "''quoted'", "'tis", "plain")] == [
        "=1+1",
        "-x",
        "'quoted'",
        "'tis",
        "plain",
    ]


@pytest.mark.parametrize(
    ("cells", "date_format"),
    [
        (["2030-01-02", ""], None),
        (["31.12.2030"], "DD.MM.YYYY"),
        (["31/12/2030", "01/02/2030"], "DD/MM/YYYY"),
        (["12/31/2030", "01/02/2030"], "MM/DD/YYYY"),
        (["5/5/2030"], "DD/MM/YYYY"),
        (["31/12/2030", "soon"], "DD/MM/YYYY"),
        (["soon"], None),
    ],
)
def test_the_way_that_days_are_written_is_found(cells: list[str], date_format: str | None) -> None:
    assert find_date_format(cells, None) == date_format


def test_days_that_two_countries_read_differently_are_asked_about() -> None:
    with pytest.raises(Invalid, match="DD/MM/YYYY or MM/DD/YYYY") as refused:
        find_date_format(["3/4/2030"], None)
    assert refused.value.problems[0].pointer == "/date_format"
    assert find_date_format(["3/4/2030"], "MM/DD/YYYY") == "MM/DD/YYYY"
    assert day_of("3/4/2030", "MM/DD/YYYY") == "2030-03-04"
    with pytest.raises(Invalid):
        find_date_format([], "%d/%m")


def test_a_line_says_what_its_cells_say() -> None:
    custom = {"size": CustomColumn("Size", "number"), "done": CustomColumn("Checked", "checkbox")}
    text = "Title;Labels;Due;Size;Checked;Id;Rest\nFix it;bug, idea;31.12.2030;2,5;yes;7;x\n"
    (line,), report = read_csv(text, TableOptions(), custom)
    assert (line.number, line.raw) == (
        2,
        {
            "title": "Fix it",
            "labels": ["bug", "idea"],
            "due": "2030-12-31",
            "external_id": "7",
            "external_source": "csv",
            "custom": {"size": 2.5, "done": True},
        },
    )
    assert (report.delimiter, report.date_format, report.ignored) == (";", "DD.MM.YYYY", ["Rest"])
    assert [line.point(each) for each in ("/labels/1", "/custom/size", "/due", "/parent")] == [
        "/Labels",
        "/Size",
        "/Due",
        "/parent",
    ]


def test_a_line_with_more_cells_than_the_header_is_wrong_and_one_with_fewer_is_not() -> None:
    (long, short), _ = read_csv("title,note\na,b,c\nd\n", TableOptions(), {})
    assert [problem.detail for problem in long.problems] == ["This line has more cells than the header."]
    assert short.problems == []


def test_ten_thousand_lines_are_the_most() -> None:
    with pytest.raises(Invalid, match="10,001"):
        read_csv("title\n" + "x\n" * 10_001, TableOptions(), {})
