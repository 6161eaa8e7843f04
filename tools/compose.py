"""Start or stop all that compose.yaml names: makes secrets once, and an image if there is none."""

import argparse
import http.client
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
Done = subprocess.CompletedProcess[str]
PLUGIN = ["docker", "compose"]
OWN = str(ROOT / ".venv" / "bin" / "docker-compose")
"""Brought by requirements/containers.txt."""
PATIENCE = "300"
"""Seconds that everything together may take to be healthy."""
READY = "120"
"""Seconds that one replica may take."""
ONCE = ("folders", "vault-setup", "migrate")
REPLICAS = {"app-a": "a", "app-b": "b"}
"""By what the balancer writes into its cookie."""
BALANCER = "balancer"
COOKIE = "tasktracker_replica"
TAKEN_IN = 90.0
"""Seconds that the balancer has to find a new replica: it may hold on to what it knew of the old one for a while."""
DAYS = "3650"
"""That Vault's certificate lasts; the next one is made when this one is deleted."""


def up(options: list[str]) -> None:
    """Start everything, in order, and wait until all of it is healthy.

    While people are served, one replica is replaced after the other, and nothing else that runs.

    Raises:
        SystemExit: with what is missing, or what did not get healthy.
    """
    make_secrets(SECRETS)
    _load(os.environ.get("TASKTRACKER_IMAGE", f"{image.NAME}:latest"))
    started = time.monotonic()
    if replicas := _replicas_of_people():
        _roll(replicas, options)
    else:
        _start("--wait", "--wait-timeout", PATIENCE, *options, otherwise="make compose-down ends it")
    print(f"==> healthy after {time.monotonic() - started:.0f} s at http://{_address()}", flush=True)


def _roll(replicas: list[str], options: list[str]) -> None:
    _compose("rm", "--force", *ONCE, check=True)  # what ran once runs anew, from the new image
    # Replicas that run are left as they are here, and fail it if what they need does; the balancer would wait for them.
    before = sorted(set(_said("config", "--services")) - {BALANCER})
    _start("--no-recreate", *options, *before, otherwise="no replica was replaced")
    waiting = ("--wait", "--wait-timeout", READY)
    for replica in replicas:
        _start("--no-deps", *waiting, *options, replica, otherwise="the other replica serves")
        _wait_for_the_balancer(replica)


def _start(*options: str, otherwise: str) -> None:
    if _compose("up", "--detach", *options).returncode:
        sys.exit(f"==> NOT HEALTHY: “docker compose logs” tells why; {otherwise}")


def _replicas_of_people() -> list[str]:
    """The replicas, if people are served now; last the one that must not go before another is there to serve."""
    lines = (line.partition(" ") for line in _said("ps", "--format", "{{.Service}} {{.Health}}"))
    is_healthy = {service: health == "healthy" for service, _, health in lines}
    if not is_healthy.get(BALANCER) or not any(is_healthy.get(replica) for replica in REPLICAS):
        return []
    return sorted(REPLICAS, key=lambda replica: (is_healthy.get(replica, False), replica))


def _wait_for_the_balancer(replica: str) -> None:
    """Until whoever belongs to this replica is served by it: the balancer gives them another one while it is away."""
    end = time.monotonic() + TAKEN_IN
    while time.monotonic() < end:
        if _serves(replica):
            return
        time.sleep(0.5)
    sys.exit(f"==> {replica} is healthy, but the balancer does not send people to it: “docker compose logs balancer”")


def _serves(replica: str) -> bool:
    line = http.client.HTTPConnection(_address(), timeout=5)
    try:
        line.request("GET", "/livez", headers={"Cookie": f"{COOKIE}={REPLICAS[replica]}"})
        answer = line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return answer.status == http.HTTPStatus.OK and COOKIE not in answer.headers.get("Set-Cookie", "")


def down(options: list[str]) -> None:
    """Stop everything; without `--volumes`, whatever people entered stays."""
    sys.exit(_compose("down", "--remove-orphans", *options).returncode)


def make_secrets(folder: Path) -> None:
    """The password of the database's administrator, and Vault's certificate, where they are not there yet.

    Raises:
        SystemExit: others may enter the folder, and so read them.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        sys.exit(f"==> Others may enter {folder}, where secrets belong. Keep them out: chmod 700 {folder}")
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


def _compose(verb: str, *options: str, check: bool = False, stdout: int | None = None) -> Done:
    command = [*_program(), "--project-directory", str(ROOT), verb, *options]
    return subprocess.run(command, check=check, stdout=stdout, env=_environment(), cwd=ROOT, text=True)


def _said(verb: str, *options: str) -> list[str]:
    return _compose(verb, *options, check=True, stdout=subprocess.PIPE).stdout.splitlines()


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
