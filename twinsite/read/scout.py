"""The scout: for the first build of a large site, a process that parses records while this one still imports what it
needs to ask for them.

It knows nothing but the files and what ``site.yaml`` seems to say, so it guesses how Markdown is read. What it parsed
counts only where the guess was right, and it ends as soon as somebody takes what there is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from mmap import mmap
from pathlib import Path

import msgspec

from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.installed import expect_salt, read_salt
from twinsite.tray import TOKEN, Blank

CHUNK = 10
"""Files that are handed over at once: whoever takes the work waits for no more than these."""

SPREAD = 4
"""One file of so many is parsed before their neighbours: so those that are known come to whoever goes on among others
that are not, and neither that process nor those that parse for it wait.
"""

Ahead = Sequence[tuple[Sequence[str], bytes]]
"""Paths of files and the same files parsed, as ``drafts.Parser.send`` writes them."""

_DIGEST = 32
"""Digits of a digest."""


class Scout:
    """The other process, as both see it. ``paths`` are the files that seem to be records."""

    def __init__(self, site: Path, paths: Sequence[str]) -> None:
        """To be made before the process is forked. Raises ``OSError``."""
        self._site = site
        self._chunks = list(_cut(paths))
        self._results = Blank()
        self._over = mmap(-1, 1)  # shared: its one byte says whether somebody has taken what there is
        self._takes, self._gives = os.pipe()
        self._salt: str | None = None

    def run(self) -> None:
        """In the other process: tell the digest of what is installed and of the guess, then parse. Whatever fails is
        found again by whoever does without.
        """
        os.close(self._takes)
        salt = read_salt()
        os.write(self._gives, salt.encode())
        settings = _guess_settings(self._site)
        if settings:
            os.write(self._gives, settings.digest().encode())
            self._parse_all(settings, salt)

    def _parse_all(self, settings: MarkdownSettings, salt: str) -> None:
        from twinsite.read.drafts import Parser

        parser, start = Parser(self._site, settings, salt), 0
        if isinstance(parser.engine, Problem):
            return
        for number, chunk in enumerate(self._chunks):
            data = parser.send(chunk)
            self._results.write(data, start)
            os.write(self._gives, TOKEN.pack(number, start, len(data)))
            start += len(data)
            if self._over[0]:
                return

    def listen(self) -> None:
        """In this process, once the other one is there (or could not be had): be the one who takes."""
        os.close(self._gives)
        expect_salt(self._find_salt)

    def _find_salt(self) -> str:
        """The digest of what is installed; empty where the other process cannot tell."""
        if self._salt is None:
            self._salt = self._read_digest()
        return self._salt

    def _read_digest(self) -> str:
        with suppress(OSError):
            return os.read(self._takes, _DIGEST).decode() if self._takes >= 0 else ""
        return ""

    def take(self, settings: MarkdownSettings, salt: str) -> Ahead:
        """What was parsed up to now, if it is as these settings have it. The other process comes to its end."""
        found: list[tuple[Sequence[str], bytes]] = []
        self._over[0] = 1
        with suppress(OSError):  # among others, that there is no more yet
            if self._find_salt() == salt and self._read_digest() == settings.digest():
                os.set_blocking(self._takes, False)
                while token := os.read(self._takes, TOKEN.size):
                    number, start, size = TOKEN.unpack(token)
                    found.append((self._chunks[number], self._results.read(start, size)))
        self.close()
        return found

    def close(self) -> None:
        """Let the other process come to its end."""
        self._over[0] = 1
        if self._takes >= 0:
            os.close(self._takes)
            self._results.close()
            self._takes = -1


def _cut(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    """The files in chunks, in the order in which they are to be parsed, those of the largest folder first: of the kinds
    that have many records (entries, showcases) hardly any has its bodies looked at (``parsed.Look``), for which they
    would have to be read again.
    """
    for folder, _ in Counter(_find_folder(path) for path in paths).most_common():
        within = [path for path in paths if _find_folder(path) == folder]
        for first in range(SPREAD):
            some = within[first::SPREAD]
            yield from (some[start : start + CHUNK] for start in range(0, len(some), CHUNK))


def _find_folder(path: str) -> str:
    return "/".join(path.split("/", 2)[:2])


def _guess_settings(site: Path) -> MarkdownSettings | None:
    """How ``site.yaml`` seems to have Markdown read. Raises ``OSError``."""
    from twinsite.read.front import parse_yaml

    values, _ = parse_yaml((site / "site.yaml").read_bytes(), "site.yaml")
    own = values.get("markdown") if isinstance(values, dict) else None
    with suppress(msgspec.ValidationError):
        return msgspec.convert(own or {}, MarkdownSettings, strict=False)
    return None
