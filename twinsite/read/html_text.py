"""The words of a piece of HTML, as plain text. Markup goes, every word stays."""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

_BLOCKS: Final = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table tbody td th thead tr ul".split()
)
_INLINE: Final = frozenset(
    "a abbr acronym audio b bdi bdo big body button center cite code data del details dfn em embed font form head html "
    "i iframe img input ins kbd label link mark marquee math meta noscript object option picture q rp rt ruby s samp "
    "script select small source span strike strong style sub summary sup svg template textarea time title tt u var "
    "video wbr".split()
)
_TAG: Final = rf"/?(?:{'|'.join(sorted(_BLOCKS | _INLINE))})(?:[\s/][^<>]*)?>"
_NO_TAG: Final = re.compile(rf"<(?!{_TAG}|!--)", re.IGNORECASE)
_LOOKS_LIKE: Final = re.compile(rf"<{_TAG}|&(?:#[0-9]{{1,7}}|#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,30}});", re.IGNORECASE)
_LEFT: Final = re.compile(r"<(/?)([a-z0-9]+)(?: alt=\"([^\"]*)\")?[^>]*>")
_WORDS: Final = nh3.Cleaner(
    tags={*_BLOCKS, "img"}, attributes={"img": {"alt"}}, clean_content_tags={"script", "style"}, link_rel=None
)


def find_markup(text: str) -> str:
    """The first thing in a text that looks like HTML, a tag or a character reference; empty if nothing does."""
    found = _LOOKS_LIKE.search(text)
    return found[0] if found else ""


def take_words(text: str) -> str:
    """The words of a piece of HTML: blocks on lines of their own, pictures by their alternative text, character
    references as their characters. What only looks like a tag (``<3``, ``a<b``) stays as it is.
    """
    clean = _WORDS.clean(_NO_TAG.sub("&lt;", re.sub(r"\s+", " ", text)))
    marked = re.sub(r"[ \n]*\v[ \n\v]*", _join_breaks, _LEFT.sub(_replace, clean))
    lines = html.unescape(marked).replace("\xa0", " ").split("\n")
    plain = "\n".join(" ".join(line.split()) for line in lines).strip()
    return re.sub(r"\n{3,}", "\n\n", plain)


def _join_breaks(breaks: re.Match[str]) -> str:
    """One end of a line for the ends and beginnings of blocks that meet; an empty line where a paragraph is among
    them.
    """
    return "\n\n" if "\n\n" in breaks[0] else "\n"


def _replace(tag: re.Match[str]) -> str:
    """What stands for a tag that the cleaner left."""
    if tag[2] == "img":
        return tag[3] or ""
    if tag[2] in ("td", "th", "br"):
        return "\n" if tag[2] == "br" else " "
    return "\n\n" if tag[2] == "p" else "\v"
