"""Calendars: one of the site and one of each contest, exact to the octet, the same as long as nothing was changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.support.calendars import find_calendar_faults, unfold
from tests.support.site import SETTINGS
from tests.support.texts import contest, named
from twinsite.render.icalendar import escape_text, write_calendar

VOTE = "voting: {opens: 2026-07-02 09:00, closes: 2026-07-09 17:00, url: 'https://votes.example/x'}\ndate: 2026-04-01\n"
VOID = 'amendments: [{date: 2026-05-20, change: "It is off, because of rain; sorry."}]\nstatus_override: void\n'
LONG = "Πέταξε έναν αετό πάνω από τη θάλασσα, 凧を揚げよう; " * 4


def events_of(site, path):
    data = (site.output / path).read_bytes()
    assert list(find_calendar_faults(data)) == []
    return [
        (
            event["SUMMARY"],
            event["DTSTART"].dt,
            int(event["SEQUENCE"]),
            str(event["STATUS"]),
        )
        for event in Calendar.from_ical(data).walk("VEVENT")
    ]


@pytest.fixture
def site(make_site):
    site = make_site(
        {
            "content/contests/spring.md": contest("Spring", VOTE),
            "content/contests/rain.md": contest("Rain", VOID + "timezone: Asia/Kathmandu\n"),
        }
    )
    assert site.build().ok
    return site


def test_a_contest_has_a_calendar_of_its_dates(site):
    assert events_of(site, "contests/spring/calendar.ics") == [
        ("Spring: Entries open", datetime(2026, 5, 1, 8, tzinfo=UTC), 0, "CONFIRMED"),
        ("Spring: Entries close", datetime(2026, 7, 1, 16, tzinfo=UTC), 0, "CONFIRMED"),
        ("Spring: Voting opens", datetime(2026, 7, 2, 8, tzinfo=UTC), 0, "CONFIRMED"),
        ("Spring: Voting closes", datetime(2026, 7, 9, 16, tzinfo=UTC), 0, "CONFIRMED"),
        ("Spring: Winners due", datetime(2026, 7, 15, 11, tzinfo=UTC), 0, "CONFIRMED"),
    ]


def test_an_amendment_raises_the_sequence_and_a_void_contest_is_cancelled(site):
    first, *_ = events_of(site, "contests/rain/calendar.ics")
    assert first == ("Rain: Entries open", datetime(2026, 5, 1, 3, 15, tzinfo=UTC), 1, "CANCELLED")


def test_the_site_has_all_of_them_in_order_of_time(site):
    found = events_of(site, "calendar.ics")
    assert len(found) == 8
    assert [at for _, at, *_ in found] == sorted(at for _, at, *_ in found)
    own = {line for line in unfold((site.output / "contests/spring/calendar.ics").read_bytes()) if line[:4] == "UID:"}
    assert own <= set(unfold((site.output / "calendar.ics").read_bytes()))


def test_the_stamp_is_the_last_day_that_the_content_tells_of(site):
    stamps = {
        name: {line for line in unfold((site.output / f"contests/{name}/calendar.ics").read_bytes()) if "STAMP" in line}
        for name in ("spring", "rain")
    }
    assert stamps == {"spring": {"DTSTAMP:20260331T230000Z"}, "rain": {"DTSTAMP:20260519T181500Z"}}


def test_a_calendar_does_not_change_because_time_passed(site):
    before = {path: data for path, data in site.files().items() if path.endswith(".ics")}
    assert len(before) == 3
    assert site.build(now=datetime(2030, 1, 1, tzinfo=UTC)).ok
    assert {path: data for path, data in site.files().items() if path.endswith(".ics")} == before


def test_a_record_that_moves_keeps_its_names(site):
    before = unfold((site.output / "contests/spring/calendar.ics").read_bytes())
    site.delete("content/contests/spring.md")
    site.write("content/contests/summer.md", contest("Spring", VOTE + "aliases: [/contests/spring/]\n"))
    assert site.build().ok
    after = unfold((site.output / "contests/summer/calendar.ics").read_bytes())
    assert [line for line in after if line.startswith("UID:")] == [line for line in before if line.startswith("UID:")]


def test_pages_lead_to_their_calendars(site):
    assert 'href="../../contests/spring/calendar.ics"' in site.text("contests/spring/")
    assert 'href="../calendar.ics"' in site.text("contests/")


def test_outputs_leave_them_out(make_site):
    switches = "outputs: {calendar: false, contest: {calendar: false}}\n"
    site = make_site({"content/contests/spring.md": contest()}, SETTINGS + switches)
    assert site.build().ok
    assert [path for path in site.files() if path.endswith(".ics")] == []
    assert "calendar.ics" not in site.text("contests/") + site.text("contests/spring/")


def test_a_site_without_contests_has_no_calendar(make_site):
    site = make_site({"content/campaigns/lark.md": named("Lark")})
    assert site.build().ok
    assert "calendar.ics" not in site.files()


def test_long_titles_of_all_scripts_are_folded_between_signs(make_site):
    site = make_site({"content/contests/kite.md": contest(f"'{LONG}\\ '", "summary: 'a\\b; c, d'\n")})
    assert site.build().ok
    assert events_of(site, "contests/kite/calendar.ics")[0][0].startswith(LONG.strip())
    text = "\n".join(unfold((site.output / "contests/kite/calendar.ics").read_bytes()))
    assert "DESCRIPTION:a\\\\b\\; c\\, d\n" in text
    assert ("θάλασσα\\, 凧を揚げよう\\; Π") in text


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


@settings(derandomize=True, database=None, deadline=None, max_examples=300)
@given(TEXTS, st.integers(min_value=0, max_value=80))
def test_any_text_comes_back_whole(text, before):
    line = f"SUMMARY:{'x' * before}{escape_text(text)}"
    data = str(write_calendar(f"BEGIN:VCALENDAR\n{line}\nEND:VCALENDAR\n")).encode()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    (found,) = (one for one in unfold(data) if one.startswith("SUMMARY:"))
    assert found == line
    plain = "".join(sign for sign in text if sign == "\n" or (ord(sign) > 31 and ord(sign) != 127))
    assert str(Calendar.from_ical(data)["SUMMARY"]) == "x" * before + plain
