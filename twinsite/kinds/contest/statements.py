"""The sentences that law and networks want on the page of a contest: put there from data, never typed by the editor.

The contest's page and its official rules ask the same functions, so that the two cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from twinsite.core.law import Law, Line, Platform, Profile
from twinsite.kinds.contest.fields import find_values, is_given
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.platforms import list_platforms
from twinsite.kinds.contest.when import applies

_BLANK = re.compile(r"\{([a-z_.]+)\}")


class Statement(Struct, frozen=True):
    """A sentence for the page. ``id`` is its anchor; ``rule`` whose rule it serves, as messages name
    it; ``language`` that of the text.
    """

    id: str
    text: str
    rule: str
    language: str


def list_statements(record: Contest, law: Law) -> tuple[Statement, ...]:
    """What the profiles of a contest want said, in their order; a sentence that several of them want comes once."""
    found: dict[str, Statement] = {}
    for name, profile, line in _list_lines(record, law):
        text, missing = fill_statement(record, line.need.statement or "")
        if not missing:
            found.setdefault(text, Statement(f"law-{name}-{line.id}", text, name_line(name, line), profile.language))
    return tuple(found.values())


def list_releases(record: Contest, law: Law) -> tuple[Statement, ...]:
    """The release of each platform on which one can enter, and that it has nothing to do with the contest."""
    return tuple(
        Statement(
            f"release-{name}",
            fill_release(record, platform),
            f"{platform.name}, terms for promotions",
            platform.language,
        )
        for name, platform in list_platforms(record, law)
    )


def list_law(record: Contest, law: Law) -> dict[str, Callable[[], list[dict[str, Any]]]]:
    """What the page may show of it, each made when it is asked for: ``statements`` and ``releases``,
    ``[{id, text, language}]``, and the ``profiles`` of the contest, ``[{name, checked}]``.
    """
    return {
        "statements": lambda: [_show(one) for one in list_statements(record, law)],
        "releases": lambda: [_show(one) for one in list_releases(record, law)],
        "profiles": lambda: _list_profiles(record, law),
    }


def _list_profiles(record: Contest, law: Law) -> list[dict[str, Any]]:
    profiles = [profile for name in dict.fromkeys(record.jurisdictions) if (profile := law.profile(name))]
    return [{"name": profile.name, "checked": profile.checked} for profile in profiles]


def _show(statement: Statement) -> dict[str, Any]:
    return {"id": statement.id, "text": statement.text, "language": statement.language}


def _list_lines(record: Contest, law: Law) -> Iterator[tuple[str, Profile, Line]]:
    for name in record.jurisdictions:
        profile = law.profile(name)
        if profile is None:
            continue
        for line in profile.lines:
            if line.need.statement and applies(line.when, record):
                yield (name, profile, line)


def name_line(profile: str, line: Line) -> str:
    """A line as messages name it: ``uk: CAP 8.17.9, promoter's name and address``."""
    return f"{profile}: {line.rule}, {line.title}"


def list_owed(record: Contest, law: Law) -> tuple[tuple[str, str], ...]:
    """The sentences that a contest's page must show: the anchor of each, and whose rule wants it."""
    said = (*list_statements(record, law), *list_releases(record, law))
    return tuple((one.id, f'{one.rule}: "{one.text}"') for one in said)


def fill_statement(record: Contest, text: str) -> tuple[str, tuple[str, ...]]:
    """A sentence with the fields that it names, and those of them that the contest lacks."""
    values = {name: next((value for _, value in find_values(record, name)), None) for name in _BLANK.findall(text)}
    missing = tuple(name for name, value in values.items() if not is_given(value))
    return _BLANK.sub(lambda blank: str(values[blank[1]]), text), missing


def fill_release(record: Contest, platform: Platform) -> str:
    """The release of a platform with its name and the sponsor's."""
    return platform.release.replace("{platform}", platform.name).replace("{sponsor}", record.sponsor.name)


def list_blanks(text: str) -> tuple[str, ...]:
    """The names in braces of a sentence."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))
