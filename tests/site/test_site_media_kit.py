"""Media kits, link pages and press kits in a whole site: what is in them, and what never is."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.support.command import run_command
from tests.support.site import SETTINGS, Site, write_site

MARK = "KEEP-THIS-PLACE-TO-YOURSELF"
MORE = SETTINGS + (
    "brand: {name: Brightleaf, url: 'https://shop.example.org/start'}\n"
    "utm: {sites: ['https://club.example.org'], campaigns: {spring: spring-26}}\n"
)
ANA = """\
---
name: Ana Lopez
handle: ana.pours
relationship: intern_paid
disclosure: "Ad: paid intern at Brightleaf"
programme: {programme: bench}
photo: {src: ana.jpg, alt: Ana laughs, credit: Jo Fields}
channels:
  - {network: Mastodon, handle: ana, url: "https://social.example/@ana"}
works:
  - {title: A swan in milk, url: "https://video.example/swan", image: {src: swan.png, alt: A swan}, disclosure: Ad}
  - {title: The same swan, image: {src: swan.png, alt: A swan}, disclosure: Ad}
  - {title: Not to be passed on, image: {src: borrowed.jpg, alt: Borrowed}, disclosure: Ad}
  - {title: Long before, url: "https://video.example/before", published: 2020-01-01, relationship: none, disclosure: No}
kit:
  text: Ana films how coffee is poured.
  usage: Free in reports, with the credit.
  prices: [{what: A film, price: {amount: 400, currency: GBP}}, {what: A talk}]
  leave_out: [borrowed.jpg]
links:
  - {label: Buy it, url: "https://shop.example.org/lark?colour=red#top", campaign: spring}
  - {label: The club, url: "https://club.example.org/"}
  - {label: About us, url: ../pages/about.md}
  - {label: Not yet, url: ../pages/later.md}
  - {label: My garden, url: "https://garden.example/", relationship: none}
utm: bar-2
---
Text.
"""
PRESS = """\
---
title: Press
press:
  text: Brightleaf makes kites.
  facts: [{label: Kites, value: "1,200", as_of: 2026-05-01, source: Ledger}, {label: Founded, value: "2013"}]
  logos: [{src: mark.svg, alt: A kite}]
  photos: [{src: loft.jpg, alt: The loft, credit: Jo Fields}]
  usage: Free in reports.
  contacts: [{name: Press desk, email: press@brightleaf.example, phone: "+44 20 7946 0000"}]
---
Ask us.
"""
PLAIN = "---\nname: {0}\nhandle: {1}\nrelationship: employee\ndisclosure: Works here\n{2}---\nText.\n"


def photograph(colour: str, size: tuple[int, int] = (300, 200)) -> bytes:
    """A JPEG as a telephone writes it: turned, with the place and the owner's name."""
    image, exif = Image.new("RGB", size, colour), Image.Exif()
    exif[0x0112], exif[0x013B] = 6, MARK
    exif.get_ifd(0x8825)[29] = MARK
    buffer = BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=MARK.encode())
    return buffer.getvalue()


def draw(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (900, 500), colour).save(buffer, "PNG")
    return buffer.getvalue()


MARK_OF_THE_BRAND = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'
FILES: dict[str, str | bytes] = {
    "content/twinterns/ana.md": ANA,
    "content/twinterns/ana.jpg": photograph("brown"),
    "content/twinterns/borrowed.jpg": photograph("black"),
    "content/twinterns/swan.png": draw("white"),
    "content/twinterns/ben.md": PLAIN.format("Ben Moss", "ben.brews", ""),
    "content/twinterns/draft.md": PLAIN.format("Cleo Dray", "cleo", "draft: yes\nphoto: {src: ana.jpg, alt: X}\n"),
    "content/programmes/bench.md": "---\ntitle: The bench\npurpose: To learn.\npaid: yes\n---\nText.\n",
    "content/campaigns/spring.md": "---\ntitle: Spring\n---\nText.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "content/pages/later.md": "---\ntitle: Later\npublish_at: 2027-01-01 09:00\n---\nText.\n",
    "content/pages/press.md": PRESS,
    "content/pages/loft.jpg": photograph("green"),
    "content/pages/mark.svg": MARK_OF_THE_BRAND,
}
KIT = "twinterns/ana/kit/"
ZIP = f"{KIT}pictures.zip"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(tmp_path_factory.mktemp("kits"), FILES, MORE)
    result = site.build()
    assert result.ok, [problem.message for problem in result.problems]
    return site


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive by their names in its folder, in its order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name.partition("/")[0] for name in archive.namelist()} == {archive.namelist()[0].partition("/")[0]}
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_the_archive_has_the_portrait_and_the_works_once_each(site: Site) -> None:
    found = unpack(site.files()[ZIP])
    assert list(found) == ["README.txt", "manifest.json", "01-portrait.jpg", "02-a-swan-in-milk.png", "SHA256SUMS"]
    assert Image.open(BytesIO(found["01-portrait.jpg"])).size == (200, 300)
    assert Image.open(BytesIO(found["02-a-swan-in-milk.png"])).size == (900, 500)
    assert found["02-a-swan-in-milk.png"] in site.files().values()


def test_no_picture_tells_who_took_it_where(site: Site) -> None:
    assert any(MARK.encode() in data for data in FILES.values() if isinstance(data, bytes))
    for data in unpack(site.files()[ZIP]).values():
        assert MARK.encode() not in data
        assert b"Exif" not in data


def test_sums_and_manifest_are_true(site: Site) -> None:
    found = unpack(site.files()[ZIP])
    lines = [line.split("  ") for line in found["SHA256SUMS"].decode().splitlines()]
    assert {name: digest for digest, name in lines} == {
        name: sha256(data).hexdigest() for name, data in found.items() if name != "SHA256SUMS"
    }
    table = json.loads(found["manifest.json"])
    assert (table["title"], table["relationship"], table["usage"]) == (
        "Ana Lopez", "intern_paid", "Free in reports, with the credit.",
    )  # fmt: skip
    for told in table["files"]:
        data = found[told["file"]]
        assert (told["bytes"], told["sha256"]) == (len(data), sha256(data).hexdigest())
    assert table["files"][0] | {"bytes": 0, "sha256": ""} == {
        "file": "01-portrait.jpg", "shows": "Ana laughs", "credit": "Jo Fields", "bytes": 0, "sha256": "",
    }  # fmt: skip
    readme = found["README.txt"].decode()
    assert "Paid intern of the brand" in readme
    assert "Ad: paid intern at Brightleaf" in readme


def test_it_has_one_time_and_plain_permissions(site: Site) -> None:
    with zipfile.ZipFile(BytesIO(site.files()[ZIP])) as archive:
        for member in archive.infolist():
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert (member.create_system, member.external_attr >> 16, member.compress_type) == (3, 0o100644, 0)


def test_the_same_bytes_each_time_and_only_what_changed_anew(tmp_path: Path) -> None:
    site = write_site(tmp_path, FILES, MORE)
    assert site.build().ok
    first = site.files()
    again = site.build()
    assert (again.rendered, again.written) == (0, 0)
    site.write("content/pages/about.md", "---\ntitle: About\n---\nOther words.\n")
    assert site.build().ok
    assert site.files()[ZIP] == first[ZIP]
    fresh = Site(site.folder, tmp_path / "fresh")
    assert fresh.build(use_cache=False, jobs=1).ok
    assert {path: data for path, data in fresh.files().items() if path.endswith(".zip")} == {
        path: data for path, data in site.files().items() if path.endswith(".zip")
    }
    site.write("content/twinterns/swan.png", draw("pink"))
    assert site.build().ok
    swan = unpack(site.files()[ZIP])["02-a-swan-in-milk.png"]
    assert swan != unpack(first[ZIP])["02-a-swan-in-milk.png"]
    site.delete("content/twinterns/ana.md")
    site.write("site.yaml", SETTINGS)
    assert site.build().ok
    assert not [path for path in site.files() if path.startswith("twinterns/ana/")]


def test_who_is_withheld_has_no_kit_and_who_has_no_picture_no_archive(site: Site) -> None:
    made = [path for path in site.files() if path.startswith("twinterns/") and path.count("/") > 2]
    ben = ["twinterns/ben/kit/index.html"]
    assert sorted(made) == [f"{KIT}index.html", ZIP, "twinterns/ana/links/index.html", *ben]
    assert "pictures.zip" not in site.text("twinterns/ben/kit/")


def test_switches_take_both_away(site: Site, tmp_path: Path) -> None:
    other = write_site(tmp_path, FILES, f"{MORE}outputs: {{twintern: {{kit: no, links: no}}, page: {{press: no}}}}\n")
    assert other.build().ok
    assert not [path for path in other.files() if "/kit/" in path or "/links/" in path or path.endswith(".zip")]
    assert "/kit/" not in other.text("twinterns/ana/")


def test_the_kit_says_first_how_the_person_is_connected(site: Site) -> None:
    text = site.text(KIT)
    assert text.index("Paid intern of the brand") < text.index("Ana films how coffee is poured")
    assert "£400" in text
    assert "On request" in text
    assert f'href="../../../{ZIP}" download="ana.zip"' in text
    assert 'href="../../twinterns/ana/kit/"' in site.text("twinterns/ana/")


def read_links(text: str) -> dict[str, tuple[str, str]]:
    """The address and the ``rel`` of each link by its words, without those in ``<small>``."""
    found = re.findall(r"<a ([^>]*)>(.*?)</a>", text, re.S)
    links = {}
    for attributes, words in found:
        values = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        plain = re.sub(r"<small>.*?</small>|\s+", " ", words, flags=re.S).strip()
        links[plain] = (values["href"].replace("&amp;", "&"), values.get("rel", ""))
    return links


def test_links_say_who_pays_and_where_they_stood(site: Site) -> None:
    links = read_links(site.text("twinterns/ana/links/"))
    mark = "utm_source=links&utm_medium=referral"
    assert links["Buy it"] == (
        f"https://shop.example.org/lark?colour=red&{mark}&utm_campaign=spring-26&utm_content=bar-2#top", "sponsored",
    )  # fmt: skip
    assert links["The club"] == (
        f"https://club.example.org/?{mark}&utm_campaign=bench&utm_content=bar-2", "sponsored",
    )  # fmt: skip
    assert links["Brightleaf"][0].startswith(f"https://shop.example.org/start?{mark}&utm_campaign=bench")
    assert links["About us"] == ("../../../about/", "")
    assert links["My garden"] == ("https://garden.example/", "")
    assert links["Mastodon"] == ("https://social.example/@ana", "me")
    assert links["A swan in milk"] == ("https://video.example/swan", "sponsored")
    assert links["Long before"] == ("https://video.example/before", "")
    assert "Not yet" not in site.text("twinterns/ana/links/")
    assert "ana" not in " ".join(re.findall(r"utm_\w+=([\w-]*)", site.text("twinterns/ana/links/")))


def test_explain_knows_the_archive(site: Site) -> None:
    said = run_command("explain", f"/{ZIP}", "--site", site.folder, "--now", "2026-06-01T12:00:00Z")
    assert "ZIP file of the pictures of content/twinterns/ana.md: content/twinterns/ana.jpg" in said.out


def test_the_press_page_has_all_that_a_report_needs(site: Site) -> None:
    found = unpack(site.files()["press/press-kit.zip"])
    assert list(found) == ["README.txt", "manifest.json", "01-logo-mark.svg", "02-photo-loft.jpg", "SHA256SUMS"]
    assert found["01-logo-mark.svg"].decode() == FILES["content/pages/mark.svg"]
    assert MARK.encode() not in b"".join(found.values())
    text = site.text("press/")
    for words in ("Brightleaf makes kites.", "1,200", "as of", "1 May 2026", "Ledger", "press@brightleaf.example"):
        assert words in text
    assert 'href="../press/press-kit.zip" download="press.zip"' in text
    late = site.build(now=datetime(2026, 9, 1, tzinfo=UTC))
    assert late.ok
    told = [(p.rule, p.severity, p.path) for p in late.problems if p.path.endswith("press.md")]
    assert told == [("numbers-are-old", "notice", "content/pages/press.md")]


def test_a_count_without_a_day_is_refused_and_a_year_is_none(tmp_path: Path) -> None:
    site = write_site(tmp_path, {**FILES, "content/pages/press.md": PRESS.replace(", as_of: 2026-05-01", "")}, MORE)
    told = [(p.rule, p.field) for p in site.build().problems if p.severity == "error"]
    assert told == [("number-without-date", ("press", "facts", 0))]
