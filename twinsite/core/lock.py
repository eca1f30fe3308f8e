"""Locks: what the fields of a record said when it was made binding, kept in ``content/locks/`` and committed.

A lock holds digests of fields by their names, so that any later change shows, and the texts that were made of them, so
that what people read then can be read for ever. It is written by ``twinsite lock``, never by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from twinsite.core.digest import digest_value

LENGTH = 16
"""How many digits of a field's digest a lock holds: 64 bits, far more than anybody could match by chance."""


class Binding(Struct, frozen=True):
    """The fields of a record as they were locked on a ``day``: their digests by name, in the order of the fields.

    ``version`` names the ``text`` that was made of them then (plain values, as the kind's own page shows them); both
    are empty where none was made.
    """

    day: date
    fields: Mapping[str, str]
    version: str = ""
    text: Sequence[Any] = ()


class Lock(Struct, frozen=True):
    """All bindings of one record, oldest first; none where the file is damaged, which has been told. ``path`` is the
    lock's own file.
    """

    path: str
    kind: str
    slug: str
    history: tuple[Binding, ...]

    @property
    def latest(self) -> Binding | None:
        """What holds now."""
        return self.history[-1] if self.history else None

    def plain(self) -> list[Any]:
        """All of it as plain values, for digests."""
        history = [[one.day.isoformat(), dict(one.fields), one.version, list(one.text)] for one in self.history]
        return [self.path, self.kind, self.slug, history]


Locks = Mapping[tuple[str, str], Lock]
"""The locks of a site by kind and slug."""


def digest_fields(values: Mapping[str, Any]) -> dict[str, str]:
    """The digests of locked fields (plain values by name), those left out that are empty."""
    return {name: digest_value(value)[:LENGTH] for name, value in values.items() if value not in (None, "", [], {})}


def list_differing(binding: Binding, fields: Mapping[str, str]) -> list[str]:
    """The names of all fields that are no longer as a binding says, in their order; gone ones last."""
    return [name for name in (*fields, *_gone(binding.fields, fields)) if fields.get(name) != binding.fields.get(name)]


def _gone(before: Iterable[str], after: Mapping[str, str]) -> list[str]:
    return [name for name in before if name not in after]


def find_version(text: Sequence[Any]) -> str:
    """The version of a text: eight digits that stay while no word of it changes."""
    return digest_value(list(text))[:8]
