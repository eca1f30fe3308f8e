"""Pictures: nothing but pixels comes out, the right way up and in the right colours, the same bytes every time."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from twinsite.core.page import Picture
from twinsite.core.problem import Problem
from twinsite.read.picture_file import PictureError
from twinsite.render.metadata import strip_metadata
from twinsite.render.pictures import make_picture, render_picture

SECRETS = (b"SECRET", b"GPS", b"Exif", b"http://ns.adobe.com", b"Photoshop", b"ICC_PROFILE", b"ftyp")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>SECRET http://ns.adobe.com/xap/1.0/</rdf:RDF></x:xmpmeta>'
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def photo(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """A picture that looks different from every side: red to the right, green downwards, a blue corner."""
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    green = Image.linear_gradient("L").resize((width, height))
    blue = Image.new("L", (width, height))
    blue.paste(255, (0, 0, width // 3, height // 3))
    return Image.merge("RGB", (red, green, blue)).convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "SECRET camera"
    data.get_ifd(0x8825)[1] = "N"
    data.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return data


def saved(picture: Image.Image, format: str, **settings: object) -> bytes:  # noqa: A002
    buffer = BytesIO()
    picture.save(buffer, format, **settings)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def difference(first: Image.Image, second: Image.Image) -> float:
    """The mean difference of two pictures for a pixel and channel, 0 to 255."""
    assert first.size == second.size
    found = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).histogram()
    return sum(count * (place % 256) for place, count in enumerate(found)) / (first.size[0] * first.size[1] * 3)


def planted(kind: str, orientation: int = 1) -> bytes:
    """A picture of each format with secrets in every place that the format offers."""
    if kind == "png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", "SECRET")
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return saved(photo(), "PNG", exif=exif(orientation), pnginfo=notes) + b"SECRET after the end"
    if kind == "gif":
        return saved(photo(), "GIF", comment=b"SECRET")
    if kind == "webp":
        return saved(photo(), "WEBP", exif=exif(orientation), xmp=XMP, lossless=True)
    data = saved(photo(), "JPEG", quality=95, exif=exif(orientation), comment=b"SECRET", xmp=XMP)
    iptc = b"Photoshop 3.0\0SECRET"
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return data[:2] + segment + data[2:] + b"\0\0\0 ftypmp42 SECRET film after the end"


@pytest.mark.parametrize("target", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("source", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("width", [0, 40])
def test_no_secret_survives(source: str, target: str, width: int) -> None:
    data = planted(source)
    assert b"SECRET" in data
    made = make_picture(data, target, width)
    assert not [secret for secret in SECRETS if secret in made]
    picture = opened(made)
    assert picture.size == ((40, 27) if width else (96, 64))
    assert not picture.getexif()
    assert picture.info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
        "loop",
        "background",
        "duration",
        "timestamp",
    }
    assert make_picture(data, target, width) == made


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_pixels_are_not_compressed_twice(kind: str) -> None:
    data = planted(kind)
    made = make_picture(data, kind)
    assert len(made) < len(data)
    assert b"SECRET" not in made
    assert opened(made).convert("RGBA").tobytes() == opened(data).convert("RGBA").tobytes()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("width", [0, 30])
def test_the_right_way_up(kind: str, orientation: int, width: int) -> None:
    expected = photo().transpose(TURNS[orientation])
    picture = opened(make_picture(planted(kind, orientation), kind, width, 90))
    if width:
        expected = expected.resize((30, round(expected.size[1] * 30 / expected.size[0])), Image.Resampling.LANCZOS)
    assert difference(picture, expected) < 8
    assert not picture.getexif()


def test_a_picture_is_never_enlarged() -> None:
    data = saved(photo(), "JPEG")
    assert opened(make_picture(data, "jpeg", 500)).size == (96, 64)
    assert opened(make_picture(data, "webp", 500)).size == (96, 64)
    assert make_picture(data, "jpeg", 96) == make_picture(data, "jpeg", 0)


def test_a_large_photo_scales_fast_and_right() -> None:
    large = photo(1600, 1000)
    small = opened(make_picture(saved(large, "JPEG", quality=95), "jpeg", 200, 90))
    assert small.size == (200, 125)
    assert difference(small, large.resize((200, 125), Image.Resampling.LANCZOS)) < 3


def profile(name: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def swapped_profile() -> bytes:
    """An RGB profile whose red and green are exchanged, so that a forgotten conversion cannot be overlooked."""
    data = profile("sRGB").replace(b"sRGB", b"test")
    count = struct.unpack(">I", data[128:132])[0]
    table = bytearray(data)
    places = {data[132 + 12 * n : 136 + 12 * n]: 132 + 12 * n for n in range(count)}
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    table[red + 4 : red + 12], table[green + 4 : green + 12] = data[green + 4 : green + 12], data[red + 4 : red + 12]
    text = bytes(table)
    return text.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("width", [0, 40])
def test_colours_become_srgb(kind: str, width: int) -> None:
    data = saved(photo(), kind, icc_profile=swapped_profile(), **({"lossless": True} if kind == "webp" else {}))
    made = opened(make_picture(data, kind, width, 95))
    red, green, blue = photo().resize(made.size).split()
    assert "icc_profile" not in made.info
    assert difference(made, Image.merge("RGB", (green, red, blue))) < 12


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_an_srgb_profile_is_only_dropped(kind: str) -> None:
    data = saved(photo(), kind, icc_profile=profile("sRGB"))
    made = opened(make_picture(data, kind))
    assert "icc_profile" not in made.info
    assert made.tobytes() == opened(data).tobytes()


def test_a_broken_profile_is_dropped() -> None:
    made = opened(make_picture(saved(photo(), "PNG", icc_profile=b"nonsense" * 30), "png"))
    assert "icc_profile" not in made.info
    assert difference(made, photo()) == 0


@pytest.mark.parametrize("width", [0, 40])
def test_cmyk_becomes_rgb(width: int) -> None:
    made = opened(make_picture(saved(photo(mode="CMYK"), "JPEG", quality=95), "jpeg", width))
    assert made.mode == "RGB"
    assert difference(made, photo().resize(made.size, Image.Resampling.LANCZOS)) < 8


def test_grey_stays_grey() -> None:
    for kind in ("jpeg", "png"):
        data = saved(photo(mode="L"), kind)
        assert opened(make_picture(data, kind, 40)).mode == "L"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of these chunks, each with its length and its sum."""
    body = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def sixteen_bits() -> bytes:
    """A 16-bit grey PNG: black to white from left to right."""
    row = b"\0" + b"".join(struct.pack(">H", column * 257) for column in range(256))
    head = struct.pack(">IIBBBBB", 256, 16, 16, 0, 0, 0, 0)
    return png((b"IHDR", head), (b"IDAT", zlib.compress(row * 16)), (b"IEND", b""))


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_sixteen_bits_are_not_cut_off(kind: str) -> None:
    made = opened(make_picture(sixteen_bits(), kind, 128)).convert("L")
    values = [made.getpixel((column, 4)) for column in (4, 64, 123)]
    assert all(abs(value - want) < 8 for value, want in zip(values, (8, 128, 247), strict=True))  # type: ignore[operator]


def see_through(mode: str) -> Image.Image:
    picture = photo().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size).point(lambda value: 255 if value > 127 else 0))
    return picture if mode == "RGBA" else picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P"])
@pytest.mark.parametrize("kind", ["png", "webp"])
@pytest.mark.parametrize("width", [0, 48])
def test_transparency_stays(mode: str, kind: str, width: int) -> None:
    source = see_through("RGBA").quantize(64) if mode == "P" else see_through(mode)
    data = saved(source.convert("LA") if mode == "PA" else source, "PNG")
    alpha = opened(make_picture(data, kind, width)).convert("RGBA").getchannel("A")
    assert alpha.getpixel((5, 2)) < 30
    assert alpha.getpixel((5, alpha.size[1] - 3)) > 225


def test_a_transparent_colour_stays() -> None:
    picture = photo()
    picture.paste((1, 2, 3), (0, 0, 48, 64))
    data = saved(picture, "PNG", transparency=(1, 2, 3))
    for width in (0, 48):
        made = opened(make_picture(data, "png", width)).convert("RGBA")
        assert made.getpixel((4, 4))[3] == 0  # type: ignore[index]
        assert made.getpixel((made.size[0] - 4, 4))[3] == 255  # type: ignore[index]


def test_transparency_becomes_white_in_a_jpeg() -> None:
    made = opened(make_picture(saved(see_through("RGBA"), "PNG"), "jpeg"))
    assert min(made.getpixel((80, 4))) > 245  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_animations_keep_their_frames(kind: str) -> None:
    frames = [photo().rotate(90 * turn) for turn in range(3)]
    more = {"comment": b"SECRET"} if kind == "gif" else {"exif": exif()}
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=70, loop=0, **more)
    made = Image.open(BytesIO(make_picture(data, kind, 40)))
    assert (made.n_frames, made.size) == (3, (96, 64))
    assert made.info.get("loop") == 0
    assert b"SECRET" not in make_picture(data, kind, 40)
    assert opened(make_picture(data, "jpeg", 40)).size == (40, 27)


def bomb() -> bytes:
    """A small file that says it is 30,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return png((b"IHDR", head), (b"IDAT", zlib.compress(bytes(90_001 * 100))), (b"IEND", b""))


def test_bombs_are_refused() -> None:
    with pytest.raises(PictureError) as failure:
        make_picture(bomb(), "png")
    assert failure.value.large


def test_a_cut_picture_is_refused() -> None:
    for kind in ("jpeg", "png", "webp"):
        data = saved(photo(), kind)
        with pytest.raises(PictureError):
            make_picture(data[: len(data) * 2 // 3], kind)


def test_problems_are_values() -> None:
    found = render_picture(Picture("x.png", "content/x.png", "", "png"), bomb())
    assert isinstance(found, Problem)
    assert (found.rule, found.path) == ("picture-too-large", "content/x.png")
    found = render_picture(Picture("x.png", "content/x.png", "", "png"), b"\x89PNG\r\n\x1a\nxx")
    assert isinstance(found, Problem)
    assert found.rule == "broken-picture"


def test_a_progressive_photo_loses_only_its_metadata() -> None:
    data = saved(photo(400, 300), "JPEG", progressive=True, exif=exif(), comment=b"SECRET")
    made = strip_metadata("jpeg", data)
    assert b"SECRET" not in made
    assert opened(made).tobytes() == opened(data).tobytes()


def test_a_photo_from_two_lenses_becomes_one() -> None:
    buffer = BytesIO()
    photo().save(buffer, "MPO", save_all=True, append_images=[photo().rotate(180)], exif=exif())
    for width in (0, 40):
        made = make_picture(buffer.getvalue(), "jpeg", width)
        assert (Image.open(BytesIO(made)).format, b"MPF" in made, b"SECRET" in made) == ("JPEG", False, False)
        assert made.count(b"\xff\xd8\xff") == 1


def test_a_turned_animation_becomes_a_still() -> None:
    frames = [photo(), photo().rotate(180)]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], exif=exif(6), lossless=True)
    made = opened(make_picture(data, "webp", 0, 90))
    assert (made.size, getattr(made, "n_frames", 1)) == ((64, 96), 1)


def test_too_tall_for_webp_is_said() -> None:
    with pytest.raises(PictureError, match="WEBP"):
        make_picture(saved(Image.new("L", (4, 17_000)), "PNG"), "webp")
