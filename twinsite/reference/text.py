"""Small pieces of Markdown: pages with front matter, tables, blocks of code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence


def write_page(title: str, summary: str, weight: int, parts: Iterable[str]) -> str:
    """A page: its front matter, a note that it is generated, and its parts with an empty line between two."""
    front = f"---\ntitle: {quote(title)}\nsummary: {quote(summary)}\nweight: {weight}\n---\n"
    note = "<!-- Made by `python -m twinsite.reference`; change the code, not this page. -->"
    return "\n\n".join([front + note, *(part for part in parts if part)]) + "\n"


def quote(text: str) -> str:
    """A text as YAML takes it, in quotes only where it needs them."""
    plain = re.fullmatch(r"[A-Za-z][^:#\"'\n]*", text)
    return text if plain and not text.endswith(" ") else json.dumps(text, ensure_ascii=False)


def write_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown."""
    lines = [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def write_code(text: str, language: str) -> str:
    """A block of code, its fence longer than any inside."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def code(text: str) -> str:
    """A word as code."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


_CODE = re.compile(
    r"(?<![\w`/])("
    r"--[a-z][a-z-]*"  # an option
    r"|---+|:::+"  # a fence, the end of a component
    r"|[\w./*-]+\.(?:md|yaml|yml|csv|json|html|MD|markdown|jpg|JPG)(?!\w)"  # a file
    r"|content/[\w./-]*\w|/[a-z][\w/]*/"  # a folder, an address
    r"|\w+_\w+(?:: \w+)?|policies\.\w+"  # a field or setting
    r"|(?:status|unpaid|consent): \w+"  # a field with its value
    r")(?![\w`])"
)


def plain(text: str) -> str:
    """Plain words as Markdown: names of files, fields and options as code, signs that would be markup as themselves."""
    pieces = _CODE.split(text)
    escaped = [re.sub(r"([\\`*_\[\]<>#])", r"\\\1", piece) for piece in pieces[::2]]
    marked = [code(piece) for piece in pieces[1::2]]
    return "".join(text for pair in zip(escaped, [*marked, ""], strict=True) for text in pair)


def sentence(text: str) -> str:
    """A text that ends with a full stop and begins with a capital letter."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ":")) else ".")
