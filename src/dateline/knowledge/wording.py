"""The plain words for coded events, and the small words around names: see the pack `plover/sentences.toml`.

>>> wording = Wording.load(Packs())
>>> wording.told(EventType.COERCE, "arrest").what
'arrest'
>>> wording.named("United States"), wording.named("Iran"), wording.named("envoy", "its envoy")
('the United States', 'Iran', 'the envoy')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.knowledge.packs import Packs
from dateline.types import EventType

Row = Mapping[str, Any]

LONGEST_DESCRIPTION = 7
"""Words of a description that a sentence takes over; of a longer one it takes the name alone."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How events of one type and mode are told: see the head of `plover/sentences.toml`."""

    what: str
    did: str
    alone: str
    suffered: str
    joined: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of every type and mode, and what the names around them need."""

    tellings: Mapping[tuple[EventType, str | None], Telling]
    the_last: frozenset[str]
    plurals: frozenset[str]
    singulars: frozenset[str]
    bare: frozenset[str]
    counting: frozenset[str]
    pointing: frozenset[str]
    pronouns: frozenset[str]

    @staticmethod
    def load(packs: Packs) -> Wording:
        """The wording of these packs; a missing row or key raises `KeyError` with its name."""
        return _load(packs)

    def told(self, kind: EventType, mode: str | None) -> Telling:
        """The words of a type and mode; those of the type alone where the mode has none of its own."""
        return self.tellings.get((kind, mode)) or self.tellings[kind, None]

    # ------------------------------------------------------------ names
    def named(self, name: str, description: str | None = None) -> str:
        """A party as a sentence names it: a proper name, or the words that describe it, with the article it needs."""
        if self._proper(name):
            return f"the {name}" if name.split()[-1] in self.the_last else name
        words = self._uncapital((self._usable(name, description) or name).split())
        if words[0].lower() in self.pointing and len(words) > 1:
            words = words[1:]
            return f"the {' '.join(words)}"
        return " ".join(words) if self._stands_alone(name, words) else f"the {' '.join(words)}"

    def called(self, name: str, description: str | None) -> str:
        """A party in a table: a proper name, or the words that describe it without 'its', 'his', 'the'."""
        if self._proper(name):
            return name
        words = self._uncapital((self._usable(name, description) or name).split())
        return " ".join(words[1:] if words[0].lower() in self.pointing and len(words) > 1 else words)

    def speaking(self, name: str) -> str:
        """A speaker as a sentence names it: 'the mayor of Orlu', 'two officials', 'the Pentagon', 'Ana Teku'."""
        return self.named(name if self._proper(_head(name)) else _head(name), name) if name.split() else name

    def many(self, name: str) -> bool:
        """Whether the party called `name` is several: 'officials', 'police', 'two cars'."""
        last = _head(name).split()[-1].lower() if name.split() else ""
        if last in self.plurals:
            return True
        return last.endswith("s") and not last.endswith(("ss", "us", "is", "'s")) and last not in self.singulars

    def counts(self, who: str) -> bool:
        """Whether `who` says how many it is of: 'two guards', '11 novices', 'all aboard'."""
        first = who.split()[0].lower() if who.split() else ""
        return first[:1].isdigit() or first.split("-")[0] in self.counting

    def _proper(self, name: str) -> bool:
        """Whether its last word has a capital: 'Abu Mahdi al-Muhandis', not 'Hashed official'."""
        last = name.split()[-1] if name.split() else ""
        return any(piece[:1].isupper() for piece in last.split("-")) and last.lower() not in self.plurals

    def _uncapital(self, words: list[str]) -> list[str]:
        """'Eleven soldiers', from the head of a sentence, as it stands within one."""
        return [words[0].lower(), *words[1:]] if words and self.counts(words[0]) else words

    def _usable(self, name: str, description: str | None) -> str | None:
        fits = description and name.lower() in description.lower() and len(description.split()) <= LONGEST_DESCRIPTION
        return description if fits else None

    def _stands_alone(self, name: str, words: Sequence[str]) -> bool:
        owned = any(word.endswith(("'s", "’s", "s'", "s’")) for word in words[:3])
        last = name.split()[-1].lower()
        return owned or self.counts(" ".join(words)) or self.many(name) or last in self.bare or last in self.pronouns


def _head(name: str) -> str:
    """'mayor of the town' -> 'mayor'."""
    for mark in (" of ", " in ", " at ", " for ", " with ", ","):
        name = name.split(mark)[0] or name
    return name


@lru_cache(maxsize=4)
def _load(packs: Packs) -> Wording:
    tables = packs.tables("plover/sentences.toml")
    names = tables["names"]
    return Wording(
        tellings={
            (kind, mode): _telling(own, row.get("with"))
            for kind in EventType
            for row in [tables[kind.value]]
            for mode, own in [(None, row), *row.get("modes", {}).items()]
        },
        the_last=frozenset(names["the_last"]),
        plurals=frozenset(names["plural"]),
        singulars=frozenset(names["singular"]),
        bare=frozenset(names["bare"]),
        counting=frozenset(names["counting"]),
        pointing=frozenset(names["pointing"]),
        pronouns=frozenset(names["pronouns"]),
    )


def _telling(row: Row, joined: str | None) -> Telling:
    did = row["did"]
    bare = did.replace(" {whom}", "")
    return Telling(
        what=row["what"],
        did=did,
        alone=row.get("alone", bare),
        suffered=row.get("suffered", "{whom} {were} " + bare),
        joined=joined,
    )
