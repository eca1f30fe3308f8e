"""The plain command line: a ``build`` with nothing but the most usual options, each written in the most usual way.

It is understood without the library that reads all others, which takes longer to import than all else that a build
does in which nothing changed. Takes the arguments; gives what is asked for, the same as the long way does, or nothing:
whatever is wrong, or only unusual, is left to that.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twinsite.core.request import BuildRequest

FLAGS = ("--drafts", "--strict", "--no-cache", "--force")
"""Options that stand alone."""

VALUES = ("--site", "--output", "--now", "--jobs")
"""Options with a value behind them."""

UNUSUAL = ("SOURCE_DATE_EPOCH", "_TWINSITE_COMPLETE")
"""Variables of the environment that change what a command line means."""


def read_plain(arguments: Sequence[str], environment: Mapping[str, str]) -> BuildRequest | None:
    """What a plain ``build`` is asked for; ``None`` for any other command line."""
    if not arguments or arguments[0] != "build" or any(name in environment for name in UNUSUAL):
        return None
    words = _sort_words(arguments[1:])
    if words is None:
        return None
    flags, values = words
    try:
        now = read_instant(values["--now"]) if "--now" in values else datetime.now(UTC)
    except ValueError:
        return None
    site, output, jobs = values.get("--site", "."), values.get("--output"), values.get("--jobs", "0")
    if not _is_small_number(jobs) or not _may_be_folder(site) or not (output is None or _may_be_folder(output)):
        return None
    from twinsite.core.request import BuildRequest

    return BuildRequest(
        Path(site),
        Path(output) if output is not None else None,
        now=now,
        drafts="--drafts" in flags,
        strict="--strict" in flags,
        jobs=int(jobs),
        use_cache="--no-cache" not in flags,
        force="--force" in flags,
    )


def _sort_words(words: Sequence[str]) -> tuple[set[str], dict[str, str]] | None:
    """The flags, and the values by their options, if nothing else is there and none is there twice."""
    flags: set[str] = set()
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        value = next(rest, "") if word in VALUES else ""
        if word in flags or word in values:
            return None
        if word in FLAGS:
            flags.add(word)
        elif value and not value.startswith("-"):
            values[word] = value
        else:
            return None
    return flags, values


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4


def _may_be_folder(path: str) -> bool:
    return os.access(path, os.R_OK) if os.path.isdir(path) else not os.path.lexists(path)


def read_instant(text: str) -> datetime:
    """The instant, with an offset or ``Z``, else in UTC. Raises ``ValueError``, which says what to write instead."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f'"{text}" is no instant. Write it like 2026-06-01T12:00:00+01:00') from None
    if not 1000 <= moment.year <= 9000:
        raise ValueError(f'"{text}" is too far from today. Write a year between 1000 and 9000.')
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
