"""Accounts and their place in a workspace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, NotFound
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.permissions import Permission, WorkspaceRole, require_in_workspace
from tasktracker.domain.regional import clean_locale, clean_time_zone
from tasktracker.domain.text import Cleaner, clean_email, clean_fields, line_of, one_of
from tasktracker.models import Account, Event, Membership, Workspace
from tasktracker.models.database import connection
from tasktracker.services.clock import now
from tasktracker.services.command import WorkspaceCommand, workspace_command
from tasktracker.services.due_times import follow_zone
from tasktracker.services.passwords import clean_password, hash_password
from tasktracker.services.sessions import end_sessions
from tasktracker.services.time_zones import require_usable_zone
from tasktracker.services.transaction import unit_of_work

ROLES = tuple(role.value for role in WorkspaceRole)

_CLEANERS: dict[str, Cleaner] = {
    "workspace": line_of(100),
    "name": line_of(100),
    "email": clean_email,
    "password": clean_password,
}
_OWN_CLEANERS: dict[str, Cleaner] = {"name": line_of(100), "time_zone": clean_time_zone, "locale": clean_locale}
_ACCOUNTS_LOCK = 0x61636374
"""Advisory lock: e-mail addresses and handles are unique on the whole server, which no workspace's lock guards; and
two people who open the first-start page at once make one administrator."""


async def is_set_up() -> bool:
    """Whether anybody can sign in yet."""
    rows = await connection().execute_query_dict("SELECT EXISTS (SELECT FROM account) AS found")
    return bool(rows[0]["found"])


async def set_up(workspace_name: Any, name: Any, email: Any, password: Any) -> Actor:
    """First start: the workspace and its owner. Raises Invalid, and Clash once it has been done."""
    raw = {"workspace": workspace_name, "name": name, "email": email, "password": password}
    fields = clean_fields("server", raw, _CLEANERS)
    await _require_new()  # before the hash: it costs a lot, and anybody may call this
    password_hash = await hash_password(password)
    async with unit_of_work() as work:
        await _lock_accounts(work.db)
        await _require_new()
        workspace = await Workspace.create(
            name=fields["workspace"], created_at=now(), changed_at=now(), using_db=work.db
        )
        account = await _insert_account(work.db, fields, password_hash)
        await Membership.create(workspace=workspace, account=account, role="owner", using_db=work.db)
        actor = Actor(account.id, workspace.id)
        async with workspace_command(actor, None) as command:
            command.record(
                EventKind.WORKSPACE_CREATED, workspace.id, changes_between({}, {"name": fields["workspace"]})
            )
            _record_account(command, account)
            command.record(EventKind.MEMBER_SET, account.id, changes_between({}, {"role": "owner"}))
    return actor


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added; `is_back`: with the account that they had when they were removed."""

    account_id: UUID
    is_back: bool


async def add_person(actor: Actor, name: Any, email: Any, password: Any, role: str = "member") -> Added:
    """Add a person to the workspace, who reads as whoever adds them until they choose otherwise.

    Whoever was removed comes back as they were: their name and password are theirs alone to change.
    Raises Forbidden, Invalid, Clash.
    """
    wanted = WorkspaceRole(one_of(role, "/role", ROLES))
    fields = clean_fields("person", {"name": name, "email": email, "password": password}, _CLEANERS)
    password_hash = await hash_password(password)
    async with workspace_command(actor, Permission.MANAGE_PEOPLE) as command:
        if wanted is WorkspaceRole.OWNER:
            require_in_workspace(command.role, Permission.MANAGE_OWNERS)
        await _lock_accounts(command.db)
        account = await Account.filter(email=fields["email"]).using_db(command.db).first()
        if account is None:
            account, is_back = await _new_account(command, fields, password_hash), False
        elif account.is_active and await _was_removed(command, account):
            is_back = True
        else:
            raise Clash(f"There is an account for {account.email} already.")
        await Membership.create(workspace=command.workspace, account=account, role=wanted.value, using_db=command.db)
        command.record(EventKind.MEMBER_SET, account.id, changes_between({}, {"role": wanted.value}))
    return Added(account.id, is_back)


async def _new_account(command: WorkspaceCommand, fields: Mapping[str, str], password_hash: str) -> Account:
    maker = await Account.get(id=command.actor.account_id, using_db=command.db)
    reads = {"locale": maker.locale, "time_zone": maker.time_zone}
    account = await _insert_account(command.db, fields, password_hash, reads)
    _record_account(command, account)
    return account


async def _was_removed(command: WorkspaceCommand, account: Account) -> bool:
    """Whether they were in this workspace, and are in none now: of an address elsewhere nobody here learns anything."""
    if await Membership.filter(account=account).using_db(command.db).exists():
        return False
    removed = Event.filter(log_id=command.workspace.id, kind=EventKind.MEMBER_REMOVED, subject_id=account.id)
    return await removed.using_db(command.db).exists()


async def edit_me(actor: Actor, raw: Mapping[str, Any]) -> None:
    """Set one's own `name`, `time_zone` or `locale`. Raises Invalid, NotSignedIn, Forbidden with a read-only token."""
    fields = clean_fields("person", raw, _OWN_CLEANERS)
    if zone := fields.get("time_zone"):
        await require_usable_zone(zone, "/time_zone")
    async with workspace_command(actor, None) as command:
        account = await Account.select_for_update().using_db(command.db).get(id=actor.account_id)
        changes = changes_between({field: getattr(account, field) for field in fields}, fields)
        if changes:
            await account.update_from_dict(fields).save(using_db=command.db, update_fields=list(fields))
            command.record(EventKind.ACCOUNT_EDITED, account.id, changes)
        if any(change.field == "time_zone" for change in changes):
            await follow_zone(command.db, account.id)


async def set_workspace_role(actor: Actor, account_id: UUID, role: str) -> None:
    """Change somebody's role. Only owners touch owners, and one owner always stays."""
    wanted = WorkspaceRole(one_of(role, "/role", ROLES))
    async with workspace_command(actor, Permission.MANAGE_PEOPLE) as command:
        member = await _membership(command, account_id)
        await _require_may_touch(command, member, wanted)
        changes = changes_between({"role": member.role}, {"role": wanted.value})
        if changes:
            member.role = wanted.value
            await member.save(using_db=command.db, update_fields=["role"])
            command.record(EventKind.MEMBER_SET, account_id, changes)


async def remove_member(actor: Actor, account_id: UUID) -> None:
    """Take somebody out of the workspace; what they wrote stays. Raises NotFound, Forbidden, Clash.

    Their sessions and tokens end: they do not come back with the person.
    """
    async with workspace_command(actor, Permission.MANAGE_PEOPLE) as command:
        member = await _membership(command, account_id)
        await _require_may_touch(command, member, None)
        await member.delete(using_db=command.db)
        command.record(EventKind.MEMBER_REMOVED, account_id, changes_between({"role": member.role}, {"role": None}))
        await end_sessions(command, account_id)


async def _require_may_touch(command: WorkspaceCommand, member: Membership, wanted: WorkspaceRole | None) -> None:
    owner = WorkspaceRole.OWNER
    if owner not in (member.role, wanted):
        return
    require_in_workspace(command.role, Permission.MANAGE_OWNERS)
    if wanted is owner:
        return
    others = Membership.filter(workspace_id=command.workspace.id, role=owner.value).exclude(id=member.id)
    if not await others.using_db(command.db).exists():
        raise Clash("A workspace needs an owner. Make somebody else one first.")


async def _membership(command: WorkspaceCommand, account_id: UUID) -> Membership:
    found = Membership.filter(workspace_id=command.workspace.id, account_id=account_id)
    member = await found.using_db(command.db).first()
    if member is None:
        raise NotFound("person", account_id)
    return member


async def _require_new() -> None:
    if await is_set_up():
        raise Clash("This server has been set up already. Please sign in.")


async def _lock_accounts(db: BaseDBAsyncClient) -> None:
    await db.execute_query_dict("SELECT pg_advisory_xact_lock($1)", [_ACCOUNTS_LOCK])


async def _insert_account(
    db: BaseDBAsyncClient, fields: Mapping[str, str], password_hash: str, reads: Mapping[str, str] | None = None
) -> Account:
    """`reads`: their language and time zone, where they are known."""
    name, email = fields["name"], fields["email"]
    handle = await _free_handle(db, email)
    return await Account.create(
        name=name, email=email, handle=handle, password_hash=password_hash, created_at=now(), using_db=db,
        **(reads or {}),
    )  # fmt: skip


async def _free_handle(db: BaseDBAsyncClient, email: str) -> str:
    """The part before the @, with a number behind it when somebody has it."""
    base = re.sub(r"[^a-z0-9._-]", "", email.partition("@")[0]).lstrip("._-")[:30] or "user"
    taken: set[Any] = set(await Account.filter(handle__startswith=base).using_db(db).values_list("handle", flat=True))
    number = next(each for each in range(1, len(taken) + 2) if _numbered(base, each) not in taken)
    return _numbered(base, number)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}{number}"


def _record_account(command: WorkspaceCommand, account: Account) -> None:
    created = changes_between({}, {"name": account.name, "email": account.email, "handle": account.handle})
    command.record(EventKind.ACCOUNT_CREATED, account.id, created)
