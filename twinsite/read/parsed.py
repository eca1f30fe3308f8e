"""One record file parsed: its front matter as values, its body as a fragment, and what is wrong with them.

Takes bytes; gives values that travel between processes and keep in the cache. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from twinsite.core.digest import digest_bytes
from twinsite.core.expression import express
from twinsite.core.fragment import EMPTY, Flaw, Fragment, list_anchors
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.front import FrontText, parse_front, split_front
from twinsite.read.yaml_copied import CONFLICT_HINT, CONFLICT_MESSAGE

if TYPE_CHECKING:
    from twinsite.read.markdown import Engine

ABSOLUTE = express(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
NO_BODY = digest_bytes(b"")
"""The digest of a body without text."""

Look = Callable[[str, str], bool]
"""Whether the body of a file, by its path and text, may hold what has to be read again when its record is checked."""


def look_at_nothing(path: str, text: str) -> bool:
    """Anything may be there."""
    return True


class Parsed(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a file says, as far as others ask for it at once; see ``core.draft.Draft``.

    ``outline`` is a digest. ``flaws`` are the warnings about its body. ``body`` is its fragment, where that is kept
    with the rest. ``telling``: somebody who checks its record may find something in the text of its body.
    """

    encoded: bytes
    outline: str
    body_line: int
    body_digest: str
    wordy: bool = False
    summary: str = ""
    names: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    telling: bool = True
    body: bytes | None = None


class ParsedFile(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One file after parsing: the digest of its bytes, and its fragment as written by ``encode_fragment`` (empty where
    there is no text). ``parsed`` is ``None`` if the file makes no draft; ``lasting`` says that the same bytes will give
    the same again.
    """

    digest: str
    parsed: Parsed | None
    body: bytes = b""
    problems: tuple[Problem, ...] = ()
    lasting: bool = False


class Bodies:
    """How bodies become fragments: the settings, and the prefix of all keys. ``engine`` is ``None`` where ``site.yaml``
    asks for one that cannot be made; every body is empty then. ``look`` is asked of each text.
    """

    def __init__(
        self, settings: MarkdownSettings, salt: str, engine: Engine | None, look: Look = look_at_nothing
    ) -> None:
        self.engine, self.look = engine, look
        self._prefix = f"fragment {salt} {settings.digest()} "

    def key(self, text: str) -> str:
        """The digest of a body's text and of everything that shapes its fragment."""
        return digest_bytes((self._prefix + text).encode()) if text and not text.isspace() else NO_BODY


encode_fragment = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Fragment).decode


def decode_fragment(data: bytes) -> Fragment:
    """The fragment that ``encode_fragment`` wrote. Raises ``msgspec.DecodeError`` for any other bytes."""
    return _decode(data) if data else EMPTY


class _Opened(msgspec.Struct, frozen=True, gc=False):
    """A file whose front matter is read: the digest of its bytes, both its parts (``None``: it has not both), the
    values, whether something is ``wrong`` with these, and all problems.
    """

    digest: str
    front: FrontText | None
    values: dict[str, Any]
    wrong: bool
    problems: list[Problem]


def parse_files(files: Sequence[tuple[str, bytes]], bodies: Bodies) -> list[ParsedFile]:
    """Files (paths and bytes), parsed. Each step is done for all of them before the next, which saves a processor time:
    see ``render.renderer.Renderer.finish``.
    """
    opened = [_open(data, path) for path, data in files]
    fragments = [_make_fragment(one.front.body, bodies) if one.front else EMPTY for one in opened]
    return [
        _complete(path, one, fragment, bodies)
        for (path, _), one, fragment in zip(files, opened, fragments, strict=True)
    ]


def parse_known(data: bytes, path: str, bodies: Bodies, known: bytes) -> ParsedFile:
    """One file, parsed, whose fragment was made before (``known``)."""
    return _complete(path, _open(data, path), decode_fragment(known), bodies, known)


def _open(data: bytes, path: str) -> _Opened:
    front, problems = split_front(data, path)
    if front is None:
        return _Opened(digest_bytes(data), None, {}, True, problems)
    values, wrong = parse_front(front.text, path, front.first_line)
    return _Opened(digest_bytes(data), front, values, bool(wrong), [*problems, *wrong])


def _complete(
    path: str, opened: _Opened, fragment: Fragment, bodies: Bodies, known: bytes | None = None
) -> ParsedFile:
    """A file with its body. What can be understood in spite of errors makes a draft: its fields are checked too."""
    digest, front, values = opened.digest, opened.front, opened.values
    if front is None:
        return ParsedFile(digest, None, b"", tuple(opened.problems))
    problems = [*opened.problems, *place_flaws(fragment.flaws, path, front.body_line)]
    problems += _find_conflict(front.body, path, front.body_line)
    if opened.wrong and not values:
        return ParsedFile(digest, None, b"", tuple(problems))
    names, anchors = tuple(dict.fromkeys(list_names(fragment))), list_anchors(fragment)
    parsed = Parsed(
        msgspec.json.encode(values),
        digest_bytes(msgspec.json.encode((front.text, fragment.summary, fragment.wordy, names, anchors))),
        front.body_line,
        bodies.key(front.body),
        fragment.wordy,
        fragment.summary,
        names,
        anchors,
        fragment.flaws,
        bodies.look(path, front.body),
    )
    body = known if known is not None else encode_fragment(fragment) if fragment is not EMPTY else b""
    made = known is not None or bodies.engine is not None
    lasting = made and all(problem.severity != "error" for problem in problems)
    return ParsedFile(digest, parsed, body, tuple(problems), lasting)


def _make_fragment(text: str, bodies: Bodies) -> Fragment:
    from twinsite.read.markdown import parse_body

    return parse_body(text, bodies.engine) if bodies.engine else EMPTY


def list_names(fragment: Fragment) -> Iterator[str]:
    """Everything in a body that may name a file: links, images, parameters of components."""
    for slot in fragment.slots:
        if slot.kind in ("link", "image") and not ABSOLUTE.match(slot.target):
            yield slot.target
        elif slot.kind == "component":
            yield from (value for _, value, _, _ in slot.parameters if "." in value and not ABSOLUTE.match(value))
            if slot.body:
                yield from list_names(slot.body)


def place_flaws(flaws: tuple[Flaw, ...], path: str, body_line: int) -> list[Problem]:
    """What the Markdown engine found wrong, at its lines in the file."""
    return [
        Problem(
            flaw.rule, path, flaw.message, flaw.hint, flaw.line + body_line - 1, flaw.column, flaw.width, flaw.severity
        )
        for flaw in flaws
    ]


def _find_conflict(body: str, path: str, body_line: int) -> list[Problem]:
    """The problem ``merge-conflict`` at the first mark of Git in a body, code aside; else nothing."""
    if "<" not in body or "<<<<<<< " not in body:
        return []
    from twinsite.read.markdown.lines import LineReader

    reader = LineReader()
    for number, line in enumerate(body.split("\n"), start=body_line):
        if not reader.is_literal(line) and line.startswith("<<<<<<< "):
            return [Problem("merge-conflict", path, CONFLICT_MESSAGE, CONFLICT_HINT, number, 1, len(line))]
    return []
