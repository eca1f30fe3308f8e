"""The ``python-markdown`` engine: the Markdown package with its whole extension API, for sites that rely on it.

Takes settings; gives a function from Markdown to HTML, or what is wrong with the extensions in ``site.yaml``. What
editors expect beyond the package (task lists, alerts, footnotes, bare links, ids of headings) is added so that its
HTML has the form of the ``commonmark`` engine, which the rest of this package turns into ours. An extension that a
site names itself takes the place of the one built in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.markdown.autolinks import BareLink, read_mail, read_web
from twinsite.read.markdown.extensions import refuse_extension
from twinsite.read.markdown.headings import slug_of
from twinsite.read.markdown.inline import quicken
from twinsite.read.markdown.limits import leaves_much_open

EXTRA = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables")
"""What the package's own ``extra`` stands for; listed one by one, so that each can be replaced."""

BUILT_IN = ("tables", "fenced_code", "def_list")

_FENCES = ("pymdownx.superfences", "pymdownx.extra")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_HEADING_ID = re.compile(r"[ \t]*\{[ \t]*:?[ \t]*#([^\s{}]+)[^{}\n]*\}[ \t]*$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def make_renderer(settings: MarkdownSettings) -> Callable[[str], str] | Problem:
    """A function that renders one text after another with one ``Markdown`` object."""
    names = _expand(settings.extensions)
    configs = {_short(name): dict(options or {}) for name, options in settings.extension_configs.items()}
    if "toc" in names:
        configs["toc"] = {"slugify": _slugify, **configs.get("toc", {})}
    ours = "footnotes" not in configs or "footnotes" not in names
    markdown = Markdown(output_format="html", extensions=[_Features(footnotes=ours)])
    for name in _complete(names, ours, settings.smart):
        refusal = refuse_extension(name)
        if refusal:
            return _unusable(settings, name, *refusal)
        try:
            markdown.registerExtensions([name], {name: configs.get(name, {})})
        except Exception as error:  # An extension is foreign code; whatever it raises, the settings are to blame.
            text = f'The Markdown extension "{name}" does not start: {str(error)[:200]}'
            return _unusable(settings, name, text, "Correct its options under markdown: extension_configs.")
    quicken(markdown)
    return lambda text: _render(markdown, text)


def _render(markdown: Markdown, text: str) -> str:
    """The HTML of one text. What stays open costs the package the square of the time, so it is counted first."""
    if leaves_much_open(text):
        raise RecursionError
    return markdown.reset().convert(text)


def _complete(names: list[str], footnotes_are_ours: bool, smart: bool) -> list[str]:
    """What the site names and what both engines promise; its own kind of fences takes the place of the package's."""
    built_in = [name for name in BUILT_IN if name != "fenced_code" or not set(names) & set(_FENCES)]
    wanted = [*built_in, *(["smarty"] if smart else []), *names]
    return [name for name in dict.fromkeys(wanted) if name != "footnotes" or not footnotes_are_ours]


def _short(name: str) -> str:
    return name if ":" in name else name.removeprefix("markdown.extensions.")


def _expand(extensions: tuple[str, ...]) -> list[str]:
    """The extensions by their short names, ``extra`` as what it stands for, each once."""
    names: list[str] = []
    for name in map(_short, extensions):
        names += EXTRA if name == "extra" else [name]
    return list(dict.fromkeys(names))


def _slugify(text: str, separator: str) -> str:
    """Ids by GitHub's rule for the ``toc`` extension too."""
    return slug_of(text)


def _unusable(settings: MarkdownSettings, name: str, message: str, hint: str) -> Problem:
    written = [_short(extension) for extension in settings.extensions]
    place = written.index(name) if name in written else 0
    return Problem("unknown-extension", "site.yaml", message, hint, field=("markdown", "extensions", place))


class _Features(Extension):
    """What both engines promise and the package lacks."""

    def __init__(self, footnotes: bool) -> None:
        super().__init__()
        self._footnotes = footnotes

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the package's name)
        """Add the processors. A number is the place among those of the package, greater first."""
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(?=\S)(.+?)(?<=\S)~~", "del"), "strikethrough", 65)
        md.inlinePatterns.register(_BareLink(r"https?://|www\.", md), "bare_link", 85)
        md.inlinePatterns.register(_BareMail(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@", md), "bare_mail", 84)
        md.treeprocessors.register(_HeadingIds(md), "heading_ids", 45)
        md.treeprocessors.register(_Tasks(md), "tasks", 44)
        md.treeprocessors.register(_Alerts(md), "alerts", 43)
        if self._footnotes:
            notes = FootnoteExtension()
            notes.md, notes.parser = md, md.parser
            md.registerExtension(notes)
            md.parser.blockprocessors.register(FootnoteBlockProcessor(notes), "footnote", 17)
            md.inlinePatterns.register(_FootnoteMark(r"\[\^([^\]\s]+)\]", notes), "footnote", 175)
            md.treeprocessors.register(_Footnotes(md.parser, notes), "footnote", 50)


class _BareLink(InlineProcessor):
    """An address without markup, outside links."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the package's name)
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """The link that begins at a match."""
        return _link_element(read_web(data, m.start()))


class _BareMail(InlineProcessor):
    """A mail address without markup, outside links."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the package's name)
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """The link around a match."""
        return _link_element(read_mail(data, m.end() - 1, m.start()))


def _link_element(link: BareLink | None) -> tuple[ElementTree.Element | None, int | None, int | None]:
    if link is None:
        return None, None, None
    element = ElementTree.Element("a", {"href": link.target})
    element.text = AtomicString(link.text)
    return element, link.start, link.end


class _HeadingIds(Treeprocessor):
    """``{#id}`` at the end of a heading."""

    def run(self, root: ElementTree.Element) -> None:
        """Take the ids out of the headings' text, before inline marks are read."""
        for element in root.iter():
            found = _HEADING_ID.search(element.text) if element.tag in _HEADINGS and element.text else None
            if found:
                element.text = (element.text or "")[: found.start()]
                element.set("id", found[1])


class _Tasks(Treeprocessor):
    """``- [ ]`` and ``- [x]``."""

    def run(self, root: ElementTree.Element) -> None:
        """Put a checkbox before the text of each item that has the mark."""
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            found = _TASK.match(holder.text or "")
            if found:
                box = ElementTree.Element("input", {"type": "checkbox", "disabled": "disabled"})
                if found[1] != " ":
                    box.set("checked", "checked")
                box.tail = (holder.text or "")[found.end() :]
                holder.text = ""
                holder.insert(0, box)


class _Alerts(Treeprocessor):
    """``> [!NOTE]``."""

    def run(self, root: ElementTree.Element) -> None:
        """Mark the quotations that begin with the name of an alert on a line of its own."""
        for quotation in root.iter("blockquote"):
            first = quotation[0] if len(quotation) else None
            found = _ALERT.match(first.text or "") if first is not None and first.tag == "p" else None
            if first is not None and found:
                quotation.set("class", f"markdown-alert-{found[1].lower()}")
                first.text = (first.text or "")[found.end() :]
                if not first.text and not len(first):
                    quotation.remove(first)


class _FootnoteMark(InlineProcessor):
    """The mark of a footnote that exists."""

    def __init__(self, pattern: str, notes: FootnoteExtension) -> None:
        super().__init__(pattern)
        self._notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the package's name)
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """The mark in the form of the other engine."""
        if m[1] not in self._notes.footnotes:
            return None, None, None
        mark = ElementTree.Element("sup", {"class": "footnote-reference"})
        ElementTree.SubElement(mark, "a", {"href": f"#{m[1]}"}).text = AtomicString(m[1])
        return mark, m.start(), m.end()


class _Footnotes(Treeprocessor):
    """The notes themselves, at the end of the body, before inline marks are read."""

    def __init__(self, parser: BlockParser, notes: FootnoteExtension) -> None:
        super().__init__()
        self._parser = parser
        self._notes = notes

    def run(self, root: ElementTree.Element) -> None:
        """Parse each note into a box of its own."""
        for name, text in self._notes.footnotes.items():
            box = ElementTree.SubElement(root, "div", {"class": "footnote-definition", "id": name})
            self._parser.parseChunk(box, text)
