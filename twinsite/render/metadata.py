"""Dropping what a picture file says besides its pixels, without decoding them.

Takes the bytes of a picture; gives them without EXIF (place, camera, thumbnail), XMP, IPTC, comments, colour profiles
and whatever follows the end of the picture. Only parts on a short list stay, so that a new kind of metadata is dropped
too.
"""

from __future__ import annotations

from twinsite.read.picture_parts import Part, split_picture

JPEG_HEAD = b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
"""A JFIF segment without density and thumbnail."""

JPEG_DROPPED = frozenset(range(0xE0, 0xF0)) | {0xFE}
"""Application segments and comments; two of the former say how to read the colours (see ``_keep_jpeg``)."""

PNG_KEPT = frozenset({b"", b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"cICP"})
PNG_ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
WEBP_FLAGS = 0b0001_0010
"""The flags of a WebP that stay: transparency and animation; those for profile, EXIF and XMP go."""

GIF_KEPT = frozenset({b"", b",", b";", b"!\xf9", b"!\x01", b"!\xffNETSCAPE2.0", b"!\xffANIMEXTS1.0"})
"""Head, images, end, timing and transparency, text shown in the picture, and the two blocks that make it loop."""


def strip_metadata(kind: str, data: bytes) -> bytes:
    """The picture without metadata, its pixels untouched. Raises ``ValueError`` when its parts cannot be told apart."""
    parts = split_picture(kind, data)
    if kind == "jpeg":
        return b"".join(_keep_jpeg(name, part) for name, part in parts)
    if kind == "png":
        return b"".join(part for name, part in parts if name in PNG_KEPT or name in PNG_ANIMATION)
    if kind == "gif":
        return b"".join(part for name, part in parts if name in GIF_KEPT)
    return _join_webp(parts)


def _keep_jpeg(name: bytes, part: bytes) -> bytes:
    """The segment as it stays; JFIF and Adobe's say whether the channels are YCbCr or RGB."""
    if name == b"\xe0" and part[4:9] == b"JFIF\0":
        return JPEG_HEAD
    if name == b"\xee" and part[4:9] == b"Adobe":
        return part
    return b"" if name[0] in JPEG_DROPPED else part


def _join_webp(parts: list[Part]) -> bytes:
    chunks = b"".join(_keep_webp(name, part) for name, part in parts if name in WEBP_KEPT)
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def _keep_webp(name: bytes, part: bytes) -> bytes:
    return part[:8] + bytes([part[8] & WEBP_FLAGS]) + part[9:] if name == b"VP8X" else part
