"""What can be wrong with an entry form: nobody could send it, or it asks for consent in a way that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from twinsite.core.expression import express
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.form import FormField
from twinsite.kinds.contest.model import Contest, Entry, Method
from twinsite.kinds.contest.ways import MARKETING_BOX, RULES_BOX, TYPED, has_form

_HOST = express(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|[0-9A-Fa-f:.]+")
_OURSELVES = ("localhost", "127.0.0.1", "::1")
_NEWS = express(r"\b(?:newsletter|mailing list|marketing|promotion(?:s|al)|offers|adverts?|advertising)\b", re.I)
"""Words of a box that is about news from the company, as English has them."""

_SETTINGS = (
    ("options", ("select",), "a select"),
    ("accept", ("file",), "a file"),
    ("max_size", ("file",), "a file"),
    ("minimum", ("number",), "a number"),
    ("maximum", ("number",), "a number"),
    ("max_length", TYPED, "a field for words"),
)
"""Settings that only some types of fields have: name, types, and what to call them."""


def check_form(record: Contest, path: str) -> tuple[Problem, ...]:
    """What is wrong with the form of a contest and with what it asks people to agree to."""
    entry = record.entry
    if entry is None:
        return ()
    found = [problem for place, field in enumerate(entry.fields) for problem in _check_field(field, path, place)]
    shown = [(place, method) for place, method in enumerate(entry.methods) if has_form(entry, method)]
    for place, method in shown:
        found += _check_address(method, path, place)
        found += _check_names(entry, method, path, place)
    return (*found, *_check_consent(entry, path)) if shown else tuple(found)


def _check_field(field: FormField, path: str, place: int) -> Iterator[Problem]:
    at: FieldPath = ("entry", "fields", place)
    if field.type == "select" and not field.options:
        message = f'Nothing can be chosen at "{field.label}": it has no options.'
        yield Problem("form-field-incomplete", path, message, "Add options: [Cotton, Nylon].", field=at)
    for name, types, what in _SETTINGS:
        if getattr(field, name) not in (None, ()) and field.type not in types:
            message = (
                f'"{name}" says nothing of "{field.label}", which is of the type {field.type}: only {what} has it.'
            )
            hint = f'Delete "{name}", or write type: {types[0]}.'
            yield Problem("form-field-misfit", path, message, hint, field=(*at, name))


def _check_address(method: Method, path: str, place: int) -> Iterator[Problem]:
    """An entry holds personal data, so it travels encrypted; the address must be one that a policy can name."""
    parts = urlsplit(method.url or "")
    host = parts.hostname or ""
    if parts.scheme == "https" or (parts.scheme == "http" and host in _OURSELVES):
        message = "" if _HOST.fullmatch(host) else f'"{host}" does not name one server in plain letters.'
        hint = "Copy the address from the form service; names with other letters are written there as xn--…"
    elif parts.scheme == "http":
        message = "This form would send what people write to everybody on the way: its address begins with http."
        hint = f"Write https://{parts.netloc}{parts.path} if the service has it; every form service has."
    else:
        message = f"A form cannot be sent to {parts.scheme}: most people would see nothing happen."
        hint = "Write the https address of a form service; or type: email, which prepares an e-mail."
    if message:
        yield Problem("form-address", path, message, hint, field=("entry", "methods", place, "url"))


def _check_names(entry: Entry, method: Method, path: str, place: int) -> Iterator[Problem]:
    """Two things that are sent under one name: the service would keep one of them."""
    named: list[tuple[str, FieldPath]] = [(RULES_BOX, ()), (MARKETING_BOX, ())]
    at: FieldPath = ("entry", "methods", place)
    named += [(method.honeypot, (*at, "honeypot"))]
    named += [(one.name, (*at, "hidden", number, "name")) for number, one in enumerate(method.hidden)]
    fields = enumerate(entry.fields)
    named += [(field.sent_as, ("entry", "fields", number, *_name_of(field))) for number, field in fields]
    seen: set[str] = set()
    for name, field_path in named:
        if name in seen:
            message = f'The form sends two things under the name "{name}".'
            hint = "Give one of them another name; accept_rules and accept_marketing are the consent boxes."
            yield Problem("form-same-name", path, message, hint, field=field_path)
        seen.add(name)


def _name_of(field: FormField) -> tuple[str, ...]:
    return ("name",) if field.name else ()


def _check_consent(entry: Entry, path: str) -> Iterator[Problem]:
    """News that cannot be declined: consent to it must be free, and apart from all else (GDPR, articles 4(11), 7)."""
    hint = "Take the news out of it, and write the words for it as consent: {marketing: …}: a box of its own."
    if entry.consent.rules and _NEWS.search(entry.consent.rules):
        message = "Whoever accepts the rules would agree to news as well, and could not decline."
        yield Problem("consent-bundled", path, message, hint, field=("entry", "consent", "rules"), severity="warning")
    for place, field in enumerate(entry.fields):
        if field.type == "checkbox" and field.must_be_given and _NEWS.search(field.label):
            message = f'"{field.label}" must be ticked, so nobody can enter without agreeing to news.'
            yield Problem("consent-bundled", path, message, hint, field=("entry", "fields", place), severity="warning")
