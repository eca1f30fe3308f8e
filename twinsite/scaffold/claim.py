"""A new claim from the playbook: a page that can be built at once, filled with what was decided before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.core.playbook import Level, Playbook
from twinsite.core.problem import Problem
from twinsite.core.request import PLAYBOOK
from twinsite.kinds import kind_named
from twinsite.kinds.claim.titles import only_states
from twinsite.read.drafts import read_bytes
from twinsite.scaffold.imported import guess, list_names
from twinsite.scaffold.name import clean_title
from twinsite.scaffold.record import NewResult, no_site, read_zone, write_record
from twinsite.validate.playbook import parse_playbook

UNNAMED = "People say that there is a problem."
"""The claim of a draft for which nobody said yet what is claimed."""


class Ask(Struct, frozen=True):
    """What a new claim is about: its ``title``, the ``level`` (low, medium, high), what is claimed (may be empty), the
    slugs of products and campaigns, and who publishes it at once (empty: it stays a draft).
    """

    title: str
    level: str
    claim: str = ""
    products: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    publisher: str = ""


class NewClaim(Struct, frozen=True):
    """What became of it, and where it is to be said then, in this order."""

    result: NewResult
    channels: tuple[str, ...] = ()


def new_claim(site: Path, ask: Ask, now: datetime) -> NewClaim:
    """Write a claim as the playbook says. ``now`` is aware.

    Problems: ``no-settings``, ``no-playbook`` and those of the playbook itself, ``empty-title``,
    ``title-states-claim``, ``not-approved``, ``unknown-reference``, ``record-exists``, ``cannot-write``.
    """
    if not (site / "site.yaml").is_file():
        return _refuse(no_site())
    playbook, problems = _read_playbook(site)
    level: Level | None = getattr(playbook.levels, ask.level) if playbook else None
    problems = problems or [*_check(ask, playbook, level), *_check_names(site, ask)]
    if playbook is None or level is None or problems:
        return _refuse(*problems)
    fill = partial(_fill, ask, playbook, level, now)
    result = write_record(site, kind_named("claim"), clean_title(ask.title), now, fill)
    return NewClaim(result, level.channels or playbook.channels)


def _refuse(*problems: Problem) -> NewClaim:
    return NewClaim(NewResult(problems=problems))


def _read_playbook(site: Path) -> tuple[Playbook | None, list[Problem]]:
    if not (site / PLAYBOOK).is_file():
        hint = "Copy the one in the guide, in the chapter When something goes wrong, and change its words to yours."
        return None, [Problem("no-playbook", PLAYBOOK, "There is no playbook.yaml beside site.yaml.", hint)]
    data, problem = read_bytes(site, PLAYBOOK)
    if data is None or problem:
        return None, [problem] if problem else []
    return parse_playbook(data, read_zone(site))


def _check(ask: Ask, playbook: Playbook | None, level: Level | None) -> Iterator[Problem]:
    if level is None:
        message = f'The playbook says nothing for the level "{ask.level}".'
        yield Problem("no-playbook", PLAYBOOK, message, f"Add {ask.level}: below levels:, or name another level.")
    if not clean_title(ask.title):
        yield Problem("empty-title", "", "The title is empty.", 'Write it in quotes: twinsite new claim "A title"')
    if only_states(ask.title, ask.claim):
        yield Problem(
            "title-states-claim",
            "",
            "This title repeats the claim. Titles are what people remember and share.",
            "Say what is true; while nothing is known yet, say what you do: What we know about our sails.",
        )
    if ask.publisher and playbook and _find_decider(ask.publisher, playbook) is None:
        yield Problem(
            "not-approved",
            PLAYBOOK,
            f'"{ask.publisher}" may not publish a claim.',
            f"The playbook names {playbook.approver.name}, else {playbook.backup.name}. Leave out --publish to write a "
            "draft that they can look at.",
        )


def _check_names(site: Path, ask: Ask) -> Iterator[Problem]:
    """Products and campaigns that are not there: the build after this would stop, on the day when it must not."""
    for kind, slugs in (("product", ask.products), ("campaign", ask.campaigns)):
        known = list_names(site / "content" / kind_named(kind).folder) if slugs else []
        for slug in slugs:
            if slug not in known:
                message = f'There is no {kind} "{slug}".{guess(slug, known)}'
                hint = "Write the name of its file without .md, or leave it out."
                yield Problem("unknown-reference", "", message, hint)


def _find_decider(name: str, playbook: Playbook) -> str | None:
    deciders = (playbook.approver.name, playbook.backup.name)
    return next((one for one in deciders if one.casefold() == " ".join(name.split()).casefold()), None)


def _fill(ask: Ask, playbook: Playbook, level: Level, now: datetime, slug: str, today: date, zone: str) -> str:
    """The text of the record. Its moment is written with its offset, so that no change of clocks makes it unclear."""
    at = now.astimezone(ZoneInfo(zone)).isoformat(" ", "minutes")
    moment = f"{at[:16]} {at[16:]}"
    publisher = _find_decider(ask.publisher, playbook) if ask.publisher else None
    lines = [
        "---",
        f"# From playbook.yaml, level {ask.level}: {_on_one_line(level.means)}",
        f"# {_on_one_line(playbook.approver.name)} decides, else {_on_one_line(playbook.backup.name)}.",
        *([] if publisher else ['# Before it is published: delete "draft", and set "at" below to that moment.']),
        f"title: {_quote(clean_title(ask.title))}",
        *([] if publisher else ["draft: true"]),
        f"claim: {_quote(clean_title(ask.claim) or UNNAMED)}",
        "status: investigating",
        f"severity: {ask.level}",
        f"first_seen: {today.isoformat()}",
        *([f"summary: {_quote(_on_one_line(level.summary))}"] if level.summary else []),
        *_write_block("what_to_do", level.what_to_do),
        *_write_block("what_we_know", level.what_we_know),
        *_write_names("products", ask.products),
        *_write_names("campaigns", ask.campaigns),
        "# Updates are only ever added, the newest at the end. Hold them fast once they are published:",
        f"# twinsite lock {slug}",
        "updates:",
        f"  - at: {moment}",
        *(f"    {line}" for line in _write_block("text", level.statement)),
        *_write_contact(playbook),
        *(["private:", f"  approved_by: {_quote(publisher)}", f"  approved_at: {moment}"] if publisher else []),
        "---",
        "",
    ]
    return "\n".join(lines)


def _on_one_line(text: str) -> str:
    return clean_title(text)


def _quote(text: str) -> str:
    """A text as YAML takes it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _write_block(name: str, text: str | None) -> list[str]:
    """A text of several lines, as it stands; nothing without one."""
    lines = [clean_title(line) for line in (text or "").splitlines()]
    found = [line for line in lines if line]
    return [f"{name}: |", *(f"  {line}" for line in found)] if found else []


def _write_names(name: str, slugs: tuple[str, ...]) -> list[str]:
    return [f"{name}: [{', '.join(map(_quote, slugs))}]"] if slugs else []


def _write_contact(playbook: Playbook) -> list[str]:
    if playbook.contact is None:
        return []
    values = playbook.contact.model_dump(exclude_none=True)
    return ["contact:", *(f"  {name}: {_quote(value)}" for name, value in values.items())]
