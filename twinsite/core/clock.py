"""The moment of a build, and how long what was made of it stays true.

``Clock(now).moment()`` is a ``datetime`` like any other that notes what it is asked. Each comparison with another
moment, and each question for the day, has the same answer until some later moment; the earliest of these ends the
``Window`` in which everything worked out from it would come out the same. Whatever else it is asked has another answer
at every moment, and leaves a window of this one. So nobody has to say when a result goes out of date, and nobody can
forget to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Self

from msgspec import Struct

TICK = timedelta(microseconds=1)
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


class Window(Struct, frozen=True):
    """The moments from ``start`` up to, not including, ``end`` (aware, UTC)."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


class Clock:
    """Gives the moment of one build, and keeps the window in which all answers it gave are the same."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)
        self._start, self._end = FIRST, LAST
        self._moments: dict[tzinfo | None, datetime] = {}
        self._days: dict[tzinfo | None, date] = {}

    def moment(self, zone: tzinfo | None = UTC) -> datetime:
        """``now`` in a zone (``None``: the system's); what is made of it counts for the window."""
        if zone not in self._moments:
            self._moments[zone] = _make_moment(self.now.astimezone(zone), self)
        return self._moments[zone]

    def window(self) -> Window:
        """The window of all questions so far."""
        return Window(self._start.astimezone(UTC), self._end.astimezone(UTC))

    def narrow(self, window: Window) -> None:
        """Make the window no wider than another."""
        self._start, self._end = max(self._start, window.start), min(self._end, window.end)

    def stop(self) -> None:
        """The answer is for this moment alone."""
        self._start, self._end = self.now, _after(self.now)

    def has_reached(self, other: datetime) -> bool:
        """Whether ``now`` is another moment or after it: so it will be, or was not before."""
        if self.now < other:
            self._end = min(self._end, other)
            return False
        self._start = max(self._start, other)
        return True

    def has_passed(self, other: datetime) -> bool:
        """Whether ``now`` is after another moment."""
        return self.has_reached(_after(other))

    def day(self, zone: tzinfo | None) -> date:
        """The day in a zone: the same from midnight to midnight. Where clocks go back over midnight it is both
        midnights that count.
        """
        if zone not in self._days:
            day = self.now.astimezone(zone).date()
            for other in (day, day + timedelta(days=1)) if day < date.max else (day,):
                for fold in (0, 1):
                    self.has_reached(datetime.combine(other, time(fold=fold), zone).astimezone(UTC))
            self._days[zone] = day
        return self._days[zone]


def note_window(now: datetime) -> Window | None:
    """The window of the clock that gave a moment; ``None`` for one that no clock gave."""
    return now.clock.window() if isinstance(now, _Moment) else None


def take_window(now: datetime, window: Window | None) -> None:
    """Tell the clock that gave a moment what was found in another process by a copy of it."""
    if window and isinstance(now, _Moment):
        now.clock.narrow(window)


def _after(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    return moment + TICK if moment < LAST else moment


def _make_moment(at: datetime, clock: Clock) -> datetime:
    moment = _Moment(
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, tzinfo=at.tzinfo, fold=at.fold
    )
    moment.clock = clock
    return moment


_look: Callable[[datetime, str], Any] = datetime.__getattribute__
"""Takes a part of a moment without asking its clock, in a fifth of the time."""


def _clock(moment: datetime) -> Clock:
    clock: Clock = _look(moment, "clock")
    return clock


class _Moment(datetime):
    """A ``datetime`` that asks its clock, so that the clock knows what was asked."""

    clock: Clock

    def __getattribute__(self, name: str) -> Any:
        if name not in _FREE:
            _clock(self).stop()
        return _look(self, name)

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """The same moment in another zone, with the same clock."""
        return _clock(self).moment(tz)  # type: ignore[return-value]

    def date(self) -> date:
        """The day in this moment's zone."""
        return _clock(self).day(self.tzinfo)

    def replace(self, *parts: Any, **names: Any) -> Any:
        """Another moment, which is no longer the present."""
        self.clock.stop()
        return _plain(self).replace(*parts, **names)

    def __lt__(self, other: Any) -> bool:
        return not _clock(self).has_reached(_instant(other))

    def __ge__(self, other: Any) -> bool:
        return _clock(self).has_reached(_instant(other))

    def __le__(self, other: Any) -> bool:
        return not _clock(self).has_passed(_instant(other))

    def __gt__(self, other: Any) -> bool:
        return _clock(self).has_passed(_instant(other))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, datetime):
            return False
        at, clock = _instant(other), _clock(self)
        return clock.has_reached(at) and not clock.has_passed(at)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.clock.stop()
        return hash(self.clock.now)

    def __add__(self, other: Any) -> Any:
        self.clock.stop()
        return _plain(self) + other

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        self.clock.stop()
        return _plain(self) - _plain(other)

    def __rsub__(self, other: Any) -> Any:
        self.clock.stop()
        return other - _plain(self)

    def __str__(self) -> str:
        self.clock.stop()
        return str(_plain(self))

    def __repr__(self) -> str:
        self.clock.stop()
        return repr(_plain(self))

    def __format__(self, form: str) -> str:
        self.clock.stop()
        return format(_plain(self), form)

    def __reduce_ex__(self, protocol: Any) -> Any:
        self.clock.stop()
        return _plain(self).__reduce_ex__(protocol)


_FREE = frozenset({"astimezone", "date", "tzinfo", "clock", "__class__", "__dict__"})
"""What may be asked of a moment: the answer is the same at every moment, or the clock is told by the method itself."""


def _plain(value: Any) -> Any:
    """A moment as a ``datetime`` that tells nobody anything; any other value as it is."""
    if not isinstance(value, _Moment):
        return value
    return _clock(value).now.astimezone(value.tzinfo)


def _instant(other: Any) -> datetime:
    """What a moment is compared with, which must be aware. Raises ``TypeError`` as ``datetime`` does."""
    if not isinstance(other, datetime) or other.tzinfo is None:
        raise TypeError("a moment can only be compared with an aware datetime")
    return _clock(other).now if isinstance(other, _Moment) else other
