"""What the phrase rules share: the phrase as found, what stands around it, and what it is read as.

A resolver takes a `Found` phrase and the `Setting` of the text so far, and gives readings; none is a trap seen through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from dateline.language.times.calendar import PRECISION, Period, day
from dateline.language.times.grammar import TimeGrammar
from dateline.language.times.lexing import Lexed, Lexeme
from dateline.types import TimePrecision

BEFORE = (
    r"(?: THE? (?: (?P<eve>EVE) OF | (?P<edge> BOUND OF | EARLY (?:IN|ON) | EARLY DASH? ) ) )?"
    r"(?: THE? EARLY? (?P<partof>PART) (?:UNITS|HOURS)? (?:OF|ON) )?"
)
AFTER = r"(?P<part>PART)?"
"""What may stand round any date: 'the eve of', 'the end of', 'early', 'the night of' before it, a part of the day after."""

YEAR = (
    r"(?: (?:COMMA|OF|IN|DASH)? (?P<year>YEAR) | OF? (?P<two>SHORTYEAR)"
    r" | COMMA? OF? THE? (?P<way>WAY){1,3} (?P<unit>UNIT) )?"
)
"""A year after a month, season or feast: '1998', "of '98", 'of that year', 'last year'."""

PERIOD = (
    r"(?: (?P<month>MONTH) (?: (?<=ABBR) DOT )? (?: (?:COMMA|OF|IN)? (?P<year>YEAR) )?"
    r" | THE? (?P<way>WAY)? (?P<unit>UNIT) )"
)
"""The month or year that something is a part of: 'May 2021', 'the month', 'last year'."""

COUNT = r"(?:NUMBER|CARD) (?: DASH? CARD | AND CARD ){0,6}"
QUANTITY = (
    r"(?P<amount> (?: AN? COUPLE OF? | AN FEW | FEW | AN | HALF AN | ADDED"
    rf" | AN? ADDED? {COUNT} (?: FRACTION | AND AN HALF )? | FRACTION | CARDS OF ) QUALIFIER{{0,3}} )"
)
"""A number or an article: 'two', 'a couple of', 'a few', 'half an', 'two and a half', 'another six'."""

OPEN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip
"""The value of a date of which only the grain is known."""


class Other(NamedTuple):
    """A reading that was considered and put aside: its value, and the key of the pack's words for why."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What characters `start` to `end` are read as; `period` is what later phrases can lean on.

    Of a clock time `elsewhere` says that it is in a zone of its own that is not known ('10 a.m. ET').
    `why` is the key of the pack's words for the rule that read it so; where a rule gives none, it is the rule's name.
    """

    start: int
    end: int
    type: str
    value: str | None
    first: str | None = None
    last: str | None = None
    precision: TimePrecision = TimePrecision.UNKNOWN
    period: Period | None = None
    rule: str = ""
    clock: tuple[int, int] | None = None
    zone: int | None = None
    utc: tuple[int, int] | None = None
    elsewhere: bool = False
    why: str = ""
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The report's day (its local date) and its offset from UTC in minutes, where the source wrote one."""

    day: date | None
    offset: int | None = None

    @classmethod
    def of(cls, published: str | None) -> Anchor:
        """The anchor that an ISO 8601 date or instant gives; what is none gives an open anchor."""
        match = _PUBLISHED.match(published or "")
        if match is None:
            return cls(None)
        try:
            on = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return cls(None)
        return cls(on, minutes_of(match["offset"]))


_PUBLISHED = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ][\d:.,]*(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?)?"
)


def minutes_of(offset: str | None) -> int | None:
    """'+03:00' is 180, 'Z' is 0."""
    if not offset:
        return None
    if offset.upper() == "Z":
        return 0
    sign, digits = (-1 if offset[0] == "-" else 1), re.sub(r"\D", "", offset)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return sign * (int(hours) * 60 + int(minutes))


@dataclass(slots=True)
class Setting:
    """Where a phrase stands: the report's day, the tense around an offset, and the dates the text named before it.

    `history` says that the text tells of years long past, so that a bare 'in June' leans on the last date named.
    `compared` is the quarter or half that 'a year earlier' compares with; none once other stretches are told of.
    """

    anchor: Anchor
    tense: Callable[[int, int], str | None]
    tag: Callable[[int], str]
    grammar: TimeGrammar
    history: bool = False
    last: Period | None = None
    last_day: Period | None = None
    last_quarter: Period | None = None
    compared: Period | None = None

    def tell_quarter(self, period: Period) -> None:
        """Results of this quarter or half follow: 'a year earlier' is the same one of another year."""
        self.last_quarter = self.compared = period

    def remember(self, reading: Reading) -> None:
        """Let later phrases lean on what this one says, unless it is a feast ('the Christmas truce') or a comparison.

        In a history 'today' is the writer's day and not the tale's.
        """
        period = reading.period
        if period is None or reading.rule in ("feast", "compared") or (self.history and reading.rule == "anchored"):
            return
        self.last = period
        if period.grain == "day":
            self.last_day = period


class Found:
    """A phrase as matched: its words by the names of the pattern's groups."""

    def __init__(self, lexed: Lexed, match: re.Match[str]) -> None:
        self.lexed, self.match = lexed, match
        self.first, self.after = match.start(), match.end()

    @property
    def start(self) -> int:
        """Its first character."""
        return self.lexed.words[self.first].start

    @property
    def end(self) -> int:
        """The character after its last."""
        return self.lexed.words[self.after - 1].end

    def words(self, group: str) -> tuple[Lexeme, ...]:
        """The words of a group; none where it took no part."""
        begin, end = self.match.span(group) if group in self.match.re.groupindex else (-1, -1)
        return self.lexed.words[begin:end] if begin >= 0 else ()

    def has(self, group: str) -> bool:
        """Whether the group took part."""
        return bool(self.words(group))

    def value(self, group: str, kind: str) -> Any:
        """What the first word of a group stands for as a `kind`; None where the group took no part."""
        words = self.words(group)
        return words[0].senses.get(kind) if words else None

    def before(self) -> Lexeme | None:
        """The word in front of the phrase."""
        return self.lexed.words[self.first - 1] if self.first else None

    def following(self) -> Lexeme | None:
        """The word behind the phrase."""
        return self.lexed.words[self.after] if self.after < len(self.lexed.words) else None


def dated(found: Found, period: Period | None, *, rule: str = "", span: tuple[int, int] | None = None) -> Reading:
    """The phrase as a date; an unknown period leaves it open."""
    start, end = span or (found.start, found.end)
    if period is None:
        return Reading(start, end, "DATE", None, rule=rule)
    return Reading(
        start, end, "DATE", period.value, period.first.isoformat(), period.last.isoformat(), PRECISION[period.grain],
        period, rule,
    )  # fmt: skip


def framed(found: Found, reading: Reading) -> Reading:
    """The reading with what `BEFORE` and `AFTER` add: 'the eve of May 3', 'early Friday', 'Friday night'."""
    if found.has("eve") and reading.period is not None:
        before = dated(found, day(reading.period.first - timedelta(days=1)), rule=reading.rule)
        return replace(before, why=reading.why)
    if reading.precision is not TimePrecision.DAY:
        return reading
    part = found.value("part", "PART") or found.value("partof", "PART")
    if part is not None:
        return part_of_day(reading, part)
    return replace(reading, precision=TimePrecision.PART_OF_DAY) if found.has("edge") else reading


def part_of_day(reading: Reading, part: str | None) -> Reading:
    """The reading with a part of the day: 'Friday' + 'night'. Its days stay whole days: no hour is claimed."""
    if part is None:
        return reading
    value = f"{reading.value or 'XXXX-XX-XX'}T{part}"
    others = tuple(Other(f"{other.value}T{part}", other.why) for other in reading.others)
    return replace(reading, type="TIME", value=value, precision=TimePrecision.PART_OF_DAY, others=others)


def open_date(found: Found, value: str, precision: TimePrecision = TimePrecision.UNKNOWN) -> Reading:
    """A date that nothing settles: 'on Saturday' in an undated report."""
    return Reading(found.start, found.end, "DATE", value, precision=precision, why="open")
