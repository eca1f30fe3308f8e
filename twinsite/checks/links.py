"""Links: every address that a finished page names inside this site must exist, its anchor too.

Works on the final HTML of the whole site, so what a template or a component wrote is checked as well. A problem
stands where the link was written in a source, else at the page's own source, with the template to blame named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from twinsite.core.facts import PageFacts
from twinsite.core.names import nearest_name
from twinsite.core.page import Page
from twinsite.core.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Outputs:
    """What exists in the finished site: ``paths`` of files, ``anchors`` by path, ``folded`` paths for wrong letter
    case.
    """

    paths: frozenset[str]
    anchors: Mapping[str, frozenset[str]]
    folded: Mapping[str, str]
    base_path: str


def check_links(
    pages: Iterable[Page], facts: Mapping[str, PageFacts], paths: Iterable[str], base_path: str, severity: Severity
) -> list[Problem]:
    """A problem for each link of each page that leads nowhere. ``facts`` are by output path."""
    known = frozenset(paths)
    anchors = {path: frozenset(fact.ids) for path, fact in facts.items()}
    outputs = Outputs(known, anchors, {path.casefold(): path for path in known}, base_path)
    problems: list[Problem] = []
    for page in pages:
        for link in facts[page.path].links if page.path in facts else ():
            fault = _find_fault(page, link, outputs)
            if fault:
                problems.append(_report(page, link, *fault, severity))
    return problems


def _find_fault(page: Page, link: str, outputs: Outputs) -> tuple[str, str, str] | None:
    """(rule, what is wrong, what to write) for a link that leads nowhere inside this site; ``None`` for any other."""
    if "\x01" in link:
        return "broken-link", "This address was not completed.", "Report this as a bug."
    try:
        parts = urlsplit(link)
    except ValueError:
        return "broken-link", f'"{link}" is no address.', "Correct the address."
    if parts.scheme or parts.netloc:
        return None
    target = _resolve(page, unquote(parts.path), outputs.base_path)
    if target is None:
        return "broken-link", f'"{link}" leads out of the site.', "Write the address of a page of this site."
    if target not in outputs.paths:
        return _missing(link, target, outputs)
    anchor = unquote(parts.fragment)
    if anchor and anchor != "top" and target in outputs.anchors and anchor not in outputs.anchors[target]:
        near = nearest_name(anchor, outputs.anchors[target])
        where = "/" + target.removesuffix("index.html")
        text = f'The page {where} has no anchor "#{anchor}".' + (f' Did you mean "#{near}"?' if near else "")
        return "broken-anchor", text, "Anchors of headings are their words in small letters, joined by hyphens."
    return None


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
