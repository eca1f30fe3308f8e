"""The playbook: what was decided before the worst day, in ``playbook.yaml`` beside ``site.yaml``. Never published.

It lies outside ``content/``, and no room that makes outputs is given it: only ``new claim`` reads what it says, and a
build whether it is sound and when it was last drilled.
"""

from pydantic import Field

from twinsite.core.record import Model
from twinsite.core.values import Date, Email, Text


class Decider(Model):
    """Who may allow a claim's page to be published."""

    name: Text = Field(description="The person's name, as in: --publish NAME.")
    role: Text | None = Field(None, description="What they do.")
    phone: Text | None = Field(None, description="Where they are reached at night. Never published.")
    email: Email | None = Field(None, description="Where they are reached. Never published.")


class PublicContact(Model):
    """Whom the public may ask; it goes into the page."""

    name: Text = Field(description="The person's or the desk's name, such as: Customer care.")
    role: Text | None = Field(None, description="What they do.")
    email: Email | None = Field(None, description="An address that may be published.")
    phone: Text | None = Field(None, description="A number that may be published.")


class Level(Model):
    """What is said at once at one level of severity."""

    means: Text = Field(description="When this level applies, such as: Somebody was hurt, or could be.")
    statement: Text = Field(description="The holding statement: the first update. Each line becomes a paragraph.")
    what_to_do: Text = Field(description="What people should do until more is known. Each line becomes a step.")
    what_we_know: Text | None = Field(None, description="What is said of what is known; by default nothing.")
    summary: Text | None = Field(None, description="One sentence for lists and search engines.")
    channels: tuple[Text, ...] = Field((), description="Where it is said at this level, in this order.")


class Levels(Model):
    """The levels of severity."""

    low: Level | None = Field(None, description="Only the list of claims shows it.")
    medium: Level | None = Field(None, description="Products and campaigns link to it.")
    high: Level | None = Field(None, description="Every page links to it.")


class Playbook(Model):
    """All of ``playbook.yaml``."""

    approver: Decider = Field(description="Who decides what is published.")
    backup: Decider = Field(description="Who decides while the approver cannot be reached.")
    drilled: Date | None = Field(None, description="The day on which all of this was last tried.")
    contact: PublicContact | None = Field(None, description="Whom the public may ask.")
    channels: tuple[Text, ...] = Field(
        (), description="Where it is said, in this order, such as: [this site, Instagram, shops]."
    )
    levels: Levels = Field(description="What is said at once, by severity.")
