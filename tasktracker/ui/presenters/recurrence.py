"""A recurrence in words, in the reader's language."""

from collections.abc import Callable
from dataclasses import replace

from babel.dates import get_day_names

from tasktracker.domain.recurrence import Recurrence, describe
from tasktracker.domain.recurrence.rule import WORKDAYS, Rule
from tasktracker.ui.formats import day_text, list_text
from tasktracker.ui.language import SOURCE, babel_locale, reader, spoken, t, tn

_OFTEN: dict[str, Callable[[int], str]] = {
    "DAILY": lambda n: tn("every day", "every {n} days", n),
    "WEEKLY": lambda n: tn("every week", "every {n} weeks", n),
    "MONTHLY": lambda n: tn("every month", "every {n} months", n),
    "YEARLY": lambda n: tn("every year", "every {n} years", n),
}


def recurrence_text(recurrence: Recurrence) -> str:
    """Such as "every 2 weeks on Monday". What is rarer than that is told in English only, elsewhere as its RRULE."""
    if spoken() == SOURCE:
        return describe(recurrence)
    rule = recurrence.parsed()
    often = _often(rule)
    words = t("by the rule {rule}", rule=recurrence.rule) if often is None else t(", ").join([often, *_end(rule)])
    return t("{often}, counted from completion", often=words) if recurrence.anchor == "completion" else words


def _often(rule: Rule) -> str | None:
    """How often, and on which days, if these are named in one of the usual ways."""
    if rule == replace(_plain(rule), by_day=WORKDAYS, interval=1):
        return t("every weekday")
    often = _OFTEN[rule.frequency](rule.interval)
    if rule == _plain(rule):
        return often
    if rule == replace(_plain(rule), by_month_day=rule.by_month_day) and len(rule.by_month_day) == 1:
        return _on_day(often, rule.by_month_day[0])
    if rule == replace(_plain(rule), by_day=rule.by_day) and not any(ordinal for ordinal, _ in rule.by_day):
        names = get_day_names("wide", "format", babel_locale(reader().formats))
        return t("{often} on {days}", often=often, days=list_text([names[weekday] for _, weekday in rule.by_day]))
    return None


def _plain(rule: Rule) -> Rule:
    """The rule without the days that it names."""
    return replace(rule, by_month=(), by_month_day=(), by_day=(), by_position=())


def _on_day(often: str, day: int) -> str | None:
    if day > 0:
        return t("{often} on day {day}", often=often, day=day)
    return t("{often} on the last day", often=often) if day == -1 else None


def _end(rule: Rule) -> list[str]:
    ends = [tn("{n} time", "{n} times", rule.count)] if rule.count is not None else []
    return [*ends, t("until {day}", day=day_text(rule.until, "long"))] if rule.until is not None else ends
