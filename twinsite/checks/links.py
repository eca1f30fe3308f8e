"""Links: every address that a finished page names inside this site must exist, its anchor too.

Works on the final HTML of the whole site, so what a template or a component wrote is checked as well. A problem
stands where the link was written in a source, else at the page's own source, with the template to blame named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from twinsite.core.facts import PageFacts
from twinsite.core.names import nearest_name
from twinsite.core.page import Page
from twinsite.core.problem import Problem, Severity


class Times(Struct, frozen=True):
    """What exists at other times only: addresses of pages, and an expression for anchors that templates write in some
    states.
    """

    addresses: frozenset[str] = frozenset()
    anchors: str = ""


ALWAYS = Times()
"""Nothing is at another time than it is now."""


class Outputs(Struct, frozen=True, dict=True):
    """What exists in the finished site: ``paths`` of files, ``anchors`` by path."""

    paths: frozenset[str]
    anchors: Mapping[str, frozenset[str]]
    base_path: str
    times: Times

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """The paths by their forms in small letters, to find those that differ in capitals only."""
        return {path.casefold(): path for path in self.paths}


class Verdict(Struct, frozen=True):
    """What became of a link: the output path it leads to (``None``: out of the site), and what is wrong, if
    anything. ``passing``: it is right at another time, so it must never stop a build.
    """

    target: str | None = None
    fault: tuple[str, str, str] | None = None
    passing: bool = False


OUT = Verdict()
"""Out of the site."""


def check_links(
    pages: Sequence[Page],
    facts: Mapping[str, PageFacts],
    paths: Iterable[str],
    base_path: str,
    severity: Severity,
    times: Times = ALWAYS,
) -> list[Problem]:
    """A problem for each link of each page that leads nowhere, and a notice for each page that none leads to.

    A site without a home page of its own has only begun: there, orphans are not told.
    ``facts`` are by output path. Links that start at the site's root mean the same on every page and are judged once.
    """
    known = frozenset(paths)
    anchors = {path: frozenset(fact.ids) for path, fact in facts.items()}
    outputs = Outputs(known, anchors, base_path, times)
    judged: dict[str, dict[str, Verdict]] = {}
    reached: set[str] = set()
    problems: list[Problem] = []
    for page in pages:
        root = "../" * page.path.count("/")
        common = judged.setdefault(root, {})
        for link in facts[page.path].links if page.path in facts else ():
            verdict = common.get(link) or _judge(page, link, root, outputs, common)
            if verdict.target and verdict.target != page.path:
                reached.add(verdict.target)
            if verdict.fault:
                problems.append(_report(page, link, *verdict.fault, "notice" if verdict.passing else severity))
    return problems + (_find_orphans(pages, reached) if _has_begun(pages) else [])


class _Anchors(Mapping[str, frozenset[str]]):
    """The anchors of pages, worked out for those that somebody asks of."""

    def __init__(self, facts: Mapping[str, PageFacts]) -> None:
        self._facts = facts

    def __getitem__(self, path: str) -> frozenset[str]:
        return frozenset(self._facts[path].ids)

    def __contains__(self, path: object) -> bool:
        return path in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def check_leads(
    pages: Sequence[Page],
    facts: Mapping[str, PageFacts],
    paths: Iterable[str],
    base_path: str,
    targets: Collection[str],
    others: Mapping[str, Iterable[str]],
) -> list[Problem] | None:
    """What ``check_links`` finds where no link is wrong, else ``None``; from the ``targets`` that any page leads to,
    other than itself, and the ``others`` of its links by page (see ``core.leads``).
    """
    outputs = Outputs(frozenset(paths), _Anchors(facts), base_path, ALWAYS)
    reached = set(targets)
    if not reached <= outputs.paths:
        return None
    for page in pages:
        root = "../" * page.path.count("/")
        for link in others.get(page.path, ()):
            verdict = _judge(page, link, root, outputs, {})
            if verdict.fault:
                return None
            if verdict.target and verdict.target != page.path:
                reached.add(verdict.target)
    return _find_orphans(pages, reached) if _has_begun(pages) else []


def _has_begun(pages: Sequence[Page]) -> bool:
    return any(page.url == "/" and page.source.endswith(".md") for page in pages)


def _judge(page: Page, link: str, root: str, outputs: Outputs, common: dict[str, Verdict]) -> Verdict:
    """The verdict on a link. One from the root of the site, or out of it, is the same for all pages with this way to
    the root, and is kept among those.
    """
    if link.startswith("#") and link[1:] in outputs.anchors[page.path]:
        return Verdict(page.path)
    if root and link.startswith(root) and not link.startswith("../", len(root)):
        rest = link[len(root) :]
        target = f"{rest}index.html" if not rest or rest.endswith("/") else rest
        common[link] = Verdict(target) if target in outputs.paths else _examine(page, link, outputs, f"/{rest}")
    elif link.startswith(("https://", "http://")):
        common[link] = OUT if link.isascii() and "[" not in link and "]" not in link else _examine(page, link, outputs)
    else:
        return _examine(page, link, outputs)
    return common[link]


def _find_orphans(pages: Sequence[Page], reached: set[str]) -> list[Problem]:
    """A notice for each record's page that no other page links to."""
    return [
        Problem(
            "orphan-page",
            page.source,
            f"No page of this site leads to {page.url}.",
            "Link to it from another page, put it into the menu of site.yaml, or give its folder an _index.md.",
            severity="notice",
        )
        for page in pages
        if page.path not in reached
        and page.source.endswith(".md")
        and page.url not in ("/", "/404.html")
        and page.template not in ("redirect.html", "withdrawn.html")
    ]


def _examine(page: Page, link: str, outputs: Outputs, shown: str = "") -> Verdict:
    """The verdict on a link as seen from its page; ``shown`` is how messages write it, if not as it stands there."""
    shown = shown or link
    if "\x01" in link:
        return Verdict(None, ("broken-link", "This address was not completed.", "Report this as a bug."))
    try:
        parts = urlsplit(link)
    except ValueError:
        return Verdict(None, ("broken-link", f'"{shown}" is no address.', "Correct the address."))
    if parts.scheme or parts.netloc:
        return Verdict()
    target = _resolve(page, unquote(parts.path), outputs.base_path)
    if target is None:
        out = ("broken-link", f'"{shown}" leads out of the site.', "Write the address of a page of this site.")
        return Verdict(None, out)
    if target not in outputs.paths:
        passing = "/" + target.removesuffix("index.html") in outputs.times.addresses
        return Verdict(None, _missing(shown, target, outputs), passing)
    anchor = unquote(parts.fragment)
    if anchor and anchor != "top" and target in outputs.anchors and anchor not in outputs.anchors[target]:
        passing = bool(outputs.times.anchors and re.fullmatch(outputs.times.anchors, anchor))
        return Verdict(target, _lacking(target, anchor, outputs), passing)
    return Verdict(target)


def _lacking(target: str, anchor: str, outputs: Outputs) -> tuple[str, str, str]:
    near = nearest_name(anchor, outputs.anchors[target])
    where = "/" + target.removesuffix("index.html")
    text = f'The page {where} has no anchor "#{anchor}".' + (f' Did you mean "#{near}"?' if near else "")
    return "broken-anchor", text, "Anchors of headings are their words in small letters, joined by hyphens."


def _resolve(page: Page, path: str, base_path: str) -> str | None:
    """The output path that a link's path means, seen from its page; ``None`` where it climbs out of the site."""
    if not path:
        return page.path
    if path.startswith("/"):
        if not path.startswith(base_path):
            return None
        joined = path[len(base_path) :]
    else:
        folder = page.path.rpartition("/")[0]
        joined = f"{folder}/{path}" if folder else path
    tidy = normpath(joined) if joined else "."
    if tidy.startswith(".."):
        return None
    if path.endswith("/") or path in (".", "..") or path.endswith(("/.", "/..")) or tidy == ".":
        return "index.html" if tidy == "." else f"{tidy}/index.html"
    return tidy


def _missing(link: str, target: str, outputs: Outputs) -> tuple[str, str, str]:
    exact = outputs.folded.get(target.casefold())
    if exact:
        shown = "/" + exact.removesuffix("index.html")
        return (
            "broken-link",
            f'"{link}" differs from {shown} in capital letters, which most hosts tell apart.',
            f"Write {shown}",
        )
    if f"{target}/index.html" in outputs.paths:
        return "broken-link", f'"{link}" lacks its last slash.', f"Write /{target}/"
    near = nearest_name(target, outputs.paths)
    shown = "/" + near.removesuffix("index.html") if near else ""
    text = f'"{link}" leads to nothing in this site.' + (f' Did you mean "{shown}"?' if near else "")
    return "broken-link", text, "Correct the address or remove the link."


def _report(page: Page, link: str, rule: str, message: str, hint: str, severity: Severity) -> Problem:
    """The problem at the place where the link was written, if the planner noted one."""
    for origin in page.origins:
        if origin.href == link or _same_anchor(origin.href, link):
            return Problem(rule, origin.path, message, hint, origin.line, origin.column, severity=severity)
    place = f"On the page {page.url} (template {page.template}): {message}"
    return Problem(rule, page.source, place, hint, severity=severity)


def _same_anchor(written: str, link: str) -> bool:
    """A site-absolute address as written, and the same relative to its page, have the same end."""
    return bool(
        written.startswith("/") and link.startswith((".", "/")) and link.lstrip("./").rstrip() == written.lstrip("/")
    )
