"""Write docs/reference/settings.md from tasktracker/settings.py: `python -m tools.settings_reference`."""

from pathlib import Path
from typing import Any

from tasktracker.settings import Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"
COMMAND = "python -m tools.settings_reference"

_HEAD = f"""\
# Settings

<!-- Written by `{COMMAND}` from tasktracker/settings.py. Change that file, not this one. -->

Settings are environment variables. They are read once, when a command starts; `tasktracker/settings.py` is the only
reader. A value that does not fit stops the command, with a sentence that names the variable.

| variable | value | unless set | what it does |
|---|---|---|---|
"""
_FOOT = """
Two options of the command line are settings for one run: `--host` and `--port` of `up` and `serve`.

Without `TASKTRACKER_DATA_FOLDER`, the data folder is the first of these that applies:

1. `$XDG_DATA_HOME/tasktracker/postgres`, if that variable holds an absolute path;
2. `/var/lib/tasktracker/postgres`, for root;
3. `~/Library/Application Support/tasktracker/postgres`, on macOS;
4. `~/.local/share/tasktracker/postgres`.

Addresses are counted as the server sees them. It believes what a proxy says of its callers (`X-Forwarded-For`) when the
proxy is on this machine. For a proxy elsewhere, set `FORWARDED_ALLOW_IPS` to its address or network: that variable is
uvicorn's, the library that serves. Otherwise all callers of the API who are not signed in share the proxy's address.

`up` starts no PostgreSQL of its own when `TASKTRACKER_DATABASE_URL` is set, and `serve` starts none in any case.
"""


def main() -> None:
    PAGE.write_text(render(), encoding="utf-8")
    print(f"==> {PAGE.name} says what settings.py says")


def render() -> str:
    """The page as it has to be."""
    schema = Settings.model_json_schema()["properties"]
    prefix = Settings.model_config["env_prefix"]
    rows = (f"| `{prefix}{name.upper()}` | {_row(name, field)} |\n" for name, field in schema.items())
    return _HEAD + "".join(rows) + _FOOT


def _row(name: str, field: dict[str, Any]) -> str:
    default = "–" if field["default"] is None else f"`{field['default']}`"
    return f"{_value(name, field)} | {default} | {field.get('description', '–')}"


def _value(name: str, field: dict[str, Any]) -> str:
    """What may be written, in words."""
    if choices := field.get("enum"):
        return ", ".join(f"`{choice}`" for choice in choices)
    kinds = [each for each in field.get("anyOf", [field]) if each["type"] != "null"]
    kind: str = kinds[0].get("format", kinds[0]["type"])
    if kind == "path":
        kind = next((each for each in ("file", "folder") if name.endswith(f"_{each}")), kind)
    return _WORDS.get(kind, kind) + _limits(field)


_WORDS = {"integer": "whole number", "number": "number", "string": "text", "password": "address"}


def _limits(field: dict[str, Any]) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None:
        return ""
    return f" from {low}" if high is None else f", {low} to {high}"


if __name__ == "__main__":
    main()
