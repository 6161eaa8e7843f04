"""The page of the trash, and that of the archive: follows the project, and shows what comes and goes at once."""

from nicegui import background_tasks, ui

from tasktracker.realtime.hub import Patch
from tasktracker.ui.components.project_deeds import ProjectDeeds
from tasktracker.ui.components.project_frame import project_frame
from tasktracker.ui.components.put_away.put_away import Numbers, PutAway
from tasktracker.ui.components.settings.confirm import confirm
from tasktracker.ui.feedback import done_toast, refusals_shown, toast
from tasktracker.ui.language import t, tn
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.put_away import PutAwayPresenter
from tasktracker.ui.sockets import follow_from_page


class PutAwayPage:
    """One open page. `place` is trash or archive."""

    def __init__(self, project: ProjectPresenter, place: str) -> None:
        self._project = project
        self._presenter = PutAwayPresenter(project, place)

    async def open(self) -> None:
        """Draw the page."""
        self._client = ui.context.client
        project_id, leave = await self._project.open(self._on_patch)
        follow_from_page(project_id, leave)
        with project_frame(self._project, self._presenter.place):
            ProjectDeeds(self._project)
            self._list = PutAway(
                self._project.key,
                self._presenter.place,
                can_restore=self._project.can_edit,
                can_purge=self._project.can_manage,
            )
            self._list.answers(search=self._search, bring_back=self._bring_back, purge=self._ask, more=self._older)
        await self._load()

    async def _load(self) -> None:
        items = await self._presenter.load()
        self._list.show(items, search=self._presenter.search, has_more=self._presenter.has_more)

    def _on_patch(self, _patch: Patch) -> None:
        with self._client:
            background_tasks.create(self._refresh(), context=self._client)

    async def _refresh(self) -> None:
        with refusals_shown():
            await self._load()

    async def _search(self, search: str) -> None:
        self._presenter.look_for(search)
        await self._refresh()

    async def _older(self) -> None:
        self._presenter.older()
        await self._refresh()

    async def _bring_back(self, numbers: Numbers) -> None:
        with refusals_shown():
            result = await self._presenter.bring_back(numbers)
            n = len(numbers)
            if result.command is not None:
                done_toast(tn("{n} task is back", "{n} tasks are back", n), result.command)
        await self._refresh()

    def _ask(self, numbers: Numbers) -> None:
        """What is removed for good cannot be undone, so it is asked for once more."""

        async def purge(_choice: str | None) -> None:
            await self._purge(numbers)

        confirm(
            tn("Delete {n} task for good?", "Delete {n} tasks for good?", len(numbers)),
            t("Comments and files go too. This cannot be undone."),
            t("Delete for good"),
            purge,
        )

    async def _purge(self, numbers: Numbers) -> None:
        try:
            await self._presenter.purge(numbers)
        finally:
            await self._refresh()
        n = len(numbers)
        toast(tn("{n} task is deleted for good", "{n} tasks are deleted for good", n), kind="success")
