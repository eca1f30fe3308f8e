"""The linter: it finds texts that contradict the fields, stays silent on everything else, and on the rules themselves.

Innocent sentences matter most: a linter that cries wolf is switched off.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MakeSite
from tests.support.records import make_record
from tests.support.site import SETTINGS
from tests.support.texts import contest
from twinsite.core.law import NO_LAW
from twinsite.kinds import kind_named
from twinsite.kinds.contest.linter.figures import find_figures, may_hold_figures
from twinsite.kinds.contest.linter.lint import find_contradictions, lint
from twinsite.kinds.contest.linter.text import Sentence, list_sentences
from twinsite.kinds.contest.rules.terms import make_terms
from twinsite.kinds.contest.rules.writing import write_rules

KIND = kind_named("contest")
ZONE = "Europe/London"
FIELDS: dict[str, Any] = {
    "title": "Spring",
    "kind_of": "vote",
    "sponsor": {"name": "Brightleaf", "address": "1 Mill Lane"},
    "opens": "2026-05-01 09:00",
    "closes": "2026-06-01 00:00",
    "voting": {"opens": "2026-06-02 09:00", "closes": "2026-06-09 18:00"},
    "judging_ends": "2026-06-20 12:00",
    "winners_announced": "2026-07-01 12:00",
    "eligibility": {"minimum_age": "18"},
    "days_to_respond": "14",
    "prizes": [
        {"name": "A machine", "value": {"amount": "249", "currency": "GBP"}},
        {"name": "A bag", "quantity": "3", "value": {"amount": "10.50", "currency": "GBP"}},
        {
            "name": "A place",
            "position": {"title": "Intern", "pay": {"amount": "14.60", "currency": "GBP", "per": "hour"}},
        },
    ],
}
INNOCENT = """\
The contest closes on 31 May 2026.
The contest closes at midnight, as 1 June 2026 begins.
Entries close on Sunday, 31 May.
Enter by the 31st of May.
Entries close at 23:59 on 31 May 2026, whatever your clock says.
The closing date is May 31, 2026.
The deadline for entries is 2026-05-31.
The contest opens on 1 May.
Vote from 2 June; voting closes on 9 June 2026 at 18:00.
The winners will be announced on 1 July 2026.
Judging ends on 20 June.
You must be aged 18 or over.
The minimum age is 18.
Open to people aged 18+.
Under 16? Ask a parent first.
She is aged 70 and has let go of better things.
He was aged 12 or over when he first flew.
You must be over the moon.
Guests must be at least 2 metres from the edge.
Bring at least 4 friends.
There are five prizes.
There are 5 winners.
There is one winner of the machine.
We give three prizes of coffee.
There are four prizes that are things, and one that is a job.
Three winners of earlier years sat on the panel.
The first prize is a machine worth £249.
The bags are worth £10.50 each, or £31.50 together.
Win prizes worth £280.50 in all.
A machine worth about £250.
A machine worth over £200.
Win up to £300 in coffee.
A bag worth €12 across the water.
The machine used to be worth £300.
The lamp's whole price, £24, is paid back.
Postage is £3.20 and we pay it.
The job pays £14.60 an hour.
In 2024 we paid £13 an hour.
Tea costs £2 an hour in that place, if you sit long enough.
If a winner does not answer within 14 days, the next is asked.
We answer within 2 days.
Write to us within 30 days if something is wrong.
Entries arrive by post or by e-mail.
The shop closes on 24 December.
It closes with a zip, as did the 12 March 2025 model.
The closing date moved from 24 May to 31 May 2026.
In 2025 the contest closed on 3 May 2025.
Last year the contest closes date fell on 8 May.
The contest does not close on 24 May 2026.
Instead of 24 May, the contest closes on 31 May.
Ann wrote: "mine were two winners"; three prizes went home.
One of 12 entries is a poem.
Chapter 3 has 40 pages, and 2026 has 365 days.
We got 388 pictures from 12 countries by 14 June.
The 8.14 to Newcastle leaves on 3 June.
The panel meets on 12 June and eats cake.
Prizes are posted on 9 July 2026.
"""
GUILTY = (
    ("The contest closes on 8 June 2026.", "closes", "closes on 8 June 2026"),
    ("Entries close on Sunday 24 May.", "closes", "Entries close on Sunday 24 May"),
    ("Entries close at 23:59 on 30 May 2026.", "closes", "Entries close at 23:59 on 30 May 2026"),
    ("Enter by June 8th, 2026!", "closes", "Enter by June 8th, 2026"),
    ("The closing date is 2026-05-30.", "closes", "closing date is 2026-05-30"),
    ("The contest closes on 31 May 2027.", "closes", "contest closes on 31 May 2027"),
    ("The contest closes on **8 June 2026**.", "closes", "closes on **8 June 2026"),
    ("The contest opens on 2 May.", "opens", "contest opens on 2 May"),
    ("Vote from 1 June.", "voting.opens", "Vote from 1 June"),
    ("Voting ends on 8 June.", "voting.closes", "Voting ends on 8 June"),
    ("Winners will be announced on 2 July 2026.", "winners_announced", "Winners will be announced on 2 July 2026"),
    ("The judging ends on 21 June.", "judging_ends", "judging ends on 21 June"),
    ("Open to anyone aged 16 or over.", "eligibility.minimum_age", "aged 16 or over"),
    ("The minimum age is 21.", "eligibility.minimum_age", "minimum age is 21"),
    ("You must be over 16 to enter.", "eligibility.minimum_age", "must be over 16"),
    ("You must be 16 or over and live in Wales.", "eligibility.minimum_age", "must be 16 or over"),
    ("For people aged 16+.", "eligibility.minimum_age", "aged 16+"),
    ("There are six prizes.", "prizes", "There are six prizes"),
    ("We draw 10 winners.", "prizes", "We draw 10 winners"),
    ("Seven winners will be chosen.", "prizes", "Seven winners will be chosen"),
    ("Win a machine, or one of 20 prizes.", "prizes", "one of 20 prizes"),
    ("A machine worth £300.", "prizes", "worth £300"),
    ("Prizes with a total value of £1,000!", "prizes", "value of £1,000"),
    ("Win a £500 voucher.", "prizes", "Win a £500"),
    ("The job pays GBP 15 per hour.", "prizes", "pays GBP 15 per hour"),
    ("Winners who do not reply to us within 7 days lose the prize.", "days_to_respond", "reply to us within 7 days"),
)


def spring(**changes: Any) -> Any:
    """The contest that the sentences are about."""
    return make_record(KIND, "title: Spring\n", ZONE, **{**FIELDS, **changes})


@pytest.mark.parametrize("sentence", INNOCENT.splitlines())
def test_an_innocent_sentence_is_left_alone(sentence: str) -> None:
    assert list(find_contradictions(spring(), ZONE, sentence)) == []


def test_innocent_sentences_are_left_alone_together() -> None:
    for text in (INNOCENT, INNOCENT.replace("\n", " "), INNOCENT.replace(" ", "\n")):
        assert [figure.words for figure, _ in find_contradictions(spring(), ZONE, text)] == []


@pytest.mark.parametrize(("sentence", "field", "words"), GUILTY)
def test_a_contradiction_is_found_and_quoted(sentence: str, field: str, words: str) -> None:
    found = list(find_contradictions(spring(), ZONE, f"Hello there. {sentence} Good luck!"))
    assert [said.field for _, said in found] == [field]
    assert words in found[0][0].words or found[0][0].words in words


@pytest.mark.parametrize(
    "text",
    [
        "```\nThe contest closes on 8 June 2026.\n```",
        "> The contest closes on 8 June 2026.",
        "<!-- The contest closes on 8 June 2026. -->",
        "`The contest closes on 8 June 2026.`",
        "::: quote The contest closes on 8 June 2026.",
        "[Read it](https://example.org/the contest closes on 8 June 2026)",
    ],
)
def test_what_is_no_word_of_the_editor_is_left_alone(text: str) -> None:
    assert list(find_contradictions(spring(), ZONE, text)) == []


def test_where_no_field_says_anything_there_is_nothing_to_contradict() -> None:
    bare = spring(eligibility=None, days_to_respond=None, voting=None, judging_ends=None, winners_announced=None)
    for sentence, field, _ in GUILTY:
        if field not in ("closes", "opens", "prizes"):
            assert list(find_contradictions(bare, ZONE, sentence)) == []


def test_problems_stand_at_their_places() -> None:
    body = "Hello.\n\nA machine worth £300, and the contest\ncloses on 8 June 2026.\n"
    record = spring(how_winners_are_told="If they do not answer within 7 days, we go on.", kind_of="draw")
    found = lint(record, "x.md", ZONE, body, 20)
    assert [(problem.line, problem.column, problem.width) for problem in found[:2]] == [(22, 31, 7), (22, 11, 10)]
    assert found[2].field == ("how_winners_are_told",)
    assert all((problem.rule, problem.severity) == ("text-contradicts-field", "warning") for problem in found)
    assert found[0].message == (
        'The text says "contest closes on 8 June 2026", but the field "closes" says 1 June 2026, 00:00 BST.'
    )


def test_a_site_is_warned_and_may_ask_not_to_be(make_site: MakeSite) -> None:
    late = contest(more="amendments: [{date: 2026-06-01, change: The contest closes on 9 July 2026.}]\n")
    late = late.replace("Enter now.", "The contest closes on 8 July 2026.")
    site = make_site({"content/contests/spring.md": late}, f"{SETTINGS}policies: {{contest_locks: no}}\n")
    told = [(problem.rule, problem.line, problem.column) for problem in site.build().problems]
    assert told == [("text-contradicts-field", 12, 5)]
    site.write("site.yaml", f"{SETTINGS}policies: {{contest_locks: no, contradictions: no}}\n")
    assert site.build().problems == ()


days = st.integers(1, 28).map(lambda day: f"{day:02}")
amounts = st.decimals("0.01", "99999", places=2).map(str) | st.integers(1, 99999).map(str)
words = st.sampled_from(("A kite", "Tea for two", "The long mend", "A place", "Ünder the sea"))
prizes = st.fixed_dictionaries(
    {"name": words, "quantity": st.integers(1, 40).map(str)},
    optional={"value": st.fixed_dictionaries({"amount": amounts, "currency": st.sampled_from(("GBP", "EUR", "USD"))})},
)
contests = st.fixed_dictionaries(
    {
        "kind_of": st.sampled_from(("judged", "draw", "vote")),
        "opens": days.map(lambda day: f"2026-03-{day} 09:00"),
        "closes": days.map(lambda day: f"2026-04-{day} 23:59"),
        "voting": days.map(lambda day: {"opens": f"2026-05-{day} 00:00", "closes": f"2026-06-{day} 12:00:01"}),
        "judging_ends": days.map(lambda day: f"2026-07-{day} 00:00") | st.none(),
        "winners_announced": days.map(lambda day: f"2026-08-{day} 12:00") | st.none(),
        "eligibility": st.fixed_dictionaries({"minimum_age": st.integers(1, 99).map(str)}) | st.none(),
        "days_to_respond": st.integers(1, 90).map(str) | st.none(),
        "prizes": st.lists(prizes, min_size=1, max_size=6),
    }
)
zones = st.sampled_from(("Europe/London", "America/New_York", "Asia/Kathmandu", "UTC"))


def write_text(record: Any, zone: str) -> str:
    """The rules of a contest as one text."""
    clauses = write_rules(make_terms(record, record.title, zone, ["Kent"], NO_LAW))
    return "\n\n".join(line for one in clauses for line in (one.text, *one.items, one.after))


@given(fields=contests, zone=zones)
def test_the_rules_never_contradict_the_fields(fields: dict[str, Any], zone: str) -> None:
    record = make_record(KIND, "title: Spring\n", zone, **{**FIELDS, **fields})
    assert [figure.words for figure, _ in find_contradictions(record, zone, write_text(record, zone))] == []


@given(fields=contests, zone=zones)
def test_the_rules_contradict_the_fields_of_another_contest(fields: dict[str, Any], zone: str) -> None:
    """So the test above looks at figures, and not past them."""
    record = make_record(KIND, "title: Spring\n", zone, **{**FIELDS, **fields})
    other = make_record(
        KIND, "title: Spring\n", zone, **{**FIELDS, **fields, "opens": "2026-01-05 10:00", "closes": "2026-01-30 10:00"}
    )
    found = {said.field for _, said in find_contradictions(other, zone, write_text(record, zone))}
    assert {"opens", "closes"} <= found
    sentences = list_sentences(write_text(record, zone), may_hold_figures)
    seen = {one.of for sentence in sentences for one in find_figures(sentence)}
    assert {"opens", "closes", "voting.opens", "prizes"} <= seen | (
        {"prizes"} if "one prize" in write_text(record, zone) else set()
    )


WORDS = (
    "The contest closes on|Enter by|before|at least|aged|over the age of|minimum age|minimum age:|must be|must be over|"
    "We draw|we award|winners|winner|prizes|prize|one|Twenty|three|worth|a value of|voucher|pays|an hour|whoever|"
    "replies|within|days|or over|years old|1|18|03|1st|22nd of|2026|2026-05-01|500|1,200.50|May|may|SEPTEMBER|Sept.|"
    "March|Mar.|Dec|Augu\u017ft|\u017feptember|w\u0131nners|L\u0130ST|£|€5|$ 10|US$7|GBP|gbp3|EUR 10|100|in total|"
    "page|market|+|.|,|!|`code`|](x 1 May)|- |> |<!-- 1 May -->|```"
).split("|")
BETWEEN = ("", " ", " ", " ", "\n", "\n\n", "  ", ". ")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), max_size=14).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


@given(TEXTS)
def test_no_figure_is_passed_over(text: str) -> None:
    if list(find_figures(Sentence(text, 0))):
        assert may_hold_figures(text)


@given(TEXTS)
def test_a_sentence_is_found_in_whatever_text_it_stands(text: str) -> None:
    told = [one for one in list_sentences(text, lambda _: True) if list(find_figures(one))]
    assert [one for one in list_sentences(text, may_hold_figures) if list(find_figures(one))] == told
    assert not told or may_hold_figures(text)
