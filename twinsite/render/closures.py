"""What a template is made of: all that it extends, includes or imports, and what of the page's view they name.

Takes a theme; gives a closure for each of its templates. Nothing is rendered: the texts are parsed, and whatever a text
only computes when rendering counts as everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from jinja2 import TemplateNotFound, meta, nodes
from jinja2.exceptions import TemplateSyntaxError
from msgspec import Struct

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.theme import Closure, Theme
from twinsite.render.environment import SealedEnvironment
from twinsite.render.keys import named_keys

VIEW = "page"
"""The name by which templates see the view."""
DEEP = "computed"
"""The part of a view of which the names within count by themselves."""
CARDS, CARD = "cards", "card"
"""The records of a list, and what a template calls each of them if it wants the names within to count."""
LOOP = "loop"
"""What templates know of a loop; by these names of it, or without any, it gives other cards than that of the turn."""
OTHER_CARDS = frozenset({None, "previtem", "nextitem"})


class _Named(Struct, frozen=True):
    """What one text names: templates (``None``: one that it computes) and parts of the view (``None``: any)."""

    templates: tuple[str | None, ...] = ()
    parts: frozenset[str] | None = frozenset()


_DECODER = msgspec.json.Decoder(_Named)


def find_closures(theme: Theme, cache: Cache, salt: str) -> Mapping[str, Closure]:
    """For each template of a theme its closure.

    A name that a template computes means "cannot tell": then every template of the theme counts. What a text names is
    kept by the text, so that only a changed one is parsed.
    """
    environment = SealedEnvironment(theme)
    named = _read_named(environment, theme, cache, salt)
    mine = {name: named[template.digest] for name, template in theme.templates.items()}
    direct = {name: _find_direct(environment, name, mine[name].templates) for name in theme.templates}
    return {name: _close(theme, name, direct, mine) for name in sorted(direct)}


def _read_named(environment: SealedEnvironment, theme: Theme, cache: Cache, salt: str) -> dict[str, _Named]:
    """What each text names, by its digest."""
    keys = named_keys(theme, salt)
    kept = cache.get_many(keys.values())
    found = {digest: named for digest, key in keys.items() if (named := decode_kept(_DECODER.decode, kept.get(key)))}
    for template in theme.templates.values():
        if template.digest not in found:
            found[template.digest] = _find_named(environment, template.text, theme.trees)
            cache.put(keys[template.digest], msgspec.json.encode(found[template.digest]))
    return found


def _find_named(environment: SealedEnvironment, text: str, trees: dict[str, Any]) -> _Named:
    """What a text names. Each text is parsed once, whatever its names, and the tree is left for the compiler."""
    try:
        tree = trees[text] = environment.parse(text)
    except TemplateSyntaxError:
        return _Named(parts=None)
    return _Named(tuple(meta.find_referenced_templates(tree)), find_parts(tree))


def find_parts(tree: nodes.Node) -> frozenset[str] | None:
    """The names that a parsed template puts after ``page.``, and those within ``DEEP`` and ``CARDS`` (see ``Closure``);
    ``None`` where it uses the page in any other way.
    """
    found: set[str] = set()
    for node in (tree, *tree.find_all(nodes.Node)):
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Name) and child.name == VIEW:
                part = _find_part(node, child)
                if part is None:
                    return None
                found.add(part)
            else:
                found.update(_name_within(node, child))
    return frozenset(found)


def _name_within(owner: nodes.Node, child: nodes.Node) -> Iterator[str]:
    """What a node names within parts of the view: ``computed.draw``, ``card.title``; with ``*`` for any name."""
    if isinstance(child, nodes.Name):
        if child.name == CARD and child.ctx == "load":
            yield f"{CARD}.{_find_part(owner, child) or '*'}"
        elif child.name == LOOP and _find_part(owner, child) in OTHER_CARDS:
            yield f"{CARD}.*"
    elif isinstance(child, nodes.Getattr | nodes.Getitem) and _is_view(child.node):
        part = _find_part(child, child.node)
        if part == DEEP:
            yield f"{DEEP}.{_find_part(owner, child) or '*'}"
        elif part == CARDS and not _takes_each(owner, child):
            yield f"{CARD}.*"


def _is_view(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == VIEW


def _takes_each(owner: nodes.Node, cards: nodes.Node) -> bool:
    """Whether all that is done with some cards is to call each ``card`` in turn, or to ask whether there are any."""
    if isinstance(owner, nodes.For):
        return cards is owner.iter and isinstance(owner.target, nodes.Name) and owner.target.name == CARD
    return isinstance(owner, nodes.Not) or (isinstance(owner, nodes.If) and cards is owner.test)


def _find_part(owner: nodes.Node, whole: nodes.Node) -> str | None:
    """The name after ``page`` in ``page.name`` or ``page["name"]``."""
    if isinstance(owner, nodes.Getattr):
        return owner.attr
    if isinstance(owner, nodes.Getitem) and owner.node is whole and isinstance(owner.arg, nodes.Const):
        return owner.arg.value if isinstance(owner.arg.value, str) else None
    return None


def _find_direct(environment: SealedEnvironment, name: str, named: tuple[str | None, ...]) -> frozenset[str] | None:
    """The templates that one template names, or ``None`` where it computes a name."""
    found = [item for item in named if item is not None]
    if len(found) < len(named):
        return None
    try:
        return frozenset(environment.join_path(item, name) for item in found)
    except TemplateNotFound:
        return frozenset()


def _close(
    theme: Theme, name: str, direct: Mapping[str, frozenset[str] | None], named: Mapping[str, _Named]
) -> Closure:
    names: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in names and current in theme.templates:
            names.add(current)
            more = direct[current]
            waiting.extend(theme.templates if more is None else more)
    lines = sorted(f"{item} {theme.templates[item].digest}" for item in names)
    parts: set[str] = set()
    for item in names:
        mine = named[item].parts
        if mine is None:
            return Closure(digest_bytes("\n".join(lines).encode()), tuple(sorted(names)), None)
        parts |= mine
    return Closure(digest_bytes("\n".join(lines).encode()), tuple(sorted(names)), tuple(sorted(parts)))
