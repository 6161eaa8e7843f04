import pytest

from tasktracker.domain.errors import Invalid
from tasktracker.domain.reactions import clean_emoji


@pytest.mark.parametrize(
    "emoji",
    ["👍", "✅", "❤️", "☠️", "🛠️", "👍🏽", "🇩🇪", "1️⃣", "👩🏽‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫡", "➡️"],
)
def test_an_emoji_is_kept_as_it_is(emoji: str) -> None:
    assert clean_emoji(emoji, "/emoji") == emoji


@pytest.mark.parametrize(("one", "same"), [("❤", "❤️"), ("⚡️", "⚡"), ("👍️", "👍"), ("🛠", "🛠️")])
def test_a_sign_is_one_answer_whether_or_not_it_asks_for_colour(one: str, same: str) -> None:
    assert clean_emoji(one, "/emoji") == clean_emoji(same, "/emoji") == same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "1",
        ":+1:",
        "👍👍",
        "👍 ",
        "👍\n",
        "a👍",
        "🇩",
        "🇩🇪🇫🇷",
        "🏽",
        "\u200d",
        "\ufe0f",
        "👍\u200d",
        "<b>",
        "👩🏽‍❤️‍💋‍👨🏽",
        None,
        5,
    ],
)
def test_what_is_no_single_emoji_or_too_long_is_refused(text: object) -> None:
    with pytest.raises(Invalid) as refused:
        clean_emoji(text, "/emoji")
    assert refused.value.problems[0].pointer == "/emoji"
