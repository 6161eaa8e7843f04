"""Importing a file, step by step. The browser speaks to the API by itself: a file is large, and the report is long."""

from collections.abc import Mapping

from nicegui.element import Element

import tasktracker.ui.components.modules  # noqa: F401  the script imports from there


class ImportWizard(Element, component="import_wizard.js"):
    """`field_names` are what people call the fields that a column can become."""

    def __init__(self, key: str, *, can_manage: bool, field_names: Mapping[str, str]) -> None:
        super().__init__()
        self.props["project-key"], self.props["can-manage"] = key, can_manage
        self.props["field-names"] = dict(field_names)
