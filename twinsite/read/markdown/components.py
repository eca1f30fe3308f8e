"""Find the ``:::`` blocks of a body before any Markdown engine sees it.

Takes the text of a body; gives the text with every block replaced by a comment that keeps its place and its lines, the
blocks as a tree, and what is wrong with them. Knows nothing of the registry: any name and any parameter pass.

A block opens with ``::: name key=value key="two words" word`` and ends with ``:::`` on a line of its own; both may
stand behind up to three spaces. Blocks nest. ``::: name key=value :::`` is a whole block on one line. Inside fenced
code, indented code and HTML comments, ``:::`` is text.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from twinsite.core.fragment import Flaw
from twinsite.read.markdown.lines import LineReader

DEEPEST = 20
PLACEHOLDER = re.compile(r"<!--tw:(\d+)-->\n?")

_MARKER = re.compile(r" {0,3}(:{3,})[ \t]*(.*)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?=[ \t]|$)")
_TOKEN = re.compile(
    r"""(?:
        (?P<end>:{3,})[ \t]*$
      | (?:(?P<key>[A-Za-z][A-Za-z0-9_-]*)=)?
        (?:"(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>(?:[^'\\]|\\.)*)' | (?P<plain>[^ \t"'=“”„‘’«»][^ \t]*))
        (?=[ \t]|$)
    )""",
    re.VERBOSE,
)
_SPACES = re.compile(r"[ \t]*")
_ESCAPED = re.compile(r"\\([\"'\\])")
_LONE_KEY = re.compile(r"""[A-Za-z][A-Za-z0-9_-]*=(?:["'“”„‘’«»].*)?""")
"""A key without a value, or with a quote that does not end, which is no bare word either."""

Parameter = tuple[str, str, int, int]


class Block(Struct, frozen=True):
    """A component as written: ``number`` names its placeholder, ``text`` is its body with the blocks inside replaced,
    ``first_line`` the line of the whole body on which that text begins, ``last_line`` the line of the block's end."""

    number: int
    name: str
    line: int
    column: int
    parameters: tuple[Parameter, ...]
    text: str
    first_line: int
    last_line: int
    blocks: tuple[Block, ...]


class Scan(Struct, frozen=True):
    """A text with its blocks replaced by placeholders, the blocks of its top level, and the flaws of all levels."""

    text: str
    blocks: tuple[Block, ...] = ()
    flaws: tuple[Flaw, ...] = ()


class _Open(Struct):
    """A block whose end has not come yet; a ``name`` of ``None`` marks one that is wrong and will leave nothing."""

    name: str | None
    line: int
    column: int
    width: int
    parameters: tuple[Parameter, ...] = ()
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


class _Scanner(Struct):
    """The state of one scan. ``stack[0]`` is the body itself; ``skipped`` counts open blocks that nest too deep."""

    stack: list[_Open]
    flaws: list[Flaw] = field(default_factory=list)
    count: int = 0
    skipped: int = 0


def placeholder(number: int) -> str:
    """What stands in the text for a block: a comment, which every engine leaves alone between paragraphs."""
    return f"<!--tw:{number}-->"


def scan_components(text: str) -> Scan:
    """Take the ``:::`` blocks out of a body. Lines in the result count from 1 in ``text``."""
    if ":::" not in text:
        return Scan(text.replace("<!--tw:", "<!--tw;") if "<" in text else text)
    lines = text.replace("<!--tw:", "<!--tw;").split("\n")
    scanner = _Scanner([_Open("", 0, 1, 0)])
    reader = LineReader()
    for number, line in enumerate(lines, start=1):
        marker = None if reader.is_literal(line) else _MARKER.fullmatch(line)
        if marker:
            _read_marker(scanner, number, marker)
        else:
            scanner.stack[-1].lines.append("" if scanner.skipped else line)
    while len(scanner.stack) > 1:
        _abandon(scanner)
    root = scanner.stack[0]
    return Scan("\n".join(root.lines), tuple(root.blocks), tuple(scanner.flaws))


def _read_marker(scanner: _Scanner, line: int, marker: re.Match[str]) -> None:
    if marker[2].strip():
        _open(scanner, line, marker)
    elif scanner.skipped:
        scanner.skipped -= 1
        scanner.stack[-1].lines.append("")
    elif len(scanner.stack) > 1:
        _close(scanner, line)
    else:
        scanner.stack[0].lines.append("")
        scanner.flaws.append(
            Flaw(
                "stray-component-end",
                line,
                marker.start(1) + 1,
                len(marker[1]),
                "These colons end a component, but none is open here.",
                "Delete the line, or write the opening line (::: name) above it.",
            )
        )


def _open(scanner: _Scanner, line: int, marker: re.Match[str]) -> None:
    """Begin a block; one that is closed on the same line ends at once."""
    ends = _ends_itself(marker[2])
    if scanner.skipped or len(scanner.stack) > DEEPEST:
        if not scanner.skipped:
            scanner.flaws.append(_too_deep(line, marker))
        scanner.skipped += not ends
        scanner.stack[-1].lines.append("")
        return
    name, parameters = _read_opening(scanner, line, marker)
    width = len(marker[0].rstrip()) - marker.start(1)
    scanner.stack.append(_Open(name, line, marker.start(1) + 1, width, parameters))
    if ends:
        _close(scanner, line)


def _ends_itself(rest: str) -> bool:
    """Whether the opening line also has the end: its last word is colons."""
    return re.search(r"[ \t]:{3,}[ \t]*$", rest[-200:]) is not None


def _read_opening(scanner: _Scanner, line: int, marker: re.Match[str]) -> tuple[str | None, tuple[Parameter, ...]]:
    name = _NAME.match(marker[2])
    if name is None:
        scanner.flaws.append(
            Flaw(
                "malformed-component",
                line,
                marker.start(2) + 1,
                len(marker[2].split()[0]),
                f'"{marker[2].split()[0][:60]}" cannot be the name of a component.',
                "After the colons write a name and then its parameters, for example ::: quote open-day",
            )
        )
        return None, ()
    parameters, flaws = read_parameters(marker[2], name.end(), line, marker.start(2))
    scanner.flaws.extend(flaws)
    return (None if flaws else name[0]), parameters


def read_parameters(text: str, start: int, line: int, offset: int) -> tuple[tuple[Parameter, ...], list[Flaw]]:
    """The parameters in ``text`` from ``start``: (name or "", value, line, column), and at most one flaw for each
    fault.

    ``offset`` is how many characters of the line precede ``text``. Reading stops at the first word that has no meaning.
    """
    found: list[Parameter] = []
    flaws: list[Flaw] = []
    names: set[str] = set()
    end = len(text.rstrip())
    while start < end:
        start += len(_SPACES.match(text, start)[0])  # type: ignore[index]  # it always matches
        token = _TOKEN.match(text, start)
        if token is None or _is_lone_key(token):
            flaws.append(_malformed(line, offset + start + 1, text[start:].split()[0]))
            break
        if token["end"]:
            break
        name = token["key"] or ""
        if name in names:
            flaws.append(_repeated(line, offset + start + 1, name))
        else:
            found.append((name, _value_of(token), line, offset + start + 1))
        names |= {name} - {""}
        start = token.end()
    return tuple(found), flaws


def _is_lone_key(token: re.Match[str]) -> bool:
    """Whether a word looks like key=value but its value cannot be read."""
    return token["key"] is None and token["plain"] is not None and _LONE_KEY.match(token["plain"]) is not None


def _value_of(token: re.Match[str]) -> str:
    quoted = token["double"] if token["double"] is not None else token["single"]
    return token["plain"] if quoted is None else _ESCAPED.sub(r"\1", quoted)


def _malformed(line: int, column: int, word: str) -> Flaw:
    hint = 'Write key=value without spaces around the sign, and put values with spaces in quotes: key="two words"'
    if word[:1] in "“”„‘’«»" or "=“" in word or "=”" in word or "=„" in word:
        hint = 'Use straight quotes: key="two words"'
    elif word.count('"') % 2:
        hint = 'A quote opens here and does not end on this line. Write key="two words"'
    return Flaw("malformed-parameter", line, column, len(word), f'"{word[:60]}" cannot be read as a parameter.', hint)


def _repeated(line: int, column: int, name: str) -> Flaw:
    return Flaw(
        "duplicate-parameter", line, column, len(name), f'The parameter "{name}" is given twice.', "Keep one of them."
    )


def _too_deep(line: int, marker: re.Match[str]) -> Flaw:
    return Flaw(
        "too-deep",
        line,
        marker.start(1) + 1,
        len(marker[1]),
        f"Components are nested more than {DEEPEST} deep here.",
        "Close the components above with ::: before opening another.",
    )


def _close(scanner: _Scanner, line: int) -> None:
    """End the innermost block on ``line``: its parent gets a placeholder and as many lines as the block had."""
    done = scanner.stack.pop()
    parent = scanner.stack[-1]
    padding = [""] * (line - done.line)
    if done.name is None:
        # It will not be shown, but its text is still checked.
        parent.lines += ["", *done.lines, ""][: line - done.line + 1]
        parent.blocks += done.blocks
        return
    parent.lines += [placeholder(scanner.count), *padding]
    first = min(done.line + 1, line)
    parent.blocks.append(
        Block(
            scanner.count, done.name, done.line, done.column, done.parameters,
            "\n".join(done.lines), first, line, tuple(done.blocks),
        )
    )  # fmt: skip
    scanner.count += 1


def _abandon(scanner: _Scanner) -> None:
    """Give the lines of a block without end back to its parent, so that what follows is still checked."""
    lost = scanner.stack.pop()
    parent = scanner.stack[-1]
    parent.lines += ["", *lost.lines]
    parent.blocks += lost.blocks
    name = f' "{lost.name}"' if lost.name else ""
    scanner.flaws.append(
        Flaw(
            "unclosed-component",
            lost.line,
            lost.column,
            lost.width,
            f"The component{name} that opens here has no end.",
            "Write ::: on a line of its own after it. Code marked with ``` inside it must be closed first.",
        )
    )
