"""Text as it stands in HTML, by the quickest way there is. What comes back is a plain text, and marked in no way."""

from __future__ import annotations

import html


def escape_plainly(text: str, /) -> str:
    """The text with the five signs of HTML escaped just as ``markupsafe`` does it."""
    return html.escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # no compiled part on this machine, or one under another name
    _escape_inner = escape_plainly

escape_text = _escape_inner
"""The same, whoever does it."""
