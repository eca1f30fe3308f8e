"""Text is never markup: every public text of every kind filled with what tries to be, and the pages keep their shape.

The same site is built twice: with hostile texts, and with the same texts of which the signs that could begin markup are
letters. Both must have the same elements with the same attributes, page for page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
import yaml

from tests.kinds.test_kind_private_fields import make_beside
from tests.support.hostile import ADDRESSES, TEXTS
from tests.support.records import split_text
from tests.support.site import SETTINGS, Site, write_site
from twinsite.core.problem import FieldPath
from twinsite.core.values import Place, Typed, Wrong, convert
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind
from twinsite.validate.fields import find_annotation, find_field

SAMPLES = Path(__file__).parents[1] / "samples"
GROUPS = 4
"""Into how many texts all vectors are put; each stands in every field of one record of a kind."""

UNDRAWN = "outputs: {share_images: {site: false, contest: false, entry: false, claim: false, campaign: false}}\n"
"""Pictures of texts cannot be markup, and drawing them takes longest."""

SCHEMES = ("", "https", "http", "mailto", "tel")
NAMING = re.compile(
    r".*\.(place|criterion|gtin|tags|regions|networks)|contest\.entry\.methods\.platform|claim\.title"
    r"|twintern\.(channels\.network|kit\.leave_out)"
)
"""Fields whose words mean something: terms with pages of their own, names of others, and a title that is judged."""

WITHHELD = {"entry": {"moderation": "approved"}}
NAMES = {
    "contest": "cup-of-spring", "twintern": "ana-lopez", "programme": "twinternship", "campaign": "spring-in-a-cup",
    "product": "house-blend", "claim": "mould", "showcase": "maria-k", "announcement": "leeds", "page": "privacy",
    "entry": "k7q2m9",
}  # fmt: skip


def make_text(group: int, number: int, tame: bool) -> str:
    """The text of a field: a quarter of all vectors, begun at another one in each field."""
    own = [" ".join(text.split()) for text in TEXTS[group::GROUPS]]
    turned = own[number % len(own) :] + own[: number % len(own)]
    text = f"Word {number} {' '.join(turned)}".replace("::: ", "")
    return re.sub("[<>\"'&`\\\\]", "x", text) if tame else text


def is_text(kind: Kind, field: FieldPath) -> bool:
    """Whether a field takes any words."""
    annotation, info = find_annotation(kind.model, field), find_field(kind.model, field)

    def marks(part: Any) -> Iterator[Any]:
        yield from getattr(part, "__metadata__", ())
        for inner in get_args(part):
            yield from marks(inner)

    found = [mark for mark in (*marks(annotation), *(info.metadata if info else ())) if not isinstance(mark, str)]
    return bool(found) and all(isinstance(mark, Typed) and mark.name == "text" for mark in found)


def find_texts(kind: Kind, values: Any, at: FieldPath = ()) -> Iterator[FieldPath]:
    """The fields of a record's values that hold words and are public."""
    if isinstance(values, Mapping):
        for name, value in values.items():
            if (*at, name)[0] != "private":
                yield from find_texts(kind, value, (*at, name))
    elif isinstance(values, list):
        for index, value in enumerate(values):
            yield from find_texts(kind, value, (*at, index))
    elif is_text(kind, at) and not NAMING.fullmatch(name_field(kind, at)):
        yield at


def name_field(kind: Kind, field: FieldPath) -> str:
    """The dotted name of a field, without the numbers of items: ``showcase.media.alt``."""
    return ".".join([kind.name, *(part for part in field if isinstance(part, str))])


def put(values: Any, field: FieldPath, text: str) -> None:
    for part in field[:-1]:
        values = values[part]
    values[field[-1]] = text


def read_sample(kind: Kind) -> tuple[dict[str, Any], str]:
    values, body = split_text((SAMPLES / kind.name / "good.md").read_text(encoding="utf-8"))
    for name in ("aliases", "slug", "draw", "draw_list"):
        values.pop(name, None)
    return {**values, **WITHHELD.get(kind.name, {})}, body


def write_records(site: Site, tame: bool, left: frozenset[str]) -> dict[str, list[FieldPath]]:
    """The samples, and of each kind a record for each group of vectors; the fields that are filled, by kind. Those of
    the names in ``left`` keep their own words.
    """
    filled = {}
    for kind in KINDS:
        values, body = read_sample(kind)
        write(site, kind, NAMES[kind.name], values, body)
        texts = filled[kind.name] = [field for field in find_texts(kind, values) if name_field(kind, field) not in left]
        for group in range(GROUPS):
            values, body = read_sample(kind)
            for number, field in enumerate(texts):
                put(values, field, make_text(group, number, tame))
            write(site, kind, f"hostile-{kind.name}-{group}", values, "Plain words.\n")
    return filled


def write(site: Site, kind: Kind, name: str, values: dict[str, Any], body: str) -> None:
    front = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1 << 20)
    site.write(f"content/{kind.folder}/{name}.md", f"---\n{front}---\n{body}".encode())


def fill_hostile(site: Site) -> tuple[dict[str, list[FieldPath]], frozenset[str]]:
    """Write and build the hostile records. A field in which a rule does not allow just any words keeps its own."""
    left: frozenset[str] = frozenset()
    for _ in range(6):
        filled = write_records(site, False, left)
        result = site.build()
        if result.ok:
            return filled, left
        errors = [problem for problem in result.problems if problem.severity == "error"]
        kinds = {f"content/{kind.folder}/": kind for kind in KINDS}
        more = {
            name_field(kind, problem.field)
            for problem in errors
            for folder, kind in kinds.items()
            if problem.path.startswith(folder) and problem.field
        }
        assert more - left, errors[:3]
        left |= more
    raise AssertionError(left)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site, dict[str, list[FieldPath]]]:
    """The hostile site, the tame one, and the fields that hold the texts."""
    made = []
    for name in ("hostile", "tame"):
        files: dict[str, str | bytes] = {"content/index.md": "---\ntitle: Home\n---\n", **make_beside()}
        made.append(write_site(tmp_path_factory.mktemp(name), files, SETTINGS + UNDRAWN))
    hostile, tame = made
    filled, left = fill_hostile(hostile)
    write_records(tame, True, left)
    assert tame.build().ok
    return hostile, tame, filled


@cache
def parse(data: bytes) -> Any:
    return html5lib.parse(data.decode(), namespaceHTMLElements=False)


def shape(name: str, data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page or document in their order, each with the names of its attributes."""
    if name.endswith((".xml", ".svg")):
        return [(node.tag, tuple(sorted(node.attrib))) for node in ElementTree.fromstring(data).iter()]
    return [(str(node.tag), tuple(sorted(node.attrib))) for node in parse(data).iter() if isinstance(node.tag, str)]


def own_pages(site: Site) -> dict[str, bytes]:
    return {name: data for name, data in site.files().items() if name.endswith((".html", ".xml", ".svg"))}


def test_every_kind_takes_hostile_words_in_the_fields_that_matter(sites):
    _, _, filled = sites
    assert {kind.name for kind in KINDS} == set(filled)
    names = {
        f"{kind}.{'.'.join(part for part in field if isinstance(part, str))}"
        for kind in filled
        for field in filled[kind]
    }
    assert names >= {
        "showcase.author.name", "showcase.quote", "showcase.translation", "showcase.platform", "showcase.reply.text",
        "showcase.reply.by", "showcase.media.alt", "showcase.media.transcript", "showcase.incentive.disclosure",
        "twintern.name", "twintern.disclosure", "programme.title", "programme.purpose", "campaign.title",
        "contest.title", "contest.sponsor.name", "contest.prizes.name", "entry.title", "claim.claim",
        "claim.what_we_know", "claim.updates.text", "product.title", "announcement.title",
    }  # fmt: skip


def test_no_text_becomes_markup(sites):
    hostile, tame, _ = sites
    pages, others = own_pages(hostile), own_pages(tame)
    assert sorted(pages) == sorted(others)
    wrong = [
        name for name in pages if pages[name] != others[name] and shape(name, pages[name]) != shape(name, others[name])
    ]
    assert wrong == []


def test_nothing_runs_nothing_is_fetched_and_no_link_leads_astray(sites):
    hostile, _, _ = sites
    pages = [name for name, data in hostile.files().items() if name.endswith(".html") and b"Word " in data]
    assert len(pages) > len(KINDS) * GROUPS
    for name, data in hostile.files().items():
        if name in pages:
            assert list(find_dangers(parse(data))) == [], name
        if name.endswith(".json"):
            json.loads(data)
        if name.endswith(".ics"):
            assert data.count(b"\nBEGIN:VEVENT\r\n") == data.count(b"\nEND:VEVENT\r\n")
            assert data.count(b"\nEND:VCALENDAR\r\n") == 1


def find_dangers(tree: Any) -> Iterator[str]:
    """What could run, be fetched from elsewhere, or lead to something that runs."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        for name, value in node.attrib.items():
            if str(name).lower().startswith("on") or name in ("style", "srcdoc"):
                yield f"{node.tag} {name}"
            if name in ("href", "action", "formaction") and urlsplit(value).scheme not in (
                "",
                "https",
                "http",
                "mailto",
                "tel",
            ):
                yield f"{node.tag} {name}={value}"
            if name in ("src", "srcset", "poster", "data") and ("//" in value or urlsplit(value).scheme):
                yield f"{node.tag} {name}={value}"
        if node.tag == "script":
            if node.get("type") == "application/ld+json":
                json.loads(node.text)
            elif not node.get("src") or node.text:
                yield "a script of its own"
        if node.tag in ("iframe", "object", "embed", "base", "style", "frame"):
            yield node.tag


def test_every_word_is_there(sites):
    hostile, _, filled = sites
    number = filled["showcase"].index(("quote",))
    for group in range(GROUPS):
        said = " ".join(
            "".join(parse(hostile.files()[f"showcases/hostile-showcase-{group}/index.html"]).itertext()).split()
        )
        assert " ".join(make_text(group, number, tame=False).split()) in said


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_such_address_is_taken(address):
    assert isinstance(convert("url", address, Place()), Wrong)
    assert isinstance(convert("target", address, Place()), Wrong)
