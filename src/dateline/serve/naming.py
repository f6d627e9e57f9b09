"""Words for filters and their values, as facets, chips and titles of pages have them.

A value is named by the index where it knows a name (an actor's id), else by what the codebook calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import Packs
from dateline.knowledge.wording import Wording
from dateline.store.asking import EXACTLY, NONE, REPORTS
from dateline.types import EventType

TITLES: Mapping[str, str] = {
    "type": "Type",
    "mode": "Mode",
    "actor": "Actor, on either side",
    "acting": "Who acts",
    "target": "Target",
    "country": "Country of the place",
    "speaker": "Who says so",
    "status": "Status",
    "modality": "Modality",
    "precision": "Precision of the days",
    "place_precision": "Precision of the place",
    "review": "Review",
    "place": "Place",
    "first": "From",
    "last": "To",
    "bbox": "Box",
    "text": "Words",
}
"""Field of a query -> how it is called."""

FLAGS: Mapping[str, str] = {"disputed": "disputed", "undated": "without a day", "unplaced": "without a place"}
"""Fields that are asked for or not, in words."""

_WITHOUT: Mapping[str, str] = {
    "mode": "without a mode",
    "country": "country not known",
    "place_precision": "not known",
    "review": "not reviewed",
}
"""What 'none' means, by field."""

_WORDS: Mapping[tuple[str, str], str] = {
    ("precision", "unknown"): "not known",
    ("precision", "part-of-day"): "part of a day",
    ("place_precision", "exact"): "the spot itself",
    ("place_precision", "near"): "near a named place",
    ("place_precision", "city"): "the town",
    ("place_precision", "district"): "the district",
    ("place_precision", "province"): "the province only",
    ("place_precision", "country"): "the country only",
}
"""Words of values that are no plain words themselves."""

NAMED = frozenset({"actor", "acting", "target", "speaker", "place"})
"""Fields that ask for a part of a name where no '=' stands before it."""


@dataclass(frozen=True, slots=True)
class Names:
    """How values are called."""

    packs: Packs
    wording: Wording

    def value(self, field: str, value: str, known: str | None = None) -> str:
        """A value in words; `known`: the name that the index has for it."""
        if value == NONE and field in _WITHOUT:
            return _WITHOUT[field]
        if field == "speaker" and value == REPORTS:
            return "the reports themselves"
        if field in NAMED and not value.startswith(EXACTLY):
            return f"with ‘{value}’ in it"
        return known or _WORDS.get((field, value)) or self._coded(field, value.removeprefix(EXACTLY))

    def _coded(self, field: str, value: str) -> str:
        if field == "type":
            return f"{value} ({self.wording.told(EventType(value), None).what})"
        country = _countries(self.packs).get(value) if field == "country" else None
        return f"{country} ({value})" if country else value


@lru_cache(maxsize=4)
def _countries(packs: Packs) -> Mapping[str, str]:
    """The names of countries by alpha-2."""
    return {row["alpha2"]: row["name"] for row in packs.rows("world/countries.csv")}
