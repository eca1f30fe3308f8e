"""Share images: words that fit whatever they are, no boxes, the same bytes every time."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from twinsite.core.page import ShareImage
from twinsite.core.problem import Problem
from twinsite.fonts import RANGES, is_right_to_left, make_writable, read_font, split_runs
from twinsite.render.card import LEADING, MARGIN, PAPER, SIZE, SMALLEST, draw_share_image, fit, measure

TITLES = {
    "short": "Spring",
    "long": "A very long title about kites made of old sails, about the people who sew them, and the wind. " * 4,
    "one word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenwettbewerb" * 3,
    "arabic": "مسابقة الطائرات الورقية في الربيع ٢٠٢٦",
    "hebrew": "תחרות עפיפונים 2026 של Tatterlark",
    "cyrillic": "Весенний конкурс воздушных змеев",
    "greek": "Διαγωνισμός χαρταετών της άνοιξης",
    "thai": "การแข่งขันว่าวฤดูใบไม้ผลิ",
    "devanagari": "वसंत पतंग प्रतियोगिता",
    "vietnamese": "Cuộc thi thả diều mùa xuân",
    "armenian and georgian": "Գարնանային მრცույթ და საქართველო",
    "emoji": "🪁 Kites! 🎉 now",
}


def draw(title: str, picture: bytes | None = None) -> Image.Image:
    written = make_writable(title)
    assert written is not None
    path = "x.jpg" if picture else "x.png"
    data = draw_share_image(ShareImage(path, "s.md", "d", written, "Contest", "Site", "#12475A", "p.png"), picture)
    assert isinstance(data, bytes)
    image = Image.open(BytesIO(data))
    assert image.size == SIZE
    assert not image.info.get("exif")
    return image.convert("RGB")


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_any_title_fits_between_the_margins(title):
    image = draw(title)
    edges = [(SIZE[0] - MARGIN + 8, 0, *SIZE), (24, 0, SIZE[0], MARGIN - 8), (24, SIZE[1] - MARGIN + 8, *SIZE)]
    for edge in edges:
        assert image.crop(edge).getcolors() == [(image.crop(edge).width * image.crop(edge).height, PAPER)]
    assert len(image.crop((92, 130, 1128, 500)).getcolors(100_000)) > 5


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_no_sign_is_a_box(title):
    for font, signs in split_runs(make_writable(title)):
        face = ImageFont.truetype(BytesIO(read_font(font)), 40)
        box = bytes(face.getmask("\uffff"))
        for sign in signs:
            assert sign.isspace() or unicodedata.combining(sign) or bytes(face.getmask(sign)) != box, (font, sign)


@pytest.mark.parametrize("title", ["凧揚げ大会", "봄 연날리기", "🪁", "Kites 凧", ""])
def test_what_no_font_can_write_is_not_written(title):
    assert make_writable(title) is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("abc ÄßВесΔωعربעברไทยहिंदी1.-"), min_size=1, max_size=120))
def test_lines_are_never_wider_nor_higher_than_their_box(title):
    written = make_writable(title)
    if written is None:
        return
    lines, size = fit(written, 524, 388)
    assert size >= SMALLEST
    assert all(measure(line, size) <= 524 for line in lines)
    assert len(lines) * size * LEADING <= 388
    assert "".join("".join(lines).split()).rstrip("…")[:20] == "".join(written.split())[: len("".join(lines))][:20]


def test_the_same_recipe_gives_the_same_bytes():
    assert draw("Spring").tobytes() == draw("Spring").tobytes()


def test_a_picture_stands_beside_the_words_and_a_broken_one_is_told():
    buffer = BytesIO()
    Image.new("RGBA", (50, 400), (255, 0, 0, 255)).save(buffer, "PNG")
    image = draw("Spring", buffer.getvalue())
    assert image.getpixel((1100, 300))[0] > 200
    assert image.getpixel((400, 500)) == pytest.approx(PAPER, abs=3)
    recipe = ShareImage("x.jpg", "s.md", "d", "Spring", "", "Site", "#fff", "content/p.png")
    wrong = draw_share_image(recipe, b"no picture")
    assert isinstance(wrong, Problem)
    assert wrong.path == "content/p.png"


@pytest.mark.parametrize("colour", ["#fff", "#FFEE00", "#12475A"])
def test_the_colour_can_be_read_on_paper(colour):
    recipe = ShareImage("x.png", "s.md", "d", "Spring", "Contest", "Site", colour)
    image = Image.open(BytesIO(draw_share_image(recipe, None))).convert("L")
    assert image.getpixel((5, 300)) < 140


def test_direction_follows_the_first_letter():
    assert is_right_to_left("2026 עברית abc")
    assert not is_right_to_left("abc עברית")
    assert not is_right_to_left("2026")


def test_every_bundled_font_is_there_and_has_a_licence():
    for name in RANGES:
        assert read_font(name)[:4] == b"wOF2"


def test_the_ranges_are_those_of_the_fonts():
    for name, ranges in RANGES.items():
        known = {code for start, end in ranges for code in range(start, end + 1)}
        assert known == set(TTFont(BytesIO(read_font(name))).getBestCmap())
