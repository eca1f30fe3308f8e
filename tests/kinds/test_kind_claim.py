"""Claims: titles that repeat them, their order, their updates, and when somebody should write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.records import make_record
from twinsite.core.lock import Binding, Lock, digest_fields
from twinsite.kinds.claim import KIND
from twinsite.kinds.claim.life import find_alert, list_shown
from twinsite.kinds.claim.titles import CRIES, SMALL, only_states
from twinsite.kinds.kind import Facts

DYE = "A video says that the dye in Tatterlark sails makes children's hands itch and blister."
LEAD = "Our kites contain lead"
UNPAID = "Posts claim that Tatterlark does not pay its interns."
POLICIES = {"claim_high_days": 1, "claim_medium_days": 7, "claim_low_days": 30}
NOW = datetime(2026, 4, 20, 12, 0, tzinfo=UTC)
BASE = """\
title: What we know about the dye
claim: A video says that the dye makes hands itch.
status: investigating
first_seen: 2026-04-12
what_to_do: Wash your hands.
"""
UPDATES = "updates:\n  - {at: 2026-04-12 18:30, text: One.}\n  - {at: 2026-04-14 09:00, text: Two.}\n"

GUILTY = [
    ("The dye in Tatterlark sails makes children's hands itch and blister", DYE),
    ("Do Tatterlark sails make hands blister?", DYE),
    ("SHOCKING: children’s hands blister and itch – Tatterlark dye!", DYE),
    ("Tatterlark sails making children itch", DYE),
    ("Kites contain lead", LEAD),
    ("Is there lead in our kites? The truth: kites contain lead", LEAD),
    ("Tatterlark doesn't pay interns", UNPAID),
    ("Does Tatterlark not pay interns?", UNPAID),
]
INNOCENT = [
    ("The dye in our sails passed every test", DYE),
    ("What we know about the dye in our sails", DYE),
    ("The dye in Tatterlark sails", DYE),
    ("Children's hands", DYE),
    ("Tatterlark sails do not make hands blister", DYE),
    ("It is a myth that Tatterlark sails make hands blister", DYE),
    ("Our kites", LEAD),
    ("No lead in our kites", LEAD),
    ("Lead-free kites", LEAD),
    ("Our kites cannot contain lead", LEAD),
    ("Tatterlark pays its interns", UNPAID),
    ("What our interns are paid", UNPAID),
    ("🪁", LEAD),
    ("Anything at all", ""),
]


def make(text: str = "", **changes: Any) -> Any:
    return make_record(KIND, BASE + text, "UTC", **changes)


def rules(record: Any) -> list[tuple[str, tuple[str | int, ...] | None]]:
    return [(problem.rule, problem.field) for problem in KIND.check(record, "x.md")]


def notices(record: Any, now: datetime = NOW) -> list[str]:
    return [problem.rule for problem in KIND.notices(record, "x.md", Facts(now, "UTC", record.status, POLICIES))]


@pytest.mark.parametrize(("title", "claim"), GUILTY)
def test_a_title_that_says_nothing_but_the_claim_is_found(title: str, claim: str) -> None:
    assert only_states(title, claim)


@pytest.mark.parametrize(("title", "claim"), INNOCENT)
def test_a_title_that_says_more_or_less_than_the_claim_is_left_alone(title: str, claim: str) -> None:
    assert not only_states(title, claim)


WORDS = st.lists(
    st.sampled_from("kite sail dye lead burn hand child itch paint water".split()), min_size=1, unique=True
)


@given(WORDS, st.sampled_from(sorted(SMALL)), st.sampled_from(sorted(CRIES)))
def test_small_words_and_cries_never_save_the_whole_claim_and_one_true_word_always_does(
    words: list[str], small: str, cry: str
) -> None:
    claim = " ".join(words)
    assert only_states(f"{cry}! {small} {claim.upper()}?", claim)
    assert not only_states(f"{claim} passed", claim)
    assert not only_states(f"not {claim}", claim)


def test_the_title_for_search_engines_is_a_title_and_a_true_claim_may_be_its_own() -> None:
    bare = {"title": "The dye makes hands itch"}
    assert rules(make(**bare)) == [("title-states-claim", ("title",))]
    assert rules(make(seo=bare)) == [("title-states-claim", ("seo", "title"))]
    true = {**bare, "status": "true", "what_we_know": "It does.", "remedy": REMEDY}
    assert rules(make(**true)) == []


REMEDY = {"affected": "All.", "stop_using": "yes", "how": "Ring."}
RECALL = {"severity": "high", "status": "true", "what_we_know": "It can burn.", "remedy": REMEDY}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"what_to_do": None}, "claim-without-advice"),
        ({"what_to_do": None, "status": "withdrawn"}, None),
        ({"status": "true", "what_we_know": "It is so."}, "true-claim-without-remedy"),
        ({"status": "true", "remedy": REMEDY}, "claim-without-evidence"),
        ({"status": "false", "what_we_know": "It is not so."}, "claim-without-evidence"),
        ({"status": "unproven"}, None),
        ({"closed": "2026-04-14 08:59", "updates": [{"at": "2026-04-14 09:00", "text": "A"}]}, "dates-out-of-order"),
        ({"updates": [{"at": "2026-04-11 09:00", "text": "A"}]}, "dates-out-of-order"),
        ({"updates": [{"at": "2026-04-14 09:00", "text": "A"}] * 2}, "updates-out-of-order"),
    ],
)
def test_what_a_claim_must_say(changes: dict[str, Any], rule: str | None) -> None:
    assert [name for name, _ in rules(make(**changes))] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("A voluntary recall.", ("what_to_do",)),
        ("As a precaution, stop.", ("what_to_do",)),
        ("It happens in very few cases.", ("what_we_know",)),
        ("Volunteers wrote to us, in many cases.", None),
    ],
)
def test_a_recall_in_words_that_make_it_small_is_told_of(text: str, field: tuple[str, ...] | None) -> None:
    plain = {"status": "true", "what_we_know": "It can burn.", "remedy": REMEDY}
    record = make(**{**plain, (field or ("what_to_do",))[0]: text})
    assert rules(record) == ([("recall-sounds-small", field)] if field else [])
    assert rules(make(**{**plain, "what_to_do": text, "remedy": {**REMEDY, "stop_using": "no"}})) == []


@pytest.mark.parametrize(
    ("changes", "alert"),
    [
        ({}, "near"),
        ({"severity": "high"}, "everywhere"),
        ({"severity": "low"}, ""),
        ({"severity": "high", "status": "withdrawn", "what_to_do": None}, ""),
        ({"severity": "high", "status": "unproven", "closed": "2026-04-20 12:01"}, "everywhere"),
        ({"severity": "high", "closed": "2026-04-20 12:00"}, ""),
        ({**RECALL, "closed": "2026-04-20 12:01"}, "everywhere"),
        ({**RECALL, "closed": "2026-04-20 12:00"}, "near"),
        ({**RECALL, "severity": "low", "closed": "2026-04-20 12:00"}, ""),
        ({**RECALL, "remedy": {**REMEDY, "stop_using": "no"}, "closed": "2026-04-20 12:00"}, ""),
    ],
)
def test_how_far_it_is_told(changes: dict[str, Any], alert: str) -> None:
    assert find_alert(make(**changes), NOW) == alert


def test_silence_is_told_by_severity_until_the_matter_is_closed() -> None:
    last = datetime(2026, 4, 14, 9, 0, tzinfo=UTC)
    for severity, days in (("high", 1), ("medium", 7), ("low", 30)):
        record = make(UPDATES, severity=severity)
        assert notices(record, last + timedelta(days=days) - timedelta(seconds=1)) == []
        assert notices(record, last + timedelta(days=days)) == ["claim-without-news"]
    assert notices(make(severity="high")) == ["claim-without-news"]
    assert notices(make(UPDATES, severity="high", closed="2026-04-20 12:00")) == []
    assert notices(make(first_seen="9999-12-31", severity="high"), datetime(2026, 1, 1, tzinfo=UTC)) == []


def test_an_update_is_shown_from_its_moment_on() -> None:
    record = make(UPDATES)
    early = datetime(2026, 4, 13, tzinfo=UTC)
    assert [update.text for update in list_shown(record, early)] == ["One."]
    assert [update.text for update in list_shown(record, NOW)] == ["Two.", "One."]
    assert notices(record, early) == ["update-in-future"]
    assert [change.at for change in KIND.changes(record, UTC)] == [update.at for update in record.updates]


TEXTS = st.lists(st.sampled_from(["", " at last", " again", " & <b>"]).map("So{}".format), min_size=1, max_size=6)


def write(texts: list[str], hours: int = 0) -> Any:
    updates = [{"at": f"2026-04-{12 + day:02} {10 + hours}:00", "text": text} for day, text in enumerate(texts)]
    return make(updates=updates)


def hold(record: Any) -> Lock:
    fields = digest_fields(KIND.locked(record))
    return Lock("content/locks/claim/x.yaml", "claim", "x", (Binding(NOW.date(), fields),))


@given(TEXTS, TEXTS, st.data())
def test_updates_may_be_added_at_the_end_and_nothing_else_may_happen_to_them(
    texts: list[str], more: list[str], data: st.DataObject
) -> None:
    lock = hold(write(texts))
    assert KIND.check_lock(write([*texts, *more]), "x.md", lock) == ()
    place = data.draw(st.integers(0, len(texts) - 1))
    changed = [*texts[:place], texts[place] + " or not", *texts[place + 1 :]]
    (problem,) = KIND.check_lock(write(changed), "x.md", lock)
    assert (problem.rule, problem.field) == ("locked-update-changed", ("updates", place, "text"))
    moved = write(texts).updates[place].model_copy(update={"at": write(texts, 1).updates[place].at})
    record = write(texts)
    record = record.model_copy(update={"updates": (*record.updates[:place], moved, *record.updates[place + 1 :])})
    found = [problem.message for problem in KIND.check_lock(record, "x.md", lock)]
    assert f"The update of 2026-04-{12 + place} 10:00:00 UTC was locked and is no longer here." in found
    assert len(found) == (1 if place == len(texts) - 1 else 2)  # the last one, dated later, may be a new one


def test_what_was_locked_first_counts_whatever_was_locked_later() -> None:
    first, forged = hold(write(["One."])), hold(write(["Uno."]))
    lock = Lock(first.path, "claim", "x", (*first.history, *forged.history))
    assert KIND.check_lock(write(["One."]), "x.md", lock) == ()
    assert [problem.rule for problem in KIND.check_lock(write(["Uno."]), "x.md", lock)] == ["locked-update-changed"]


def test_lists_show_what_is_not_settled_first_and_then_the_newest() -> None:
    order = KIND.order
    statuses = ["investigating", "true", "partly_true", "unproven", "false", "withdrawn"]
    places = [order(make(status=status), status, "T") for status in statuses]
    assert places == sorted(places)
    assert order(make(first_seen="2026-04-13"), None, "T") < order(make(), None, "T")
