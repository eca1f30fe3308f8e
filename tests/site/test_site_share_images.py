"""Share images in whole sites: which pages have one, what is said of it, and what happens where none can be drawn."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.conftest import MakeSite
from tests.support.site import SETTINGS, Site

CONTEST = """\
---
title: "{0}"
kind_of: judged
sponsor: {{name: Brightleaf Ltd}}
opens: 2026-05-01 09:00
closes: 2026-07-01 18:00
prizes: [{{name: A kite, value: {{amount: 20, currency: GBP}}}}]
{1}---
Enter.
"""
PICTURE = "image: {src: kite.png, alt: A kite}\n"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    buffer = BytesIO()
    Image.new("RGB", (700, 500), "blue").save(buffer, "PNG")
    files = {
        "content/index.md": "---\ntitle: Home\n---\nHello.\n",
        "content/contests/spring.md": CONTEST.format("Spring", ""),
        "content/contests/kite.png": buffer.getvalue(),
        "content/campaigns/x.md": "---\ntitle: X\n---\nText.\n",
    }
    return make_site(files, SETTINGS)


def told(site: Site, page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="((?:og:image|twitter:)[^"]*)" content="([^"]*)">', site.text(page))
    return dict(found)


def drawn(site: Site) -> list[str]:
    return [path for path in site.files() if path.startswith("media/share-")]


def test_a_contest_has_one_and_says_so(site: Site) -> None:
    assert site.build().ok
    (path,) = drawn(site)
    assert told(site, "contests/spring/") == {
        "og:image": f"https://example.org/{path}",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Spring. Contest · Brightleaf Ltd",
        "twitter:image:alt": "Spring. Contest · Brightleaf Ltd",
        "twitter:card": "summary_large_image",
    }
    image = Image.open(BytesIO(site.files()[path]))
    assert (image.size, image.format) == ((1200, 630), "PNG")
    assert "og:image" not in told(site, "campaigns/x/")
    assert site.build().written == 0


def test_it_has_a_new_address_whenever_it_changes(site: Site) -> None:
    site.build()
    (first,) = drawn(site)
    site.write("content/contests/spring.md", CONTEST.format("Spring", PICTURE))
    site.build()
    (second,) = drawn(site)
    assert (first[-3:], second[-3:]) == ("png", "jpg")
    buffer = BytesIO()
    Image.new("RGB", (700, 500), "red").save(buffer, "PNG")
    site.write("content/contests/kite.png", buffer.getvalue())
    site.build()
    (third,) = drawn(site)
    assert len({first, second, third}) == 3
    site.write("content/contests/spring.md", CONTEST.format("Autumn", PICTURE))
    site.build(use_cache=False)
    assert drawn(site) not in ([first], [second], [third])


def test_a_title_that_no_font_can_write_leaves_the_records_own_picture(site: Site) -> None:
    site.write("content/contests/spring.md", CONTEST.format("凧揚げ大会", ""))
    assert site.build().ok
    assert drawn(site) == []
    assert told(site, "contests/spring/") == {"twitter:card": "summary"}
    site.write("content/contests/spring.md", CONTEST.format("凧揚げ大会", PICTURE))
    assert site.build().ok
    assert told(site, "contests/spring/")["og:image"].startswith("https://example.org/media/kite.")


def test_switches_by_kind_and_for_the_whole_site(site: Site) -> None:
    site.write("site.yaml", f"{SETTINGS}outputs: {{share_images: {{contest: false, campaign: true}}}}\n")
    assert site.build().ok
    assert [path.partition(".")[0] for path in drawn(site)] == ["media/share-x"]
    site.write("site.yaml", f"{SETTINGS}outputs: {{share_images: {{contest: false, site: true}}}}\n")
    assert site.build().ok
    for page in ("", "contests/spring/", "campaigns/x/", "contests/"):
        assert told(site, page)["twitter:card"] == "summary_large_image"


def test_a_preview_draws_none(site: Site) -> None:
    assert site.build(preview=True).ok
    assert drawn(site) == []
