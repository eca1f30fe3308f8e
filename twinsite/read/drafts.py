"""Drafts: every record file read, its front matter parsed, its body run through Markdown.

A file whose bytes were seen before is not parsed again, nor is a body whose text was. The others are parsed by several
processes where they are many, in the same order and with the same results as by one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.core.source import SourceChangedError
from twinsite.parallel import TaskFailure, map_tasks
from twinsite.read.front import FrontText, split_front
from twinsite.read.parsed import (
    NO_BODY,
    Bodies,
    Look,
    Parsed,
    ParsedFile,
    decode_fragment,
    look_at_nothing,
    parse_files,
    parse_known,
    place_flaws,
)

if TYPE_CHECKING:
    from twinsite.read.markdown import Engine
    from twinsite.read.scout import Ahead
    from twinsite.read.tree import RecordFile

LARGEST_FILE = 16_000_000
"""Bytes; a Markdown file above this is surely a mistake."""

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)

BATCH = 500
"""Files looked up in the cache at once."""

CHUNK = 20
"""Files that are parsed, and handed over, at once."""

FEWEST = 300
"""Files to parse for which it pays to start workers."""

FEWEST_SLOW = 50
"""The same for a slow engine."""

FEWEST_MIXED = 150
"""The same for a slow engine whose ordinary texts are quick."""

SAMPLE = 40
"""Files looked up first, to see whether the cache knows any."""


class Drafts(Struct, frozen=True):
    """What some files gave: drafts, all that is wrong with the files, and the paths of those that gave no draft."""

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()


Known = tuple[Parsed, bytes]
"""What the cache knows of a file, with its fragment as bytes."""


class DraftReader:
    """Reads the record files of one site. ``salt`` stands for all that shapes the results besides the ``settings``.
    ``look`` says of the text of a body whether a check has to read it; it must be a function that can be imported.
    """

    def __init__(
        self, site: Path, settings: MarkdownSettings, cache: Cache, salt: str, look: Look = look_at_nothing
    ) -> None:
        self._site, self._settings, self._salt, self._look = site, settings, salt, look
        self._memory = _Memory(site, settings, cache, salt)

    def read(self, files: Sequence[RecordFile], jobs: int = 1, ahead: Ahead = ()) -> Iterator[Drafts]:
        """The drafts of some files in order, a few at a time, parsed by up to ``jobs`` processes, but for those that
        were parsed ``ahead``.

        A problem of the Markdown engine itself comes last.
        """
        done = frozenset(path for paths, _ in ahead for path in paths)
        known = self._memory.recall([file for file in files if file.path not in done])
        missing = [file.path for file in files if file.path not in known and file.path not in done]
        parser = Parser(self._site, self._settings, self._salt, self._look)
        engine = parser.engine if missing else None  # made before any worker, so that all have it
        parsed = _parse_all(parser, missing, jobs)
        fresh = {path: one for paths, data in ahead for path, one in zip(paths, _receive(data), strict=True)}
        for start in range(0, len(files), CHUNK):
            chunk = files[start : start + CHUNK]
            found = [known.get(file.path) or self._memory.keep(fresh.get(file.path) or next(parsed)) for file in chunk]
            yield _make_drafts(self._site, chunk, found)
        if isinstance(engine, Problem):
            yield Drafts(problems=(engine,))

    def recall(self, files: Iterable[RecordFile], digests: Mapping[str, str]) -> dict[str, Draft]:
        """What files say whose ``digests`` are known (by path), as far as the cache has it: none of them is read."""
        placed = {file: digests[file.path] for file in files if file.path in digests}
        known = self._memory.recall_known(list(placed.values()))
        found = ((file, digest, known[digest]) for file, digest in placed.items() if digest in known)
        return {file.path: _make_draft(self._site, file, digest, *told) for file, digest, told in found}

    def touch(self, digests: Iterable[str]) -> None:
        """Have the cache keep what it knows of the files with these digests, though nobody asks for it now."""
        self._memory.touch(digests)


def read_drafts(
    site: Path,
    files: Sequence[RecordFile],
    settings: MarkdownSettings,
    cache: Cache,
    salt: str,
    jobs: int = 1,
    look: Look = look_at_nothing,
    ahead: Ahead = (),
) -> Iterator[Drafts]:
    """The drafts of all record files of a site, as ``DraftReader.read`` gives them."""
    return DraftReader(site, settings, cache, salt, look).read(files, jobs, ahead)


def read_ahead(site: Path, paths: Sequence[str], settings: MarkdownSettings, cache: Cache, salt: str) -> None:
    """Have the cache know what these files say, before somebody asks for their drafts."""
    memory = _Memory(site, settings, cache, salt)
    for file in Parser(site, settings, salt).parse(paths):
        memory.keep(file)


class _Memory:
    """What the cache knows of parsed files: ``Parsed`` by the bytes of a file.

    Fragments of a slow engine are kept apart, by the text of the body, so that none is made anew for other front
    matter; those of the quick one are kept within, because to look for one takes as long as to make it.
    """

    def __init__(self, site: Path, settings: MarkdownSettings, cache: Cache, salt: str) -> None:
        self._site = str(site)
        self._cache = cache
        self._bodies = Bodies(settings, salt, None)
        self._apart = settings.engine != "commonmark"
        self._prefix = digest_bytes(f"parsed {salt} {settings.digest()}".encode())[:16]

    def recall(self, files: Sequence[RecordFile]) -> dict[str, ParsedFile]:
        """The known ones among some files, by path. Where a few here and there are all new, the others are too."""
        step = len(files) // SAMPLE
        if step > 1 and not self.recall(files[: step * SAMPLE : step]):
            return {}
        found: dict[str, ParsedFile] = {}
        for start in range(0, len(files), BATCH):
            batch = ((file.path, read_bytes(self._site, file.path)[0]) for file in files[start : start + BATCH])
            found.update(self._recall_batch([(path, data) for path, data in batch if data]))
        return found

    def keep(self, file: ParsedFile) -> ParsedFile:
        """The same file, kept if that is right."""
        if file.parsed and file.lasting:
            parsed = file.parsed if self._apart else msgspec.structs.replace(file.parsed, body=file.body)
            self._cache.put(self._prefix + file.digest, _encode_parsed(parsed))
            if self._apart and file.body:
                self._cache.put(file.parsed.body_digest, file.body)
        return file

    def touch(self, digests: Iterable[str]) -> None:
        """Have the cache keep what it knows of the files with these digests."""
        self._cache.touch(self._prefix + digest for digest in digests)

    def recall_known(self, digests: Sequence[str]) -> dict[str, Known]:
        """What files with these digests say, as far as the cache has all of it."""
        found: dict[str, Known] = {}
        for start in range(0, len(digests), BATCH):
            batch = digests[start : start + BATCH]
            kept = self._cache.get_many(self._prefix + digest for digest in batch)
            read = [decode_kept(_decode_parsed, kept.get(self._prefix + digest)) for digest in batch]
            parsed = {digest: one for digest, one in zip(batch, read, strict=True) if one}
            bodies = self._recall_bodies({digest: one.body_digest for digest, one in parsed.items()})
            for digest, one in parsed.items():
                body = bodies.get(digest) if self._apart else one.body
                if body is not None:
                    found[digest] = one, body
        return found

    def _recall_batch(self, batch: list[tuple[str, bytes]]) -> Iterator[tuple[str, ParsedFile]]:
        digests = [digest_bytes(data) for _, data in batch]
        known = self.recall_known(digests)
        rest = [(path, data) for (path, data), digest in zip(batch, digests, strict=True) if digest not in known]
        bodies = self._recall_bodies({path: self._body_key(data) for path, data in rest} if self._apart else {})
        for (path, data), digest in zip(batch, digests, strict=True):
            if digest in known:
                parsed, body = known[digest]
                yield path, ParsedFile(digest, parsed, body)
            elif path in bodies:
                yield path, self.keep(parse_known(data, path, self._bodies, bodies[path]))

    def _recall_bodies(self, keys: Mapping[str, str]) -> dict[str, bytes]:
        """The fragments that are kept apart, for each name whose key is known."""
        if not self._apart:
            return {}
        texts = {**self._cache.get_many(key for key in keys.values() if key != NO_BODY), NO_BODY: b""}
        return {name: texts[key] for name, key in keys.items() if key in texts}

    def _body_key(self, data: bytes) -> str:
        front, _ = split_front(data, "")
        return self._bodies.key(front.body) if front and front.body.strip() else ""


class Parser:
    """Reads and parses files of a site, given by path, with an engine that is made once in each process."""

    def __init__(self, site: Path, settings: MarkdownSettings, salt: str, look: Look = look_at_nothing) -> None:
        self.site, self.settings, self.salt, self.look = site, settings, salt, look

    def __reduce__(self) -> tuple[type[Parser], tuple[Path, MarkdownSettings, str, Look]]:
        """To another process it travels without its engine."""
        return Parser, (self.site, self.settings, self.salt, self.look)

    @cached_property
    def engine(self) -> Engine | Problem:
        """The engine, or why there is none."""
        from twinsite.read.markdown import make_engine

        return make_engine(self.settings)

    def parse(self, paths: Sequence[str]) -> list[ParsedFile]:
        """The files, parsed."""
        engine = None if isinstance(self.engine, Problem) else self.engine
        bodies = Bodies(self.settings, self.salt, engine, self.look)
        read = [(path, *read_bytes(self.site, path)) for path in paths]
        parsed = iter(parse_files([(path, data) for path, data, _ in read if data is not None], bodies))
        return [
            ParsedFile("", None, problems=(problem,) if problem else ()) if data is None else next(parsed)
            for _, data, problem in read
        ]

    def send(self, paths: Sequence[str]) -> bytes:
        """The same as bytes, which travel between processes faster than values."""
        return msgspec.msgpack.encode(self.parse(paths))


def _parse_all(parser: Parser, paths: Sequence[str], jobs: int) -> Iterator[ParsedFile]:
    """All the files parsed, in order; where several processes do it, they begin at once."""
    if not paths:
        return iter(())
    size = min(CHUNK, max(1, len(paths) // (4 * jobs)))
    chunks = [paths[start : start + size] for start in range(0, len(paths), size)]
    if jobs == 1 or len(paths) < _count_fewest(parser.engine):
        return (one for chunk in chunks for one in parser.parse(chunk))
    return _receive_all(parser, chunks, map_tasks(parser.send, chunks, jobs, largest=1))


def _receive_all(
    parser: Parser, chunks: Sequence[Sequence[str]], results: Iterator[bytes | TaskFailure]
) -> Iterator[ParsedFile]:
    for chunk, result in zip(chunks, results, strict=True):
        # Where a worker failed, this process does its work, and raises whatever is to be raised.
        yield from parser.parse(chunk) if isinstance(result, TaskFailure) else _receive(result)


def _count_fewest(engine: Engine | Problem) -> int:
    from twinsite.read.markdown.engine import know_nothing

    if isinstance(engine, Problem) or not engine.filtered:
        return FEWEST
    return FEWEST_SLOW if engine.quick is know_nothing else FEWEST_MIXED


_receive = msgspec.msgpack.Decoder(list[ParsedFile]).decode
_encode_parsed = msgspec.msgpack.Encoder().encode
_decode_parsed = msgspec.msgpack.Decoder(Parsed).decode


def _make_drafts(site: Path, files: Sequence[RecordFile], parsed: Sequence[ParsedFile]) -> Drafts:
    drafts: list[Draft] = []
    problems: list[Problem] = []
    unread: list[str] = []
    for file, found in zip(files, parsed, strict=True):
        problems += found.problems
        if found.parsed is None:
            unread.append(file.path)
            continue
        if found.parsed.flaws and not found.problems:
            problems += place_flaws(found.parsed.flaws, file.path, found.parsed.body_line)
        drafts.append(_make_draft(site, file, found.digest, found.parsed, found.body))
    return Drafts(tuple(drafts), tuple(problems), tuple(unread))


def _make_draft(site: Path, file: RecordFile, digest: str, parsed: Parsed, body: bytes) -> Draft:
    return Draft(
        file.kind,
        file.path,
        file.slug,
        file.folder,
        digest,
        parsed.encoded,
        parsed.outline,
        parsed.body_digest,
        parsed.body_line,
        parsed.wordy,
        parsed.summary,
        parsed.names,
        parsed.anchors,
        parsed.telling,
        body,
        Later(partial(_read_written, site, file.path, digest)),
        Later(partial(decode_fragment, body)),
        Later(partial(_read_body, site, file.path, digest)),
    )


def _read_body(site: Path, path: str, digest: str) -> str:
    """The text of a file's body, which must still be the one with this digest."""
    front = _read_again(site, path, digest)
    return front.body if front else ""


def _read_written(site: Path, path: str, digest: str) -> str:
    """The same of its front matter."""
    front = _read_again(site, path, digest)
    return front.text if front else ""


def _read_again(site: Path, path: str, digest: str) -> FrontText | None:
    """A file cut at its fences. Raises ``SourceChangedError`` where it is not the one with this digest."""
    data, _ = read_bytes(site, path)
    if data is None or digest_bytes(data) != digest:
        raise SourceChangedError(path)
    return split_front(data, path)[0]


def read_bytes(site: Path | str, path: str) -> tuple[bytes | None, Problem | None]:
    """A file's bytes, or why they cannot be had."""
    try:
        handle = os.open(f"{site}/{path}", _READ)
        try:
            size = os.fstat(handle).st_size
            data = os.read(handle, min(size, LARGEST_FILE) + 1)
            if len(data) != size:  # It comes in parts, or grows at this moment.
                while len(data) <= LARGEST_FILE and (more := os.read(handle, LARGEST_FILE)):
                    data += more
        finally:
            os.close(handle)
    except OSError as error:
        hint = "Check the permissions of the file (chmod u+r), then build again."
        return None, Problem("cannot-read", path, f"This file cannot be read: {error.strerror or error}.", hint)
    return (data, None) if len(data) <= LARGEST_FILE else (None, _too_large(path, max(size, len(data))))


def _too_large(path: str, size: int) -> Problem:
    text = f"This file has {size:,} bytes; a text may have {LARGEST_FILE:,}."
    return Problem("file-too-large", path, text, "Split it, or publish it as a file from content/static/.")
