"""What lies in the storage, seen from beside the program."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

from PIL import Image


class Shelf:
    """A folder of stored files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def files(self) -> set[str]:
        """Whatever is there, unfinished things too."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    def holds(self, kind: str, file_id: object) -> bool:
        """Whether the `attachments` or the `thumbnails` of that id is there."""
        return f"{kind}/{file_id}" in self.files


def png(width: int = 40, height: int = 30) -> bytes:
    """A picture."""
    data = BytesIO()
    Image.new("RGB", (width, height), "teal").save(data, "PNG")
    return data.getvalue()


async def in_pieces(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    """The bytes as they come over a line."""
    for start in range(0, len(data), size):
        yield data[start : start + size]
