"""As whom PostgreSQL runs. It refuses to be root, so root lends it an account that owns nothing else."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasktracker.embedded.errors import DataFolderUnusable, ProgramsUnusable

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def is_lent(self) -> bool:
        """Whether the programs run as somebody else than this process."""
        return os.geteuid() == 0

    def switch(self) -> dict[str, Any]:
        """The options of `subprocess` that start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_lent else {}


def account_for(cluster: Path) -> Account:
    """The account for a cluster: its owner, or nobody for a new one; without root there is no choice."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster.exists() and (status := cluster.stat()).st_uid != 0:
        return Account(status.st_uid, status.st_gid)
    return _nobody()


def _nobody() -> Account:
    try:
        entry = pwd.getpwuid(NOBODY)
    except KeyError:
        entry = _entry_of_nobody()
    return Account(entry.pw_uid, entry.pw_gid)


def _entry_of_nobody() -> pwd.struct_passwd:
    # macOS gives "nobody" another number.
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise ProgramsUnusable(
            "PostgreSQL refuses to run as root, and this machine has no account `nobody` to run it as. "
            "Start the program as a normal user, or give it the address of a database."
        ) from None


def require_name(account: Account) -> None:
    """Refuse an account without a name: initdb looks it up, and fails without one.

    Raises:
        ProgramsUnusable: the machine's list of users does not know the account.
    """
    try:
        pwd.getpwuid(account.uid)
    except KeyError:
        raise ProgramsUnusable(
            f"The user {account.uid} has no name on this machine, and PostgreSQL makes no data folder for a nameless "
            "one. Give it a line in /etc/passwd, start the program as another user, or give it the address of a "
            "database."
        ) from None


def barrier(path: Path, account: Account) -> Path | None:
    """The first existing part of `path` that the account may not enter (for a file: run), or None."""
    for part in (*reversed(path.parents), path):
        if part.exists() and not _may_enter(part.stat(), account):
            return part
    return None


def refuse_walled_off(folder: Path, account: Account) -> None:
    """Refuse a folder that a lent account cannot get to. Nothing above it is ever opened up.

    Raises:
        DataFolderUnusable: names the folder that is in the way.
    """
    if account.is_lent and (wall := barrier(folder.parent, account)):
        raise DataFolderUnusable(
            folder,
            f"PostgreSQL refuses to run as root, so it runs as user {account.uid}, whom {wall} does not let through",
            "Choose a folder outside of it (root's default is below /var/lib), or start the program as a normal user.",
        )


def _may_enter(status: os.stat_result, account: Account) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def hand_over(tree: Path, account: Account) -> None:
    """Give a folder and all it holds to the account; links are not followed."""
    if not account.is_lent:
        return
    for folder, folders, files in os.walk(tree):
        for name in ("", *folders, *files):
            os.chown(Path(folder, name), account.uid, account.gid, follow_symlinks=False)
