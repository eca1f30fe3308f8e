"""What can be wrong about a showcase: connections that are not stated, ratings off their scale, mute media."""

from __future__ import annotations

from collections.abc import Iterator

from twinsite.core.law import Law
from twinsite.core.problem import Problem
from twinsite.core.source import PICTURE_HINT, is_picture, not_a_picture
from twinsite.kinds.disclosure import check_words
from twinsite.kinds.permission import check_permission
from twinsite.kinds.showcase.model import Item, Showcase
from twinsite.kinds.showcase.rights import check_quotation


def check(record: Showcase, path: str) -> tuple[Problem, ...]:
    """What is wrong across the fields of a showcase."""
    return (
        *check_relationship(record, path),
        *check_rating(record, path),
        *check_permission(record.permission, path),
        *check_quotation(record, path),
        *check_media(record, path),
        *check_days(record, path),
    )


def check_wording(record: Showcase, path: str, law: Law) -> tuple[Problem, ...]:
    """Words that are meant to tell of a connection and do not."""
    incentive = record.incentive
    if incentive is None or not incentive.disclosure:
        return ()
    return tuple(check_words(incentive.disclosure, path, ("incentive", "disclosure"), law))


def check_days(record: Showcase, path: str) -> tuple[Problem, ...]:
    """A copy, or an answer, that is older than what was copied or answered."""
    answered = record.reply.date if record.reply else None
    days = ((("captured",), record.captured, "captured"), (("reply", "date"), answered, "reply.date"))
    return tuple(
        Problem(
            rule="dates-out-of-order",
            path=path,
            field=field,
            message=f'"{name}" is earlier than "published".',
            hint="Correct whichever of the two days is wrong.",
        )
        for field, day, name in days
        if day and day < record.published
    )


def check_relationship(record: Showcase, path: str) -> tuple[Problem, ...]:
    """A connection with the brand that readers are not told of (16 CFR 255.5, 465.5)."""
    found = []
    if record.author.twintern and record.relationship == "none":
        found.append(
            Problem(
                rule="hidden-relationship",
                path=path,
                field=("relationship",),
                message="The author is one of your twinterns, so the relationship cannot be none.",
                hint="Write what connects them with the brand, such as intern_paid, intern_unpaid or employee.",
            )
        )
    if record.incentive and record.incentive.given and not record.incentive.disclosure:
        found.append(
            Problem(
                rule="missing-disclosure",
                path=path,
                field=("incentive",),
                message="The author got something for it, and nothing says so to readers.",
                hint='Add "disclosure:" with the words to show, such as: Got a free sample.',
            )
        )
    return tuple(found)


def check_rating(record: Showcase, path: str) -> tuple[Problem, ...]:
    """A rating outside its own scale."""
    rating = record.rating
    if rating is None or rating.worst <= rating.value <= rating.best:
        return ()
    return (
        Problem(
            rule="rating-out-of-range",
            path=path,
            field=("rating", "value"),
            message=f"The rating {rating.value} does not lie between {rating.worst} (worst) and {rating.best} (best).",
            hint='Correct "value", or add "best:" and "worst:" of the scale that was used.',
        ),
    )


def check_media(record: Showcase, path: str) -> tuple[Problem, ...]:
    """Pictures that say nothing to those who cannot see them, films and recordings to those who cannot hear them."""
    return tuple(problem for index, item in enumerate(record.media) for problem in _check_item(item, path, index))


def _check_item(item: Item, path: str, index: int) -> Iterator[Problem]:
    at = ("media", index)
    if item.type == "image":
        yield from _check_picture(item, path, index)
    elif item.src is None and item.url is None:
        message = f"Nothing says where this {item.type} is."
        yield Problem("missing-media", path, message, 'Add "src:" with a file beside this one, or "url:".', field=at)
    elif not item.transcript:
        message = f'"{item.src or item.url}" has no transcript.'
        hint = 'Add "transcript:" with what is said, for people who cannot hear it.'
        yield Problem("missing-transcript", path, message, hint, field=at, severity="warning")
    if item.poster and not is_picture(item.poster):
        yield Problem("not-a-picture", path, not_a_picture(item.poster), PICTURE_HINT, field=(*at, "poster"))


def _check_picture(item: Item, path: str, index: int) -> Iterator[Problem]:
    at = ("media", index)
    if item.src is None:
        hint = 'Add "src:" with the picture, a file beside this one. Pictures are shown from here, never from afar.'
        yield Problem("missing-media", path, "Nothing says which picture this is.", hint, field=at)
        return
    if not is_picture(item.src):
        yield Problem("not-a-picture", path, not_a_picture(item.src), PICTURE_HINT, field=(*at, "src"))
    if not item.alt:
        message = f'The picture "{item.src}" has no "alt".'
        yield Problem("missing-alt", path, message, 'Add "alt:" and say in a few words what it shows.', field=at)
