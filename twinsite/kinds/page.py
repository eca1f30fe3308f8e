"""Pages, and the two texts that are not records of a section: the home page and the texts of list pages."""

from pydantic import Field

from twinsite.core.record import Record
from twinsite.core.values import Flag, Text
from twinsite.kinds.kind import Kind
from twinsite.kinds.press_kit import FAMILY as PRESS
from twinsite.kinds.press_kit import PressKit, check_counts, list_contacts, note_old_facts


class Page(Record):
    """A page of text."""

    title: Text = Field(description="The page's title, such as: How we choose.")
    toc: Flag | None = Field(
        default=None, description="true shows a table of contents, false hides it; if empty, long pages have one."
    )
    press: PressKit | None = Field(default=None, description="A press kit, shown below the text.")


class Home(Record):
    """The home page's text."""

    title: Text = Field(description="What the home page says first, such as: Coffee worth talking about.")


class ListText(Record):
    """The text of a list page, in a file called _index.md."""


def list_title(record: ListText) -> str:
    """The title as written, or nothing: the list is then called by its kind or folder."""
    return str(record.title or "")


KIND = Kind(
    name="page",
    folder="pages",
    label="Page",
    plural="Pages",
    load_model=lambda: Page,
    about="A page of text at an address of its own, such as a guide, a privacy notice or a contact page.",
    check=lambda record, path: check_counts(record.press, path),
    notices=lambda record, path, facts: note_old_facts(record.press, path, facts),
    contacts=lambda record: list_contacts(record.press),
    families=(PRESS,),
    related=False,
)

HOME = Kind(
    name="home",
    folder="",
    label="Home page",
    plural="Home page",
    load_model=lambda: Home,
    about="The text of the home page, in content/index.md.",
)

LIST = Kind(
    name="list",
    folder="",
    label="List page",
    plural="List pages",
    load_model=lambda: ListText,
    about="The text of a section's list page, in the section's _index.md.",
    schema_type="CollectionPage",
    title=list_title,
)
