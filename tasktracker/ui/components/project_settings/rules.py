"""What a project does by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tasktracker.domain.errors import Invalid, Refusal
from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.project_settings.section import Section, confirm
from tasktracker.ui.components.settings.item_list import Action, Field, ItemList
from tasktracker.ui.components.settings.rows import group
from tasktracker.ui.components.settings.rule_builder import RuleBuilder
from tasktracker.ui.elements import box, button, text
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.rules import Rules


class RulesSection(Section):
    def __init__(self, settings: ProjectSettings) -> None:
        super().__init__(settings)
        self._rules = Rules(settings)
        self._reading = box("tt-settings-part")
        lead = t("When this happens to a task, if the task fits, then do that. A rule acts as whoever saved it last.")
        with self._reading, group(lead=lead):
            fields = (
                Field("is_enabled", "switch", t("Switched on")),
                Field("name", "words", t("Name"), width="large"),
                Field("summary", "words", t("Summary"), width="wide"),
                Field("error", "problem", t("Why it could not do its work")),
            )
            actions = (Action("edit", t("Edit")), Action("runs", t("Last runs"), always=True))
            empty = t("No rule yet. “When a task is completed, archive it” would be one.")
            self._list = ItemList(t("Rules"), fields, can_edit=settings.can_manage, empty=empty, actions=actions)
            if settings.can_manage:
                with box("tt-settings-foot"):
                    button(t("New rule…"), self._new, kind="primary")
        self._writing = box("tt-settings-part")
        self._writing.visible = False
        self._list.on_change(self._change)
        self._list.on_remove(self._ask, t("Delete"))
        self._list.on_act(self._act)

    async def load(self) -> None:
        await self._rules.load()
        self._list.allow(can_edit=self.settings.can_manage)
        self._list.show(self._rules.items)

    def _new(self) -> None:
        self._write(None)

    async def _act(self, rule_id: str, action: str) -> None:
        if action == "edit":
            self._write(rule_id)
        else:
            with refusals_shown():
                RunsDialog(self._rules.name_of(rule_id), await self._rules.runs(rule_id))

    def _write(self, rule_id: str | None) -> None:
        self._reading.visible, self._writing.visible = False, True
        self._writing.clear()
        with self._writing:
            builder = RuleBuilder(
                self.settings.key,
                self._rules.draft_of(rule_id),
                self._rules.facts(),
                on_try=lambda raw: self._try(builder, raw),
                on_save=lambda raw: self._save(builder, rule_id, raw),
                on_cancel=self._read,
            )

    def _read(self) -> None:
        self._reading.visible, self._writing.visible = True, False
        self._writing.clear()

    async def _try(self, builder: RuleBuilder, raw: dict[str, Any]) -> None:
        with refusals_shown(), _pointed_out(builder):
            builder.show(await self._rules.try_out(raw))

    async def _save(self, builder: RuleBuilder, rule_id: str | None, raw: dict[str, Any]) -> None:
        with refusals_shown(), _pointed_out(builder):
            await self._rules.save(rule_id, raw)
            builder.saved(raw)
            self._read()
            await self.load()
            toast(t("The rule is saved. It acts on what happens from now on."), kind="success")

    async def _change(self, rule_id: str, field: str, value: Any) -> None:
        await self.do(self._rules.change(rule_id, field, value))

    async def _ask(self, rule_id: str) -> None:
        name = self._rules.name_of(rule_id)

        async def delete(_choice: str | None) -> None:
            await self._rules.delete(rule_id)
            await self.load()
            await self.tell(t("“{name}” is deleted", name=name))

        words = t("It does nothing any more. What it did stays.")
        confirm(t("Delete the rule “{name}”?", name=name), words, t("Delete rule"), delete)


@contextmanager
def _pointed_out(builder: RuleBuilder) -> Iterator[None]:
    """Show what is wrong with a rule at the parts that are wrong, too."""
    try:
        yield
    except Refusal as refusal:
        problems = refusal.problems if isinstance(refusal, Invalid) else ()
        builder.refuse({each.pointer: each.detail for each in problems})
        raise


class RunsDialog:
    """What a rule did lately."""

    def __init__(self, name: str, runs: list[dict[str, Any]]) -> None:
        with dialog_card(t("Last runs of “{name}”", name=name)) as dialog:
            dialog.on("hide", dialog.delete)
            fields = (Field("name", "task", t("Task")), Field("summary", "words", t("What it did"), width="large"))
            empty = t("It has not done anything yet, or not lately.")
            ItemList(t("Last runs"), fields, can_edit=False, empty=empty).show(runs)
            text(t("Each run is one change in the history of its task, and can be undone there."), "tt-quiet", tag="p")
        dialog.open()
