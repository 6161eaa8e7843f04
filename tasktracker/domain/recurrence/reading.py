"""RRULE text to a `Rule`: each part by itself, and then the rule as a whole. Says everything that is wrong at once."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from tasktracker.domain.calendar import FIRST_YEAR, LAST_YEAR
from tasktracker.domain.errors import Problem
from tasktracker.domain.recurrence.days import never_occurs
from tasktracker.domain.recurrence.rule import FREQUENCIES, WEEKDAYS, Days, Rule
from tasktracker.domain.text import clean_line, gather

RULE_LIMIT = 300
INTERVAL_LIMIT = 1_000
COUNT_LIMIT = 10_000

_DAY = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})Z)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,5}")


def read_rule(value: Any, pointer: str) -> Rule:
    """Read an RRULE, with or without `RRULE:` before it. Raises `Invalid` naming every problem at once."""
    text = clean_line(value, pointer, limit=RULE_LIMIT).upper().removeprefix("RRULE:").strip(" ;")
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    for part in text.split(";"):
        name, _, given = (each.strip() for each in part.partition("="))
        try:
            field, read = _reader(name, given, fields)
            fields[field] = read(given)
        except ValueError as wrong:
            problems.append(Problem(pointer, str(wrong)))
    if not problems and "frequency" not in fields:
        problems.append(Problem(pointer, f"Say how often: FREQ is one of {', '.join(FREQUENCIES)}."))
    gather(problems)
    rule = Rule(**fields)
    gather([Problem(pointer, sentence) for sentence in _faults(rule)])
    return rule


def _reader(name: str, given: str, seen: dict[str, Any]) -> tuple[str, Callable[[str], Any]]:
    if name not in _PARTS:
        raise ValueError(f"A rule here has no part {_shown(name)}; it may have {', '.join(_PARTS)}.")
    field, read = _PARTS[name]
    if field in seen:
        raise ValueError(f"{name} stands there twice; keep one.")
    if not given:
        raise ValueError(f"Write a value after {name}=, or leave {name} out.")
    return field, read


def _faults(rule: Rule) -> Iterable[str]:
    """What is wrong between parts that are good each by itself."""
    if rule.count is not None and rule.until is not None:
        yield "Give COUNT or UNTIL, not both."
    if rule.frequency == "WEEKLY" and rule.by_month_day:
        yield "BYMONTHDAY goes with FREQ=DAILY, MONTHLY or YEARLY, not with WEEKLY."
    if rule.frequency in {"DAILY", "WEEKLY"} and any(ordinal for ordinal, _ in rule.by_day):
        yield "A numbered weekday, such as 2MO or -1FR, goes with FREQ=MONTHLY or YEARLY."
    elif _numbered_within_month(rule) and any(abs(ordinal) > _WEEKS_IN_A_MONTH for ordinal, _ in rule.by_day):
        yield "A month has at most five of each weekday: number them 1 to 5, or -1 to -5 from its end."
    elif rule.by_position and not rule.names_days:
        yield "BYSETPOS chooses among days: give BYDAY, BYMONTHDAY or BYMONTH with it."
    elif never_occurs(rule):
        yield "No day fits this rule: it would never come. Change BYMONTH, BYMONTHDAY, BYDAY or BYSETPOS."


def _numbered_within_month(rule: Rule) -> bool:
    """RFC 5545: 20MO is the twentieth Monday of a year, unless the rule names months."""
    return rule.frequency == "MONTHLY" or bool(rule.by_month)


def _frequency(given: str) -> str:
    if given not in FREQUENCIES:
        raise ValueError(f"FREQ is one of {', '.join(FREQUENCIES)}, not {_shown(given)}.")
    return given


def _weekday(given: str) -> int:
    if given not in WEEKDAYS:
        raise ValueError(f"WKST is one of {', '.join(WEEKDAYS)}, not {_shown(given)}.")
    return WEEKDAYS.index(given)


def _number(name: str, lowest: int, highest: int) -> Callable[[str], int]:
    def read(given: str) -> int:
        if _NUMBER.fullmatch(given) and lowest <= int(given) <= highest:
            return int(given)
        raise ValueError(f"{name} is a number from {lowest} to {highest:,}, not {_shown(given)}.")

    return read


def _numbers(name: str, highest: int, *, negative: bool) -> Callable[[str], tuple[int, ...]]:
    """A list, sorted: ascending, and then those that count from the end."""
    advice = f"1 to {highest}" + (f", or -1 to -{highest} from the end" if negative else "")

    def read(given: str) -> tuple[int, ...]:
        items = [each.strip() for each in given.split(",")]
        for item in items:
            number = int(item) if _NUMBER.fullmatch(item) else 0
            if not (0 < number <= highest or (negative and 0 < -number <= highest)):
                raise ValueError(f"{name} is a list of numbers: {advice}; {_shown(item)} is none of them.")
        return tuple(sorted({int(item) for item in items}, key=lambda number: (number < 0, number)))

    return read


def _days(given: str) -> Days:
    days = set()
    for item in (each.strip() for each in given.split(",")):
        found = _DAY.fullmatch(item)
        if not found or abs(ordinal := int(found[1] or 0)) > _WEEKS_IN_A_YEAR:
            raise ValueError(f"BYDAY is a list of MO to SU, each with a number before it or none, not {_shown(item)}.")
        days.add((ordinal, WEEKDAYS.index(found[2])))
    return tuple(sorted(days, key=lambda day: (day[0] < 0, day)))


def _until(given: str) -> date | datetime:
    found = _UNTIL.fullmatch(given)
    try:
        if found:
            day = datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day if found[2] else day.date()
    except ValueError:
        pass
    raise ValueError(f"Write UNTIL as a day, 20261231, or a moment in UTC, 20261231T235959Z, not {_shown(given)}.")


def _shown(text: str) -> str:
    return f"“{text[:20]}”"


_WEEKS_IN_A_YEAR, _WEEKS_IN_A_MONTH = 53, 5

_PARTS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _number("INTERVAL", 1, INTERVAL_LIMIT)),
    "COUNT": ("count", _number("COUNT", 1, COUNT_LIMIT)),
    "UNTIL": ("until", _until),
    "BYMONTH": ("by_month", _numbers("BYMONTH", 12, negative=False)),
    "BYMONTHDAY": ("by_month_day", _numbers("BYMONTHDAY", 31, negative=True)),
    "BYDAY": ("by_day", _days),
    "BYSETPOS": ("by_position", _numbers("BYSETPOS", 366, negative=True)),
    "WKST": ("week_start", _weekday),
}
