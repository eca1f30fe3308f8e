"""Words that tell readers of a connection with the brand: whether tags do, where, and which word comes first.

What each jurisdiction accepts and refuses is data (``core.law``): 16 CFR 255.0(f) in the United States, the guide of
CAP and CMA in the United Kingdom. Plain words are left alone, for nobody can judge them by a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from twinsite.core.law import Disclosures, Labels, Law, Profile
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.kind import Facts

TAG = re.compile(r"#(\w+)")
_MENTION = re.compile(r"@[\w.]+")
_WORD = re.compile(r"[^\W\d_]+")


def is_disclosing(tag: str, labels: Labels) -> bool:
    """Whether a tag (without ``#``) tells readers that a post was made to win something: #XContest, #ad, #adByX; not
    #adventure, because its first word is another one.
    """
    folded = tag.casefold()
    if any(word in folded for word in labels.contains):
        return True
    return any(folded.startswith(word) and _ends_word(tag, len(word)) for word in labels.starts)


def _ends_word(tag: str, size: int) -> bool:
    """Whether a word of a tag ends after some letters: at the end, before a figure or _, or before a new capital."""
    rest = tag[size:]
    return not rest or rest[0] in "_0123456789" or (rest[0].isupper() and not tag.isupper())


class Doubt(Struct, frozen=True):
    """Why some words may not tell readers of a connection: a sentence; ``somewhere`` they do tell them."""

    why: str
    somewhere: bool = False


def find_doubt(text: str, law: Law) -> Doubt | None:
    """Why the words of a disclosure are not clear; ``None`` where they are, or where only a person can tell.

    Judged are words that are nothing but tags and mentions, and those that a jurisdiction lists as unclear.
    """
    tags = TAG.findall(text)
    plain = " ".join(_WORD.findall(_MENTION.sub(" ", TAG.sub(" ", text)))).casefold()
    if plain and not _may_be_listed(plain):
        return None
    if not plain and not tags:
        return Doubt(f'"{text}" only names somebody; that tells readers of no connection.')
    return _judge(text, tags, plain, law)


def _may_be_listed(plain: str) -> bool:
    """Whether some plain words are few enough to be one of the words that laws list; longer ones cost no look-up."""
    return len(plain.split()) <= 5


def _judge(text: str, tags: list[str], plain: str, law: Law) -> Doubt | None:
    """What the jurisdictions say of some tags, or of one to five words."""
    if any(is_disclosing(tag, law.labels) for tag in tags):
        return None
    profiles = {name: profile for name, profile in law.profiles.items() if profile.disclosure}
    against = {name: why for name, profile in profiles.items() if (why := _refuse(tags, plain, profile.disclosure))}
    if not against:
        return None
    name, why = next(iter(against.items()))
    profile = profiles[name]
    rule = profile.disclosure.rule if profile.disclosure else ""
    return Doubt(f'"{text}" {why} ({profile.name}: {rule}).', somewhere=len(against) < len(profiles))


def _refuse(tags: list[str], plain: str, own: Disclosures | None) -> str | None:
    """Why one jurisdiction does not take tags or words for a disclosure; ``None`` where it does."""
    said = [tag.casefold() for tag in tags]
    if own is None or any(tag in own.accepted for tag in said):
        return None
    for refused in own.refused:
        if any(_says(plain, word) if plain else word in said for word in refused.words):
            return str(refused.why)
    return None if plain else "is no tag that readers take for a disclosure"


def _says(plain: str, word: str) -> bool:
    """Whether some plain words are a listed one, whoever is named after it: ``sponsored by larkfield``."""
    return plain == word or plain.startswith((f"{word} by ", f"{word} with "))


def check_words(text: str | None, path: str, field: FieldPath, law: Law) -> Iterator[Problem]:
    """The problem of a disclosure that tells readers of nothing, or not everywhere; at its ``field``."""
    doubt = find_doubt(text, law) if text and ("#" in text or "@" in text or _may_be_listed(text)) else None
    if doubt:
        yield Problem(
            rule="disclosure-not-everywhere" if doubt.somewhere else "unclear-disclosure",
            path=path,
            field=field,
            message=doubt.why,
            hint='Write it in plain words, such as: "Ad: paid intern at Larkfield", or use #ad.',
            severity="warning" if doubt.somewhere else "error",
        )


def check_said(disclosure: str | None, text: str | None, path: str, field: FieldPath) -> Iterator[Problem]:
    """The problem of a tag that is said to stand in a text, which has tags, but not that one."""
    tags = TAG.findall(disclosure or "")
    found = {tag.casefold() for tag in TAG.findall(text or "")}
    missing = [tag for tag in tags if tag.casefold() not in found]
    if found and missing:
        yield Problem(
            rule="disclosure-not-in-text",
            path=path,
            field=field,
            message=f'The disclosure is "#{missing[0]}", and the text, which has other tags, does not have that one.',
            hint="Copy the text as it was published, with all its tags; or write what it really said.",
            severity="warning",
        )


def find_first_words(relationship: str, policies: Mapping[str, Any], law: Law) -> list[str]:
    """The words that jurisdictions want first where somebody speaks whom something connects with the brand: those of
    ``policies.disclosure_labels``, each once.
    """
    wanted = policies.get("disclosure_labels") or ()
    if not wanted or relationship == "none":
        return []
    own = (_label_of(law.profile(name)) for name in wanted)
    return list(dict.fromkeys(label for label in own if label))


def first_words(relationship: str, facts: Facts) -> list[str]:
    """The same, for what a kind computes."""
    return find_first_words(relationship, facts.policies, facts.law)


def _label_of(profile: Profile | None) -> str | None:
    return profile.disclosure.label if profile and profile.disclosure else None


def label_speaker(relationship: str, facts: Facts) -> dict[str, Any]:
    """What stands before somebody's words: ``first``, see ``first_words``, and whether they are an ``insider``."""
    return {"first": first_words(relationship, facts), "insider": relationship != "none"}


def check_labels(names: tuple[str, ...], law: Law) -> Iterator[Problem]:
    """A problem for each of ``policies.disclosure_labels`` that no jurisdiction with such a word has."""
    known: Mapping[str, Profile] = law.profiles if names else {}
    for place, name in enumerate(names):
        if _label_of(known.get(name)) is None:
            able = ", ".join(other for other, profile in known.items() if _label_of(profile))
            yield Problem(
                rule="unknown-jurisdiction",
                path="site.yaml",
                field=("policies", "disclosure_labels", place),
                message=f'There is no word that "{name}" wants before what insiders say.',
                hint=f"Write one of: {able}. Or add disclosure with a label to content/jurisdictions/{name}.yaml.",
            )
