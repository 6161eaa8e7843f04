"""What the image leaves out of the packages that it installs, and why nobody misses it.

`make image-test` takes a browser through the image, so what a page came to need would be missed there.
"""

import shutil
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("ar", "de", "en")
"""Those of the interface: dates and numbers are written in a variety of one of these."""
ELEMENTS = ("aggrid", "codemirror", "joystick", "json_editor", "leaflet", "mermaid", "plotly", "scene",
            "xterm")  # fmt: skip
"""Of NiceGUI, that no page uses. Their folders stay, empty, since NiceGUI asks for a folder's time when it starts."""
LEFT_OUT = {
    "sources of extensions, and types for type checkers": (
        *("**/*.c", "**/*.h", "**/*.pxd", "**/*.pxi", "**/*.pyx", "**/*.pyi"),
    ),
    "scripts of elements that no page uses": tuple(f"nicegui/elements/{name}/dist/*" for name in ELEMENTS),
    "scripts and styles that NiceGUI sends in development, or to pages that ask for them": (
        *(
            "nicegui/static/quasar.umd.js",
            "nicegui/static/quasar.important.css",
            "nicegui/static/quasar.unimportant.css",
        ),
        *("nicegui/static/vue.esm-browser.js", "nicegui/static/sass.dart.js", "nicegui/static/tailwindcss.min.js"),
        "nicegui/static/unocss/*",
    ),
    "packages that others ask for and never import": (
        *("setuptools", "setuptools-*.dist-info", "_distutils_hack", "distutils-precedence.pth", "pkg_resources"),
        *("docutils", "docutils-*.dist-info"),
    ),
    "programming languages that Pygments could colour": ("pygments/lexers/[!_]*.py",),
    "Pillow's fonts and colour profiles": (
        *("PIL/_imagingft.*.so", "PIL/_imagingcms.*.so", "PIL/_imagingtk.*.so", "pillow.libs/libfreetype-*"),
        *("pillow.libs/libharfbuzz-*", "pillow.libs/libpng16-*", "pillow.libs/libbrotli*", "pillow.libs/liblcms2-*"),
    ),
}
HEADER = struct.Struct("<16xHHIQQQIHHHHHH")
"""Of an ELF file of 64 bits, little-endian, after its first 16 bytes. Source: System V ABI, chapter 4."""
SECTIONS = struct.Struct("<Q")
SEGMENT = struct.Struct("<IIQQQQQQ")
ELF = b"\x7fELF\x02\x01"


def trim(root: Path) -> None:
    """Take it all out of a virtual environment; says how much of what."""
    packages = next((root / "lib").glob("python3.*/site-packages"))
    for what, patterns in LEFT_OUT.items():
        _leave_out(what, [path for pattern in patterns for path in packages.glob(pattern)])
    _leave_out("languages that the interface does not speak", _foreign(packages / "babel" / "locale-data"))
    _leave_out("commands of packages", [path for path in (root / "bin").iterdir() if path.name[:6] != "python"])
    saved = sum(strip(path) for path in packages.rglob("*.so*") if path.is_file())
    _say("what debuggers read in compiled extensions", saved)


def strip(path: Path) -> int:
    """Cut off what is never loaded of a library: symbols and debug information. Returns the bytes saved.

    Nothing before it is moved, so libraries that were patched for their wheel stay whole, as they would not with strip.
    """
    content = bytearray(path.read_bytes())
    if not content.startswith(ELF):
        return 0
    _kind, _machine, _version, _entry, table, _sections, _flags, _size, width, count, *_ = HEADER.unpack_from(content)
    segments = [SEGMENT.unpack_from(content, table + width * number) for number in range(count)]
    end: int = max(table + width * count, *(offset + size for _, _, offset, _, _, size, _, _ in segments))
    SECTIONS.pack_into(content, 40, 0)
    content[60:64] = bytes(4)  # no sections, and none with their names
    path.write_bytes(content[:end])
    return len(content) - end


def _foreign(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*.dat") if file.stem.partition("_")[0] not in (*LANGUAGES, "root")]


def _leave_out(what: str, found: list[Path]) -> None:
    size = sum(_size(path) for path in found)
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    _say(what, size)


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in _files(path))


def _files(path: Path) -> Iterator[Path]:
    yield from (file for file in [path, *path.rglob("*")] if file.is_file())


def _say(what: str, size: int) -> None:
    sys.stdout.write(f"left out: {what}, {size / 1e6:.1f} MB\n")
