"""Start or stop all that compose.yaml names: makes secrets once, and an image if there is none."""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

from tools import image

ROOT = Path(__file__).resolve().parent.parent
SECRETS = Path(os.environ.get("TASKTRACKER_SECRETS") or ROOT / "data" / "compose")
PLUGIN = ["docker", "compose"]
OWN = str(ROOT / ".venv" / "bin" / "docker-compose")
"""Brought by requirements/containers.txt."""
PATIENCE = "300"
"""Seconds that everything together may take to be healthy."""
DAYS = "3650"
"""That Vault's certificate lasts; the next one is made when this one is deleted."""


def up(options: list[str]) -> None:
    """Start everything, in order, and wait until all of it is healthy.

    Raises:
        SystemExit: with what is missing, or what did not get healthy.
    """
    make_secrets(SECRETS)
    _load(os.environ.get("TASKTRACKER_IMAGE", f"{image.NAME}:latest"))
    started = time.monotonic()
    if _compose("up", "--detach", "--wait", "--wait-timeout", PATIENCE, *options).returncode:
        sys.exit("==> NOT HEALTHY: make compose-down ends it; before that, “docker compose logs” tells more")
    print(f"==> healthy after {time.monotonic() - started:.0f} s at http://{_address()}", flush=True)


def down(options: list[str]) -> None:
    """Stop everything; without `--volumes`, whatever people entered stays."""
    sys.exit(_compose("down", "--remove-orphans", *options).returncode)


def make_secrets(folder: Path) -> None:
    """The password of the database's administrator, and Vault's certificate, where they are not there yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = folder / "postgres-password"
    if not password.exists():
        password.write_text(secrets.token_urlsafe(32))
    if not (folder / "vault.crt").exists():
        _make_certificate(folder)
    for file in (password, folder / "vault.crt", folder / "vault.key"):
        file.chmod(0o444)  # users of containers read them; on this machine the folder keeps others out


def _make_certificate(folder: Path) -> None:
    if shutil.which("openssl") is None:
        sys.exit("==> openssl is missing here. It makes the certificate by which containers know Vault.")
    command = [
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", DAYS),
        *("-subj", "/CN=vault of tasktracker", "-addext", "subjectAltName=DNS:vault,DNS:localhost,IP:127.0.0.1"),
        *("-addext", "keyUsage=critical,digitalSignature,keyCertSign"),
        *("-keyout", str(folder / "vault.key"), "-out", str(folder / "vault.crt")),
    ]
    subprocess.run(command, check=True, capture_output=True)


def _load(name: str) -> None:
    """See that the engine has the image that was built here; one of a registry is fetched by compose itself."""
    if not name.startswith(f"{image.NAME}:"):
        return
    archive = image.FOLDER / image.LOADABLE
    if not archive.exists():
        print(image.build(), flush=True)
    engine = shutil.which("docker") or shutil.which("podman") or sys.exit("==> Neither docker nor podman is here.")
    command = [engine, "image", "inspect", "--format", "{{.Id}}", name]
    there = subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()
    if there.removeprefix("sha256:") == _id_in(archive):
        return
    if subprocess.run([engine, "load", "--input", archive], check=False).returncode:
        sys.exit(f"==> {name} could not be loaded from {archive}: the line above says why")


def _id_in(archive: Path) -> str:
    """The id of the image in an archive of Docker's kind: its configuration's hash, which names a file."""
    with tarfile.open(archive) as files:
        manifest = files.extractfile("manifest.json")
        return Path(json.load(manifest)[0]["Config"]).stem if manifest else ""


def _compose(verb: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*_program(), "--project-directory", str(ROOT), verb, *options], check=False,
                          env=_environment(), cwd=ROOT)  # fmt: skip


def _program() -> list[str]:
    if shutil.which("docker") and not subprocess.run([*PLUGIN, "version"], check=False, capture_output=True).returncode:
        return PLUGIN
    if Path(OWN).exists():
        return [OWN]
    sys.exit(
        "==> Neither “docker compose” nor docker-compose is here. Debian: sudo apt-get install docker-compose-plugin"
    )


def _environment() -> dict[str, str]:
    return {"TASKTRACKER_SECRETS": str(SECRETS), **os.environ}


def _address() -> str:
    return os.environ.get("TASKTRACKER_LISTEN", "127.0.0.1:8080")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=("up", "down"))
    arguments, options = parser.parse_known_args()
    {"up": up, "down": down}[arguments.verb](options)


if __name__ == "__main__":
    main()
