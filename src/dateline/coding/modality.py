"""Whether it happened: how a report holds an event, read off the words that govern its trigger.

'Rebels attacked' happened; 'rebels will attack' is planned; 'threatened to attack' threatened; 'fears of an attack'
possible; 'did not attack' denied; 'failed to attack' was tried in vain. The walk goes up from the trigger to the top of
its clause and stops at verbs of speech, which say who holds it so, not whether it is so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from dateline.coding.roles import HARM_VERBS, is_passive
from dateline.knowledge.packs import Packs
from dateline.types import Modality, Outcome

_FAILED = "failed"
_UP_TO_VERB = frozenset(
    {"dobj", "pobj", "nsubj", "nsubjpass", "conj", "appos", "prep", "compound", "nmod", "attr", "poss"}
)
_READY = frozenset({"willing", "ready", "prepared", "set", "due", "likely", "eager", "keen", "unwilling"})
"""Adjectives whose infinitive is still to come: 'willing to withdraw'."""

_STEPS = 8
"""How many words up the walk goes at most; longer chains are parsing mistakes more often than sense."""


_STRENGTH = (
    Modality.DENIED,
    Modality.POSSIBLE,
    Modality.THREATENED,
    Modality.PLANNED,
    Modality.ONGOING,
    Modality.HAPPENED,
)
"""Of several cues the one that takes most away from the event holds."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How an event is held, what came of it, and the tokens that say so."""

    modality: Modality = Modality.HAPPENED
    outcome: Outcome | None = None
    cues: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ModalityWords:
    """The cues of `english/modality.toml`, each with what it says."""

    governors: Mapping[str, str]
    clause_governors: Mapping[str, str]
    noun_governors: Mapping[str, str]
    auxiliaries: Mapping[str, str]
    adjectives: Mapping[str, str]
    adverbs: Mapping[str, str]
    negations: frozenset[str]
    conditions: frozenset[str]
    confirming: frozenset[str]
    refusing: frozenset[str]
    not_done: Mapping[str, str]


@lru_cache(maxsize=4)
def load_modality(packs: Packs) -> ModalityWords:
    """The cues of `english/modality.toml`, by word."""
    table = packs.tables("english/modality.toml")

    def turned(name: str) -> dict[str, str]:
        return {word: value for value, words in table[name].items() for word in words}

    return ModalityWords(
        governors=turned("governor"),
        clause_governors=turned("clause_governor"),
        noun_governors=turned("noun_governor"),
        auxiliaries=turned("auxiliary"),
        adjectives=turned("adjective"),
        adverbs=turned("adverb"),
        negations=frozenset(table["negation"]["words"]),
        conditions=frozenset(table["condition"]["words"]),
        confirming=frozenset(table["confirming"]["verbs"]),
        refusing=frozenset(table["confirming"]["refusing"]),
        not_done=turned("participle"),
    )


def holding(trigger: Token, words: ModalityWords) -> Holding:
    """How the report holds the event that `trigger` says."""
    reads = [_own(trigger, words), *_above(trigger, words)]
    marked = [r for r in reads if r is not None]
    if not marked:
        return Holding(modality=Modality.ONGOING) if _is_progressive(trigger) else Holding()
    best = min(marked, key=lambda r: _STRENGTH.index(r.modality))
    outcome = next((r.outcome for r in marked if r.outcome), None)
    return Holding(modality=best.modality, outcome=outcome, cues=tuple(sorted({c for r in marked for c in r.cues})))


def _read(value: str, cue: Token) -> Holding:
    if value == _FAILED:
        return Holding(Modality.HAPPENED, Outcome.FAILED, (cue.i,))
    return Holding(Modality(value) if value != "alleged" else Modality.POSSIBLE, None, (cue.i,))


def _own(trigger: Token, words: ModalityWords) -> Holding | None:
    """What stands beside the trigger itself: negation, auxiliaries, adjectives, 'if'."""
    found = [r for r in (_beside(trigger, child, words) for child in trigger.children) if r is not None]
    purpose = _purpose(trigger)
    if purpose is not None:
        found.append(purpose)
    return min(found, key=lambda r: _STRENGTH.index(r.modality), default=None)  # 'will not' denies


def _purpose(trigger: Token) -> Holding | None:
    """'arms to kill them with', 'met to plan a raid', 'is going to call': what an infinitive is for is not done yet."""
    to = next((c for c in trigger.children if c.dep_ == "aux" and c.tag_ == "TO"), None)
    if to is None:
        return None
    if trigger.dep_ in ("acl", "advcl", "relcl", "csubj"):
        return Holding(Modality.POSSIBLE, None, (to.i,))
    going = trigger.dep_ == "xcomp" and trigger.head.lower_ == "going"
    return Holding(Modality.PLANNED, None, (to.i,)) if going else None


def _beside(trigger: Token, child: Token, words: ModalityWords) -> Holding | None:
    low = child.lower_
    if child.dep_ in ("neg", "det", "preconj", "cc", "mark") and low in words.negations:
        return Holding(Modality.DENIED, None, (child.i,))
    if child.dep_ == "aux":
        if low in words.auxiliaries and child.lemma_.lower() != "have":
            return _auxiliary(trigger, child, words)
        return None
    if child.dep_ == "mark" and low in ("before", "until") and trigger.tag_ in ("VBP", "VBZ", "VB"):
        return Holding(Modality.POSSIBLE, None, (child.i,))  # 'before they lay down their arms'
    if child.dep_ == "mark" and low in words.conditions:
        return Holding(Modality.POSSIBLE, None, (child.i,))
    if child.dep_ in ("nsubj", "nsubjpass") and _is_nobody(child):
        return Holding(Modality.DENIED, None, (child.i,))
    if child.dep_ == "dobj" and _is_nobody(child) and trigger.pos_ == "VERB":
        return Holding(Modality.DENIED, None, (child.i,))
    if child.dep_ in ("amod", "compound") and child.i < trigger.i and trigger.pos_ in ("NOUN", "PROPN"):
        value = words.adjectives.get(low)
        return _read(value, child) if value else None
    if child.dep_ == "advmod":
        value = words.adverbs.get(low)
        return _read(value, child) if value else None
    return None


def _auxiliary(trigger: Token, aux: Token, words: ModalityWords) -> Holding:
    """'would have killed' never did; 'would' under a past verb of saying is the reported 'will'."""
    value = words.auxiliaries[aux.lower_]
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in trigger.children)
    if aux.lower_ in ("would", "'d") and not perfect and trigger.dep_ in ("ccomp", "relcl", "conj"):
        return Holding(Modality.PLANNED, None, (aux.i,))
    return _read(value, aux)


def _is_nobody(noun: Token) -> bool:
    return noun.lower_ in ("nobody", "none") or any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)


def _is_progressive(verb: Token) -> bool:
    """'are fighting', 'is shelling': present and under way ('was fighting' is past)."""
    return verb.tag_ == "VBG" and any(
        c.dep_ == "aux" and c.lower_ in ("is", "are", "'re", "'s", "am") for c in verb.children
    )


def _above(trigger: Token, words: ModalityWords) -> list[Holding | None]:
    """What governs the trigger: 'threatened to attack', 'plans for a meeting', 'failed in a bid to kill'."""
    found: list[Holding | None] = []
    token = trigger
    for _ in range(_STEPS):
        head = token.head
        if head.i == token.i or token.dep_ in ("advcl", "relcl", "parataxis"):
            break
        if token.dep_ == "acl" and token.tag_ != "VB":
            break
        if head.lemma_ in HARM_VERBS and token.dep_ == "prep" and token.lower_ in ("in", "during", "from", "by"):
            break  # 'nobody was hurt in the attack': the attack took place
        if token.tag_ == "VBG" and token.dep_ == "pcomp":
            found.append(_participle(head, words))
        if head.pos_ in ("VERB", "AUX"):
            stop, read = _governing_verb(token, head, words)
            found.append(read)
            if stop:
                break
        elif head.pos_ in ("NOUN", "PROPN", "ADJ"):
            found.append(_governing_noun(token, head, words))
            if head.lemma_ in _READY and token.dep_ in ("xcomp", "ccomp", "prep", "advcl"):
                found.append(Holding(Modality.PLANNED, None, (head.i,)))
        token = head
    return found


def _participle(preposition: Token, words: ModalityWords) -> Holding | None:
    """'without firing', 'instead of talking' was not done; 'want rules before agreeing' is not yet."""
    cue = preposition.head if preposition.lower_ == "of" else preposition
    value = words.not_done.get(cue.lower_)
    above = next((t for t in cue.ancestors if t.pos_ in ("VERB", "AUX")), None)
    told = above is not None and (above.tag_ == "VBD" or _has_past_aux(above))
    return None if value is None or (value == "possible" and told) else _read(value, cue)


def _is_withheld(verb: Token, words: ModalityWords) -> bool:
    """'could not confirm that', 'would neither confirm nor deny that', 'refused to confirm that'."""
    verbs = [verb, *([verb.head] if verb.dep_ == "conj" else [])]
    if not any(v.lemma_.lower() in words.confirming for v in verbs):
        return False
    refused = any(v.dep_ == "xcomp" and v.head.lemma_.lower() in words.refusing for v in verbs)
    return refused or any(c.lower_ in words.negations for v in verbs for c in v.children)


def _governing_verb(token: Token, verb: Token, words: ModalityWords) -> tuple[bool, Holding | None]:
    """Whether the walk ends at `verb`, and what it says of the event below."""
    if token.dep_ in ("ccomp", "dobj") and _is_withheld(verb, words):
        return True, Holding(Modality.POSSIBLE, None, (verb.i,))
    if token.dep_ in ("xcomp", "pcomp", "ccomp", "dobj", "nsubjpass", "prep", "attr", "oprd", "dative", "nsubj"):
        value = words.governors.get(verb.lemma_.lower())
        if value is None and token.dep_ in ("xcomp", "pcomp", "ccomp", "prep"):
            value = words.clause_governors.get(verb.lemma_.lower())
        if value is not None and _governs(token, verb, value):
            negated = any(c.dep_ == "neg" for c in verb.children)  # 'never meant to free them'
            return True, Holding(Modality.DENIED, None, (verb.i,)) if negated else _read(value, verb)
    if (
        token.dep_ == "ccomp"
        or token.dep_ in ("nsubj", "nsubjpass")
        or (token.dep_ == "prep" and token.lower_ not in ("of", "in"))
    ):
        own = _own(verb, words) if token.dep_ in ("nsubj", "nsubjpass", "prep") else None
        if token.dep_ == "prep" and own is not None and own.modality is not Modality.PLANNED:
            own = None  # 'could not agree in talks': the talks took place
        return True, own
    return False, _own(verb, words) if token.dep_ in ("dobj", "xcomp", "prep", "conj", "attr") else None


def _governs(token: Token, verb: Token, value: str) -> bool:
    """'expected to attack' governs an infinitive; 'warned that rebels attacked' reports a finite past clause."""
    if token.dep_ == "ccomp":
        return (
            value in ("threatened", "possible", "planned")
            and token.tag_ not in ("VBD", "VBN")
            and not _has_past_aux(token)
        )
    if token.dep_ in ("nsubj",):
        return False
    if token.dep_ == "nsubjpass":
        return is_passive(verb)
    if token.dep_ == "prep":
        return token.lower_ in ("for", "against", "of", "on", "from", "to", "about", "with") and value in (
            "possible",
            "denied",
            "failed",
            "threatened",
        )
    return True


def _has_past_aux(verb: Token) -> bool:
    return any(
        c.dep_ in ("aux", "auxpass") and c.lower_ in ("had", "have", "has", "was", "were", "did") for c in verb.children
    )


def _governing_noun(token: Token, noun: Token, words: ModalityWords) -> Holding | None:
    if token.dep_ in ("prep", "acl", "pobj", "compound", "pcomp", "ccomp"):
        value = words.noun_governors.get(noun.lemma_.lower())
        if value is not None:
            return _read(value, noun)
    return None
