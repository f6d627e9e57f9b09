"""What is known of sentences that only say when or where something told before came about: 'It happened on Friday'.

Read from `english/happening.toml`; all words are in small letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.packs import Packs
from dateline.types import EventType

FILE = "english/happening.toml"


@dataclass(frozen=True)
class Happenings:
    """Look-ups of the words of happening.

    `types` are the events that 'it' may stand for; `nouns` stand for any of them; `pointing` words make a noun go back.
    """

    types: frozenset[EventType]
    verbs: frozenset[str]
    phrases: frozenset[tuple[str, str]]
    nouns: frozenset[str]
    pronouns: frozenset[str]
    pointing: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=4)
    def load(packs: Packs) -> Happenings:
        """The words of `packs`."""
        row = packs.tables(FILE)["happening"]
        pairs = (phrase.split() for phrase in row["phrases"])
        return Happenings(
            types=frozenset(map(EventType, row["types"])),
            phrases=frozenset((verb, rest) for verb, rest in pairs),
            **{name: frozenset(row[name]) for name in ("verbs", "nouns", "pronouns", "pointing")},
        )

    def tells(self, verb: str, beside: Iterable[str]) -> bool:
        """Whether `verb` (its lemma), with the words beside it, says that something came about: 'take' with 'place'."""
        return verb in self.verbs or any((verb, word) in self.phrases for word in beside)
