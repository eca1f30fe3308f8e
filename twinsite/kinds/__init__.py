"""The kinds of record: one module each. A kind imports only ``core`` and the shared parts here, never another kind."""

from __future__ import annotations

from types import MappingProxyType

from twinsite.kinds import announcement, campaign, claim, contest, entry, page, product, programme, showcase, twintern
from twinsite.kinds.kind import Kind

KINDS: tuple[Kind, ...] = (
    contest.KIND,
    entry.KIND,
    twintern.KIND,
    showcase.KIND,
    announcement.KIND,
    programme.KIND,
    campaign.KIND,
    product.KIND,
    claim.KIND,
    page.KIND,
)
"""The kinds an editor writes, each in its own folder, in the order in which people read of them."""

INTERNAL: tuple[Kind, ...] = (page.HOME, page.LIST)
"""Texts that are read like records and belong to no folder of their own: the home page and the lists' texts."""


_BY_NAME = MappingProxyType({kind.name: kind for kind in (*KINDS, *INTERNAL)})


def kind_named(name: str) -> Kind:
    """The kind of that name, ``home`` and ``list`` included. ``KeyError`` for any other: a bug of ours."""
    return _BY_NAME[name]
