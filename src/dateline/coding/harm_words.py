"""The harm words of a pack (`english/harm.toml`), by what triggers them: verbs, nouns, and states said of people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.knowledge.packs import PackError, Packs
from dateline.types import HarmKind

FILE = "english/harm.toml"
_VERB_KEYS = frozenset(
    "kind victim needs lemmas implied general negated beside from to by unless instead part counted past".split()
)


@dataclass(frozen=True, slots=True)
class VerbRule:
    """A verb of harm: `victim` stands in its "object" or "subject"; `needs` says what the victim must be.

    With `negated` it says so only where it is denied: 'did not survive'. With `general` a toll of none counts for the
    killed too; with `beside`, `origin` or `goal` (after 'to') one of these words must stand below it, with `unless`
    none; with `by` one of these must do it ('medics treated'; then nothing need stand beside). `instead` is the harm to
    victims of another sort, and that sort: 'destroyed two tanks and 30 fighters'. The toll is `part` of a larger one;
    the active must be `counted`, the tense `past` ('the clinic treats 300 people' is a habit).
    """

    kind: HarmKind
    victim: str
    needs: str
    implied: bool
    general: bool
    negated: bool
    beside: frozenset[str]
    origin: frozenset[str]
    goal: frozenset[str]
    by: frozenset[str]
    unless: frozenset[str]
    instead: tuple[HarmKind, str] | None
    part: bool
    counted: bool
    past: bool


@dataclass(frozen=True, slots=True)
class NounRule:
    """A noun of harm: its victims stand after 'of' or in the possessive; with `counted`, '12 deaths' are 12 dead."""

    kind: HarmKind
    counted: bool
    implied: bool


@dataclass(frozen=True, slots=True)
class HarmWords:
    """All harm words, by lemma (verbs, nouns) or by the word in small letters (states); `sets` are the named lists."""

    verbs: Mapping[str, VerbRule]
    nouns: Mapping[str, NounRule]
    states: Mapping[str, HarmKind]
    sets: Mapping[str, frozenset[str]]
    total: re.Pattern[str]
    background: re.Pattern[str]
    superlative: re.Pattern[str]

    @staticmethod
    def load(packs: Packs) -> HarmWords:
        """The harm words of `packs`; a mistake in the pack raises `PackError` with what is allowed."""
        return _load(packs)

    def is_history(self, sentence: str) -> bool:
        """Whether a sentence's tolls are of past years: 'since 2011', 'over the past decade'."""
        low = sentence.lower()
        return self.background.search(low) is not None and self.superlative.search(low) is None


@lru_cache(maxsize=4)
def _load(packs: Packs) -> HarmWords:
    table = packs.tables(FILE)
    try:
        return HarmWords(
            verbs=_verbs(table["verb"]),
            nouns={lemma: _noun(row) for row in table["noun"] for lemma in row["lemmas"]},
            states={word: HarmKind(row["kind"]) for row in table["state"] for word in row["words"]},
            sets={name: frozenset(words) for name, words in table["words"].items()},
            total=re.compile(r"\b(?:" + "|".join(map(re.escape, table["words"]["total"])) + r")\b"),
            background=re.compile("|".join(table["background"]["patterns"])),
            superlative=re.compile(r"\b(?:" + "|".join(map(re.escape, table["background"]["not_after"])) + r")\b"),
        )
    except (KeyError, ValueError) as error:
        raise PackError(f"{FILE}: {error}; a kind is one of {', '.join(HarmKind)}") from error


def _verbs(rows: list[dict[str, Any]]) -> dict[str, VerbRule]:
    made: dict[str, VerbRule] = {}
    for row in rows:
        if unknown := set(row) - _VERB_KEYS:
            raise PackError(
                f"{FILE}: a verb has {', '.join(sorted(unknown))}; allowed: {', '.join(sorted(_VERB_KEYS))}"
            )
        for lemma in row["lemmas"]:
            made.setdefault(lemma, _verb(row, lemma))
    return made


def _verb(row: dict[str, Any], lemma: str) -> VerbRule:
    return VerbRule(
        kind=HarmKind(row["kind"]),
        victim=row["victim"],
        needs=row.get("needs", ""),
        implied=bool(row.get("implied", False)),
        negated=bool(row.get("negated", False)),
        general=lemma in row.get("general", ()),
        beside=frozenset(row.get("beside", ())),
        origin=frozenset(row.get("from", ())),
        goal=frozenset(row.get("to", ())),
        by=frozenset(row.get("by", ())),
        unless=frozenset(row.get("unless", ())),
        instead=(HarmKind(row["instead"]["kind"]), row["instead"]["needs"]) if "instead" in row else None,
        part=bool(row.get("part", False)),
        counted=bool(row.get("counted", False)),
        past=bool(row.get("past", False)),
    )


def _noun(row: dict[str, Any]) -> NounRule:
    return NounRule(HarmKind(row["kind"]), bool(row.get("counted", False)), bool(row.get("implied", False)))
