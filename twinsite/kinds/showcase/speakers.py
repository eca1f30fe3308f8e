"""Who speaks in a showcase, by all that tells one person from another."""

from __future__ import annotations

from collections.abc import Iterator

from twinsite.core.people import address_key, list_homes, word_key
from twinsite.core.problem import FieldPath
from twinsite.kinds.showcase.model import Showcase

OWN_MEDIA = ("post", "video", "photo")
"""What stands at an address below its author's account; a comment stands below somebody else's."""


def list_outsiders(record: Showcase) -> tuple[tuple[FieldPath, str, str], ...]:
    """The author by (field, key, as written), where the showcase says that nothing connects them with the brand."""
    if record.relationship != "none" or record.author.twintern:
        return ()
    return tuple(found for found in _list_keys(record) if found[1])


def _list_keys(record: Showcase) -> Iterator[tuple[FieldPath, str, str]]:
    author = record.author
    if not author.namesake:
        yield ("author", "name"), word_key(author.name), author.name
        yield ("author", "handle"), word_key(author.handle or ""), author.handle or ""
    if author.url:
        yield ("author", "url"), address_key(author.url), author.url
    if record.source_url and record.medium in OWN_MEDIA:
        for home in list_homes(record.source_url):
            yield ("source_url",), home, record.source_url
