"""Recurrences as people write them: `every 2 weeks`, `every monday and thursday`, `every last friday`, `daily`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from tasktracker.domain.errors import Invalid
from tasktracker.domain.quick_add.days import END, MONTH, MONTHS, WEEKDAY, WEEKDAYS
from tasktracker.domain.quick_add.interface import Context
from tasktracker.domain.recurrence import Recurrence, clean_recurrence

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_ADVERBS = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "YEARLY", "annually": "YEARLY"}
_NUMBERS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_WORKDAYS = "MO,TU,WE,TH,FR"

_NTH = r"[0-9]{1,2}(?:st|nd|rd|th)"
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|[1-5](?:st|nd|rd|th))"
_AND = r"(?: *, *(?:and +)?| +(?:and|&) +)"
_WEEKDAY_LIST = rf"{WEEKDAY}(?:{_AND}{WEEKDAY})*"
_NTH_LIST = rf"{_NTH}(?:{_AND}{_NTH})*"
_OF_MONTH = r"(?: +of +(?:the|each|every) +month)?"


@dataclass(frozen=True, slots=True)
class Repeat:
    """`is_adjective`: before a noun it belongs to it, as in "Daily standup"."""

    recurrence: Recurrence
    end: int
    is_adjective: bool = False


def read_repeat(line: str, at: int, context: Context) -> Repeat | None:
    """The recurrence that is written at that place."""
    if found := _ADVERB.match(line, at):
        return Repeat(Recurrence(f"FREQ={_ADVERBS[found[1].lower()]}"), found.end(), is_adjective=True)
    if not (every := _EVERY.match(line, at)):
        return None
    anchor = "completion" if every[1] else "due"
    for pattern, read in _FORMS:
        if (found := pattern.match(line, every.end())) and (clean := _clean(read(found, context), anchor)):
            return Repeat(clean, found.end())
    return None


def without_gaps(recurrence: Recurrence, first: date) -> Recurrence:
    """A rule that leaves its day to the start, for a start that some months or years lack: then their last day.

    RFC 5545 would skip February for "every month" from the 31st; people do not mean that.
    """
    rule = recurrence.rule
    if "BY" not in rule and rule.startswith("FREQ=MONTHLY") and first.day > _SHORTEST_MONTH:
        return replace(recurrence, rule=rule + _days_of_month([first.day]))
    if "BY" not in rule and rule.startswith("FREQ=YEARLY") and (first.month, first.day) == _LEAP_DAY:
        return replace(recurrence, rule=rule + ";BYMONTH=2;BYMONTHDAY=-1")
    return recurrence


def _clean(rule: str, anchor: str) -> Recurrence | None:
    """In canonical form; None for a rule that no day fits, such as "every 31 april"."""
    try:
        clean = clean_recurrence({"rule": rule, "from": anchor}, "")
    except Invalid:
        return None
    return Recurrence.from_json(clean) if clean else None


def _units(found: re.Match[str], _context: Context) -> str:
    return f"FREQ={_FREQUENCIES[found['unit'].lower()]}{_interval(found)}"


def _weeks(found: re.Match[str], context: Context) -> str:
    interval = _interval(found)
    start = f";WKST={_CODES[context.first_weekday]}" if interval else ""
    return f"FREQ=WEEKLY{interval};BYDAY={_codes(found['weekdays'])}{start}"


def _month_days(found: re.Match[str], _context: Context) -> str:
    return f"FREQ=MONTHLY{_interval(found)}{_days_of_month(map(int, re.findall('[0-9]+', found['days'])))}"


def _chosen_day(found: re.Match[str], _context: Context) -> str:
    ordinal = _ORDINALS.get(found["ordinal"].lower()) or int(found["ordinal"][0])
    noun = found["noun"].lower()
    if noun in WEEKDAYS:
        return f"FREQ=MONTHLY{_interval(found)};BYDAY={ordinal}{_CODES[WEEKDAYS[noun]]}"
    chosen = f";BYDAY={_WORKDAYS};BYSETPOS={ordinal}" if noun in _WORKDAY_NOUNS else f";BYMONTHDAY={ordinal}"
    return f"FREQ=MONTHLY{_interval(found)}{chosen}"


def _day_of_year(found: re.Match[str], _context: Context) -> str:
    month, day = MONTHS[found["month"].lower()], int(found["day"])
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={-1 if (month, day) == _LEAP_DAY else day}"


def _interval(found: re.Match[str]) -> str:
    given = (found.groupdict().get("number") or "1").lower()
    number = _NUMBERS.get(given) or int(given)
    return "" if number == 1 else f";INTERVAL={number}"


def _codes(weekdays: str) -> str:
    return ",".join(_CODES[WEEKDAYS[name.lower()]] for name in re.findall(rf"(?ai)\b{WEEKDAY}\b", weekdays))


def _days_of_month(days: Iterable[int]) -> str:
    """The part of a rule; a single day that some months lack stands for the last one that they have up to it."""
    match list(days):
        case [31]:
            return ";BYMONTHDAY=-1"
        case [29 | 30 as day]:
            return f";BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
        case several:
            return f";BYMONTHDAY={','.join(map(str, several))}"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?ai)(?:{pattern}){END}")


_EVERY = re.compile(r"(?ai)every(!)? +")
_ADVERB = _form(rf"({'|'.join(_ADVERBS)})")
_SHORTEST_MONTH = 28
_LEAP_DAY = (2, 29)
_WORKDAY_NOUNS = {"weekday", "workday"}

_NUMBER = rf"(?:(?P<number>[0-9]{{1,4}}|{'|'.join(_NUMBERS)})(?:st|nd|rd|th)? +)?"
_CHOSEN = rf"(?P<ordinal>{_ORDINAL}) +(?P<noun>{WEEKDAY}|day|weekday|workday)"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"

# Those that say more come first.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], str]], ...] = (
    (_form(rf"{_NUMBER}weeks? +on +(?P<weekdays>{_WEEKDAY_LIST})"), _weeks),
    (_form(rf"{_NUMBER}months? +on +(?:the +)?(?P<days>{_NTH_LIST})"), _month_days),
    (_form(rf"{_NUMBER}months? +on +(?:the +)?{_CHOSEN}"), _chosen_day),
    (_form(rf"{_NUMBER}(?P<unit>day|week|month|year)s?"), _units),
    (_form(r"(?:week|work)days?"), lambda _found, _context: f"FREQ=WEEKLY;BYDAY={_WORKDAYS}"),
    (_form(rf"(?:(?P<number>other) +)?(?P<weekdays>{_WEEKDAY_LIST})"), _weeks),
    (_form(rf"{_CHOSEN}{_OF_MONTH}"), _chosen_day),
    (_form(rf"{_DAY} +(?P<month>{MONTH})"), _day_of_year),
    (_form(rf"(?P<month>{MONTH}) +{_DAY}"), _day_of_year),
    (_form(rf"(?P<days>{_NTH_LIST}){_OF_MONTH}"), _month_days),
)
