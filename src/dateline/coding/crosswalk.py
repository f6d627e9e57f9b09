"""The crosswalk: a type and mode in the words of CAMEO, ACLED and the QuadClass (`plover/crosswalk/codes.csv`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.knowledge.packs import Packs, Row
from dateline.types import Actor, Codes, EventType

_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "PRM", "SPY"})
_BATTLE = ("Battles", "Armed clash")
_ON_CIVILIANS = ("Violence against civilians", "Attack")


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Rows by 'TYPE/mode', and by 'TYPE' where the mode has none."""

    rows: Mapping[str, Codes]

    @staticmethod
    def load(packs: Packs) -> Crosswalk:
        """The crosswalk of `packs`."""
        return _load(packs)

    def codes(
        self,
        kind: EventType,
        mode: str | None,
        *,
        actors: Sequence[Actor],
        targets: Sequence[Actor],
    ) -> Codes:
        """The codes of an event; ACLED's sub-event also looks at the parties: two armed sides make a clash.

        A firearm used on people who bear none is an attack on civilians (ACLED codebook, sub-event types).
        """
        found = self.rows.get(f"{kind}/{mode}") or self.rows.get(str(kind)) or Codes()
        if kind is not EventType.ASSAULT or mode not in (None, "firearms", "beat", "targeted"):
            return found
        both = _is_armed(actors) and _is_armed(targets)
        event, sub = _BATTLE if both else _ON_CIVILIANS
        return replace(found, acled_event_type=event, acled_sub_event_type=sub)


def _is_armed(parties: Sequence[Actor]) -> bool:
    return any(p.codes.role in _ARMED for p in parties)


@lru_cache(maxsize=4)
def _load(packs: Packs) -> Crosswalk:
    return Crosswalk(rows={row["key"]: _codes(row) for row in packs.rows("plover/crosswalk/codes.csv")})


def _codes(row: Row) -> Codes:
    return Codes(
        cameo=row["cameo"] or None,
        acled_event_type=row["acled_event_type"] or None,
        acled_sub_event_type=row["acled_sub_event_type"] or None,
        quad_class=int(row["quad_class"]),
    )
