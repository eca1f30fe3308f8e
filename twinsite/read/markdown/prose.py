"""The text of an HTML fragment: its first paragraph and how many words it has. Takes and gives text alone."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_BETWEEN_TAGS = re.compile(r">([^<]+)")
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
    return " ".join(unescape(html).split())


def find_summary(html: str) -> str:
    """The first paragraph that has text and stands in no list, quotation, table or note."""
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


def count_words(html: str) -> int:
    """The words of the visible text; in scripts without spaces, each character counts as one."""
    text = " ".join(_BETWEEN_TAGS.findall(f">{html}"))
    count = len(text.split())
    if not text.isascii() and text.encode("utf-8", "replace").translate(None, _OTHER_BYTES):
        count += len(_UNSPACED.findall(text))
    return count
