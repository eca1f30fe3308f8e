"""The script that turns states over: a Chromium with its clock set just before an instant shows the page flip alone,
and it never says anything but what the rules of the kinds say.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.records import make_record
from tests.support.site import write_site
from twinsite.kinds.contest import KIND
from twinsite.kinds.phases import list_phases

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "themes" / "default" / "assets" / "life.js"
BUILT = datetime(2026, 6, 1, 12, tzinfo=UTC)
CLOSES = datetime(2026, 6, 20, 17, tzinfo=UTC)
SPRING = """\
---
title: Spring
kind_of: judged
sponsor: {name: Brightleaf}
opens: 2026-05-01 09:00
closes: 2026-06-20 18:00
judging_ends: 2026-08-01 12:00
winners_announced: 2026-08-03 12:00
entry: {methods: [{type: form, url: "https://forms.example/spring"}]}
judging: {criteria: [{name: Taste, weight: 100}]}
prizes: [{name: A bag, value: {amount: 20, currency: GBP}}]
winners: [{place: 1, name: Ana Ruiz, publish_as: full, consent: true}]
---
Enter.
"""
OVER = SPRING.replace("Spring", "Winter").replace("2026-0", "2025-0")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("life")
    files = {"content/contests/spring.md": SPRING, "content/contests/winter.md": OVER}
    site = write_site(folder, {**files, "content/index.md": "---\ntitle: Home\n---\nHello.\n"})
    assert site.build(now=BUILT).ok
    return site


def open_at(page, address, moment):
    """The page at a moment at which its clock is stopped; gives all errors and refusals of its policy."""
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.clock.install(time=moment - timedelta(minutes=10))
    page.goto(address, wait_until="load")
    page.clock.pause_at(moment)
    return wrong


@pytest.mark.parametrize("path", ["contests/spring/", "contests/", ""])
def test_a_page_closes_by_itself_at_the_very_second(site, serve_folder, page_at, path):
    page = page_at(timezone_id="Europe/London")
    wrong = open_at(page, serve_folder(site.output) + path, CLOSES - timedelta(seconds=5))
    thing = page.locator("[data-life^=open]:not(li, .kit)")
    shown = thing.locator(".state:visible")
    assert (thing.get_attribute("data-state"), shown.all_inner_texts()) == ("open", ["Open"])
    page.clock.run_for(4000)
    assert shown.all_inner_texts() == ["Open"]
    page.clock.run_for(1000)
    assert (thing.get_attribute("data-state"), shown.all_inner_texts()) == ("judging", ["Judging"])
    assert "Entries close" not in thing.locator("dl.row-facts:visible").all_inner_texts()
    assert wrong == []


def test_a_closed_contest_offers_nothing_to_enter(site, serve_folder, page_at):
    page = page_at(390, height=844)
    open_at(page, serve_folder(site.output) + "contests/spring/", CLOSES - timedelta(seconds=2))
    calls = page.locator(".record-head .button:visible")
    links = page.locator('a[href="https://forms.example/spring"]:visible')
    assert (calls.all_inner_texts(), links.count()) == (["Enter the contest"], 1)
    page.clock.run_for(2000)
    assert (calls.all_inner_texts(), links.count()) == (["See what the judges look for"], 0)
    assert not page.locator("#enter").is_visible()
    assert page.locator(".kit").count() == 1
    assert not page.locator(".kit").is_visible()  # its texts say that it is open


def test_the_mark_moves_down_the_dates(site, serve_folder, page_at):
    page = page_at()
    open_at(page, serve_folder(site.output) + "contests/spring/", CLOSES - timedelta(seconds=1))
    rows = page.locator(".timetable li:visible b")
    assert rows.all_inner_texts()[:3] == ["Entries open", "Open for entries", "Entries close"]
    page.clock.run_for(1000)
    assert rows.all_inner_texts()[1:4] == ["Entries close", "The judges are at work", "Judges decide"]
    assert page.locator(".timetable [aria-current]:visible").count() == 1


def test_a_contest_moves_among_those_that_are_over(site, serve_folder, page_at):
    page = page_at()
    open_at(page, serve_folder(site.output) + "contests/", datetime(2026, 8, 1, 10, 59, 59, tzinfo=UTC))
    groups = "() => [...document.querySelectorAll('section.band')].filter((g) => !g.hidden).map((g) => g.innerText)"
    now, past = page.evaluate(groups)
    assert ("Spring" in now, "Winter" in past) == (True, True)
    page.clock.run_for(1000)
    (past,) = page.evaluate(groups)
    assert past.index("Over") < past.index("Spring") < past.index("Winter")


def test_the_countdown_counts_to_the_instant_and_stops(site, serve_folder, page_at):
    page = page_at()
    open_at(page, serve_folder(site.output) + "contests/spring/", CLOSES - timedelta(days=3, hours=2))
    count = page.locator(".deadline .countdown:visible")
    said = []
    for wait in ("24:00:00", "24:00:00", "24:00:00", "01:00:00", "59:00", "50"):
        said += count.all_inner_texts()
        page.clock.fast_forward(wait)
    said += count.all_inner_texts()
    assert said == [
        "in 3 days",
        "in 2 days",
        "in 26 hours",
        "in 2 hours",
        "in 60 minutes",
        "in 60 seconds",
        "in 10 seconds",
    ]
    assert count.get_attribute("aria-hidden") == "true"
    page.clock.fast_forward("10")
    assert count.all_inner_texts() == ["in 41 days"]
    hidden = page.locator("[data-in=open] [data-count]")
    assert set(hidden.all_text_contents()) == {""}


def test_readers_elsewhere_see_their_own_time_as_well(site, serve_folder, page_at):
    address = serve_folder(site.output) + "contests/spring/"
    for zone, expected in (("Asia/Tokyo", ["21 Jun 2026, 02:00 in your time"]), ("Europe/Lisbon", [])):
        page = page_at(timezone_id=zone)
        open_at(page, address, BUILT)
        said = page.locator(".deadline .local-time:visible").all_inner_texts()
        assert [text.replace("\u202f", " ") for text in said] == expected


def test_a_clock_that_is_slow_never_turns_a_page_back(site, serve_folder, page_at):
    page = page_at()
    open_at(page, serve_folder(site.output) + "contests/spring/", datetime(2020, 1, 1, tzinfo=UTC))
    assert page.locator(".record-head .state:visible").all_inner_texts() == ["Open"]


def test_a_laptop_that_slept_is_right_when_it_wakes(site, serve_folder, page_at):
    page = page_at()
    open_at(page, serve_folder(site.output) + "contests/spring/", CLOSES - timedelta(hours=1))
    page.clock.set_system_time(CLOSES + timedelta(hours=3))  # no timer has run
    assert page.locator(".record-head .state:visible").all_inner_texts() == ["Open"]
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    assert page.locator(".record-head .state:visible").all_inner_texts() == ["Judging"]


SPY = """() => {
  const waits = [], later = window.setTimeout;
  window.setTimeout = (work, wait) => { waits.push(wait); return later(work, wait); };
  dispatchEvent(new Event("pageshow"));
  return waits;
}"""


def test_a_wait_of_months_is_no_wait_of_nothing(site, serve_folder, page_at):
    """A timer of more than 2^31 milliseconds would end at once, again and again."""
    page = page_at()
    open_at(page, serve_folder(site.output) + "contests/", datetime(2026, 6, 20, 17, 0, 1, tzinfo=UTC))
    waits = page.evaluate(SPY)
    assert waits == [2**31 - 1]
    page.clock.fast_forward(50 * 86_400_000)
    assert page.locator("[data-life^=open] .state:visible").all_inner_texts() == ["Winners announced"]


def test_without_scripts_the_dates_are_there_and_nothing_counts(site, serve_folder, page_at):
    page = page_at(java_script_enabled=False)
    page.goto(serve_folder(site.output) + "contests/spring/")
    assert page.locator(".deadline:visible").all_inner_texts() == ["Enter until\nSaturday 20 June 2026, 18:00 BST"]
    assert page.locator(".local-time:visible, .countdown:visible").count() == 0


def test_the_script_is_small():
    data = SCRIPT.read_bytes()
    assert len(data) < 2048
    assert not {word for word in (b"eval(", b"innerHTML", b"Function(", b"import", b".style") if word in data}


MOMENTS = st.integers(min_value=0, max_value=2000)
CONTESTS = st.tuples(
    st.sampled_from(["judged", "draw", "vote"]),
    st.lists(MOMENTS, min_size=6, max_size=6).map(sorted),
    st.tuples(*[st.booleans()] * 4),
)
START = datetime(2026, 3, 28, 20, tzinfo=UTC)


def make_contest(kind_of, minutes, has):
    """A contest around the night in which London's clocks change; ``has`` voting, judging, announcement, winners."""
    at = [(START + timedelta(minutes=minute)).isoformat() for minute in minutes]
    voting, judging, announced, winners = has
    return make_record(
        KIND,
        "title: A\nsponsor: {name: B}\nprizes: [{name: C, value: {amount: 1, currency: GBP}}]\n",
        kind_of=kind_of,
        opens=at[0],
        closes=at[1],
        voting={"opens": at[2], "closes": at[3]} if voting else None,
        judging_ends=at[4] if judging else None,
        winners_announced=at[5] if announced else None,
        winners=[{"place": "1", "name": "Ana", "publish_as": "full", "consent": "true"}] if winners else [],
    )


def write_life(contest, built):
    zone = ZoneInfo("Europe/London")
    phases = list_phases(KIND, contest, KIND.state(contest, built.astimezone(zone)), built.astimezone(zone))
    return " ".join(f"{phase.state} {phase.until.isoformat()}" if phase.until else phase.state for phase in phases)


@pytest.fixture(scope="module")
def bare_page(browser):
    """A page with the script alone, its clock stopped."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time=START)
    page.set_content("<html lang=en><body></body></html>")
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    yield page
    context.close()


TURN = """([lives, now]) => {
  document.body.replaceChildren(...lives.map((life) => {
    const thing = document.createElement("p");
    thing.dataset.life = life;
    return thing;
  }));
  dispatchEvent(new Event("pageshow"));
  return [...document.body.children].map((thing) => thing.dataset.state);
}"""


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(contests=st.lists(CONTESTS, min_size=8, max_size=20), built=MOMENTS, later=MOMENTS)
def test_the_script_says_what_python_says(bare_page, contests, built, later):
    records = [make_contest(*parts) for parts in contests]
    now = START + timedelta(minutes=max(built, later))
    lives = [write_life(record, START + timedelta(minutes=built)) for record in records]
    for moment in (now - timedelta(seconds=1), now, now + timedelta(seconds=1)):
        if moment < START + timedelta(minutes=built):
            continue
        bare_page.clock.set_fixed_time(moment)
        said = bare_page.evaluate(TURN, [lives, 0])
        assert said == [KIND.state(record, moment) for record in records], json.dumps(lives)


CALLS = {
    "upcoming": "See the dates",
    "open": "Enter the contest",
    "voting": "Vote",
    "judging": "See what the judges look for",
    "closed": "See when the winners are due",
    "announced": "See who won",
    "void": "See all contests",
}
WITH_VOTE = SPRING.replace(
    "judging_ends", "voting: {opens: 2026-06-21 09:00, closes: 2026-06-25 18:00, url: /contests/}\njudging_ends"
)
STEPS = {
    "upcoming": "2026-04-01",
    "open": "2026-06-01",
    "voting": "2026-06-22",
    "judging": "2026-07-01",
    "closed": "2026-08-02",
    "announced": "2026-09-01",
    "void": "2026-06-01",
}


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """The site of the contest in each state, each built at its own moment."""
    made = {}
    for state, day in STEPS.items():
        text = (
            WITH_VOTE.replace("judging_ends", "status_override: void\njudging_ends") if state == "void" else WITH_VOTE
        )
        made[state] = write_site(tmp_path_factory.mktemp(state), {"content/contests/spring.md": text})
        assert made[state].build(now=datetime.fromisoformat(f"{day}T12:00:00+00:00")).ok
    return made


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
@pytest.mark.parametrize("state", CALLS)
def test_a_contest_asks_for_one_thing_and_one_sees_it_at_once(stages, serve_folder, page_at, state, width, height):
    page = page_at(width, height=height)
    open_at(
        page, serve_folder(stages[state].output) + "contests/spring/", datetime.fromisoformat(f"{STEPS[state]}T12Z")
    )
    calls = page.locator(".record .act > .button:visible")
    assert calls.all_inner_texts() == [CALLS[state]]
    box = calls.bounding_box()
    assert box["y"] + box["height"] <= height
    assert box["height"] >= 44
    target = calls.get_attribute("href")
    assert not target.startswith("#") or page.locator(target).count() == 1


SAID = {
    "upcoming": "Entries open 1 May 2026, 09:00 BST.",
    "open": "Enter until 20 June 2026, 18:00 BST.",
    "voting": "Vote until 25 June 2026, 18:00 BST.",
    "judging": "Winners due 3 August 2026, 12:00 BST.",
    "closed": "Winners due 3 August 2026, 12:00 BST.",
    "announced": "Winners announced.",
    "void": "This contest was called off.",
}


@pytest.mark.parametrize("state", SAID)
def test_what_is_shared_says_what_to_do_and_until_when(stages, state):
    text = stages[state].text("contests/spring/")
    assert f'<meta property="og:description" content="Enter. {SAID[state]}">' in text
    assert SAID[state] not in stages[state].text("contests/").partition("</head>")[0]
