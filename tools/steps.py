"""Run make targets, all of them, and end with a table of what passed and how long it took.

One after another; those joined by a `+` run side by side, and what they print comes when they end.
"""

import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
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
    groups = [group.split("+") for group in arguments.steps]
    steps = [step for group in groups for step in group]
    left_out = arguments.without.replace(",", " ").split()
    if unknown := set(left_out) - set(steps):
        sys.exit(f"WITHOUT names no step: {', '.join(sorted(unknown))}; there are {', '.join(steps)}")
    started = time.monotonic()
    outcomes = [_left_out(step) for step in left_out]
    for group in groups:
        outcomes += _run([step for step in group if step not in left_out])
    _print_summary(outcomes, time.monotonic() - started)
    sys.exit(any(outcome.verdict == "FAILED" for outcome in outcomes))


def _run(group: list[str]) -> list[Outcome]:
    if not group:
        return []
    print(f"\n==> make {' '.join(group)}{' (side by side)' if len(group) > 1 else ''}", flush=True)
    with ThreadPoolExecutor(len(group)) as threads:
        return list(threads.map(lambda step: _make(step, is_alone=len(group) == 1), group))


def _make(step: str, *, is_alone: bool) -> Outcome:
    started = time.monotonic()
    # As text in a pipe, unless somebody can watch it grow.
    pipe = None if is_alone else subprocess.PIPE
    command = ["make", "--no-print-directory", step]
    made = subprocess.run(command, check=False, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    if made.stdout:
        print(f"\n==> what make {step} printed\n{made.stdout}", end="", flush=True)
    return Outcome(step, "FAILED" if made.returncode else "passed", time.monotonic() - started)


def _left_out(step: str) -> Outcome:
    return Outcome(step, "LEFT OUT: nothing of it is proven", 0)


def _print_summary(outcomes: list[Outcome], seconds: float) -> None:
    print("\n==> summary")
    for outcome in outcomes:
        print(f"    {outcome.step:10} {outcome.seconds:6.1f} s  {outcome.verdict}")
    print(f"    {'all':10} {seconds:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
