"""Which names in ``markdown: extensions`` may be loaded: extensions of Python-Markdown and nothing else.

The package imports any module and calls anything in it that ``site.yaml`` names, so a name is looked at first, without
importing it. Takes a name; gives why it is refused.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from markdown.util import get_installed_extensions

READ_FILES = ("pymdownx.snippets", "pymdownx.b64", "markdown_include.include")
"""Extensions that put other files into a text. A build could not know when those change, and would publish whatever
an editor names, ``site.yaml`` and private fields among it."""

INSTALL = "Correct its name, or install the package it belongs to."


def refuse_extension(name: str) -> tuple[str, str] | None:
    """The message and the hint for a name that is not loaded, else ``None``."""
    if name in READ_FILES:
        text = f'The Markdown extension "{name}" puts other files into a page, of which Twinsite would know nothing.'
        return text, "Write the text into the page itself, or show a data table."
    if any(point.name == name for point in get_installed_extensions()):
        return None
    source = _read_source(name.partition(":")[0])
    if source is None:
        return f'There is no Markdown extension "{name}" here.', INSTALL
    if "markdown" not in source.lower() or not _defines(source, name.partition(":")[2]):
        return f'"{name}" is installed here, but it is no Markdown extension.', INSTALL
    return None


def _defines(source: str, wanted: str) -> bool:
    """Whether a module has the class that is named, or else makes its extension itself, as the package asks."""
    if wanted:
        return re.search(rf"(?m)^class {re.escape(wanted)}\b\s*\(.*Extension", source) is not None
    return re.search(r"(?m)^\s*(?:def makeExtension\b|.*\bmakeExtension\b)", source) is not None


def _read_source(module: str) -> str | None:
    """The text of a module that could be imported; ``None`` where there is none or it has no text."""
    if not re.fullmatch(r"\w+(?:\.\w+)*", module):
        return None
    try:
        spec = find_spec(module)
        origin = spec.origin if spec and spec.has_location else None
        return Path(origin).read_text("utf-8", "replace") if origin and origin.endswith(".py") else None
    except (ImportError, AttributeError, ValueError, OSError):
        return None
