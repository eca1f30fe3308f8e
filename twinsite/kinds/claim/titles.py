"""Whether a title says nothing but the claim. A title is what people remember, share and find, so it must tell what is
true and not repeat what is not.

The rule compares words, knows no meaning, and is silent in doubt. A title is refused only if

- every word of it stands in the claim as well, but for small words (*the*, *is*) and cries (*shocking*);
- it has at least half of the claim's words, one of them from its second half: so it states the claim and does not just
  name what it is about;
- and it denies what the claim denies, or neither denies anything.

What stands before "says that" and the like counts for nothing, endings (*kites*, *itching*) are cut on both sides, and
a question mark changes nothing: a question that holds the whole claim spreads it as well.
"""

from __future__ import annotations

import re

from twinsite.core.expression import express

SMALL = frozenset(
    "a an the this that these those it its they them their he she his her we our us you your i my me who which what "
    "is are was were be been being am do does did done has have had having will would can could may might shall should "
    "must of in on at to from for with by as and or but so if than then there here into onto up out over under s "
    "how why when where some any all very also just only really".split()
)
CRIES = frozenset(
    "shocking shock breaking break urgent alert warning warn exclusive viral video videos watch news revealed reveal "
    "exposed expose leaked leak scandal truth true confirmed confirm official officially report reports now omg".split()
)
DENIALS = frozenset(
    "no not never none nothing nobody neither nor without free false untrue wrong myth hoax fake deny denies".split()
)
SHORTEST = 3
"""How many letters a word keeps at least when its ending is cut."""
_SAYS = express(
    r"^.{0,200}?\b(?:says?|said|saying|claims?|claimed|claiming|alleges?|alleged|rumou?rs?|posts?|stor(?:y|ies)|warns?)"
    r"\s(?:is\s|are\s)?that\b",
    re.IGNORECASE,
)
_WORD = express(r"[^\W_]+")
_ENDINGS = ("ing", "ies", "ed", "es", "s", "e", "y")


def only_states(title: str, claim: str) -> bool:
    """Whether a title says what a claim says and nothing else."""
    said = _list_words(_SAYS.sub("", " ".join(claim.split())))
    named = _list_words(title)
    if _denies(said) != _denies(named):
        return False
    core = list(dict.fromkeys(_cut(word) for word in said if word not in SMALL))
    stated = {_cut(word) for word in named if word not in SMALL and word not in CRIES}
    rest = core[(len(core) + 1) // 2 :] or core
    return stated <= set(core) and 2 * len(stated) >= len(core) and any(word in stated for word in rest)


def _list_words(text: str) -> list[str]:
    """The words in small letters; "isn't" is "is not", "cannot" is "can not"."""
    plain = text.casefold().replace("’", "'").replace("won't", "will not").replace("cannot", "can not")
    return _WORD.findall(plain.replace("can't", "can not").replace("n't", " not"))


def _denies(words: list[str]) -> bool:
    """Whether words deny something; what is denied twice is not."""
    return sum(word in DENIALS for word in words) % 2 == 1


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word
