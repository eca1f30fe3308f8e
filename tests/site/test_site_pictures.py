"""Pictures in texts: each mistake is told of once, and what is published says nothing of who took it where."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

PAGE = "---\ntitle: A\n---\n\n![A red kite]({})\n"
HEIC = b"\0\0\0\x18ftypheic"


def build(make_site, name, data):
    """The build of a page that shows a picture, with the rules of its errors."""
    site = make_site({"content/pages/a.md": PAGE.format(name), f"content/pages/{name}": data})
    return site, [problem.rule for problem in site.build(jobs=1).problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.heic", HEIC, "not-a-picture"),
        ("a.avif", HEIC, "not-a-picture"),
        ("a.pdf", b"%PDF", "not-a-picture"),
        ("a.jpg", HEIC, "wrong-picture-type"),
        ("a.png", b"", "broken-picture"),
    ],
)
def test_a_file_that_cannot_be_shown_is_told_of_once(make_site, name, data, rule):
    assert build(make_site, name, data)[1] == [rule]


def test_a_gif_loses_its_comment(make_site):
    buffer = BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "GIF", comment=b"Taken at home")
    assert b"Taken at home" in buffer.getvalue()
    site, problems = build(make_site, "a.gif", buffer.getvalue())
    assert problems == []
    (published,) = [data for path, data in site.files().items() if path.endswith(".gif")]
    assert published.startswith(b"GIF8")
    assert b"Taken at home" not in published


def test_the_point_that_matters_stays_in_sight(make_site):
    buffer = BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    front = "---\ntitle: A\nimage: {src: a.png, alt: A red kite, focus: 52% 30%}\n---\n"
    site = make_site({"content/pages/a.md": front, "content/pages/a.png": buffer.getvalue()})
    assert site.build(jobs=1).ok
    assert 'class="fx-50 fy-30"' in site.text("a/")
