"""What can be wrong about a showcase: connections that are not stated, ratings off their scale, mute media."""

from __future__ import annotations

from twinsite.core.problem import Problem
from twinsite.core.source import PICTURE_HINT, is_picture, not_a_picture
from twinsite.kinds.permission import check_permission
from twinsite.kinds.showcase.model import Showcase
from twinsite.kinds.showcase.rights import check_quotation


def check(record: Showcase, path: str) -> tuple[Problem, ...]:
    """What is wrong across the fields of a showcase."""
    return (
        *check_relationship(record, path),
        *check_rating(record, path),
        *check_permission(record.permission, path),
        *check_quotation(record, path),
        *check_media(record, path),
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
    found = []
    for index, item in enumerate(record.media):
        if item.type == "image" and not is_picture(item.src):
            place = ("media", index, "src")
            found.append(Problem("not-a-picture", path, not_a_picture(item.src), PICTURE_HINT, field=place))
        if item.type == "image" and not item.alt:
            message = f'The picture "{item.src}" has no "alt".'
            hint = 'Add "alt:" and say in a few words what it shows.'
            found.append(Problem("missing-alt", path, message, hint, field=("media", index)))
        if item.type != "image" and not item.transcript:
            message = f'"{item.src}" has no transcript.'
            hint = 'Add "transcript:" with what is said, for people who cannot hear it.'
            found.append(Problem("missing-transcript", path, message, hint, field=("media", index), severity="warning"))
    return tuple(found)
