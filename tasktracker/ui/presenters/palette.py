"""The colours to choose from, and what they are called."""

from tasktracker.ui.language import t


def palette() -> dict[str, str]:
    """Names by colours, for projects and labels; each is told from the others in both themes."""
    return {
        "#5e6ad2": t("Indigo"),
        "#2f80d0": t("Blue"),
        "#1d8f8a": t("Teal"),
        "#3c9a4e": t("Green"),
        "#b88a00": t("Amber"),
        "#d4622a": t("Orange"),
        "#cf4560": t("Rose"),
        "#8a52c4": t("Violet"),
        "#8b8d98": t("Grey"),
    }
