"""The columns that a new project starts with, named in the language of whoever makes it."""

_CATEGORIES = ("backlog", "unstarted", "started", "started", "done")
_NAMES = {
    "en": ("Backlog", "To do", "In progress", "In review", "Done"),
    "de": ("Backlog", "Zu erledigen", "In Arbeit", "In Prüfung", "Erledigt"),
    "ar": ("قائمة الانتظار", "للتنفيذ", "قيد التنفيذ", "قيد المراجعة", "تم"),
}
"""By language. They are names that people change, so they stand in the project as they were made."""


def usual_columns(locale: str) -> list[tuple[str, str]]:
    """Names and categories, from left to right, for a language tag (RFC 5646). English where it is not known."""
    names = _NAMES.get(locale.partition("-")[0], _NAMES["en"])
    return list(zip(names, _CATEGORIES, strict=True))
