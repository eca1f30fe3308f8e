"""The settings of a site: every key of ``site.yaml``, typed, with its default. Made once, read by all rooms, never
changed.
"""

import re
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from twinsite.core.instants import wrong
from twinsite.core.markdown import LABELS, MarkdownSettings
from twinsite.core.origin import Origin
from twinsite.core.record import Model
from twinsite.core.values import (
    Amount,
    Colour,
    Email,
    Flag,
    Handle,
    Language,
    Target,
    Text,
    Url,
    Whole,
    Wrong,
    Zone,
    convert,
)
from twinsite.kinds.showcase.collection import Collection
from twinsite.switches import KindName, Outputs, Share, Utm, one_of

_BASE_STEP: Final = re.compile(r"[A-Za-z0-9._~-]+")
TAXONOMIES: Final = ("tags", "audience", "regions", "networks")
"""The sets of words that fields of records carry."""

_MOST_DAYS: Final = 36_500
_DAYS: Final = (
    "metrics_max_age_days", "permission_notice_days", "reply_days",
    "claim_high_days", "claim_medium_days", "claim_low_days",
)  # fmt: skip
_PLACES: Final = ("{slug}", "{year}", "{month}", "{day}")


def check_pattern(pattern: str) -> str:
    """The pattern of an address as it is; refused with the rule ``bad-permalink`` if it makes no address for each
    record.
    """
    hint = "Write one that begins and ends with /, such as /{year}/{slug}/; {slug} must be in it."
    if "{slug}" not in pattern or not pattern.startswith("/") or not pattern.endswith("/"):
        raise wrong("bad-permalink", f'"{pattern}" makes no address for each record.', hint)
    rest = re.sub("|".join(map(re.escape, _PLACES)), "", pattern)
    if not re.fullmatch(r"[a-z0-9/_-]*", rest) or "//" in pattern:
        places = ", ".join(_PLACES)
        raise wrong(
            "bad-permalink", f'"{pattern}" has more in it than small letters, digits, hyphens and {places}.', hint
        )
    return pattern


def check_base_url(url: str) -> str:
    """An address at which a site can stand; refused with the rule ``not-a-base-url``.

    Its path goes into addresses, into patterns of ``_headers`` and into ``_redirects``: so no sign in it may mean
    anything there, and its steps are what every host takes for folders.
    """
    parts = urlsplit(url)
    steps = parts.path.rstrip("/").split("/")[1:]
    folders = all(_BASE_STEP.fullmatch(step) and step.strip(".") for step in steps)
    whole = parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc
    if whole or not folders:
        hint = "Write an address such as https://example.com/."
        if not (whole or folders):
            hint = "Its folders may have letters, digits, hyphens, underscores and dots: https://example.com/shop/."
        raise wrong("not-a-base-url", f'A site cannot stand at "{url}".', hint)
    return url


def parse_base_url(text: str) -> str | Wrong:
    """The ``base_url`` of a command line, by the same rules as in ``site.yaml``."""
    url = convert("url", text)
    try:
        return check_base_url(url) if isinstance(url, str) else Wrong(url.rule, url.message, url.hint)
    except PydanticCustomError as error:
        context = error.context or {}
        return Wrong(error.type, str(context["message"]), str(context["hint"]))


BaseUrl = Annotated[Url, AfterValidator(check_base_url)]
LabelName = Annotated[Text, one_of(tuple(LABELS), "label")]
TaxonomyName = Annotated[Text, one_of(TAXONOMIES, "set of words")]
Pattern = Annotated[Text, AfterValidator(check_pattern)]


class Colours(Model):
    """The brand's colours, from which the theme takes its accents."""

    primary: Colour | None = Field(None, description='The main colour, such as: "#0b5fff".')
    secondary: Colour | None = Field(None, description='A second colour beside it, such as: "#c2185b".')


class Brand(Model):
    """Who stands behind the site."""

    name: Text = Field(description="The brand's name, as people say it.")
    legal_name: Text | None = Field(None, description="The company's name, as registered.")
    address: Text | None = Field(None, description="The postal address, on one line.")
    logo: Target | None = Field(None, description="The logo: a file in content/static/, such as: /logo.svg.")
    url: Url | None = Field(None, description="The brand's own web site, if this is not it.")
    email: Email | None = Field(None, description="An address for visitors, which will be public.")
    colours: Colours | None = Field(None, description="The brand's colours.")


class MenuItem(Model):
    """An item of the menu: a link, or a word above further items."""

    label: Text = Field(description="The words shown.")
    to: Target | None = Field(None, description="Where it leads, such as: /contests/.")
    children: "tuple[MenuItem, ...]" = Field((), description="Items below this one.")

    @model_validator(mode="after")
    def check_target(self) -> Self:
        """Refuse an item that leads nowhere, with the rule ``empty-menu-item``."""
        if self.to is None and not self.children:
            raise wrong(
                "empty-menu-item", f'"{self.label}" leads nowhere.', "Add to: with a path such as /contests/.", "label"
            )
        return self


class Network(Model):
    """An account of the brand on a social network."""

    network: Text = Field(description="The network's name, such as: Instagram.")
    url: Url = Field(description="The account's address.")
    handle: Handle | None = Field(None, description="The account's name there, without the leading @.")


class MarkdownOptions(Model):
    """How Markdown is read."""

    engine: Literal["commonmark", "python-markdown"] = Field(
        "commonmark",
        description="commonmark is fast and the rule of the trade; python-markdown has extensions of its own.",
    )
    extensions: tuple[Text, ...] = Field((), description="Extensions of Python-Markdown, such as: footnotes.")
    extension_configs: dict[str, dict[str, Any]] = Field({}, description="Options of those extensions, by extension.")
    smart: Flag = Field(True, description="True to turn straight quotes, -- and ... into typographic ones.")
    labels: dict[LabelName, Text] = Field(
        {}, description="Words that Markdown adds, in the site's language: note, tip, footnotes …"
    )

    @field_validator("extension_configs", mode="after")
    @classmethod
    def read_options(cls, configs: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """The options with ``true``, ``false``, ``null`` and whole numbers as such: extensions expect Python's
        values.
        """
        return {
            name: {key: _plain_option(value) for key, value in options.items()} for name, options in configs.items()
        }


def _plain_option(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain_option(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_option(item) for item in value]
    if isinstance(value, str):
        if re.fullmatch(r"-?[0-9]{1,9}", value):
            return int(value)
        return {"true": True, "false": False, "null": None, "~": None}.get(value, value)
    return value


class Pagination(Model):
    """How long lists are cut."""

    size: Whole = Field(12, description="How many records one page of a list shows.")

    @model_validator(mode="after")
    def check_size(self) -> Self:
        """Refuse a size that no page can have, with the rule ``out-of-range``."""
        if not 1 <= self.size <= 1000:
            raise wrong(
                "out-of-range", f"A page cannot show {self.size} records.", "Write a number from 1 to 1000.", "size"
            )
        return self


class Taxonomy(Model):
    """A set of words that gather records."""

    label: Text | None = Field(None, description="What the set is called on its pages, such as: Topics.")
    terms: dict[str, Text] | None = Field(
        None,
        description="The only words allowed, as a list, or each with its label; any if left out.",
        json_schema_extra={"anyOf": [{"type": "array"}, {"type": "object"}, {"type": "null"}]},
    )
    pages: Flag = Field(True, description="True to make a page for each word.")

    @field_validator("terms", mode="before")
    @classmethod
    def read_terms(cls, terms: Any) -> Any:
        """A list of words as words that are their own labels; a word without a label likewise."""
        if isinstance(terms, (list, tuple)) and all(isinstance(term, str) for term in terms):
            return {term: term for term in terms}
        if isinstance(terms, dict):
            return {term: label if label is not None else term for term, label in terms.items()}
        return terms

    def vocabulary(self) -> dict[str, str]:
        """The declared words, each with its label."""
        return dict(self.terms or {})


class Images(Model):
    """How pictures are made smaller."""

    widths: tuple[Whole, ...] = Field(
        (480, 960, 1600), description="The widths, in pixels, to make of larger pictures."
    )
    quality: Whole = Field(82, description="The quality of JPEG and WebP, from 1 to 100.")

    @model_validator(mode="after")
    def check_numbers(self) -> Self:
        """Refuse widths and qualities that no picture can have, with the rule ``out-of-range``."""
        if not 1 <= self.quality <= 100:
            raise wrong(
                "out-of-range", f"There is no quality {self.quality}.", "Write a number from 1 to 100.", "quality"
            )
        if not all(16 <= width <= 8000 for width in self.widths) or list(self.widths) != sorted(set(self.widths)):
            hint = "Write numbers from 16 to 8000, each larger than the one before: [480, 960, 1600]"
            raise wrong("out-of-range", "These are no widths for pictures.", hint, "widths")
        return self


class Policies(Model):
    """What the site demands of its own content."""

    broken_links: Literal["error", "warning"] = Field("error", description="Whether a broken link stops the build.")
    allowed_origins: tuple[Origin, ...] = Field(
        (), description="Other servers that may serve pictures and media, such as: https://media.example.com."
    )
    contacts: tuple[Text, ...] = Field(
        (),
        description="E-mail addresses, phone numbers and postal addresses that may be public, beside those that the "
        "brand and records name as contacts.",
    )
    form_origins: tuple[Origin, ...] = Field(
        (),
        description="Other servers to which forms may be sent: those of a theme of your own, and those to which a form "
        "service passes people on. The address of each contest's form is allowed by itself.",
    )
    metrics_max_age_days: Whole = Field(90, description="After how many days a number counts as old.")
    public_vote_prize: Amount = Field(
        Decimal(500),
        description="The value of a prize, in its own currency, up to which a public vote may decide more than half.",
    )
    contradictions: Flag = Field(
        True, description="True to be warned where a contest's texts contradict its fields (in English)."
    )
    contest_locks: Flag = Field(True, description="True to be told of open contests whose rules are not locked.")
    claim_locks: Flag = Field(True, description="True to be told of updates of claims that are not locked.")
    claim_high_days: Whole = Field(
        1, description="After how many days without an update an open claim of high severity is reported."
    )
    claim_medium_days: Whole = Field(7, description="The same for claims of medium severity.")
    claim_low_days: Whole = Field(30, description="The same for claims of low severity.")
    permission_notice_days: Whole = Field(30, description="How many days before its end a permission is reported.")
    reply_days: Whole = Field(14, description="After how many days a complaint without an answer is overdue.")
    disclosure_labels: tuple[Text, ...] = Field(
        (), description="Jurisdictions whose word comes first where insiders speak, such as: [uk] for Ad."
    )
    showcases: Collection = Field(
        Collection.usual(), description="How the showcases were collected, checked and chosen."
    )

    @model_validator(mode="after")
    def check_days(self) -> Self:
        """Refuse numbers of days below zero or over a hundred years, with the rule ``out-of-range``."""
        for name in _DAYS:
            days = getattr(self, name)
            if days < 0:
                raise wrong("out-of-range", "A number of days cannot be below zero.", "Write 0 or more.", name)
            if days > _MOST_DAYS:
                text = f"{days:,} days are more than a hundred years."
                raise wrong("out-of-range", text, f"Write a number from 0 to {_MOST_DAYS}.", name)
        return self


class Build(Model):
    """Where a build puts what it makes."""

    output: Text = Field("public", description="The folder of the finished site, relative to site.yaml.")
    cache: Text = Field(".twinsite", description="The folder of the cache, relative to site.yaml.")

    @model_validator(mode="after")
    def check_folders(self) -> Self:
        """Refuse folders that hold the site's own source, with the rule ``not-a-folder``."""
        for name, folder in (("output", self.output), ("cache", self.cache)):
            parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
            if "\0" in folder or not parts or parts[-1] == ".." or parts[0] in ("content", "themes", ".git"):
                message = f'"{folder}" cannot be used: what the build makes must stay apart from its source.'
                raise wrong("not-a-folder", message, "Write a folder of its own, such as public.", name)
        return self


class Settings(Model):
    """All of ``site.yaml``."""

    title: Text = Field(description="The site's name.")
    tagline: Text | None = Field(None, description="One sentence that says what the site is.")
    base_url: BaseUrl = Field(description="The address at which the site will stand, such as: https://example.com/.")
    language: Language = Field("en", description="The language of the site.")
    timezone: Zone = Field(description="The time zone of all times written without one.")
    brand: Brand | None = Field(None, description="Who stands behind the site.")
    theme: Text = Field("default", description="The theme: a folder in themes/, or one that comes with Twinsite.")
    menu: tuple[MenuItem, ...] = Field((), description="The menu at the top of each page.")
    networks: tuple[Network, ...] = Field((), description="The brand's accounts on social networks.")
    markdown: MarkdownOptions = Field(MarkdownOptions.usual(), description="How Markdown is read.")
    permalinks: dict[KindName, Pattern] = Field(
        {}, description="Addresses by kind, from {slug}, {year}, {month} and {day}, such as: /{year}/{slug}/."
    )
    pagination: Pagination = Field(Pagination.usual(), description="How long lists are cut.")
    taxonomies: dict[TaxonomyName, Taxonomy] = Field(
        {}, description="Sets of words: tags, audience, regions, networks."
    )
    outputs: Outputs = Field(Outputs.usual(), description="Which files are made beside the pages.")
    share: Share = Field(Share.usual(), description="How pages are shared.")
    utm: Utm = Field(Utm.usual(), description="The words of tracked links.")
    images: Images = Field(Images.usual(), description="How pictures are made smaller.")
    policies: Policies = Field(Policies.usual(), description="What the site demands of its own content.")
    edit_url: Url | None = Field(None, description="Where the source can be edited; a file's path is put behind it.")
    build: Build = Field(Build.usual(), description="Where a build puts what it makes.")

    @model_validator(mode="before")
    @classmethod
    def name_site(cls, values: Any) -> Any:
        """A site without a title is called after its brand, else after its host."""
        if not isinstance(values, dict) or values.get("title") is not None:
            return values
        brand = values.get("brand")
        name = brand.get("name") if isinstance(brand, dict) else None
        return {**values, "title": name or _host(values.get("base_url")) or "Untitled"}

    def markdown_settings(self) -> MarkdownSettings:
        """What the Markdown engines need to know."""
        own = self.markdown
        return MarkdownSettings(own.engine, own.extensions, own.extension_configs, own.smart, own.labels)


def _host(url: Any) -> str | None:
    try:
        return urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:
        return None
