"""Finds in plain instructions what people are told to do: "tag three friends", "share it on your timeline".

A phrase is an action word in the place of a verb with its target some words later in the same clause. It does not
count where it is denied ("you need not tag anybody"). Looks at English words only; it knows no grammar beyond that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from twinsite.core.expression import express

_CLAUSE = re.compile(r"[^.;:!?\n()–—]+")
_WORD = express(r"[@#]?[\w’'-]+")

_LEADS = frozenset(
    "and or to must please should then also first just you simply who whoever everyone everybody anyone by for can may "
    "now will either always & plus next finally let's lets we'll they of page".split()
)
"""Words after which a verb may stand; any other word before it makes it a noun ("the tag", "a share"), unless that is a
name ("on Facebook tag ...").
"""

_DENIALS = frozenset("not no never without nobody none nothing needn't don't cannot can't if whether unless".split())
_DOUBLE = frozenset("forget hesitate miss fail".split())


def split_clauses(text: str) -> Iterator[str]:
    """The parts of a text between full stops and the like."""
    return (found[0].strip() for found in _CLAUSE.finditer(text) if found[0].strip())


def find_phrase(clause: str, actions: Sequence[str], targets: Sequence[str], within: int) -> str | None:
    """The words of a clause from an action to its target, with at most ``within`` words between; ``None`` where it
    tells nobody to do that.
    """
    words = [
        _Word(found[0], found.start(), found.end(), _after_comma(clause, found.start()))
        for found in _WORD.finditer(clause)
    ]
    plain = [word.text.lower().replace("’", "'") for word in words]
    wanted = [tuple(target.split()) for target in targets]
    for index, word in enumerate(plain):
        if word not in actions or not _is_verb(plain, words, index) or _is_denied(plain, index):
            continue
        start, end = _find_target(plain, index + 1, wanted, within)
        if end and _DENIALS.isdisjoint(plain[index + 1 : start]):
            return clause[words[index].start : words[end - 1].end]
    return None


class _Word:
    """A word of a clause, where it stands, and whether it begins a part after a comma."""

    __slots__ = ("begins", "end", "start", "text")

    def __init__(self, text: str, start: int, end: int, begins: bool) -> None:
        self.text, self.start, self.end, self.begins = text, start, end, begins


def _after_comma(clause: str, start: int) -> bool:
    before = clause[:start].rstrip(" \"'“‘")
    return not before or before.endswith(",")


def _is_verb(plain: Sequence[str], words: Sequence[_Word], index: int) -> bool:
    before = words[index - 1]
    return words[index].begins or plain[index - 1] in _LEADS or (index > 1 and before.text[0].isupper())


def _is_denied(plain: Sequence[str], index: int) -> bool:
    """Whether a word before the action denies it, or one after a gerund ("tagging friends is not needed")."""
    before = plain[:index]
    if any(word in _DENIALS for word in before):
        return not any(word in _DOUBLE for word in before)
    return plain[index].endswith("ing") and any(word in _DENIALS or word.endswith("n't") for word in plain[index:])


def _find_target(plain: Sequence[str], start: int, wanted: Sequence[tuple[str, ...]], within: int) -> tuple[int, int]:
    """Where the first target begins and ends that begins within some words; zeros where there is none."""
    for place in range(start, min(start + within + 1, len(plain))):
        for target in wanted:
            if tuple(plain[place : place + len(target)]) == target:
                return place, place + len(target)
    return 0, 0
