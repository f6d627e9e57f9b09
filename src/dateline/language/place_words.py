"""The words by which a text shows its places: heads, cues, traps, demonyms, short forms, as the packs list them.

Read from `english/places.toml` and `world/countries.csv`; all keys are small letters, several words joined by a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.knowledge.packs import Packs, Row
from dateline.knowledge.place_names import key
from dateline.types import PlaceKind, PlaceUse


@dataclass(frozen=True, slots=True)
class Demonym:
    """'Turkish' or 'Turks': the area it belongs to, and how it names it."""

    area: str
    use: PlaceUse


@dataclass(frozen=True)
class PlaceWords:
    """Look-ups of the place words."""

    after: Mapping[str, PlaceKind]
    before: Mapping[str, PlaceKind]
    demonyms: Mapping[str, Demonym]
    short: Mapping[str, str]
    after_comma: Mapping[str, str]
    function: frozenset[str]
    locative: frozenset[str]
    weak: frozenset[str]
    nearby: frozenset[str]
    roads: frozenset[str]
    titles: frozenset[str]
    speaking: frozenset[str]
    organisation: frozenset[str]
    particles: frozenset[str]
    qualifiers: frozenset[str]
    streets: frozenset[str]
    natural: frozenset[str]
    peopled: frozenset[str]
    joined: frozenset[str]
    civic: frozenset[str]
    saintly: frozenset[str]
    hallowed: frozenset[str]
    offices: frozenset[str]
    missions: frozenset[str]
    illnesses: frozenset[str]
    opening: frozenset[str]
    plurals: Mapping[str, PlaceKind]
    trap_words: frozenset[str]
    trap_names: frozenset[str]
    directions: Mapping[str, float]
    units: Mapping[str, float]

    @staticmethod
    @lru_cache(maxsize=4)
    def load(packs: Packs) -> PlaceWords:
        """The words of `packs`."""
        tables = packs.tables("english/places.toml")
        cues, traps = tables["cues"], tables["traps"]
        before = _heads(tables["before"]) | dict.fromkeys(map(str.lower, tables["sites"]["before"]), PlaceKind.SITE)
        return PlaceWords(
            after=_heads(tables["areas"]) | dict.fromkeys(map(str.lower, tables["sites"]["after"]), PlaceKind.SITE),
            before=before,
            opening=frozenset(words.split()[0] for words in before),
            plurals=_heads(tables["plurals"]),
            demonyms=_demonyms(packs.rows("world/countries.csv"), tables),
            short=tables["short"],
            after_comma=tables["after_comma"],
            trap_words=frozenset(traps["words"]),
            trap_names=frozenset(traps["names"]),
            directions=tables["directions"],
            units=tables["units"],
            **{name: frozenset(map(str.lower, cues[name])) for name in _CUES},
        )


_CUES = (
    "function",
    "locative",
    "weak",
    "nearby",
    "roads",
    "titles",
    "speaking",
    "organisation",
    "particles",
    "qualifiers",
    "streets",
    "natural",
    "peopled",
    "joined",
    "civic",
    "saintly",
    "hallowed",
    "offices",
    "missions",
    "illnesses",
)


def _heads(table: Mapping[str, Iterable[str]]) -> dict[str, PlaceKind]:
    return {word.lower(): PlaceKind(kind) for kind, words in table.items() for word in words}


def _demonyms(countries: Iterable[Row], tables: Mapping[str, Any]) -> dict[str, Demonym]:
    """By key; where two areas share a word ('Congolese') the first listed keeps it; adjectives go before people."""
    found: dict[str, Demonym] = {}
    rows = list(countries)
    for column, use in (("adjectives", PlaceUse.ADJECTIVE), ("people", PlaceUse.PEOPLE)):
        for row in rows:
            for word in filter(None, row[column].split("|")):
                found.setdefault(key(word), Demonym(row["name"], use))
        for word, area in tables[column].items():
            found.setdefault(key(word), Demonym(area, use))
    return found
