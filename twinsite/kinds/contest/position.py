"""A prize that is a position: what must be said of it, and what search engines are told of it while it can be won."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from twinsite.core.countries import COUNTRIES
from twinsite.core.instants import wrong
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Model, Money
from twinsite.core.values import Amount, Date, Flag, Ref, Text
from twinsite.kinds.parts import check_term, in_range


def need_country(code: str) -> str:
    """Refuse what is no country's two letters, with the rule ``not-a-country``."""
    if code not in COUNTRIES:
        raise wrong("not-a-country", f'"{code}" is not a country.', "Write its two capital letters: GB, US, NL.")
    return code


class Pay(Money):
    """What a position pays."""

    per: Literal["hour", "day", "week", "month", "year", "total"] = Field(
        description="The time the amount is paid for: hour, day, week, month, year, or total for the whole term."
    )


class Position(Model):
    """A position that can be won, such as an internship. Pay is always stated, or the word unpaid."""

    title: Text = Field(description="What the position is called, such as: Social media intern.")
    programme: Annotated[str, Ref("programme")] | None = Field(
        default=None, description="The twinternship it belongs to, by the name of its file; the page links to it."
    )
    pay: Pay | None = Field(default=None, description="What it pays; leave it out only with unpaid: true.")
    unpaid: Flag = Field(default=False, description="true when the position is not paid; then leave out pay.")
    unpaid_review: Text | None = Field(
        default=None,
        description="Who looked at whether it may be unpaid, and when, such as: Our counsel weighed the seven factors "
        "on 2 March 2026.",
    )
    starts: Date | None = Field(default=None, description="The first day, such as: 2026-09-01.")
    ends: Date | None = Field(default=None, description="The last day, such as: 2027-02-26.")
    hours_per_week: Annotated[Amount, in_range(0, 168)] | None = Field(
        default=None, description="Hours a week, such as: 37.5."
    )
    place: Text | None = Field(default=None, description="Where the work is done, such as: Leeds.")
    country: Annotated[Text, AfterValidator(need_country)] | None = Field(
        default=None, description="The country of the place, in two capital letters, such as: GB."
    )
    remote: Flag | None = Field(default=None, description="true when the work can be done from anywhere.")
    supervisor: Text | None = Field(default=None, description="Who supervises the position.")
    employer: Text | None = Field(default=None, description="Who employs the person, such as: Larkfield Coffee Ltd.")
    employer_type: Literal["for_profit", "non_profit", "public"] | None = Field(
        default=None, description="What the employer is: for_profit, non_profit (a charity) or public (a public body)."
    )
    duties: tuple[Text, ...] = Field(default=(), description="What the person will do, one duty a line.")


NEEDED: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("starts",), 'when the position "{title}" starts', 'Add "starts:" with the first day, such as: 2026-09-01.'),
    (("ends",), 'when the position "{title}" ends', 'Add "ends:" with the last day, such as: 2027-02-26.'),
    (
        ("hours_per_week",),
        'how many hours a week the position "{title}" asks for',
        'Add "hours_per_week:", such as: 37.5.',
    ),
    (
        ("place", "remote"),
        'where the work of the position "{title}" is done',
        'Add "place:", such as: Leeds; or "remote: true".',
    ),
    (
        ("supervisor",),
        'who supervises the position "{title}"',
        'Add "supervisor:" with a name, and what the person does.',
    ),
    (
        ("employer",),
        'who employs the person in the position "{title}"',
        'Add "employer:" with the legal name, also if it is the sponsor.',
    ),
)
"""What must be said of a position beside its pay: the fields of which one must be given, in words, and how."""


def check_position(position: Position, path: str, at: FieldPath) -> tuple[Problem, ...]:
    """What nobody should have to ask before trying to win a position; ``at`` leads to it."""
    missing = [
        Problem(
            rule="position-incomplete",
            path=path,
            field=at,
            message=f"Nothing says {what.format(title=position.title)}.",
            hint=hint,
        )
        for names, what, hint in NEEDED
        if not any(getattr(position, name) for name in names)
    ]
    return (*_check_pay(position, path, at), *missing, *check_term(position.starts, position.ends, path, at))


def _check_pay(position: Position, path: str, at: FieldPath) -> tuple[Problem, ...]:
    if position.pay is None and not position.unpaid:
        message = f'Nothing says what the position "{position.title}" pays.'
        hint = 'Add "pay:" with amount, currency and per; or write "unpaid: true".'
        return (Problem(rule="pay-not-stated", path=path, field=at, message=message, hint=hint),)
    if position.pay is not None and position.unpaid:
        message = f'The position "{position.title}" has pay and is called unpaid.'
        hint = 'Keep one: "pay:" with amount, currency and per, or "unpaid: true".'
        return (Problem(rule="pay-and-unpaid", path=path, field=(*at, "unpaid"), message=message, hint=hint),)
    return ()
