"""When each entry of a live blog was posted: its clock, the day of the page or of the heading above it, and the zone.

A clock without a zone takes the offset that the page writes its own dates in, but not one of UTC, in which machines
write dates for pages of anywhere. Where the day is not sure, nothing is said.

>>> clock_of("2.05pm BST Rockets hit the port", start=True)
Clock(minutes=845, offset=60, day=None, is_instant=False)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

from dateline.cleaning.dates import ZONES, find_date, machine_date

_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?(?::[0-5]\d)?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"\s?\(?(?P<zone>(?:utc|gmt)\s?[+-]\d{1,2}|[a-z]{3,4}\b|[+-]\d\d:?\d\d)?(?![\d:/])",
    re.I,
)
_BEFORE = re.compile(r"^(?:at |posted(?: at)?:? |\W)*$", re.I)
_DAY_MINUTES = 24 * 60
_NEAR = 6 * 60
"""Minutes between the page's own time and its first or last entry, from which the two are taken to belong together."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes, the offset written beside it (minutes east of Greenwich), the day beside it."""

    minutes: int | None
    offset: int | None = None
    day: str | None = None
    is_instant: bool = False


def clock_of(words: str, *, start: bool) -> Clock | None:
    """The clock time or the day in `words`; with `start` only a clock that they begin with."""
    words = " ".join(words[:80].split())
    day = find_date(words)
    if day is not None and "T" in day:
        return None if start else Clock(None, None, day[:10], is_instant=True)
    rest = re.sub(r"\d{4}-\d\d-\d\dT", "", words) if day else words
    match = next((one for one in _CLOCK.finditer(rest) if one["minute"] or one["half"]), None)
    if match is None or (start and _BEFORE.match(rest[: match.start()]) is None):
        return None if start or day is None else Clock(None, None, day)
    return Clock(_minutes(match), _offset(match["zone"]), day)


def _minutes(match: re.Match[str]) -> int:
    hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return 60 * hour + int(match["minute"] or 0)


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    named = ZONES.get(zone.strip().lower())
    written = machine_date(f"2000-01-01T00:00 {zone}") if named is None else None
    if written is None or "T" not in written:
        return named
    offset = datetime.fromisoformat(written).utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else None


@dataclass(frozen=True, slots=True)
class Posted:
    """What an entry says of its time: a machine's instant, a clock, the day of the heading above it."""

    instant: str | None
    clock: Clock | None
    day: str | None


def instants(entries: Sequence[Posted], *, published: str | None, modified: str | None) -> list[str | None]:
    """The instant or the day of each entry, in the page's order, in ISO 8601; null where it is not sure."""
    offset = _page_offset(published)
    clocks = [one.clock.minutes for one in entries if one.clock is not None and one.clock.minutes is not None]
    days = _days(clocks, published=published, modified=modified)
    found: list[str | None] = []
    clocked = iter(days)
    for one in entries:
        own = next(clocked) if one.clock is not None and one.clock.minutes is not None else None
        found.append(_instant(one, own, offset))
    return found


def _instant(one: Posted, day: date | None, offset: int | None) -> str | None:
    if one.instant is not None:
        return machine_date(one.instant)
    if one.clock is None:
        return one.day
    said = one.clock.day or one.day or (day.isoformat() if day else None)
    zone = one.clock.offset if one.clock.offset is not None else offset
    if said is None or one.clock.minutes is None or zone is None:
        return said
    moment = datetime.fromisoformat(said).replace(tzinfo=timezone(timedelta(minutes=zone)))
    return (moment + timedelta(minutes=one.clock.minutes)).isoformat()


def _page_offset(published: str | None) -> int | None:
    """The offset of the page's own date; null for none and for UTC."""
    moment = _moment(published)
    offset = moment.utcoffset() if moment else None
    return int(offset.total_seconds() // 60) or None if offset is not None else None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written and "T" in written else None


def _days(clocks: Sequence[int], *, published: str | None, modified: str | None) -> list[date | None]:
    """The day of each clock: it changes where the clocks leap back (or on), and one end is tied to the page's dates.

    A blog is first published with its oldest entry and last changed with its newest. Where those two say different
    days, the end that lies near the page's own clock counts; where neither does, no day is sure.
    """
    if not clocks or published is None:
        return [None] * len(clocks)
    newest_first = sum(a >= b for a, b in pairwise(clocks)) * 2 >= len(clocks) - 1
    oldest_on = list(reversed(clocks)) if newest_first else list(clocks)
    turns = [0]
    for before, after in pairwise(oldest_on):
        turns.append(turns[-1] + (after + _DAY_MINUTES // 4 < before))
    first = _first_day(oldest_on, turns[-1], published=published, modified=modified)
    days = [first + timedelta(days=n) if first else None for n in turns]
    return list(reversed(days)) if newest_first else days


def _first_day(clocks: Sequence[int], turns: int, *, published: str, modified: str | None) -> date | None:
    begun = date.fromisoformat(published[:10])
    ended = date.fromisoformat(modified[:10]) if modified else begun + timedelta(days=turns)
    if (ended - begun).days == turns:
        return begun
    opened, closed = _moment(published), _moment(modified)
    if opened is not None and 0 <= clocks[0] - (60 * opened.hour + opened.minute) <= _NEAR:
        return begun
    if closed is not None and 0 <= 60 * closed.hour + closed.minute - clocks[-1] <= _NEAR:
        return ended - timedelta(days=turns)
    return None
