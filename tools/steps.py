"""Run make targets one after another, all of them, and end with a table of what passed and how long it took."""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    step: str
    verdict: str
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="+")
    parser.add_argument("--without", default="", help="steps to leave out, separated by spaces or commas")
    arguments = parser.parse_args()
    left_out = arguments.without.replace(",", " ").split()
    if unknown := set(left_out) - set(arguments.steps):
        sys.exit(f"WITHOUT names no step: {', '.join(sorted(unknown))}; there are {', '.join(arguments.steps)}")
    outcomes = [_left_out(step) if step in left_out else _run(step) for step in arguments.steps]
    _print_summary(outcomes)
    sys.exit(any(outcome.verdict == "FAILED" for outcome in outcomes))


def _run(step: str) -> Outcome:
    print(f"\n==> make {step}", flush=True)
    started = time.monotonic()
    command = ["make", "--no-print-directory", step]
    failed = subprocess.run(command, check=False).returncode != 0
    return Outcome(step, "FAILED" if failed else "passed", time.monotonic() - started)


def _left_out(step: str) -> Outcome:
    return Outcome(step, "LEFT OUT: nothing of it is proven", 0)


def _print_summary(outcomes: list[Outcome]) -> None:
    print("\n==> summary")
    for outcome in outcomes:
        print(f"    {outcome.step:10} {outcome.seconds:6.1f} s  {outcome.verdict}")
    print(f"    {'all':10} {sum(outcome.seconds for outcome in outcomes):6.1f} s", flush=True)


if __name__ == "__main__":
    main()
