"""Small models that several kinds share: people to write to, relationships, a term, what a person may be paid."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Model
from twinsite.core.values import Date, Email, Range, Text, Whole

Relationship = Literal["employee", "intern_paid", "intern_unpaid", "gifted", "contest_prize", "affiliate", "none"]
"""How a person is connected with the brand (16 CFR 255.5(a): a material connection); ``none`` is a statement too."""

RELATIONSHIP_ABOUT = (
    "How the person is connected with the brand: employee, intern_paid, intern_unpaid, gifted, contest_prize, "
    "affiliate or none."
)


class ImportNote(Model):
    """Where a record came from that a command wrote: what it says of the record stands in no output."""

    file: Text = Field(description="The name of the file that was imported.")
    sha256: Text = Field(description="The digest of that file, so that it can be told from others of its name.")
    row: Whole = Field(description="The row of that file, counted from 1 without the heading.")
    day: Date = Field(description="The day of the import.")
    key: Text = Field(description="What tells this row from others in all exports of the same source.")
    digests: tuple[Text, ...] = Field(
        default=(), description="Short digests of the values as they came, such as: quote=4b14ea52."
    )


class Contact(Model):
    """Somebody to write to or to call."""

    name: Text = Field(description="The person's or the desk's name, such as: Press desk.")
    role: Text | None = Field(default=None, description="What they do, such as: Head of public relations.")
    email: Email | None = Field(default=None, description="An address that may be published.")
    phone: Text | None = Field(default=None, description="A number that may be published, such as: +44 20 7946 0000.")


class Team(Model):
    """Who runs a programme."""

    team: Text = Field(description="The team that answers for it, such as: Public relations.")
    name: Text | None = Field(default=None, description="The person in charge.")
    email: Email | None = Field(default=None, description="An address that may be published.")


def contact_of(who: Contact | Team | None) -> tuple[str | None, ...]:
    """How the public may reach somebody."""
    if who is None:
        return ()
    return (who.email, who.phone if isinstance(who, Contact) else None)


def check_term(starts: Date | None, ends: Date | None, path: str, at: FieldPath) -> tuple[Problem, ...]:
    """The problem of a term that ends before it starts, at ``ends``; ``at`` leads to the model that holds both."""
    if starts is None or ends is None or starts <= ends:
        return ()
    return (
        Problem(
            rule="dates-out-of-order",
            path=path,
            field=(*at, "ends"),
            message='"ends" is earlier than "starts".',
            hint='Write the last day in "ends"; it may be the same day as "starts", or any later one.',
        ),
    )


def plain_amount(value: Decimal) -> str:
    """An amount as text without an exponent: ``1500``, ``37.50``."""
    return format(value, "f")


def newest_first(day: Date, title: str) -> tuple[int, str]:
    """The place of a dated record in lists: the newest first, then by title without regard to letter case."""
    return (-day.toordinal(), title.casefold())


def count_days(days: int) -> str:
    """``1 day``, ``12 days``."""
    return "1 day" if days == 1 else f"{days} days"


def in_range(low: int, high: int | None = None) -> AfterValidator:
    """The annotation of a number that must not be below ``low`` nor above ``high``; rule ``out-of-range``."""
    return AfterValidator(Range(low, high))


Count = Annotated[Whole, in_range(0)]
"""How many of something: a whole number that is not negative."""
