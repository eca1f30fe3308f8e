"""What the default theme's pages say: every state, dates as times, components, and nothing that does not belong."""

from __future__ import annotations

import re

import pytest

from tests.support.files import find_pages
from tests.support.markup import find_faults
from tests.support.seen import drop_hidden
from tests.theme.conftest import CONTESTS


def find_part(text, start, end):
    return text[text.index(start) : text.index(end, text.index(start))]


def test_no_page_has_a_fault(states):
    faults = {
        page.relative_to(states.output).as_posix(): found
        for page in find_pages(states.output)
        if (found := find_faults(page.read_text(encoding="utf-8")))
    }
    assert faults == {}


@pytest.mark.parametrize("state", [*CONTESTS, "announced"])
def test_a_contest_shows_its_state_and_where_in_its_dates_it_stands(states, state):
    text = drop_hidden(states.text(f"contests/{'cup-of-spring' if state == 'announced' else state}/"))
    assert f'<article class="record" data-state="{state}"' in text
    main = find_part(text, "<main", "</article>")
    assert re.findall(r'<span class="state" data-state="(\w+)"', main) == [state]
    times = find_part(text, '<section class="timetable"', "</section>")
    assert times.count('aria-current="step"') == 1
    assert re.search(r'<time class="when" datetime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d" data-', times)


@pytest.mark.parametrize(
    ("state", "before"), [("upcoming", 0), ("open", 1), ("voting", 3), ("judging", 2), ("closed", 2)]
)
def test_the_present_stands_between_what_was_and_what_comes(states, state, before):
    text = drop_hidden(states.text(f"contests/{state}/"))
    times = find_part(text, '<section class="timetable"', "</section>")
    first, second = times.split('class="now"')
    assert first.count('class="past"') == before
    assert 'class="past"' not in second


def test_only_an_open_contest_asks_people_to_enter(states):
    seen = {state: drop_hidden(states.text(f"contests/{state}/")) for state in CONTESTS}
    asking = {state for state in CONTESTS if 'href="#enter"' in seen[state]}
    assert asking == {"open"}
    links = {state for state in CONTESTS if "https://forms.example/x" in seen[state]}
    assert links == {"open"}


def test_a_contest_that_was_called_off_says_so_first(states):
    main = find_part(states.text("contests/void/"), "<main", "</main>")
    assert main.index("This contest was called off") < main.index("Prizes that had been offered")
    assert 'id="enter"' not in main


def test_winners_stand_on_top_once_they_are_announced(states):
    main = find_part(states.text("contests/cup-of-spring/"), "<main", "</main>")
    assert main.index('id="winners"') < main.index('id="dates"') < main.index('id="prizes"')


def test_the_home_page_leads_with_the_open_contest(states):
    main = find_part(drop_hidden(states.text("")), "<main", "</main>")
    lead = find_part(main, '<section class="lead"', "</section>")
    assert "A contest that is open" in lead
    assert lead.count('class="button"') == 1
    assert 'datetime="2026-12-18T18:00:00+00:00"' in lead
    assert (
        main.index('id="asked"') < main.index('id="voices"') < main.index('id="people"') < main.index('id="happened"')
    )


def test_a_voice_says_who_where_when_and_what_connects_them(states):
    item = find_part(states.text("showcases/"), '<figure class="voice', "</figure>")
    for said in (
        "Maria K.",
        "Trustpilot",
        'datetime="2026-02-11"',
        "Won a prize from the brand",
        "Won a bag of coffee",
    ):
        assert said in item


def test_a_person_s_page_tells_the_connection_and_dates_each_number(states):
    text = states.text("twinterns/ana-lopez/")
    assert "Paid intern of the brand" in text
    assert find_part(text, '<section aria-labelledby="channels">', "</section>").count("<time") >= 3
    assert "Read on" in find_part(text, '<section aria-labelledby="works">', "</section>")
    assert '<svg viewBox="0 0 20 44"' in text


def test_lists_are_paged_and_lead_to_years(states):
    text = states.text("announcements/")
    assert 'class="pager"' in text
    assert 'href="2026/"' in text or 'href="../announcements/2026/"' in text


def test_every_component_shows_what_it_was_given(states):
    text = find_part(states.text("everything/"), '<div class="prose">', "</main>")
    for said in (
        'alt="A cup"',
        "A cup on a sill",
        "Picture: Ana Lopez",
        "<figcaption>First</figcaption>",
        "El mejor café",
        "<em>good</em>",
        'cite="https://example.com/"',
        '<a class="button" href="../contests/">Enter</a>',
        "<small>Free</small>",
        "<summary>Twice?</summary>",
        '<p class="timeline-when">March</p>',
        "The rules</a> <small>PDF",
        '<p class="metric-value">12,400</p>',
        'datetime="2026-05-04"',
        "A gift.",
        "<caption>Points</caption>",
    ):
        assert said in text, said
    table = find_part(text, "<caption>Points</caption>", "</table>")
    assert table.index("Points</th>") < table.index("Name</th>")


def test_a_long_page_has_its_contents_and_its_headings_lead_to_themselves(states):
    text = states.text("everything/")
    assert '<li><a href="#a-heading">A heading</a></li>' in text
    assert '<a class="anchor" href="#a-heading" tabindex="-1" aria-hidden="true">#</a></h2>' in text


def test_a_draft_says_that_it_is_one(make_site):
    site = make_site({"content/pages/a.md": "---\ntitle: A\ndraft: true\n---\nWords.\n"})
    assert site.build(drafts=True).ok
    assert "Draft." in site.text("a/")
    assert '<meta name="robots" content="noindex">' in site.text("a/")


def test_an_empty_site_says_what_will_come(make_site):
    site = make_site({"content/contests/_index.md": "---\ntitle: Contests\n---\n"})
    assert site.build().ok
    assert "No contest is open now" in site.text("")
    assert "The next one will be here." in site.text("contests/")


@pytest.mark.parametrize("page", ["", "contests/open/", "announcements/leeds/", "404.html"])
def test_the_head_tells_browsers_and_networks_what_they_need(states, page):
    head = find_part(states.text(page), "<head>", "</head>")
    for part in (
        '<meta name="viewport"',
        'http-equiv="Content-Security-Policy"',
        'rel="canonical"',
        'property="og:title"',
        'property="og:url"',
        'name="twitter:card"',
        'rel="icon"',
        'rel="manifest"',
        'name="theme-color"',
        'name="color-scheme" content="light dark"',
    ):
        assert part in head, part
