"""The assets of a theme under their published names, each address in a style sheet pointing at them.

Takes the files of ``assets/``, those of a child theme before its parents'; gives ``Asset``s and problems. A style sheet
is made after everything that it names, because its own published name counts its bytes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from twinsite.core.digest import digest_bytes
from twinsite.core.expression import express
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.core.theme import Asset
from twinsite.read.theme_files import ThemeFile, read_file, read_text

_NAMED = express(
    r"/\*.*?\*/"
    r"|url\(\s*(?P<sign>[\"']?)(?!data:|#)(?P<url>[^\"')]+)(?P=sign)\s*\)"
    r"|(?<=@import)\s+(?P<quote>[\"'])(?P<sheet>[^\"']*)(?P=quote)",
    re.DOTALL | re.IGNORECASE,
)
"""A comment, which names nothing; an address in ``url()``; a style sheet after ``@import``."""

_OTHER_SITE = express(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class AssetBuilder:
    """Builds each asset once. ``prelude`` goes before the first of the ``sheets`` that every page has, and before
    others that use a brand's colour, which single pages have instead; ``hashed`` puts digests into published names.
    """

    def __init__(
        self, files: Mapping[str, ThemeFile], hashed: bool, sheets: Sequence[str] = (), prelude: str = ""
    ) -> None:
        self._files = files
        self._hashed = hashed
        self._sheets = sheets
        self._prelude = prelude
        self._open: list[str] = []
        self.assets: dict[str, Asset] = {}
        self.problems: list[Problem] = []

    def build_all(self) -> None:
        """Build every file; what cannot be built is among ``problems``."""
        for name in sorted(self._files):
            self._build(name)

    def _build(self, name: str) -> Asset:
        if name not in self.assets:
            self._open.append(name)
            data = self._make(self._files[name])
            self._open.pop()
            self.assets[name] = Asset(name, self._publish(name, data), data, self._files[name].shown)
        return self.assets[name]

    def _make(self, file: ThemeFile) -> bytes:
        if not file.name.endswith(".css"):
            data = read_file(file)
            self.problems += [data] if isinstance(data, Problem) else []
            return b"" if isinstance(data, Problem) else data
        text = read_text(file)
        if isinstance(text, list):
            self.problems += text
            return b""
        return ((self._prelude if self._stands_first(file.name, text) else "") + self._rewrite(text, file)).encode()

    def _stands_first(self, name: str, text: str) -> bool:
        """Whether a style sheet must say itself what the brand's colours are."""
        return name == self._sheets[0] if name in self._sheets else "var(--brand" in text

    def _rewrite(self, text: str, file: ThemeFile) -> str:
        """A style sheet with each address of a file of the theme replaced by the published one."""

        def replace(match: re.Match[str]) -> str:
            named = match["url"] or match["sheet"]
            if not named or not named.strip():
                return match[0]
            address = self._find(named.strip(), file, text.count("\n", 0, match.start()) + 1)
            if address is None:
                return match[0]
            return f'url("{address}")' if match["url"] else f' "{address}"'

        return _NAMED.sub(replace, text)

    def _find(self, named: str, file: ThemeFile, line: int) -> str | None:
        """The published address of what a style sheet names, seen from it; ``None`` and a problem where it is not."""
        path = re.split(r"[?#]", named, maxsplit=1)[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file.name), unquote(path)))
        if _OTHER_SITE.match(named) or target not in self._files:
            self._refuse(named, target, file, line)
            return None
        if target in self._open:
            text = f'The style sheet asks for "{named}", which asks for this one again.'
            self.problems.append(Problem("missing-asset", file.shown, text, "Remove one of the two.", line, 1))
            return None
        published = self._build(target).path.removeprefix("assets/")
        return posixpath.relpath(published, posixpath.dirname(file.name) or ".") + named[len(path) :]

    def _refuse(self, named: str, target: str, file: ThemeFile, line: int) -> None:
        near = None if _OTHER_SITE.match(named) else nearest_name(target, self._files)
        shown = posixpath.relpath(near, posixpath.dirname(file.name) or ".") if near else ""
        text = f'The style sheet asks for "{named}", which is not in the theme\'s assets/.'
        text += f' Did you mean "{shown}"?' if near else ""
        hint = "Add the file; pictures and fonts must come from this site itself."
        self.problems.append(Problem("missing-asset", file.shown, text, hint, line, 1))

    def _publish(self, name: str, data: bytes) -> str:
        stem, dot, ending = name.rpartition(".")
        return f"assets/{stem}.{digest_bytes(data)[:10]}.{ending}" if self._hashed and dot else f"assets/{name}"
