"""Where files are kept is written in the environment; what cannot be is refused by the name of the variable."""

import pytest
from pydantic import ValidationError

from tasktracker.settings import Settings

URL, ENDPOINT, LIMIT = (
    "TASKTRACKER_STORAGE_URL",
    "TASKTRACKER_STORAGE_S3_ENDPOINT",
    "TASKTRACKER_ATTACHMENT_LIMIT_BYTES",
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (URL, "/srv/files"),
        (URL, "file://srv/files"),
        (URL, "file:///srv/../etc"),
        (URL, "file:///srv?files"),
        (URL, "s3://"),
        (URL, "s3://Team"),
        (URL, "s3://key:secret@team-files"),
        (URL, "s3://team-files:9000"),
        (URL, "s3://team-files/../other"),
        (URL, "s3://team-files//x"),
        (URL, "s3://team-files/a?region=x"),
        (URL, "s3://team-files\n"),
        (URL, "https://team-files.s3.amazonaws.com"),
        (URL, "gs://team-files"),
        (URL, "memory:///"),
        (ENDPOINT, "s3.example.org"),
        (ENDPOINT, "https://"),
        (ENDPOINT, "http://s3.example.org"),
        (ENDPOINT, "http://127.0.0.1.example.org"),
        (ENDPOINT, "http://10.0.0.1:9000"),
        (ENDPOINT, "https://key:secret@s3.example.org"),
        (ENDPOINT, "https://s3.example.org:port"),
        (ENDPOINT, "ftp://127.0.0.1"),
        (LIMIT, "0"),
    ],
)
def test_what_names_no_place_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [error["loc"] for error in refused.value.errors()] == [(name.removeprefix("TASKTRACKER_").lower(),)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (URL, "file:///srv/our files"),
        (URL, "s3://team-files"),
        (URL, "s3://team.files-1/a_b/c.d/"),
        (ENDPOINT, "https://s3.example.org:9000"),
        (ENDPOINT, "https://s3.example.org/path"),
        (ENDPOINT, "http://localhost:9000"),
        (ENDPOINT, "http://127.0.0.1:9000"),
        (ENDPOINT, "http://[::1]:9000"),
    ],
)
def test_what_names_a_place_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(Settings(), name.removeprefix("TASKTRACKER_").lower()) == value


def test_nothing_has_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (URL, ENDPOINT):
        monkeypatch.setenv(name, "")
    settings = Settings()
    assert (settings.storage_url, settings.storage_s3_endpoint, settings.storage_s3_region) == (None, None, None)
    assert settings.attachment_limit_bytes == 25 * 1024 * 1024
