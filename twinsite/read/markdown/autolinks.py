"""Find the addresses that stand in a text without any markup, as GitHub does: ``https://…``, ``www.…``,
``a@b.example``.

Takes text; gives links with their places. Where text is code or already a link, the caller knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

_START = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://|[Ww][Ww][Ww]\.|@")
_WEB = re.compile(r"(?:https?://[^\W_]|www\.[\w-]{1,63}\.\w)[^\s<>`|\"\\]*", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9._+-]{1,64}$")
_DOMAIN = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})+")
_ENTITY = re.compile(r"&[A-Za-z0-9]{1,40};$")
_NOT_BEFORE = "/.@-=:&?#"
_TRAILING = "?!.,:*_~'”’»…"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_PAIRS = ((")", "("), ("]", "["))


class BareLink(Struct, frozen=True):
    """``text[start:end]`` is an address; ``target`` is where it leads."""

    start: int
    end: int
    text: str
    target: str

    @property
    def markdown(self) -> str:
        """The same link with markup that every Markdown engine knows."""
        if self.text == self.target or self.target == f"mailto:{self.text}":
            return f"<{self.text}>"
        return "[" + _PUNCTUATION.sub(r"\\\1", self.text) + f"](<{self.target}>)"


def may_have_bare(text: str) -> bool:
    """Whether an address may stand outside ``](…)``; quicker than looking for one."""
    schemes = text.count("://")
    if schemes and schemes != text.count("](https://") + text.count("](http://"):
        return True
    named = "ww." in text or "WW." in text
    return "@" in text or (named and text.lower().count("www.") != text.count("://www."))


def find_bare_links(text: str, is_text: Callable[[int], bool]) -> Iterator[BareLink]:
    """The bare addresses in ``text``, ascending; ``is_text`` tells whether what begins at an offset may become a
    link."""
    last = 0
    while start := _START.search(text, last):
        link = read_mail(text, start.start(), last) if start[0] == "@" else read_web(text, start.start())
        if link and is_text(link.start):
            yield link
        last = link.end if link else start.end()


def read_web(text: str, start: int) -> BareLink | None:
    """The address of a page that begins at ``start``, without the punctuation that ends a sentence."""
    before = text[start - 1] if start else " "
    found = _WEB.match(text, start)
    if found is None or before.isalnum() or before in _NOT_BEFORE:
        return None
    address = text[start : start + _length_without_trailing(found[0])]
    target = address if "://" in address[:8] else f"http://{address}"
    return BareLink(start, start + len(address), address, target)


def _length_without_trailing(address: str) -> int:
    """GitHub's rule: sentence punctuation, entities, and brackets without a partner at the end are not part of it."""
    length = len(address)
    surplus = {close: address.count(close) - address.count(opening) for close, opening in _PAIRS}
    while length:
        last = address[length - 1]
        if last in surplus:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last == ";":
            entity = _ENTITY.search(address[max(0, length - 42) : length])
            length -= len(entity[0]) - 1 if entity else 0
        elif last not in _TRAILING:
            break
        length -= 1
    return length


def read_mail(text: str, at: int, earliest: int) -> BareLink | None:
    """The mail address around the ``@`` at an offset; it begins at ``earliest`` or later."""
    local = _LOCAL.search(text[max(earliest, at - 64) : at])
    domain = _DOMAIN.match(text, at + 1)
    if local is None or domain is None or domain[0][-1] in "-_":
        return None
    start = at - len(local[0])
    if start and (text[start - 1].isalnum() or text[start - 1] in "/:@"):
        return None
    address = text[start : domain.end()]
    return BareLink(start, domain.end(), address, f"mailto:{address}")
