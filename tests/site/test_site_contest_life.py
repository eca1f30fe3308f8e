"""``--now`` stepped through the whole life of a contest: the page at each step, and which pages are made again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import MakeSite
from tests.support.lives import GOLDEN, SECOND, TURNS, steps, write_golden, write_life
from tests.support.seen import drop_hidden
from tests.support.site import Site
from tests.support.texts import contest

SHOWN_ON = {
    "index.html",
    "contests/index.html",
    "contests/2026/02/index.html",
    "2026/02/index.html",
    "contests/spring/index.html",
    "contests/spring/rules/index.html",
    "contests/autumn/index.html",  # names it as the contest before
    "campaigns/cups/index.html",
    "tags/cups/index.html",
}
"""The pages that show the state of the contest, its own, cards, lists and the home page."""


def pages_of(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.endswith(".html")}


def test_the_page_at_each_step_is_as_expected(tmp_path) -> None:
    """To renew what is expected: ``python -m tests.support.lives``."""
    assert write_golden(write_life(tmp_path)).splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_only_pages_that_show_the_state_are_made_again(tmp_path) -> None:
    site = write_life(tmp_path)
    assert site.build(now=TURNS[0][1] - timedelta(days=1)).ok
    found = {}
    for name, now in steps():
        before = pages_of(site)
        result = site.build(now=now)
        after = pages_of(site)
        changed = {path for path in after if before.get(path) != after[path]}
        assert result.rendered <= len(changed) == result.written, name
        found[name] = changed
    last = f"after: {TURNS[-1][0]}"
    story = "announcements/spring-is-over/index.html"  # from then on it is the story of the winners
    assert found == {name: SHOWN_ON if "after" in name else set() for name, _ in steps()} | {last: {*SHOWN_ON, story}}


@pytest.mark.parametrize(("name", "at"), TURNS)
def test_no_moment_near_a_turn_renders_anything(tmp_path, name: str, at: datetime) -> None:
    site = write_life(tmp_path)
    assert site.build(now=at).ok
    for now in (at + SECOND, at + timedelta(minutes=1)):
        assert site.build(now=now).rendered == 0


def test_nothing_of_the_result_is_in_the_source_before_it_is_announced(tmp_path) -> None:
    site = write_life(tmp_path)
    due = TURNS[-1][1]
    words = ("Ana Ruiz", "The full result", ">Blue<", 'id="winners"', "Spring is over")
    for now in (TURNS[0][1], TURNS[3][1], due - SECOND):
        assert site.build(now=now).ok
        assert [word for word in words if word in site.text("contests/spring/")] == []
    assert site.build(now=due).ok
    assert [word for word in words if word not in site.text("contests/spring/")] == []


def test_a_result_without_an_announcement_waits_for_the_end(make_site: MakeSite) -> None:
    """Where no instant is promised, the result may be seen when all has been decided."""
    text = contest(more="voting: {opens: 2026-07-02 09:00, closes: 2026-07-09 17:00, url: /vote/}\nresults: cups\n")
    text = text.replace("winners_announced: 2026-07-15 12:00\n", "")
    site = make_site({"content/contests/a.md": text, "content/pages/vote.md": "---\ntitle: Vote\n---\nHere.\n"})
    site.write("content/data/cups.csv", "cup,votes\nBlue,12\n")
    end = datetime(2026, 7, 9, 16, tzinfo=UTC)
    for now, shown in ((datetime(2026, 7, 2, tzinfo=UTC), False), (end - SECOND, False), (end, True)):
        assert site.build(now=now).ok
        assert (">Blue<" in site.text("contests/a/")) is shown


def test_the_result_of_a_void_contest_is_never_shown(make_site: MakeSite) -> None:
    site = make_site({"content/contests/a.md": contest(more="results: cups\nstatus_override: void\n")})
    site.write("content/data/cups.csv", "cup,votes\nBlue,12\n")
    assert site.build(now=datetime(2030, 1, 1, tzinfo=UTC)).ok
    assert ">Blue<" not in site.text("contests/a/")


ODD = [
    ("Asia/Kathmandu", "2026-06-10 00:00", "2026-06-09T18:15:00"),
    ("Asia/Kolkata", "2026-06-10 05:29:59", "2026-06-09T23:59:59"),
    ("Australia/Lord_Howe", "2026-04-05 01:45+11:00", "2026-04-04T14:45:00"),
    ("Australia/Lord_Howe", "2026-04-05 01:45+10:30", "2026-04-04T15:15:00"),
    ("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03T15:30:00"),
    ("America/St_Johns", "2026-11-01 01:30-02:30", "2026-11-01T04:00:00"),
    ("America/St_Johns", "2026-11-01 01:30-03:30", "2026-11-01T05:00:00"),
    ("America/New_York", "2026-03-08 03:00", "2026-03-08T07:00:00"),
    ("Africa/Casablanca", "2026-02-15 02:30+00:00", "2026-02-15T02:30:00"),
    ("Pacific/Kiritimati", "2026-12-31 23:59:59", "2026-12-31T09:59:59"),
]


@pytest.mark.parametrize(("zone", "closes", "utc"), ODD)
def test_it_closes_at_its_second_in_every_zone(make_site: MakeSite, zone: str, closes: str, utc: str) -> None:
    text = contest(more=f"timezone: {zone}\n").replace("2026-05-01 09:00", "2025-05-01 09:00")
    text = text.replace("closes: 2026-07-01 17:00", f"closes: {closes}").replace("2026-07-15", "2027-07-15")
    site = make_site({"content/contests/a.md": text})
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    found = []
    for now in (at - SECOND, at, at + SECOND):
        assert site.build(now=now).ok
        page = drop_hidden(site.text("contests/a/"))
        found.append(("Open</span>" in page, "Closed</span>" in page))
        assert f'data-life="open {utc}Z closed"' in page or now >= at
    assert found == [(True, False), (False, True), (False, True)]
