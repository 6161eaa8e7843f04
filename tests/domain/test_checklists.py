"""Emptying the boxes of checklists."""

import pytest

from tasktracker.domain.checklists import unticked


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
        ("- text\n  [x] below it", "- text\n  [x] below it"),
        ("```\n- [x] code\n```\n\n    - [x] code too", "```\n- [x] code\n```\n\n    - [x] code too"),
        ("- a\n\n  [x] second paragraph\n- [x] b  ", "- a\n\n  [x] second paragraph\n- [ ] b  "),
    ],
)
def test_only_the_boxes_of_list_items_are_emptied(before: str, after: str) -> None:
    assert unticked(before) == after
