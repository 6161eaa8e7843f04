"""Ticking and emptying the boxes of checklists."""

import pytest

from tasktracker.domain.checklists import steps_between, ticked, unticked
from tasktracker.domain.errors import Clash
from tasktracker.domain.markdown import boxes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("no list [x] here", "no list [x] here"),
        ("- [x] one\n- [X] two\n- [ ] three", "- [ ] one\n- [ ] two\n- [ ] three"),
        ("* [x] star\n\n1. [x] number\n2) [x] other", "* [ ] star\n\n1. [ ] number\n2) [ ] other"),
        ("- [x] outer\n  - [x] inner [x] stays", "- [ ] outer\n  - [ ] inner [x] stays"),
        ("> - [x] quoted", "> - [ ] quoted"),
        ("- [x](https://example.org) is a link", "- [x](https://example.org) is a link"),
        (r"- \[x] escaped", r"- \[x] escaped"),
        ("- [x] named\n\n[x]: https://example.org", "- [x] named\n\n[x]: https://example.org"),
        ("- [x] a | b\n  --- | ---\n  c | d", "- [x] a | b\n  --- | ---\n  c | d"),
        ("- - [x] in two lists", "- - [ ] in two lists"),
        ("- text\n  [x] below it", "- text\n  [x] below it"),
        ("```\n- [x] code\n```\n\n    - [x] code too", "```\n- [x] code\n```\n\n    - [x] code too"),
        ("- a\n\n  [x] second paragraph\n- [x] b  ", "- a\n\n  [x] second paragraph\n- [ ] b  "),
    ],
)
def test_only_the_boxes_of_list_items_are_emptied(before: str, after: str) -> None:
    assert unticked(before) == after


LIST = "Do:\n\n- [ ] one\n  - [X] two\n\n```\n- [ ] one\n```\n\n> 1. [ ] one"


def test_a_box_is_ticked_where_it_stands_and_nothing_else_changes() -> None:
    first, second, third = (box.item for box in boxes(LIST))
    assert ticked(LIST, first, done=True) == LIST.replace("- [ ] one\n  -", "- [x] one\n  -")
    assert ticked(LIST, second, done=False) == LIST.replace("[X]", "[ ]")
    assert ticked(LIST, third, done=True) == LIST.replace("1. [ ]", "1. [x]")
    assert ticked(LIST, second, done=True) == LIST


def test_an_item_is_the_same_one_when_text_around_it_has_changed() -> None:
    item = boxes("- [ ] milk\n- [ ] bread")[1].item
    assert ticked("# Today\n\n- [x] eggs\n- [ ] milk\n- [ ] bread", item, done=True).endswith("[ ] milk\n- [x] bread")
    with pytest.raises(Clash):
        ticked("- [ ] milk\n- [ ] brown bread", item, done=True)


@pytest.mark.parametrize(
    ("new", "steps"),
    [
        (LIST, (0, 0)),
        (LIST.replace("X", " "), (0, 1)),
        (LIST.replace("- [ ] one\n  -", "- [x] one\n  -").replace("1. [ ]", "1. [X]"), (2, 0)),
        (LIST.replace("two", "three"), None),
        (LIST.replace("Do:", "Do"), None),
        ("", None),
        (LIST + "\n", None),
    ],
)
def test_what_was_ticked_is_told_from_what_was_written(new: str, steps: tuple[int, int] | None) -> None:
    assert steps_between(LIST, new) == steps
