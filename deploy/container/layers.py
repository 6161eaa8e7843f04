"""What the Dockerfile does to files before they become a layer: leave out, take apart, compile, date.

Runs in the build, so it needs nothing but Python.
"""

import argparse
import compileall
import os
import sys
from importlib.metadata import distributions
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

from deploy.container.left_out import trim


def lift(name: str, root: Path, layer: Path) -> None:
    """Move what belongs to an installed distribution from one tree to the same place below another.

    Raises:
        SystemExit: it is not installed there.
    """
    packages = _packages(root)
    found = [each for each in distributions(path=[str(packages)]) if each.metadata["Name"] == name]
    if not found:
        sys.exit(f"{name} is not installed in {root}")
    for file in found[0].files or []:
        source = Path(os.path.normpath(packages / file))
        target = layer / source.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)


def finish(root: Path, place: Path, time: int) -> None:
    """Compile every module for the place where the tree will be, and give every file and folder that time.

    What is compiled does not look at its source's time again, so it counts whatever that is. `time` is in seconds
    since 1970.
    """
    compiled = compileall.compile_dir(
        root, quiet=1, stripdir=str(root), prependdir=str(place), invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
    )
    if not compiled:
        sys.exit(f"not everything below {root} could be compiled")
    for path in [root, *root.rglob("*")]:
        os.utime(path, (time, time), follow_symlinks=False)


def _packages(root: Path) -> Path:
    return next((root / "lib").glob("python3.*/site-packages"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("trim").add_argument("root", type=Path)
    lifting = commands.add_parser("lift")
    lifting.add_argument("name")
    lifting.add_argument("root", type=Path)
    lifting.add_argument("layer", type=Path)
    finishing = commands.add_parser("finish")
    finishing.add_argument("root", type=Path)
    finishing.add_argument("place", type=Path)
    finishing.add_argument("time", type=int)
    arguments = vars(parser.parse_args())
    work: dict[str, Any] = {"trim": trim, "lift": lift, "finish": finish}
    work[arguments.pop("command")](**arguments)


if __name__ == "__main__":
    main()
