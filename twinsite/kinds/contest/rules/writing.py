"""Official rules in words: the clause library filled with the terms of one contest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from msgspec import Struct

from twinsite.kinds.contest.rules.clauses import CLAUSES, STANDING, Clause, Sentence

Terms = Mapping[str, str | bool | tuple[str, ...]]
"""What the fields say, in words; a name that is missing says nothing."""


class Written(Struct, frozen=True):
    """A clause as it stands in the rules. ``text`` comes before the ``items``, ``after`` behind them."""

    name: str
    heading: str
    text: str
    items: tuple[str, ...]
    after: str

    def plain(self) -> dict[str, Any]:
        """The clause as views and locks hold it."""
        return {
            "name": self.name,
            "heading": self.heading,
            "text": self.text,
            "items": list(self.items),
            "after": self.after,
        }


def write_rules(terms: Terms) -> tuple[Written, ...]:
    """The clauses that these terms ask for, in the order of the library."""
    return tuple(written for clause in CLAUSES if (written := _write_clause(clause, terms)) is not None)


def _write_clause(clause: Clause, terms: Terms) -> Written | None:
    if clause.name in STANDING and not any(_asks(one) and _holds(one, terms) for one in clause.sentences):
        return None
    items = terms.get(clause.items, ())
    assert isinstance(items, tuple)
    text, after = _join(clause.sentences, terms), _join(clause.after, terms)
    if not (text or items or after):
        return None
    return Written(clause.name, clause.heading, text, items, after)


def _join(sentences: Iterable[Sentence], terms: Terms) -> str:
    return " ".join(_end(one.text.format_map(terms)) for one in sentences if _holds(one, terms))


def _end(text: str) -> str:
    """A sentence with its full stop, which values that editors wrote may lack."""
    return text if text[-1:] in ".!?:;…”\"'’)" else f"{text}."


def _holds(sentence: Sentence, terms: Terms) -> bool:
    needed = (*_names(sentence), *sentence.when)
    return all(terms.get(name) for name in needed) and not any(terms.get(name) for name in sentence.unless)


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence depends on any field."""
    return bool(_names(sentence) or sentence.when)


def _names(sentence: Sentence) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence.text) if name]
