"""The codebook as patterns: which words, in which construction, say which type of event.

A pattern is a row of `packs/plover/types/TYPE.toml`: verbs or nouns (a phrase such as 'open fire' or 'air strike' is one
entry), the slots in which its actor and target stand, and what must or must not fill a slot (`where`, `unless`).
Word classes (`@weapons`) come from `packs/english/classes.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.knowledge.packs import PackError, Packs
from dateline.types import EventType

TYPES_FOLDER = "plover/types"

_VERB_SLOTS = {"actor": ("subject",), "target": ("object",)}
_NOUN_SLOTS = {"actor": ("by", "possessive", "modifier", "light-subject"), "target": ("on", "against", "of")}
_KEYS = frozenset("verbs nouns actor target together mode context where unless confidence note speech state".split())


@dataclass(frozen=True, slots=True)
class Pattern:
    """One construction of one event type.

    `phrase` is the trigger as lemmas, its head first for verbs and last for nouns; `actor` and `target` are slots in order
    of preference (see `roles`); with `together` every filler is an actor. `where` and `unless` map a slot to the words
    that must or must not head its filler.
    """

    type: EventType
    phrase: tuple[str, ...]
    noun: bool
    actor: tuple[str, ...]
    target: tuple[str, ...]
    together: bool
    mode: str | None
    context: tuple[str, ...]
    where: tuple[tuple[str, frozenset[str]], ...]
    unless: tuple[tuple[str, frozenset[str]], ...]
    confidence: float
    speech: bool
    state: bool

    @property
    def head(self) -> str:
        """The lemma that triggers the pattern."""
        return self.phrase[-1] if self.noun else self.phrase[0]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All patterns by the lemma of their trigger, the longest phrases first, and the word classes by name."""

    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    classes: Mapping[str, frozenset[str]]
    lemmas: frozenset[str]

    def types_of(self, lemma: str) -> frozenset[EventType]:
        """The types of event that have a pattern on `lemma`, as a verb or as a noun."""
        return frozenset(p.type for p in (*self.verbs.get(lemma, ()), *self.nouns.get(lemma, ())))


@lru_cache(maxsize=4)
def load_codebook(packs: Packs) -> Codebook:
    """The codebook of `packs`; a mistake in a pack raises `PackError` with the file and what is allowed."""
    classes = word_classes(packs)
    verbs: dict[str, list[Pattern]] = {}
    nouns: dict[str, list[Pattern]] = {}
    for name in packs.names(TYPES_FOLDER):
        for pattern in _patterns(name, packs.tables(name), classes):
            (nouns if pattern.noun else verbs).setdefault(pattern.head, []).append(pattern)
    return Codebook(
        verbs={k: _ordered(v) for k, v in verbs.items()},
        nouns={k: _ordered(v) for k, v in nouns.items()},
        classes=classes,
        lemmas=frozenset(verbs) | frozenset(nouns),
    )


@lru_cache(maxsize=4)
def word_classes(packs: Packs) -> Mapping[str, frozenset[str]]:
    """The classes of `english/classes.toml`, with the classes that they name inside."""
    raw: dict[str, list[str]] = packs.tables("english/classes.toml")["classes"]
    return {name: _expanded(f"@{name}", raw, "english/classes.toml") for name in raw}


def _expanded(word: str, raw: Mapping[str, list[str]], file: str) -> frozenset[str]:
    if not word.startswith("@"):
        return frozenset({word})
    if word[1:] not in raw:
        raise _unknown_class(word, raw, file)
    return frozenset().union(*(_expanded(w, raw, file) for w in raw[word[1:]]))


def _ordered(patterns: list[Pattern]) -> tuple[Pattern, ...]:
    return tuple(sorted(patterns, key=lambda p: (-len(p.phrase), -len(p.where), -len(p.unless))))


def _patterns(file: str, table: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> list[Pattern]:
    try:
        kind = EventType(table["type"])
    except (KeyError, ValueError) as error:
        raise PackError(f"{file}: `type` must be one of {', '.join(EventType)}") from error
    return [p for row in table.get("pattern", []) for p in _of_row(file, kind, row, classes)]


def _of_row(file: str, kind: EventType, row: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> list[Pattern]:
    unknown = set(row) - _KEYS
    if unknown:
        raise PackError(f"{file}: a pattern has {', '.join(sorted(unknown))}; allowed are {', '.join(sorted(_KEYS))}")
    where, unless = (_conditions(file, row.get(name, {}), classes) for name in ("where", "unless"))
    made = []
    for noun in (False, True):
        slots = _NOUN_SLOTS if noun else _VERB_SLOTS
        for phrase in row.get("nouns" if noun else "verbs", []):
            made.append(
                Pattern(
                    type=kind,
                    phrase=tuple(phrase.lower().split()),
                    noun=noun,
                    actor=tuple(row.get("actor", slots["actor"])),
                    target=tuple(row.get("target", slots["target"])),
                    together=bool(row.get("together", False)),
                    mode=row.get("mode"),
                    context=tuple(row.get("context", ())),
                    where=where,
                    unless=unless,
                    confidence=float(row.get("confidence", 0.75)),
                    speech=bool(row.get("speech", False)),
                    state=bool(row.get("state", False)),
                )
            )
    return made


def _conditions(
    file: str, table: Mapping[str, list[str]], classes: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (name, frozenset().union(*(_members(w.lower(), classes, file) for w in words)))
        for name, words in sorted(table.items())
    )


def _members(word: str, classes: Mapping[str, frozenset[str]], file: str) -> frozenset[str]:
    if not word.startswith("@"):
        return frozenset({word})
    if word[1:] not in classes:
        raise _unknown_class(word, classes, file)
    return classes[word[1:]]


def _unknown_class(word: str, classes: Iterable[str], file: str) -> PackError:
    return PackError(f"{file}: no word class {word}; there are {', '.join('@' + k for k in sorted(classes))}")
