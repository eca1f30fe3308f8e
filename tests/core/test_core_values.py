"""Every field type takes what its grammar says, refuses the rest in plain words, and never raises anything else."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinsite.core.values import TYPES, Place, Wrong, convert

LONDON = Place("Europe/London", "content/contests")


@pytest.mark.parametrize(("name", "text"), [(kind.name, text) for kind in TYPES.values() for text in kind.good])
def test_good_examples_are_taken(name, text):
    assert not isinstance(convert(name, text), Wrong)


@pytest.mark.parametrize(
    ("name", "text", "rule"), [(kind.name, text, rule) for kind in TYPES.values() for text, rule in kind.bad]
)
def test_bad_examples_are_refused(name, text, rule):
    found = convert(name, text)
    assert isinstance(found, Wrong)
    assert found.rule == rule
    assert found.message.endswith((".", "?"))
    assert found.hint


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("text", "  no ", "no"),
        ("text", "~", "~"),
        ("text", "null", "null"),
        ("date", "2026-06-01", date(2026, 6, 1)),
        ("whole", "-12", -12),
        ("whole", "007", 7),
        ("amount", "12.50", Decimal("12.50")),
        ("flag", "Yes", True),
        ("flag", "false", False),
        ("handle", "@kim_lee", "kim_lee"),
        ("hashtag", "#Spring2026", "Spring2026"),
        ("file", "./a/../photo.jpg", "photo.jpg"),
        ("file", "../images/photo.jpg", "../images/photo.jpg"),
        ("url", "https://example.com/ü?a=b#c", "https://example.com/ü?a=b#c"),
    ],
)
def test_values(name, text, value):
    found = convert(name, text, LONDON)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "message", "hint"),
    [
        ("whole", "1,000", '"1,000" is not a whole number.', "Write 1000, without separators."),
        ("whole", "12.0", '"12.0" is not a whole number.', "Write 12, without a fraction."),
        ("amount", "£1,200.50", '"£1,200.50" is not an amount.', "Write 1200.50, without separators."),
        ("amount", "12,5", '"12,5" is not an amount.', "Write 12.5, with a point."),
        ("amount", "=1+1", '"=1+1" is not an amount.', "Write digits, and a point before the fraction: 12.50."),
        ("amount", "9/1", '"9/1" is not an amount.', "Write digits, and a point before the fraction: 12.50."),
        ("amount", "£5-£7", '"£5-£7" is not an amount.', "Write digits, and a point before the fraction: 12.50."),
        ("amount", "inf", '"inf" is not an amount.', "Write digits, and a point before the fraction: 12.50."),
        ("flag", "on", '"on" is neither yes nor no.', "Write true, false, yes or no."),
        ("date", "2026/6/1", '"2026/6/1" is not a date.', "Write 2026-06-01."),
        ("target", "votes.example/goat", '"votes.example/goat" leads nowhere.', "Write https://votes.example/goat"),
        ("url", "www.example.com", '"www.example.com" is not a web address.', "Write https://www.example.com"),
        ("url", "kim@example.com", '"kim@example.com" is not a web address.', "Write mailto:kim@example.com"),
        ("zone", "London", 'There is no time zone "London". Did you mean "Europe/London"?', None),
        ("zone", "BST", 'There is no time zone "BST".', None),
        ("currency", "GPB", '"GPB" is not a currency.', "Write GBP."),
        ("currency", "eur", '"eur" is not a currency.', "Write EUR."),
        ("language", "en_gb", '"en_gb" is not a language.', "Write en-GB"),
        ("slug", "Größe & Spaß", '"Größe & Spaß" cannot be part of an address.', "Write grosse-spass."),
        ("file", "a\\b.jpg", '"a\\b.jpg" has a backslash in it.', "Write a/b.jpg."),
        (
            "instant",
            "2026-06-01",
            '"2026-06-01" is a day without a time.',
            "Write 2026-06-01 00:00 for the start of that day or 2026-06-01 23:59:59 for its end.",
        ),
        (
            "instant",
            "2026-06-01 9:00",
            '"2026-06-01 9:00" is not a time: the hour needs two digits.',
            "Write 2026-06-01 09:00.",
        ),
        (
            "instant",
            "2026-06-01 9:30 pm",
            '"2026-06-01 9:30 pm" is not a time: hours are counted from 00 to 23.',
            "Write 2026-06-01 21:30.",
        ),
        (
            "instant",
            "06/12/2026 12am",
            '"06/12/2026 12am" is not a time: hours are counted from 00 to 23.',
            "Write year-month-day and 00:00: 2026-06-01 00:00.",
        ),
        (
            "instant",
            "2026-06-01 24:00",
            'There is no time of day "24:00".',
            "Write 00:00 of the next day, or 23:59:59 of the same day.",
        ),
        (
            "instant",
            "2026-03-29 01:30",
            "There is no 01:30 on 2026-03-29 in Europe/London: the clocks go forward from 01:00 to 02:00.",
            "Write 2026-03-29 00:59:59 or 2026-03-29 02:00.",
        ),
        (
            "instant",
            "2026-10-25 01:30",
            "2026-10-25 01:30 happens twice in Europe/London, because the clocks go back.",
            "Write 2026-10-25 01:30+01:00 for the first time or 2026-10-25 01:30+00:00 for the second.",
        ),
    ],
)
def test_messages_say_what_to_write(name, text, message, hint):
    found = convert(name, text, LONDON)
    assert isinstance(found, Wrong)
    assert found.message == message
    assert hint is None or found.hint == hint


@pytest.mark.parametrize("text", ["2026", "12:30", "2026-06-01 12:30 pm", "1780000000", "2026-06-01T", "now"])
def test_an_instant_is_never_guessed(text):
    found = convert("instant", text, LONDON)
    assert isinstance(found, Wrong)
    assert found.rule == "not-an-instant"


@pytest.mark.parametrize(
    ("text", "zone", "local", "hours"),
    [
        ("2026-06-01 23:59", "Europe/London", datetime(2026, 6, 1, 23, 59), 1),
        ("2026-06-01T23:59:59", "America/New_York", datetime(2026, 6, 1, 23, 59, 59), -4),
        ("2026-06-01 12:00Z", "Europe/London", datetime(2026, 6, 1, 13, 0), 1),
        ("2026-06-01 12:00 +02:00", "Asia/Kolkata", datetime(2026, 6, 1, 15, 30), 5.5),
        ("2026-10-25 01:30+01:00", "Europe/London", datetime(2026, 10, 25, 1, 30), 1),
        ("2026-10-25 01:30+00:00", "Europe/London", datetime(2026, 10, 25, 1, 30), 0),
        ("2026-03-29 02:00", "Europe/London", datetime(2026, 3, 29, 2, 0), 1),
    ],
)
def test_instants(text, zone, local, hours):
    found = convert("instant", text, Place(zone))
    assert found.replace(tzinfo=None) == local
    assert found.tzinfo == timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "zone", "neighbours"),
    [
        ("2026-10-04 02:15", "Australia/Lord_Howe", ("2026-10-04 01:59:59", "2026-10-04 02:30")),
        ("2018-11-04 00:10", "America/Sao_Paulo", ("2018-11-03 23:59:59", "2018-11-04 01:00")),
        ("2011-12-30 12:00", "Pacific/Apia", ("2011-12-29 23:59:59", "2011-12-31 00:00")),
    ],
)
def test_a_gap_names_both_neighbours_in_every_zone(text, zone, neighbours):
    found = convert("instant", text, Place(zone))
    assert found.rule == "no-such-time"
    assert found.hint == f"Write {neighbours[0]} or {neighbours[1]}."
    for neighbour in neighbours:
        assert isinstance(convert("instant", neighbour, Place(zone)), datetime)


def test_instants_compare_exactly_across_a_change_of_the_clocks():
    first, second = (convert("instant", f"2026-10-25 01:30{offset}", LONDON) for offset in ("+01:00", "+00:00"))
    assert second - first == timedelta(hours=1)
    assert first < second


@pytest.mark.parametrize(
    "text", ["../../x.jpg", "../../../etc/passwd", "/etc/passwd", "C:\\x.jpg", "https://x.com/a.jpg"]
)
def test_a_file_never_lies_outside_the_content(text):
    assert isinstance(convert("file", text, LONDON), Wrong)


@given(st.sampled_from(sorted(TYPES)), st.text(), st.sampled_from(["Europe/London", "Pacific/Apia"]))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_any_text_is_a_value_or_has_a_message(name, text, zone):
    found = convert(name, text, Place(zone))
    assert isinstance(found, (Wrong, TYPES[name].python))


@given(
    st.datetimes(), st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Monrovia"])
)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_every_minute_has_one_meaning_or_is_refused(local, zone):
    found = convert("instant", f"{local.year:04}-{local:%m-%d %H:%M:%S}", Place(zone))
    if isinstance(found, Wrong):
        assert found.rule in {"no-such-time", "ambiguous-time", "no-such-date"}
    else:
        assert found.replace(tzinfo=None) == local.replace(microsecond=0)


@pytest.mark.parametrize("name", sorted(set(TYPES) - {"text"}))
def test_long_values_are_refused_at_once(name):
    assert convert(name, "a" * 1_000_000).rule == "too-long"
