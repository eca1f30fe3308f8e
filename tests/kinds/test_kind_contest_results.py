"""Standings from scores and votes: exact totals, the declared ties, who may be named, and winners who really won."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.records import make_record
from twinsite.core.draft import Column, Table
from twinsite.kinds.contest import KIND
from twinsite.kinds.contest.results import check_tables, check_weight_of_votes, list_slots, show_standings
from twinsite.kinds.contest.standings import choose_digits, work_out, write_number
from twinsite.kinds.kind import Facts

GOOD = (Path(__file__).parents[1] / "samples/contest/good.md").read_text(encoding="utf-8")
PANEL = [{"name": "Ada Quill", "chair": "true"}, {"name": "Ben Rowe", "independent": "true"}]
CRITERIA = [{"name": "Craft", "weight": "60"}, {"name": "Story", "weight": "40"}]
SCORES = {"table": "marks", "as_of": "2026-04-20", "source": "Score sheets"}
VOTES = {"table": "votes", "as_of": "2026-04-10 18:30", "source": "votes.example"}
DAYS = {"opens": "2026-04-03 09:00", "closes": "2026-04-10 18:00"}
PRIZES = [{"place": "First", "name": "A"}, {"place": "Second", "name": "B", "quantity": "2"}]
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def table(name, columns, *rows):
    return Table(name, f"content/data/{name}.csv", "", tuple(Column(one, "text", one) for one in columns.split()), rows)


def marks(*rows, columns="entry judge Craft Story"):
    return table("marks", columns, *rows)


def both(entry, craft, story):
    """The same scores by both judges."""
    return tuple((entry, judge["name"], craft, story) for judge in PANEL)


def votes(**counts):
    return table("votes", "entry votes", *counts.items())


def judged(judging=None, **changes):
    judging = {"criteria": CRITERIA, "panel": PANEL, "scores": SCORES, **(judging or {})}
    return make_record(KIND, GOOD, judging=judging, voting=changes.pop("voting", None), **{"winners": [], **changes})


def voted(voting=None, **changes):
    voting = {**DAYS, "votes": VOTES, **(voting or {})}
    judging = changes.pop("judging", None)
    return make_record(KIND, GOOD, kind_of="vote", voting=voting, judging=judging, **{"winners": [], **changes})


def stand(record, *tables):
    result, problems = work_out(record, {one.name: one for one in tables})
    assert problems == []
    return [(one.rank, one.entry, one.total) for one in result.standings]


def rules(record, *tables):
    return [(one.rule, one.field) for one in check_tables(record, "x.md", {one.name: one for one in tables})]


def winner(place, entry, **more):
    return {"place": place, "name": "Cleo Marsh", "publish_as": "full", "consent": "true", "entry": entry, **more}


def test_a_total_is_the_mean_of_the_judges_by_the_weights_of_the_criteria():
    rows = (("Blue", "Ada Quill", "8", "9.5"), ("Blue", "Ben Rowe", "7", "8"), *both("Red", "9", "3"))
    assert stand(judged(), marks(*rows)) == [
        (1, "Blue", Fraction("7.5") * Fraction("0.6") + Fraction("8.75") * Fraction("0.4")),
        (2, "Red", Fraction("6.6")),
    ]


def test_three_judges_and_a_third_are_counted_exactly():
    panel = [{"name": name} for name in "ABC"]
    rows = [
        ("Blue", "A", 1, 0),
        ("Blue", "B", 0, 0),
        ("Blue", "C", 0, 0),
        *(("Red", name, "0.333333333", 0) for name in "ABC"),
    ]
    (first, second) = stand(judged({"panel": panel}), marks(*rows))
    assert (first[1], first[2]) == ("Blue", Fraction(1, 5))
    assert second[2] < first[2]


def test_one_row_for_each_single_score_gives_the_same():
    wide = marks(("Blue", "Ada Quill", "8", "9"), ("Blue", "Ben Rowe", "7", "6"))
    long = marks(
        ("Blue", "ada  quill", "craft", 8),
        ("Blue", "Ben Rowe", "Story", "6"),
        ("Blue", "Ada Quill", "Story", "9"),
        ("Blue", "Ben Rowe", "Craft", 7),
        columns="entry judge criterion score",
    )
    assert stand(judged(), wide) == stand(judged(), long)


def test_a_panel_may_score_together_and_a_contest_may_have_no_criteria():
    assert stand(judged(), marks(("Blue", "8", "9"), columns="entry Craft Story"))[0][2] == Fraction("8.4")
    assert stand(judged({"criteria": []}), marks(("Blue", "7.5"), columns="entry score"))[0][2] == Fraction("7.5")


def test_criteria_without_weights_count_the_same():
    equal = [{"name": "Craft"}, {"name": "Story"}]
    assert stand(judged({"criteria": equal}), marks(*both("Blue", "8", "9")))[0][2] == Fraction("8.5")


def test_a_column_is_found_by_its_label_too():
    columns = (Column("entry", "text", "Entry"), Column("c", "amount", "Craft"), Column("s", "amount", "Story"))
    assert stand(judged(), Table("marks", "m.csv", "", columns, (("Blue", "8", "9"),)))[0][2] == Fraction("8.4")


def test_votes_alone_rank_by_their_number_and_tell_their_shares():
    result, _ = work_out(voted(), {"votes": votes(Blue=30, Red=60, Green=10)})
    assert [(one.entry, one.total, one.share) for one in result.standings] == [
        ("Red", 60, Fraction(3, 5)),
        ("Blue", 30, Fraction(3, 10)),
        ("Green", 10, Fraction(1, 10)),
    ]


def test_votes_and_scores_count_together_by_the_declared_share():
    record = judged(voting={**DAYS, "votes": VOTES, "share": "30"})
    found = stand(record, marks(*both("Blue", 10, 10), *both("Red", 5, 5)), votes(Blue=50, Red=100))
    assert found == [(1, "Blue", Fraction(70 + 15)), (2, "Red", Fraction(35 + 30))]


def test_nobody_voted():
    record = judged(voting={**DAYS, "votes": VOTES, "share": "30"})
    assert stand(record, marks(*both("Blue", 5, 5)), votes(Blue=0)) == [(1, "Blue", Fraction(35))]
    assert stand(voted(), votes(Blue=0, Red=0)) == [(1, "Blue", 0), (1, "Red", 0)]


EQUAL = (
    ("Blue", "Ada Quill", "8", "6"),
    ("Blue", "Ben Rowe", "6", "9"),
    ("Red", "Ada Quill", "6", "6"),
    ("Red", "Ben Rowe", "8", "9"),
)
"""Two entries with 7.2 each; Ada Quill, the chair, prefers Blue."""


@pytest.mark.parametrize(
    ("rule", "ranks"),
    [
        ([], [1, 1]),
        (["shared"], [1, 1]),
        (["Craft", "Story"], [1, 1]),
        (["Craft", "chair"], [1, 2]),
        (["chair"], [1, 2]),
    ],
)
def test_ties_are_settled_step_by_step(rule, ranks):
    found = stand(judged({"tie_rule": rule}), marks(*EQUAL))
    assert [rank for rank, _, _ in found] == ranks
    assert [name for _, name, _ in found] == ["Blue", "Red"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("2026-03-02", "2026-03-03"), ("2026-03-02 09:00", "2026-03-02 09:01"), (9, 10), ("9", "10")],
)
def test_the_earlier_entry_is_before_an_equal_one(first, second):
    rows = [("Red", "8", "8", first), ("Blue", "8", "8", second)]
    found = stand(judged({"tie_rule": ["earliest"]}), marks(*rows, columns="entry Craft Story received"))
    assert [name for _, name, _ in found] == ["Red", "Blue"]


def test_after_a_shared_rank_one_is_left_out():
    assert [rank for rank, _, _ in stand(voted(), votes(Blue=5, Red=5, Green=1))] == [1, 1, 3]


def test_an_entry_that_is_set_aside_has_no_rank():
    aside = [{"entry": "Blue", "reason": "It was somebody else's picture."}]
    rows = marks(*both("Blue", 9, 9), *both("Red", 8, 8))
    assert [name for _, name, _ in stand(judged({"set_aside": aside}), rows)] == ["Red"]
    wrong = judged({"set_aside": [{"entry": "Blu", "reason": "No."}]})
    assert rules(wrong, rows) == [("unknown-entry", ("judging", "set_aside", 0, "entry"))]


@pytest.mark.parametrize(
    ("rows", "columns", "rule"),
    [
        (both("Blue", "8,5", "9"), None, "not-an-amount"),
        (both("Blue", "8", "eight"), None, "not-an-amount"),
        (both("Blue", "11", "9"), None, "score-out-of-range"),
        (both("Blue", "-1", "9"), None, "score-out-of-range"),
        (both("Blue", None, "9"), None, "missing-score"),
        ((("Blue", "Ada Quill", "8", "9"),), None, "missing-score"),
        ((*both("Blue", "8", "9"), ("Blue", "Ada Quill", "8", "9")), None, "counted-twice"),
        ((("Blue", "Dora", "8", "9"),), None, "unknown-judge"),
        (both(None, "8", "9"), None, "empty-cell"),
        ((("Blue", "Ada Quill", "8"),), "entry judge Craft", "missing-column"),
        ((("Blue", "Ada Quill", "8", "9", "7"),), "entry judge Craft Story Luck", "unknown-criterion"),
        ((("Blue", "Ada Quill", "Luck", "9"),), "entry judge criterion score", "unknown-criterion"),
    ],
)
def test_what_is_wrong_with_scores(rows, columns, rule):
    found = [name for name, _ in rules(judged(), marks(*rows, columns=columns or "entry judge Craft Story"))]
    assert set(found) == {rule}


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([("Blue", "-3")], "negative-votes"),
        ([("Blue", "3.5")], "not-a-whole-number"),
        ([("Blue", "1,204")], "not-a-whole-number"),
        ([("Blue", None)], "missing-score"),
        ([("Blue", 3), ("Blue", 4)], "counted-twice"),
        ([(None, 3)], "empty-cell"),
    ],
)
def test_what_is_wrong_with_votes(rows, rule):
    assert [name for name, _ in rules(voted(), table("votes", "entry votes", *rows))] == [rule]


def test_entries_must_be_in_both_tables():
    record = judged(voting={**DAYS, "votes": VOTES, "share": "30"})
    found = check_tables(record, "x.md", {"marks": marks(*both("Blue", 8, 8)), "votes": votes(Bleu=4)})
    assert [one.message for one in found] == [
        'The entry "Bleu" has votes but no scores. Did you mean "Blue"?',
        'The entry "Blue" has scores but no votes. Did you mean "Bleu"?',
    ]


def test_a_table_that_is_not_there_is_told_elsewhere():
    assert rules(judged()) == rules(voted()) == []


@pytest.mark.parametrize(
    ("judging", "voting", "found"),
    [
        ({"tie_rule": ["luck"]}, None, [("unknown-tie-rule", ("judging", "tie_rule", 0))]),
        ({"tie_rule": ["shared", "Craft"]}, None, [("unknown-tie-rule", ("judging", "tie_rule", 0))]),
        ({"tie_rule": ["chair"], "panel": [{"name": "Ada"}]}, None, [("unknown-tie-rule", ("judging", "tie_rule", 0))]),
        ({"tie_rule": ["Craft", "votes", "earliest", "chair", "shared"]}, None, []),
        ({}, {**DAYS, "votes": VOTES}, [("vote-share-missing", ("voting",))]),
        ({}, {**DAYS, "votes": VOTES, "share": "30"}, []),
    ],
)
def test_what_is_wrong_with_how_it_counts(judging, voting, found):
    record = judged(judging, voting=voting)
    names = ("unknown-tie-rule", "vote-share-missing")
    assert [(one.rule, one.field) for one in KIND.check(record, "x.md") if one.rule in names] == found


@pytest.mark.parametrize(
    ("kind", "share", "warned"),
    [
        ("vote", None, True),
        ("vote", "50", False),
        ("judged", "51", True),
        ("judged", "50", False),
        ("judged", None, False),
    ],
)
def test_votes_should_not_decide_over_large_prizes(kind, share, warned):
    record = make_record(KIND, GOOD, kind_of=kind, voting={**DAYS, **({"share": share} if share else {})})
    found = check_weight_of_votes(record, "x.md", {"public_vote_prize": Decimal(500)})
    assert [(one.rule, one.severity, one.field) for one in found] == (
        [("public-vote-decides", "warning", ("prizes", 0, "value"))] if warned else []
    )
    assert check_weight_of_votes(record, "x.md", {"public_vote_prize": Decimal(640)}) == ()


THREE = marks(*both("Blue", 9, 9), *both("Red", 8, 8), *both("Green", 7, 7), *both("Grey", 1, 1))


@pytest.mark.parametrize(
    ("winners", "found"),
    [
        ([winner("First", "Blue"), winner("Second", "Red"), winner("Second", "Green")], []),
        ([winner("Second", "Green"), winner("First", "Blue")], []),
        ([winner("First", "Red")], [("winner-not-by-result", ("winners", 0, "entry"))]),
        ([winner("Second", "Blue")], [("winner-not-by-result", ("winners", 0, "entry"))]),
        ([winner("Second", "Grey")], [("winner-not-by-result", ("winners", 0, "entry"))]),
        ([winner("Second", "Red"), winner("Second", "Red")], [("winner-not-by-result", ("winners", 1, "entry"))]),
        ([winner("First", "Bleu")], [("unknown-entry", ("winners", 0, "entry"))]),
        ([winner("First", None)], [("winner-without-entry", ("winners", 0))]),
        ([{"place": "First", "publish_as": "withheld", "entry": "Blue"}], []),
    ],
)
def test_the_winners_are_those_who_won(winners, found):
    given = [{name: value for name, value in one.items() if value is not None} for one in winners]
    assert rules(judged(prizes=PRIZES, winners=given), THREE) == found


def test_the_message_says_who_won_by_what():
    record = judged(prizes=PRIZES, winners=[winner("First", "Red")])
    (found,) = check_tables(record, "x.md", {"marks": THREE})
    assert found.message == (
        '"Red" has rank 2 with a score of 8, so it did not win "First": that goes to "Blue" (a score of 9).'
    )


def test_a_draw_owes_its_scores_nothing():
    assert rules(judged(kind_of="draw", prizes=PRIZES, winners=[winner("First", "Red")]), THREE) == []


@pytest.mark.parametrize(
    ("counts", "tie_rule", "found"),
    [
        ({"Blue": 5, "Red": 5, "Green": 1}, [], [("tie-not-decided", ("winners",))]),
        ({"Blue": 9, "Red": 5, "Green": 5}, [], []),
        ({"Blue": 9, "Red": 5, "Green": 4, "Grey": 4}, [], [("tie-not-decided", ("winners",))]),
        ({"Blue": 9, "Red": 5, "Green": 4, "Grey": 1, "Pink": 1}, [], []),
        ({"Blue": 5, "Red": 5, "Green": 1}, ["shared"], []),
    ],
)
def test_a_tie_matters_only_where_both_cannot_win_the_same(counts, tie_rule, found):
    record = voted(prizes=PRIZES, judging={"tie_rule": tie_rule}, winners=[winner("First", "Blue")])
    assert rules(record, votes(**counts)) == found


names = st.sampled_from(["Blue", "Red", "Green", "Grey", "Pink"])
score = st.decimals(0, 10, places=2).map(str)


@given(st.dictionaries(names, st.tuples(score, score, score, score), min_size=1), st.randoms())
def test_the_order_of_rows_never_matters_and_decimals_agree(found, shuffle):
    rows = [
        (name, judge["name"], *four[2 * at : 2 * at + 2])
        for name, four in found.items()
        for at, judge in enumerate(PANEL)
    ]
    standings = stand(judged(), marks(*rows))
    shuffle.shuffle(rows)
    assert stand(judged(), marks(*rows)) == standings
    totals = {
        name: (Decimal(a) + Decimal(c)) / 2 * Decimal("0.6") + (Decimal(b) + Decimal(d)) / 2 * Decimal("0.4")
        for name, (a, b, c, d) in found.items()
    }
    assert {name: total for _, name, total in standings} == {name: Fraction(total) for name, total in totals.items()}
    assert [rank for rank, _, _ in standings] == [
        1 + sum(other > totals[name] for other in totals.values()) for _, name, _ in standings
    ]


@given(st.lists(st.integers(0, 50), min_size=3, max_size=5, unique=True))
def test_whoever_follows_from_the_votes_is_right_and_any_exchange_is_wrong(counts):
    counted = dict(zip(["Blue", "Red", "Green", "Grey", "Pink"], counts, strict=False))
    best = sorted(counted, key=lambda name: -counted[name])
    record = voted(prizes=PRIZES)
    right = [winner(place, name) for place, name in zip(list_slots(record), best, strict=False)]
    assert rules(voted(prizes=PRIZES, winners=right), votes(**counted)) == []
    wrong = [{**right[0], "entry": best[1]}, {**right[1], "entry": best[0]}]
    assert len(rules(voted(prizes=PRIZES, winners=wrong), votes(**counted))) == 2


@given(st.lists(st.fractions(0, 10, max_denominator=1000), min_size=1, max_size=6))
def test_totals_that_differ_are_written_differently(values):
    digits = choose_digits(values)
    assert len({write_number(value, digits) for value in values}) == len(set(values))


def show(record, state, *tables):
    facts = Facts(NOW, "Europe/London", state, {}, tables={one.name: one for one in tables})
    return show_standings(record, facts)


@pytest.mark.parametrize("state", ["upcoming", "open", "voting", "judging", "closed", "void"])
def test_no_result_is_shown_before_the_winners_are(state):
    assert show(judged(), state, THREE) is None
    assert show(voted(), state, votes(Blue=3)) is None


@pytest.mark.parametrize("state", ["voting", "judging", "closed"])
def test_a_declared_leaderboard_shows_votes_and_never_scores(state):
    record = judged(voting={**DAYS, "votes": VOTES, "share": "30", "leaderboard": "true"})
    shown = show(record, state, THREE, votes(Blue=3, Red=1, Green=0, Grey=0))
    assert (shown["basis"], shown["final"], shown["criteria"], shown["source"]) == ("votes", False, [], None)
    assert shown["votes_source"] == "votes.example"
    assert [(row["entry"], row["votes"], row["share"], row["place"], row["parts"]) for row in shown["rows"]][:2] == [
        ("Blue", 3, "75.0", None, []),
        ("Red", 1, "25.0", None, []),
    ]
    assert show(record, "open", THREE, votes(Blue=3, Red=1, Green=0, Grey=0)) is None


def test_entries_of_winners_who_are_not_shown_in_full_are_not_named():
    winners = [
        {"place": "First", "publish_as": "withheld", "entry": "Blue"},
        winner("Second", "Red", publish_as="initials"),
        winner("Second", "Green"),
    ]
    rows = show(judged(prizes=PRIZES, winners=winners), "announced", THREE)["rows"]
    assert [(row["entry"], row["place"]) for row in rows] == [
        (None, "First"),
        (None, "Second"),
        ("Green", "Second"),
        ("Grey", None),
    ]


@pytest.mark.parametrize("cell", ["Lopez Garcia, Ana", "Ana Lopez Garcia", "ana  lopez garcia", "BLUE"])
def test_a_table_of_results_names_nobody_who_asked_not_to_be_named(cell):
    hidden = {"place": "First", "name": "Lopez Garcia, Ana", "publish_as": "withheld", "entry": "Blue"}
    record = judged({"scores": None}, prizes=PRIZES, winners=[hidden], results="full")
    assert rules(record, table("full", "rank who", ("1", cell))) == [("withheld-in-results", None)]
    assert rules(record, table("full", "rank who", ("1", "Ana Lopez"))) == []


def test_the_page_may_show_the_first_entries_alone():
    shown = show(judged({"scores": {**SCORES, "shown": "3"}}), "announced", THREE)
    assert [row["rank"] for row in shown["rows"]] == [1, 2, 3]
    assert shown["more"] == 1
