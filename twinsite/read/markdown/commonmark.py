"""The ``commonmark`` engine: CommonMark with GitHub's additions, written in Rust (pyromark, which is pulldown-cmark).

Takes Markdown; gives HTML, and the places of what matters in it. Nothing here changes what the engine wrote.
"""

from __future__ import annotations

from functools import lru_cache

from pyromark import Markdown, Options

PLAIN = Options(0)
"""The CommonMark specification and nothing else."""

_FEATURES = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)


@lru_cache(maxsize=2)
def commonmark(smart: bool) -> Markdown:
    """The engine with all that Twinsite promises; ``smart`` punctuation as the site wants it. It keeps no state."""
    return Markdown(options=_FEATURES | Options.ENABLE_SMART_PUNCTUATION if smart else _FEATURES)
