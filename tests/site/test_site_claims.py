"""Claims on a whole site: how far they are told and until when, what their pages show, and the playbook."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest
import yaml

from tests.support.command import Outcome, run_command
from tests.support.machine import find_feed_faults
from tests.support.site import Site, write_site
from twinsite.build import BuildRequest, build_site
from twinsite.cache.memory import MemoryStore

CLAIM = "content/claims/mould.md"
PAGE = """\
---
title: The house blend passed every test
claim: A video says that the house blend is full of mould.
status: false
severity: {severity}
first_seen: 2026-05-29
{more}what_to_do: |
  You can go on drinking it.
  Is your bag damp? Send us a picture.
what_we_know: Three laboratories found no mould.
evidence: [{{title: Report, date: 2026-05-30, url: "https://lab.example/report", by: Northfield Laboratory}}]
where: [{{platform: A video, url: "https://video.example/1"}}]
updates:
  - {{at: 2026-05-29 18:30, text: We are looking into it.}}
  - at: 2026-05-30 09:00
    text: |
      Nothing was found.
      The report is above.
products: [blend]
campaigns: [spring]
private: {{notes: marker-notes, approved_by: marker-approver}}
---

The bags were *bought* in shops.
"""
BASE = {
    "content/index.md": "---\ntitle: Home\n---\n[About](pages/about.md)\n",
    "content/products/blend.md": "---\ntitle: House blend\ntags: [coffee]\n---\n",
    "content/products/cups.md": "---\ntitle: Cups\ntags: [coffee]\n---\n",
    "content/campaigns/spring.md": "---\ntitle: Spring\nproducts: [blend]\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\nHello.\n",
}
NEAR = ("products/blend/", "campaigns/spring/")
FAR = ("", "products/cups/", "about/", "products/", "404.html")
ALERT, NOTE = '<p class="site-alert"', 'class="near-alert"'
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PLAYBOOK = """\
approver: {name: Noor Haddad, phone: "+44 7700 900461"}
backup: {name: Ann Lee, email: ann@night.example}
drilled: 2026-05-01
contact: {name: Customer care, email: care@example.org}
channels: [this site, shops]
levels:
  high:
    means: Somebody was hurt --- or "could be".
    statement: |
      We have heard that somebody was hurt: <b>not</b> known yet.
      # The next word comes at noon.
    what_to_do: |
      Do not drink it.
      Call a doctor first.
    channels: [this site, a call to each shop]
"""


def write(severity: str = "high", more: str = "") -> str:
    return PAGE.format(severity=severity, more=more)


@pytest.fixture
def site(make_site) -> Site:
    made: Site = make_site({**BASE, CLAIM: write()})
    made.build()
    return made


def pages_with(site: Site, mark: str) -> set[str]:
    return {page for page in (*NEAR, *FAR) if mark in site.text(page)}


def without_times(files: dict[str, bytes]) -> dict[str, bytes]:
    """All pages but the claim's own, the lists and what machines read."""
    return {name: data for name, data in files.items() if name.endswith(".html") and not name.startswith("claims/")}


def test_it_is_told_as_far_as_its_severity_goes_and_pages_change_back_when_it_closes(site: Site, make_site) -> None:
    assert pages_with(site, ALERT) == {*NEAR, *FAR}
    assert ALERT not in site.text("claims/mould/")
    assert pages_with(site, NOTE) == set()
    site.write(CLAIM, write("medium"))
    medium = site.build()
    assert (pages_with(site, ALERT), pages_with(site, NOTE)) == (set(), set(NEAR))
    site.write(CLAIM, write("low"))
    assert site.build().rendered < medium.rendered
    low = without_times(site.files())
    assert pages_with(site, ALERT) == pages_with(site, NOTE) == set()
    for severity in ("high", "medium"):
        site.write(CLAIM, write(severity, "closed: 2026-06-02 12:00\n"))
        site.build()
        assert without_times(site.files()) != low
        assert 'data-life="open 2026-06-02T11:00:00Z closed"' in site.text("products/blend/")
        site.build(now=datetime(2026, 6, 2, 11, 0, tzinfo=UTC))  # noon in London
        assert without_times(site.files()) == low
        assert "mould" in site.text("claims/")


def test_a_build_in_steps_is_the_build_at_once(site: Site, tmp_path: Path) -> None:
    """What is kept from build to build never shows: on the disk, nor in a preview that stays open."""
    steps = [write("low"), write("medium"), write("high", "closed: 2026-06-01 13:30\n"), write("high", "draft: yes\n")]
    memory = MemoryStore()
    open_one = replace(site, output=tmp_path / "open")
    for number, text in enumerate(steps):
        for hour in (12, 13):
            site.write(CLAIM, text)
            now = datetime(2026, 6, 1, hour, 0, tzinfo=UTC)
            fresh = write_site(tmp_path / f"{number}-{hour}", {**BASE, CLAIM: text})
            fresh.build(now=now, use_cache=False)
            site.build(now=now)
            build_site(BuildRequest(site.folder, open_one.output, now=now), memory)
            assert visible(site) == visible(open_one) == visible(fresh)


def visible(site: Site) -> dict[str, bytes]:
    """All that visitors get, without our own record of the folder."""
    return {name: data for name, data in site.files().items() if not name.startswith(".twinsite")}


def test_the_page_tells_the_fact_first_then_the_claim_then_what_shows_it(site: Site) -> None:
    text = site.text("claims/mould/")
    order = ["The claim is false", "<h1>", "You can go on", "Three laboratories", "A video says"]
    order += ["<em>bought</em>", "Northfield"]
    order += ["Nothing was found.", "We are looking into it."]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    times = re.findall(r'<li id="update-(\w+)"><h3><a href="#update-\1"><time datetime="([^"]+)"', text)
    assert times == [
        ("20260530T080000Z", "2026-05-30T09:00:00+01:00"),
        ("20260529T173000Z", "2026-05-29T18:30:00+01:00"),
    ]
    assert "ClaimReview" not in text
    assert '<a rel="nofollow" href="https://video.example/1">' in text
    assert "<p>The report is above.</p>" in text


def test_its_feed_has_every_update_with_an_address_of_its_own(site: Site) -> None:
    feed = html5lib.parse(site.text("claims/mould/feed.xml"), treebuilder="etree", namespaceHTMLElements=False)
    found = [(entry.findtext("updated"), entry.find("link").get("href")) for entry in feed.iter("entry")]
    assert find_feed_faults((site.output / "claims/mould/feed.xml").read_bytes()) == []
    home = "https://example.org/claims/mould/"
    assert found == [
        ("2026-05-30T08:00:00Z", f"{home}#update-20260530T080000Z"),
        ("2026-05-29T17:30:00Z", f"{home}#update-20260529T173000Z"),
    ]
    assert 'type="application/atom+xml" title="The house blend passed every test"' in site.text("claims/mould/")
    assert "<lastmod>2026-05-30</lastmod>" in site.text("sitemap.xml")


def test_updates_are_locked_and_then_only_added(site: Site) -> None:
    assert run_command("lock", "mould", "--site", site.folder, "--now", "2026-06-01T12:00:00Z").code == 0
    lock = yaml.safe_load((site.folder / "content/locks/claim/mould.yaml").read_text(encoding="utf-8"))
    assert list(lock["locked"][0]["fields"]) == ["2026-05-29T17:30:00Z", "2026-05-30T08:00:00Z"]
    late = datetime(2026, 5, 30, 13, 0, tzinfo=UTC)
    assert site.build(now=late).problems == ()
    more = "  - {at: 2026-05-30 12:30, text: One more.}\nproducts"
    site.write(CLAIM, write().replace("products", more, 1))
    assert [(one.rule, one.line) for one in site.build(now=late).problems] == [("claim-not-locked", 19)]
    for before, after, line in (
        ("We are looking into it.", "It was never so.", 14),
        ("  - {at: 2026-05-29 18:30, text: We are looking into it.}\n", "", 13),
        ("updates:\n", "updates:\n  - {at: 2026-05-29 10:00, text: We knew.}\n", 14),
    ):
        site.write(CLAIM, write().replace(before, after, 1))
        assert [(one.rule, one.line) for one in site.build(now=late).problems] == [("locked-update-changed", line)]


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"' onclick=x javascript:alert(3)"


def test_nothing_that_is_written_becomes_markup_and_nothing_private_is_published(make_site) -> None:
    fields = yaml.safe_load(write("high").split("---")[1])
    evil = dict.fromkeys(("title", "claim", "what_to_do", "what_we_know", "summary"), EVIL)
    fields |= {**evil, "updates": [{"at": "2026-05-30 09:00", "text": EVIL}], "first_seen": "2026-05-29"}
    fields |= {"where": [{"platform": EVIL}], "evidence": [{"title": EVIL, "by": EVIL, "date": "2026-05-30"}]}
    fields |= {"status": "true", "remedy": {"affected": EVIL, "stop_using": "yes", "refund": EVIL, "how": EVIL}}
    fields |= {"contact": {"name": EVIL, "role": EVIL}}
    front = yaml.safe_dump(fields, allow_unicode=True, width=1000)
    made = make_site({**BASE, CLAIM: f"---\n{front}---\n", "playbook.yaml": PLAYBOOK})
    assert made.build().ok
    for name, data in made.files().items():
        for word in (b"marker-", b"7700", b"night.example", b"Somebody was hurt"):
            assert word not in data, name
        if name.endswith(".html"):
            root = html5lib.parse(data, namespaceHTMLElements=False)
            assert not [one for one in root.iter("img") if one.get("src") == "x"], name
            assert not [one for one in root.iter() if {"onclick", "onerror"} & set(one.keys())], name
            scripts = [one for one in root.iter("script") if one.get("type") != "application/ld+json"]
            assert all(one.get("src") and not one.text for one in scripts), name
    html5lib.parse(made.text("claims/mould/feed.xml"))
    assert "<script" not in made.text("claims/mould/feed.xml")


def new(site: Site, *options: str) -> Outcome:
    return run_command("new", "claim", *options, "--site", site.folder, "--now", "2026-06-01T12:00:30Z")


def test_one_line_leads_from_the_playbook_to_the_page(make_site) -> None:
    site = make_site({**BASE, "playbook.yaml": PLAYBOOK})
    asked = ("What we know about our coffee", "--level", "high", "--product", "blend")
    claim = ("--claim", 'A post says: "it burns"')
    outcome = new(site, *asked, *claim, "--publish", "NOOR  haddad")
    assert (outcome.code, outcome.out) == (0, "content/claims/what-we-know-about-our-coffee.md\n")
    assert "in this order: this site, a call to each shop." in outcome.err
    result = site.build()
    assert [problem.rule for problem in result.problems] == ["claim-not-locked"]
    text = site.text("claims/what-we-know-about-our-coffee/")
    assert "<li>Call a doctor first.</li>" in text
    assert "somebody was hurt: &lt;b&gt;not&lt;/b&gt; known yet." in text
    assert '<time datetime="2026-06-01T13:00:00+01:00">' in text
    assert "<p># The next word comes at noon.</p>" in text
    assert ALERT in site.text("")
    assert "Noor" not in text
    assert new(site, *asked, *claim).code == 1  # never over a file


def test_without_a_name_it_is_a_draft_and_what_does_not_fit_is_refused(make_site) -> None:
    site = make_site({**BASE, "playbook.yaml": PLAYBOOK})
    assert new(site, "What we know", "--level", "high").code == 0
    result = site.build()
    assert (result.problems, [one.path for one in result.withheld]) == ((), ["content/claims/what-we-know.md"])
    assert 'says nothing for the level "medium"' in new(site, "About it").err
    assert new(site, "It burns", "--level", "high", "--claim", "Posts say that it burns.").err.count("repeats") == 1
    assert new(site, "X", "--level", "high", "--publish", "Ann Lee").code == 2
    assert run_command("new", "product", "Y", "--level", "high", "--site", site.folder).code == 2
    site.write("playbook.yaml", PLAYBOOK.replace("approver", "aprover"))
    told = site.build().problems
    assert [(one.rule, one.path, one.line) for one in told] == [("unknown-field", "playbook.yaml", 1)]
    assert new(site, "Z", "--level", "high").err.count("unknown-field") == 1


def test_a_playbook_counts_in_a_build_that_follows_at_once(make_site) -> None:
    site = make_site({**BASE, "playbook.yaml": PLAYBOOK})

    def rules(now: datetime = NOON) -> list[str]:
        return [one.rule for one in site.build(now=now).problems]

    assert rules() == rules() == []
    assert rules(datetime(2027, 5, 3, tzinfo=UTC)) == ["playbook-not-drilled"]
    site.write("playbook.yaml", PLAYBOOK.replace("drilled: 2026-05-01\n", ""))
    assert rules() == ["playbook-not-drilled"]
    site.write("playbook.yaml", PLAYBOOK)
    assert rules() == []
