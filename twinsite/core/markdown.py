"""How Markdown is read: the part of ``site.yaml`` that decides what a body's text becomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import asdict

from twinsite.core.digest import digest_value

LABELS: Mapping[str, str] = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "done": "Done",
    "open": "To do",
    "footnotes": "Footnotes",
    "back": "Back to the text",
}
"""The English words that a body's HTML needs beyond what the editor wrote."""


class MarkdownSettings(Struct, frozen=True):
    """``markdown`` in ``site.yaml``.

    ``extensions`` and ``extension_configs`` (options by extension) reach Python-Markdown alone. ``smart``: straight
    quotes, ``--`` and ``...`` become typographic ones. ``labels`` replaces words of ``LABELS``, for sites in other
    languages.
    """

    engine: Literal["commonmark", "python-markdown"] = "commonmark"
    extensions: tuple[str, ...] = ()
    extension_configs: dict[str, Any] = field(default_factory=dict)
    smart: bool = True
    labels: dict[str, str] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """The word for ``key`` of ``LABELS``."""
        return self.labels.get(key, LABELS[key])

    def digest(self) -> str:
        """The digest of these settings: with the text, the key of a fragment."""
        return digest_value(asdict(self))
