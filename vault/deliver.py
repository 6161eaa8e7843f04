"""Hand a new process its first secret: a role id, and a secret id inside a wrapping that can be opened once.

The process opens it (`tasktracker/secrets/login.py`). If somebody else did so before, it cannot, and says so: that is
what the wrapping is for.
"""

import argparse
import os
import sys
from pathlib import Path

import hvac
from hvac.exceptions import VaultError

from vault.bootstrap import PROCESSES


def deliver(client: hvac.Client, role: str, folder: Path, wrap_ttl: str) -> None:
    """Write `role-id` and `secret-id` into the folder; only its owner may read them."""
    role_id = client.auth.approle.read_role_id(role)["data"]["role_id"]
    wrapped = client.write_data(f"auth/approle/role/{role}/secret-id", wrap_ttl=wrap_ttl)
    _write(folder / "role-id", role_id)
    _write(folder / "secret-id", wrapped["wrap_info"]["token"])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", choices=PROCESSES)
    parser.add_argument("folder", type=Path, help="where the process finds it")
    parser.add_argument("--within", default="5m", help="how long the wrapping can be opened (default: 5m)")
    arguments = parser.parse_args()
    try:
        deliver(hvac.Client(timeout=30), arguments.role, arguments.folder, arguments.within)
    except (VaultError, OSError) as error:
        sys.exit(f"vault: {error}")


if __name__ == "__main__":
    main()
