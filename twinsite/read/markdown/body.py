"""A body's text becomes a ``Fragment``. Takes Markdown and an engine; gives the fragment. Touches nothing else.

The order: components out, engine, filter (only where there is raw HTML), one shape for both engines, ids and slots. A
body that uses ``#`` headings has all its headings shifted one level down, because the page's title is its ``<h1>``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from html import escape

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from twinsite.core.fragment import EMPTY, Flaw, Fragment, Heading, Section, Slot
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.words import has_words
from twinsite.read.characters import drop_forbidden
from twinsite.read.markdown.components import Block, placeholder, scan_components
from twinsite.read.markdown.engine import Engine
from twinsite.read.markdown.filter import clean, find_removed, is_unsafe
from twinsite.read.markdown.footnotes import find_footnote_flaws
from twinsite.read.markdown.headings import Anchors
from twinsite.read.markdown.places import Kind, Survey, find_openings, locate, survey_events
from twinsite.read.markdown.prose import find_summary
from twinsite.read.markdown.sections import cut_sections, read_definitions
from twinsite.read.markdown.shapes import (
    find_tags,
    gather_footnotes,
    shape_alerts,
    shape_code,
    shape_tables,
    shape_tasks,
    shift_headings,
)
from twinsite.read.markdown.targets import OpeningFinder, TargetFinder
from twinsite.read.markdown.walk import Find, walk

DEEPEST_HTML = 100
"""How deep quotations and lists may nest: browsers and later rooms must not fall over what a page holds."""
DEEPEST_SECTIONS = 6
"""How deep components may nest and still have sections: each level doubles what a fragment holds when written out."""

_ESCAPED_PLACEHOLDER = re.compile(r"&lt;!--tw:(\d+)--&gt;")
_KEPT_PLACEHOLDER = re.compile(r'<hr class="tw-(\d+)" ?/?>')
_COMMENT_PLACEHOLDER = re.compile(r"<!--tw:(\d+)-->")
_NESTING = re.compile(r"<(/?)(?:blockquote|ul|ol|dl|em|strong|del|div|span|b|i|details|section)\b")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINE_END = re.compile(r"\r\n?")


class _Part(Struct, frozen=True):
    """A rendered text whose components are still numbers."""

    pieces: Sequence[str | int | Slot] = ("",)
    headings: tuple[Heading, ...] = ()
    summary: str = ""
    wordy: bool = False


class _Parser(Struct):
    """The parsing of one body: its text as written, the ids given out, the flaws found."""

    engine: Engine
    text: str
    blocks: dict[int, Block]
    anchors: Anchors
    flaws: list[Flaw]


class _TooDeepError(Exception):
    """The HTML nests too deep."""


def parse_body(text: str, engine: Engine) -> Fragment:
    """The fragment of a body. Never raises for any text; ``flaws`` of the result has those of its components too.

    The fragments inside components carry no flaws of their own. All lines count from 1 in ``text``.
    """
    if not text or text.isspace():
        return EMPTY
    text = _LINE_END.sub("\n", text.replace("\0", "\ufffd")) if "\r" in text or "\0" in text else text
    scan = scan_components(text)
    parser = _Parser(engine, text, {}, Anchors(), list(scan.flaws))
    _register(parser, scan.blocks)
    definitions = read_definitions(scan.text, engine.reader) if scan.blocks else ""
    part = _render(parser, scan.text, 1, "", "")
    slots = {block.number: _fill(parser, block, definitions, 1) for block in scan.blocks}
    fragment = _assemble(part, slots)
    return msgspec.structs.replace(fragment, flaws=tuple(parser.flaws)) if parser.flaws else fragment


def _register(parser: _Parser, blocks: Sequence[Block]) -> None:
    for block in blocks:
        parser.blocks[block.number] = block
        _register(parser, block.blocks)


def _fill(parser: _Parser, block: Block, definitions: str, depth: int) -> Slot:
    """The slot of a component. What is inside it is parsed once and shared by its body and its sections."""
    own = definitions + read_definitions(block.text, parser.engine.reader)
    before = parser.anchors.copy()
    prefix = f"{block.line}-"
    part = _render(parser, block.text, block.first_line, prefix, definitions)
    slots = {inner.number: _fill(parser, inner, own, depth + 1) for inner in block.blocks}
    body = _assemble(part, slots)
    quiet = replace(parser, anchors=before, flaws=[])
    sections = []
    for cut in cut_sections(block.text, parser.engine.reader) if depth <= DEEPEST_SECTIONS else ():
        inside = _render(quiet, cut.text, block.first_line + cut.line, prefix, own)
        sections.append(Section(cut.title, _assemble(inside, slots), block.first_line + cut.heading_line))
    return Slot(
        "component", block.name, block.line, block.column,
        parameters=block.parameters, body=body, sections=tuple(sections),
    )  # fmt: skip


def _render(parser: _Parser, text: str, first_line: int, prefix: str, definitions: str) -> _Part:
    """Markdown without components becomes pieces. ``definitions`` are links of the texts around it."""
    if not text or text.isspace():
        return _Part()
    openings = None if definitions else find_openings(text)
    part = None if openings is None else _render_quickly(parser, text, first_line, prefix, openings)
    return part or _render_surely(parser, text, first_line, prefix, definitions)


def _render_quickly(
    parser: _Parser, text: str, first_line: int, prefix: str, openings: Sequence[tuple[int, Kind]]
) -> _Part | None:
    """The pieces of a text whose links and pictures are as expected; ``None`` if they turn out not to be."""
    before = parser.anchors.copy()
    finder = OpeningFinder(text, openings, first_line)
    try:
        html = parser.engine.quick(text)
        if html is None:
            return None
        if _may_nest_deep(text, html):
            _check_depth(html)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # The sure way meets it again, and tells.
        return None
    part = _cut(parser, _show_placeholders(parser, html), finder.find, prefix, text)
    if finder.is_right():
        return part
    parser.anchors = before
    return None


def _render_surely(parser: _Parser, text: str, first_line: int, prefix: str, definitions: str) -> _Part:
    try:
        html, survey = _convert(parser.engine, text + definitions)
        if "&#" in text:
            html = drop_forbidden(html)
        if _may_nest_deep(text, html):
            _check_depth(html)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # An engine's own errors are of any kind; that of the Rust one is no Exception.
        parser.flaws.append(_engine_failed(error, first_line))
        return _Part()
    finder = TargetFinder(text, survey.mentions, first_line)
    parser.flaws += _find_flaws(text, survey, finder, first_line) + find_footnote_flaws(text, first_line)
    return _cut(parser, _show_placeholders(parser, html), finder.find, prefix, text)


def _show_placeholders(parser: _Parser, html: str) -> str:
    if not parser.blocks or "&lt;!--tw:" not in html:
        return html
    return _ESCAPED_PLACEHOLDER.sub(lambda found: _show_source(parser, int(found[1])), html)


def _cut(parser: _Parser, html: str, find: Find, prefix: str, text: str) -> _Part:
    """The engine's HTML in our shape, cut into pieces."""
    settings = parser.engine.settings
    names = find_tags(html)
    if "h1" in names:
        html = shift_headings(html)
    if "div" in names:
        html = gather_footnotes(html, settings, prefix)
    summary = find_summary(html)
    wordy = bool(summary) or has_words(html)
    html = _shape(html, names, settings)
    dashes = settings.smart and (text.isascii() or ("–" not in text and "—" not in text))
    done = walk(html, parser.anchors, find, dashes, named=not names.isdisjoint(_HEADINGS))
    return _Part(done.pieces, tuple(done.headings), summary, wordy)


def _shape(html: str, names: Set[str], settings: MarkdownSettings) -> str:
    """The HTML with its tasks, notices, tables and code in our shape, as far as it has tags of these ``names``."""
    if "input" in names:
        html = shape_tasks(html, settings)
    if "blockquote" in names:
        html = shape_alerts(html, settings)
    if "table" in names:
        html = shape_tables(html)
    return shape_code(html) if "pre" in names else html


def _convert(engine: Engine, text: str) -> tuple[str, Survey]:
    """The engine's HTML, filtered where anyone but the engine wrote markup, and what the text holds."""
    if engine.filtered:
        return _filter(engine.render(text)), survey_events(text, engine.reader)
    survey = survey_events(text, engine.reader)
    html = engine.render(_insert(text, survey.insertions) if survey.insertions else text)
    return (_filter(html) if survey.raw else html), survey


def _insert(text: str, insertions: Sequence[tuple[int, int, str]]) -> str:
    pieces = []
    last = 0
    for start, end, replacement in insertions:
        pieces += [text[last:start], replacement]
        last = end
    return "".join([*pieces, text[last:]])


def _filter(html: str) -> str:
    """Filtered HTML. The filter drops comments, so components pass it as elements that stand between paragraphs."""
    _check_depth(html)
    if "<!--tw:" not in html:
        return clean(html)
    html = clean(_COMMENT_PLACEHOLDER.sub(r'<hr class="tw-\1">', html))
    return _KEPT_PLACEHOLDER.sub(lambda kept: placeholder(int(kept[1])), html)


def _may_nest_deep(text: str, html: str) -> bool:
    """Whether a text has so many marks that its HTML is worth a closer look: each level is two tags."""
    return html.count("<") > 2 * DEEPEST_HTML and (
        html.count("<li") > DEEPEST_HTML or any(text.count(mark) > DEEPEST_HTML for mark in "<>*_~:")
    )


def _check_depth(html: str) -> None:
    """Raise where elements nest too deep."""
    depth = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        if depth > DEEPEST_HTML:
            raise _TooDeepError


def _engine_failed(error: BaseException, line: int) -> Flaw:
    if isinstance(error, RecursionError | _TooDeepError):
        return Flaw(
            "body-too-deep", line, 1, 1, "Quotations, lists or marks are nested too deep in this text.",
            f"Keep them less than {DEEPEST_HTML} levels deep; a long row of > or * is the usual cause.",
        )  # fmt: skip
    return Flaw(
        "markdown-failed", line, 1, 1, f"The Markdown engine could not read this text: {str(error)[:200]}",
        "Remove half of the text, then half of the rest, until the passage is found, and write it in another way.",
    )  # fmt: skip


def _find_flaws(text: str, survey: Survey, finder: TargetFinder, first_line: int) -> list[Flaw]:
    """Links that must not be, and raw HTML that was left out."""
    flaws = [
        _unsafe(mention.kind, mention.target, *place)
        for mention, place in zip(survey.mentions, finder.places, strict=True)
        if is_unsafe(mention.target)
    ]
    removed = sorted(find_removed(survey.tags), key=lambda pair: pair[0])
    places = locate(text, [offset for offset, _ in removed])
    flaws += [
        msgspec.structs.replace(flaw, line=line + first_line - 1, column=column)
        for (_, flaw), (line, column) in zip(removed, places, strict=True)
    ]
    return flaws


def _unsafe(kind: str, target: str, line: int, column: int) -> Flaw:
    what = "link" if kind == "link" else "picture"
    scheme = target[:60].split(":")[0].strip()
    if len(scheme) == 1:
        name = target.replace("\\", "/").rpartition("/")[2]
        hint = f"Copy the file into the folder of this text, and write its name alone: {name}"
        message = f"This {what} is named by its place on one computer; no visitor has that disk."
        return Flaw("unsafe-link", line, column, 1, message, hint)
    return Flaw(
        "unsafe-link", line, column, 1, f'The address of this {what} begins with "{scheme}:", which is not allowed.',
        "Use an address that begins with https://, http://, mailto: or tel:, or the name of a file of this site.",
    )  # fmt: skip


def _show_source(parser: _Parser, number: int) -> str:
    """A block that the engine takes for code after all is shown as written."""
    block = parser.blocks.get(number)
    lines = parser.text.split("\n")
    return escape("\n".join(lines[block.line - 1 : block.last_line]), quote=False) if block else ""


def _assemble(part: _Part, slots: Mapping[int, Slot]) -> Fragment:
    """Pieces with their components put in: part, slot, part, slot, ... part."""
    if not slots:
        return Fragment(tuple(part.pieces[::2]), tuple(part.pieces[1::2]), part.headings, part.summary, part.wordy)  # type: ignore[arg-type]  # no numbers among them
    parts: list[str] = []
    found: list[Slot] = []
    text = ""
    for piece in part.pieces:
        slot = slots.get(piece) if isinstance(piece, int) else piece
        if isinstance(slot, Slot):
            parts.append(text)
            found.append(slot)
            text = ""
        elif slot is not None:
            text += slot
    wordy = part.wordy or any(slot.body.wordy for slot in found if slot.body)
    return Fragment((*parts, text), tuple(found), part.headings, part.summary, wordy)
