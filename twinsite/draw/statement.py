"""The two statements of a draw, as values and as bytes: the commitment before it, the receipt after it.

As files they are JSON with sorted keys, indented by one space. There is one way to write each of them, so that a byte
that was changed shows. The commitment's digest is that of its canonical JSON (RFC 8785): sorted keys, no spaces, UTF-8.
Neither holds anything about a person.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from msgspec import Struct, to_builtins

ALGORITHM: Final = "twinsite-draw-1"
FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
"""How instants are written, in UTC."""


class Place(Struct, frozen=True):
    """A place that can be won, and how many win it."""

    place: str
    winners: int


class Commitment(Struct, frozen=True):
    """What is fixed before the seed exists. Hashes are hexadecimal, instants in UTC as ``FORM`` has them."""

    algorithm: str
    committed_at: str
    contest: str
    count: int
    places: tuple[Place, ...]
    reserves: int
    root: str
    salt_digest: str
    seed_at: str
    seed_source: str

    @property
    def winners(self) -> int:
        """How many win."""
        return sum(place.winners for place in self.places)

    def place_of(self, rank: int) -> str | None:
        """The place that a rank (from 1) wins; ``None`` for a reserve."""
        for place in self.places:
            if rank <= place.winners:
                return place.place
            rank -= place.winners
        return None


class Drawn(Struct, frozen=True):
    """A leaf that was drawn: its rank (from 1), its number among all leaves (from 0), its ticket, and the path to the
    root. ``place`` is ``None`` for a reserve.
    """

    rank: int
    place: str | None
    leaf: str
    index: int
    ticket: str
    path: tuple[str, ...]


class Receipt(Struct, frozen=True):
    """What everybody can check after a draw. The salt is public now, so that entrants find their codes."""

    commitment: Commitment
    drawn: tuple[Drawn, ...]
    salt: str
    seed: str


_TURNED: Final = (
    "Its ends of lines were changed, as git does on Windows. Write the line *.json -text into .gitattributes, then "
    "take the file out of git anew."
)


class NoStatementError(ValueError):
    """Bytes that are no commitment and no receipt; the text says why, for people."""


def write_instant(moment: datetime) -> str:
    """An instant in UTC, its seconds cut."""
    return moment.astimezone(UTC).strftime(FORM)


def read_instant(text: str) -> datetime:
    """The instant of ``write_instant``. Raises ``ValueError``."""
    moment = datetime.strptime(text, FORM).replace(tzinfo=UTC)
    if write_instant(moment) != text:
        raise ValueError(text)
    return moment


def write_canonical(commitment: Commitment) -> bytes:
    """The canonical JSON of a commitment (RFC 8785), of which the key of the draw is made."""
    values = _plain(commitment)
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def find_digest(commitment: Commitment) -> str:
    """The digest of a commitment, by which people name it: SHA-256 of its canonical JSON, hexadecimal."""
    return sha256(write_canonical(commitment)).hexdigest()


def write_statement(statement: Commitment | Receipt) -> bytes:
    """The one file of a statement."""
    return (json.dumps(_plain(statement), sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def _plain(statement: Commitment | Receipt) -> dict[str, Any]:
    kind = "commitment" if isinstance(statement, Commitment) else "receipt"
    values = {"statement": kind, **to_builtins(statement)}
    if isinstance(statement, Receipt):
        values["commitment"] = _plain(statement.commitment)
    return values


def read_statement(data: bytes) -> Commitment | Receipt:
    """The statement of a file. Raises ``NoStatementError`` where the bytes are not exactly those that
    ``write_statement`` gives.
    """
    try:
        values = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise NoStatementError("It is no JSON.") from None
    try:
        statement = _read_receipt(values) if values.get("statement") == "receipt" else _read_commitment(values)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NoStatementError("It is not made of what a commitment or a receipt is made of.") from None
    if write_statement(statement) != data:
        if write_statement(statement) == data.replace(b"\r\n", b"\n"):
            raise NoStatementError(_TURNED)
        raise NoStatementError("It is not written as Twinsite writes it: something was changed by hand.")
    return statement


def _read_commitment(values: dict[str, Any]) -> Commitment:
    places = tuple(Place(str(one["place"]), _whole(one["winners"])) for one in values["places"])
    if values["algorithm"] != ALGORITHM or values["statement"] != "commitment":
        raise ValueError
    return Commitment(
        algorithm=ALGORITHM,
        committed_at=write_instant(read_instant(values["committed_at"])),
        contest=_text(values["contest"]),
        count=_whole(values["count"]),
        places=places,
        reserves=_whole(values["reserves"]),
        root=_hash(values["root"]),
        salt_digest=_hash(values["salt_digest"]),
        seed_at=write_instant(read_instant(values["seed_at"])),
        seed_source=_text(values["seed_source"]),
    )


def _read_receipt(values: dict[str, Any]) -> Receipt:
    drawn = tuple(
        Drawn(
            rank=_whole(one["rank"]),
            place=None if one["place"] is None else _text(one["place"]),
            leaf=_hash(one["leaf"]),
            index=_whole(one["index"]),
            ticket=_hash(one["ticket"]),
            path=tuple(map(_hash, one["path"])),
        )
        for one in values["drawn"]
    )
    return Receipt(_read_commitment(values["commitment"]), drawn, _hash(values["salt"]), _text(values["seed"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _hash(value: object) -> str:
    text = _text(value)
    if len(text) != 64 or bytes.fromhex(text).hex() != text:
        raise ValueError
    return text


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value
