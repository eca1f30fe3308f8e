"""What must not stand in an address as it is (RFC 3986). Takes and gives text."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_UNSAFE = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f]')
AMBIGUOUS = ("%", "?", "#")
"""Signs that mean something else in an address than in a file's name; no published name may hold them."""


def encode_unsafe(address: str) -> str:
    """An address for a page: spaces and signs that no address may hold as ``%20``; other scripts stay readable."""
    return _UNSAFE.sub(_percent, address) if _UNSAFE.search(address) else address


def _percent(found: re.Match[str]) -> str:
    return quote(found[0], safe="", errors="surrogatepass")


def make_origin(address: str) -> str:
    """Scheme, host and port of a web address, as a content-security policy names them."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port else "")
