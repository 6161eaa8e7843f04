"""Small pictures of large ones. Whatever the bytes are, making one neither fails nor takes the machine with it."""

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

from loguru import logger
from PIL import Image, ImageOps

LONGEST_SIDE = 640
"""Pixels."""
MEDIA_TYPE = "image/webp"

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
"""Those that people attach. Pillow reads many more, some by starting other programs."""
_MOST_PIXELS = 52_000_000
"""Room for a picture of 50 megapixels. Unless it is a JPEG, that takes 200 to 400 MB while it is worked on."""
_ONE_AT_A_TIME = ThreadPoolExecutor(1, thread_name_prefix="thumbnail")
"""A thread and no semaphore: who hangs up would free the semaphore, and not the memory that is still in use."""
_QUALITY = 80
_ORIENTATION = 0x0112
_LYING = frozenset({5, 6, 7, 8})
"""Values of the orientation tag (Exif 2.32, table 4) of pictures that are stored turned by 90 degrees."""

Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
# Of a picture up to twice as large Pillow only warns, which stops nothing.
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """`data` is WebP. Sizes are in pixels, as people see the picture; the original's too."""

    data: bytes
    width: int
    height: int
    original_width: int
    original_height: int
    media_type: str = MEDIA_TYPE


async def make_thumbnail(data: bytes) -> Thumbnail | None:
    """A picture of at most `LONGEST_SIDE`, upright, without anything that the original says about its maker.

    None, and a line in the log, for what is no picture, is broken, or is too large to be opened. Of moving pictures the
    first frame is taken.
    """
    return await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, _thumbnail_or_none, data)


def _thumbnail_or_none(data: bytes) -> Thumbnail | None:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            return _thumbnail(image)
    except Exception as error:  # noqa: BLE001  a decoder raises whatever its author thought of; none of it is our fault
        logger.info("no thumbnail of {} bytes: {!r}", len(data), error)
        return None


def _thumbnail(image: Image.Image) -> Thumbnail:
    is_lying = image.getexif().get(_ORIENTATION) in _LYING
    width, height = (image.height, image.width) if is_lying else image.size
    image.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # of a large JPEG only a fraction is worked out
    small = _in_true_colour(image)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(small)
    data = BytesIO()
    upright.save(data, "WEBP", quality=_QUALITY)  # and nothing of what is known about it
    return Thumbnail(data.getvalue(), upright.width, upright.height, width, height)


def _in_true_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, of which converting would keep the lower eight
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("RGB")
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == wanted else image.convert(wanted)  # a copy of a large one is dear
