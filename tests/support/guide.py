"""The examples of the guide, as its pages mark them, and the small sites they make.

A bold line above a block of code says what the block is:

- ``**`content/pages/tea.md`**``: the whole file of that name.
- ``**`site.yaml` (part)**``: a piece of it; of a record, some of its fields.
- ``**`content/pages/tea.md` (wrong)**``: a file with a mistake; the next block is what Twinsite says of it.
- ``**In `content/index.md`, change**`` and ``**to**``: two blocks, the words before and after a change.

Blocks of ``console`` are commands after ``$`` with their answers. All other blocks are only to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "content" / "pages" / "guide"
LABEL = re.compile(r"\*\*(?:`(?P<path>[^`]+)`(?: \((?P<role>part|wrong)\))?|In `(?P<changed>[^`]+)`, change|to)\*\*")
FENCE = re.compile(r"(?P<fence>`{3,})(?P<language>[a-z]*)$")
NAMED_FILE = re.compile(r"/?[\w][\w/-]*\.(?:jpg|jpeg|png|webp|gif|svg|pdf|mp4|mp3)\b")
SETTINGS = {"title": "Tatterlark", "base_url": "https://tatterlark.example/", "timezone": "Europe/London"}
HELD = re.compile(r"^(?:draft|publish_at):", re.M)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its ``role`` is ``file``, ``part``, ``wrong``, ``before``, ``after``, or empty for no label."""

    role: str
    path: str
    language: str
    text: str
    line: int


def page_names() -> list[str]:
    """Every page of the guide, by its file's name."""
    return sorted(path.name for path in FOLDER.glob("*.md"))


def read_blocks(name: str) -> list[Block]:
    """The blocks of a page in their order."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    blocks: list[Block] = []
    label: re.Match[str] | None = None
    number = 0
    while number < len(lines):
        opening = FENCE.fullmatch(lines[number])
        if opening:
            end = lines.index(opening["fence"], number + 1)
            blocks.append(_make_block(label, opening["language"], lines[number + 1 : end], number + 1, blocks))
            number, label = end, None
        elif lines[number].strip():
            label = LABEL.fullmatch(lines[number])
        number += 1
    return blocks


def _make_block(
    label: re.Match[str] | None, language: str, lines: list[str], number: int, before: list[Block]
) -> Block:
    text = "\n".join(lines) + "\n"
    if label is None:
        return Block("", "", language, text, number)
    if label["path"]:
        return Block(label["role"] or "file", label["path"], language, text, number)
    if label["changed"]:
        return Block("before", label["changed"], language, text, number)
    return Block("after", before[-1].path, language, text, number)


def make_files(blocks: list[Block]) -> dict[str, str | bytes]:
    """The site that a page's whole files make, with its parts of ``site.yaml``, a home page and every named picture."""
    whole = {block.path: block.text for block in blocks if block.role == "file"}
    files: dict[str, str | bytes] = {"content/index.md": make_home(whole), **whole}
    if "site.yaml" not in files:
        pieces = [block.text for block in blocks if block.role == "part" and block.path == "site.yaml"]
        files["site.yaml"] = join_yaml(yaml.safe_dump(SETTINGS), *pieces)
    return {**make_named_files(files), **files}


def make_home(files: dict[str, str]) -> str:
    """A home page that leads to every page of the example, so that none is left alone."""
    shown = [path for path, text in files.items() if path.startswith("content/pages/") and not HELD.search(text)]
    links = [f"- [{path}]({path.removeprefix('content/')})\n" for path in shown]
    return f"---\ntitle: Home\n---\n\n{''.join(links)}"


def join_yaml(*pieces: str) -> str:
    """YAML mappings as one; a later piece's keys replace those of an earlier one."""
    values: dict[str, Any] = {}
    for piece in pieces:
        values.update(yaml.load(piece, yaml.BaseLoader))
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def make_named_files(files: dict[str, str | bytes]) -> dict[str, bytes]:
    """A small stand-in for every picture, film and document that a file of ``content/`` names."""
    made: dict[str, bytes] = {}
    for path, text in files.items():
        if not path.startswith(("content/", "site.yaml")) or not isinstance(text, str):
            continue
        for name in NAMED_FILE.findall(re.sub(r"https?://\S+|tatterlark\.example\S*", "", text)):
            folder = "content/static" if name.startswith("/") else str(PurePosixPath(path).parent)
            made[f"{folder}/{name.lstrip('/')}"] = _draw(PurePosixPath(name).suffix)
    return made


def _draw(suffix: str) -> bytes:
    from PIL import Image

    formats = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}
    if suffix == ".svg":
        return b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
    if suffix not in formats:
        return b"A stand-in.\n"
    buffer = BytesIO()
    Image.new("RGB", (40, 30), (18, 71, 90)).save(buffer, formats[suffix])
    return buffer.getvalue()


def read_commands(text: str) -> Iterator[tuple[str, str]]:
    """(command, answer) for each ``$`` line of a ``console`` block."""
    for piece in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, answer = piece.partition("\n")
        yield command, answer
