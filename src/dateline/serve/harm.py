"""Harm by claimant over time: every word on every kind of harm, the newest that counts and the older that it replaced.

Nought, not stated and a number that is not said are three things, in words and as drawn. `chart` gives the figures of the
drawing, in the units of its view box; the templates write the elements.
"""

from __future__ import annotations

from calendar import month_abbr
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dateline.phrasing import OWN_VOICE, amount
from dateline.serve.voices import DISPUTING, Quote, Voiced, distinct, stands
from dateline.types import Event, EventHarm, Harm, HarmKind


@dataclass(frozen=True, slots=True)
class Word:
    """What one claimant said of one kind of harm: from `low` to `high` (null: no bound), of whom, first on which day.

    `newest`: whether it counts. `replaced`: it does not, for the claimant said another since; else what told it was edited
    away or withdrawn. `against`: said in denying or doubting.
    """

    kind: HarmKind
    claimant: str
    low: int | None
    high: int | None
    who: str | None
    total: bool
    part: bool
    day: str | None
    newest: bool
    against: bool
    quotes: tuple[Quote, ...]
    replaced: bool = False

    @property
    def amount(self) -> str:
        """'80 or more', 'nobody', 'nothing', 'a number that is not stated'."""
        if self.low is None and self.high is None:
            return "a number that is not stated"
        if self.high == 0:
            return "nothing" if self.kind in THINGS else "nobody"
        return amount(self.low, self.high)

    @property
    def of(self) -> str:
        """Of whom, and whether it is a total or a part of one."""
        marks = [mark for mark, there in (("total", self.total), ("part of a total", self.part)) if there]
        return ", ".join(filter(None, (self.who, *marks)))


THINGS = frozenset({HarmKind.DAMAGED, HarmKind.DESTROYED})
OF_PEOPLE = frozenset({HarmKind.KILLED, HarmKind.INJURED})
"""Kinds of which it is drawn, too, who states none."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One kind of harm: the words of each claimant, the newest last; `silent` are claimants who state no such toll."""

    kind: HarmKind
    words: tuple[Word, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Newest words on one kind of harm whose ranges do not meet, as 'amount -> who says so'."""

    kind: HarmKind
    sides: tuple[tuple[str, tuple[str, ...]], ...]


def ladders(event: Event, told: Sequence[Voiced]) -> list[Ladder]:
    """The harm of an event by kind, in the order of kinds."""
    words = [*_said(event, told), *_settled_alone(event, told)]
    claimants = list(dict.fromkeys(one.speaker for one in stands(event, told) if not one.taken_back))
    return [
        _ladder(kind, [one for one in words if one.kind is kind], claimants) for kind in HarmKind if _has(words, kind)
    ]


def _has(words: Iterable[Word], kind: HarmKind) -> bool:
    return any(one.kind is kind for one in words)


def _ladder(kind: HarmKind, words: Sequence[Word], claimants: Sequence[str]) -> Ladder:
    highest: dict[str, float] = {}
    for one in words:
        if one.newest:
            highest[one.claimant] = max(highest.get(one.claimant, 0), most(one) or 0)
    words = [replace(one, replaced=not one.newest and one.claimant in highest) for one in words]
    ordered = sorted(words, key=lambda one: (-highest.get(one.claimant, 0), one.claimant, one.newest, one.day or "~"))
    return Ladder(
        kind, tuple(ordered), tuple(name for name in claimants if name not in {one.claimant for one in words})
    )


# ---------------------------------------------------------------- words
_Key = tuple[HarmKind, str, int | None, int | None, bool, str]


def _said(event: Event, told: Sequence[Voiced]) -> Iterator[Word]:
    """Each different word of each claimant, once; told again it keeps the day of the first time."""
    by_key: dict[_Key, list[tuple[Voiced, Harm]]] = {}
    for one in sorted(told, key=lambda one: one.day or "~"):
        for toll in one.claim.harm:
            by_key.setdefault(_key(one, toll), []).append((one, toll))
    for held in by_key.values():
        entry = _entry(event, held)
        if entry is None and _only_repeats(event, *held[0]):
            continue
        yield _word(held, entry)


def _key(one: Voiced, toll: Harm) -> _Key:
    group = "" if toll.high == 0 else (toll.who or "").casefold()
    return toll.kind, one.speaker, toll.low, toll.high, toll.part, group


def _entry(event: Event, held: Sequence[tuple[Voiced, Harm]]) -> EventHarm | None:
    """The toll of the event that these claims give, if they give one."""
    ids, toll = {one.claim.id for one, _ in held}, held[0][1]
    same = (toll.kind, toll.low, toll.high, toll.part)
    return next(
        (one for one in event.harm if (one.kind, one.low, one.high, one.part) == same and ids & set(one.claims)), None
    )


def _only_repeats(event: Event, one: Voiced, toll: Harm) -> bool:
    """Whether a report in its own voice only says again what a speaker says: no word of its own."""
    same = (toll.kind, toll.low, toll.high)
    return one.speaker == OWN_VOICE and any((e.kind, e.low, e.high) == same for e in event.harm)


def _word(held: Sequence[tuple[Voiced, Harm]], entry: EventHarm | None) -> Word:
    (first, toll), *_ = held
    return Word(
        kind=toll.kind,
        claimant=first.speaker if entry is None else entry.said_by or OWN_VOICE,
        low=toll.low,
        high=toll.high,
        who=toll.who,
        total=toll.total,
        part=toll.part,
        day=first.day,
        newest=entry is not None,
        against=all(one.claim.stance in DISPUTING for one, _ in held),
        quotes=distinct(quote for one, _ in held for quote in one.quotes("harm")),
    )


def _settled_alone(event: Event, told: Sequence[Voiced]) -> Iterator[Word]:
    """Tolls that the event has otherwise than any of its claims: as people corrected them."""
    given = {(one.claim.id, toll.kind, toll.low, toll.high, toll.part) for one in told for toll in one.claim.harm}
    for entry in event.harm:
        if not any((key, entry.kind, entry.low, entry.high, entry.part) in given for key in entry.claims):
            held = [one for one in told if one.claim.id in entry.claims]
            yield Word(
                kind=entry.kind,
                claimant=entry.said_by or OWN_VOICE,
                low=entry.low,
                high=entry.high,
                who=entry.who,
                total=entry.total,
                part=entry.part,
                day=min((one.day for one in held if one.day), default=None),
                newest=True,
                against=False,
                quotes=distinct(quote for one in held for quote in one.quotes("harm")),
            )


def most(word: Word) -> int | None:
    """The highest number that a word names."""
    return word.high if word.high is not None else word.low


# ---------------------------------------------------------------- words that do not agree
def clashes(found: Iterable[Ladder]) -> list[Clash]:
    """The kinds of harm on which newest words do not meet. Parts of totals are no other word on them."""
    return [clash for one in found for clash in _clash(one)]


def _clash(found: Ladder) -> Iterator[Clash]:
    words = [one for one in found.words if one.newest and not one.part and most(one) is not None]
    if any(not _meet(one, other) for one in words for other in words if one.claimant != other.claimant):
        ordered = sorted(words, key=lambda one: (-(most(one) or 0), one.low or 0, one.amount))
        yield Clash(
            found.kind,
            tuple((said, tuple(dict.fromkeys(one.claimant for one in by))) for said, by in groupby(ordered, _amount)),
        )


def _amount(word: Word) -> str:
    return word.amount


def _meet(one: Word, other: Word) -> bool:
    """Whether both can be true of one toll."""
    low, high = max(one.low or 0, other.low or 0), [end for end in (one.high, other.high) if end is not None]
    return not high or low <= min(high)


# ---------------------------------------------------------------- the drawing
WIDTH, LABELS, ROW, BAR = 720, 260, 30, 16
"""Units of the view box: the whole, the column of names, a row, a bar in it."""
ROOM = 120
"""Units right of the longest bar, for its words."""
LETTERS = 34
"""Letters of a name that fit beside a bar."""
SILENT_SHOWN = 6
"""Claimants without a toll that are drawn; the table names all."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the drawing. `shape`: 'bar' (an exact number), 'range', 'open' (no upper bound), 'zero', 'unknown' (the
    number is not said) or 'silent' (nothing is stated). `x`, `width` are of the bar, `ends` of its words.
    """

    shape: str
    name: str
    full_name: str
    label: str
    y: float
    x: float
    width: float
    ends: float
    older: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of one ladder: its height, its bars, and the ticks of its axis (x and number)."""

    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]


def chart(ladder: Ladder) -> Chart:
    """The drawing of one kind of harm: a row for each word, and for each claimant who states none."""
    top = max([most(one) or 0 for one in ladder.words] + [1])
    step = _step(top)
    ticks = range(0, top + 1, step)
    scale = (WIDTH - LABELS - ROOM) / top
    bars = [_bar(row, word, scale) for row, word in enumerate(ladder.words)]
    silent = ladder.silent[:SILENT_SHOWN] if ladder.kind in OF_PEOPLE else ()
    bars += [_silent(len(bars) + row, name) for row, name in enumerate(silent)]
    return Chart(ROW * len(bars), tuple(bars), tuple((LABELS + tick * scale, tick) for tick in ticks))


def _step(top: int) -> int:
    """A round number of which about four make `top`."""
    for power in range(len(str(top)) + 1):
        for round_number in (1, 2, 5):
            if round_number * 10**power * 5 >= top:
                return int(round_number * 10**power)
    return top


def _bar(row: int, word: Word, scale: float) -> Bar:
    low, high = word.low or 0, most(word)
    shape, x, width = "unknown", float(LABELS), 60.0
    if high == 0:
        shape, width = "zero", 0.0
    elif high is not None:
        shape = "bar" if word.low == word.high else "open" if word.high is None else "range"
        x, width = (LABELS + low * scale, (high - low) * scale) if shape == "range" else (x, high * scale)
    return Bar(
        shape=shape,
        name=_name(word),
        full_name=", ".join(filter(None, (word.claimant, word.day))),
        label=_label(word),
        y=row * ROW,
        x=x,
        width=max(width, 0 if shape == "zero" else 2),
        ends=x + width + 8,
        older=not word.newest,
    )


def _name(word: Word) -> str:
    day = f", {_short_day(word.day)}" if word.day else ""
    name = word.claimant if len(word.claimant) <= LETTERS - 7 else f"{word.claimant[: LETTERS - 8].rstrip()}…"
    return name + day


def _short_day(day: str) -> str:
    """'8 Jan'."""
    return f"{int(day[8:10])} {month_abbr[int(day[5:7])]}"


def _label(word: Word) -> str:
    said = f"0 ({word.amount})" if word.high == 0 else word.amount
    part = ", part of a total" if word.part else ""
    stale = "" if word.newest else ", earlier word" if word.replaced else ", no longer told"
    return said + part + stale


def _silent(row: int, name: str) -> Bar:
    shown = name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
    return Bar("silent", shown, name, "not stated", row * ROW, LABELS, 40, LABELS + 48)
