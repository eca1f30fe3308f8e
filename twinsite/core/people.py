"""Names by which people are found again: a name, a handle and an address as keys that differ only where they mean
somebody else.

Capital letters, a leading ``@``, the width of letters, spaces, ``www.`` and a final ``/`` mean nothing. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

_PLAIN = re.compile(r"https?://([a-z0-9]+(?:[.-][a-z0-9]+)*)(/[\w/.~-]*|)", re.ASCII)
"""An address in which nothing has to be understood: its server, without a port, and its path. Most are such."""


def word_key(text: str) -> str:
    """The key of a name or a handle: ``@Ana.Pours`` and ``ana.pours`` have the same one; empty for an empty text."""
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return " ".join(plain.lstrip("@ ").split())


def address_key(url: str) -> str:
    """The key of a web address, ``//instagram.com/ana.pours``, without scheme, query and anchor; empty for any other.

    Of text that is no address at all it is empty as well.
    """
    plain = _PLAIN.fullmatch(url)
    return _make_key(plain[1], plain[2]) if plain else _read_key(url)


def _make_key(host: str, path: str) -> str:
    return f"//{host.removeprefix('www.').removeprefix('m.')}{path.rstrip('/')}".casefold()


def _read_key(url: str) -> str:
    """The key of any address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return _make_key(parts.hostname, unquote(parts.path))


def list_homes(url: str) -> Iterator[str]:
    """The keys of the pages above an address, the nearest first: of a post that of the account. Those that are a whole
    server belong to nobody and are left out.
    """
    key = address_key(url).rpartition("/")[0]
    while key.count("/") > 2:
        yield key
        key = key.rpartition("/")[0]
