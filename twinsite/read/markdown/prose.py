"""The text of an HTML fragment: its first paragraph and how many words it has. Takes and gives text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_BETWEEN_TAGS = re.compile(r">([^<]+)")
_SPACES = b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
_IN_WORDS = bytes(byte not in _SPACES + b"<>" for byte in range(0x100))
"""1 for each byte that may be part of a word, 0 for the spaces of ASCII and for the ends of tags."""
_ASCII = bytes(range(0x80))
_WIDE_SPACE = re.compile(rb"\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80")
"""The spaces beyond ASCII, in UTF-8."""
_NOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>')
_BREAK = re.compile(r"<br ?/?>")
_BLOCK = re.compile(r"<(/?)(blockquote|ul|ol|dl|table|section|details|figure)\b|<p(?: [^>]*)?>")
_OTHER_BYTES = bytes(sorted({*range(0x100)} - {0xE0, *range(0xE3, 0xEA), 0xEF}))
"""All but the bytes with which the characters of ``_UNSPACED`` begin in UTF-8."""
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def plain_text(html: str) -> str:
    """The visible text of inline HTML in one line, without the numbers of footnotes."""
    if "<" in html:
        html = _BREAK.sub(" ", html) if "<br" in html else html
        html = _NOTE.sub("", html) if "<sup" in html else html
        html = TAG.sub("", html)
    return join_words(unescape(html))


def join_words(text: str) -> str:
    """Text with single spaces between its words, and none around it."""
    if text.isprintable() and "  " not in text:  # no space but the plain one is printable
        return text.strip()
    return " ".join(text.split())


def find_summary(html: str) -> str:
    """The first paragraph that has text and stands in no list, quotation, table or note."""
    if html.startswith("<p>") and (close := html.find("</p>")) > 0 and (text := plain_text(html[3:close])):
        return text
    depth = 0
    block = _BLOCK.search(html)
    while block:
        end = block.end()
        if block[2]:
            depth += -1 if block[1] else 1
        elif (close := html.find("</p>", end)) >= 0:
            text = "" if depth else plain_text(html[end:close])
            if text:
                return text
            end = close
        block = _BLOCK.search(html, end)
    return ""


def count_engine_words(html: str, tags: Iterable[str]) -> int:
    """What ``count_words`` gives, for HTML whose every ``<`` and ``>`` is the end of a tag; several times as quick.
    ``tags`` are the insides of all tags with attributes (and of any others).

    A word begins wherever a letter follows none: bytes of 0 and 1, read as one great number, answer that for the whole
    text at once. Of a tag, its name and whatever stands behind spaces looks like a word, so these are taken off.
    """
    data = html.encode("utf-8", "replace")
    beyond = b"" if html.isascii() else data.translate(None, _ASCII)
    if beyond and (beyond.translate(None, _OTHER_BYTES) or _WIDE_SPACE.search(beyond)):
        return count_words(html)
    letters = int.from_bytes(data.translate(_IN_WORDS), "little")
    starts = (letters ^ letters << 8).bit_count() // 2
    return starts - data.count(b"<") - sum([len(tag.split()) - 1 for tag in tags])


def count_words(html: str) -> int:
    """The words of the visible text; in scripts without spaces, each character counts as one."""
    text = " ".join(_BETWEEN_TAGS.findall(f">{html}"))
    count = len(text.split())
    if not text.isascii() and text.encode("utf-8", "replace").translate(None, _OTHER_BYTES):
        count += len(_UNSPACED.findall(text))
    return count
