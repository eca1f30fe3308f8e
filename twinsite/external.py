"""``check --external``: ask other servers whether the links to them still work. Never part of a build.

Each address is asked once, at most one question at a time to each host with a pause between two. A refusal that may
be meant for programs only (401, 403, 405, 429, 999) is reported as "cannot be told", not as broken. Touches the
network.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from msgspec import Struct

from twinsite import __version__
from twinsite.core.page import Page
from twinsite.core.problem import Problem

AGENT = f"Twinsite/{__version__} (link check)"
UNTOLD = (401, 403, 405, 406, 429, 503, 999)
"""Answers that a person with a browser may not get."""


class Patience(Struct, frozen=True):
    """Seconds to wait for an answer and between two questions to one host; how many hosts to ask side by side."""

    answer: float = 15.0
    pause: float = 1.0
    hosts: int = 8


USUAL: Final = Patience()
"""How long a build waits where nobody says otherwise."""


def check_external_links(pages: Iterable[Page], patience: Patience = USUAL) -> list[Problem]:
    """A warning for each link in a body to an address that does not answer, at the place where it was written."""
    places: dict[str, list[tuple[str, int | None, int | None]]] = defaultdict(list)
    for page in pages:
        for origin in page.origins:
            if origin.href.startswith(("https://", "http://")):
                places[origin.href.partition("#")[0]].append((origin.path, origin.line, origin.column))
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in sorted(places):
        hosts[urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(patience.hosts) as pool:
        answers = list(pool.map(lambda addresses: _ask_host(addresses, patience), hosts.values()))
    faults = {address: fault for answer in answers for address, fault in answer.items()}
    return [_report(address, fault, *place) for address, fault in sorted(faults.items()) for place in places[address]]


def _ask_host(addresses: list[str], patience: Patience) -> Mapping[str, str]:
    """What is wrong with each address of one host, one after the other."""
    faults = {}
    for number, address in enumerate(addresses):
        if number:
            time.sleep(patience.pause)
        fault = ask(address, patience.answer)
        if fault:
            faults[address] = fault
    return faults


def ask(address: str, seconds: float) -> str | None:
    """What is wrong with an address in words, or ``None``: HEAD first, GET where HEAD is refused."""
    fault: str | None = None
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
        try:
            with urlopen(request, timeout=seconds):
                return None
        except HTTPError as error:
            fault = (
                f"cannot be told (the server answers {error.code} to programs)"
                if error.code in UNTOLD
                else f"answers {error.code}"
            )
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            return f"does not answer ({reason})"
    return fault


def _report(address: str, fault: str, path: str, line: int | None, column: int | None) -> Problem:
    told = not fault.startswith("cannot be told")
    return Problem(
        "external-link" if told else "external-link-untold",
        path,
        f"The link to {address} {fault}.",
        "Correct the address, or link to an archived copy."
        if told
        else "Open it in a browser to see whether it works.",
        line,
        column,
        severity="warning" if told else "notice",
    )
