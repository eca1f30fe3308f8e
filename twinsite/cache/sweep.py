"""Making room: what no build of late used is dropped from the cache's file, a part of it in every build.

Works on an open connection, inside the transaction of a build that has something to write. To look at every entry, and
to drop thousands at once, takes longer than a small build; so each looks at some, and goes on where the last one ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from twinsite.core.later import Later

if TYPE_CHECKING:
    import sqlite3

BUILDS = 5
"""An entry that none of the last so many builds used is dropped, at the latest when twice as many more have come. (Only
builds that came to their end and made something new count.)"""

ROOM = 0.9
"""The part of the file's largest size that is filled again when it was passed, so that not every build has to look at
all entries; where what is used takes more, they are looked at again when the file has grown by a tenth."""

STEP = 20
"""Entries after which it is asked again whether the others fit."""

LETTERS = 10
"""How much of each key a list of used keys holds: two with the same end only keep each other."""

FEW = 30
"""Keys that are looked for one by one in a list, which takes less time than to take the list apart."""

MOST_PAGES = 1000
"""Pages (of 32 KB) by which the file is made shorter in one build."""


def drop_old(connection: sqlite3.Connection, used: Later[set[str]]) -> None:
    """Drop what none of the last builds used, in the part of the entries whose turn it is; the keys that this build
    ``used`` become the newest of the lists. A first build used all that there is.
    """
    lists = [number for (number,) in connection.execute("select id from builds order by id desc")]
    if not lists:
        connection.execute(f"insert into builds (keys) select {_ALL} from entries")
        return
    connection.executemany("delete from builds where id = ?", [(number,) for number in lists[BUILDS - 1 :]])
    keys = _look_further(connection, turn=lists[0] % BUILDS)
    if len(lists) >= BUILDS - 1:
        unused = {key: number for key, number in keys.items() if key not in used.get()}
        old = _drop_listed(connection, unused) if unused else []
        connection.executemany("delete from entries where key = ?", [(key,) for key in old])
    names = "\n".join([key[-LETTERS:] for key in used.get()]).encode("utf-8", "replace")
    connection.execute("insert into builds (keys) values (?)", (names,))


_ALL = "cast(char(10) || coalesce(max(id), 0) as blob)"
"""A list of all keys that there are: the number of the newest entry. It begins like no list of keys."""


def _look_further(connection: sqlite3.Connection, turn: int) -> dict[str, int]:
    """The keys behind those that the last build looked at, with the numbers of their entries: so many that the last of
    ``BUILDS`` turns, from 0 on, comes to the end.
    """
    mark = connection.execute("select value from marks where name = 'reached'").fetchone() if turn else None
    reached = mark[0] if mark else ""
    (count,) = connection.execute("select count(*) from entries where key > ?", (reached,)).fetchone()
    most = -(-count // (BUILDS - turn))
    look = "select key, id from entries where key > ? order by key limit ?"
    keys: dict[str, int] = dict(connection.execute(look, (reached, most)))
    connection.execute("insert or replace into marks values ('reached', ?)", (next(reversed(keys), reached),))
    return keys


def _drop_listed(connection: sqlite3.Connection, keys: Mapping[str, int]) -> list[str]:
    """Those of the keys (with the numbers of their entries) that stand on no list."""
    texts = [bytes(listed).decode() for (listed,) in connection.execute("select keys from builds")]
    listed = max((int(text) for text in texts if text[:1] == "\n" and text[1:].isdecimal()), default=0)
    names = {key[-LETTERS:] for key, number in keys.items() if number > listed}
    for text in texts:
        if len(names) <= FEW:
            names = {name for name in names if name not in text}
        else:
            names.difference_update(text.split("\n"))
    return [key for key, number in keys.items() if number > listed and key[-LETTERS:] in names]


def shrink(connection: sqlite3.Connection, used: Later[set[str]], largest: int) -> None:
    """Drop entries that this build did not use until they fit in ``largest`` bytes, the oldest first."""
    held, room = _held(connection), largest * ROOM
    if held <= largest:
        return
    before = connection.execute("select value from marks where name = 'held'").fetchone()
    if before and room < before[0] and held <= before[0] / ROOM:
        return
    if not _is_first(connection):
        for numbers in _list_unused(connection, used.get()):
            connection.executemany("delete from entries where id = ?", numbers)
            if _held(connection) <= room:
                break
    connection.execute("insert or replace into marks values ('held', ?)", (_held(connection),))


def _is_first(connection: sqlite3.Connection) -> bool:
    """Whether there was but one build, which used all that there is."""
    lists = [bytes(listed) for (listed,) in connection.execute("select keys from builds limit 2")]
    (newest,) = connection.execute(f"select {_ALL} from entries").fetchone()
    return lists == [newest]


def _list_unused(connection: sqlite3.Connection, used: Collection[str]) -> Iterator[list[tuple[int]]]:
    """The numbers of the entries that this build did not use, some at a time, the oldest first."""
    last, some = 0, "select id, key from entries where id > ? order by id limit ?"
    while rows := connection.execute(some, (last, STEP)).fetchall():
        last = rows[-1][0]
        yield [(number,) for number, key in rows if key not in used]


def give_back(connection: sqlite3.Connection) -> None:
    """Cut off some of the room of dropped entries when it is much; otherwise the next entries take it."""
    if ask_pragma(connection, "freelist_count") * 4 > ask_pragma(connection, "page_count"):
        connection.executescript(f"pragma incremental_vacuum({MOST_PAGES})")


def _held(connection: sqlite3.Connection) -> int:
    """How many bytes of the file are in use."""
    pages = ask_pragma(connection, "page_count") - ask_pragma(connection, "freelist_count")
    return pages * ask_pragma(connection, "page_size")


def ask_pragma(connection: sqlite3.Connection, name: str) -> int:
    """What SQLite says of a file."""
    row = connection.execute(f"pragma {name}").fetchone()
    return int(row[0])
