"""The crosswalk: a claim in the words of CAMEO, ACLED, UCDP GED and the QuadClass (`plover/crosswalk/codes.csv`).

A row of the table says what codes a type (and mode) has, and under which conditions: on the words of the deed, on who did
it and to whom, on the means, on the context. Each code is taken from the first row that holds and gives it, so a row says
only what it changes: 'police firing on protesters' changes the ACLED sub-event and leaves CAMEO as it is.

>>> holds = Rule(kind=EventType.ASSAULT, modes=frozenset({"firearms"}), targets=frozenset({"protester"}))
>>> holds.fits(Deed(EventType.ASSAULT, "firearms", targets=frozenset({"CVL", "protester"})))
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import PackError, Packs, Row
from dateline.types import Actor, Codes, EventType, Means

FILE = "plover/crosswalk/codes.csv"
NO_MODE = "-"
"""Stands in the column `mode` for claims without one; an empty cell is for every mode."""

NO_CODES = Codes()

NOBODY = "none"
"""Stands in the columns `actors` and `targets` for a side that nobody is named on."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What the conditions of a row look at: the sides as sectors, kinds and head nouns, the means as types and nouns."""

    kind: EventType
    mode: str | None
    words: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: its conditions, of which an empty one always holds, and the codes that it gives."""

    kind: EventType
    modes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    codes: Codes = NO_CODES

    def fits(self, deed: Deed) -> bool:
        """Whether every condition that the row sets holds of `deed`."""
        if self.modes and (deed.mode or NO_MODE) not in self.modes:
            return False
        asked = (
            (self.words, deed.words),
            (self.actors, deed.actors),
            (self.targets, deed.targets),
            (self.means, deed.means),
            (self.context, deed.context),
        )
        return all(not wanted or wanted & found for wanted, found in asked)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The rows of each type, in the order of the table."""

    rules: Mapping[EventType, tuple[Rule, ...]]

    @staticmethod
    def load(packs: Packs) -> Crosswalk:
        """The crosswalk of `packs`."""
        return _load(packs)

    def codes(
        self,
        kind: EventType,
        mode: str | None,
        *,
        actors: Sequence[Actor] = (),
        targets: Sequence[Actor] = (),
        means: Sequence[Means] = (),
        words: Iterable[str] = (),
        context: Iterable[str] = (),
    ) -> Codes:
        """The codes of an event; `words` are the lemmas of its trigger and of what hangs on it."""
        deed = Deed(
            kind=kind,
            mode=mode,
            words=frozenset(words),
            actors=_side(actors),
            targets=_side(targets),
            means=frozenset(w for m in means for w in (str(m.type), *m.name.lower().split())),
            context=frozenset(context),
        )
        return self.of(deed)

    def of(self, deed: Deed) -> Codes:
        """The codes of `deed`: each from the first row that holds and gives it."""
        fitting = [r.codes for r in self.rules.get(deed.kind, ()) if r.fits(deed)]
        acled = next((c for c in fitting if c.acled_event_type), NO_CODES)
        return Codes(
            cameo=next((c.cameo for c in fitting if c.cameo), None),
            acled_event_type=acled.acled_event_type,
            acled_sub_event_type=acled.acled_sub_event_type,
            quad_class=next((c.quad_class for c in fitting if c.quad_class), None),
            ged_type=next((c.ged_type for c in fitting if c.ged_type), None),
        )


def _side(parties: Sequence[Actor]) -> frozenset[str]:
    """Sectors, kinds and head nouns of a side; a plural noun is asked for in its singular too."""
    found: set[str] = set()
    for party in parties:
        head = party.name.lower().split()[-1] if party.name else ""
        found |= {str(party.kind), *map(str, party.codes.roles), head, head.removesuffix("s")}
        if party.codes.role:
            found.add(str(party.codes.role))
    return frozenset(found) or frozenset({NOBODY})


@lru_cache(maxsize=4)
def _load(packs: Packs) -> Crosswalk:
    rules: dict[EventType, list[Rule]] = {}
    for row in packs.rows(FILE):
        rule = _rule(row)
        rules.setdefault(rule.kind, []).append(rule)
    return Crosswalk(rules={kind: tuple(found) for kind, found in rules.items()})


def _rule(row: Row) -> Rule:
    def cell(name: str) -> frozenset[str]:
        return frozenset(filter(None, row[name].split("|")))

    try:
        kind = EventType(row["type"])
    except ValueError as error:
        raise PackError(f"{FILE}: row {row['key']}: `type` must be one of {', '.join(EventType)}") from error
    return Rule(
        kind=kind,
        modes=cell("mode"),
        words=cell("words"),
        actors=cell("actors"),
        targets=cell("targets"),
        means=cell("means"),
        context=cell("context"),
        codes=_codes(row),
    )


def _codes(row: Row) -> Codes:
    return Codes(
        cameo=row["cameo"] or None,
        acled_event_type=row["acled_event_type"] or None,
        acled_sub_event_type=row["acled_sub_event_type"] or None,
        quad_class=int(row["quad_class"]) if row["quad_class"] else None,
        ged_type=int(row["ged_type"]) if row["ged_type"] else None,
    )
