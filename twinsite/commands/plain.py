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
    flags = [argument for argument in arguments[1:] if argument in FLAGS]
    values = _pair([argument for argument in arguments[1:] if argument not in FLAGS])
    if values is None or len(set(flags)) < len(flags):
        return None
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


def _pair(words: list[str]) -> dict[str, str] | None:
    """The values by their options, if nothing else is there and none is there twice."""
    names, values = words[::2], words[1::2]
    if len(names) != len(values) or len(set(names)) < len(names) or not set(names) <= set(VALUES):
        return None
    if any(not value or value.startswith("-") for value in values):
        return None
    return dict(zip(names, values, strict=True))


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
