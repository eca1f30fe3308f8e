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


def drawn(site: Site, kept: str = "media/share-spring") -> list[str]:
    return [path for path in site.files() if path.startswith(kept)]


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
    for page in ("", "contests/", "campaigns/"):
        assert re.fullmatch(r"https://example.org/media/share-site\.\w+\.png", told(site, page)["og:image"])
        assert told(site, page)["og:image:alt"] == "Brightleaf"
    assert "/share-x." in told(site, "campaigns/x/")["og:image"]
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
    assert "/share-site." in told(site, "contests/spring/")["og:image"]
    site.write("content/contests/spring.md", CONTEST.format("凧揚げ大会", PICTURE))
    assert site.build().ok
    assert told(site, "contests/spring/")["og:image"].startswith("https://example.org/media/kite.")


def test_switches_by_kind_and_for_the_whole_site(site: Site) -> None:
    switches = "{contest: false, campaign: false, site: false}"
    site.write("site.yaml", f"{SETTINGS}outputs: {{share_images: {switches}}}\n")
    assert site.build().ok
    assert drawn(site, "media/share-") == []
    for page in ("", "contests/spring/", "campaigns/x/", "contests/"):
        assert told(site, page) == {"twitter:card": "summary"}


CLAIM = """\
---
title: The spring kite carries no paint
claim: A post says that the paint of the spring kite comes off.
status: false
first_seen: 2026-05-10
what_we_know: It is not painted.
what_to_do: Fly on.
evidence: [{title: Report, url: "https://lab.example/report", date: 2026-05-11}]
updates: [{at: 2026-05-10 12:00, text: We are looking into it.}]
contact: {name: Care, email: care@brightleaf.example}
---
Text.
"""


def test_a_claim_has_one_that_says_how_it_stands(site: Site) -> None:
    site.write("content/claims/paint.md", CLAIM)
    result = site.build()
    assert result.ok, [problem.message for problem in result.problems]
    alt = "The spring kite carries no paint. Claim · The claim is false"
    assert told(site, "claims/paint/")["og:image:alt"] == alt


def test_that_of_the_site_has_the_picture_of_the_home_page(site: Site) -> None:
    site.write("content/index.md", "---\ntitle: Home\nimage: {src: contests/kite.png, alt: A kite}\n---\nHello.\n")
    assert site.build().ok
    (path,) = drawn(site, "media/share-site")
    assert path.endswith(".jpg")
    assert {told(site, page)["og:image"] for page in ("", "contests/")} == {f"https://example.org/{path}"}


PEOPLE = {
    "content/twinterns/ana.md": "---\nname: Ana Lopez\nhandle: ana.pours\nrelationship: intern_paid\n"
    "disclosure: Paid intern\n---\nText.\n",
    **{
        f"content/showcases/{status}.md": f"---\nmedium: review\nauthor: {{name: Maria K.}}\nrelationship: gifted\n"
        f"published: 2026-05-01\nplatform: Shelf\nsource_url: https://shelf.example/1\n{more}"
        f"incentive: {{given: yes, what: A kite, disclosure: Got a kite}}\n"
        f"permission: {{status: {status}}}\nquote: It flies.\n---\n"
        for status, more in (("granted", ""), ("requested", ""))
    },
    "content/showcases/post.md": "---\nmedium: article\nauthor: {name: Maria K.}\nrelationship: none\n"
    "published: 2026-05-01\nplatform: The Post\nsource_url: https://post.example/1\n"
    "permission: {status: quotation}\nquote: It flies.\n---\n",
}


def test_people_and_voices_have_one_where_the_site_asks_and_the_author_agreed(site: Site) -> None:
    for path, text in PEOPLE.items():
        site.write(path, text)
    assert site.build().ok
    assert {told(site, page)["og:image:alt"] for page in ("twinterns/ana/", "showcases/granted/")} == {"Brightleaf"}
    site.write("site.yaml", f"{SETTINGS}outputs: {{share_images: {{twintern: true, showcase: true}}}}\n")
    assert site.build().ok
    assert told(site, "twinterns/ana/")["og:image:alt"] == "Ana Lopez. Twintern · Paid intern of the brand"
    voice = told(site, "showcases/granted/")
    assert voice["og:image:alt"] == "Review by Maria K. on Shelf. Showcase · Got the product as a gift"
    assert "/share-site." in told(site, "showcases/post/")["og:image"]
    names = {path.rpartition("/")[2].partition(".")[0] for path in drawn(site, "media/share-")}
    assert names == {"share-site", "share-ana", "share-granted", "share-spring", "share-x"}


def test_a_preview_draws_none(site: Site) -> None:
    assert site.build(preview=True).ok
    assert drawn(site, "media/share-") == []
