"""A server named in the settings: scheme and host, and nothing else."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

from twinsite.core.expression import express
from twinsite.core.instants import wrong
from twinsite.core.values import Url

_HOST: Final = express(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")


def check_origin(url: str) -> str:
    """An origin without a final ``/``; anything but scheme and host is refused, with the rule ``not-an-origin``."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or url.rstrip("/") != origin or "@" in parts.netloc:
        known = f"{parts.scheme}://{parts.hostname}" if parts.hostname and parts.scheme != "mailto" else ""
        hint = f"Write the scheme and the host alone: {known or 'https://media.example.com'}"
        raise wrong("not-an-origin", f'"{url}" is more than a server.', hint)
    if not _HOST.fullmatch(parts.netloc):
        hint = "Write the name of one server, in plain letters, digits, hyphens and dots: https://media.example.com"
        raise wrong("not-an-origin", f'"{url}" does not name one server.', hint)
    return origin


Origin = Annotated[Url, AfterValidator(check_origin)]
