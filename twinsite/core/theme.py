"""A theme as a value: the texts of its templates, its components' schemas, its strings and its built assets."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field


class Parameter(Struct, frozen=True):
    """A component's parameter. ``type`` names a field type (``text whole amount flag url date instant choice``),
    or ``ref`` (``of`` names the kind), ``file`` or ``picture`` (a file beside the record), ``table`` (a data table),
    or ``speaker`` (who says what stands in the component; ``of`` names the parameter that says what connects them).
    """

    name: str
    type: str
    required: bool = False
    of: tuple[str, ...] = ()
    default: str | None = None
    about: str = ""


class Component(Struct, frozen=True):
    """A component: a template ``components/<name>.html`` and this schema.

    ``main`` is the parameter that a bare word fills. ``body``: ``none``, ``optional``, ``required`` (Markdown),
    ``sections`` (cut at its headings) or ``images`` (pictures only). ``planned`` names what is worked out for it beside
    its parameters (``plan.gathered``).
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    main: str | None = None
    body: Literal["none", "optional", "required", "sections", "images"] = "none"
    example: str = ""
    planned: Literal["wall", "average"] | None = None


class Template(Struct, frozen=True):
    """A template's text, where it came from, and its digest."""

    name: str
    path: str
    text: str
    digest: str


class Closure(Struct, frozen=True):
    """A template with all that it extends, includes or imports: the ``digest`` of their texts, their names, and the
    ``parts`` of a page's view that they name after ``page.`` (``None``: any may be used). Of what takes long to compute
    they have the names within as well: ``computed``, ``computed.draw``; ``computed.*`` where any may be used. So they
    have of the cards of a list: ``cards``, ``card.title``; ``card.*``.
    """

    digest: str
    templates: tuple[str, ...]
    parts: tuple[str, ...] | None


class Asset(Struct, frozen=True):
    """A file of the theme's ``assets/``: ``path`` as published, ``name`` as the theme calls it; ``source`` is its file
    as messages name it.
    """

    name: str
    path: str
    data: bytes
    source: str = ""


class Theme(Struct, frozen=True):
    """A theme with everything it extends merged in. ``templates`` by name; a parent's version is ``<theme>:<name>``.

    ``wrong`` are the components that exist and cannot be used, which has been told. ``trees`` are those texts of
    templates, each as it was parsed, that may yet have to be compiled; whoever compiles one takes it away.
    """

    name: str
    chain: tuple[str, ...]
    templates: dict[str, Template]
    components: dict[str, Component]
    strings: dict[str, str]
    assets: tuple[Asset, ...]
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    settings: dict[str, str]
    wrong: frozenset[str] = frozenset()
    trees: dict[str, Any] = field(default_factory=dict)


def choose_strings(strings: dict[str, str], language: str) -> dict[str, str]:
    """The theme's words: English first, then those of the language, then of its region (``pt``, ``pt-br``)."""
    chosen: dict[str, str] = {}
    for prefix in ("en", language.split("-")[0].lower(), language.lower()):
        chosen.update({key.partition(".")[2]: text for key, text in strings.items() if key.startswith(f"{prefix}.")})
    return chosen
