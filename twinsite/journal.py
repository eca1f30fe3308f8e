"""The journal: under which key each page was last published, with which bytes; and what its links came to.

A page whose key is the same again has the same bytes, so nobody need look for them; where all pages have the anchors
and name the addresses that they had and named, all verdicts on their links are the same. Takes and gives values; lives
in the cache, so that it may vanish at any time.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from twinsite.cache.kept import decode_kept, get_pieces, put_pieces
from twinsite.cache.store import Cache
from twinsite.core.digest import digest_value
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest


class Journal(Struct, frozen=True, array_like=True):
    """``pages`` and documents by path: the key and the digest of the bytes. ``checked`` is the digest of all that the
    ``verdicts`` on their links were made of beside the facts of the pages; empty where these must be made anew.
    """

    pages: dict[str, tuple[str, str]] = {}
    checked: str = ""
    verdicts: tuple[Problem, ...] = ()


_decode = msgspec.msgpack.Decoder(Journal).decode


def read_journal(request: BuildRequest, cache: Cache, salt: str) -> Journal:
    """The journal of the last build of this kind, empty if there is none."""
    key = _key(request, salt)
    kept = cache.recall(key)
    if isinstance(kept, Journal):
        return kept
    return decode_kept(_decode, get_pieces(cache, key)) or Journal()


def keep_journal(
    request: BuildRequest,
    cache: Cache,
    salt: str,
    pages: Mapping[str, tuple[str, str]],
    checked: str,
    verdicts: tuple[Problem, ...],
) -> None:
    """Keep the journal for the next build. Verdicts that name a line are not kept: lines move without any page
    changing.
    """
    lasting = all(problem.line is None for problem in verdicts)
    journal = Journal(dict(pages), checked if lasting else "", verdicts if lasting else ())
    key = _key(request, salt)
    if not cache.remember(key, journal):
        put_pieces(cache, key, msgspec.msgpack.encode(journal))


def _key(request: BuildRequest, salt: str) -> str:
    return digest_value(["journal", salt, request.drafts, request.preview, request.base_url])
