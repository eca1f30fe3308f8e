"""Probing the files beside records: how large, which format, which size, which digest.

Takes one file; gives its ``Media`` or the problem with it. Reads a picture's head only, decodes nothing unless the file
looks cut. What was found is kept in the cache by the digest of the bytes, so that a build in which nothing changed
opens no picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes, digest_value, open_digest
from twinsite.core.problem import Problem
from twinsite.core.source import PICTURE_ENDINGS, Media
from twinsite.draw.names import is_draw_file
from twinsite.read.picture_file import (
    AGAIN,
    TURNED,
    PictureError,
    decode,
    explain,
    name_contents,
    open_picture,
    read_orientation,
)
from twinsite.read.picture_parts import split_picture

ENDINGS = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "gif": ".gif", "svg": ".svg"}
"""The name's end that a format should have."""

_SVG_TAG = re.compile(rb"<svg\b[^>]*>")
_SVG_SIDE = re.compile(rb"""\s(width|height|viewBox)\s*=\s*["']([^"']*)["']""")
MOST_PIXELS = 100_000
"""A side of a drawing that says more than this is not believed."""

CHUNK = 1 << 20
"""Bytes read at once from a file that is no picture, such as a film."""

_DECODE_SIZE = msgspec.json.Decoder(tuple[int, int]).decode


def probe_media(
    path: Path, site_path: str, data: bytes | None = None, cache: Cache | None = None, salt: str = ""
) -> Media | Problem:
    """The file at ``path`` as a value; ``site_path`` is its name in problems and in the ``Media``.

    ``data`` are its bytes where they were read already. ``salt`` goes into the cache's key: what else the result
    depends on. Problems: ``cannot-read``, ``broken-picture``, ``picture-too-large``, ``wrong-picture-type``.
    """
    kind = PICTURE_ENDINGS.get(PurePosixPath(site_path).suffix.lower(), "")
    try:
        if data is None and not kind:
            return _probe_plain(path, site_path, cache, salt)
        data = path.read_bytes() if data is None else data
    except OSError as error:
        return _unreadable(site_path, error)
    if not kind:
        return Media(site_path, digest_bytes(data), len(data))
    contents = name_contents(data)
    if contents != kind:
        return _mistaken(site_path, kind, contents, data)
    if kind == "svg":
        return Media(site_path, digest_bytes(data), len(data), *measure_drawing(data), "svg")
    return _probe_picture(site_path, kind, data, cache, salt)


def measure_drawing(data: bytes) -> tuple[int, int]:
    """Width and height of an SVG drawing in pixels: as its first tag says, else those of its ``viewBox``, else 0, 0."""
    tag = _SVG_TAG.search(data[:CHUNK])
    found = _SVG_SIDE.findall(tag[0]) if tag else []
    sides = {name.decode(): value.decode("ascii", "replace") for name, value in found}
    wide, high = _read_side(sides.get("width")), _read_side(sides.get("height"))
    if not wide or not high:
        box = [_read_side(part) for part in sides.get("viewBox", "").replace(",", " ").split()]
        wide, high = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    return (round(wide), round(high)) if 0 < wide < MOST_PIXELS and 0 < high < MOST_PIXELS else (0, 0)


def _read_side(text: str | None) -> float:
    """A length without a unit or in pixels; 0 for any other."""
    try:
        return float((text or "0").strip().removesuffix("px"))
    except ValueError:
        return 0.0


def _probe_plain(path: Path, site_path: str, cache: Cache | None, salt: str) -> Media:
    size, digest = 0, open_digest()
    for chunk in _read_chunks(path):
        digest.update(chunk)
        size += len(chunk)
    name = digest.hexdigest()
    if not is_draw_file(site_path):
        return Media(site_path, name, size)
    from twinsite.read.draw_file import read_facts

    return Media(site_path, name, size, facts=read_facts(path, size, name, cache, salt))


def _read_chunks(path: Path) -> Iterator[bytes]:
    with open(path, "rb", buffering=0) as file:
        yield from iter(partial(file.read, CHUNK), b"")


def _probe_picture(site_path: str, kind: str, data: bytes, cache: Cache | None, salt: str) -> Media | Problem:
    digest = digest_bytes(data)
    key = digest_value(["probe", salt, digest])
    size = _recall(cache, key)
    if size is None:
        try:
            size = _measure(kind, data)
        except PictureError as error:
            return explain(error, site_path)
        if cache:
            cache.put(key, msgspec.json.encode(size))
    return Media(site_path, digest, len(data), *size, kind)


def _recall(cache: Cache | None, key: str) -> tuple[int, int] | None:
    return decode_kept(_DECODE_SIZE, cache.get(key)) if cache else None


def _measure(kind: str, data: bytes) -> tuple[int, int]:
    """Width and height as people see the picture. Raises ``PictureError``."""
    with open_picture(data) as picture:
        turned = read_orientation(picture) in TURNED
        width, height = picture.size
        try:
            split_picture(kind, data)
        except ValueError:
            # Not by the book: a decoder has the last word on whether it can be shown.
            decode(picture)
    return (height, width) if turned else (width, height)


def _unreadable(site_path: str, error: OSError) -> Problem:
    message = f"This file cannot be read: {error.strerror or error}."
    return Problem("cannot-read", site_path, message, "Check that it exists and that you are allowed to read it.")


def _mistaken(site_path: str, kind: str, contents: str, data: bytes) -> Problem:
    if not data:
        return Problem("broken-picture", site_path, "This picture is empty: it has no bytes.", "Copy the file again.")
    name = PurePosixPath(site_path)
    if contents in ENDINGS:
        message = f'The name says "{name.suffix}", but the file is a {contents.upper()} picture.'
        return Problem("wrong-picture-type", site_path, message, f'Rename it to "{name.stem}{ENDINGS[contents]}".')
    if contents:
        article = "an" if contents[0] in "AEIOU" or contents.startswith("HEIC") else "a"
        message = f'The name says "{name.suffix}", but the file is {article} {contents}.'
        return Problem("wrong-picture-type", site_path, message, f"Export it as {kind.upper()} first.")
    message = f"This file is no {kind.upper()} picture, or it is damaged from its first byte on."
    return Problem("broken-picture", site_path, message, AGAIN)
