"""Probing files: size, digest, width and height as people see them, and plain words for what is no picture."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.core.problem import Problem
from twinsite.core.source import Media
from twinsite.read.media import probe_media
from twinsite.read.picture_parts import split_picture


def picture(kind: str, size: tuple[int, int] = (60, 40), orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, kind, exif=exif)
    return buffer.getvalue()


def probe(folder: Path, name: str, data: bytes) -> Media | Problem:
    (folder / name).write_bytes(data)
    found = probe_media(folder / name, f"content/{name}")
    assert found == probe_media(Path("nowhere"), f"content/{name}", data)
    return found


@pytest.mark.parametrize(("name", "kind"), [("a.JPG", "jpeg"), ("a.png", "png"), ("a.webp", "webp"), ("a.gif", "gif")])
def test_a_picture_is_measured(tmp_path: Path, name: str, kind: str) -> None:
    data = picture(kind)
    assert probe(tmp_path, name, data) == Media(f"content/{name}", digest_bytes(data), len(data), 60, 40, kind)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(tmp_path: Path, kind: str, orientation: int) -> None:
    found = probe(tmp_path, f"a.{kind}", picture(kind, orientation=orientation))
    assert isinstance(found, Media)
    assert (found.width, found.height) == ((40, 60) if orientation >= 5 else (60, 40))


def test_other_files_are_only_weighed(tmp_path: Path) -> None:
    data = b"%PDF-1.7" + bytes(3_000_000)
    assert probe(tmp_path, "rules.pdf", data) == Media("content/rules.pdf", digest_bytes(data), len(data))


def test_a_drawing_has_no_size(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert probe(tmp_path, "a.svg", data) == Media("content/a.svg", digest_bytes(data), len(data), format="svg")


@pytest.mark.parametrize(
    ("name", "data", "rule", "words"),
    [
        ("a.png", picture("jpeg"), "wrong-picture-type", "JPEG"),
        ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(50), "wrong-picture-type", "iPhone"),
        ("a.jpg", b"<!DOCTYPE html><p>Not found", "wrong-picture-type", "web page"),
        ("a.jpg", b"version https://git-lfs.github.com/spec/v1\n", "wrong-picture-type", "Git LFS"),
        ("a.svg", b"just text", "broken-picture", "SVG"),
        ("a.jpg", b"", "broken-picture", "empty"),
        ("a.jpg", b"words", "broken-picture", "JPEG"),
        ("a.jpg", picture("jpeg")[:300], "broken-picture", "cannot be shown"),
        ("a.png", picture("png", (300, 200))[:-200], "broken-picture", "cut off"),
        ("a.webp", picture("webp")[:-20], "broken-picture", "cannot be shown"),
        ("a.jpg", picture("jpeg", (1000, 800))[:-300], "broken-picture", "cut off"),
        ("a.png", picture("png", (8000, 7000)), "picture-too-large", "8000 × 7000"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, name: str, data: bytes, rule: str, words: str) -> None:
    found = probe(tmp_path, name, data)
    assert isinstance(found, Problem)
    assert (found.rule, found.path, found.severity) == (rule, f"content/{name}", "error")
    assert words in found.message
    assert found.hint


def test_every_cut_of_a_picture_is_noticed(tmp_path: Path) -> None:
    for kind in ("jpeg", "png", "webp", "gif"):
        data = picture(kind, (30, 20))
        for length in range(len(data) - 40, 0, -7):  # the last bytes of a PNG hold sums, no pixels
            found = probe_media(tmp_path, f"content/a.{kind}", data[:length])
            assert isinstance(found, Problem), (kind, length)


def test_random_damage_never_crashes(tmp_path: Path) -> None:
    for kind in ("jpeg", "png", "webp", "gif"):
        data = picture(kind, (30, 20), orientation=6)
        for place in range(0, len(data), max(1, len(data) // 150)):
            damaged = bytearray(data)
            damaged[place] ^= 0x5A
            assert isinstance(probe_media(tmp_path, f"content/a.{kind}", bytes(damaged)), Media | Problem)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.pdf"):
        found = probe_media(tmp_path / name, f"content/{name}")
        assert isinstance(found, Problem)
        assert (found.rule, found.path) == ("cannot-read", f"content/{name}")


def test_a_known_picture_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, data = MemoryStore(), picture("jpeg", orientation=6)
    first = probe_media(tmp_path, "content/a.jpg", data, cache, "salt")
    monkeypatch.setattr("twinsite.read.media.open_picture", None)
    assert probe_media(tmp_path, "content/a.jpg", data, cache, "salt") == first
    with pytest.raises(TypeError):
        probe_media(tmp_path, "content/a.jpg", data, cache, "other")


def test_a_damaged_entry_of_the_cache_is_ignored(tmp_path: Path) -> None:
    cache, data = MemoryStore(), picture("jpeg")
    first = probe_media(tmp_path, "content/a.jpg", data, cache)
    for key in list(cache._values):
        cache.put(key, b"nonsense")
    assert probe_media(tmp_path, "content/a.jpg", data, cache) == first


def test_pillow_is_imported_only_for_a_picture() -> None:
    code = (
        "import sys; from pathlib import Path; from twinsite.read.media import probe_media; "
        "probe_media(Path('x'), 'a.pdf', b'x'); probe_media(Path('x'), 'a.svg', b'<svg/>'); "
        "assert 'PIL' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
def test_the_parts_make_the_whole(kind: str) -> None:
    data = picture(kind, orientation=3)
    assert b"".join(part for _, part in split_picture(kind, data)) == data
    assert b"".join(part for _, part in split_picture(kind, data + b"\0more")) == data
