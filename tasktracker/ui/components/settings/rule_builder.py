"""A rule while it is arranged, as one element. What the browser sends is checked by the service."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from tasktracker.ui.components.intents import settled
from tasktracker.ui.drafts import draft_saved, forget_draft

Raw = dict[str, Any]
_PARTS = ("name", "events", "condition", "actions")


class RuleBuilder(Element, component="rule_builder.js"):
    """`rule` is `{id, name, events, condition, actions}`; `facts` are what can be chosen (see presenters/rules.py)."""

    def __init__(
        self,
        key: str,
        rule: Mapping[str, Any],
        facts: Mapping[str, Any],
        *,
        on_try: Callable[[Raw], Awaitable[None]],
        on_save: Callable[[Raw], Awaitable[None]],
        on_cancel: Callable[[], None],
    ) -> None:
        super().__init__()
        self.props["project-key"], self.props["rule"], self.props["facts"] = key, dict(rule), dict(facts)
        self._draft = self.props["draft"] = f"{key}:rule:{rule['id'] or 'new'}"
        self._on_try, self._on_save, self._on_cancel = on_try, settled(self, on_save), on_cancel
        self.on("try", self._try)
        self.on("save", self._save)
        self.on("cancel", self._cancel)

    def show(self, result: Mapping[str, Any]) -> None:
        """What a dry run came to: `{total, tasks: [{ref, title, words, refusal}]}`."""
        self.run_method("show", dict(result))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """What is wrong, by JSON pointers into the rule."""
        self.run_method("refuse", dict(problems))

    async def _try(self, event: GenericEventArguments) -> None:
        await self._on_try(_parts(event.args))

    async def _save(self, event: GenericEventArguments) -> None:
        await self._on_save(_parts(event.args))

    def _cancel(self) -> None:
        forget_draft(*(f"{self._draft}:{part}" for part in ("name", "condition", "comment")))
        self._on_cancel()

    def saved(self, rule: Raw) -> None:
        """That is saved. What has been typed instead of it meanwhile stays a draft."""
        draft_saved(f"{self._draft}:name", rule.get("name", ""))
        draft_saved(f"{self._draft}:condition", rule.get("condition", ""))
        comments = [action["body"] for action in rule.get("actions", ()) if action["do"] == "comment"]
        for body in comments:
            draft_saved(f"{self._draft}:comment", body)
        if not comments:
            forget_draft(f"{self._draft}:comment")


def _parts(raw: Any) -> Raw:
    return {part: raw[part] for part in _PARTS if part in raw} if isinstance(raw, dict) else {}
