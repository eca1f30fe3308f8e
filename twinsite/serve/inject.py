"""Puts the reload script into a page of HTML: external, for a page's content-security policy forbids inline ones."""

from __future__ import annotations

import re

_PLACES = (re.compile(rb"</head\s*>", re.IGNORECASE), re.compile(rb"</body\s*>", re.IGNORECASE))


def reload_script(host: str, port: int, build: int) -> bytes:
    """The tag that loads livereload's script.

    ``host`` and ``port`` are those by which the browser reached us. ``build`` travels as ``snipver``, which the script
    sends back when it connects, so that a page older than the newest build is found out. An IPv6 address must be
    written out, because livereload's own pattern for addresses stops at the first colon.
    """
    named = f"&amp;host={host}" if host.startswith("[") else ""
    return f'<script src="/livereload.js?port={port}&amp;snipver={build}{named}"></script>'.encode()


def inject_script(page: bytes, script: bytes) -> bytes:
    """The page with the script before ``</head>``, else before the last ``</body>``, else at its end."""
    for place in _PLACES:
        found = list(place.finditer(page))
        if found:
            at = found[0 if place is _PLACES[0] else -1].start()
            return page[:at] + script + page[at:]
    return page + script
