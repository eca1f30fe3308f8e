"""Names by which people are found again: a name, a handle and an address as keys that differ only where they mean
somebody else.

Capital letters, a leading ``@``, the width of letters, spaces, ``www.`` and a final ``/`` mean nothing. Pure functions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit


def word_key(text: str) -> str:
    """The key of a name or a handle: ``@Ana.Pours`` and ``ana.pours`` have the same one; empty for an empty text."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().lstrip("@ ").split())


def address_key(url: str) -> str:
    """The key of a web address, ``//instagram.com/ana.pours``, without scheme, query and anchor; empty for any other.

    Of text that is no address at all it is empty as well.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.").removeprefix("m.")
    return f"//{host}{unquote(parts.path).rstrip('/')}".casefold()


def list_homes(url: str) -> Iterator[str]:
    """The keys of the pages above an address, the nearest first: of a post that of the account. Those that are a whole
    server belong to nobody and are left out.
    """
    key = address_key(url).rpartition("/")[0]
    while key.count("/") > 2:
        yield key
        key = key.rpartition("/")[0]
