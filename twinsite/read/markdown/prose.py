"""The text of an HTML fragment: its first paragraph, and what is to be seen of it. Takes and gives text alone."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_NOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>')
_BREAK = re.compile(r"<br ?/?>")
_BLOCK = re.compile(r"<(/?)(blockquote|ul|ol|dl|table|section|details|figure)\b|<p(?: [^>]*)?>")


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
