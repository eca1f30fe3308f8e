"""Programmes: what a twinternship is, what it pays, and how to apply. Pay is always stated."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Annotated, Any

from pydantic import Field

from twinsite.core.problem import Problem
from twinsite.core.record import Model, Record
from twinsite.core.values import Date, Flag, Instant, Ref, Target, Text
from twinsite.kinds.kind import Change, Facts, Kind
from twinsite.kinds.moment import TERM_STATES, as_utc, find_term_state, list_term_changes
from twinsite.kinds.parts import Cohort, Contact, Team, check_term, contact_of


class Application(Model):
    """How to apply."""

    label: Text | None = Field(default=None, description="The words on the button, such as: Apply by e-mail.")
    url: Target | None = Field(default=None, description="Where to apply: a form, a page, or mailto: with an address.")
    contest: Annotated[str, Ref("contest")] | None = Field(
        default=None, description="The contest whose prize is a place in the programme."
    )
    closes: Instant | None = Field(default=None, description="When it is too late, such as: 2026-08-01 18:00.")


class Programme(Record):
    """A programme for twinterns or other advocates."""

    title: Text = Field(description="The programme's name, such as: Larkfield twinternship.")
    purpose: Text = Field(description="What it is for, in a sentence or two.")
    paid: Flag = Field(description="true when the people in it are paid, false when they are not.")
    pay_note: Text | None = Field(default=None, description="What they are paid, or what they get instead.")
    receives: tuple[Text, ...] = Field(default=(), description="What the people in it receive, one thing a line.")
    duties: tuple[Text, ...] = Field(default=(), description="What they do, one duty a line.")
    run_by: Team | None = Field(default=None, description="The team that runs it.")
    starts: Date | None = Field(default=None, description="Its first day, such as: 2026-03-02.")
    ends: Date | None = Field(default=None, description="Its last day; leave it out while it goes on.")
    cohorts: tuple[Cohort, ...] = Field(default=(), description="Its intakes, each with a name and days.")
    disclosure_policy: Text | None = Field(
        default=None, description="How the people in it say that they speak for the brand."
    )
    apply: Application | None = Field(default=None, description="How to apply.")
    contact: Contact | None = Field(default=None, description="Whom to ask.")


def find_state(record: Programme, now: datetime) -> str:
    """``upcoming`` before its first day, ``ended`` after its last, else ``running``."""
    return find_term_state(record.starts, record.ends, now)


def list_changes(record: Programme, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of its first day, the end of its last, and the moment at which applications close."""
    changes = list_term_changes(record.starts, record.ends, zone)
    if record.apply and record.apply.closes:
        changes = (*changes, Change(record.apply.closes.astimezone(zone), "closes for applications"))
    return tuple(sorted(changes, key=lambda change: as_utc(change.at)))


def check(record: Programme, path: str) -> tuple[Problem, ...]:
    """Terms that end before they start, and a way to apply that leads nowhere."""
    cohorts = [
        problem
        for index, cohort in enumerate(record.cohorts)
        for problem in check_term(cohort.starts, cohort.ends, path, ("cohorts", index))
    ]
    return (*check_term(record.starts, record.ends, path, ()), *cohorts, *_check_application(record, path))


def _check_application(record: Programme, path: str) -> tuple[Problem, ...]:
    if record.apply is None or record.apply.url or record.apply.contest:
        return ()
    return (
        Problem(
            rule="apply-without-target",
            path=path,
            field=("apply",),
            message='"apply" says nothing about where to apply.',
            hint='Add "url:" with the address of a form or mailto:, or "contest:" with the name of a contest.',
        ),
    )


def compute(record: Programme, facts: Facts) -> dict[str, Any]:
    """``takes_applications``: there is a way to apply, and it is not too late."""
    application = record.apply
    too_late = bool(application and application.closes and as_utc(facts.now) >= as_utc(application.closes))
    return {"takes_applications": application is not None and not too_late and facts.state != "ended"}


def list_contacts(record: Programme) -> tuple[str | None, ...]:
    """Who runs it, whom to ask, and where to apply by e-mail."""
    apply = record.apply.url if record.apply else None
    by_mail = apply if apply and apply.startswith("mailto:") else None
    return (*contact_of(record.run_by), *contact_of(record.contact), by_mail)


KIND = Kind(
    name="programme",
    folder="programmes",
    label="Programme",
    plural="Programmes",
    model=Programme,
    about="A twinternship or another programme for advocates: what it is for, what it pays, how to apply.",
    states=TERM_STATES,
    card=("purpose", "paid", "pay_note", "starts", "ends"),
    state=find_state,
    changes=list_changes,
    check=check,
    compute=compute,
    compute_card=compute,
    contacts=list_contacts,
)
