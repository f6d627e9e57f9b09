"""The scorer: which of the rules' candidates hold, which words they missed, and who the parties are.

A small network, trained on the project's own corpus (`training/`), weighs each word that can say an event at all. It drops
candidates that the sentence speaks against, adds words that no pattern foresaw, and picks the parties among the phrases of
the sentence. Modality, speakers, harm, time and place stay with the rules. Without weights the rules code alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from spacy.tokens import Token

from dateline.coding.patterns import Pattern
from dateline.coding.roles import HARM_VERBS, is_passive, slot, subject
from dateline.coding.scoring.lexicon import Lexicon, load_lexicon
from dateline.coding.scoring.network import FILE, Matrix, Weights, load_weights
from dateline.coding.scoring.signs import event_rows, party_rows
from dateline.coding.scoring.words import OUTCOMES, PARTIES, may_tell
from dateline.coding.triggers import LIGHT_VERBS, Candidate, Surroundings, by_head, governing_verb, is_vetoed
from dateline.knowledge.packs import Packs
from dateline.types import TOGETHER, EventType

__all__ = ["Calibration", "Scorer", "load_scorer", "rescored", "unlikely_parties", "without_strangers"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chances from which the scorer has its way; `packs/english/scorer.toml` says which is which."""

    accept: float
    keep: float
    overrule: float
    party: float
    keep_party: float
    recipient: float
    stranger: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How many claims were right of those that were `given` a chance; between two points, on the line."""

    given: tuple[float, ...]
    right: tuple[float, ...]

    def of(self, chance: float) -> float:
        """The share of claims with this chance that are right."""
        return float(np.interp(chance, self.given, self.right))


@dataclass(frozen=True, slots=True)
class Scorer:
    """All that scoring needs of the packs."""

    weights: Weights
    lexicon: Lexicon
    thresholds: Thresholds
    calibration: Calibration


@lru_cache(maxsize=2)
def load_scorer(packs: Packs) -> Scorer | None:
    """The scorer, or null where the packs pin no weights."""
    weights = load_weights(packs)
    if weights is None:
        return None
    table = packs.tables(FILE)
    points = table["calibration"]
    return Scorer(
        weights=weights,
        lexicon=load_lexicon(packs),
        thresholds=Thresholds(**table["thresholds"]),
        calibration=Calibration(tuple(points["given"]), tuple(points["right"])),
    )


def rescored(candidates: list[Candidate], around: Surroundings, scorer: Scorer) -> list[Candidate]:
    """The candidates that hold, with their parties, and those that the rules missed, in the order of the text."""
    ruled = by_head(candidates)
    tokens = [t for t in around.words.parse.doc if t.i in ruled or _may_tell(t, around, scorer)]
    if not tokens:
        return []
    chances = _event_chances(tokens, ruled, around, scorer)
    held = {t.i: _held(t, ruled.get(t.i, []), row, around, scorer) for t, row in zip(tokens, chances, strict=True)}
    kept = [c for t in tokens for c in held[t.i]] + _outcomes(ruled, held, around)
    return _with_parties(sorted(kept, key=lambda c: c.head), around, scorer)


def _may_tell(token: Token, around: Surroundings, scorer: Scorer) -> bool:
    """The screen: only words that the codebook or the lexicon know are weighed."""
    if not may_tell(token, scorer.weights.nouns):
        return False
    return token.lemma_.lower() in around.codebook.lemmas or scorer.lexicon.knows(token)


def _event_chances(
    tokens: list[Token], ruled: Mapping[int, list[Candidate]], around: Surroundings, scorer: Scorer
) -> Matrix:
    return scorer.weights.events.chances(event_rows(tokens, around, ruled, scorer.lexicon))


def _held(
    token: Token, ruled: list[Candidate], chances: Matrix, around: Surroundings, scorer: Scorer
) -> list[Candidate]:
    """What `token` tells: the rules' candidates that the scorer lets stand, or one of its own."""
    at = scorer.thresholds
    best = int(chances[1:].argmax()) + 1
    sure, kind = float(chances[best]), EventType(OUTCOMES[best])
    given = [(c, float(chances[OUTCOMES.index(c.pattern.type)])) for c in ruled]
    stays = [replace(c, pattern=replace(c.pattern, confidence=chance)) for c, chance in given if chance >= at.keep]
    if stays and (sure < at.overrule or any(c.pattern.type is kind for c in stays)):
        return stays
    if sure < (at.overrule if ruled else at.accept) or is_vetoed(token, kind, around):
        return []
    if not ruled and _is_only_in_phrases(token, kind, around):
        return []
    pattern = _pattern_for(token, kind, sure, around, scorer)
    return [Candidate(pattern=pattern, head=token.i, trigger=(token.i,), actors=(), targets=())]


_IDLE = frozenset("take drive keep turn get go be have bring give put make express see hold".split())
"""Verbs that tell nothing without the words that go with them."""


def _is_only_in_phrases(token: Token, kind: EventType, around: Surroundings) -> bool:
    """'took a child to school': the codebook knows 'take hostage', and neither a hostage nor another deed is here."""
    lemma = token.lemma_.lower()
    if token.pos_ != "VERB" or lemma not in _IDLE:
        return False
    known = [p for p in around.codebook.verbs.get(lemma, ()) if p.type is kind]
    if any(len(p.phrase) == 1 for p in known):
        return False
    below = {w for t in token.subtree if t.i != token.i for w in (t.lemma_.lower(), t.lower_)}
    if any(p.type is kind for w in below for p in around.codebook.nouns.get(w, ())):
        return False  # 'had taken part in the attacks'
    objects = {c.lemma_.lower() for c in token.children if c.dep_ in ("dobj", "nsubjpass")}
    if token.dep_ == "acl" and token.tag_ == "VBN":
        objects.add(token.head.lemma_.lower())
    persons = around.codebook.classes["people"] | around.codebook.classes["armed"]
    if lemma == "take" and objects & persons and "from" in below:
        return False  # 'gunmen took four workers from a bus'
    return not (objects & around.codebook.nouns.keys() or any(w in below for p in known for w in p.phrase[1:]))


def _pattern_for(token: Token, kind: EventType, sure: float, around: Surroundings, scorer: Scorer) -> Pattern:
    """A pattern that stands for the scorer's own finding; its mode is that of the codebook's patterns for the word."""
    lemma = token.lemma_.lower()
    noun = token.pos_ != "VERB"
    book = around.codebook.nouns if noun else around.codebook.verbs
    modes = [p.mode for p in book.get(lemma, ()) if p.type is kind and p.mode and len(p.phrase) == 1]
    return Pattern(
        type=kind,
        phrase=(lemma,),
        noun=noun,
        actor=(),
        target=(),
        together=kind in TOGETHER,
        mode=modes[0] if modes else scorer.lexicon.mode_of(token, kind),
        context=(),
        where=(),
        unless=(),
        confidence=sure,
        speech=False,
        state=False,
    )


def _outcomes(
    ruled: Mapping[int, list[Candidate]], held: Mapping[int, list[Candidate]], around: Surroundings
) -> list[Candidate]:
    """'killing two' beside an attack that holds: outcome words tell no event of their own and stay with their deed."""
    doc = around.words.parse.doc
    deeds = {doc[i].sent.start for i, own in held.items() for c in own if c.pattern.type is EventType.ASSAULT}
    return [
        replace(c, pattern=replace(c.pattern, confidence=0.0))
        for i, own in ruled.items()
        for c in own
        if not held.get(i) and c.pattern.phrase[0] in HARM_VERBS and doc[i].sent.start in deeds
    ]


# ---------------------------------------------------------------- parties
def _with_parties(candidates: list[Candidate], around: Surroundings, scorer: Scorer) -> list[Candidate]:
    doc = around.words.parse.doc
    asked: list[tuple[int, int]] = []
    signs = []
    for k, one in enumerate(candidates):
        trigger, kind = doc[one.head], str(one.pattern.type)
        aside = _who_speaks_of(trigger, around, one.pattern.type)
        for token, row in party_rows(trigger, around, kind=kind, actors=one.actors, targets=one.targets):
            if token.i not in aside:
                asked.append((k, token.i))
                signs.append(row)
    if not asked:
        return candidates
    chances = scorer.weights.parties.chances(signs)
    picked: dict[int, list[tuple[int, Matrix]]] = {}
    for (k, at), chance in zip(asked, chances, strict=True):
        picked.setdefault(k, []).append((at, chance))
    return [_dressed(c, picked.get(k, []), scorer.thresholds) for k, c in enumerate(candidates)]


_DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST})


def _who_speaks_of(deed: Token, around: Surroundings, kind: EventType) -> frozenset[int]:
    """'The army confirmed the attacks', 'Omar said that rebels attacked': whose verb takes the deed did not do it.

    Verbs that do what their noun says ('carried out an attack') are not meant.
    """
    if deed.pos_ == "VERB":
        doer = subject(deed) if kind in _DEEDS and deed.dep_ == "ccomp" else None
        own = doer is None or any(c.dep_ == "poss" and c.pos_ == "PRON" for c in doer.children)  # 'its soldiers'
        return frozenset() if own else frozenset(t.i for t in slot(deed.head, "subject"))
    verb = governing_verb(deed) if deed.pos_ in ("NOUN", "PROPN") else None
    if verb is None or is_passive(verb) or verb.lemma_.lower() in around.codebook.classes[LIGHT_VERBS]:
        return frozenset()
    return frozenset(t.i for t in slot(verb, "subject"))


def _dressed(one: Candidate, rows: Sequence[tuple[int, Matrix]], at: Thresholds) -> Candidate:
    """`one` with the parties that the scorer sees; what it did not weigh stays."""
    weighed = {i for i, _ in rows}
    actors = [i for i in one.actors if i not in weighed]
    targets = [i for i in one.targets if i not in weighed]
    for i, row in rows:
        side = _side(one, i, float(row[PARTIES.index("actor")]), float(row[PARTIES.index("target")]), at)
        if side is not None:
            (actors if side == "actor" else targets).append(i)
    if one.pattern.type in TOGETHER:
        actors, targets = sorted({*actors, *targets}), []
    return replace(one, actors=tuple(sorted(actors)), targets=tuple(sorted(targets)))


def _side(one: Candidate, i: int, actor: float, target: float, at: Thresholds) -> str | None:
    """What token `i` is to the event: where a pattern asked for it, the other side only if the scorer is sure."""
    if i in one.actors and target < at.overrule:
        return "actor" if actor >= at.keep_party else None
    if i in one.targets and actor < at.overrule:
        return "target" if target >= at.keep_party else None
    best = max(actor, target)
    return None if best < at.party else "actor" if actor >= target else "target"


def unlikely_parties(one: Candidate, around: Surroundings, scorer: Scorer) -> frozenset[int]:
    """The words of the sentence that the scorer takes for no side of `one`, whatever the grammar makes of them."""
    least = scorer.thresholds.recipient
    return frozenset(i for i, chance in _chances_of_a_side(one, around, scorer).items() if chance < least)


def _chances_of_a_side(one: Candidate, around: Surroundings, scorer: Scorer) -> dict[int, float]:
    """How likely each word that the scorer weighs is the one side of `one` or the other."""
    kind = str(one.pattern.type)
    rows = list(party_rows(around.words.parse.doc[one.head], around, kind=kind, actors=one.actors, targets=one.targets))
    if not rows:
        return {}
    sides = [PARTIES.index("actor"), PARTIES.index("target")]
    chances = scorer.weights.parties.chances([row for _, row in rows])[:, sides].max(axis=1)
    return {token.i: float(chance) for (token, _), chance in zip(rows, chances, strict=True)}


# ---------------------------------------------------------------- strangers
_ON_THINGS = _DEEDS | {EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT}
"""Types whose target may be a thing or a deed: 'struck an oilfield', 'condemned the attack'."""


def without_strangers(candidates: list[Candidate], around: Surroundings, scorer: Scorer) -> list[Candidate]:
    """`candidates` without the things that grammar puts in a party's slot: 'in a bid to appeal', 'threatened delays'.

    What no name, country or known noun shows to be somebody is one only where the scorer thinks so.
    """
    return [_without_strangers(c, around, scorer) for c in candidates]


def _without_strangers(one: Candidate, around: Surroundings, scorer: Scorer) -> Candidate:
    asked = one.actors if one.pattern.type in _ON_THINGS else (*one.actors, *one.targets)
    strange = [i for i in asked if _is_strange(i, around)]
    if not strange:
        return one
    chances, doc = _chances_of_a_side(one, around, scorer), around.words.parse.doc
    out = {i for i in strange if _likely(doc[i], chances) < scorer.thresholds.stranger}
    return replace(
        one,
        actors=tuple(i for i in one.actors if i not in out),
        targets=one.targets if one.pattern.type in _ON_THINGS else tuple(i for i in one.targets if i not in out),
    )


_KNOWN = ("people", "weapons", "vehicles")
"""Classes whose nouns may be in a deed: whoever is behind a weapon is found by it."""


def _is_strange(i: int, around: Surroundings) -> bool:
    token = around.words.parse.doc[i]
    known = around.names(token) or any(token.lemma_.lower() in around.codebook.classes[name] for name in _KNOWN)
    return not known and token.pos_ not in ("PROPN", "PRON")


def _likely(token: Token, chances: Mapping[int, float]) -> float:
    """The chance of `token`, or of what it is joined to, of which the scorer is surer; one that is not weighed stays."""
    own = chances.get(token.i, 1.0)
    return max(own, _likely(token.head, chances)) if token.dep_ == "conj" and token.head.i in chances else own
