"""The stages of a build before anything is rendered: each calls one room and times it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from time import perf_counter

from twinsite.cache.store import Cache, Store
from twinsite.config import Settings
from twinsite.core.digest import digest_bytes
from twinsite.core.draft import Draft, Table
from twinsite.core.later import Later, LaterTexts
from twinsite.core.page import Plan
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Record
from twinsite.core.request import BuildRequest
from twinsite.core.site import Key, Site
from twinsite.core.source import Media
from twinsite.core.theme import Theme
from twinsite.link.site import link_site
from twinsite.parallel import count_cores
from twinsite.places import find_cache, find_misplaced, find_misplaced_cache
from twinsite.plan.plan import Planner
from twinsite.read.drafts import Drafts, read_bytes, read_drafts
from twinsite.read.named import list_named, read_named_files
from twinsite.read.tables import read_tables, table_name
from twinsite.read.theme import read_theme
from twinsite.read.tree import Tree, read_tree
from twinsite.validate.records import Records
from twinsite.validate.settings import parse_settings

SHAPING = ("jinja2", "pyromark", "markdown", "pymdown-extensions", "nh3", "pillow", "babel", "msgspec", "tzdata")
"""Libraries whose version may change our output."""


class Stopwatch:
    """Seconds by stage, in the order the stages ran."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add the time inside the ``with`` to a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self._seconds[stage] = self._seconds.get(stage, 0.0) + perf_counter() - start

    def seconds(self) -> dict[str, float]:
        """Seconds by stage, to the tenth of a millisecond."""
        return {stage: round(taken, 4) for stage, taken in self._seconds.items()}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that was read and validated. ``texts`` are the YAML texts by path, for the positions of problems.

    ``sound`` says that settings and theme are as the site asks, so that a plan can be made. ``told`` are the files and
    fields that have a problem already.
    """

    sound: bool = False
    told: frozenset[tuple[str, FieldPath | None]] = frozenset()
    settings: Settings | None = None
    theme: Theme | None = None
    tree: Tree | None = None
    records: tuple[tuple[Draft, Record], ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    static: Mapping[str, str] = field(default_factory=dict)
    static_texts: dict[str, bytes] = field(default_factory=dict)
    wrong: frozenset[Key] = frozenset()
    wrong_paths: frozenset[str] = frozenset()
    wrong_drafts: tuple[Draft, ...] = ()
    wrong_tables: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    salt: str = ""


@contextmanager
def open_cache(request: BuildRequest) -> Iterator[Cache]:
    """The site's cache where ``site.yaml`` says (``build.cache``), closed in the end; one in memory if none is
    wanted.
    """
    settings = read_settings(request)[0] if request.use_cache else None
    usable = settings is not None and not find_misplaced_cache(request, settings)
    cache = Store.open(find_cache(request, settings) if settings and usable else None)
    try:
        yield cache
    finally:
        cache.close()


def read_salt() -> str:
    """The digest of our own source with the versions of Python and of all that shapes output."""
    root = Path(str(files("twinsite")))
    sources = sorted(path for path in root.rglob("*.py"))
    parts = [digest_bytes(path.read_bytes()) for path in sources]
    return digest_bytes("\n".join([*parts, sys.version, *map(_version, SHAPING)]).encode())


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def read_inputs(request: BuildRequest, cache: Cache, watch: Stopwatch) -> Inputs:
    """Read and validate the whole site. Where there is no ``site.yaml`` there is nothing more to say; where it is
    wrong, others stand in for its settings, so that the problems of all other files are told in the same run.
    """
    with watch.time("settings"):
        settings, text, problems = read_settings(request)
        sound = settings is not None
        if not sound and not (request.site / "site.yaml").is_file():
            return Inputs(problems=problems)
        problems += find_misplaced(request, settings) if settings else []
        settings = settings or make_stand_in()
        tree, tree_problems = read_tree(request.site)
        problems = [*problems, *tree_problems]
        salt = read_salt()
        theme, theme_problems = read_theme(
            request.site, settings.theme, hashed=not request.preview, prelude=write_prelude(settings)
        )
        sound = sound and theme is not None
    with watch.time("read"):
        tables, table_problems = read_tables(request.site, tree.data, settings.timezone)
        static, static_texts, static_problems = read_static(request.site, tree.static)
    markdown = settings.markdown_settings()
    found = read_drafts(request.site, tree.records, markdown, cache, salt, request.jobs or count_cores())
    read, records = validate_drafts(found, settings.timezone, watch)
    with watch.time("read"):
        known = tree.beside | frozenset(tree.static)
        logo = [settings.brand.logo] if settings.brand and settings.brand.logo else []
        named = list_named(records.valid, records.wrong)
        media, media_problems = read_named_files(request.site, named, known, cache, salt, logo)
        told = frozenset((problem.path, problem.field) for problem in records.problems)
    return Inputs(
        sound=sound,
        told=told,
        settings=settings,
        theme=theme,
        tree=tree,
        records=tuple(records.valid),
        media=media,
        tables=tables,
        static=static,
        static_texts=static_texts,
        wrong=frozenset((draft.kind, draft.slug) for draft in records.wrong) | _keys(tree, frozenset(read.unread)),
        wrong_paths=frozenset((*(draft.path for draft in records.wrong), *read.unread)),
        wrong_drafts=tuple(records.wrong),
        wrong_tables=frozenset(map(table_name, tree.data)) - tables.keys(),
        texts=LaterTexts({"site.yaml": Later.of(text), **{draft.path: draft.written for draft in read.drafts}}),
        salt=salt,
        problems=[
            *problems,
            *theme_problems,
            *read.problems,
            *table_problems,
            *static_problems,
            *records.problems,
            *drop_told(media_problems, told),
        ],
    )


def validate_drafts(parts: Iterator[Drafts], zone: str, watch: Stopwatch) -> tuple[Drafts, Records]:
    """All that was read, and the records in it. Each part is validated while workers parse the next."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    unread: list[str] = []
    records = Records()
    while True:
        with watch.time("read"):
            part = next(parts, None)
        if part is None:
            return Drafts(tuple(drafts), tuple(problems), tuple(unread)), records
        drafts += part.drafts
        problems += part.problems
        unread += part.unread
        with watch.time("validate"):
            records.add(part.drafts, zone)


def make_stand_in() -> Settings:
    """Settings in place of those that are wrong: good enough to look for mistakes, never to build from."""
    return Settings.model_validate({"title": "Site", "base_url": "https://example.com/", "timezone": "UTC"})


def drop_told(problems: list[Problem], told: frozenset[tuple[str, FieldPath | None]]) -> list[Problem]:
    """The problems without those of fields that have one already: a wrong name of a file leads to no file, either."""
    return [problem for problem in problems if not problem.field or (problem.path, problem.field) not in told]


def _keys(tree: Tree, paths: frozenset[str]) -> frozenset[Key]:
    return frozenset((file.kind, file.slug) for file in tree.records if file.path in paths)


def read_settings(request: BuildRequest) -> tuple[Settings | None, str, list[Problem]]:
    """``site.yaml`` as settings, with its text, or what is wrong with it."""
    data, problem = read_bytes(request.site, "site.yaml")
    if data is None or problem:
        hint = (
            "Run the command in the folder of your site, name it with --site, or start one with: twinsite init my-site"
        )
        missing = Problem(
            "no-settings", "site.yaml", "There is no site.yaml here, so this is not the folder of a site.", hint
        )
        return None, "", [missing if not (request.site / "site.yaml").exists() else problem or missing]
    settings, problems = parse_settings(data)
    if settings and request.base_url:
        settings = settings.model_copy(update={"base_url": request.base_url})
    return settings, data.decode("utf-8", "replace").removeprefix("\ufeff"), problems


def write_prelude(settings: Settings) -> str:
    """The brand's colours as custom properties, put before the theme's style sheet."""
    colours = settings.brand.colours if settings.brand else None
    pairs = {"--brand": colours.primary, "--brand-2": colours.secondary} if colours else {}
    lines = [f"  {name}: {value};" for name, value in pairs.items() if value]
    return ":root {\n" + "\n".join(lines) + "\n}\n" if lines else ""


def read_static(site: Path, paths: tuple[str, ...]) -> tuple[dict[str, str], dict[str, bytes], list[Problem]]:
    """Digests of the plain files by their published path, and the bytes of those whose lines are joined with ours."""
    digests: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        name = path.removeprefix("content/static/")
        try:
            data = (site / path).read_bytes()
        except OSError as error:
            hint = "Check the permissions of the file (chmod u+r), then build again."
            problems.append(Problem("cannot-read", path, f"This file cannot be read: {error.strerror or error}.", hint))
            continue
        digests[name] = digest_bytes(data)
        if name in ("_redirects", "_headers"):
            texts[name] = data
    return digests, texts, problems


def link_inputs(request: BuildRequest, inputs: Inputs, watch: Stopwatch) -> tuple[Site, list[Problem]]:
    """The site at ``request.now``."""
    assert inputs.settings is not None and inputs.tree is not None
    with watch.time("link"):
        site, problems = link_site(
            inputs.records,
            inputs.settings,
            request.now,
            drafts=request.drafts,
            wrong=inputs.wrong,
            wrong_paths=inputs.wrong_paths,
            wrong_drafts=inputs.wrong_drafts,
            wrong_tables=inputs.wrong_tables,
            media=inputs.media,
            tables=inputs.tables,
            static=inputs.static,
            files=inputs.tree.beside | frozenset(inputs.tree.static),
            preview=request.preview,
        )
    return site, drop_told(problems, inputs.told)


def plan_inputs(
    request: BuildRequest, inputs: Inputs, site: Site, watch: Stopwatch
) -> tuple[Plan, list[Problem]]:
    """The plan of the site's output."""
    assert inputs.settings is not None and inputs.theme is not None
    with watch.time("plan"):
        planner = Planner(Later.of(site), inputs.settings, inputs.theme, inputs.static_texts)
        plan, _, problems = planner.plan(inputs.static, request.jobs or count_cores())
        return plan, problems
