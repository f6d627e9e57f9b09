"""What merge must know of words and event types: see the packs `english/speakers.toml` and `plover/kinship.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dateline.knowledge.packs import Packs
from dateline.types import EventType

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BRACKETS = re.compile(r"\([^)]*\)")
_SHORT_FORMS = (
    (re.compile(r"\bunited states(?: of america)?\b|\bu\.s\.(?:a\.)?"), " us "),
    (re.compile(r"\bunited kingdom\b|\bu\.k\."), " uk "),
    (re.compile(r"\bunited nations\b|\bu\.n\."), " un "),
    (re.compile(r"'s\b|'(?=\s|$)"), ""),
)


@dataclass(frozen=True, slots=True)
class TypeManner:
    """How events of one type are told apart: see the head of `plover/kinship.toml`."""

    told: bool
    by_actor: bool
    by_mode: bool


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The word lists by which names of speakers and parties are compared."""

    empty: frozenset[str]
    mouths: frozenset[str]
    nameless: frozenset[str]
    vague: frozenset[str]
    pronouns: frozenset[str]
    anyone: frozenset[str]
    organs: Mapping[str, str]
    bodies: frozenset[str]
    endings: frozenset[str]
    shortest: int
    peoples: Mapping[str, str]
    sites: frozenset[str]
    itself: re.Pattern[str]
    withdrawal: re.Pattern[str]
    correction: re.Pattern[str]
    _seen: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def content(self, name: str) -> frozenset[str]:
        """The words of `name` that say who it is, each in one form: 'the two Iraqi soldiers' -> {'iraqi', 'army'}."""
        known = self._seen.get(name)
        if known is None:
            known = self._seen[name] = frozenset(self._forms(name))
        return known

    def names_nobody(self, name: str) -> bool:
        """Whether `name` has no word of its own: 'they', 'each of which', '82'."""
        return self.content(name) <= self.pronouns

    def _forms(self, name: str) -> list[str]:
        found = _TOKEN.findall(plain(_BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip() else name))
        pieces = [piece for word in found for piece in ([word] if word in self.nameless else word.split("-"))]
        return [self._form(word) for word in pieces if word not in self.empty and not word.isdigit()]

    def _form(self, word: str) -> str:
        single = singular(word)
        return self.organs.get(word) or self.organs.get(single) or self.peoples.get(word) or single


def plain(text: str) -> str:
    """`text` in small letters without accents, possessives and the dots of 'U.S.'."""
    small = text.casefold() if text.isascii() else _unaccented(text).casefold()
    for pattern, instead in _SHORT_FORMS:
        small = pattern.sub(instead, small)
    return small


@lru_cache(maxsize=1 << 14)
def plain_name(name: str) -> str:
    """`plain` of a name, which comes again and again."""
    return plain(name)


def _unaccented(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def singular(word: str) -> str:
    """An English plural's singular, as far as its ending tells: 'sources' -> 'source', 'families' -> 'family'."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return {"men": "man", "women": "woman", "gunmen": "gunman", "policemen": "policeman"}.get(word, word)


@lru_cache(maxsize=4)
def load_words(packs: Packs) -> Words:
    """The lists of `english/speakers.toml`."""
    tables = packs.tables("english/speakers.toml")
    people = tables["people"]
    return Words(
        empty=frozenset(tables["empty"]),
        mouths=_forms(tables["mouths"]),
        nameless=_forms(tables["nameless"]),
        vague=_forms(tables["vague"]),
        pronouns=frozenset(tables["pronouns"]),
        anyone=_forms(tables["anyone"]),
        organs=dict(tables["organs"]),
        bodies=frozenset(tables["organs"].values()),
        endings=frozenset(people["endings"]),
        shortest=people["shortest"],
        peoples=dict(people["irregular"]),
        sites=_forms(tables["sites"]["nouns"]),
        itself=re.compile(tables["itself"]["pattern"], re.IGNORECASE),
        withdrawal=re.compile(tables["withdrawal"]["pattern"], re.IGNORECASE),
        correction=re.compile(tables["correction"]["pattern"], re.IGNORECASE),
    )


def _forms(listed: list[str]) -> frozenset[str]:
    """The words as they are looked up: in the singular, as far as `singular` knows it."""
    return frozenset(map(singular, listed))


@lru_cache(maxsize=4)
def load_manners(packs: Packs) -> Mapping[EventType, TypeManner]:
    """The rows of `plover/kinship.toml`, one for each event type."""
    tables = packs.tables("plover/kinship.toml")
    return {
        kind: TypeManner(
            told=row["told"],
            by_actor=row["by_actor"],
            by_mode=row.get("by_mode", False),
        )
        for kind in EventType
        for row in [tables[kind.value]]
    }


# ---------------------------------------------------------------- comparing words and names
def same_word(one: str, other: str, words: Words) -> bool:
    """Whether two words are forms of one: equal, a country and its people, or two spellings of one foreign name."""
    return one == other or _one_people(one, other, words) or _one_spelling(*sorted((one, other)))


def _one_people(one: str, other: str, words: Words) -> bool:
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return shared >= words.shortest and {one[shared:], other[shared:]} <= words.endings


@lru_cache(maxsize=4096)
def _one_spelling(one: str, other: str) -> bool:
    """'Kataeb' and 'Kataib', 'Soleimani' and 'Suleimani': one letter in six is written otherwise, the first is not."""
    if min(len(one), len(other)) < 5 or one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    return edits(one, other) <= max(len(one), len(other)) // 6 + (len(one) in (5, 6) and len(other) in (5, 6))


def edits(one: str, other: str) -> int:
    """Letters to change, add or drop to make `one` of `other` (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
    return row[-1]


GENERAL = 0.3
"""Weight of a word that many bodies share ('army', 'minister'), against 1 for a name's own."""
MATCH = 0.6
"""Share of the shorter name's weight that two names of one party have in common."""


def names_match(one: frozenset[str], other: frozenset[str], words: Words) -> bool:
    """Whether the words of two names have most of the shorter in common, general words counting for little."""
    if not one or not other:
        return False
    common = sum(_weight(word, words) for word in one if any(same_word(word, w, words) for w in other))
    least = min(sum(_weight(w, words) for w in one), sum(_weight(w, words) for w in other))
    return common >= MATCH * least


def _weight(word: str, words: Words) -> float:
    general = word in words.mouths or word in words.nameless or word in words.vague or word in words.bodies
    return GENERAL if general else 1.0
