"""The terms of a contest: what its fields say, in the words that the clause library fills in. Reads no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from twinsite.core.countries import name_in_sentence
from twinsite.core.law import Law
from twinsite.kinds.contest.model import Amendment, Contest, Method, Prize, sum_values
from twinsite.kinds.contest.position import Position
from twinsite.kinds.contest.rules.writing import Terms
from twinsite.kinds.contest.statements import list_releases, list_statements
from twinsite.kinds.parts import count_days, plain_amount

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WAYS = {"form": "By the form", "post": "By a post", "email": "By e-mail", "mail": "By letter or card"}
TIES = {
    "votes": "the number of votes",
    "earliest": "the earlier entry",
    "chair": "the score of the panel’s chair",
    "shared": "sharing the place",
}
PER = {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year", "total": "in all"}


def make_terms(record: Contest, title: str, zone: str, regions: Sequence[str], law: Law) -> Terms:
    """The terms of a contest in a zone (IANA). ``regions`` are the places where entrants must live, as people call
    them; ``law`` knows the sentences that jurisdictions and networks want said.
    """
    terms: dict[str, str | bool | tuple[str, ...] | None] = {
        "title": title,
        **_who(record, regions),
        **_when(record, zone),
        **_how(record),
        **_what(record),
        **_winning(record),
        **_after(record, law),
    }
    return {name: value for name, value in terms.items() if value}


Some = dict[str, str | bool | tuple[str, ...] | None]


def _who(record: Contest, regions: Sequence[str]) -> Some:
    who = record.eligibility
    return {
        "sponsor": record.sponsor.name,
        "sponsor_address": record.sponsor.address,
        "sponsor_contact": record.sponsor.contact,
        "regions": join_words([name_in_sentence(region) for region in regions], "or"),
        "minimum_age": str(who.minimum_age) if who and who.minimum_age else None,
        "eligibility_text": who.text if who else None,
        "excluded": "; ".join(who.excluded) if who else None,
    }


def _when(record: Contest, zone: str) -> Some:
    def write(moment: datetime | None) -> str | None:
        return write_moment(moment, zone) if moment else None

    voting = record.voting
    return {
        "opens": write(record.opens),
        "closes": write(record.closes),
        "voting_opens": write(voting.opens if voting else None),
        "voting_closes": write(voting.closes if voting else None),
        "judging_ends": write(record.judging_ends),
        "winners_announced": write(record.winners_announced),
        "zone": f"the zone {zone}",
    }


def _how(record: Contest) -> Some:
    entry = record.entry
    methods = entry.methods if entry else ()
    limit = entry.limit_per_person if entry else None
    return {
        "methods": tuple(_describe_method(method) for method in methods),
        "one_way": len(methods) == 1,
        "several_ways": len(methods) > 1,
        **_costs(record),
        "free_route": entry.free_route if entry else None,
        "rights": entry.rights if entry else None,
        "fields": join_words([field.label for field in entry.fields]) if entry else None,
        "limit": None if limit is None else "once" if limit == 1 else f"up to {limit} times",
    }


def _costs(record: Contest) -> Some:
    """What entering costs; a contest that does not say is free."""
    entry = record.entry
    return {
        "purchase": entry is not None and entry.cost == "purchase",
        "payment": entry is not None and entry.cost == "payment",
        "cost_note": entry.cost_note if entry else None,
        "proof_of_purchase": entry.proof_of_purchase if entry else None,
        "availability": record.availability,
    }


def _describe_method(method: Method) -> str:
    """``By a post on Instagram with #tag, marked #contest: what to do.``"""
    words = [WAYS[method.type]]
    if method.platform:
        words.append(f"on {method.platform}")
    if method.hashtag:
        words.append(f"with #{method.hashtag}")
    if method.disclosure_tag and method.disclosure_tag != method.hashtag:
        words.append(f"marked #{method.disclosure_tag}")
    if method.url and not method.url.startswith("tel:"):
        words.append(f"({method.url.removeprefix('mailto:')})" if method.type == "form" else f"to {_plain_url(method)}")
    return f"{' '.join(words)}: {method.instructions}" if method.instructions else " ".join(words)


def _plain_url(method: Method) -> str:
    return (method.url or "").removeprefix("mailto:").partition("?")[0]


def _what(record: Contest) -> Some:
    count = sum(prize.quantity for prize in record.prizes)
    return {
        "prizes": tuple(_describe_prize(prize, number) for number, prize in enumerate(record.prizes, start=1)),
        "prize_count": str(count),
        "one_prize": count == 1,
        "cash": record.cash_alternative,
        "prizes_sent": record.prizes_sent,
        "total": _total(record.prizes),
        "positions": tuple(_describe_position(prize.position, record) for prize in record.prizes if prize.position),
    }


def _describe_prize(prize: Prize, number: int) -> str:
    """``First: A Halyard, 2 of them, worth about £128 each. Our two-line delta.``"""
    words = f"{prize.place or number}: {prize.name}"
    if prize.quantity > 1:
        words += f", {prize.quantity} of them"
    if prize.value and prize.value.amount:
        each = " each" if prize.quantity > 1 else ""
        words += f", worth about {write_money(prize.value.amount, prize.value.currency)}{each}"
    return f"{words}. {prize.description}" if prize.description else f"{words}."


def _total(prizes: Sequence[Prize]) -> str:
    return join_words([write_money(total, currency) for currency, total in sum_values(prizes).items() if total])


def _describe_position(job: Position, record: Contest) -> str:
    """A position in one sentence; its pay, or the word unpaid, always in it."""
    pay = f"paid {write_money(job.pay.amount, job.pay.currency)} {PER[job.pay.per]}" if job.pay else "unpaid"
    words = [f"{job.title}, {pay}, with {job.employer or record.sponsor.name}"]
    if job.starts and job.ends:
        words.append(f"from {write_day(job.starts)} to {write_day(job.ends)}")
    elif job.starts:
        words.append(f"from {write_day(job.starts)}")
    if job.hours_per_week is not None:
        words.append(f"{plain_amount(job.hours_per_week)} hours a week")
    places = [job.place or "", "from anywhere" if job.remote else ""]
    words += [place for place in places if place]
    words += [f"supervised by {job.supervisor}"] if job.supervisor else []
    duties = f" Duties: {'; '.join(job.duties)}." if job.duties else ""
    return f"{', '.join(words)}.{duties}"


def _winning(record: Contest) -> Some:
    scored = record.kind_of == "judged" or (record.voting is not None and record.voting.share is not None)
    judging = record.judging if scored and record.kind_of != "draw" else None
    panel = judging.panel if judging else ()
    share = record.voting.share if record.voting else None
    return {
        record.kind_of: True,
        "response": count_days(record.days_to_respond) if record.days_to_respond else None,
        "criteria": tuple(
            f"{one.name} ({plain_amount(one.weight)} %)" if one.weight is not None else one.name
            for one in (judging.criteria if judging else ())
        ),
        "panel": "; ".join(f"{judge.name} ({judge.role})" if judge.role else judge.name for judge in panel),
        "independent": any(judge.independent for judge in panel),
        "tie_break": record.judging.tie_break if record.judging else None,
        "tie_steps": ", ".join(TIES.get(step, f"the mark for “{step}”") for step in judging.tie_rule)
        if judging
        else None,
        "vote_share": plain_amount(share) if share is not None else None,
        "told": record.how_winners_are_told,
        "draw_method": record.draw_method,
    }


def _after(record: Contest, law: Law) -> Some:
    rules = record.rules
    statements = tuple(one.text for one in list_statements(record, law))
    return {
        "privacy": record.privacy_url is not None,
        "governing_law": rules.governing_law if rules else None,
        "releases": tuple(one.text for one in list_releases(record, law)),
        "statements": statements,
        "void_said": any("void where prohibited" in text.lower() for text in statements),
        "extra_clauses": rules.extra_clauses if rules else (),
        "amendments": tuple(_describe_amendment(one) for one in record.amendments),
    }


def _describe_amendment(amendment: Amendment) -> str:
    reason = f" The reason: {amendment.reason}" if amendment.reason else ""
    return f"Changed on {write_day(amendment.date)}: {amendment.change}{reason}"


def write_day(day: date) -> str:
    """``2026-06-01`` as ``1 June 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_moment(moment: datetime, zone: str) -> str:
    """An instant as ``1 June 2026, 09:00 BST``; where its zone has no letters, with its offset."""
    local = moment.astimezone(ZoneInfo(zone))
    name = local.tzname() or "UTC"
    offset = local.isoformat()[-6:]
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{write_day(local)}, {clock} {name if name.isalpha() else f'UTC{offset}'}"


def write_money(amount: Decimal, currency: str) -> str:
    """An amount as ``£1,200``, with pence only where there are any."""
    from babel.numbers import format_currency

    whole = amount == amount.to_integral_value()
    pattern = "¤#,##0" if whole else None
    return str(format_currency(amount, currency, format=pattern, currency_digits=not whole, locale="en_GB"))


def join_words(words: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
