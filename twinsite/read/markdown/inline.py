"""Inline marks of the Markdown package in about half the time: patterns whose characters a text does not have are not
tried on it.

The package tries each of some thirty patterns on each piece of text. What a text must have for a pattern to match is
worked out from the expression of the pattern, whoever wrote it; nothing else is changed, and the result is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

MOST = 8
"""Characters of which one must be there; if there are more, it is quicker to try the pattern."""


def quicken(markdown: Markdown) -> None:
    """Let all of the package's own walks over inline marks skip what cannot match. Call it when all extensions are
    there; those that bring a walk of their own keep it.
    """
    for processor in markdown.treeprocessors:
        if type(processor) is InlineProcessor:
            processor.__class__ = _QuickInline  # others may hold it already


class _QuickInline(InlineProcessor):
    """The package's own walk, but for the choice of patterns."""

    def run(self, tree: ElementTree.Element, ancestors: list[str] | None = None) -> ElementTree.Element:
        """Read the inline marks of a tree."""
        patterns: Iterable[Any] = self.inlinePatterns
        self._steps = [(pattern, find_needles(pattern.getCompiledRegExp())) for pattern in patterns]
        self._may_match = _any_of([needles for _, needles in self._steps])
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (its name)
        if isinstance(data, AtomicString) or (self._may_match and not self._may_match(data)):
            return data
        for index in range(patternIndex, len(self._steps)):
            pattern, needles = self._steps[index]
            if needles:
                for needle in needles:
                    if needle in data:
                        break
                else:
                    continue
            matched, start = True, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]
        return data


def _any_of(needles: list[tuple[str, ...]]) -> Callable[[str], re.Match[str] | None] | None:
    """A search for any character that some pattern needs; ``None`` where one needs nothing that is known."""
    return re.compile(f"[{re.escape(''.join(map(''.join, needles)))}]").search if needles and all(needles) else None


@lru_cache(maxsize=256)
def find_needles(expression: re.Pattern[str]) -> tuple[str, ...]:
    """Characters of which each match of an expression has at least one; none if that is not known."""
    if expression.flags & re.IGNORECASE:
        return ()
    found = _needles_of(_parser.parse(expression.pattern, expression.flags))
    return tuple(sorted(found)) if found and len(found) <= MOST else ()


def _needles_of(sequence: Any) -> frozenset[str] | None:
    """The rarest characters that one part of a sequence asks for."""
    sets = [found for part in sequence if (found := _needles_of_part(*part)) is not None]
    return min(sets, key=_rank, default=None)


def _rank(needles: frozenset[str]) -> tuple[bool, int]:
    """The less likely in a text, the better."""
    return any(needle.isalnum() or needle in " ." for needle in needles), len(needles)


def _needles_of_part(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is _constants.LITERAL:
        return frozenset(chr(value))
    if kind is _constants.IN:
        literals = [chr(item) for what, item in value if what is _constants.LITERAL]
        return frozenset(literals) if len(literals) == len(value) else None
    if kind is _constants.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _needles_of(value[3])
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        return _needles_of(value[2]) if value[0] > 0 else None
    if kind is _constants.BRANCH:
        branches = [found for branch in value[1] if (found := _needles_of(branch)) is not None]
        return frozenset[str]().union(*branches) if len(branches) == len(value[1]) else None
    return None
