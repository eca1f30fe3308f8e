"""Addresses: the sockets to listen on, the URL to print, and which ``Host`` a browser may name."""

from __future__ import annotations

import errno
from contextlib import suppress
from ipaddress import ip_address
from socket import AI_PASSIVE, SOCK_STREAM, create_server, gaierror, getaddrinfo, socket

from twinsite.core.problem import Problem

_EVERYWHERE = ("0.0.0.0", "::", "")
_TRIED = 100


def open_sockets(host: str, port: int) -> list[socket] | Problem:
    """Sockets that listen on the host's port (0: any free one), or the problem that says what to write instead."""
    if not 0 <= port <= 65535:
        return Problem("port-not-allowed", "", f"{port} is no port.", "Write a number from 1024 to 65535.")
    try:
        return _bind(host, port)
    except gaierror:
        return _unknown_host(host)
    except OSError as error:
        return _explain(error, host, port)


def _bind(host: str, port: int) -> list[socket]:
    """A listening socket for each address of the host ("localhost" often has two), all on one port.

    An address that this computer lacks is passed over if another works (IPv6 switched off, say).
    """
    opened: list[socket] = []
    lacking: OSError | None = None
    found = getaddrinfo(host or None, port, type=SOCK_STREAM, flags=AI_PASSIVE)
    for family, address in dict.fromkeys((one[0], one[4]) for one in found):
        chosen = opened[0].getsockname()[1] if opened else port
        try:
            opened.append(create_server((str(address[0]), chosen), family=family, backlog=128))
        except OSError as error:
            lacking = error
            if error.errno != errno.EADDRNOTAVAIL:
                break
    return _ready(opened, lacking)


def _ready(opened: list[socket], lacking: OSError | None) -> list[socket]:
    if lacking is not None and (not opened or lacking.errno != errno.EADDRNOTAVAIL):
        for one in opened:
            one.close()
        raise lacking
    for one in opened:
        one.setblocking(False)
    return opened


def _explain(error: OSError, host: str, port: int) -> Problem:
    if error.errno == errno.EADDRINUSE or getattr(error, "winerror", None) == 10013:
        return _taken(host, port)
    if error.errno in (errno.EACCES, errno.EPERM):
        hint = "Write a number from 1024 to 65535, for example --port 8000."
        return Problem("port-not-allowed", "", f"Your computer does not let you use port {port}.", hint)
    if error.errno == errno.EADDRNOTAVAIL:
        return _unknown_host(host)
    return Problem("port-not-allowed", "", f"Port {port} cannot be used: {error.strerror}.", "Try another --port.")


def _unknown_host(host: str) -> Problem:
    message = f'This computer has no address "{host}".'
    return Problem("unknown-host", "", message, "Leave --host out, or write 0.0.0.0 to be seen in your whole network.")


def _taken(host: str, port: int) -> Problem:
    free = next_free_port(host, port + 1)
    message = f"Port {port} is in use, perhaps by another preview."
    hint = f"Port {free} is free: write --port {free}." if free else "End the other program, or try another --port."
    return Problem("port-in-use", "", message, hint)


def next_free_port(host: str, first: int) -> int | None:
    """The first free port of the host from ``first`` on, or ``None`` when the next hundred are taken."""
    for port in range(first, min(first + _TRIED, 65536)):
        with suppress(OSError):
            for one in _bind(host, port):
                one.close()
            return port
    return None


def site_url(host: str, port: int) -> str:
    """The URL to open in a browser on this computer."""
    shown = "127.0.0.1" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def split_host(header: str, port: int) -> tuple[str, int]:
    """Host (IPv6 in brackets) and port of a ``Host`` header; ``port`` where it names none."""
    host, colon, number = header.rpartition(":")
    if colon and number.isdecimal() and not host.endswith(":"):
        return host, int(number)
    return header, port


def is_allowed_host(header: str, listening: str) -> bool:
    """Whether a request may name this host.

    A server that listens on this computer alone answers only to this computer's names and to plain addresses. A page
    of a stranger whose name was pointed at 127.0.0.1 could otherwise read drafts ("DNS rebinding").
    """
    host = split_host(header, 0)[0].strip("[]").lower()
    if _is_address(host) or host in ("localhost", listening.lower()) or host.endswith(".localhost"):
        return True
    return listening != "localhost" and not (_is_address(listening) and ip_address(listening).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
