"""The gallery: only approved entries whose makers agreed are shown; of any other nothing leaves the source."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.conftest import MakeSite
from tests.support.site import SETTINGS, Site
from tests.support.texts import ENTERED

CONTEST = f"{ENTERED}Enter. Look at [an entry](../entries/spring/a7.md).\n"
GIVEN = "{given: true, given_on: 2026-05-12, how: Form}"
MARKS = ("Title-mark", "Maker-mark", "Region-mark", "CODEMARK", "Body-mark", "Alt-mark", "video-mark", "picture-mark")


def entry(moderation: str = "approved", consent: str = GIVEN, more: str = "") -> str:
    return (
        "---\ntitle: Title-mark\ncontest: spring\nby: Maker-mark\nregion: Region-mark\ncode: CODEMARK\n"
        f"date: 2026-05-12\nvideo: https://video.example.com/video-mark\ntags: [Tag-mark]\n"
        f"moderation: {moderation}\nconsent: {consent}\nimage: {{src: picture-mark.jpg, alt: Alt-mark}}\n{more}"
        "---\nBody-mark.\n"
    )


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    buffer = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera-mark"
    Image.new("RGB", (900, 600), "red").save(buffer, "JPEG", exif=exif)
    files = {
        "content/index.md": "---\ntitle: Home\n---\nHello.\n",
        "content/contests/spring.md": CONTEST,
        "content/entries/spring/a7.md": entry(),
        "content/entries/spring/picture-mark.jpg": buffer.getvalue(),
        "content/campaigns/x.md": "---\ntitle: X\ntags: [Tag-mark]\n---\nText.\n",
    }
    return make_site(files, SETTINGS)


def traces(site: Site) -> list[str]:
    everything = {path: data for path, data in site.files().items() if not path.startswith("campaigns")}
    marks = [*MARKS, "Camera-mark"]
    return [
        f"{mark} in {path}"
        for mark in marks
        for path, data in everything.items()
        if mark.encode() in data or mark.lower() in path.lower()
    ]


def test_an_entry_has_a_page_and_stands_in_the_gallery(site: Site) -> None:
    result = site.build()
    assert result.ok, result.problems
    page = site.text("entries/a7/")
    for mark in MARKS:
        assert mark in page
    assert 'property="og:title" content="Title-mark"' in page
    contest = site.text("contests/spring/")
    assert 'id="gallery"' in contest
    assert "entries/a7/" in site.text("sitemap.xml")
    assert not [trace for trace in traces(site) if "Camera" in trace]


@pytest.mark.parametrize(
    "text",
    [
        entry("pending"),
        entry("rejected"),
        entry(consent="{given: false}"),
        entry(consent="{given: true, given_on: 2026-05-12, how: Form, scope: [print]}"),
        entry(more="draft: true\n"),
        entry(more="withdrawn_on: 2026-05-20\n"),
        entry(more="withdrawn_on: 2027-05-20\n"),
    ],
    ids=["pending", "rejected", "no consent", "print only", "draft", "withdrawn", "withdrawn later"],
)
@pytest.mark.parametrize("drafts", [False, True])
def test_any_other_leaves_no_trace(site: Site, text: str, drafts: bool) -> None:
    assert site.build().ok
    assert traces(site)
    site.write("content/entries/spring/a7.md", text)
    result = site.build(drafts=drafts and "draft: true" not in text)
    assert result.ok, result.problems
    assert traces(site) == []
    assert "entries/a7" not in site.text("sitemap.xml")
    assert "entries/a7" not in site.text("contests/spring/")
    assert ("entries/a7/index.html" in site.files()) == ("withdrawn_on" in text)


def test_a_withdrawn_entry_leaves_a_notice_without_anything_of_it(site: Site) -> None:
    site.write("content/entries/spring/a7.md", entry(more="withdrawn_on: 2026-05-20\naliases: [/old/]\n"))
    result = site.build()
    assert [(one.rule, one.path) for one in result.problems if one.rule == "orphan-page"] == []
    assert [(one.path, one.reason) for one in result.withheld] == [("content/entries/spring/a7.md", "withdrawn")]
    page = site.text("entries/a7/")
    assert "This entry was withdrawn" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "<img" not in page.partition("<main")[2].partition("</main>")[0]
    assert "entries" not in site.text("sitemap.xml")
    again = site.build()
    assert again.rendered == 0
    site.delete("content/entries/spring/a7.md")
    site.write("content/contests/spring.md", CONTEST.replace("[an entry](../entries/spring/a7.md)", "it"))
    assert site.build().ok
    assert "entries/a7/index.html" not in site.files()


@pytest.mark.parametrize("switch", ["true", "false"])
def test_a_picture_goes_to_networks_only_where_its_maker_agreed(site: Site, switch: str) -> None:
    site.write("site.yaml", f"{SETTINGS}outputs: {{share_images: {{entry: {switch}}}}}\n")
    assert site.build().ok
    page = site.text("entries/a7/")
    drawn = page.partition('property="og:image" content="')[2].partition('"')[0]
    assert "/share-a7." in drawn if switch == "true" else "/share-site." in drawn
    assert not [path for path in site.files() if path.startswith("media/share-a7") and path.endswith(".jpg")]
    assert "<img" in page
    wide = GIVEN.replace("how: Form", "how: Form, scope: [site, networks]")
    site.write("content/entries/spring/a7.md", entry(consent=wide))
    assert site.build().ok
    told = site.text("entries/a7/").partition('property="og:image" content="')[2].partition('"')[0]
    assert ("/share-a7." in told and told.endswith(".jpg")) if switch == "true" else "/media/picture-mark." in told


def test_entries_stand_by_place_then_newest_first(site: Site) -> None:
    def one(title: str, day: str, more: str = "") -> str:
        head = f"title: {title}\ncontest: spring\ndate: {day}\n{more}"
        return f"---\n{head}moderation: approved\nconsent: {GIVEN}\n---\nIt.\n"

    site.write("content/entries/spring/a7.md", one("Old", "2026-05-02"))
    site.write("content/entries/spring/b7.md", one("New", "2026-05-03"))
    site.write("content/entries/spring/c7.md", one("Second", "2026-05-01", "weight: 2\n"))
    site.write("content/entries/spring/d7.md", one("First", "2026-05-01", "weight: 1\n"))
    assert site.build().ok
    gallery = site.text("contests/spring/").partition('id="gallery"')[2]
    places = [gallery.index(f">{title}<") for title in ("First", "Second", "New", "Old")]
    assert places == sorted(places)
