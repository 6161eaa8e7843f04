"""How this machine reaches a package index, for a build that must reach it too and may keep nothing of it."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ADDRESSES = ("index-url", "extra-index-url", "find-links")
OTHERS = ("proxy", "timeout", "trusted-host")
CERTIFICATES = "/run/certificates.crt"
"""Where the Dockerfile mounts them."""


def build_secrets(folder: Path) -> Iterator[str]:
    """Arguments for the build, naming files that are written into the folder."""
    settings = _settings()
    certificates = settings.get("cert") or os.environ.get("SSL_CERT_FILE", "")
    kept = {key: settings[key] for key in OTHERS if key in settings}
    # Folders of this machine are not there in the build.
    kept |= {key: text for key in ADDRESSES if (text := _reachable(settings.get(key, "")))}
    if Path(certificates).is_file():
        kept["cert"] = CERTIFICATES
        yield from ("--secret", f"id=certificates,src={certificates}")
    if kept:
        file = folder / "pip.conf"
        file.write_text("[global]\n" + "".join(f"{key} = {value}\n" for key, value in kept.items()))
        yield from ("--secret", f"id=pip-configuration,src={file}")


def _settings() -> dict[str, str]:
    """What pip's files and variables say; variables count before files."""
    asked = subprocess.run([sys.executable, "-m", "pip", "config", "list"], check=False, capture_output=True, text=True)
    lines = [line.partition("=") for line in asked.stdout.splitlines() if "=" in line]
    of_files = {name.partition(".")[2]: ast.literal_eval(text) for name, _, text in lines if name.startswith("global.")}
    of_variables = {name[6:]: ast.literal_eval(text) for name, _, text in lines if name.startswith(":env:.")}
    return of_files | of_variables


def _reachable(addresses: str) -> str:
    return " ".join(address for address in addresses.split() if address.startswith(("http://", "https://")))
