"""What can be wrong about a twintern: connections that are not stated, numbers without a day, a term in disorder."""

from __future__ import annotations

from twinsite.core.law import Law
from twinsite.core.people import address_key, word_key
from twinsite.core.problem import Problem
from twinsite.kinds.disclosure import check_said, check_words
from twinsite.kinds.parts import check_term
from twinsite.kinds.twintern.kit import check_kit, check_word
from twinsite.kinds.twintern.model import Twintern, Work
from twinsite.kinds.twintern.work_log import check_log


def check(record: Twintern, path: str) -> tuple[Problem, ...]:
    """What is wrong across the fields of a twintern."""
    term = record.programme
    return (
        *check_title(record, path),
        *check_relationship(record, path),
        *(check_term(term.starts, term.ends, path, ("programme",)) if term else ()),
        *check_works(record, path),
        *check_numbers(record, path),
        *check_log(record, path),
        *check_kit(record, path),
        *check_word(record, path),
    )


def check_title(record: Twintern, path: str) -> tuple[Problem, ...]:
    """A title beside the name, which would never be seen."""
    if record.title is None or record.title == record.name:
        return ()
    return (
        Problem(
            rule="title-not-used",
            path=path,
            field=("title",),
            message='A twintern\'s title is the name; this "title" would not be shown.',
            hint='Remove "title", or move its words to "tagline" or "role".',
        ),
    )


def check_relationship(record: Twintern, path: str) -> tuple[Problem, ...]:
    """A connection with the brand that readers are not told of (16 CFR 255.5(a))."""
    if record.relationship == "none" and record.programme is not None:
        return (
            Problem(
                rule="hidden-relationship",
                path=path,
                field=("relationship",),
                message="Who is in a programme is connected with the brand, so the relationship cannot be none.",
                hint="Write what connects them, such as intern_paid, intern_unpaid or employee.",
            ),
        )
    if record.relationship == "none" or record.disclosure:
        return ()
    return (
        Problem(
            rule="missing-disclosure",
            path=path,
            field=("relationship",),
            message=f'The relationship is "{record.relationship}", and no words tell readers so.',
            hint='Add "disclosure:" with the words to show, such as: Unpaid intern at Larkfield Coffee.',
        ),
    )


def check_works(record: Twintern, path: str) -> tuple[Problem, ...]:
    """Works that do not tell of the connection themselves: a line on a profile is not enough (FTC FAQ)."""
    return tuple(
        Problem(
            rule="missing-disclosure",
            path=path,
            field=("works", index),
            message=f'Nothing says how the work "{work.title}" tells of the connection with the brand.',
            hint='Add "disclosure:" with the words that stand in it, such as: Ad, paid intern at Larkfield.',
        )
        for index, work in enumerate(record.works)
        if not work.disclosure and needs_disclosure(record, work)
    )


def check_wording(record: Twintern, path: str, law: Law) -> tuple[Problem, ...]:
    """Words that are meant to tell of the connection and do not, or do not stand where they are said to."""
    found = list(check_words(record.disclosure, path, ("disclosure",), law))
    for index, work in enumerate(record.works):
        at = ("works", index, "disclosure")
        found += check_words(work.disclosure, path, at, law)
        found += check_said(work.disclosure, work.text, path, at)
    return tuple(found)


def list_insiders(record: Twintern) -> tuple[str, ...]:
    """The keys by which the twintern is found again elsewhere: name, handles and accounts. None of those whom nothing
    connects with the brand.
    """
    if record.relationship == "none":
        return ()
    words = (record.name, record.handle, *(channel.handle for channel in record.channels))
    addresses = (address_key(channel.url) for channel in record.channels if channel.url)
    return tuple(dict.fromkeys(key for key in (*map(word_key, words), *addresses) if key))


def needs_disclosure(record: Twintern, work: Work) -> bool:
    """Whether a work must carry a label: in a programme every one, unless made without connection before it began."""
    if record.programme is None:
        return False
    starts = record.programme.starts
    before = work.published is not None and starts is not None and work.published < starts
    return not (before and work.relationship == "none")


def check_numbers(record: Twintern, path: str) -> tuple[Problem, ...]:
    """Followers of an unknown day."""
    return tuple(
        Problem(
            rule="number-without-date",
            path=path,
            field=("channels", index),
            message=f"Nothing says when the followers on {channel.network} were counted.",
            hint='Add "as_of:" with that day, such as: 2026-05-01.',
        )
        for index, channel in enumerate(record.channels)
        if channel.followers is not None and channel.as_of is None
    )
