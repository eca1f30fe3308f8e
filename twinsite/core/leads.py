"""Where the links of finished pages lead, as far as a page alone can tell: told while pages are made, so that whoever
looks at the whole site in the end need not look at every link of every page.

Nearly all links of a site lead from its root to a page, and most stand on many pages. ``Leads`` tells of each such
target once, and of all other links each time. Takes paths and facts; gives values.
"""

from __future__ import annotations

from msgspec import Struct

from twinsite.core.facts import PageFacts


class Note(Struct, frozen=True, array_like=True):
    """What is told of a page: the ``digest`` of its bytes; what looks like ``personal`` data in it; the output paths
    that it leads to, but for those that were told before by the same process, and its own (``targets``); and those
    links that have to be looked at with the whole site in sight (``others``).
    """

    digest: str
    personal: tuple[tuple[str, str], ...] = ()
    targets: list[str] = []
    others: list[str] = []


class Leads:
    """Tells of the pages that one process makes."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {}
        self._told: set[str] = set()

    def tell(self, path: str, facts: PageFacts) -> Note:
        """What is to be told of the page ``path``."""
        root = "../" * path.count("/")
        known = self._known.setdefault(root, set())
        targets: list[str] = []
        others: list[str] = []
        for link in [link for link in facts.links if link not in known]:
            target = find_target(link, root)
            if target is None:
                if not (link[:1] == "#" and link[1:] in facts.ids):
                    others.append(link)
            elif target != path:
                known.add(link)
                if target and target not in self._told:
                    self._told.add(target)
                    targets.append(target)
        return Note(facts.digest, facts.personal, targets, others)


def find_target(link: str, root: str) -> str | None:
    """The output path that a plain link from the ``root`` of the site means, if that is there: it is not looked at
    closely. Empty where the link leads out of the site; ``None`` where it may mean anything else.
    """
    if root and link.startswith(root) and not link.startswith("../", len(root)):
        rest = link[len(root) :]
        plain = "#" not in rest and "?" not in rest and "%" not in rest
        return (f"{rest}index.html" if not rest or rest.endswith("/") else rest) if plain else None
    if link.startswith(("https://", "http://")) and link.isascii() and "[" not in link and "]" not in link:
        return ""
    return None
