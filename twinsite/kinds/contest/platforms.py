"""The networks on which people enter: which they are, and what their terms and the law on endorsements forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from twinsite.core.law import Law, Platform
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.model import Contest, Method
from twinsite.kinds.contest.phrases import find_phrase, split_clauses
from twinsite.kinds.disclosure import is_disclosing

_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\bor\b|\band\b)\s*")


def list_platforms(record: Contest, law: Law) -> tuple[tuple[str, Platform], ...]:
    """The platforms on which one can enter a contest, by name, in the order in which its ways to enter use them."""
    methods = record.entry.methods if record.entry else ()
    found = [name for method in methods for name in _list_used(method, law)]
    platforms = law.platforms if found else {}
    return tuple((name, platforms[name]) for name in dict.fromkeys(found))


def check_platforms(record: Contest, path: str, law: Law) -> tuple[Problem, ...]:
    """Platforms that nobody knows, posts without a clear tag, and ways to enter that a platform forbids."""
    methods = record.entry.methods if record.entry else ()
    return tuple(
        problem
        for index, method in enumerate(methods)
        for problem in _check_method(record, method, path, ("entry", "methods", index), law)
    )


def _check_method(record: Contest, method: Method, path: str, at: FieldPath, law: Law) -> Iterator[Problem]:
    used = _list_used(method, law)
    yield from _check_names(method, used, path, at, law)
    if method.type == "post":
        yield from _check_tag(method, path, at, law)
    if method.type == "post" or _may_name_platform(method):
        yield from _check_cost(record, used, path, at, law)
        yield from _check_instructions(method, used, path, at, law)


def _may_name_platform(method: Method) -> bool:
    """Whether a way to enter has anything in which a platform could be named; most have not, and cost no look-up."""
    return bool(method.platform or method.instructions or (method.url and method.url.startswith("http")))


def split_names(text: str | None) -> tuple[str, ...]:
    """The names in ``Instagram, TikTok or X``."""
    return tuple(name for name in _BETWEEN.split(text or "") if name)


def find_platform(word: str, law: Law) -> str | None:
    """The name of the platform that an editor calls by some word."""
    return law.by_word.get(word.casefold().lstrip("@"))


def _list_used(method: Method, law: Law) -> tuple[str, ...]:
    """The platforms of one way to enter: named as such, meant by its address, or named in its instructions. Only a post
    is made where the instructions say; those of a letter may mention a platform for other reasons.
    """
    if not _may_name_platform(method):
        return ()
    named = [find_platform(word, law) for word in split_names(method.platform)]
    mentioned = list_mentioned(method.instructions or "", law) if method.type == "post" else ()
    return tuple(dict.fromkeys(name for name in (*named, _find_host(method.url, law), *mentioned) if name))


def _find_host(url: str | None, law: Law) -> str | None:
    """The platform to which an address leads, also below it: ``www.facebook.com``."""
    if not url or not url.startswith("http") or not any(map(url.lower().__contains__, law.by_host)):
        return None
    parts = (urlsplit(url).hostname or "").split(".")
    tails = (".".join(parts[place:]) for place in range(len(parts)))
    return next((law.by_host[tail] for tail in tails if tail in law.by_host), None)


def list_mentioned(text: str, law: Law) -> tuple[str, ...]:
    """The platforms that a text names, in the capital letters of their names, in their order by name."""
    return tuple(sorted({law.by_mention[found] for found in law.mentions.findall(text)}))


def _check_names(method: Method, used: Sequence[str], path: str, at: FieldPath, law: Law) -> Iterator[Problem]:
    for word in split_names(method.platform):
        if find_platform(word, law) is None:
            yield _unknown(word, path, (*at, "platform"), law)
    if method.type == "post" and not method.platform and not used:
        yield Problem(
            rule="entry-platform-missing",
            path=path,
            field=at,
            message="Nothing says on which network people post to enter, so the page cannot release it.",
            hint='Add "platform:" to this way to enter, such as: Instagram.',
            severity="warning",
        )


def _unknown(word: str, path: str, field: FieldPath, law: Law) -> Problem:
    platforms = law.platforms
    near = nearest_name(word.casefold(), platforms)
    guess = f' Did you mean "{platforms[near].name}"?' if near else ""
    known = ", ".join(platform.name for platform in platforms.values())
    slug = re.sub(r"\W+", "-", word.casefold()).strip("-") or "name"
    return Problem(
        rule="unknown-platform",
        path=path,
        field=field,
        message=f'There is no platform "{word}", so the page has no release for it.{guess}',
        hint=f"Write one of: {known}. Or describe it in content/platforms/{slug}.yaml.",
    )


def _check_tag(method: Method, path: str, at: FieldPath, law: Law) -> Iterator[Problem]:
    labels, tag = law.labels, method.disclosure_tag
    if tag is not None and is_disclosing(tag, labels):
        return
    why = f'{labels.rule}: the chance of "winning a prize" is a connection that readers must be told of'
    words = " or ".join(f'"{word}"' for word in labels.contains)
    if tag is None:
        rule, field = "entry-tag-missing", at
        message = f"People post to enter, but no tag tells their readers so ({why})."
        hint = 'Add "disclosure_tag:" to this way to enter, such as: "#contest".'
    else:
        rule, field = "entry-tag-unclear", (*at, "disclosure_tag")
        message = f'The tag "#{tag}" does not tell readers that the post was made to win something ({why}).'
        hint = f'Write a tag that contains {words}, or begins with "ad": "#{tag}Contest" or "#ad".'
    yield Problem(rule=rule, path=path, field=field, message=message, hint=hint)


def _check_cost(record: Contest, used: Sequence[str], path: str, at: FieldPath, law: Law) -> Iterator[Problem]:
    cost = record.entry.cost if record.entry else None
    if cost not in ("purchase", "payment"):
        return
    for name in used:
        platform = law.platforms[name]
        if platform.must_be_free:
            message = f"{platform.name} allows only contests that are free to enter; this one asks for a {cost}."
            hint = f'Leave {platform.name} out, or write "cost: free" below "entry:". See {platform.source}'
            yield Problem(rule="forbidden-entry", path=path, field=at, message=message, hint=hint)


def _check_instructions(method: Method, used: Sequence[str], path: str, at: FieldPath, law: Law) -> Iterator[Problem]:
    """What a platform forbids, in the words of the instructions; a clause that names platforms is about those alone."""
    if not method.instructions:
        return
    platforms = law.platforms
    told: set[tuple[str, str]] = set()
    for clause in split_clauses(method.instructions):
        for name in list_mentioned(clause, law) or used:
            for line in platforms[name].forbidden:
                words = find_phrase(clause, line.actions, line.targets, line.within)
                if words and (name, line.id) not in told:
                    told.add((name, line.id))
                    yield Problem(
                        rule="forbidden-entry",
                        path=path,
                        field=(*at, "instructions"),
                        message=f'"{words}": {line.message} ({line.rule})',
                        hint=f"{line.how} See {line.source}",
                    )
