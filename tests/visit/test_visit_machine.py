"""What machines read of whole sites: feeds, the sitemap, structured data, and the facts that pages give to networks."""

from __future__ import annotations

import json

import feedparser
import pytest
from lxml import etree

from tests.support.files import find_pages, parse_page
from tests.support.machine import (
    NAMESPACES,
    find_feed_faults,
    find_json_feed_faults,
    find_sitemap_faults,
    find_values,
    read_structured_data,
)

pytestmark = pytest.mark.slow


def test_its_feeds_are_right(built):
    feeds = sorted(built.folder.rglob("feed.xml"))
    assert feeds
    assert {feed: found for feed in feeds if (found := find_feed_faults(feed.read_bytes()))} == {}


def test_a_reader_reads_its_feeds(built):
    for feed in sorted(built.folder.rglob("feed.xml")):
        read = feedparser.parse(feed.read_bytes())
        assert not read.bozo
        where = feed.relative_to(built.folder).as_posix()
        assert [entry.id for entry in read.entries if not entry.title or not entry.link] == [], where
        assert [link.href for link in read.feed.links if link.rel == "self"] == [built.base_url + where]


def test_its_json_feeds_say_the_same(built):
    for feed in sorted(built.folder.rglob("feed.json")):
        assert list(find_json_feed_faults(feed.read_bytes())) == [], feed
        twin = etree.fromstring(feed.with_suffix(".xml").read_bytes())
        ids = [item["id"] for item in json.loads(feed.read_bytes())["items"]]
        assert ids == twin.xpath("a:entry/a:id/text()", namespaces=NAMESPACES)


def test_its_sitemap_lists_pages_that_are_there(built):
    data = (built.folder / "sitemap.xml").read_bytes()
    assert find_sitemap_faults(data) == []
    addresses = etree.fromstring(data).xpath("s:url/s:loc/text()", namespaces=NAMESPACES)
    assert addresses
    for address in addresses:
        assert address.startswith(built.base_url)
        assert (built.folder / address.removeprefix(built.base_url) / "index.html").is_file(), address


def test_robots_are_shown_the_sitemap(built):
    assert f"Sitemap: {built.base_url}sitemap.xml" in (built.folder / "robots.txt").read_text(encoding="utf-8")


def test_the_manifest_names_icons_that_are_there(built):
    manifest = json.loads((built.folder / "site.webmanifest").read_bytes())
    assert manifest["name"]
    assert [icon["src"] for icon in manifest["icons"] if not (built.folder / icon["src"]).is_file()] == []


def test_structured_data_names_only_what_the_page_shows(built):
    """Texts that search engines are told must stand on the page for people, too."""
    missing = []
    for page in find_pages(built.folder):
        tree = parse_page(page)
        shown = " ".join(tree.text_content().split())
        for block in read_structured_data(page.read_text(encoding="utf-8")):
            assert block.get("@context") == "https://schema.org", page
            texts = find_values(block, {"headline", "reviewBody", "award", "jobTitle"})
            missing += [f"{page}: {text}" for text in texts if " ".join(text.split()) not in shown]
    assert not missing, "\n".join(missing)


def test_every_page_gives_networks_what_they_show(built):
    wrong = []
    for page in find_pages(built.folder):
        tree = parse_page(page)
        if tree.xpath("//meta[@http-equiv='refresh']") or page.name == "404.html":
            continue
        where = page.relative_to(built.folder).as_posix()
        address = built.base_url + where.removesuffix("index.html")
        if tree.xpath("string(//link[@rel='canonical']/@href)") != address:
            wrong.append(f"{where}: canonical is not {address}")
        for name in ("og:title", "og:type", "og:url"):
            if not tree.xpath(f"string(//meta[@property='{name}']/@content)"):
                wrong.append(f"{where}: no {name}")
        for image in tree.xpath("//meta[@property='og:image']/@content"):
            if not (built.folder / image.removeprefix(built.base_url)).is_file():
                wrong.append(f"{where}: {image} is not there")
    assert not wrong, "\n".join(wrong)
