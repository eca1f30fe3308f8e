"""What remains of a contest when it is over: its numbers, its story, and where to go on."""

from typing import Annotated

from pydantic import Field

from twinsite.core.record import Model
from twinsite.core.values import Date, Text, Whole
from twinsite.kinds.kind import Reference
from twinsite.kinds.parts import in_range


class Number(Model):
    """A number of the contest, with the day on which it was true and who says so."""

    label: Text = Field(description="What was counted, such as: Entries.")
    value: Annotated[Whole, in_range(0)] = Field(description="How many, such as: 388.")
    as_of: Date = Field(description="The day on which this was the number, such as: 2026-06-15.")
    source: Text = Field(description="Who counted, such as: our own count.")


def show_story(story: str | None, state: str | None) -> Reference | None:
    """A link to what tells of the winners, none before they are announced."""
    return Reference("announcement", story) if story and state == "announced" else None
