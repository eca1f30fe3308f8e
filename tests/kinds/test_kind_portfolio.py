"""A portfolio's numbers: recomputed by hand, by plain fractions, and as the page prints them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.command import run_command
from tests.support.site import write_site
from twinsite.core.draft import Column, Table
from twinsite.kinds.charts import Mark, draw_chart, find_top
from twinsite.kinds.twintern.model import Channel
from twinsite.kinds.twintern.portfolio import MOST_BARS, describe_series
from twinsite.kinds.twintern.series import read_series

TWINTERN = """---
name: Ana Lopez
handle: ana.pours
relationship: intern_paid
disclosure: Paid intern at Brightleaf.
programme: {programme: house, cohort: Spring 2026, starts: 2026-03-02, ends: 2026-08-28}
regions: [uk]
channels:
  - {network: Instagram, handle: ana.pours, url: "https://pictures.example/ana", followers: 900, as_of: 2026-05-01, metrics: ana-instagram}
  - {network: YouTube, handle: ana, metrics: films}
  - {network: TikTok, handle: ana.pours, followers: 3400, as_of: 2026-05-20}
entered: [cup]
---
"""  # noqa: E501
WEEKS = """Woche;Abonnenten;Beiträge;Reichweite;Likes;Kommentare;Geteilt;Gesichert
4.5.2026;1.000;2;2.000;90;6;3;1
11.5.2026;1.100;1;1.500;60;8;2;
18.5.2026;1.200;4;4.400;150;20;20;8
25.5.2026;1.250;0;;12;1;0;0
"""
WEEKS_SCHEMA = """title: Ana auf Instagram
source: Insights, read on 31 May 2026
format: {encoding: cp1252, delimiter: semicolon, decimal: ",", thousands: ".", dates: D.M.YYYY}
row: week
columns:
  Woche: {is: date}
  Abonnenten: {is: followers}
  Beiträge: {is: posts}
  Reichweite: {is: reach}
  Likes: {is: likes}
  Kommentare: {is: comments}
  Geteilt: {is: shares}
  Gesichert: {is: saves}
"""
FILMS = """Published,Title,Link,Account,Views,Likes,Comments,Length
"Apr 2, 2026",<b>Swans</b>,https://video.example/swans,@ana,1000,40,10,3:01
"Apr 9, 2026",Ben's own,https://video.example/ben,ben,9000,999,999,2:00
"May 3, 2026",Foam,https://video.example/foam,@ana,3000,60,0,4:10
"""
FILMS_SCHEMA = """format: {dates: "Mon D, YYYY"}
row: post
columns:
  Published: {is: date}
  Title: {is: title}
  Link: {is: url}
  Account: {is: account}
  Views: {is: impressions}
  Likes: {is: likes}
  Comments: {is: comments}
  Length: {skip: yes}
"""
CUP = """---
title: Cup
kind_of: judged
sponsor: {name: Brightleaf}
opens: 2026-07-01 09:00
closes: 2026-07-31 23:59:59
prizes: [{name: Mug, value: {amount: 12, currency: GBP}}]
---
"""
FILES = {
    "content/twinterns/ana-lopez.md": TWINTERN,
    "content/programmes/house.md": "---\ntitle: House\npurpose: To pour.\npaid: yes\n---\n",
    "content/contests/cup.md": CUP,
    "content/entries/swan.md": """---
title: A swan
contest: sip
twintern: ana-lopez
date: 2026-05-20
moderation: approved
consent: {given: yes, given_on: 2026-05-20, how: By e-mail}
---
""",
    "content/contests/sip.md": CUP.replace("Cup", "Sip"),
    "content/data/ana-instagram.csv": WEEKS.encode("cp1252"),
    "content/data/ana-instagram.schema.yaml": WEEKS_SCHEMA,
    "content/data/films.csv": FILMS,
    "content/data/films.schema.yaml": FILMS_SCHEMA,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = write_site(tmp_path_factory.mktemp("folio"), FILES)
    result = made.build()
    assert result.ok, result.problems
    return made


def words(page: str) -> str:
    """What a page says, without its tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("</small>", " ")).replace("\u202f", " ").split())


def test_rates_recomputed_by_hand_from_the_export(site):
    """Week 2 does not say what was saved, so its engagements are not known; week 4 not how many were reached.

    Engagements: 100, unknown, 198, 13. By reach 298 / 6,400; by followers 311 / 3,450 (weeks 1, 3 and 4); per post
    311 / (1,000 x 2 + 1,200 x 4 + 1,250 x 0) = 311 / 6,800. Single weeks by reach: 100 / 2,000 = 5 %, 198 / 4,400 =
    4.5 %; by followers 10 %, 16.5 %, 1.04 %; per post 5 % and 4.125 %.
    """
    page = words(site.text("twinterns/ana-lopez/"))
    assert "4.66 % engagements for each person reached 298 engagements ÷ 6,400 people reached × 100" in page
    assert "both added up over 2 weeks Median of a single week: 4.75 % (n = 2; from 4.50 % to 5.00 %)." in page
    assert "9.01 % engagements for each follower 311 engagements ÷ 3,450 followers × 100" in page
    assert "Median of a single week: 10.00 % (n = 3; from 1.04 % to 16.50 %)." in page
    assert "4.57 % engagements for each follower and post 311 engagements ÷ 6,800 followers × posts × 100" in page
    assert "Median of a single week: 4.56 % (n = 2; from 4.12 % to 5.00 %)." in page
    told = (
        "Counted as engagements: likes, comments, saves, shares. Left out of the rates because a number is missing: 1."
    )
    assert told in page
    assert "Engagements 100 median of a week (n = 3)" in page
    assert "People reached 2,000 median of a week (n = 3)" in page


def test_films_one_by_one(site):
    """Only Ana's own rows: 110 engagements of 4,000; single films 5 % and 2 %."""
    page = site.text("twinterns/ana-lopez/")
    assert "2.75 % engagements for each time it was shown 110 engagements ÷ 4,000 times shown × 100" in words(page)
    assert "Median of a single post: 3.50 % (n = 2; from 2.00 % to 5.00 %)." in words(page)
    assert "Ben&#39;s own" not in page
    assert "&lt;b&gt;Swans&lt;/b&gt;" in page
    assert "3:01" not in page


def test_the_newest_followers_count(site):
    """The export is newer than the field; together with TikTok's 3,400 they are 4,650, as of the older of the days."""
    page = words(site.text("twinterns/ana-lopez/"))
    assert "1,250 as of 25 May 2026" in page
    assert "count more than once 4,650 as of 20 May 2026" in page
    assert "900" not in page


def test_contests_that_were_entered(site):
    """Those that the person names, and those of published entries that name the person; the latter have a day."""
    page = site.text("twinterns/ana-lopez/")
    links = '<a href="../../contests/cup/">Cup</a><br><a href="../../contests/sip/">Sip</a>'
    assert f"Contests entered</dt><dd>{links}" in page
    assert "20 May 2026 Entered a contest: A swan" in words(page)


def test_charts_say_in_words_what_they_show(site):
    page = site.text("twinterns/ana-lopez/")
    assert page.count('role="img"') == len(re.findall(r"<title id=", page)) == len(re.findall(r"<desc id=", page)) >= 5
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "From 1,000 (4 May 2026) to 1,250 (25 May 2026). Lowest 1,000 (4 May 2026), highest 1,250" in words(page)
    assert "style=" not in page


HEADS = ("followers", "posts", "reach", "impressions", "likes", "comments", "shares", "saves")
NUMBER = st.none() | st.integers(0, 10**6)


def plain_median(values):
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[NUMBER] * len(HEADS)), min_size=1, max_size=64), st.sampled_from(("day", "week", "month")))
def test_rates_are_what_plain_fractions_say(rows, row):
    """Formula by formula: the sum of the engagements by the sum of the bases, and the median of single rows."""
    columns = (Column("d", "date", "D", means="date"), *(Column(name, "whole", name, means=name) for name in HEADS))
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + 31 * place).isoformat() for place in range(len(rows))]
    cells = tuple((day, *numbers) for day, numbers in zip(days, rows, strict=True))
    table = Table("t", "content/data/t.csv", "", columns, cells, row=row)
    found = describe_series(read_series(table, Channel(network="Instagram", handle="ana")))
    rates = {rate["formula"]: rate for rate in found["rates"]}
    told = [dict(zip(HEADS, numbers, strict=True)) for numbers in rows]
    for formula in ("by_reach", "by_impressions", "by_followers", "per_post"):
        pairs = []
        for one in told:
            parts = [one[name] for name in ("likes", "comments", "saves", "shares")]
            names = ("followers", "posts") if formula == "per_post" else (formula.removeprefix("by_"),)
            bases = [one[name] for name in names]
            if None not in parts and None not in bases:
                pairs.append((sum(parts), bases[0] * (bases[1] if len(bases) == 2 else 1)))
        base = sum(pair[1] for pair in pairs)
        assert (formula in rates) == bool(base)
        if base:
            rate = rates[formula]
            assert (rate["engagements"], rate["base"], rate["rows"]) == (sum(p[0] for p in pairs), base, len(pairs))
            exact = Fraction(100 * rate["engagements"], base)
            assert abs(Fraction(rate["percent"]) - exact) <= Fraction(1, 200)
            single = [Fraction(100 * one, of) for one, of in pairs if of]
            if rate["spread"]:
                assert rate["spread"]["n"] == len(single)
                assert abs(Fraction(rate["spread"]["median"]) - plain_median(single)) <= Fraction(1, 200)
                assert abs(Fraction(rate["spread"]["highest"]) - max(single)) <= Fraction(1, 200)
    assert len(found["table"]["rows"]) <= max(MOST_BARS, len(rows))
    for chart in found["charts"]:
        assert all(0 <= x <= 1000 and 0 <= y <= 1000 for x, y in chart["points"])
        assert [x for x, _ in chart["points"]] == sorted(x for x, _ in chart["points"])


@given(st.fractions(min_value=0, max_value=10**9))
def test_a_scale_is_round_and_high_enough(highest):
    top = find_top(highest)
    assert top >= highest
    assert top <= max(highest * 2, 1)


def test_marks_stand_where_their_days_are():
    """Three weeks, the second of them missing: the mark of the last stands in the middle of the last third."""
    chart = draw_chart([Mark(7, "a", Fraction(50)), Mark(21, "b", Fraction(100))], 7, Fraction(75))
    assert chart == {
        "points": [[166, 500], [833, 1000]],
        "slot": 333,
        "top": "100",
        "half": "50",
        "middle": 750,
    }


def test_the_profile_page_for_machines(site):
    """Google's fields of a profile page; every number with its day and its network, and no sum of several networks."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.text("twinterns/ana-lopez/"))
    (page,) = [one for one in map(json.loads, found) if one["@type"] == "ProfilePage"]
    person = page["mainEntity"]
    assert (person["@type"], person["name"], person["alternateName"]) == ("Person", "Ana Lopez", "ana.pours")
    assert person["sameAs"] == ["https://pictures.example/ana"]
    counters = [*person["interactionStatistic"], *person["agentInteractionStatistic"]]
    assert [
        (
            one["interactionType"].removeprefix("https://schema.org/"),
            one["userInteractionCount"],
            one["interactionService"]["name"],
            one.get("startTime"),
            one["endTime"],
        )
        for one in counters
    ] == [
        ("FollowAction", 1250, "Instagram", None, "2026-05-25"),
        ("LikeAction", 312, "Instagram", "2026-05-04", "2026-05-25"),
        ("LikeAction", 100, "YouTube", "2026-04-02", "2026-05-03"),
        ("FollowAction", 3400, "TikTok", None, "2026-05-20"),
        ("WriteAction", 7, "Instagram", "2026-05-04", "2026-05-25"),
        ("WriteAction", 2, "YouTube", "2026-04-02", "2026-05-03"),
    ]


def test_own_accounts_are_linked_as_such(site):
    assert '<a rel="me" href="https://pictures.example/ana">@ana.pours</a>' in site.text("twinterns/ana-lopez/")


def test_old_numbers_are_shown_as_of_their_day_and_noticed(tmp_path):
    """90 days after 25 May they still count as new; a day later the page says as of when they are, and a notice stands
    at the last row. A changed row of the export then makes the page anew, just as a first build would.
    """
    site = write_site(tmp_path, FILES)
    still = site.build(now=datetime(2026, 8, 23, 12, tzinfo=UTC))
    assert not [problem for problem in still.problems if problem.path.endswith("instagram.csv")]
    assert "Newer ones are not here yet" not in site.text("twinterns/ana-lopez/").partition("YouTube, post by post")[0]
    late = site.build(now=datetime(2026, 8, 24, 12, tzinfo=UTC))
    assert late.ok
    (old,) = [problem for problem in late.problems if problem.path.endswith("instagram.csv")]
    assert (old.rule, old.severity, old.line, old.column) == ("numbers-are-old", "notice", 5, 1)
    assert old.message == "The newest numbers on Instagram are 91 days old; the limit is 90 days."
    page = words(site.text("twinterns/ana-lopez/"))
    assert "These numbers are as of 25 May 2026. Newer ones are not here yet." in page
    assert "as of 20 May 2026 . No newer count." in page
    site.write("content/data/ana-instagram.csv", WEEKS.replace("4.400", "4.000").encode("cp1252"))
    site.build(now=datetime(2026, 8, 24, 12, tzinfo=UTC))
    again = site.text("twinterns/ana-lopez/")
    assert "298 engagements ÷ 6,000 people reached" in words(again)
    changed = {"content/data/ana-instagram.csv": WEEKS.replace("4.400", "4.000").encode("cp1252")}
    clean = write_site(tmp_path / "clean", {**FILES, **changed})
    clean.build(now=datetime(2026, 8, 24, 12, tzinfo=UTC))
    assert clean.text("twinterns/ana-lopez/") == again


def test_when_numbers_grow_old_is_foretold(tmp_path):
    """The film of 3 May, TikTok's count of 20 May and the week of 25 May, 91 days later; nothing after the term."""
    site = write_site(tmp_path, FILES)
    arguments = ("due", "--site", site.folder, "--now", "2026-06-01", "--within", "200d", "--format", "json")
    found = json.loads(run_command(*arguments).out)
    assert [change["at"][:10] for change in found if "old" in change["what"]] == [
        "2026-08-02",
        "2026-08-19",
        "2026-08-24",
    ]
    said = run_command("explain", "content/twinterns/ana-lopez.md", "--site", site.folder, "--now", "2026-06-01").out
    assert "At 2026-08-24 00:00 BST it says that some of its numbers are old." in said


def test_followers_in_a_field_are_noticed_only_where_no_export_has_newer_ones(tmp_path):
    site = write_site(tmp_path, FILES)
    now = datetime(2026, 8, 20, 12, tzinfo=UTC)
    old = [problem for problem in site.build(now=now).problems if problem.rule == "numbers-are-old"]
    found = [(problem.path.rpartition("/")[2], problem.line) for problem in old]
    assert found == [("films.csv", 4), ("ana-lopez.md", 11)]


def test_numbers_of_alumni_are_history(tmp_path):
    site = write_site(tmp_path, FILES)
    after = site.build(now=datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert [problem.rule for problem in after.problems if "data" in problem.path] == []
    assert "Newer ones are not" not in site.text("twinterns/ana-lopez/")


PEOPLE = {
    "content/programmes/house.md": """---
title: House
purpose: To pour.
paid: yes
starts: 2025-01-01
cohorts:
  - {name: Spring 2026, starts: 2026-03-02, ends: 2026-08-28, places: 2}
  - {name: Autumn 2026, starts: 2026-09-01, ends: 2027-02-26, places: 1}
  - {name: Spring 2025, starts: 2025-03-02, ends: 2025-08-28, paid: no, pay_note: course credit}
apply: {url: /twinterns/, opens: 2026-06-10 09:00, closes: 2026-06-20 18:00, steps: [Write to us.]}
---
""",
    **{
        f"content/twinterns/{name}.md": f"""---
name: {name.capitalize()}
handle: {name}
relationship: intern_paid
disclosure: Paid intern.
regions: [{region}]
channels: [{{network: {network}, handle: {name}}}]
programme: {{programme: house, {term}}}
---
"""
        for name, region, network, term in (
            ("ana", "Wales", "YouTube", "cohort: spring 2026, starts: 2026-03-02, ends: 2026-08-28"),
            ("ben", "Wales", "TikTok", "cohort: Autumn 2026, starts: 2026-09-01"),
            ("cem", "Kent", "YouTube", "cohort: Spring 2025, ends: 2025-08-28"),
            ("dee", "Kent", "YouTube", "cohort: Pilot, ends: 2024-08-28"),
        )
    },
}


def test_a_programme_shows_its_people_by_intake_region_and_channel(tmp_path):
    """The newest intake first; one that the programme does not declare comes last. Without a script all are shown."""
    site = write_site(tmp_path, PEOPLE)
    assert site.build().ok
    page = site.text("programmes/house/")
    told = words(page[page.index("folk") :])
    order = ["Autumn 2026", "Ben", "Spring 2026", "Ana", "Spring 2025", "Unpaid, course credit", "Cem", "Pilot", "Dee"]
    places = [told.index(word) for word in order]
    assert places == sorted(places)
    assert "By region Kent Cem alumni Dee alumni Wales Ana Ben incoming" in told
    assert "By channel TikTok Ben incoming YouTube Ana Cem alumni Dee alumni" in told
    assert "Applications open Wednesday 10 June 2026, 09:00 BST" in words(page)
    assert 'class="button"' not in page
    site.build(now=datetime(2026, 6, 10, 8, tzinfo=UTC))
    assert 'class="button" href="../../twinterns/"' in site.text("programmes/house/")
    site.build(now=datetime(2026, 9, 1, 8, tzinfo=UTC))
    later = words(site.text("programmes/house/"))
    assert "By region Kent Cem alumni Dee alumni Wales Ben Ana alumni" in later
    assert "The programme takes no applications now." in later


@pytest.mark.browser
def test_one_standing_can_be_chosen_without_a_script(tmp_path, serve_folder, page_at):
    site = write_site(tmp_path, PEOPLE)
    site.build()
    page = page_at(390, java_script_enabled=False)
    page.goto(serve_folder(site.output) + "programmes/house/")
    people = page.locator(".folk .person h4")
    assert people.count() == 4
    page.get_by_label("Here now").check()
    assert [people.nth(place).is_visible() for place in range(4)] == [False, True, False, False]
    assert not page.get_by_role("heading", name="Pilot").is_visible()
    page.get_by_label("Everybody").check()
    assert all(people.nth(place).is_visible() for place in range(4))


@pytest.mark.browser
def test_a_portfolio_on_paper_shows_the_numbers_of_its_charts(site, serve_folder, page_at):
    """The tables below the charts are folded up on a screen and open on paper; the charts keep their marks."""
    page = page_at(700)
    page.goto(serve_folder(site.output) + "twinterns/ana-lopez/")
    table = page.locator(".series table").first
    assert not table.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert table.is_visible()
    stroke = page.locator(".plot-line").first.evaluate("line => getComputedStyle(line).stroke")
    assert stroke == "rgb(51, 51, 51)"


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (
            "content/data/ana-instagram.csv",
            "18.5.2026",
            "11.5.2026",
            ("content/data/ana-instagram.csv", 4, 1, "Row 3 counts the same week as row 2: 2026-05-11."),
        ),
        (
            "content/data/films.csv",
            "video.example/foam",
            "video.example/swans",
            (
                "content/data/films.csv",
                4,
                20,
                "Row 3 counts the same post as row 1: https://video.example/swans.",
            ),
        ),
        (
            "content/data/films.csv",
            "@ana",
            "anna",
            (
                "content/twinterns/ana-lopez.md",
                10,
                32,
                'The table "films" has no row of the account "ana" on YouTube. Did you mean "anna"?',
            ),
        ),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_row(tmp_path, path, old, new, told):
    text = FILES[path].decode("cp1252") if isinstance(FILES[path], bytes) else FILES[path]
    encoded = text.replace(old, new).encode("cp1252" if isinstance(FILES[path], bytes) else "utf-8")
    result = write_site(tmp_path, {**FILES, path: encoded}).build()
    assert not result.ok
    wrong = [problem for problem in result.problems if problem.severity == "error"]
    assert [(problem.path, problem.line, problem.column, problem.message) for problem in wrong] == [told]


def test_two_accounts_on_one_network_need_a_column_that_tells_them_apart(tmp_path):
    twintern = TWINTERN.replace("  - {network: TikTok, handle: ana.pours, followers: 3400, as_of: 2026-05-20}\n", "")
    twintern = twintern.replace(", metrics: films", "").replace("network: YouTube", "network: Instagram")
    twintern = twintern.replace(", metrics: ana-instagram", "").replace("entered:", "metrics: ana-instagram\nentered:")
    result = write_site(tmp_path, {**FILES, "content/twinterns/ana-lopez.md": twintern}).build()
    (wrong,) = [problem for problem in result.problems if problem.severity == "error"]
    assert (wrong.rule, wrong.line) == ("columns-not-mapped", 11)
    assert wrong.message == 'The table "ana-instagram" does not say which row is of which account.'
    assert "{is: account}" in wrong.hint
