"""Drafts: every record file read, its front matter parsed, its body run through Markdown. Both are cached by their
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.draft import Draft
from twinsite.core.fragment import EMPTY, Fragment
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.front import FrontText, parse_front, split_front
from twinsite.read.markdown import Engine, make_engine, parse_body
from twinsite.read.markdown.lines import LineReader
from twinsite.read.tree import RecordFile
from twinsite.read.yaml_copied import CONFLICT_HINT, CONFLICT_MESSAGE

LARGEST_FILE = 16_000_000
"""Bytes; a Markdown file above this is surely a mistake."""


class Bodies:
    """Markdown bodies to fragments, through the cache. The engine is made on the first miss only.

    ``problem`` is set when ``site.yaml`` asks for an engine that cannot be made; every body is empty then.
    """

    def __init__(self, settings: MarkdownSettings, cache: Cache, salt: str) -> None:
        self._settings = settings
        self._cache = cache
        self._prefix = f"fragment {salt} {settings.digest()} "
        self._engine: Engine | Problem | None = None
        self.problem: Problem | None = None
        self._decode = msgspec.json.Decoder(Fragment).decode

    def parse(self, text: str) -> tuple[Fragment, str]:
        """The fragment of a body and its digest, which is that of the text and everything that shapes the result."""
        if not text.strip():
            return EMPTY, digest_bytes(b"")
        key = digest_bytes((self._prefix + text).encode())
        stored = self._cache.get(key)
        if stored is not None:
            try:
                return self._decode(stored), key
            except msgspec.DecodeError:
                pass
        if self._engine is None:
            self._engine = make_engine(self._settings)
        if isinstance(self._engine, Problem):
            self.problem = self._engine
            return EMPTY, key
        fragment = parse_body(text, self._engine)
        if not any(flaw.severity == "error" for flaw in fragment.flaws):
            self._cache.put(key, msgspec.json.encode(fragment))
        return fragment, key


class Fronts:
    """Front matter to raw values, through the cache: a file whose bytes did not change is not parsed again."""

    def __init__(self, cache: Cache, salt: str) -> None:
        self._cache = cache
        self._salt = salt

    def parse(self, front: FrontText, path: str) -> tuple[dict[str, Any], list[Problem]]:
        """The values of a front matter, or what is wrong with it. What is wrong is never cached."""
        key = digest_bytes(f"front {self._salt} {front.text}".encode())
        stored = self._cache.get(key)
        if stored is not None:
            try:
                return msgspec.json.decode(stored, type=dict), []
            except msgspec.DecodeError:
                pass
        values, problems = parse_front(front.text, path, front.first_line)
        if not problems:
            self._cache.put(key, msgspec.json.encode(values))
        return values, problems


def read_drafts(
    site: Path, files: Iterable[RecordFile], fronts: Fronts, bodies: Bodies
) -> tuple[list[Draft], list[Problem], frozenset[str]]:
    """The drafts of all record files, what is wrong with the others, and the paths of those others."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    wrong: set[str] = set()
    for file in files:
        draft, found = read_draft(site, file, fronts, bodies)
        problems.extend(found)
        if draft:
            drafts.append(draft)
        else:
            wrong.add(file.path)
    if bodies.problem:
        problems.append(bodies.problem)
    return drafts, problems, frozenset(wrong)


def read_draft(site: Path, file: RecordFile, fronts: Fronts, bodies: Bodies) -> tuple[Draft | None, list[Problem]]:
    """The draft of one file. What can be understood in spite of errors still makes one: its fields are checked too."""
    data, problem = read_bytes(site, file.path)
    if problem or data is None:
        return None, [problem] if problem else []
    front, problems = split_front(data, file.path)
    if front is None:
        return None, problems
    values, wrong = fronts.parse(front, file.path)
    body, digest = bodies.parse(front.body)
    problems = [*problems, *wrong, *place_flaws(body, file.path, front.body_line)]
    problems += find_conflict(front.body, file.path, front.body_line)
    if wrong and not values:
        return None, problems
    draft = Draft(
        file.kind,
        file.path,
        file.slug,
        file.folder,
        digest_bytes(data),
        front.text,
        values,
        body,
        digest,
        front.body_line,
    )
    return draft, problems


def read_bytes(site: Path, path: str) -> tuple[bytes | None, Problem | None]:
    """A file's bytes, or why they cannot be had."""
    try:
        target = site / path
        if target.stat().st_size > LARGEST_FILE:
            text = f"This file has {target.stat().st_size:,} bytes; a text may have {LARGEST_FILE:,}."
            return None, Problem(
                "file-too-large", path, text, "Split it, or publish it as a file from content/static/."
            )
        return target.read_bytes(), None
    except OSError as error:
        hint = "Check the permissions of the file (chmod u+r), then build again."
        return None, Problem("cannot-read", path, f"This file cannot be read: {error.strerror or error}.", hint)


def find_conflict(body: str, path: str, body_line: int) -> list[Problem]:
    """The problem ``merge-conflict`` at the first mark of Git in a body, code aside; else nothing."""
    if "\n<<<<<<< " not in f"\n{body}":
        return []
    reader = LineReader()
    for number, line in enumerate(body.split("\n"), start=body_line):
        if not reader.is_literal(line) and line.startswith("<<<<<<< "):
            return [Problem("merge-conflict", path, CONFLICT_MESSAGE, CONFLICT_HINT, number, 1, len(line))]
    return []


def place_flaws(body: Fragment, path: str, body_line: int) -> list[Problem]:
    """What the Markdown engine found wrong, at its lines in the file."""
    return [
        Problem(
            flaw.rule, path, flaw.message, flaw.hint, flaw.line + body_line - 1, flaw.column, flaw.width, flaw.severity
        )
        for flaw in body.flaws
    ]
