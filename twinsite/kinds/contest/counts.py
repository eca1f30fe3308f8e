"""What an editor writes about scores and votes that were counted elsewhere: their tables, how they count together.

Only fields; ``scores`` and ``votes`` read the tables, ``standings`` works out what follows, ``results`` what is shown.
"""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from twinsite.core.instants import wrong
from twinsite.core.record import Model
from twinsite.core.values import Amount, Date, Instant, TableName, Text, Whole
from twinsite.kinds.parts import Count, in_range

Shown = Annotated[Whole, in_range(1)]


class ScoreTable(Model):
    """The scores of the panel."""

    table: TableName = Field(description="The table in content/data with the scores: entry, judge, and each criterion.")
    as_of: Date = Field(description="The day on which the scores were final, such as: 2026-06-26.")
    source: Text = Field(description="Where they come from, such as: Score sheets of the panel, kept at the loft.")
    lowest: Amount = Field(default=Decimal(0), description="The lowest score that a judge can give; 0 if empty.")
    highest: Amount = Field(default=Decimal(10), description="The highest score that a judge can give; 10 if empty.")
    shown: Shown | None = Field(
        default=None, description="How many entries the page shows, the best first; all if empty."
    )

    @model_validator(mode="after")
    def check_scale(self) -> Self:
        """Refuse a scale without length, with the rule ``out-of-range``."""
        if self.highest <= self.lowest:
            message = f"No score fits between {self.lowest} and {self.highest}."
            raise wrong("out-of-range", message, 'Write a "highest" above the "lowest".', "highest")
        return self


class VoteTable(Model):
    """The votes of the public."""

    table: TableName = Field(description="The table in content/data with the votes: entry, votes.")
    as_of: Instant = Field(description="When they were counted, such as: 2026-06-09 18:30.")
    source: Text = Field(description="Who counted them, such as: votes.example, export of 9 June.")
    not_counted: Count | None = Field(default=None, description="How many votes were not counted.")
    why_not_counted: Text | None = Field(default=None, description="Why they were not, in a sentence.")
    shown: Shown | None = Field(
        default=None, description="How many entries the page shows, the best first; all if empty."
    )


class SetAside(Model):
    """An entry that wins nothing, whatever its result: withdrawn, not allowed, or its prize was declined."""

    entry: Text = Field(description="The entry as the tables call it.")
    reason: Text = Field(description="Why, in a sentence; shown on the page.")
