"""Share images at work: a recipe to pixels. The same bytes for the same recipe, with the same libraries.

The title is set as large as fits, on as many lines as fit; a word that is too long is cut, and what fits nowhere ends
in a mark. Raqm shapes Arabic and Devanagari and orders what runs from right to left within a line.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from twinsite.core.page import ShareImage
from twinsite.core.problem import Problem
from twinsite.fonts import is_right_to_left, read_font, split_runs
from twinsite.read.picture_file import PictureError, decode, explain, open_picture

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
MARGIN: Final = 72
PICTURE_WIDTH: Final = 460
PAPER: Final = (253, 250, 246)
DARK: Final = (27, 22, 19)
MUTED: Final = (96, 86, 79)
BAR: Final = 20
"""Pixels of the bar in the brand's colour at the left."""

LARGEST, SMALLEST, STEP = 112, 40, 4
MAY_CUT: Final = 60
"""The size from which on a word may be cut that is wider than a line."""
LEADING: Final = 1.16
KICKER_SIZE: Final = 30
FOOT_SIZE: Final = 28


def draw_share_image(recipe: ShareImage, picture: bytes | None) -> bytes | Problem:
    """The bytes of a share image; ``picture`` those of the picture beside the words. The problem is with that."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", SIZE, PAPER)
    try:
        right = _paste_picture(canvas, picture, recipe.focus) if picture is not None else SIZE[0]
    except PictureError as error:
        return explain(error, recipe.picture)
    pen = ImageDraw.Draw(canvas)
    colour = _read_colour(recipe.colour)
    pen.rectangle((0, 0, BAR, SIZE[1]), fill=colour)
    _write(pen, recipe, colour, right - MARGIN)
    return _encode(canvas, "JPEG" if recipe.path.endswith(".jpg") else "PNG")


def _write(pen: ImageDraw.ImageDraw, recipe: ShareImage, colour: tuple[int, ...], right: int) -> None:
    """The words, between the margin and ``right``."""
    left = BAR + MARGIN
    if recipe.kicker:
        _write_line(pen, _shorten(recipe.kicker, KICKER_SIZE, right - left), KICKER_SIZE, left, right, MARGIN, colour)
    top = MARGIN + (KICKER_SIZE + 34 if recipe.kicker else 0)
    bottom = SIZE[1] - MARGIN - FOOT_SIZE - 34
    lines, size = fit(recipe.title, right - left, bottom - top)
    for number, line in enumerate(lines):
        _write_line(pen, line, size, left, right, top + round(number * size * LEADING), DARK)
    foot = _shorten(recipe.foot, FOOT_SIZE, right - left)
    _write_line(pen, foot, FOOT_SIZE, left, right, SIZE[1] - MARGIN - FOOT_SIZE, MUTED)


def fit(text: str, width: int, height: int) -> tuple[list[str], int]:
    """The lines of a text and the size, in pixels, at which they fill a box best without a word being cut; at the
    smallest size with as many lines as there is room for.
    """
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        lines = _wrap(text, size, width)
        whole = len(lines) * size * LEADING <= height
        if whole and (size <= MAY_CUT or all(measure(word, size) <= width for word in text.split())):
            return lines, size
    most = int(height // (SMALLEST * LEADING))
    lines = _wrap(text, SMALLEST, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shorten(f"{lines[most - 1]} {lines[most]}", SMALLEST, width, cut=True)]
    return lines, SMALLEST


def _wrap(text: str, size: int, width: int) -> list[str]:
    """Lines no wider than ``width``, broken at spaces, within a word only where it is wider than a line."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if measure(longer, size) <= width:
            lines[-1] = longer
            continue
        for piece in _cut(word, size, width):
            lines.append(piece)
    return [line for line in lines if line]


def _cut(word: str, size: int, width: int) -> list[str]:
    """A word in pieces that fit on a line; one that fits stays whole."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and measure(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _shorten(text: str, size: int, width: int, cut: bool = False) -> str:
    """As much of a text as fits on a line, with a mark where something is left out."""
    if not cut and measure(text, size) <= width:
        return text
    while text and measure(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def measure(text: str, size: int) -> float:
    """The width of a line in pixels."""
    return sum(_open_font(font, size).getlength(signs) for font, signs in split_runs(text))


def _write_line(
    pen: ImageDraw.ImageDraw, text: str, size: int, left: int, right: int, top: int, colour: tuple[int, ...]
) -> None:
    """A line with its baseline a size below ``top``; one that runs from right to left begins at the right."""
    runs = split_runs(text)
    backwards = is_right_to_left(text)
    x = right - measure(text, size) if backwards else float(left)
    for font, signs in reversed(runs) if backwards else runs:
        face = _open_font(font, size)
        pen.text((x, top + size * 0.82), signs, font=face, fill=colour, anchor="ls")
        x += face.getlength(signs)


@cache
def _open_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(BytesIO(read_font(name)), size, layout_engine=ImageFont.Layout.RAQM)
    if name.startswith("besley"):
        font.set_variation_by_axes([650])
    return font


def _paste_picture(canvas: Image.Image, data: bytes, focus: str) -> int:
    """The picture at the right, cut to fill its place around its focus. Gives where it begins."""
    from PIL import Image, ImageOps

    across, down = (int(part.rstrip("%")) / 100 for part in (focus or "50% 50%").split())
    with open_picture(data) as picture:
        decode(picture)
        turned = ImageOps.exif_transpose(picture).convert("RGBA")
        ground = Image.new("RGB", turned.size, PAPER)
        ground.paste(turned, mask=turned.getchannel("A"))
        cut = ImageOps.fit(ground, (PICTURE_WIDTH, SIZE[1]), Image.Resampling.LANCZOS, centering=(across, down))
    canvas.paste(cut, (SIZE[0] - PICTURE_WIDTH, 0))
    return SIZE[0] - PICTURE_WIDTH


def _read_colour(text: str) -> tuple[int, ...]:
    """``#rrggbb`` or ``#rgb`` as numbers, dark enough to be read on paper (4.5 to 1, WCAG 2.2)."""
    digits = text.lstrip("#")
    digits = digits if len(digits) >= 6 else "".join(2 * digit for digit in digits)
    colour = tuple(int(digits[place : place + 2], 16) for place in (0, 2, 4))
    while _contrast(colour) < 4.5:
        colour = tuple(round(part * 0.92) for part in colour)
    return colour


def _contrast(colour: tuple[int, ...]) -> float:
    return (_light(PAPER) + 0.05) / (_light(colour) + 0.05)


def _light(colour: tuple[int, ...]) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _encode(canvas: Image.Image, format: str) -> bytes:  # noqa: A002
    buffer = BytesIO()
    if format == "JPEG":
        canvas.save(buffer, "JPEG", quality=86, optimize=True, progressive=True)
    else:
        canvas.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
