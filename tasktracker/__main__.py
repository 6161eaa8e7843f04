"""`python -m tasktracker` and the `tasktracker` command."""

import sys


def main() -> None:
    """Run the command line; what cannot be done ends in a sentence and exit code 1, not in a traceback."""
    from tasktracker.cli import run  # noqa: PLC0415  `--help` need not wait for every import

    sys.exit(run())


if __name__ == "__main__":
    main()
