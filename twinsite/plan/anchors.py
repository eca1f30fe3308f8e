"""Anchors that a page has or may have, known before it is rendered: for links to pages that are not published now.

Every heading of a text has one; a template writes others, some of them only in some states of a contest. So an anchor
that a theme names anywhere is never an error, and one that neither text nor theme can make always is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from twinsite.core.names import nearest_name
from twinsite.core.theme import Template

_ID = re.compile(r'\bid="([^"]*)"')
_COMPUTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


class Anchors(Struct, frozen=True):
    """The anchors that a theme's templates can write: ``patterns`` is one expression; ``open`` says that some
    template computes a whole anchor, so that nothing can be said of any.
    """

    patterns: str = ""
    open: bool = False

    def may_exist(self, anchor: str) -> bool:
        """Whether some template can write this anchor."""
        return self.open or bool(self.patterns and re.fullmatch(self.patterns, anchor))


def find_theme_anchors(templates: Mapping[str, Template]) -> Anchors:
    """The anchors of a theme's templates, by what is written in them."""
    written = {found for template in templates.values() for found in _ID.findall(template.text)}
    computed = {text: _COMPUTED.split(text) for text in written}
    patterns = {"[^ ]+".join(map(re.escape, parts)) for parts in computed.values() if any(parts)}
    return Anchors("|".join(sorted(patterns)), any(not any(parts) for parts in computed.values()))


def describe_missing(url: str, anchor: str, known: frozenset[str]) -> tuple[str, str]:
    """The message and the hint of the rule ``broken-anchor``."""
    near = nearest_name(anchor, known)
    text = f'The page {url} has no anchor "#{anchor}".' + (f' Did you mean "#{near}"?' if near else "")
    return text, "Anchors of headings are their words in small letters, joined by hyphens."
