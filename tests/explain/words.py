"""The words of filled databases: as many different ones as people use, and no more alike than theirs."""

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_MANY = len(_SYLLABLES)
_STRIDE = 7_919
"""A prime number: words that follow one another have little in common."""


def word(rank: int) -> str:
    """One of three syllables; `rank` 0 is that of the most common one."""
    number = (rank + 1) * _STRIDE % _MANY**3
    return "".join(_SYLLABLES[number // _MANY**place % _MANY] for place in range(3))


WORDS = [word(rank) for rank in range(4_001)]
ONCE = "heliotrope"
"""In one task of each project."""

TABLES = (
    "CREATE TEMP TABLE word (rank int, word text)",
    "CREATE TEMP TABLE phrase (place int, text text)",
)
FILL_WORDS = "INSERT INTO word SELECT rank - 1, word FROM unnest($1::text[]) WITH ORDINALITY AS each(word, rank)"
FILL_PHRASES = """
    INSERT INTO phrase SELECT place, string_agg(word.word, ' ' ORDER BY random()) FROM (
        SELECT place, (4000 * power(random(), 3))::int AS rank
        FROM generate_series(1, 50000) place, generate_series(1, 10) each) drawn
    JOIN word ON word.rank = drawn.rank GROUP BY place
"""
"""Ten words each, the first of all far more often than the last: three phrases make a description."""
