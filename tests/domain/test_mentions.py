import pytest

from tasktracker.domain.mentions import handles_in, mentioned, readings

KNOWN = {"ana": "Ana", "ben": "Ben", "ana.lima": "Ana Lima", "k-": "K"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ask @ana and @ben", ["Ana", "Ben"]),
        ("@ben, then @ana, then @ben again", ["Ben", "Ana"]),
        ("@Ana!", ["Ana"]),
        ("(@ana)", ["Ana"]),
        ("**@ana** and _@ben_", ["Ana", "Ben"]),
        ("> @ana said so\n\n- [ ] @ben\n\n| @k- |\n|---|\n| x |", ["Ana", "Ben", "K"]),
        ("That was @ana.", ["Ana"]),
        ("That was @ana.lima.", ["Ana Lima"]),
        ("That was @ana...", ["Ana"]),
        ("@ben-- is it @k-?", ["Ben", "K"]),
    ],
)
def test_a_text_speaks_to_those_whose_handles_stand_in_it(text: str, people: list[str]) -> None:
    assert mentioned(text, KNOWN) == people


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "@",
        "@anaconda",
        "@anaé",
        "write to me@ana",
        "me.@ana",
        "@ana@example.org",
        "@@ana",
        "/@ana",
        "`@ana`",
        "```\n@ana\n```",
        "    @ana",
        "[@ana](https://example.org)",
        "<https://example.org/@ana>",
        "![@ana](picture.png)",
        r"\@ana",
        "&#64;ana",
        "@" + "a" * 41,
        "@ana-lima",
    ],
)
def test_what_only_looks_like_a_mention_speaks_to_nobody(text: str) -> None:
    assert mentioned(text, KNOWN) == []


def test_a_handle_may_end_as_a_sentence_does() -> None:
    assert list(readings("Ana._")) == ["ana._", "ana.", "ana"]
    assert handles_in("`@code` @ana. @BEN") == {"ana.", "ana", "ben"}
