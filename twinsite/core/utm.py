"""Words that tell a campaign's owner where a visit came from: ``utm_source`` and its like (GA4's names, which every
analysis reads).

They are told apart by letter case, so all of ours are small; a word is letters a to z, digits and hyphens. Source:
https://support.google.com/analytics/answer/10917952 (22 November 2026).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from msgspec import Struct
from pydantic import AfterValidator

from twinsite.core.instants import wrong
from twinsite.core.networks import NETWORKS
from twinsite.core.values import Text

NAMES: Final = (
    "utm_id",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_source_platform",
    "utm_term",
    "utm_content",
    "utm_creative_format",
    "utm_marketing_tactic",
)

SOURCES: Final = (*NETWORKS, "poster", "kit", "links")
"""Where somebody was: the known networks, and what Twinsite itself makes."""
MEDIUMS: Final = (*dict.fromkeys(network.medium for network in NETWORKS.values()), "qr", "print", "referral")
"""By what they came."""

_WORD: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LIKE_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Tag(Struct, frozen=True):
    """One word of an address: ``name`` as written (``utm_source``), and its ``value``, decoded."""

    name: str
    value: str


def is_word(text: str) -> bool:
    """Whether a text may be a value: small letters, digits, hyphens between them."""
    return _WORD.fullmatch(text) is not None


def make_word(text: str) -> str:
    """A text as a value; empty where nothing of it can be one."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def is_personal(value: str) -> bool:
    """Whether a value has the form of an e-mail address or of a handle."""
    return value.startswith("@") or _LIKE_EMAIL.fullmatch(value) is not None


def check_word(word: str) -> str:
    """A word of the vocabulary as it is; refused with ``utm-personal`` or ``utm-not-a-word``."""
    if is_personal(word):
        text = f'"{word}" is somebody\'s address, which must not stand in links.'
        raise wrong("utm-personal", text, "Write a word that names no person, such as: newsletter.")
    if not is_word(word):
        near = make_word(word) or "newsletter"
        raise wrong("utm-not-a-word", f'"{word}" is no word for tracked links.', f"Small letters and hyphens: {near}")
    return word


Word = Annotated[Text, AfterValidator(check_word)]


def read_tags(address: str) -> tuple[Tag, ...]:
    """The words that an address carries, in their order; names in any letter case, as people write them."""
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    return tuple(Tag(name, value) for name, value in pairs if name.lower().startswith("utm_"))


def add_tags(address: str, values: Mapping[str, str]) -> str:
    """The address with these words after what it already asks for; those that it carries itself stay as written."""
    parts = urlsplit(address)
    own = {tag.name.lower() for tag in read_tags(address)}
    added = urlencode({f"utm_{name}": value for name, value in values.items() if value and f"utm_{name}" not in own})
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, added)))))
