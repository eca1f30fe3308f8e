"""A position that can be won as search engines take it: schema.org's JobPosting, as Google's guidelines want it.

Only while the contest is open and only on its own page; one job a page, so a contest with two positions has none. Every
value stands on the page for people too. Where a required one is missing there is no markup at all: ``title``,
``description``, ``datePosted``, ``hiringOrganization`` and ``jobLocation`` (or, for remote work, whence one may apply).
"""

from __future__ import annotations

from typing import Any

from twinsite.kinds.contest.model import Contest, Prize
from twinsite.kinds.contest.position import Pay, Position
from twinsite.kinds.kind import Facts
from twinsite.kinds.parts import plain_amount


def describe_job(record: Contest, facts: Facts) -> tuple[dict[str, Any], ...]:
    """The JobPosting of a contest's page, or nothing."""
    jobs = [prize for prize in record.prizes if prize.position]
    if facts.state != "open" or len(jobs) != 1 or jobs[0].position is None:
        return ()
    position = jobs[0].position
    description, where = _describe(jobs[0], position), _locate(record, position)
    if not description or not where or not position.employer:
        return ()
    posting = {
        "@type": "JobPosting",
        "title": position.title,
        "description": description,
        "datePosted": record.opens.date().isoformat(),
        "validThrough": record.closes.isoformat(),
        "employmentType": "INTERN",
        "hiringOrganization": _name_employer(record, position.employer),
        "jobStartDate": position.starts.isoformat() if position.starts else None,
        "workHours": f"{plain_amount(position.hours_per_week)} hours a week" if position.hours_per_week else None,
        "baseSalary": _describe_pay(position.pay) if position.pay else None,
        **where,
    }
    return ({name: value for name, value in posting.items() if value},)


def _describe(prize: Prize, position: Position) -> str:
    """What the page says of the job, as the HTML that the guidelines want."""
    from html import escape

    text = f"<p>{escape(prize.description, quote=False)}</p>" if prize.description else ""
    duties = "".join(f"<li>{escape(duty, quote=False)}</li>" for duty in position.duties)
    return f"{text}<ul>{duties}</ul>" if duties else text


def _name_employer(record: Contest, name: str) -> dict[str, Any]:
    own = name.casefold() == record.sponsor.name.casefold() and record.sponsor.url
    return {"@type": "Organization", "name": name, **({"sameAs": record.sponsor.url} if own else {})}


def _locate(record: Contest, position: Position) -> dict[str, Any]:
    """Where the work is done; for work from anywhere, the country from which one may apply."""
    found: dict[str, Any] = {}
    if position.place and position.country:
        address = {"@type": "PostalAddress", "addressLocality": position.place, "addressCountry": position.country}
        found["jobLocation"] = {"@type": "Place", "address": address}
    if position.remote and position.country:
        found["jobLocationType"] = "TELECOMMUTE"
        found["applicantLocationRequirements"] = {"@type": "Country", "name": position.country}
    return found


def _describe_pay(pay: Pay) -> dict[str, Any] | None:
    """The pay by its time; a sum for the whole term has no name there."""
    if pay.per == "total":
        return None
    value = {"@type": "QuantitativeValue", "value": plain_amount(pay.amount), "unitText": pay.per.upper()}
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value}
