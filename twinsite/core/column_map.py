"""A column map: what somebody declared of an export of another program, so that nothing in it need be guessed."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator

from twinsite.core.date_style import read_style
from twinsite.core.instants import wrong
from twinsite.core.record import Model
from twinsite.core.values import Flag, Slug, Text, Wrong, Zone


def check_date_style(text: str) -> str:
    """A style of days as written; refused with ``bad-column-map`` where it is none."""
    style = read_style(text)
    if isinstance(style, Wrong):
        raise wrong("bad-column-map", style.message, style.hint)
    return text


class ExportFormat(Model):
    """How the export is written, as far as it is not plain UTF-8 with commas, ISO days and decimal points."""

    encoding: Text = Field("utf-8", description="The encoding of a CSV file: utf-8, utf-16, cp1252 ...")
    delimiter: Text = Field("comma", description="What separates the cells: comma, semicolon, tab, or a character.")
    date: Annotated[Text, AfterValidator(check_date_style)] | None = Field(
        None, description="How days are written, such as: DD/MM/YYYY. Empty: YYYY-MM-DD alone."
    )
    timezone: Zone | None = Field(
        None, description="The zone in which times without an offset are, such as: America/New_York."
    )
    decimal: Literal[".", ","] | None = Field(
        None, description='The sign before a fraction: "." or ",". Empty: a point, where nothing is in doubt.'
    )
    thousands: Literal[".", ",", "'", "space"] | None = Field(
        None, description='The sign between thousands: "." or "," or "\'" or space.'
    )
    html: Flag | None = Field(
        None, description="true where texts are HTML, of which the words are taken; false to take them as they are."
    )
    rows: Text | None = Field(None, description="Of a JSON file: the name of the list of rows, such as: data.reviews.")


class ColumnMap(Model):
    """Which column of an export is which field."""

    about: Text | None = Field(None, description="Where the export comes from, for colleagues.")
    source: Slug = Field(description="A short name of where it comes from; part of addresses, such as: kitefolk.")
    id: tuple[Text, ...] = Field(description="The columns that tell the rows apart, such as: [Review ID].")
    format: ExportFormat = Field(ExportFormat(), description="How the export is written.")
    columns: dict[Text, Text] = Field(description="The field that each column fills, such as: Name: author.name.")
    constants: dict[Text, Text] = Field({}, description="Fields that all rows share, such as: medium: review.")
    words: dict[Text, dict[Text, Text]] = Field(
        {}, description="For a field with words of its own, what the words of the export mean."
    )

    @field_validator("columns", "constants", mode="before")
    @classmethod
    def drop_unfilled(cls, values: Any) -> Any:
        """Without names that were left empty: a column that fills nothing."""
        return {name: value for name, value in values.items() if value} if isinstance(values, dict) else values
