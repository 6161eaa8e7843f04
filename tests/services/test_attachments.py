import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import pytest

from tasktracker.domain.errors import CannotUndo, Clash, Forbidden, Invalid, NotFound, StorageUnavailable, TooLarge
from tasktracker.domain.permissions import Permission
from tasktracker.models import Attachment, Event, LooseFile, Project, Task
from tasktracker.services import attachments, projects, tasks
from tasktracker.services.attachments import ATTACHMENT, ATTACHMENT_LIMIT
from tasktracker.services.clock import now
from tasktracker.services.command import project_command
from tasktracker.services.files import KEPT_LOOSE, Upload, files, remove_loose_files, take_over, uploaded
from tasktracker.services.purge import purge_task
from tasktracker.services.queries.attachments import get_attachment, list_attachments
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.undo import UndoView, undo_command, undo_last
from tasktracker.services.upkeep import tidy
from tasktracker.services.views import AttachmentView
from tasktracker.settings import Settings
from tasktracker.storage import open_storage
from tests.conftest import ATTACHMENT_LIMIT as LIMIT_BYTES
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of
from tests.shelf import Shelf, in_pieces, png

TEXT = b"It is the trailing space.\n"


@pytest.fixture
async def team(shelf: Shelf) -> Team:
    """A team with one task."""
    team = await make_team()
    await team.task()
    return team


async def attach(team: Team, data: bytes = TEXT, name: str = "note.txt", actor: Any = None) -> AttachmentView:
    return await attachments.add_attachment(actor or team.owner, team.ref(1), name, in_pieces(data))


async def bytes_of(attachment: AttachmentView, span: tuple[int, int] | None = None) -> bytes:
    return b"".join([chunk async for chunk in await files.read(attachment.id, span)])


async def count(team: Team) -> int:
    return (await get_task(team.owner, team.ref(1))).attachment_count


async def test_a_file_is_kept_as_it_is_and_told_of(team: Team) -> None:
    made = await attach(team, name="C:\\notes\\note.txt")
    assert (made.name, made.media_type, made.size) == ("note.txt", "text/plain", len(TEXT))
    assert (made.sha256, made.width, made.uploader_id) == (sha256(TEXT).hexdigest(), None, team.owner.account_id)
    assert await bytes_of(made) == TEXT
    assert await bytes_of(made, (3, 5)) == b"is"
    assert await list_attachments(team.owner, team.ref(1)) == [made]
    assert await get_attachment(team.owner, team.ref(1), made.id) == made
    task = await get_task(team.owner, team.ref(1))
    assert (task.attachment_count, task.version) == (1, 1), "it is no change to the task's own fields"
    event = await Event.filter(subject_id=made.id).get()
    assert (event.kind, event.task_id is not None) == ("AttachmentAdded", True)
    assert {change["field"]: change["new"] for change in event.changes} == {
        "name": "note.txt", "media_type": "text/plain", "size": len(TEXT), "sha256": made.sha256,
    }  # fmt: skip


async def test_a_picture_has_its_size_and_a_thumbnail(team: Team, shelf: Shelf) -> None:
    made = await attach(team, png(1000, 500), "login.png")
    assert (made.media_type, made.width, made.height) == ("image/png", 1000, 500)
    small = b"".join([chunk async for chunk in await files.read_thumbnail(made.id)])
    assert (small[:4], small[8:12]) == (b"RIFF", b"WEBP")
    broken = await attach(team, png()[:60], "broken.png")
    assert (broken.media_type, broken.width) == ("image/png", None)
    assert not shelf.holds("thumbnails", broken.id)


async def test_the_same_file_twice_is_two_attachments(team: Team) -> None:
    assert (await attach(team)).id != (await attach(team)).id
    assert await count(team) == 2


@pytest.mark.parametrize("name", ["", "..", "a\x00b", "x" * 256])
async def test_a_file_without_a_good_name_is_refused(team: Team, shelf: Shelf, name: str) -> None:
    before = shelf.files
    assert await pointers_of(attach(team, name=name)) == ["/file"]
    assert shelf.files == before


async def test_what_cannot_be_attached_leaves_nothing_behind(team: Team, shelf: Shelf) -> None:
    await tasks.trash_task(team.owner, team.ref((await team.task()).number))
    full = team.ref((await team.task()).number)
    await Task.filter(project=team.project, number=full.number).update(attachment_count=ATTACHMENT_LIMIT)
    before = shelf.files
    add = attachments.add_attachment
    assert isinstance(await outcome_of(add(team.owner, team.ref(2), "a.png", in_pieces(png()))), Clash)
    assert isinstance(await outcome_of(add(team.owner, full, "a.png", in_pieces(png()))), Clash)
    assert isinstance(await outcome_of(attach(team, bytes(LIMIT_BYTES + 1))), TooLarge)
    assert (shelf.files, await LooseFile.all().count()) == (before, 0)


class _Broken(Exception):
    """What goes wrong on the way."""


async def test_a_file_that_breaks_off_leaves_nothing_behind(team: Team, shelf: Shelf) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield png()
        raise _Broken

    before = shelf.files
    with pytest.raises(_Broken):
        await attachments.add_attachment(team.owner, team.ref(1), "a.png", broken())
    assert (shelf.files, await LooseFile.all().count(), await count(team)) == (before, 0, 0)


async def test_a_caller_who_is_cut_off_leaves_nothing_behind(team: Team, shelf: Shelf) -> None:
    begun = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(1000)
            begun.set()
            await asyncio.sleep(0.01)

    before = shelf.files
    call = asyncio.create_task(attachments.add_attachment(team.owner, team.ref(1), "a.bin", endless()))
    await begun.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (shelf.files, await LooseFile.all().count(), await count(team)) == (before, 0, 0)


class _Unread:
    """Bytes that nobody is to read."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        raise _Broken


async def test_whoever_may_not_attach_is_told_before_a_byte_is_read(team: Team) -> None:
    viewer, stranger = await team.person(), await team.person("guest")
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    add = attachments.add_attachment
    assert isinstance(await outcome_of(add(viewer, team.ref(1), "a.txt", _Unread())), Forbidden)
    assert isinstance(await outcome_of(add(stranger, team.ref(1), "a.txt", _Unread())), NotFound)
    assert isinstance(await outcome_of(add(team.owner, team.ref(2), "a.txt", _Unread())), NotFound)


async def test_a_commenter_attaches_and_deletes_their_own_and_an_editor_anybodys(team: Team) -> None:
    commenter, editor = await team.person(), await team.person()
    await projects.set_project_member(team.owner, team.key, commenter.account_id, "commenter")
    own, other = await attach(team, actor=commenter), await attach(team, actor=editor)
    refused = attachments.delete_attachment(commenter, team.ref(1), other.id)
    assert isinstance(await outcome_of(refused), Forbidden)
    await attachments.delete_attachment(commenter, team.ref(1), own.id)
    own = await attach(team, actor=commenter)
    await attachments.delete_attachment(editor, team.ref(1), own.id)
    assert await list_attachments(team.owner, team.ref(1)) == [other]


async def test_a_deleted_attachment_is_gone_and_undo_brings_it_back(team: Team) -> None:
    made = await attach(team)
    await attachments.delete_attachment(team.owner, team.ref(1), made.id)
    assert (await list_attachments(team.owner, team.ref(1)), await count(team)) == ([], 0)
    for call in (
        get_attachment(team.owner, team.ref(1), made.id),
        attachments.delete_attachment(team.owner, team.ref(1), made.id),
    ):
        assert isinstance(await outcome_of(call), NotFound)
    undone = await undo_last(team.owner, team.key)
    assert (await list_attachments(team.owner, team.ref(1)), await count(team)) == ([made], 1)
    assert await bytes_of(made) == TEXT
    assert undone.undone < undone.command
    await undo_last(team.owner, team.key)
    assert (await list_attachments(team.owner, team.ref(1)), await count(team)) == ([], 0), "attaching is undone too"
    kinds = [event.kind for event in await Event.filter(subject_id=made.id).order_by("revision")]
    assert kinds == ["AttachmentAdded", "AttachmentDeleted", "AttachmentRestored", "AttachmentDeleted"]
    row = await Attachment.get(id=made.id)
    assert ATTACHMENT.state(row).keys() == {"name", "media_type", "size", "sha256", "deleted_at"}
    assert row.version == 4


async def test_undo_takes_the_right_that_the_change_took(team: Team) -> None:
    commenter = await team.person()
    await projects.set_project_member(team.owner, team.key, commenter.account_id, "commenter")
    for actor, outcome in ((team.owner, Forbidden), (commenter, UndoView)):
        await attach(team, actor=actor)
        revision = (await Project.get(id=team.project.id)).revision
        assert isinstance(await outcome_of(undo_command(commenter, team.key, revision)), outcome)
    assert await count(team) == 1


async def test_undo_waits_for_a_task_to_come_out_of_the_trash(team: Team) -> None:
    await attach(team)
    revision = (await Project.get(id=team.project.id)).revision
    await tasks.trash_task(team.owner, team.ref(1))
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, revision)), CannotUndo)


async def test_an_attachment_is_found_at_its_own_task_only(team: Team) -> None:
    other = await make_team()
    await other.task()
    theirs = await attach(other)
    second = team.ref((await team.task()).number)
    mine = await attach(team)
    for ref, wanted in ((team.ref(1), theirs), (second, mine)):
        assert isinstance(await outcome_of(get_attachment(team.owner, ref, wanted.id)), NotFound)
        assert isinstance(await outcome_of(attachments.delete_attachment(team.owner, ref, wanted.id)), NotFound)


async def test_what_a_process_that_died_has_left_is_removed_after_a_day(team: Team, shelf: Shelf) -> None:
    old, young = await LooseFile.create(), await LooseFile.create()
    for each in (old, young):
        await files.keep(each.id, "a.png", in_pieces(png()))
    never_came = await LooseFile.create()
    past = now() - KEPT_LOOSE - timedelta(minutes=1)
    await LooseFile.filter(id__in=[old.id, never_came.id]).update(since=past)
    kept = await attach(team, png(), "b.png")
    await tidy()
    assert not shelf.holds("attachments", old.id)
    assert not shelf.holds("thumbnails", old.id)
    assert shelf.holds("attachments", young.id)
    assert shelf.holds("attachments", kept.id)
    assert await LooseFile.all().values_list("id", flat=True) == [young.id]
    await LooseFile.all().update(since=past)
    await asyncio.gather(*(remove_loose_files() for _ in range(3)))
    assert not shelf.holds("attachments", young.id)


async def test_while_the_storage_is_away_the_note_stays_and_the_next_time_removes(
    team: Team, shelf: Shelf, tmp_path: Path
) -> None:
    loose = await LooseFile.create()
    await files.keep(loose.id, "a.txt", in_pieces(TEXT))
    await LooseFile.all().update(since=now() - 2 * KEPT_LOOSE)
    here = files.storage
    (tmp_path / "letter").write_text("Dear Ana")
    files.open(open_storage(Settings(storage_url=f"file://{tmp_path}/letter")))
    await tidy()
    assert isinstance(await outcome_of(attach(team)), StorageUnavailable)
    files.open(here)
    assert await LooseFile.all().count() == 2
    await LooseFile.all().update(since=now() - 2 * KEPT_LOOSE)
    await tidy()
    assert (await LooseFile.all().count(), shelf.holds("attachments", loose.id)) == (0, False)


async def test_a_file_that_is_removed_before_it_is_attached_is_asked_for_again(team: Team) -> None:
    async with uploaded(team.owner, team.ref(1), "a.txt", in_pieces(TEXT)) as upload:
        await LooseFile.all().update(since=now() - 2 * KEPT_LOOSE)
        await remove_loose_files()
        assert isinstance(await outcome_of(attachments.attach_upload(team.owner, team.ref(1), upload)), Clash)
    assert await count(team) == 0


async def test_a_file_that_is_just_being_attached_is_not_removed(team: Team, shelf: Shelf) -> None:
    """As when the connection breaks while a commit is under way: the caller is told of a failure that was none."""
    taken = asyncio.Event()

    async def attach_slowly(upload: Upload) -> None:
        async with project_command(team.owner, team.key, Permission.COMMENT) as command:
            await take_over(command, upload)
            taken.set()
            await asyncio.sleep(0.2)

    async with uploaded(team.owner, team.ref(1), "a.txt", in_pieces(TEXT)) as upload:
        await LooseFile.all().update(since=now() - 2 * KEPT_LOOSE)
        attaching = asyncio.create_task(attach_slowly(upload))
        await taken.wait()
        await remove_loose_files()
    await attaching
    assert shelf.holds("attachments", upload.id)


async def test_the_files_of_purged_tasks_go_with_them(team: Team, shelf: Shelf) -> None:
    made = await attach(team, png(), "a.png")
    kept = await attachments.add_attachment(team.owner, team.ref((await team.task()).number), "b.png", in_pieces(png()))
    task = await Task.get(project=team.project, number=1)
    await tasks.trash_task(team.owner, team.ref(1))
    await purge_task(team.owner, team.ref(1))
    assert shelf.holds("attachments", made.id), "nothing is removed before it is committed that it is to be"
    await tidy()
    assert not shelf.holds("attachments", made.id)
    assert not shelf.holds("thumbnails", made.id)
    assert shelf.holds("attachments", kept.id)
    assert await Attachment.filter(task_id=task.id).count() == 0


async def test_a_task_in_the_trash_keeps_its_attachments_and_takes_no_change(team: Team) -> None:
    made = await attach(team)
    await tasks.trash_task(team.owner, team.ref(1))
    assert await list_attachments(team.owner, team.ref(1)) == [made]
    for call in (attach(team), attachments.delete_attachment(team.owner, team.ref(1), made.id)):
        assert isinstance(await outcome_of(call), Clash)


async def test_a_name_that_is_no_text_is_refused(team: Team) -> None:
    assert isinstance(await outcome_of(attach(team, name="\ud800")), Invalid)
