"""Opening a picture without trusting it: what it is, how large, which way up.

Takes bytes; gives a Pillow image whose pixels are not decoded yet, or raises ``PictureError``. Pillow is imported when
there is a picture to open, never before.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from twinsite.core.problem import Problem

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 50_000_000
"""Pixels: a larger picture takes more than 200 MB of memory when it is decoded, and no page needs it."""

FORMATS = frozenset({"jpeg", "png", "webp", "gif"})
"""The only readers of Pillow that ever run; others have a long history of holes (EPS starts another program)."""

MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (4, b"ftypavif", "AVIF picture"),
    (4, b"ftypavis", "AVIF picture"),
    (4, b"ftyphei", "HEIC picture, as iPhones make them"),
    (4, b"ftypmif1", "HEIC picture, as iPhones make them"),
    (4, b"ftyp", "film"),
    (0, b"%PDF", "PDF document"),
    (0, b"II*\0", "TIFF picture"),
    (0, b"MM\0*", "TIFF picture"),
    (0, b"BM", "BMP picture"),
    (0, b"8BPS", "Photoshop file"),
    (0, b"PK\x03\x04", "ZIP archive or Office document"),
    (0, b"version https://git-lfs", "Git LFS pointer instead of the picture itself"),
)
"""How files begin: place, bytes, and the format's name or what to call it."""

TURNED = frozenset({5, 6, 7, 8})
"""The EXIF orientations that exchange width and height."""


class PictureError(ValueError):
    """A picture that cannot be used; the text says why and ``large`` whether its size is the only reason."""

    def __init__(self, text: str, large: bool = False) -> None:
        super().__init__(text)
        self.large = large


AGAIN = "Open it in a picture editor, save it again, and try once more."
SMALLER = "Save it smaller: 4000 pixels wide is plenty for a page."


def explain(error: PictureError, path: str) -> Problem:
    """The problem ``broken-picture`` or ``picture-too-large`` of the picture at ``path``."""
    if error.large:
        message = f"This picture is too large: {error}, and at most 50 are allowed."
        return Problem("picture-too-large", path, message, SMALLER)
    return Problem("broken-picture", path, f"This picture cannot be shown: {error}.", AGAIN)


def name_contents(data: bytes) -> str:
    """What the first bytes say a file is: ``jpeg png gif webp svg``, words for some others, ``""`` where unknown."""
    for place, start, name in MAGIC:
        if data.startswith(start, place):
            return name
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<") and b"<svg" in head:
        return "svg"
    return "web page" if head.startswith((b"<!doctype html", b"<html")) else ""


def open_picture(data: bytes) -> Image.Image:
    """The picture, its head read and its pixels not. Raises ``PictureError``, also above 50 megapixels."""
    from io import BytesIO

    # Each reader by name: otherwise Pillow loads all of its forty to find one.
    from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    contents = name_contents(data)
    if contents not in FORMATS:
        raise PictureError(f"it is a {contents}" if contents else "its first bytes are those of no picture")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(BytesIO(data), formats=(contents.upper(),))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise PictureError("it has far more than 50 megapixels", large=True) from error
        except Exception as error:
            # Pillow's readers raise almost anything at a file that is made to break them.
            raise PictureError("its first bytes make no sense") from error
    width, height = picture.size
    if width * height > LARGEST:
        megapixels = f"{width * height / 1e6:.0f} megapixels"
        raise PictureError(f"it is {width} × {height} pixels, that is {megapixels}", large=True)
    return picture


def decode(picture: Image.Image) -> None:
    """Decode the pixels. Raises ``PictureError`` when the file is cut or damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture.load()
        except Exception as error:
            raise PictureError("it is cut off or damaged") from error


def read_orientation(picture: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 where there is none or it makes no sense. A GIF has none."""
    if picture.format == "GIF":
        return 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = picture.getexif().get(0x0112, 1)
        except Exception:
            # Broken EXIF data must not hide a good picture.
            return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1
