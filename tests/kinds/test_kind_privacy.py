"""Nothing that is not meant for the public reaches a built site: private notes, hidden winners, shows without leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

CONTEST = """\
---
title: A cup of spring
kind_of: draw
sponsor: {name: Larkfield}
opens: 2026-03-02 09:00
closes: 2026-04-02 18:00
winners_announced: 2026-04-24 12:00
prizes: [{place: 1, name: Machine, quantity: 4, value: {amount: 640, currency: GBP}}]
winners:
  - {place: 1, name: Markerfull Openname, publish_as: full, consent: true}
  - {place: 1, name: Markergiven Shownsurname, region: K, publish_as: surname_region, consent: yes, entry: markerentry}
  - {place: 1, name: Markerinitials Markersecond, twintern: ana, publish_as: initials, consent: true}
  - {place: 1, name: Markerhidden, region: Markerregion, publish_as: withheld}
---
"""
TWINTERN = """\
---
name: Ana Lopez
handle: ana
relationship: none
private: {email: markermail@example.org, phone: markerphone, notes: markernotes, contract: markercontract}
---
"""
SHOWCASE = """\
---
medium: review
author: {name: Markerauthor}
relationship: none
published: 2026-02-11
quote: Markerquote.
permission: {status: revoked}
twintern: ana
private: {evidence: markerevidence, contact: markercontact, notes: markernotes}
---
"""
FILES = {
    "content/index.md": "---\ntitle: Larkfield\n---\n",
    "content/contests/spring.md": CONTEST,
    "content/twinterns/ana.md": TWINTERN,
    "content/showcases/maria.md": SHOWCASE,
}
DUE = datetime(2026, 4, 24, 11, 0, tzinfo=UTC)


def whole_output(site):
    return b"\n".join(site.files().values()).decode("utf-8", "replace").lower()


def whole_views(result):
    """Everything that any template could show."""
    pages = [page.view for page in result.plan.pages]
    return repr((pages, [document.view for document in result.plan.documents], result.plan.frame)).lower()


@pytest.mark.parametrize(("second", "announced"), [(-1, False), (0, True)])
def test_winners_are_published_as_they_agreed_and_not_a_second_early(make_site, second, announced):
    site = make_site(FILES)
    result = site.build(now=DUE + timedelta(seconds=second))
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    text = whole_views(result)
    for name in ("openname", "shownsurname"):
        assert (name in text) is announced
    for marker in ("markergiven", "markerentry", "markerinitials", "markersecond", "markerhidden", "markerregion"):
        assert marker not in text


def test_a_twintern_who_won_without_wanting_to_be_named_is_not_linked(make_site):
    site = make_site(FILES)
    result = site.build(now=DUE)
    views = {page.url: repr(page.view) for page in result.plan.pages}
    assert "/contests/spring/" not in views["/twinterns/ana/"]
    assert "/twinterns/ana/" not in views["/contests/spring/"]


def test_a_twintern_who_won_openly_is_linked_once_announced(make_site):
    openly = CONTEST.replace("publish_as: initials", "publish_as: full")
    site = make_site({**FILES, "content/contests/spring.md": openly})
    for now, linked in ((DUE - timedelta(seconds=1), False), (DUE, True)):
        views = {page.url: repr(page.view) for page in site.build(now=now).plan.pages}
        assert ("/contests/spring/" in views["/twinterns/ana/"]) is linked
        assert ("/twinterns/ana/" in views["/contests/spring/"]) is linked


def test_private_notes_and_what_is_not_permitted_stay_in_the_source(make_site):
    site = make_site(FILES)
    result = site.build(now=DUE)
    text = whole_views(result) + whole_output(site)
    for marker in ("mail", "phone", "notes", "contract", "author", "quote", "evidence", "contact"):
        assert f"marker{marker}" not in text
