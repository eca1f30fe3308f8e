"""All of a site but its records: settings, theme, the list of files, data tables, plain files.

They are few, so they are read anew by every build, and everything else is worked out from them and the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache as cached
from pathlib import Path

from msgspec import Struct, field

from twinsite.cache.store import Cache, Store
from twinsite.config import Settings
from twinsite.core.digest import digest_bytes, digest_value
from twinsite.core.draft import Table
from twinsite.core.later import Later
from twinsite.core.law import NO_LAW, PROFILES_FOLDER, Law, Packaged, Platform, Profile
from twinsite.core.lock import Locks
from twinsite.core.problem import Problem
from twinsite.core.request import PLAYBOOK, BuildRequest
from twinsite.core.theme import Theme
from twinsite.installed import read_package_law, read_salt
from twinsite.places import find_cache, find_misplaced, find_misplaced_cache
from twinsite.read.drafts import read_bytes
from twinsite.read.locks import read_locks
from twinsite.read.tables import read_tables, table_name
from twinsite.read.theme import read_theme
from twinsite.read.tree import EMPTY_TREE, FindPlace, Tree, place_file, read_tree
from twinsite.stages import Stopwatch
from twinsite.validate.law import law_name, parse_packaged, parse_platform, parse_profile
from twinsite.validate.settings import parse_settings


class Inputs(Struct, frozen=True):
    """What was read. ``settings`` is ``None`` where there is no ``site.yaml``, and stands in for a wrong one.

    ``sound`` says that settings and theme are as the site asks, so that a plan can be made. ``text`` is that of
    ``site.yaml``, for the positions of problems; ``files`` are all files of the content that are no records.
    ``law_digest`` is that of the jurisdictions and platforms that the site itself describes.
    """

    sound: bool = False
    settings: Settings | None = None
    theme: Theme | None = None
    tree: Tree = EMPTY_TREE
    tables: Mapping[str, Table] = field(default_factory=dict)
    static: Mapping[str, str] = field(default_factory=dict)
    static_texts: dict[str, bytes] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    wrong_tables: frozenset[str] = frozenset()
    locks: Locks = field(default_factory=dict)
    text: str = ""
    problems: list[Problem] = field(default_factory=list)
    salt: str = ""
    law: Law = NO_LAW
    law_digest: str = ""

    def digest(self, request: BuildRequest) -> str:
        """The digest of all that one record by itself becomes something else by, but for the moment."""
        assert self.settings is not None
        flags = [request.drafts, request.preview, self.salt, self.law_digest]
        locks = [self.locks[key].plain() for key in sorted(self.locks)]
        return digest_value([self.settings.model_dump(mode="json"), flags, locks])


def read_inputs(request: BuildRequest, watch: Stopwatch, cache: Cache) -> Inputs:
    """Everything but the records. Where there is no ``site.yaml`` there is nothing more to say; where it is wrong,
    others stand in for its settings, so that the problems of all other files are told in the same run.
    """
    with watch.time("settings"):
        settings, text, problems = read_settings(request)
        sound = settings is not None
        if not sound and not (request.site / "site.yaml").is_file():
            return Inputs(problems=problems)
        problems += find_misplaced(request, settings) if settings else []
        settings = settings or make_stand_in()
        tree, tree_problems = _take_tree(request, cache)
        salt = read_salt()
        theme, theme_problems = read_theme(
            request.site, settings.theme, hashed=not request.preview, prelude=write_prelude(settings)
        )
        tables, table_problems = read_tables(request.site, tree.data, settings.timezone)
        locks, lock_problems = read_locks(request.site, tree.locks)
        static, static_texts, static_problems = read_static(request.site, tree.static)
        static_problems += read_playbook_problems(request, settings) + find_public_copies(tree.static)
        law, law_digest, law_problems = read_law(request.site, tree.law, cache)
    return Inputs(
        sound=sound and theme is not None,
        settings=settings,
        theme=theme,
        tree=tree,
        tables=tables,
        static=static,
        static_texts=static_texts,
        files=tree.beside | frozenset(tree.static),
        wrong_tables=frozenset(map(table_name, tree.data)) - tables.keys(),
        locks=locks,
        text=text,
        problems=[
            *problems,
            *tree_problems,
            *theme_problems,
            *table_problems,
            *lock_problems,
            *static_problems,
            *law_problems,
        ],
        salt=salt,
        law=law,
        law_digest=law_digest,
    )


def _take_tree(request: BuildRequest, cache: Cache) -> tuple[Tree, list[Problem]]:
    """The files of the content: those of the last build where only records among them were touched."""
    name = f"tree {request.site}"
    kept: tuple[Tree, list[Problem], frozenset[str]] | None = cache.recall(name)
    touched = request.touched
    if kept and touched is not None and touched <= kept[2] and all((request.site / one).is_file() for one in touched):
        return kept[0], kept[1]
    tree, problems = read_tree(request.site, _recall_places(cache))
    cache.remember(name, (tree, problems, frozenset(file.path for file in tree.records)))
    return tree, problems


def _recall_places(cache: Cache) -> FindPlace:
    """What tells the part that a file plays; a cache in memory keeps what it said."""
    find_place: FindPlace = cache.recall("places") or cached(place_file)
    cache.remember("places", find_place)
    return find_place


def make_stand_in() -> Settings:
    """Settings in place of those that are wrong: good enough to look for mistakes, never to build from."""
    return Settings.model_validate({"title": "Site", "base_url": "https://example.com/", "timezone": "UTC"})


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


def read_playbook_problems(request: BuildRequest, settings: Settings) -> list[Problem]:
    """What is wrong with ``playbook.yaml``, if there is one. A build wants to know nothing else of it."""
    if not (request.site / PLAYBOOK).is_file():
        return []
    data, problem = read_bytes(request.site, PLAYBOOK)
    if data is None or problem:
        return [problem] if problem else []
    from twinsite.validate.playbook import note_drill, parse_playbook

    playbook, problems = parse_playbook(data, settings.timezone)
    return note_drill(playbook, data, request.now, settings.timezone) if playbook else problems


def find_public_copies(paths: Iterable[str]) -> list[Problem]:
    """Playbooks among the plain files of a site, which would be published."""
    return [
        Problem(
            "public-playbook",
            path,
            "This file would be published, with everything that the playbook says.",
            f"Move it beside site.yaml: {PLAYBOOK} in the folder of the site never leaves the source.",
        )
        for path in paths
        if path.rpartition("/")[2].lower() in (PLAYBOOK, "playbook.yml")
    ]


def read_law(site: Path, paths: tuple[str, ...], cache: Cache) -> tuple[Law, str, list[Problem]]:
    """What jurisdictions and platforms ask, with the digest of the site's own files of them and what is wrong there.

    What comes with Twinsite is read when it is first asked for; a cache in memory keeps it.
    """
    profiles: dict[str, Profile] = {}
    platforms: dict[str, Platform] = {}
    digests: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for path in paths:
        data, problem = read_bytes(site, path)
        problems += [problem] if problem else _check_place(path)
        if data is None or problem or _check_place(path):
            continue
        digests.append((path, digest_bytes(data)))
        if path.split("/")[1] == PROFILES_FOLDER:
            profile, wrong = parse_profile(data, path)
            profiles.update({law_name(path): profile} if profile else {})
        else:
            platform, wrong = parse_platform(data, path)
            platforms.update({law_name(path): platform} if platform else {})
        problems += wrong
    return Law(_recall_law(cache), profiles, platforms), digest_value(digests), problems


def _check_place(path: str) -> list[Problem]:
    if path.endswith(".yaml") and path.count("/") == 2:
        return []
    folder = "/".join(path.split("/")[:2])
    message = f"Only files ending in .yaml lie in {folder}/, one for each, and no folders."
    return [Problem("unknown-file", path, message, f"Rename it, such as: {folder}/ca.yaml, or move it elsewhere.")]


def _recall_law(cache: Cache) -> Later[Packaged]:
    law: Later[Packaged] = cache.recall("law") or Later(_read_packaged)
    cache.remember("law", law)
    return law


def _read_packaged() -> Packaged:
    return parse_packaged(read_package_law())


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
