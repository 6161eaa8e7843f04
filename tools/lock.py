"""Write requirements/*.txt from pyproject.toml: exact versions with the hashes of every file they have.

One lock serves every Python from 3.11 and every platform, and names no host to fetch from and no folder of
the machine that wrote it: whoever installs decides where packages come from.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = [
    *(str(Path(sys.executable).with_name("uv")), "pip", "compile", "--quiet", "--no-config"),
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "make lock"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-sources"),
]
# The widest comes first; the narrower ones may only repeat its versions.
LOCKS = {
    "dev": ["pyproject.toml", "--extra", "embedded", "--extra", "release", "--group", "dev"],
    "run": ["pyproject.toml", "--extra", "embedded", "--constraints", "requirements/dev.txt"],
    "serve": ["pyproject.toml", "--constraints", "requirements/dev.txt"],
    "build": ["--group", "build", "--constraints", "requirements/dev.txt"],
    "containers": ["--group", "containers", "--constraints", "requirements/dev.txt"],
}


def main() -> None:
    # Settings of this machine (another index, a folder of wheels) must not decide what is locked.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    for name, options in LOCKS.items():
        target = f"requirements/{name}.txt"
        print(f"==> resolving {target}…", flush=True)
        command = [*COMPILE, *options, *sys.argv[1:], "--output-file", target]
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            sys.exit(f"==> {target} is as it was: pyproject.toml asks for what cannot be had together")


if __name__ == "__main__":
    main()
