"""The words that attribute: verbs, nouns, adjectives and phrases, each with what it takes and what stance it carries.

They come from `english/attribution.toml`. A cue is found by the lemma of its head; a cue of several words ('point out',
'call for') is an entry of its own and goes before the bare word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from dateline.knowledge.packs import PackError, Packs
from dateline.types import Stance

FILE = "english/attribution.toml"
KINDS = ("speech", "evaluation", "thought", "attitude", "perception", "record")
"""Who says a thing; who praises it, asks for it or talks about it without saying that it is so; who thinks, favours or
opposes, sees; and what a document or picture shows."""

_KEYS = frozenset({"words", "kind", "stance", "takes", "examples", "counter_examples"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One word or phrase that attributes.

    `words` are its lemma and the words that must stand with it ('call', 'for'); `takes` are its complements:
    "clause", "quote", "to" (an infinitive), "ing", "object" (a noun phrase that is the content), "object-as" (the same,
    but only with a second predicate: 'called it a lie'), "told" (a noun phrase that is the hearer), "as" (a second
    predicate), "subject-speaks" (in the passive the subject is the source: 'was quoted as saying'), "raised" (the
    subject belongs to the content and the source is unsaid: 'seemed to hold'), or a preposition ("to-prep" for 'to').
    """

    words: tuple[str, ...]
    kind: str
    stance: Stance
    takes: frozenset[str]

    @property
    def lemma(self) -> str:
        """The words as one string: 'call for'."""
        return " ".join(self.words)


BY_COLON = Cue((":",), "speech", Stance.ASSERTS, frozenset({"clause", "quote"}))
"""'Minister: talks have failed.'"""


@dataclass(frozen=True, slots=True)
class AttributionCues:
    """All cues by the lemma of their head, the longest first, and the small word lists beside them."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    adverbs: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    stances: Mapping[str, frozenset[str]]

    @staticmethod
    @lru_cache(maxsize=4)
    def load(packs: Packs) -> AttributionCues:
        """The cues of `packs`; a mistake in the file raises `PackError` that says what is allowed."""
        table = packs.tables(FILE)
        return AttributionCues(
            verbs=_by_head(table.get("verb", ())),
            nouns=_by_head(table.get("noun", ())),
            adjectives=_by_head(table.get("adjective", ())),
            adverbs=frozenset(table["lists"]["hearsay_adverbs"]),
            lists={name: frozenset(words) for name, words in table["lists"].items()},
            stances=_stance_words(table),
        )

    def kind_of(self, lemma: str) -> str | None:
        """What sort of attribution `lemma` ('say', 'call for', 'claim') makes: see `KINDS`; null for other words."""
        head = lemma.split(" ", 1)[0]
        for table in (self.verbs, self.nouns, self.adjectives):
            for cue in table.get(head, ()):
                if cue.lemma == lemma or cue.lemma == head:
                    return cue.kind
        spoken = self.adverbs | self.lists["prepositions"] | self.lists["estimating"] | self.lists["tallies"]
        return "speech" if lemma == ":" or lemma in spoken else None

    def is_speech(self, lemma: str) -> bool:
        """Whether `lemma` is a word of communication ('say', 'deny', 'show'), not of wish or attitude.

        What police 'believe' or 'suspect' to have happened is on their word as well.
        """
        return self.kind_of(lemma) in ("speech", "record") or lemma in self.lists["believing"]

    def verb(self, token: Token) -> Cue | None:
        """The cue that verb `token` is with the words beside it, the longest first."""
        return _matching(token, self.verbs.get(token.lemma_))

    def noun(self, token: Token) -> Cue | None:
        """The cue that noun `token` is."""
        return _matching(token, self.nouns.get(token.lemma_))

    def adjective(self, token: Token) -> Cue | None:
        """The cue that predicative adjective `token` is."""
        return _matching(token, self.adjectives.get(token.lower_))


_STANCE_VERBS = (
    "claim",
    "take",
    "disclaim",
    "confirm",
    "deny",
    "dismiss",
    "doubt",
    "call",
    "blame",
    "attribute",
    "give_version",
)


def _stance_words(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The lists of `[stances]`; "any" are all verbs that can take a stance, "telling" those of speech."""
    words = {name: frozenset(entries) for name, entries in table["stances"].items() if "examples" not in name}
    phrases = frozenset(entry.split(" ", 1)[0] for name in words if name.endswith("_phrases") for entry in words[name])
    words["any"] = phrases.union(*(words[name] for name in _STANCE_VERBS))
    words["telling"] = frozenset(w for row in table["verb"] if row["kind"] == "speech" for w in row["words"])
    return words


def _by_head(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Cue, ...]]:
    """The cues of `rows`; one in several rows takes what any of them says, its kind and stance are the first row's."""
    whole: dict[tuple[str, ...], Cue] = {}
    for cue in (c for row in rows for c in _cues(row)):
        first = whole.get(cue.words)
        whole[cue.words] = cue if first is None else replace(first, takes=first.takes | cue.takes)
    heads: dict[str, list[Cue]] = {}
    for cue in sorted(whole.values(), key=lambda c: -len(c.words)):
        heads.setdefault(cue.words[0], []).append(cue)
    return {head: tuple(cues) for head, cues in heads.items()}


def _cues(row: Mapping[str, Any]) -> list[Cue]:
    unknown = set(row) - _KEYS
    if unknown or row.get("kind") not in KINDS:
        raise PackError(
            f"{FILE}: a row has {', '.join(sorted(unknown)) or 'kind ' + repr(row.get('kind'))}; keys are "
            f"{', '.join(sorted(_KEYS))}, kinds are {', '.join(KINDS)}"
        )
    stance = Stance(row.get("stance", Stance.ASSERTS))
    takes = frozenset(row["takes"])
    return [Cue(tuple(words.split()), row["kind"], stance, takes) for words in row["words"]]


def _matching(token: Token, cues: tuple[Cue, ...] | None) -> Cue | None:
    if cues is None:
        return None
    return next((cue for cue in cues if len(cue.words) == 1 or companions(token, cue) is not None), None)


def companions(token: Token, cue: Cue) -> list[Token] | None:
    """The tokens of `cue` beside its head `token`, in order; null if one is missing."""
    found: list[Token] = []
    for word in cue.words[1:]:
        match = _below(token, word) or (_below(found[-1], word) if found else None)
        if match is None:
            return None
        found.append(match)
    return found


def _below(token: Token, word: str) -> Token | None:
    near = (c for c in token.children if c.i > token.i)
    return next(
        (c for c in near if (c.lower_ == word or (c.lemma_ == word and c.pos_ != "VERB")) and not _of_time(c)), None
    )


def _of_time(preposition: Token) -> bool:
    """'reported on Tuesday' is no report on Tuesday."""
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in preposition.children)
