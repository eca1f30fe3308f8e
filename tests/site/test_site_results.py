"""Whole sites with scores and votes: never stale, never early, and of winners only what they agreed to."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import MakeSite
from tests.support.command import run_command
from tests.support.markup import find_faults
from tests.support.site import Site
from twinsite.cache.memory import MemoryStore

CONTEST = """\
---
title: A cup of spring
kind_of: judged
sponsor: {name: Larkfield Coffee Ltd.}
opens: 2026-03-02 09:00
closes: 2026-04-02 18:00
judging_ends: 2026-04-20 18:00
winners_announced: 2026-04-24 12:00
how_winners_are_told: By e-mail within seven days.
prizes:
  - {place: First, name: Machine, value: {amount: 640, currency: GBP}}
  - {place: Second, name: Coffee, quantity: 2, value: {amount: 120, currency: GBP}}
judging:
  criteria: [{name: Craft, weight: 60}, {name: Story, weight: 40}]
  panel: [{name: Ada Quill}, {name: Ben Rowe, independent: true}]
  scores: {table: marks, as_of: 2026-04-20, source: Score sheets of the panel}
winners:
  - {place: First, twintern: ana, publish_as: full, consent: true, entry: Blue hour, {DELIVERED}}
  - {place: Second, name: Markergiven Surname, region: Kent, {AGREED}, entry: Markerentry}
  - {place: Second, name: Markerhidden Markersecret, region: Markerregion, publish_as: withheld, entry: Markerfilm}
---
Show us your cup.
""".replace("{DELIVERED}", "status: delivered, delivered_on: 2026-05-01").replace(
    "{AGREED}", "publish_as: surname_region, consent: true"
)
MARKS = """\
entry,judge,Craft,Story
Blue hour,Ada Quill,9,8
Blue hour,Ben Rowe,8.5,9
Markerentry,Ada Quill,8,8
Markerentry,Ben Rowe,8,7
Markerfilm,Ada Quill,7,8
Markerfilm,Ben Rowe,7,7
Plain cup,Ada Quill,3,4
Plain cup,Ben Rowe,4,3
"""
ANA = "---\nname: Ana Lopez\nhandle: ana\nrelationship: contest_prize\ndisclosure: She won a machine.\n---\nHello.\n"
FILES = {
    "content/index.md": "---\ntitle: Larkfield\n---\n",
    "content/contests/spring.md": CONTEST,
    "content/data/marks.csv": MARKS,
    "content/twinterns/ana.md": ANA,
}
ANNOUNCED = datetime(2026, 4, 24, 11, 0, tzinfo=UTC)
AFTER = ANNOUNCED + timedelta(days=30)
PAGE = "contests/spring/"


def build(site: Site, now: datetime = AFTER, **options):
    result = site.build(now=now, jobs=1, **options)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    return result


def everything(site: Site) -> str:
    return b"\n".join(site.files().values()).decode("utf-8", "replace").casefold()


def test_the_standings_are_on_the_page_with_their_day_and_source(make_site: MakeSite) -> None:
    site = make_site(FILES)
    build(site)
    page = site.text(PAGE)
    assert find_faults(page) == []
    standings = page[page.index('id="standings"') :].split("</figure>")[0]
    assert '<th scope="row">Blue hour</th>' in standings
    assert "<b>8.65</b>" in standings
    assert "Score sheets of the panel, as of <time" in standings
    assert standings.count("Not named") == 2


def test_nothing_of_the_result_is_anywhere_a_second_before_the_winners_are(make_site: MakeSite) -> None:
    site = make_site(FILES)
    result = build(site, ANNOUNCED - timedelta(seconds=1))
    views = repr([page.view for page in result.plan.pages]).casefold()
    for word in ("blue hour", "plain cup", "8.65", "score sheets"):
        assert word not in everything(site)
        assert word not in views
    build(site, ANNOUNCED)
    assert "blue hour" in everything(site)


def test_a_withheld_winner_leaves_no_trace_in_any_file(make_site: MakeSite) -> None:
    feeds = "outputs: {feeds: {site: true, contest: true, twintern: true}}\n"
    site = make_site(FILES, "title: B\nbase_url: https://example.org/\ntimezone: Europe/London\n" + feeds)
    result = build(site)
    text = everything(site) + repr([page.view for page in result.plan.pages]).casefold()
    text += repr([document.view for document in result.plan.documents]).casefold()
    for marker in ("markerhidden", "markersecret", "markerregion", "markerfilm", "markerentry", "markergiven"):
        assert marker not in text
    assert "Surname" in site.text(PAGE)
    assert "<small>Kent</small>" in site.text(PAGE)


def test_a_winner_and_the_twintern_lead_to_each_other(make_site: MakeSite) -> None:
    site = make_site(FILES)
    build(site)
    assert '<a href="../../twinterns/ana/">Ana Lopez</a>' in site.text(PAGE)
    won = site.text("twinterns/ana/")
    assert "Contests won" in won
    assert 'href="../../contests/spring/"' in won
    build(site, ANNOUNCED - timedelta(seconds=1))
    assert "contests/spring" not in site.text("twinterns/ana/")


def test_a_change_of_the_table_alone_changes_the_page(make_site: MakeSite) -> None:
    site = make_site(FILES)
    build(site)
    site.write("content/data/marks.csv", MARKS.replace("Plain cup,Ada Quill,3,4", "Plain cup,Ada Quill,5,4"))
    result = build(site)
    assert result.rendered < result.pages
    assert "<b>4.10</b>" in site.text(PAGE)
    fresh = make_site({**FILES, "content/data/marks.csv": (site.folder / "content/data/marks.csv").read_text("utf-8")})
    build(fresh)
    assert site.files() == fresh.files()


def test_a_change_of_the_schema_alone_changes_the_page(make_site: MakeSite) -> None:
    schema = (
        "columns:\n  entry: text\n  judge: text\n  a: {type: amount, label: Craft}\n  b: {type: amount, label: Story}\n"
    )
    table = MARKS.replace("Craft,Story", "a,b")
    site = make_site({**FILES, "content/data/marks.csv": table, "content/data/marks.schema.yaml": schema})
    build(site)
    first = site.text(PAGE)
    exchanged = schema.replace("a: {", "c: {").replace("b: {", "a: {")
    site.write("content/data/marks.schema.yaml", exchanged.replace("c: {", "b: {"))
    build(site)
    assert site.text(PAGE) != first


def test_a_change_of_the_table_alone_can_make_the_winners_wrong_and_right_again(make_site: MakeSite) -> None:
    site = make_site(FILES)
    build(site)
    whole = site.files()
    best = MARKS.replace("Plain cup,Ada Quill,3,4", "Plain cup,Ada Quill,10,10")
    site.write("content/data/marks.csv", best.replace("Plain cup,Ben Rowe,4,3", "Plain cup,Ben Rowe,10,10"))
    for _ in range(2):
        result = site.build(now=AFTER, jobs=1)
        assert [problem.rule for problem in result.problems] == ["winner-not-by-result"] * 2
        assert "that goes to" in result.problems[0].message
        assert '"Plain cup" (a score of 10.00)' in result.problems[0].message
        assert site.files() == whole
    site.write("content/data/marks.csv", MARKS)
    build(site)
    assert site.files() == whole


def test_a_preview_tells_of_a_wrong_table_and_forgets_it_when_it_is_right(make_site: MakeSite) -> None:
    site, memory = make_site(FILES), MemoryStore()
    from twinsite.build import BuildRequest, build_site

    def look():
        request = BuildRequest(site=site.folder, output=site.output, now=AFTER, preview=True, jobs=1)
        return [(one.rule, one.path, one.line) for one in build_site(request, memory).problems]

    assert look() == []
    site.write("content/data/marks.csv", MARKS.replace("Ben Rowe,4,3", "Ben Rowe,41,3"))
    assert look() == [("score-out-of-range", "content/data/marks.csv", 9)]
    site.write("content/data/marks.csv", MARKS)
    assert look() == []


def test_everything_that_is_wrong_is_told_in_one_run(make_site: MakeSite) -> None:
    broken = MARKS.replace("8.5,9", "8.5,99").replace("Ada Quill,3,4", "Ida Quill,3,4")
    site = make_site(
        {**FILES, "content/data/marks.csv": broken, "content/pages/a.md": "---\ntitle: A\n---\n[x](b.md)\n"}
    )
    result = site.build(now=AFTER, jobs=1)
    assert [(one.rule, one.line) for one in result.problems] == [
        ("score-out-of-range", 3),
        ("unknown-judge", 8),
        ("broken-link", 4),
    ]


def test_decimal_commas_count_where_the_schema_says_so(make_site: MakeSite) -> None:
    commas = "entry;judge;Craft;Story\nBlue hour;Ada Quill;8,5;9\nBlue hour;Ben Rowe;8;9\n"
    columns = "columns: {entry: text, judge: text, Craft: amount, Story: amount}\n"
    schema = "format: {delimiter: semicolon, decimal: ','}\n" + columns
    contest = CONTEST.split("winners:\n")[0] + "---\nShow us.\n"
    plain = "format: {delimiter: semicolon}\n"
    tables = {"content/data/marks.csv": commas, "content/data/marks.schema.yaml": plain}
    site = make_site({**FILES, "content/contests/spring.md": contest, **tables})
    (problem,) = site.build(now=ANNOUNCED - timedelta(days=1), jobs=1).problems
    assert (problem.rule, problem.path, problem.line, problem.column) == (
        "not-an-amount",
        "content/data/marks.csv",
        2,
        21,
    )
    assert 'format: {decimal: ","}' in problem.hint
    site.write("content/data/marks.schema.yaml", schema)
    build(site, ANNOUNCED - timedelta(days=1))


def test_places_of_a_yaml_table_are_found(make_site: MakeSite) -> None:
    row = "- {entry: Blue hour, judge: Ada Quill, Craft: 8, Story: 9}\n"
    rows = row + row.replace("Ada Quill", "Bo Rowe")
    files = {name: text for name, text in FILES.items() if not name.endswith("marks.csv")}
    site = make_site({**files, "content/data/marks.yaml": rows})
    found = [(one.rule, one.line, one.column) for one in site.build(now=AFTER, jobs=1).problems]
    assert found == [("unknown-judge", 2, 29)]


OVERDUE = CONTEST.split("winners:\n")[0].replace(
    "winners_announced: 2026-04-24 12:00", "winners_announced: 2026-06-10 12:00"
)


def test_overdue_winners_are_said_on_the_page_from_the_very_instant(make_site: MakeSite) -> None:
    site = make_site({**FILES, "content/contests/spring.md": OVERDUE + "---\nShow us.\n"})
    due = datetime(2026, 6, 10, 11, 0, tzinfo=UTC)
    build(site, due - timedelta(seconds=1))
    assert "The winners are late" not in site.text(PAGE)
    result = build(site, due)
    assert "The winners are late" in site.text(PAGE)
    assert result.rendered < result.pages
    assert [(one.rule, one.severity, one.overdue) for one in result.problems] == [("winners-overdue", "notice", True)]
    again = build(site, due + timedelta(days=40))
    assert again.rendered == 0


def test_overdue_winners_stop_check_and_not_build_and_are_listed_by_due(make_site: MakeSite) -> None:
    site = make_site({**FILES, "content/contests/spring.md": OVERDUE + "---\nShow us.\n"})
    before, after = "2026-06-10T10:59:59Z", "2026-06-10T11:00:00Z"
    where = ("--site", site.folder)
    assert run_command("check", *where, "--now", before).code == 0
    assert run_command("check", *where, "--now", after).code == 1
    assert run_command("build", *where, "--output", site.output, "--now", after, "--strict").code == 0
    listed = json.loads(run_command("due", *where, "--now", before, "--within", "1d", "--format", "json").out)
    assert [one["what"] for one in listed] == ["is due to show the winners"]


@pytest.mark.parametrize("late", ["2026-04-01 12:00", "2027-01-01 12:00"])
def test_the_verdict_does_not_depend_on_the_moment(make_site: MakeSite, late: str) -> None:
    site = make_site(
        {**FILES, "content/data/marks.csv": MARKS.replace("Blue hour,Ada Quill,9", "Blue hour,Ada Quill,1")}
    )
    moment = datetime.fromisoformat(late).replace(tzinfo=UTC)
    assert {one.rule for one in site.build(now=moment, jobs=1).problems} >= {"winner-not-by-result"}


def test_every_prize_handed_over_is_said_only_when_all_are(make_site: MakeSite) -> None:
    one = "  - {place: First, name: Machine, value: {amount: 640, currency: GBP}}\n"
    contest = CONTEST.replace(
        "  - {place: Second, name: Coffee, quantity: 2, value: {amount: 120, currency: GBP}}\n", ""
    )
    head, winners = contest.split("winners:\n")
    first = winners.splitlines(keepends=True)[0]
    site = make_site({**FILES, "content/contests/spring.md": f"{head}winners:\n{first}---\nShow us.\n"})
    build(site)
    assert "Every prize has been handed over." in site.text(PAGE)
    more = head.replace(one, one.replace("Machine", "Machine, quantity: 2"))
    site.write("content/contests/spring.md", f"{more}winners:\n{first}---\nS\n")
    build(site)
    assert "Every prize has been handed over." not in site.text(PAGE)


def test_the_way_of_a_prize_is_told_with_its_days(make_site: MakeSite) -> None:
    status = "status: delivered, redrawn_on: 2026-04-28, accepted_on: 2026-04-29, delivered_on: 2026-05-01"
    contest = CONTEST.replace("status: delivered, delivered_on: 2026-05-01", status)
    site = make_site({**FILES, "content/contests/spring.md": contest})
    build(site)
    page = site.text(PAGE)
    assert 'Passed on to a reserve <time datetime="2026-04-28">' in page
    assert 'Prize handed over <time datetime="2026-05-01">' in page


def test_results_are_no_rules_so_no_amendment_is_asked_for_them(make_site: MakeSite) -> None:
    scores = "  scores: {table: marks, as_of: 2026-04-20, source: Score sheets of the panel}\n"
    before = CONTEST.split("winners:\n")[0].replace(scores, "") + "---\nShow us.\n"
    site = make_site({**FILES, "content/contests/spring.md": before})
    opened = ("--site", site.folder, "--now", "2026-03-03T12:00:00Z")
    assert run_command("lock", "spring", *opened).code == 0
    site.write(
        "content/contests/spring.md",
        CONTEST.replace(scores, f"{scores}  set_aside: [{{entry: Plain cup, reason: L.}}]\n"),
    )
    build(site)
    assert "Score sheets" in site.text(PAGE)
    site.write(
        "content/contests/spring.md", CONTEST.replace("weight: 60", "weight: 50").replace("weight: 40", "weight: 50")
    )
    assert "locked-field-changed" in [problem.rule for problem in site.build(now=AFTER, jobs=1).problems]


def test_no_other_page_ever_shows_a_table_of_scores(make_site: MakeSite) -> None:
    files = {
        "content/pages/a.md": "---\ntitle: A\n---\n::: table marks\n:::\n",
        "content/pages/b.md": "---\ntitle: B\ndata: [marks]\n---\nHello.\n",
    }
    contest = CONTEST.split("winners:\n")[0] + "---\nShow us.\n"
    site = make_site({**FILES, **files, "content/contests/spring.md": contest})
    result = build(site, ANNOUNCED - timedelta(seconds=1))
    told = [(one.rule, one.path, one.line, one.severity) for one in result.problems if one.line]
    assert told == [
        ("component-withheld", "content/pages/a.md", 4, "notice"),
        ("component-withheld", "content/pages/b.md", 3, "notice"),
    ]
    views = repr([page.view for page in result.plan.pages]).casefold()
    assert "plain cup" not in everything(site) + views
    site.write("content/contests/spring.md", CONTEST)
    build(site, ANNOUNCED)
    assert "Plain cup" in site.text(PAGE)
    assert "Plain cup" not in site.text("a/") + site.text("b/")


VOTE = """\
---
title: Name the van
kind_of: judged
sponsor: {name: Larkfield Coffee Ltd.}
opens: 2026-03-02 09:00
closes: 2026-04-02 18:00
voting:
  opens: 2026-04-03 09:00
  closes: 2026-04-10 18:00
  share: 30
  leaderboard: true
  votes: {table: votes, as_of: 2026-04-05 18:30, source: votes.example, not_counted: 2, why_not_counted: Twice.}
judging_ends: 2026-04-20 18:00
winners_announced: 2026-04-24 12:00
how_winners_are_told: By e-mail within seven days.
prizes: [{name: Machine, value: {amount: 640, currency: GBP}}]
judging:
  criteria: [{name: Craft, weight: 100}]
  tie_rule: [votes]
  scores: {table: marks, as_of: 2026-04-20, source: Score sheets, shown: 1}
winners:
  - {place: 1, name: Cleo Marsh, publish_as: full, consent: true, entry: Slack Water}
---
One van.
"""


def test_a_leaderboard_is_shown_from_the_vote_on_and_the_whole_result_with_the_winners(make_site: MakeSite) -> None:
    tables = {
        "content/data/votes.csv": "entry,votes\nSlack Water,300\nThe Long Tack,100\n",
        "content/data/marks.csv": "entry,Craft\nSlack Water,9\nThe Long Tack,8.5\n",
    }
    site = make_site({**FILES, **tables, "content/contests/spring.md": VOTE})
    build(site, datetime(2026, 4, 2, 16, tzinfo=UTC))
    assert "Slack Water" not in site.text(PAGE)
    build(site, datetime(2026, 4, 6, 12, tzinfo=UTC))
    page = site.text(PAGE)
    assert find_faults(page) == []
    assert "The votes so far" in page
    assert '<td class="number">300</td><td class="number">75.0 %</td>' in page
    assert "Votes that were not counted: 2. Twice." in page
    assert "Score sheets" not in page
    build(site)
    page = site.text(PAGE)
    assert find_faults(page) == []
    assert "which count 30 %; out of 100" in page
    assert "<b>93.00</b>" in page
    assert "Further entries below these: 1." in page
    assert "The Long Tack" not in page
