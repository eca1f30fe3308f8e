"""Picture files as the parts they are made of, so that a cut file is noticed and a part can be left out.

Takes the bytes of a JPEG, PNG, WebP or GIF; gives its parts in order, each with its name and all its bytes. Decodes no
pixel and touches no disk. ``ValueError`` means that the file does not follow its format to the end; a decoder may still
make something of it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

Part = tuple[bytes, bytes]
"""The name of a part (a marker, a chunk's type, a GIF block's label) and all its bytes, the name included."""

JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""The next marker in a scan: 0xFF that is neither stuffed with 0x00 nor a restart marker."""

JPEG_END, JPEG_SCAN = b"\xd9", b"\xda"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def split_picture(kind: str, data: bytes) -> list[Part]:
    """The parts of a picture of the format ``kind`` (``jpeg png webp gif``). Joined they are the file without what
    follows its end. Raises ``ValueError``."""
    return list(SPLITTERS[kind](data))


def split_jpeg(data: bytes) -> Iterator[Part]:
    """The start, each segment, each scan (with its header), the end; ISO/IEC 10918-1, annex B."""
    _demand(data.startswith(b"\xff\xd8"))
    yield b"\xd8", data[:2]
    place = 2
    while True:
        found = JPEG_MARKER.match(data, place)
        _demand(found is not None)
        assert found is not None
        name, body = found[1], found.end()
        if name == JPEG_END:
            yield name, b"\xff\xd9"
            return
        end = body + _whole(data[body : body + 2], 2, "big")
        if name == JPEG_SCAN:
            following = JPEG_MARKER.search(data, end)
            _demand(following is not None)
            end = following.start() if following else end
        _demand(body + 2 <= end <= len(data))
        yield name, b"\xff" + name + data[body:end]
        place = end


def split_png(data: bytes) -> Iterator[Part]:
    """The signature (named ``b""``) and each chunk; checks the sums of the chunks that no picture can do without."""
    _demand(data.startswith(PNG_SIGNATURE))
    yield b"", PNG_SIGNATURE
    place, name = len(PNG_SIGNATURE), b""
    while name != b"IEND":
        end = place + 12 + _whole(data[place : place + 4], 4, "big")
        name, chunk = data[place + 4 : place + 8], data[place:end]
        _demand(end <= len(data) and len(name) == 4)
        if name[0] < 0x60:
            _demand(zlib.crc32(chunk[4:-4]) == _whole(chunk[-4:], 4, "big"))
        yield name, chunk
        place = end


def split_webp(data: bytes) -> Iterator[Part]:
    """The 12 bytes of the RIFF header (named ``b""``) and each chunk with its padding."""
    _demand(data[:4] == b"RIFF" and data[8:12] == b"WEBP")
    length = 8 + _whole(data[4:8], 4, "little")
    _demand(length <= len(data) + 1)
    yield b"", data[:12]
    place = 12
    while place < length:
        size = _whole(data[place + 4 : place + 8], 4, "little")
        _demand(place + 8 + size <= len(data))
        yield data[place : place + 4], data[place : place + 8 + size] + bytes(size % 2)
        place += 8 + size + size % 2


def split_gif(data: bytes) -> Iterator[Part]:
    """The head with the global colours (named ``b""``), each image (``b","``), each extension (``b"!"`` and its label,
    for an application's its name), the end (``b";"``)."""
    _demand(data[:4] == b"GIF8" and len(data) > 13)
    place = 13 + _colours(data[10])
    yield b"", data[:place]
    while True:
        name = data[place : place + 1]
        if name == b";":
            yield name, name
            return
        start = place
        if name == b",":
            _demand(place + 10 < len(data))
            place = _skip_blocks(data, place + 11 + _colours(data[place + 9]))
        else:
            _demand(name == b"!")
            name = data[place : place + 2]
            name += data[place + 3 : place + 14] if name == b"!\xff" else b""
            place = _skip_blocks(data, place + 2)
        yield name, data[start:place]


def _colours(flags: int) -> int:
    """The bytes of a colour table, from the flags that announce it."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(data: bytes, place: int) -> int:
    while True:
        size = _whole(data[place : place + 1], 1, "big")
        place += 1 + size
        if size == 0:
            return place


def _whole(data: bytes, size: int, order: str) -> int:
    _demand(len(data) == size)
    return int.from_bytes(data, "big" if order == "big" else "little")


def _demand(true: bool) -> None:
    if not true:
        raise ValueError("the file does not follow its format")


SPLITTERS: dict[str, Callable[[bytes], Iterator[Part]]] = {
    "jpeg": split_jpeg,
    "png": split_png,
    "webp": split_webp,
    "gif": split_gif,
}
