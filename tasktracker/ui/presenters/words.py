"""The words for what the domain names: what is `urgent` in the API is "Urgent" to people, in their language."""

from tasktracker.domain.task_fields import PRIORITIES
from tasktracker.ui.language import t


def priority_name(priority: str) -> str:
    """What people call a priority of `PRIORITIES`; what is none of them is itself."""
    names = {
        "none": t("No priority"),
        "low": t("Low"),
        "medium": t("Medium"),
        "high": t("High"),
        "urgent": t("Urgent"),
    }
    return names.get(priority, priority)


def priority_choices() -> dict[str, str]:
    """Priorities by name, the most urgent first."""
    return {name: priority_name(name) for name in reversed(PRIORITIES)}
