import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.quick_add import LINES_LIMIT, split_lines


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("Buy milk\nBuy bread", ["Buy milk", "Buy bread"]),
        ("Buy milk\r\n\r\n  \nBuy bread\n", ["Buy milk", "Buy bread"]),
        ("- Buy milk\n- Buy bread", ["Buy milk", "Buy bread"]),
        ("* Buy milk\n+ Buy bread\n• Eat\n– Sleep", ["Buy milk", "Buy bread", "Eat", "Sleep"]),
        ("1. Buy milk\n2) Buy bread\n100. Eat", ["Buy milk", "Buy bread", "Eat"]),
        ("- [ ] Buy milk\n- [x] Buy bread\n[ ] Eat", ["Buy milk", "Buy bread", "Eat"]),
        ("1. [X] Sleep\n[] Rest", ["Sleep", "Rest"]),
        ("    - Buy milk\n\t* Buy bread", ["Buy milk", "Buy bread"]),
        ("-\n- \n*\n- [ ]\n[ ]\n1.", []),
        ("*bug Fix it\n-1 degree\n1.5 litres", ["*bug Fix it", "-1 degree", "1.5 litres"]),
        ("2026. A year\n[1] Footnote", ["2026. A year", "[1] Footnote"]),
        ("- - Buy milk", ["- Buy milk"]),
        ("", []),
    ],
)
def test_a_pasted_list_becomes_lines_without_its_signs(pasted: str, lines: list[str]) -> None:
    assert split_lines(pasted) == lines


def test_two_hundred_lines_become_tasks_and_more_are_refused() -> None:
    pasted = "\n\n".join(f"- {number}" for number in range(LINES_LIMIT))
    assert len(split_lines(pasted)) == LINES_LIMIT
    with pytest.raises(Invalid, match="At most 200 lines become tasks at once; these are 201"):
        split_lines(f"{pasted}\nOne more")


@given(st.text())
def test_any_text_splits_into_trimmed_lines(text: str) -> None:
    lines = split_lines(text)
    assert all(line and line == line.strip() and len(line.splitlines()) == 1 for line in lines)
    assert [line for line in lines if line not in text] == []
