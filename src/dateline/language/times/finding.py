"""Finding every time expression of a text and reading it: the way from the text to `TimeMention`s.

The text is cut into words (`lexing`), the rules of `dates`, `relative`, `amounts` and `clocks` are matched over their
codes, of overlapping matches the longest is read, neighbours are joined ('10 p.m.' + 'Wednesday'), and each clock time
is put on its day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import heapify, heappop, heappush

from dateline.language.parse import Parse
from dateline.language.times import (
    amounts,
    clocks,
    counted,
    dates,
    feasts,
    named,
    numeric,
    parts_of,
    quarters,
    recurring,
    relative,
    spans,
    weekdays,
    years,
)
from dateline.language.times.grammar import TimeGrammar
from dateline.language.times.lexing import Lexed, lex
from dateline.language.times.placing import on_their_days
from dateline.language.times.readings import Anchor, Found, Reading, Setting
from dateline.language.times.tense import tense_of
from dateline.types import TimeMention, TimePrecision

Resolver = Callable[[Found, Setting], list[Reading] | None]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A reading that was considered and put aside, and why."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A time expression with the rule that read it so, in plain words, and the readings put aside."""

    mention: TimeMention
    why: str
    rejected: tuple[Rejected, ...]


def find_times(parse: Parse, *, published: str | None, grammar: TimeGrammar) -> tuple[TimeMention, ...]:
    """Every time expression of the text in its order, resolved from the report's day as far as its words go."""
    return tuple(_mention(r, parse.text) for r in _readings(parse, published, grammar))


def explain_times(parse: Parse, *, published: str | None, grammar: TimeGrammar) -> tuple[Explained, ...]:
    """The same, each with the rule that read it so in plain words, and what was put aside."""
    return tuple(
        Explained(
            _mention(r, parse.text),
            grammar.why[r.why],
            tuple(Rejected(other.value, grammar.why[other.why]) for other in r.others),
        )
        for r in _readings(parse, published, grammar)
    )


def find_times_in(view: str, *, published: str | None, grammar: TimeGrammar) -> tuple[TimeMention, ...]:
    """The same on bare text, without a parse: every clause counts as past, a doubtful word as what it looks like."""
    breaks = [match.start() for match in re.finditer("\n", view)]

    def line(offset: int) -> int:
        return bisect_right(breaks, offset)

    found = _find(view, published, grammar, tag=lambda _: "", tense=lambda *_: "past", sentence=line)
    return tuple(_mention(r, view) for r in found)


def _readings(parse: Parse, published: str | None, grammar: TimeGrammar) -> list[Reading]:
    doc = parse.doc
    offsets: list[int] = [*map(int, doc.to_array("IDX"))]
    ends: list[int] = []

    def tag(offset: int) -> str:
        return doc[bisect_right(offsets, offset) - 1].tag_ if offsets else ""

    def tense(start: int, end: int) -> str | None:
        if not offsets:
            return None
        first, last = bisect_right(offsets, start) - 1, bisect_right(offsets, end - 1) - 1
        return tense_of(doc[max(first, 0) : last + 1].root, grammar.tense)

    def sentence(offset: int) -> int:
        if not ends:
            ends.extend(s.end_char for s in doc.sents)
        return bisect_right(ends, offset)

    return _find(doc.text, published, grammar, tag=tag, tense=tense, sentence=sentence)


def _find(
    text: str,
    published: str | None,
    grammar: TimeGrammar,
    *,
    tag: Callable[[int], str],
    tense: Callable[[int, int], str | None],
    sentence: Callable[[int], int],
) -> list[Reading]:
    lexed = lex(text, grammar, tag)
    anchor = Anchor.of(published)
    setting = Setting(anchor, tense, tag, grammar, history=_is_history(lexed, anchor))
    readings = _joined(_read(lexed, setting, grammar), text)
    return on_their_days(readings, anchor, sentence, history=setting.history)


# ---------------------------------------------------------------- phrases
@lru_cache(maxsize=4)
def _rules(grammar: TimeGrammar) -> tuple[tuple[re.Pattern[str], Resolver], ...]:
    tables = [r for module in _MODULES for r in module.RULES]
    return tuple((grammar.phrase(pattern), resolver) for pattern, resolver in tables)


_MODULES = (
    dates,
    spans,
    years,
    named,
    feasts,
    numeric,
    clocks,
    weekdays,
    parts_of,
    relative,
    counted,
    quarters,
    amounts,
    recurring,
)
"""The rules in order: of two phrases of one length the earlier is read."""


Candidate = tuple[int, int, int, re.Match[str]]
"""Where a match begins, minus where it ends, the number of its rule: candidates sort leftmost, longest first."""


def _read(lexed: Lexed, setting: Setting, grammar: TimeGrammar) -> list[Reading]:
    """The readings of the longest phrases, left to right; a phrase that turns out to be none makes way for the next."""
    rules = _rules(grammar)
    queue = [
        _candidate(number, match) for number, (rule, _) in enumerate(rules) for match in rule.finditer(lexed.codes)
    ]
    heapify(queue)
    readings: list[Reading] = []
    taken = 0
    while queue:
        start, _, number, match = heappop(queue)
        rule, resolver = rules[number]
        read = _resolved(resolver, Found(lexed, match), setting) if start >= taken else None
        if read is not None:
            taken = match.end()
            read = [reading if reading.why else replace(reading, why=resolver.__name__) for reading in read]
            readings += read
            for reading in read:
                setting.remember(reading)
        elif match.end() > max(taken, start + 1):  # a part of it may still be one: 'Friday' of 'the morning on Friday'
            shorter = rule.search(lexed.codes, max(taken, start + 1), match.end())
            if shorter is not None:
                heappush(queue, _candidate(number, shorter))
    return readings


def _candidate(number: int, match: re.Match[str]) -> Candidate:
    return match.start(), -match.end(), number, match


def _resolved(resolver: Resolver, found: Found, setting: Setting) -> list[Reading] | None:
    try:
        return resolver(found, setting)
    except (ValueError, OverflowError):
        return None  # a day outside the calendar: '31 February', the year 10000


_FAR = 1
"""Years from the report's own within which a year is news, not history."""


def _is_history(lexed: Lexed, anchor: Anchor) -> bool:
    """Whether the text tells of years long past: at least four such years named, and few weekdays beside them."""
    if anchor.day is None:
        return False
    years = [int(w.senses["YEAR"]) for w in lexed.words if "YEAR" in w.senses]
    far = sum(abs(year - anchor.day.year) > _FAR for year in years) + sum("BC" in w.senses for w in lexed.words)
    near = sum("WEEKDAY" in w.senses or "DAYWORD" in w.senses for w in lexed.words)
    return far >= 4 and far > len(years) - far and near * 4 < far


# ---------------------------------------------------------------- neighbours
_JOINT = re.compile(r",?[ ]|,[ ]?")


def _joined(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings with a clock time and the day beside it made one: '10 p.m. Wednesday', 'May 7, 6:00am'."""
    joined: list[Reading] = []
    for reading in readings:
        if joined and _JOINT.fullmatch(text[joined[-1].end : reading.start]):
            both = _clock_and_day(joined[-1], reading)
            if both is not None:
                joined[-1] = both
                continue
        joined.append(reading)
    return joined


def _clock_and_day(one: Reading, two: Reading) -> Reading | None:
    timed, dated = (one, two) if one.rule == "clock" else (two, one)
    if timed.rule != "clock" or dated.clock is not None or timed.period is not None or timed.utc is not None:
        return None
    if dated.precision not in (TimePrecision.DAY, TimePrecision.PART_OF_DAY):
        return None
    timed = clocks.in_part(timed, dated.value)
    if dated.period is None:
        hour, minute = timed.clock or (0, 0)
        return replace(
            timed,
            start=one.start,
            end=two.end,
            value=f"{(dated.value or '')[:10]}T{hour:02d}:{minute:02d}",
            rule="",
            why="clock-own",
        )
    return replace(timed, start=one.start, end=two.end, period=dated.period)


def _mention(reading: Reading, text: str) -> TimeMention:
    return TimeMention(
        start=reading.start,
        end=reading.end,
        quote=text[reading.start : reading.end],
        type=reading.type,
        value=reading.value,
        first=reading.first,
        last=reading.last,
        precision=reading.precision,
    )
