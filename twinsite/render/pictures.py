"""Pictures for the site: the right way up, in sRGB, as wide as asked for, and without a word about who took them where.

Takes bytes and a recipe; gives bytes, the same ones for the same input on every machine with the same libraries. A
pure function: it touches no disk. Where only metadata has to go, the pixels are not compressed a second time.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from twinsite.core.page import Picture
from twinsite.core.problem import Problem
from twinsite.read.picture_file import (
    TURNED,
    PictureError,
    decode,
    explain,
    name_contents,
    open_picture,
    read_orientation,
)
from twinsite.render.metadata import strip_metadata

if TYPE_CHECKING:
    from PIL import Image, ImageCms

WHITE = (255, 255, 255)
"""What shows through a transparent picture that becomes a JPEG."""

PLAIN = frozenset({"RGB", "L"})
"""The modes in which a JPEG may stay as it is; browsers disagree about the colours of CMYK."""


def make_picture(data: bytes, format: str, width: int = 0, quality: int = 82) -> bytes:  # noqa: A002
    """The picture in ``format`` (``jpeg png webp gif``), ``width`` pixels wide, never wider than it is (0: as it is).

    EXIF orientation is applied; EXIF, XMP, IPTC, comments, thumbnails and colour profiles are dropped, colours
    converted to sRGB first. ``quality`` (1 to 100) counts for JPEG and WebP. A GIF, and an animated WebP or PNG asked
    for in its own format, keeps its frames and its size and only loses its metadata; of one that EXIF turns, and in
    another format, the first frame stays. Raises ``PictureError``.
    """
    source = name_contents(data)
    with open_picture(data) as picture:
        orientation = read_orientation(picture)
        own_width = picture.size[1] if orientation in TURNED else picture.size[0]
        wanted = width if 0 < width < own_width else 0
        # A JPEG with several frames is one photo from several lenses or in several sizes, not an animation.
        moving = source == "gif" or (getattr(picture, "n_frames", 1) > 1 and source != "jpeg" and orientation == 1)
        if source == format and (moving or (not wanted and _may_stay(picture, source))):
            try:
                return strip_metadata(source, data)
            except ValueError:
                # The parts cannot be told apart: what a decoder makes of it is certainly free of them.
                pass
        return _encode(_develop(picture, wanted), format, quality)


def render_picture(recipe: Picture, data: bytes) -> bytes | Problem:
    """The bytes of a planned picture from the bytes of its source, or the problem with the source."""
    try:
        return make_picture(data, recipe.format, recipe.width, recipe.quality)
    except PictureError as error:
        return explain(error, recipe.source)


def _may_stay(picture: Image.Image, source: str) -> bool:
    """Whether the pixels are right as they are, so that only metadata has to go."""
    if read_orientation(picture) != 1 or (source == "jpeg" and picture.mode not in PLAIN):
        return False
    profile = picture.info.get("icc_profile")
    return not profile or _is_srgb(profile)


def _is_srgb(profile: bytes) -> bool:
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip().lower()
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return True
    return name.startswith("srgb") and "linear" not in name


def _develop(picture: Image.Image, width: int) -> Image.Image:
    """The pixels as they shall be seen: decoded, turned, ``width`` wide (0: as they are), in sRGB, eight bits."""
    from PIL import Image, ImageOps

    profile = picture.info.get("icc_profile")
    turned = read_orientation(picture) in TURNED
    if width:
        _draft(picture, width, turned)
    decode(picture)
    if read_orientation(picture) != 1:
        picture = ImageOps.exif_transpose(picture)
    picture = _unpack(picture)
    if width:
        height = max(1, round(picture.size[1] * width / picture.size[0]))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _to_srgb(picture, profile)


def _draft(picture: Image.Image, width: int, turned: bool) -> None:
    """Let the JPEG decoder itself halve the picture as long as twice the wanted size is left: much faster."""
    own_width, own_height = (picture.size[1], picture.size[0]) if turned else picture.size
    height = max(1, round(own_height * width / own_width))
    picture.draft(None, (2 * height, 2 * width) if turned else (2 * width, 2 * height))


def _unpack(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: no palette, no single bits, eight bits for each channel."""
    if picture.mode in ("P", "PA", "RGB", "L", "1") and (picture.has_transparency_data):
        return picture.convert("RGBA")
    if picture.mode.startswith("I") or picture.mode == "F":
        # A plain conversion would cut sixteen bits off at 255 and leave a white picture.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    plain = {"P": "RGB", "1": "L", "PA": "RGBA"}.get(picture.mode)
    return picture.convert(plain) if plain else picture


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as sRGB means them; a profile that does not fit the pixels is ignored, as browsers do."""
    from PIL import ImageCms

    target = "RGBA" if picture.mode in ("RGBA", "LA") else "RGB"
    if profile and not _is_srgb(profile):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return _convert_colours(picture, source, target)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture if picture.mode in ("RGB", "RGBA", "L", "LA") else picture.convert("RGB")


def _convert_colours(picture: Image.Image, source: ImageCms.ImageCmsProfile, target: str) -> Image.Image:
    from PIL import ImageCms

    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    space = source.profile.xcolor_space.strip()
    if space == "RGB" and picture.mode in ("L", "LA"):
        picture = picture.convert(target)
    if space == "GRAY" and picture.mode == "LA":
        grey, alpha = picture.split()
        colours = _convert_colours(grey, source, "RGB")
        colours.putalpha(alpha)
        return colours
    converted = ImageCms.profileToProfile(picture, source, srgb, outputMode=target)
    assert converted is not None
    return converted


def _encode(picture: Image.Image, format: str, quality: int) -> bytes:  # noqa: A002
    """The bytes of the picture, with nothing in them but pixels. Raises ``PictureError``."""
    picture = _flatten(picture) if format == "jpeg" else picture
    picture.info = {}
    buffer = BytesIO()
    try:
        if format == "jpeg":
            picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, exif=b"", comment=b"")
        elif format == "webp":
            picture.save(buffer, "WEBP", quality=quality, method=4, exif=b"", xmp=b"")
        else:
            picture.save(buffer, format.upper(), optimize=True)
    except (OSError, ValueError) as error:
        raise PictureError(f"it cannot be saved as {format.upper()} ({error})") from error
    return buffer.getvalue()


def _flatten(picture: Image.Image) -> Image.Image:
    """The picture on white: a JPEG knows no transparency."""
    from PIL import Image

    if picture.mode not in ("RGBA", "LA"):
        return picture
    ground = Image.new("RGB", picture.size, WHITE)
    ground.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return ground
