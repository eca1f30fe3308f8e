"""What the law and the networks ask of a contest, as values: jurisdiction profiles, platforms, accepted tags.

All of it is data that travels between the rooms: YAML files that come with Twinsite and those that a site adds. A
profile says what each of its lines asks for in a small vocabulary (``Need``), so that a new country needs no code.
Nothing here is legal advice; each line names its source, each file the day on which it was last checked.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final, Literal, Self

from msgspec import Struct, field
from pydantic import Field, model_validator

from twinsite.core.instants import wrong
from twinsite.core.later import Later
from twinsite.core.record import Model
from twinsite.core.values import Amount, Currency, Date, Flag, Language, Slug, Text, Url, Whole

Cost = Literal["free", "purchase", "payment"]
"""What entering costs: nothing, something that is bought anyway, or a fee."""


class When(Model):
    """When a line asks for something; all that is given must be true of the contest."""

    kind_of: tuple[Literal["judged", "draw", "vote"], ...] = Field(
        default=(), description="Only for contests whose winners are found so, such as: [draw]."
    )
    cost: tuple[Cost, ...] = Field(
        default=(),
        description="Only where entering costs this: free, purchase or payment. One that does not say is free.",
    )
    methods: tuple[Literal["form", "post", "email", "mail"], ...] = Field(
        default=(), description="Only where one can enter in one of these ways, such as: [post]."
    )
    in_shops: Flag = Field(default=False, description="true: only where people enter in shops.")
    reviews: Flag = Field(default=False, description="true: only where entering means writing a review.")
    under_age: Whole | None = Field(
        default=None,
        description="Only where people younger than this may enter, or where no age is given, such as: 18.",
    )
    since: Date | None = Field(
        default=None, description="Only for contests that open on this day or later, such as: 2025-04-06."
    )
    days_after_closing: Whole | None = Field(
        default=None,
        description="Only where the winners are announced more than this many days after the end of entries.",
    )


class Threshold(Model):
    """A total value of all prizes above which a promotion may have to be registered somewhere."""

    amount: Amount = Field(description="The total value that may be reached, such as: 5000.")
    currency: Currency = Field(description="Its currency, such as: USD.")
    register_in: Text = Field(description="Where it may have to be registered, such as: New York.")
    days_before: Whole | None = Field(
        default=None, description="How many days before the opening it must be filed, such as: 30."
    )


class Need(Model):
    """What a line asks for: exactly one of these."""

    one_of: tuple[Text, ...] = Field(
        default=(),
        description="Fields of the contest of which one must be given, such as: [sponsor.address]; `prizes.*.value` "
        "means that of each prize.",
    )
    statement: Text | None = Field(
        default=None,
        description="A sentence that must stand on the page; Twinsite puts it there. `{sponsor.contact}` stands for "
        "that field, which must then be given.",
    )
    total_at_most: Threshold | None = Field(
        default=None, description="A total value of all prizes; above it the contest needs an entry in registrations."
    )
    free_route: Flag = Field(default=False, description="true: there must be a free way to enter.")
    independent_judge: Flag = Field(default=False, description="true: one member of the panel must be independent.")
    minimum_age: Whole | None = Field(default=None, description="The youngest age that may enter, such as: 13.")
    unpaid_review: Flag = Field(
        default=False,
        description="true: an unpaid position at a company run for profit must have been looked at (unpaid_review).",
    )

    @model_validator(mode="after")
    def check_one(self) -> Self:
        """Refuse none or several at once, with the rule ``bad-profile``."""
        if len(self.given()) != 1:
            found = ", ".join(self.given()) or "nothing"
            hint = f"Write exactly one of: {', '.join(type(self).model_fields)}."
            raise wrong("bad-profile", f"A line asks for exactly one thing; this one asks for {found}.", hint)
        return self

    def given(self) -> tuple[str, ...]:
        """The names of what is asked for."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) not in ((), None, False))


class Line(Model):
    """One line of a profile: what one rule asks of a contest."""

    id: Slug = Field(description="The line's own name, unique in its file, such as: address.")
    rule: Text = Field(description="The rule that it serves, as people cite it, such as: CAP 8.17.9.")
    title: Text = Field(description="What the rule wants, in a few words, such as: promoter's name and address.")
    source: Url = Field(description="Where the rule can be read.")
    when: When | None = Field(default=None, description="When it asks; always, if empty.")
    need: Need = Field(description="What it asks for.")
    demand: Literal["must", "may"] = Field(
        default="must", description="must: an error where it is missing; may: it may apply, so a warning."
    )
    how: Text = Field(description="How to satisfy it: what to write where, in a sentence or two.")


class Refused(Model):
    """Words or tags that do not tell readers of a connection with a brand."""

    words: tuple[Text, ...] = Field(description="The words, in small letters, tags without #, such as: [spon, sp].")
    why: Text = Field(description='What is wrong with them, after the words themselves: "is short for nothing".')


class Disclosures(Model):
    """How people must be told that something connects a speaker with the brand."""

    rule: Text = Field(description="The rule, as people cite it, such as: 16 CFR 255.0(f).")
    source: Url = Field(description="Where it can be read.")
    label: Text | None = Field(
        default=None,
        description="The word that comes first where somebody with a connection speaks, such as: Ad. It is shown where "
        "policies.disclosure_labels names the jurisdiction.",
    )
    accepted: tuple[Text, ...] = Field(
        description="Tags that tell readers, in small letters without #, such as: [ad, advert]."
    )
    refused: tuple[Refused, ...] = Field(default=(), description="Words and tags that do not.")


class Profile(Model):
    """What one jurisdiction asks of contests."""

    name: Text = Field(description="Whose law it is, such as: United Kingdom.")
    checked: Date = Field(
        description="The day on which somebody last held it against its sources, such as: 2026-11-22."
    )
    about: Text = Field(description="What it covers and what it leaves out, in a few sentences.")
    language: Language = Field(default="en", description="The language of its sentences, such as: fr.")
    disclosure: Disclosures | None = Field(
        default=None, description="How people must be told of a connection with the brand, where it says so."
    )
    lines: tuple[Line, ...] = Field(description="What it asks for, one line for each rule.")


class Forbidden(Model):
    """A way to enter that a network forbids, and how instructions for it are worded."""

    id: Slug = Field(description="Its own name, unique in its file, such as: tag-friends.")
    rule: Text = Field(description="The rule that forbids it, as people cite it.")
    source: Url = Field(description="Where the rule can be read.")
    message: Text = Field(description="What the network forbids, in a sentence.")
    actions: tuple[Text, ...] = Field(description="Words for what people are told to do, such as: [tag, tagging].")
    targets: tuple[Text, ...] = Field(description="What they are told to do it to, such as: [friend, friends].")
    within: Whole = Field(default=5, description="How many words may stand between the two; 5 if not given.")
    how: Text = Field(description="What to ask for instead.")


class Platform(Model):
    """A network on which people enter."""

    name: Text = Field(description="Its name as people read it, such as: Instagram.")
    checked: Date = Field(description="The day on which somebody last held it against its source, such as: 2026-11-22.")
    source: Url = Field(description="Where its terms for promotions can be read.")
    also: tuple[Text, ...] = Field(default=(), description="Other words by which editors call it, such as: [insta].")
    hosts: tuple[Text, ...] = Field(default=(), description="Its addresses without https, such as: [instagram.com].")
    mentions: tuple[Text, ...] = Field(
        default=(), description="How instructions name it, with its capital letters, such as: [Instagram]."
    )
    release: Text = Field(
        description="The sentence that pages show: the release, and that the network has nothing to do with it. "
        "`{platform}` stands for its name, `{sponsor}` for the sponsor's."
    )
    language: Language = Field(default="en", description="The language of that sentence, such as: fr.")
    must_be_free: Flag = Field(default=False, description="true when its terms allow only contests that are free.")
    forbidden: tuple[Forbidden, ...] = Field(default=(), description="Ways to enter that its terms forbid.")


class Labels(Model):
    """Which tags tell readers that a post was made to win something."""

    checked: Date = Field(description="The day on which somebody last held it against its source, such as: 2026-11-22.")
    rule: Text = Field(description="The rule that asks for such a tag, as people cite it.")
    source: Url = Field(description="Where the rule can be read.")
    contains: tuple[Text, ...] = Field(description="Words that make a tag clear wherever they stand in it.")
    starts: tuple[Text, ...] = Field(description="Words that make a tag clear when it begins with them as a word.")


class Packaged(Struct, frozen=True):
    """What comes with Twinsite, each part of it understood when somebody first asks for it."""

    later_profiles: Later[Mapping[str, Profile]]
    later_platforms: Later[Mapping[str, Platform]]
    later_labels: Later[Labels]

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """The profiles by their names, those of their files."""
        return self.later_profiles.get()

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """The platforms by their names."""
        return self.later_platforms.get()

    @property
    def labels(self) -> Labels:
        """The accepted tags."""
        return self.later_labels.get()


class Law(Struct, frozen=True, dict=True):
    """Everything that the checks of contests ask: what a site adds stands in the place of what is ``packaged``."""

    packaged: Later[Packaged]
    own_profiles: Mapping[str, Profile] = field(default_factory=dict)
    own_platforms: Mapping[str, Platform] = field(default_factory=dict)

    def profile(self, name: str) -> Profile | None:
        """The profile of a jurisdiction by its name, such as ``uk``."""
        return self.own_profiles.get(name) or self.profiles.get(name)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """All profiles by name, sorted."""
        return dict(sorted({**self.packaged.get().profiles, **self.own_profiles}.items()))

    @cached_property
    def platforms(self) -> Mapping[str, Platform]:
        """All platforms by name, sorted."""
        return dict(sorted({**self.packaged.get().platforms, **self.own_platforms}.items()))

    @cached_property
    def by_word(self) -> Mapping[str, str]:
        """The name of each platform by the words for it, in small letters."""
        pairs = ((word, name) for name, one in self.platforms.items() for word in (name, one.name, *one.also))
        return {word.casefold(): name for word, name in pairs}

    @cached_property
    def by_host(self) -> Mapping[str, str]:
        """The name of each platform by its addresses."""
        return {host: name for name, platform in self.platforms.items() for host in platform.hosts}

    @cached_property
    def by_mention(self) -> Mapping[str, str]:
        """The name of each platform by how instructions name it."""
        return {words: name for name, platform in self.platforms.items() for words in platform.mentions}

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """What finds all of these in a text, longer ones first."""
        words = sorted(self.by_mention, key=lambda one: (-len(one), one))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)" if words else r"(?!)")

    @cached_property
    def labels(self) -> Labels:
        """Which tags disclose."""
        return self.packaged.get().labels


def _have_nothing() -> Packaged:
    """No profile, no platform, no tag."""
    nothing = Labels.model_construct(checked=date.min, rule="", source="", contains=(), starts=())
    return Packaged(Later.of({}), Later.of({}), Later.of(nothing))


NO_LAW: Final = Law(Later(_have_nothing))
"""What stands in where nobody asks: tests of kinds, say."""

PROFILES_FOLDER: Final = "jurisdictions"
PLATFORMS_FOLDER: Final = "platforms"
"""Folders, below ``content/`` and in the package, that hold one file for each."""
