"""`python -m tasktracker` and the `tasktracker` command."""

import os
import signal
import sys

FIRST = 1
"""The id of a container's first process. The kernel passes on to it only the signals that it has asked for."""


def main() -> None:
    """Run the command line; what cannot be done ends in a sentence and exit code 1, not in a traceback."""
    if os.getpid() == FIRST:  # until the server asks by itself: somebody may want to end it while it starts
        signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    from tasktracker.cli import run  # noqa: PLC0415  `--help` need not wait for every import

    sys.exit(run())


if __name__ == "__main__":
    main()
