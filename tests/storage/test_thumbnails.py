"""A small picture of a large one, upright and without secrets; of what is no picture, none, and never a fault."""

import asyncio
import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loguru import logger
from PIL import Image, ImageCms

from tasktracker.storage.thumbnails import Thumbnail, make_thumbnail

RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What was logged."""
    written: list[str] = []
    sink = logger.add(lambda message: written.append(message.record["message"]), level="INFO")
    yield written
    logger.remove(sink)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def halves(size: tuple[int, int], left: object = RED, right: object = BLUE, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, size, left)  # type: ignore[arg-type]
    image.paste(right, (size[0] // 2, 0, *size))  # type: ignore[arg-type]
    return image


async def thumbnail(data: bytes) -> tuple[Thumbnail, Image.Image]:
    made = await make_thumbnail(data)
    assert made is not None
    image = Image.open(io.BytesIO(made.data))
    assert (image.format, image.size) == ("WEBP", (made.width, made.height))
    return made, image


def is_near(image: Image.Image, place: tuple[float, float], colour: tuple[int, ...]) -> bool:
    """Whether the colour there (in parts of the picture's size) is that one, as far as WebP keeps it."""
    pixel = image.convert("RGB").getpixel((int(place[0] * image.width), int(place[1] * image.height)))
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
async def test_a_picture_gets_small_and_stays_the_same_picture(kind: str) -> None:
    made, image = await thumbnail(saved(halves((1600, 900)), kind))
    assert (made.width, made.height, made.media_type) == (640, 360, "image/webp")
    assert (made.original_width, made.original_height) == (1600, 900)
    assert is_near(image, (0.1, 0.5), RED)
    assert is_near(image, (0.9, 0.5), BLUE)


@pytest.mark.parametrize(
    ("size", "small"), [((30, 20), (30, 20)), ((640, 640), (640, 640)), ((641, 10), (640, 10)), ((1, 5000), (1, 640))]
)
async def test_a_small_picture_stays_as_small_as_it_is(size: tuple[int, int], small: tuple[int, int]) -> None:
    made, _ = await thumbnail(saved(Image.new("RGB", size), "PNG"))
    assert (made.width, made.height) == small


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (640, 320), (0.1, 0.5)),
        (2, (640, 320), (0.9, 0.5)),
        (3, (640, 320), (0.9, 0.5)),
        (4, (640, 320), (0.1, 0.5)),
        (5, (320, 640), (0.5, 0.1)),
        (6, (320, 640), (0.5, 0.1)),
        (7, (320, 640), (0.5, 0.9)),
        (8, (320, 640), (0.5, 0.9)),
    ],
)
async def test_a_picture_of_a_turned_camera_is_upright(
    kind: str, orientation: int, size: tuple[int, int], red: tuple[float, float]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    made, image = await thumbnail(saved(halves((1280, 640)), kind, exif=exif))
    assert (made.width, made.height) == size
    assert (made.original_width, made.original_height) == (size[0] * 2, size[1] * 2)
    assert is_near(image, red, RED)
    assert is_near(image, (1 - red[0], 1 - red[1]), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_thumbnail_tells_nothing_about_its_maker(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secretmaker"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif, "icc_profile": profile} | ({"xmp": b"<x:xmpmeta>Secretmaker"} if kind != "PNG" else {})
    original = saved(halves((800, 600)), kind, **options)
    assert b"Secretmaker" in original
    made, image = await thumbnail(original)
    assert not dict(image.getexif())
    assert {"exif", "icc_profile", "xmp"}.isdisjoint(image.info)
    assert b"Secretmaker" not in made.data


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (halves((800, 400)).convert("P", palette=Image.Palette.ADAPTIVE), "PNG"),
        (halves((800, 400)).convert("CMYK"), "JPEG"),
        (halves((800, 400)).convert("YCbCr"), "JPEG"),
        (halves((800, 400)).convert("RGBA"), "PNG"),
    ],
    ids=["palette", "CMYK", "YCbCr", "RGBA"],
)
async def test_colours_are_kept_however_they_are_stored(image: Image.Image, kind: str) -> None:
    _, small = await thumbnail(saved(image, kind))
    assert is_near(small, (0.1, 0.5), RED)
    assert is_near(small, (0.9, 0.5), BLUE)


@pytest.mark.parametrize(
    ("mode", "dark", "light"), [("1", 0, 1), ("L", 30, 200), ("I;16", 30 * 256, 200 * 256)], ids=["1", "L", "16 bits"]
)
async def test_grey_is_kept(mode: str, dark: int, light: int) -> None:
    image = Image.new(mode, (400, 200), dark)
    image.paste(Image.new(mode, (200, 200), light), (200, 0))
    _, small = await thumbnail(saved(image, "PNG"))
    expected = ((0,) * 3, (255,) * 3) if mode == "1" else ((30,) * 3, (200,) * 3)
    assert is_near(small, (0.1, 0.5), expected[0])
    assert is_near(small, (0.9, 0.5), expected[1])


async def test_what_is_transparent_stays_so() -> None:
    image = halves((800, 400), left=(0, 0, 0, 0), right=(0, 0, 255, 255), mode="RGBA")
    palette = halves((800, 400), left=0, right=1, mode="P")
    palette.putpalette([0, 0, 0, 0, 0, 255])
    for data in (saved(image, "PNG"), saved(palette, "PNG", transparency=0), saved(palette, "GIF", transparency=0)):
        _, small = await thumbnail(data)
        assert small.mode == "RGBA"
        assert small.getchannel("A").getpixel((10, 10)) == 0
        assert small.getchannel("A").getpixel((small.width - 10, 10)) == 255


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
async def test_a_moving_picture_shows_its_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (400, 300), colour) for colour in (RED, GREEN, BLUE)]
    made, small = await thumbnail(saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100))
    assert is_near(small, (0.5, 0.5), RED)
    assert getattr(small, "n_frames", 1) == 1
    assert (made.width, made.height) == (400, 300)


@pytest.mark.parametrize(
    "data",
    [
        png_claiming(60_000, 60_000),
        png_claiming(9_000, 9_000),
        png_claiming(2**31 - 1, 2**31 - 1),
        saved(Image.new("1", (8_000, 8_000)), "PNG"),
    ],
    ids=["far too large", "between warning and error", "as large as can be", "whole"],
)
async def test_a_picture_that_would_fill_the_memory_is_not_opened(data: bytes, lines: list[str]) -> None:
    assert await make_thumbnail(data) is None
    assert "no thumbnail" in lines[0]


def test_a_warning_of_such_a_picture_is_heeded_also_where_warnings_are_no_errors() -> None:
    program = (
        "import asyncio, sys; from tasktracker.storage.thumbnails import make_thumbnail; "
        "print(asyncio.run(make_thumbnail(sys.stdin.buffer.read())))"
    )
    picture = saved(Image.new("1", (8_000, 8_000)), "PNG")
    ran = subprocess.run([sys.executable, "-c", program], input=picture, capture_output=True, check=True)
    assert ran.stdout == b"None\n"
    assert b"no thumbnail" in ran.stderr


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
async def test_a_picture_that_was_cut_off_has_no_thumbnail(kind: str, lines: list[str]) -> None:
    whole = saved(Image.effect_noise((300, 200), 100).convert("RGB"), kind)
    assert await make_thumbnail(whole) is not None
    assert await make_thumbnail(whole[: len(whole) // 2]) is None
    assert len(lines) == 1
    assert f"no thumbnail of {len(whole) // 2} bytes" in lines[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Hello",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        saved(Image.new("RGB", (9, 9)), "EPS"),
        saved(Image.new("RGB", (9, 9)), "TIFF"),
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ids=["nothing", "text", "PDF", "only a head", "only a head of another", "EPS", "TIFF", "SVG"],
)
async def test_what_is_no_picture_has_no_thumbnail(data: bytes, lines: list[str]) -> None:
    assert await make_thumbnail(data) is None
    assert "no thumbnail" in lines[0]


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=8), st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]))
@settings(max_examples=150)
def test_whatever_is_broken_in_a_picture_nothing_breaks_here(place: int, damage: bytes, kind: str) -> None:
    whole = saved(halves((60, 40)), kind)
    place %= len(whole)
    asyncio.run(make_thumbnail(whole[:place] + damage + whole[place + len(damage) :]))


async def test_others_get_their_turn_while_a_thumbnail_is_made() -> None:
    data = saved(Image.effect_noise((3000, 2000), 100), "PNG")
    turns = 0
    making = asyncio.create_task(make_thumbnail(data))
    while not making.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert making.result() is not None
    assert turns > 10
