"""The tests' own checks of machine files: they find planted faults."""

import json

from tests.support.machine import find_feed_faults, find_json_feed_faults, find_sitemap_faults

ENTRY = (
    "<entry><id>tag:example.org,2000:a</id><title>A</title><updated>2026-06-01T12:00:00+01:00</updated>"
    '<link rel="alternate" href="https://example.org/a/"/><summary type="text"></summary></entry>'
)
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>https://example.org/</id><title>T</title>'
    "<updated>2026-06-01T11:00:00Z</updated><author><name>B</name></author>"
    f'<link rel="self" type="application/atom+xml" href="https://example.org/feed.xml"/>{ENTRY}</feed>'
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://example.org/a/</loc><lastmod>2026-06-01</lastmod></url></urlset>"
)
ITEM = {"id": "a", "content_text": "", "date_published": "2026-06-01T12:00:00Z"}
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [ITEM]}
JSON |= {"home_page_url": "https://example.org/", "feed_url": "https://example.org/feed.json"}


def test_good_files_have_no_fault():
    assert find_feed_faults(FEED.encode()) == []
    assert find_sitemap_faults(SITEMAP.encode()) == []
    assert list(find_json_feed_faults(json.dumps(JSON).encode())) == []


def test_faults_of_feeds_are_found():
    for good, bad in (
        ("<id>tag:example.org,2000:a</id>", ""),
        ("2026-06-01T12:00:00+01:00", "2026-06-01"),
        ("2026-06-01T12:00:00+01:00", "2026-06-01T12:00:00"),
        ("2026-06-01T11:00:00Z", "2026-05-01T11:00:00Z"),
        ('rel="self"', 'rel="via"'),
        ("<author><name>B</name></author>", ""),
        ("https://example.org/a/", "/a/"),
        (ENTRY, ENTRY * 2),
    ):
        assert find_feed_faults(FEED.replace(good, bad).encode()), bad


def test_faults_of_sitemaps_are_found():
    place = "<loc>https://example.org/a/</loc>"
    for good, bad in ((place, "<loc>/a/</loc>"), ("2026-06-01", "1 June"), (place, "")):
        assert find_sitemap_faults(SITEMAP.replace(good, bad).encode()), bad


def test_faults_of_json_feeds_are_found():
    for name, bad in (("id", ""), ("date_published", "2026-06-01T12:00:00"), ("content_text", None)):
        item = {key: value for key, value in {**ITEM, name: bad}.items() if value is not None}
        assert list(find_json_feed_faults(json.dumps({**JSON, "items": [item]}).encode())), name
