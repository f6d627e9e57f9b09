"""What is known of statements: which events are made of words, how a text shows where they were said, who speaks where.

Read from `english/statements.toml`; all words are in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import Packs
from dateline.types import EventType

FILE = "english/statements.toml"
_EVENTS = ("types", "pacts", "talks", "spoken_of", "disclaimed")


@dataclass(frozen=True)
class Statements:
    """Look-ups of the words of statements.

    `types` and `modes` are the statements, `pacts` and `talks` what is told on its day like them; `spoken_of` are the deeds
    that they follow, `disclaimed` those that one can say not to have done. `before` stand between a word of saying and a
    venue, `places` between listener or venue and a place. `national`, `local` and `abroad` words say for whom a speaker
    speaks; `seated` and `unseated` are PLOVER sectors.
    """

    types: frozenset[EventType]
    modes: frozenset[str]
    pacts: frozenset[EventType]
    talks: frozenset[EventType]
    spoken_of: frozenset[EventType]
    disclaimed: frozenset[EventType]
    listeners: frozenset[str]
    venues: frozenset[str]
    before: frozenset[str]
    places: frozenset[str]
    national: frozenset[str]
    local: frozenset[str]
    abroad: frozenset[str]
    seated: frozenset[str]
    unseated: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=4)
    def load(packs: Packs) -> Statements:
        """The words of `packs`."""
        tables = packs.tables(FILE)
        events, said, speakers = tables["events"], tables["said"], tables["speakers"]
        return Statements(
            **{name: frozenset(map(EventType, events[name])) for name in _EVENTS},
            modes=frozenset(events["modes"]),
            **{name: frozenset(said[name]) for name in ("listeners", "venues", "before", "places")},
            **{name: frozenset(speakers[name]) for name in ("national", "local", "abroad", "seated", "unseated")},
        )

    def holds(self, kind: EventType, mode: str | None) -> bool:
        """Whether an event of this type and mode is a statement."""
        return kind in self.types or mode in self.modes

    def is_told_on_its_day(self, kind: EventType, mode: str | None) -> bool:
        """Whether a report tells of such an event on its day or the day after, and names that day or none."""
        return self.holds(kind, mode) or kind in self.pacts or kind in self.talks

    def looks_ahead(self, kind: EventType) -> bool:
        """Whether a day to come is of what such an event says: 'warned them to leave from Sunday', 'agreed to meet on'."""
        return kind in self.types or kind in self.pacts

    def is_national(self, words: str) -> bool:
        """'the Supreme Court', 'foreign minister'."""
        return _has_any(words, self.national)

    def is_local(self, words: str) -> bool:
        """'the mayor', 'provincial police', 'a brigade's commander'; not 'federal police'."""
        return not self.is_national(words) and _has_any(words, self.local)

    def is_abroad(self, words: str) -> bool:
        """'the Kenyan embassy', 'an envoy': a national voice, but not in its capital."""
        return _has_any(words, self.abroad)


def _has_any(words: str, wanted: frozenset[str]) -> bool:
    plain = f" {' '.join(re.findall(r'[a-z]+', words.lower()))} "
    return any(f" {word} " in plain for word in wanted)
