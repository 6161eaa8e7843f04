"""PostgreSQL, HAProxy and Vault as containers, where no registry can be reached: of Debian's packages and of OpenBao's.

They take the same settings, users and folders as the images that compose.yaml names. Not proven by them: these images.
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.vault.bao import program
from tools import containers
from tools.base_image import STAND_IN, bootstrapped

NEIGHBOURS = "localhost/tasktracker-neighbours:trixie"
PACKAGES = ("haproxy", "postgresql", "wget")
POSTGRES = """\
FROM {neighbours}
RUN rm -rf /var/lib/postgresql/* && printf '%s\\n' \\
    'set -eu' \\
    'if [ ! -s "$PGDATA/PG_VERSION" ]; then' \\
    '  initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS' \\
    '  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"' \\
    '  pg_ctl start --wait --options="-c listen_addresses="' \\
    '  PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE") createdb --username="$POSTGRES_USER" "$POSTGRES_DB"' \\
    '  pg_ctl stop --wait' \\
    'fi' \\
    'exec postgres -c listen_addresses="*"' > /usr/local/bin/entrypoint.sh
ENV PATH=/usr/lib/postgresql/17/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/17/docker
ENTRYPOINT ["sh", "/usr/local/bin/entrypoint.sh"]
"""
HAPROXY = "FROM {neighbours}\nUSER haproxy\n"
VAULT = "FROM {base}\nCOPY bao /usr/local/bin/bao\n"
SAID = """\
==> STAND-IN: no registry can be reached, so PostgreSQL, HAProxy and Vault are Debian's packages and OpenBao.
    Not proven by them: the images that compose.yaml names."""


def stand_ins() -> dict[str, str]:
    """Variables for compose.yaml that name them, made where they are not there yet; skips where they cannot be made."""
    print(SAID, flush=True)
    if not (containers.has_image(NEIGHBOURS) or bootstrapped(NEIGHBOURS, PACKAGES)):
        pytest.skip("NOT PROVEN: compose.yaml was not started, since neither its images nor stand-ins can be had here")
    names = {"POSTGRES_IMAGE": POSTGRES, "HAPROXY_IMAGE": HAPROXY, "VAULT_IMAGE": VAULT}
    for variable, dockerfile in names.items():
        if not containers.has_image(_named(variable)):
            _make(_named(variable), dockerfile.format(neighbours=NEIGHBOURS, base=STAND_IN))
    return {variable: _named(variable) for variable in names} | {"VAULT_PROGRAM": "bao"}


def _named(variable: str) -> str:
    return f"localhost/tasktracker-{variable.partition('_')[0].lower()}:stand-in"


def _make(name: str, dockerfile: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "Dockerfile").write_text(dockerfile)
        if "COPY bao" in dockerfile:
            shutil.copy(program(), Path(folder) / "bao")
        containers.said("buildah", "bud", "--runtime", "runc", "--format", "docker", "--tag", name, folder)
