"""What is known of statements: which events are made of words, how a text shows where they were said, who speaks where.

Read from `english/statements.toml`; all words are in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import Packs
from dateline.types import EventType


@dataclass(frozen=True)
class Statements:
    """Look-ups of the words of statements.

    `before` stand between a word of saying and a venue, `places` between listener or venue and a place. `national`, `local`
    and `abroad` words say for whom a speaker speaks; `seated` and `unseated` are PLOVER sectors.
    """

    types: frozenset[EventType]
    modes: frozenset[str]
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
        tables = packs.tables("english/statements.toml")
        events, said, speakers = tables["events"], tables["said"], tables["speakers"]
        return Statements(
            types=frozenset(map(EventType, events["types"])),
            modes=frozenset(events["modes"]),
            **{name: frozenset(said[name]) for name in ("listeners", "venues", "before", "places")},
            **{name: frozenset(speakers[name]) for name in ("national", "local", "abroad", "seated", "unseated")},
        )

    def holds(self, kind: EventType, mode: str | None) -> bool:
        """Whether an event of this type and mode is a statement."""
        return kind in self.types or mode in self.modes

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
