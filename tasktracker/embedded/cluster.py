"""The cluster: PostgreSQL's files, made once, and the one role that may connect to them."""

import os
import re
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from loguru import logger

from tasktracker.embedded.errors import ServerFailed
from tasktracker.embedded.layout import (
    ROOM_FOR_A_NEW_CLUSTER,
    ROOM_FOR_A_START,
    UNFINISHED,
    Layout,
    is_complete,
    refuse_full_disk,
    write_whole,
)
from tasktracker.embedded.privileges import account_for, hand_over, require_name
from tasktracker.embedded.programs import Programs, programs_for

NAME = "tasktracker"
# Sorting and folding are PostgreSQL's own (builtin); the system's locale still tells letters from other signs to
# full-text search and trigrams, and plain "C" would count no letter beyond ASCII. macOS has no C.UTF-8 everywhere.
LETTERS = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
INITDB = (
    "--username=postgres",
    "--auth=reject",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    f"--lc-ctype={LETTERS}",
    "--data-checksums",
    "--no-instructions",
)
# The powers of a hosted database's master user: what runs here runs there. The superuser has no way to sign in.
NEW_ROLE = f"CREATE ROLE {NAME} LOGIN CREATEDB CREATEROLE PASSWORD '%s'"
NEW_DATABASE = f"CREATE DATABASE {NAME} OWNER {NAME}"
NEW_PASSWORD = f"ALTER ROLE {NAME} PASSWORD '%s'"
ACCESS = f"# Written at each start.\nhost all {NAME} 127.0.0.1/32 scram-sha-256\n"


def ready_cluster(layout: Layout) -> tuple[Programs, str]:
    """Make the cluster if there is none, and return the programs that run it and the role's password.

    Raises:
        EmbeddedPostgresError: any of them; an incomplete cluster never takes the place of a complete one.
    """
    account = account_for(layout.cluster)
    refuse_full_disk(layout.root, ROOM_FOR_A_START if is_complete(layout.cluster) else ROOM_FOR_A_NEW_CLUSTER)
    programs = programs_for(account, layout)
    _sweep(layout)
    write_whole(layout.access, ACCESS, 0o644)
    if not is_complete(layout.cluster):
        _make(layout, programs)
    elif layout.cluster.stat().st_uid == 0:
        # A backup that root put back.
        hand_over(layout.cluster, account)
    return programs, _password(layout, programs)


def _sweep(layout: Layout) -> None:
    # The killed start that left these may have left an initdb too, which still writes: what resists goes next time.
    for leftover in layout.root.glob(f"*{UNFINISHED}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink()


def _make(layout: Layout, programs: Programs) -> None:
    logger.info("Making a new PostgreSQL data folder in {}", layout.root)
    require_name(programs.account)
    staging = Path(tempfile.mkdtemp(dir=layout.root, prefix=f"cluster{UNFINISHED}"))
    hand_over(staging, programs.account)
    try:
        programs.run("initdb", "-D", str(staging), *INITDB)
        password = _new_password()
        _alone(programs, staging, NEW_ROLE % password, NEW_DATABASE)
        write_whole(layout.password, password, 0o600)
        staging.rename(layout.cluster)
        _sync(layout.root)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _password(layout: Layout, programs: Programs) -> str:
    """The role's password. One that was lost is replaced, which only the owner of the files can do."""
    if layout.password.exists() and (known := _well_formed(layout.password.read_text("utf-8", "replace"))):
        return known
    logger.warning("{} is missing or damaged: setting a new password", layout.password)
    require_name(programs.account)
    password = _new_password()
    _alone(programs, layout.cluster, NEW_PASSWORD % password)
    write_whole(layout.password, password, 0o600)
    return password


def _new_password() -> str:
    return secrets.token_urlsafe(32)


def _well_formed(text: str) -> str | None:
    # It goes into an address and into SQL, so nothing that would need quoting in either.
    return text if re.fullmatch(r"[\w-]{43}", text, re.ASCII) else None


def _alone(programs: Programs, cluster: Path, *statements: str) -> None:
    """Run statements as the superuser on a cluster that nobody serves, one a line, with no way in for anybody else."""
    options = ("-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off", "postgres")
    lines = "".join(f"{statement}\n" for statement in statements)
    said = programs.run("postgres", "--single", "-D", str(cluster), *options, text=lines)
    # It goes on after an error, and ends well all the same.
    if "ERROR:" in said:
        raise ServerFailed("The database role could not be set up", "Move the data folder aside and start again.", said)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
