"""The ways to enter a contest as its page shows them: the form with its fields, the prepared e-mail, the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from twinsite.kinds.contest.form import FormField
from twinsite.kinds.contest.model import Contest, Entry, Method
from twinsite.kinds.parts import plain_amount

RULES_BOX, MARKETING_BOX = "accept_rules", "accept_marketing"
"""The names under which the two consent boxes are sent; the value of a ticked one is ``yes``."""

TYPED = ("text", "email", "tel", "url", "textarea")
"""The types of fields into which people write words, whose length has a limit."""


def list_ways(record: Contest) -> list[dict[str, Any]]:
    """The ways to enter, in the order written.

    Each is ``{type, platform, instructions, url, tags, asks, form, letter, address}``. ``tags`` are those that a post
    must carry, without the ``#``. ``asks`` are the labels of what an entry must say; ``form`` is what ``make_form``
    gives, or none; ``letter`` the address of a prepared e-mail; ``address`` where paper goes.
    """
    entry = record.entry
    return [_show_way(record, entry, method, place) for place, method in enumerate(entry.methods)] if entry else []


def _show_way(record: Contest, entry: Entry, method: Method, place: int) -> dict[str, Any]:
    tags = (method.hashtag, method.disclosure_tag)
    form = make_form(entry, method, place)
    return {
        "type": method.type,
        "platform": method.platform,
        "instructions": method.instructions,
        "url": None if form or method.type == "email" else method.url,
        "tags": list(dict.fromkeys(tag for tag in tags if tag)),
        "asks": [field.label for field in entry.fields],
        "form": form,
        "letter": write_letter(record, entry, method) if method.type == "email" else None,
        "address": method.address or record.sponsor.address if method.type == "mail" else None,
    }


def has_form(entry: Entry, method: Method) -> bool:
    """Whether the page itself shows the form: it knows the fields, and the address is the one that takes them."""
    return method.type == "form" and bool(entry.fields) and bool(method.url) and not method.hosted


def list_form_addresses(record: Contest) -> tuple[str, ...]:
    """The addresses to which the page's forms are sent, whatever its state."""
    entry = record.entry
    return tuple(method.url for method in entry.methods if method.url and has_form(entry, method)) if entry else ()


def make_form(entry: Entry, method: Method, place: int) -> dict[str, Any] | None:
    """The form that the page shows, or none: ``{action, host, multipart, hidden, honeypot, fields, boxes}``.

    ``boxes`` are the consent boxes, ``{id, name, text, required}`` with ``text`` none for the theme's own words; none
    is ever ticked. Files can only be sent as ``multipart``.
    """
    if not has_form(entry, method) or method.url is None:
        return None
    return {
        "action": method.url,
        "host": urlsplit(method.url).hostname,
        "multipart": any(field.type == "file" for field in entry.fields),
        "hidden": [{"name": one.name, "value": one.value} for one in method.hidden],
        "honeypot": {"id": f"entry-{place}-empty", "name": method.honeypot},
        "fields": [_show_field(field, f"entry-{place}-{number}") for number, field in enumerate(entry.fields)],
        "rules": {"id": f"entry-{place}-rules", "name": RULES_BOX, "text": entry.consent.rules},
        "marketing": entry.consent.marketing
        and {"id": f"entry-{place}-news", "name": MARKETING_BOX, "text": entry.consent.marketing},
    }


def _show_field(field: FormField, identity: str) -> dict[str, Any]:
    return {
        "id": identity,
        "name": field.sent_as,
        "label": field.label,
        "type": field.type,
        "required": field.must_be_given,
        "autocomplete": field.autocomplete,
        "help": field.help,
        "max_length": field.max_length,
        "minimum": _number(field.minimum),
        "maximum": _number(field.maximum),
        "step": "any" if field.type == "number" else None,
        "options": list(field.options),
        "accept": ",".join(field.accept) or None,
        "endings": ", ".join(ending.removeprefix(".") for ending in field.accept),
        "max_size": _number(field.max_size),
    }


def _number(value: Any) -> str | None:
    return None if value is None else plain_amount(value)


def write_letter(record: Contest, entry: Entry, method: Method) -> str | None:
    """The ``mailto:`` address that opens an e-mail with its subject, and with a line for everything that an entry must
    say (RFC 6068: every sign but letters and digits in percent, lines end in CR LF). What the editor wrote into the
    address stays.
    """
    if method.url is None or not method.url.startswith("mailto:"):
        return method.url
    address, _, query = method.url.partition("?")
    given = {part.partition("=")[0].lower() for part in query.split("&")}
    wanted = {"subject": method.subject or record.title, "body": _write_body(entry.fields)}
    added = [f"{name}={quote(text, safe='')}" for name, text in wanted.items() if text and name not in given]
    parts = [part for part in (query, *added) if part]
    return address + ("?" + "&".join(parts) if parts else "")


def _write_body(fields: Sequence[FormField]) -> str:
    return "".join(f"{field.label}:\r\n\r\n" for field in fields if field.type != "file")
