"""Markdown bodies of 300 to 600 words: what an editor writes, in the dialect that every compared generator reads.

Takes a ``Random`` and the records that may be linked; gives Markdown text. A list and a table stand after an empty line
and lists are not nested, because Python-Markdown, which some peers use, reads other spellings differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from bench import words

FEWEST, MOST = 300, 600
_CODE: Final = "```\nlamp --test front\nfront: 4.1 V, 82 % left\n```"

Link = tuple[str, str]
"""The words of a link and its address from the site's root."""


def write_body(random: Random, links: Sequence[Link]) -> str:
    """Paragraphs, headings, lists, emphasis, now and then a table, a quotation or code; each link is used once."""
    wanted = random.randint(FEWEST, MOST - 90)
    left = list(links)
    blocks = [_paragraph(random, 3, left)]
    while count_words(blocks) < wanted:
        blocks += [f"## {words.heading(random)}", _paragraph(random, random.randint(2, 3), left), _extra(random)]
    blocks += [f"Read on about [{text}]({address})." for text, address in left]
    return "\n\n".join(blocks) + "\n"


def count_words(blocks: Sequence[str]) -> int:
    """How many words some blocks of Markdown have, more or less: marks standing alone are no words."""
    return sum(1 for block in blocks for word in block.split() if any(sign.isalnum() for sign in word))


def _paragraph(random: Random, sentences: int, links: list[Link]) -> str:
    texts = [words.sentence(random) for _ in range(sentences)]
    place = random.randrange(len(texts))
    texts[place] = _emphasise(random, texts[place])
    if links and random.random() < 0.7:
        text, address = links.pop(0)
        texts.append(f"There is more of this on the page of [{text}]({address}).")
    return " ".join(texts)


def _emphasise(random: Random, text: str) -> str:
    """The sentence with two of its middle words in strong or light emphasis."""
    parts = text.split(" ")
    start = random.randrange(1, len(parts) - 3)
    mark = random.choice(("**", "*"))
    if not all(part.isalpha() for part in parts[start : start + 2]):
        return text
    parts[start], parts[start + 1] = mark + parts[start], parts[start + 1] + mark
    return " ".join(parts)


def _extra(random: Random) -> str:
    """What follows a paragraph: mostly a list or another paragraph."""
    draw = random.random()
    if draw < 0.34:
        return "\n".join(f"- {line}" for line in _items(random, random.randint(3, 5)))
    if draw < 0.48:
        return "\n".join(f"{number}. {line}" for number, line in enumerate(_items(random, random.randint(3, 5)), 1))
    if draw < 0.58:
        return _table(random)
    if draw < 0.68:
        return f"> {words.sentence(random)}"
    if draw < 0.72:
        return _CODE
    return _paragraph(random, 2, [])


def _items(random: Random, number: int) -> list[str]:
    """Lines of a list, none twice."""
    return list(dict.fromkeys(words.item(random) for _ in range(number)))


def _table(random: Random) -> str:
    rows = [
        f"| {random.choice(words.TOWNS)} | {random.randint(2, 90)} | {random.choice(words.MOODS)} |" for _ in range(3)
    ]
    return "\n".join(["| Town | Entries | Mood |", "|------|---------|------|", *rows])
