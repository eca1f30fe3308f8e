"""What may not be shown leaves no trace: not in a page, a name, a feed, a picture, an archive, at no time and no build.

One site with every kind and every output that can be switched on; in it a showcase that is marked in each of its fields
and named wherever it can be named.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
import yaml
from PIL import Image
from pydantic import BaseModel

from tests.kinds.test_kind_private_fields import SLUGS, make_beside
from tests.support.command import run_command
from tests.support.site import SETTINGS, Site, write_site
from twinsite.kinds import KINDS
from twinsite.switches import Outputs
from twinsite.validate.fields import own_models

SAMPLES = Path(__file__).parents[1] / "samples"
MARK = b"zzplant"
EVIDENCE = b"zzproof"
COLOUR = (233, 17, 201)
GRANTED = datetime(2026, 6, 1, 12, tzinfo=UTC)
LAST = datetime(2027, 2, 13, 23, 59, 59, tzinfo=UTC)
OVER = datetime(2027, 2, 14, tzinfo=UTC)

SHOWCASE = """\
---
title: Zzplanttitle
summary: Zzplantsummary.
slug: zzplant-maria
aliases: [/zzplant-before/]
tags: [zzplanttag, coffee]
featured: true
image: {src: zzplant-photo.jpg, alt: Zzplantalt}
medium: photo
author: {name: Zzplantauthor, handle: zzplanthandle, url: https://zzplant.example/}
relationship: gifted
platform: Zzplantplatform
source_url: https://zzplant.example/1
published: 2026-02-11
captured: 2026-02-20
quote: Zzplantquote.
language: es
translation: Zzplanttranslation.
rating: {value: 1, best: 5, worst: 1}
product: house-blend
contest: cup-of-spring
campaign: spring-in-a-cup
twintern: ana-lopez
media:
  - {src: zzplant-photo.jpg, alt: Zzplantalt}
  - {src: zzplant-talk.mp4, type: video, transcript: Zzplantwords.}
permission: {status: granted, asked_on: 2026-02-12, answered_on: 2026-02-14, expires: 2027-02-14}
incentive: {given: yes, what: Zzplantgift, disclosure: Zzplantdisclosure}
reply: {by: Zzplantreplier, date: 2026-02-15, text: Zzplantreply}
private: {evidence: zzproof.png, contact: zzproof@home.example, notes: Zzproofnote}
---
Zzplantbody, with a [link](zzplant-talk.mp4).
"""
PAGE = "---\ntitle: Said\n---\n::: quote zzplant-maria :::\n\n[A voice](../showcases/zzplant.md) of many.\n"


def switch_all(model: type[BaseModel]) -> dict[str, Any]:
    """Every switch of the outputs, on."""
    names = [*(kind.name for kind in KINDS)]
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        inner = own_models(info.annotation)
        more = {"feeds": ["site", "tags"], "share_images": ["site"]}.get(name, [])
        words = "dict" in str(info.annotation)
        found[name] = switch_all(inner[0]) if inner else dict.fromkeys([*more, *names], True) if words else True
    return found


def draw(colour: tuple[int, int, int], form: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (640, 480), colour).save(data, form)
    return data.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    files: dict[str, str | bytes] = {
        **make_beside(),
        "content/pages/said.md": PAGE,
        "content/showcases/_index.md": "---\ntitle: V\n---\n",
    }
    for kind in KINDS:
        if kind.name in SLUGS:
            text = (SAMPLES / kind.name / "good.md").read_text(encoding="utf-8")
            files[f"content/{kind.folder}/{SLUGS[kind.name]}.md"] = text
    files |= {
        "content/index.md": "---\ntitle: Home\n---\n::: quote zzplant-maria :::\n",
        "content/showcases/zzplant.md": SHOWCASE,
        "content/showcases/zzplant-photo.jpg": draw(COLOUR, "JPEG"),
        "content/showcases/zzplant-talk.mp4": b"zzplant film",
        "content/showcases/zzproof.png": draw((17, 233, 99), "PNG") + EVIDENCE,
    }
    settings = SETTINGS + yaml.safe_dump({"outputs": switch_all(Outputs)})
    return write_site(tmp_path_factory.mktemp("trace"), files, settings)


def contents(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and all files in it."""
    yield name, data
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from contents(f"{name}/{inner}", archive.read(inner))


@cache
def shows_colour(data: bytes) -> bool:
    """Whether a picture has a patch of the planted colour."""
    try:
        picture = Image.open(BytesIO(data)).resize((80, 60), Image.Resampling.NEAREST).convert("RGB")
    except OSError:
        return False
    near = sum(
        count
        for count, colour in picture.getcolors(4800) or []
        if all(abs(a - b) < 24 for a, b in zip(colour, COLOUR, strict=True))
    )
    return near > 20


def find_traces(site: Site) -> list[str]:
    found = []
    for name, data in site.files().items():
        for inner, part in contents(name, data):
            pictured = inner.endswith((".jpg", ".png", ".webp", ".gif")) and shows_colour(part)
            if pictured or MARK in inner.encode().lower() or MARK in part.lower():
                found.append(inner)
    return found


def find_evidence(site: Site) -> list[str]:
    return [name for name, data in site.files().items() if EVIDENCE in name.encode().lower() + data.lower()]


def test_a_showcase_is_gone_everywhere_from_the_moment_its_permission_ends(site: Site, tmp_path: Path) -> None:
    before = site.build(now=LAST)
    assert before.ok, [problem for problem in before.problems if problem.severity == "error"]
    shown = find_traces(site)
    assert {"index.html", "feed.xml", "sitemap.xml", "said/index.html", "showcases/zzplant-maria/index.html"} <= set(
        shown
    )
    assert "products/house-blend/index.html" in shown
    assert any(name.endswith((".jpg", ".webp", ".png")) for name in shown), "its picture is there"
    assert len(shown) > 15
    assert find_evidence(site) == []
    assert site.build(now=OVER).ok
    assert find_traces(site) == []
    clean = Site(site.folder, tmp_path / "clean")
    assert clean.build(now=OVER, use_cache=False).ok
    assert clean.files() == site.files()
    assert site.build(now=OVER, drafts=True).ok
    assert find_traces(site) == []
    assert find_evidence(site) == []
    again = site.build(now=GRANTED)
    assert again.ok
    assert find_traces(site) == shown


def test_no_other_permission_shows_it(site: Site) -> None:
    for status in ("requested", "declined", "revoked", "expired", "granted, scope: [ads, print]"):
        site.write("content/showcases/zzplant.md", SHOWCASE.replace("status: granted", f"status: {status}"))
        result = site.build(now=GRANTED, drafts=status == "requested")
        assert result.ok
        assert find_traces(site) == [], status
        assert [held.reason for held in result.withheld if "zzplant" in held.path] == ["permission"]
    site.write("content/showcases/zzplant.md", SHOWCASE)


def test_explain_and_the_ledger_say_why(site: Site) -> None:
    where = ("--site", site.folder, "--now", OVER.isoformat())
    said = run_command("explain", "content/showcases/zzplant.md", *where).out
    assert "is withheld at 2027-02-14 00:00 GMT: permission" in said
    assert "Zzplantauthor, photo on Zzplantplatform: The permission expired on 2027-02-14.\n" in said
    assert "Nothing of it is published. Ask again, or delete it.\n" in said
    ledger = json.loads(run_command("rights", "--only", "gone", "--format", "json", *where).out)
    (line,) = (line for line in ledger if line["path"] == "content/showcases/zzplant.md")
    assert (line["slug"], line["standing"], line["line"], line["shown"]) == ("zzplant-maria", "expired", 27, False)


def test_no_other_text_brings_in_its_files(tmp_path: Path) -> None:
    """Not as a picture, a link or in a component; with a notice, and only as long as it may not be shown."""
    voice = (
        "---\nmedium: photo\nauthor: {{name: Ada}}\nrelationship: none\npublished: 2026-02-11\nquote: Look.\n"
        "media: [{{src: zzplant.png, alt: A kite}}]\npermission: {{status: {status}}}\n---\n"
    )
    page = (
        "---\ntitle: Us\n---\n\n![A kite](../showcases/zzplant.png)\n\n[It](../showcases/zzplant.png)\n\n"
        '::: download file=../showcases/zzplant.png label="It"\n:::\n'
    )
    granted = voice.format(status="granted")
    site = write_site(tmp_path, {"content/pages/us.md": page, "content/showcases/ada.md": granted})
    picture = BytesIO()
    Image.new("RGB", (40, 40), COLOUR).save(picture, "PNG")
    site.write("content/showcases/zzplant.png", picture.getvalue())
    assert site.build().ok
    assert any("zzplant" in path for path in site.files())
    site.write("content/showcases/ada.md", voice.format(status="revoked"))
    result = site.build()
    assert [(one.rule, one.line) for one in result.problems] == [("link-to-withheld", line) for line in (5, 7, 9)]
    assert not any("zzplant" in path or b"zzplant" in data for path, data in site.files().items())
    clean = Site(site.folder, tmp_path / "clean")
    assert clean.build(use_cache=False).ok
    assert clean.files() == site.files()
