"""What an editor writes about a programme. Pay is always stated, for the programme and wherever an intake differs."""

from typing import Annotated

from pydantic import Field

from twinsite.core.record import Model, Record
from twinsite.core.values import Date, Flag, Instant, Ref, Target, Text
from twinsite.kinds.parts import Contact, Count, Team


class Cohort(Model):
    """One intake of a programme."""

    name: Text = Field(description="What the intake is called, such as: Spring 2026.")
    starts: Date | None = Field(default=None, description="Its first day, such as: 2026-03-02.")
    ends: Date | None = Field(default=None, description="Its last day, such as: 2026-08-28.")
    places: Count | None = Field(default=None, description="How many places it has or had.")
    paid: Flag | None = Field(default=None, description="true or false where this intake's pay is not the programme's.")
    pay_note: Text | None = Field(default=None, description="What this intake is paid, where it differs.")
    contest: Annotated[str, Ref("contest")] | None = Field(
        default=None, description="The contest whose prize is a place in this intake."
    )


class Application(Model):
    """How to apply."""

    label: Text | None = Field(default=None, description="The words on the button, such as: Apply by e-mail.")
    url: Target | None = Field(default=None, description="Where to apply: a form, a page, or mailto: with an address.")
    contest: Annotated[str, Ref("contest")] | None = Field(
        default=None, description="The contest whose prize is a place in the programme."
    )
    opens: Instant | None = Field(default=None, description="From when one may apply, such as: 2026-05-01 09:00.")
    closes: Instant | None = Field(default=None, description="When it is too late, such as: 2026-08-01 18:00.")
    steps: tuple[Text, ...] = Field(default=(), description="What happens from the letter to the first day, in order.")


class Programme(Record):
    """A programme for twinterns or other advocates."""

    title: Text = Field(description="The programme's name, such as: Larkfield twinternship.")
    purpose: Text = Field(description="What it is for, in a sentence or two.")
    paid: Flag = Field(description="true when the people in it are paid, false when they are not.")
    pay_note: Text | None = Field(default=None, description="What they are paid, or what they get instead.")
    receives: tuple[Text, ...] = Field(default=(), description="What the people in it receive, one thing a line.")
    duties: tuple[Text, ...] = Field(default=(), description="What they do, one duty a line.")
    period: Text | None = Field(
        default=None, description="How long one stays and how much time it takes, such as: Six months, 24 hours a week."
    )
    place: Text | None = Field(default=None, description="Where it is done, such as: Leeds, or anywhere.")
    run_by: Team | None = Field(default=None, description="The team that runs it.")
    starts: Date | None = Field(default=None, description="Its first day, such as: 2026-03-02.")
    ends: Date | None = Field(default=None, description="Its last day; leave it out while it goes on.")
    cohorts: tuple[Cohort, ...] = Field(default=(), description="Its intakes, each with a name and days.")
    disclosure_policy: Text | None = Field(
        default=None, description="How the people in it say that they speak for the brand."
    )
    apply: Application | None = Field(default=None, description="How to apply.")
    contact: Contact | None = Field(default=None, description="Whom to ask.")
