"""The one shape in which tables, task lists, alerts and footnotes stand on a page, whatever engine wrote them.

Each function takes the HTML of a body in the form of the ``commonmark`` engine and gives it in ours. None of them
writes a ``style`` attribute. What a function looks for exists only as real tags: text and attributes have their ``<``
escaped.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote

from msgspec import Struct, field

from twinsite.core.markdown import MarkdownSettings

_CELL = re.compile(r'<(t[hd])\b([^>"]*(?:"[^"]*"[^>"]*)*)>')
_NO_HEADS = re.compile(r"<thead>\s*<tr>\s*(?:<th\b[^>]*>\s*</th>\s*)+</tr>\s*</thead>\s*")
_STYLE = re.compile(r' style="(?:text-align: ?(left|center|right))?[^"]*"')
_CODE = re.compile(r"<pre(?![\w-])")
_TASK = re.compile(r"<li>(\s*<p>)?\s*<input ([^>]*)>\s*")
_INPUT = re.compile(r"<input ?[^>]*>")
_QUOTE = re.compile(r"<(/?)blockquote([^>]*)>\n?")
_ALERT = re.compile(r'class="markdown-alert-(note|tip|important|warning|caution)"')
_NOTE = re.compile(
    r'(?P<open><div class="footnote-definition" id="(?P<id>[^"]*)">'
    r'(?:<sup class="footnote-definition-label">[^<]*</sup>)?\s*)'
    r'|<sup class="footnote-reference"><a href="#(?P<ref>[^"]*)">[^<]*</a></sup>'
    r"|(?P<div><div\b)|(?P<end></div>\n?)"
)
_TAGS = re.compile(r"<(h1|table|pre|(?:h[2-6]|div|input|blockquote)(?= ))")
_SHIFTED = re.compile(r"<(/?)h([1-6])\b")


def find_tags(html: str) -> frozenset[str]:
    """The names of the tags of a body that may need a shape of ours."""
    return frozenset(_TAGS.findall(html))


def shape_tables(html: str) -> str:
    """Alignment as a class ``left``, ``center`` or ``right`` of cells; each table in a box that can scroll by
    keyboard. A row of heads that are all empty, which the notation demands, is left out."""
    start, end = html.find("<table"), html.rfind("</table>")
    if not 0 <= start < end:
        return html
    end += len("</table>")
    tables = _NO_HEADS.sub("", html[start:end])
    if "style=" in tables:
        tables = _CELL.sub(_align, tables)
    tables = tables.replace("<table", '<div class="table-scroll" tabindex="0"><table')
    return html[:start] + tables.replace("</table>", "</table></div>") + html[end:]


def shape_code(html: str) -> str:
    """Blocks of code that may be wider than the page can be scrolled by keyboard (WCAG 2.2, 2.1.1)."""
    return _CODE.sub('<pre tabindex="0"', html) if "<pre" in html else html


def _align(cell: re.Match[str]) -> str:
    style = _STYLE.search(cell[2])
    if style is None:
        return cell[0]
    rest = cell[2].replace(style[0], "")
    if style[1] is None:
        return f"<{cell[1]}{rest}>"
    if ' class="' in rest:
        return f"<{cell[1]}" + rest.replace(' class="', f' class="{style[1]} ', 1) + ">"
    return f'<{cell[1]} class="{style[1]}"{rest}>'


def shape_tasks(html: str, settings: MarkdownSettings) -> str:
    """Items of task lists: ``li.task`` with a disabled checkbox that says its state. Other checkboxes are dropped."""
    if "<input" not in html:
        return html

    def box(task: re.Match[str]) -> str:
        done = "checked" in task[2]
        label = escape(settings.label("done" if done else "open"))
        checked = " checked" if done else ""
        return f'<li class="task">{task[1] or ""}<input type="checkbox" disabled{checked} aria-label="{label}"> '

    html = _TASK.sub(box, html)
    return _INPUT.sub(lambda tag: tag[0] if " aria-label=" in tag[0] or 'type="radio"' in tag[0] else "", html)


def shape_alerts(html: str, settings: MarkdownSettings) -> str:
    """GitHub's alerts: ``div.alert.alert-note`` with a visible ``p.alert-title``."""
    if "markdown-alert-" not in html:
        return html
    alerts: list[bool] = []

    def tag(found: re.Match[str]) -> str:
        if found[1]:
            return "</div>\n" if alerts and alerts.pop() else found[0]
        kind = _ALERT.search(found[2])
        alerts.append(kind is not None)
        if kind is None:
            return found[0]
        label = escape(settings.label(kind[1]))
        return f'<div class="alert alert-{kind[1]}" role="note">\n<p class="alert-title">{label}</p>\n'

    return _QUOTE.sub(tag, html)


def shift_headings(html: str) -> str:
    """All headings one level down if any is of level 1, which is the title of the page; level 6 stays."""
    if "<h1" not in html:
        return html
    return _SHIFTED.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + 1, 6)}", html)


class _Notes(Struct):
    """Footnotes in the making: ``numbers`` by name in the order of first use, ``uses`` of each, ``texts`` of each."""

    known: frozenset[str]
    prefix: str
    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def refer(self, name: str) -> str:
        """The mark in the text. Its id is ``fnref-1``, or ``fnref-1-2`` for the second mark of the same note."""
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        self.uses[name] = use = self.uses.get(name, 0) + 1
        mark = f"{self.prefix}{number}" + (f"-{use}" if use > 1 else "")
        target = f"#fn-{self.prefix}{number}"
        return f'<sup class="footnote-ref"><a id="fnref-{mark}" href="{target}" role="doc-noteref">{number}</a></sup>'

    def item(self, name: str, back: str) -> str:
        """The note itself with a way back to each of its marks."""
        number = self.numbers[name]
        ways = ""
        for use in range(1, self.uses[name] + 1):
            mark = f"{self.prefix}{number}" + (f"-{use}" if use > 1 else "")
            label = f"{back} {number}" + (f"-{use}" if use > 1 else "")
            ways += f' <a href="#fnref-{mark}" role="doc-backlink" aria-label="{escape(label)}">↩</a>'
        text = self.texts.get(name, "").rstrip()
        text = text.removesuffix("</p>") + ways + "</p>" if text.endswith("</p>") else f"{text}<p>{ways.strip()}</p>"
        return f'<li id="fn-{self.prefix}{number}">{text}</li>\n'


def gather_footnotes(html: str, settings: MarkdownSettings, prefix: str) -> str:
    """Footnotes as a numbered list at the end, in the order of their marks; a note without a mark is left out.

    ``prefix`` tells the ids of several bodies on one page apart.
    """
    if "footnote-definition" not in html:
        return html
    known = frozenset(_name(found["id"]) for found in _NOTE.finditer(html) if found["open"])
    notes = _Notes(known, prefix)
    body = _move_notes(html, notes)
    if not notes.numbers:
        return body
    back = settings.label("back")
    items = "".join(notes.item(name, back) for name in notes.numbers)
    label = escape(settings.label("footnotes"))
    opening = f'<section class="footnotes" role="doc-endnotes" aria-label="{label}">'
    return f"{body}{opening}\n<ol>\n{items}</ol>\n</section>\n"


def _move_notes(html: str, notes: _Notes) -> str:
    """The HTML with its marks made and its notes taken out, into ``notes.texts``."""
    outputs: list[list[str]] = [[]]
    open_divs: list[str | None] = []
    position = 0
    for found in _NOTE.finditer(html):
        outputs[-1].append(html[position : found.start()])
        position = found.end()
        if found["open"]:
            open_divs.append(_name(found["id"]))
            outputs.append([])
        elif found["div"]:
            open_divs.append(None)
            outputs[-1].append(found[0])
        elif found["end"]:
            name = open_divs.pop() if open_divs else None
            if name is None:
                outputs[-1].append(found[0])
            else:
                notes.texts.setdefault(name, "".join(outputs.pop()))
        else:
            name = _name(found["ref"])
            outputs[-1].append(notes.refer(name) if name in notes.known else found[0])
    outputs[-1].append(html[position:])
    return "".join(piece for output in outputs for piece in output)


def _name(attribute: str) -> str:
    """The name of a footnote as it stands in an ``id`` or, percent-encoded, in an ``href``."""
    return quote(unescape(attribute), safe="%")
