"""What the columns of a table can become, as people read it."""

from tasktracker.ui.language import t


def import_field_names() -> dict[str, str]:
    """Names by the fields of an import."""
    return {
        "title": t("Title"),
        "description": t("Description"),
        "column": t("Column"),
        "state": t("State"),
        "priority": t("Priority"),
        "labels": t("Labels"),
        "assignees": t("Assignees"),
        "start": t("Start date"),
        "due": t("Due date"),
        "estimate": t("Estimate"),
        "parent": t("Parent"),
        "ref": t("Reference"),
        "external_source": t("Where it comes from"),
        "external_id": t("Its id there"),
        "created_at": t("Created on"),
        "completed_at": t("Completed on"),
        "archived_at": t("Archived on"),
    }
