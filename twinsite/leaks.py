"""Personal data in what a build publishes: pages and documents by the facts kept of them, plain files by their bytes.

What a plain text file holds is kept in the cache by its digest, so that only new ones are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

import msgspec

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.checks.personal import Allowed, find_leaks, report_leaks
from twinsite.config import Settings
from twinsite.core.digest import digest_bytes
from twinsite.core.page import Copy, Picture, Plan, ShareImage
from twinsite.core.problem import Problem
from twinsite.core.source import RAW_ENTRIES
from twinsite.render.personal import Personal, find_personal
from twinsite.whence import TEXTS, find_place

Found = tuple[Personal, ...]
_decode = msgspec.json.Decoder(Found).decode


def list_allowed(settings: Settings, plan: Plan) -> tuple[str, ...]:
    """Every contact that may be public: of the brand, of the settings, and of all published records."""
    brand = settings.brand
    own = (brand.email, brand.address) if brand else ()
    return tuple(sorted({contact for contact in (*own, *settings.policies.contacts, *plan.contacts) if contact}))


def check_rendered(site: Path, plan: Plan, found: Mapping[str, Found], allowed: Iterable[str]) -> list[Problem]:
    """A problem for each personal thing ``found`` in pages and documents (by path), which no contact covers."""
    known = Allowed(allowed) if found else None
    if known is None or all(known.has(kind, text) for kind, text in set(chain.from_iterable(found.values()))):
        return []
    sources = {output.path: output.source for output in plan.rendered()}
    return report_leaks(find_leaks(found, sources, known), partial(find_place, site))


def check_files(site: Path, plan: Plan, allowed: Iterable[str], cache: Cache, salt: str) -> list[Problem]:
    """The same for plain files that hold text; and a problem for each file that must never leave the source."""
    packed = (picture for archive in plan.archives for _, picture in archive.members)
    named: tuple[Copy | Picture | ShareImage, ...] = (*plan.copies, *plan.pictures, *packed)
    raw = [one for one in named if RAW_ENTRIES in one.source and _is_raw(one)]
    texts = [copy for copy in plan.copies if PurePosixPath(copy.path).suffix.lower() in TEXTS]
    found = {path: findings for path, findings in _look_into(site, texts, cache, salt).items() if findings}
    problems = [_refuse(one) for one in raw]
    if found:
        sources = {copy.path: copy.source for copy in texts}
        problems += report_leaks(find_leaks(found, sources, Allowed(allowed)), partial(find_place, site))
    return problems


def _is_raw(output: Copy | Picture | ShareImage) -> bool:
    return RAW_ENTRIES in output.source.split("/")[:-1]


def _refuse(output: Copy | Picture | ShareImage) -> Problem:
    return Problem(
        "raw-entries",
        output.source,
        f'This file lies in a folder "{RAW_ENTRIES}" and would be public as /{output.path}.',
        f'Keep raw entries out of content/: in the folder "{RAW_ENTRIES}" beside site.yaml, which git leaves out.',
    )


def _look_into(site: Path, copies: Iterable[Copy], cache: Cache, salt: str) -> dict[str, Found]:
    """The findings in text files, by their published paths."""
    keys = {copy.path: digest_bytes(f"personal {salt} {copy.digest}".encode()) for copy in copies}
    kept = cache.get_many(keys.values()) if keys else {}
    found = {}
    for copy in copies:
        findings = decode_kept(_decode, kept.get(keys[copy.path]))
        if findings is None:
            findings, digest = _read(site / copy.source)
            if digest == copy.digest:
                cache.put(keys[copy.path], msgspec.json.encode(findings))
        found[copy.path] = findings
    return found


def _read(path: Path) -> tuple[Found, str]:
    """The findings in a file and the digest of its bytes; one that has gone is told of by whoever publishes it."""
    try:
        data = path.read_bytes()
    except OSError:
        return (), ""
    return find_personal(data.decode("utf-8", "replace")), digest_bytes(data)
