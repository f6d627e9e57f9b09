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

FILE = "english/modality.toml"

_FAILED = "failed"
_UP_TO_VERB = frozenset(
    {"dobj", "pobj", "nsubj", "nsubjpass", "conj", "appos", "prep", "compound", "nmod", "attr", "poss"}
)
_MADE = frozenset({"have", "make", "let", "help", "get"})
"""Verbs whose doer has another do it: 'plans to have them attack'."""

_MEANS = frozenset({"by", "through"})
_TOPICS = frozenset({"on", "about", "toward", "towards"})
_INVERTED = frozenset({"had", "should", "were"})

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
    phrases: Mapping[str, str]
    noun_governors: Mapping[str, str]
    adjective_governors: Mapping[str, str]
    prepositions: Mapping[str, str]
    auxiliaries: Mapping[str, str]
    adjectives: Mapping[str, str]
    adverbs: Mapping[str, str]
    negations: frozenset[str]
    conditions: frozenset[str]
    terms: frozenset[str]
    evidence: frozenset[str]
    clues: frozenset[str]
    confirming: frozenset[str]
    refusing: frozenset[str]
    not_done: Mapping[str, str]


@lru_cache(maxsize=4)
def load_modality(packs: Packs) -> ModalityWords:
    """The cues of `english/modality.toml`, by word."""
    table = packs.tables(FILE)

    def turned(name: str) -> dict[str, str]:
        said = {value: words for value, words in table[name].items() if not value.endswith("examples")}
        return {word: value for value, words in said.items() for word in words}

    return ModalityWords(
        governors=turned("governor"),
        clause_governors=turned("clause_governor"),
        phrases=turned("phrase"),
        noun_governors=turned("noun_governor"),
        adjective_governors=turned("adjective_governor"),
        prepositions=turned("preposition"),
        auxiliaries=turned("auxiliary"),
        adjectives=turned("adjective"),
        adverbs=turned("adverb"),
        negations=frozenset(table["negation"]["words"]),
        conditions=frozenset(table["condition"]["words"]),
        terms=frozenset(table["condition"]["terms"]),
        evidence=frozenset(table["evidence"]["nouns"]),
        clues=frozenset(table["evidence"]["clues"]),
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
    found += [r for r in (_purpose(trigger), _inverted(trigger), _term(trigger, words)) if r is not None]
    return min(found, key=lambda r: _STRENGTH.index(r.modality), default=None)  # 'will not' denies


def _purpose(trigger: Token) -> Holding | None:
    """'arms to kill them with', 'met to plan a raid', 'is going to call': what an infinitive is for is not done yet."""
    to = next((c for c in trigger.children if c.dep_ == "aux" and c.tag_ == "TO"), None)
    if to is None:
        return None
    if trigger.dep_ in ("acl", "advcl", "relcl", "csubj"):
        return Holding(Modality.POSSIBLE, None, (to.i,))
    if trigger.dep_ != "xcomp" or trigger.lemma_ == "blame":  # 'who is to blame'
        return None
    if trigger.head.lower_ == "going" or (trigger.head.lemma_ == "be" and not _is_told_of(trigger.head)):
        return Holding(Modality.PLANNED, None, (to.i,))
    if trigger.head.lemma_ == "have" and trigger.head.pos_ in ("VERB", "AUX"):
        return _due(trigger.head, to)
    return None


def _is_told_of(be: Token) -> bool:
    """'what they did was to attack': a clause or a deed is the subject, and the infinitive names what was done."""
    return any(c.dep_ in ("csubj", "csubjpass") for c in be.children)


def _due(have: Token, to: Token) -> Holding | None:
    """'has yet to withdraw' is not done, 'has to withdraw' is due; 'had to withdraw' is told."""
    if any(c.lower_ == "yet" for c in have.children):
        return Holding(Modality.DENIED, None, (to.i,))
    return Holding(Modality.POSSIBLE, None, (to.i,)) if have.tag_ in ("VBP", "VBZ", "VB") else None


def _inverted(trigger: Token) -> Holding | None:
    """'Had rebels attacked the convoy, the driver would have died' tells no attack."""
    if trigger.dep_ != "advcl":
        return None
    aux = next((c for c in trigger.children if c.dep_ in ("aux", "auxpass")), None)
    subject = next((c for c in trigger.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if aux is None or subject is None or aux.lower_ not in _INVERTED or aux.i > subject.i:
        return None
    return Holding(Modality.POSSIBLE, None, (aux.i,))


def _term(trigger: Token, words: ModalityWords) -> Holding | None:
    """'will leave when the rebels surrender', 'would leave only after rebels freed them': the term is not yet come."""
    if trigger.dep_ not in ("advcl", "ccomp"):
        return None
    marks = [c for c in trigger.children if c.dep_ in ("mark", "advmod")]
    marks += [c for c in trigger.head.children if c.dep_ == "advmod" and c.i == trigger.left_edge.i - 1]
    mark = next((c for c in marks if c.lower_ in words.terms), None)
    above = next((c.lower_ for c in trigger.head.children if c.dep_ == "aux" and c.lower_ in words.auxiliaries), None)
    if mark is None or above is None:
        return None
    only = mark.i > 0 and trigger.doc[mark.i - 1].lower_ in ("only", "not")
    present = trigger.tag_ in ("VBP", "VBZ", "VB") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBP", "VBZ") for c in trigger.children
    )
    return Holding(Modality.POSSIBLE, None, (mark.i,)) if present or only else None


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
            found.append(_clause_of_noun(token, head, words) or _of_anybody(token, head, words))
            break
        if token.dep_ == "prep":
            found.append(_preposition(token, words))
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
            found.append(_governing_adjective(token, head, words))
        token = head
    return found


def _clause_of_noun(clause: Token, noun: Token, words: ModalityWords) -> Holding | None:
    """'no evidence that rebels attacked', 'the possibility that rebels attacked'; not 'the fear spread by rebels'."""
    if not any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return None
    lemma = noun.lemma_.lower()
    if lemma in words.evidence:
        denied = _is_nobody(noun) or any(c.dep_ == "neg" for c in noun.head.children)
        return Holding(Modality.POSSIBLE, None, (noun.i,)) if denied else None
    value = words.noun_governors.get(lemma)
    return _read(value, noun) if value == Modality.POSSIBLE else None


def _of_anybody(clause: Token, noun: Token, words: ModalityWords) -> Holding | None:
    """'would handle donors seeking help': what any of them might do."""
    bare = noun.tag_ == "NNS" and not any(c.dep_ in ("det", "poss", "nummod") for c in noun.children)
    if clause.tag_ != "VBG" or not bare or noun.dep_ != "dobj":
        return None
    modal = next((c for c in noun.head.children if c.dep_ == "aux" and c.lower_ in words.auxiliaries), None)
    return None if modal is None else _read(words.auxiliaries[modal.lower_], modal)


def _preposition(preposition: Token, words: ModalityWords) -> Holding | None:
    """'ahead of talks', 'in case of an attack': the words that end with the preposition."""
    before = preposition.doc[max(0, preposition.i - 2) : preposition.i + 1]
    said = [before[k:].text.lower() for k in range(len(before))]
    value = next((words.prepositions[one] for one in said if one in words.prepositions), None)
    return None if value is None else _read(value, preposition)


def _participle(preposition: Token, words: ModalityWords) -> Holding | None:
    """'without firing', 'instead of talking' was not done; 'want rules before agreeing', 'talks on signing' is not yet."""
    if preposition.lower_ in _TOPICS and preposition.head.pos_ == "NOUN":
        return Holding(Modality.POSSIBLE, None, (preposition.i,))
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
        value = _of_phrase(token, verb, words) or words.governors.get(verb.lemma_.lower())
        if value is None and token.dep_ in ("xcomp", "pcomp", "ccomp", "prep"):
            value = words.clause_governors.get(verb.lemma_.lower())
        if value is not None and _governs(token, verb, value):
            negated = any(c.dep_ == "neg" for c in verb.children)  # 'never meant to free them'
            return True, Holding(Modality.DENIED, None, (verb.i,)) if negated else _read(value, verb)
    if verb.lemma_ == "lead" and verb.dep_ == "acl" and verb.head.lemma_.lower() in words.clues:
        return True, Holding(Modality.POSSIBLE, None, (verb.i,))  # 'information leading to the arrest of'
    if token.dep_ == "ccomp" and _is_bare(token):
        return False, _own(verb, words) if verb.lemma_ in _MADE else None
    if token.dep_ == "prep" and token.lower_ in _MEANS and any(c.dep_ == "pcomp" for c in token.children):
        return False, _own(verb, words)
    if token.dep_ == "ccomp" and (condition := _condition(verb, words)) is not None:
        return True, condition
    if (
        token.dep_ == "ccomp"
        or token.dep_ in ("nsubj", "nsubjpass")
        or (token.dep_ == "prep" and token.lower_ not in ("of", "in"))
    ):
        own = _own(verb, words) if token.dep_ in ("nsubj", "nsubjpass", "prep") else None
        if token.dep_ == "prep" and own is not None and own.modality is not Modality.PLANNED:
            own = None  # 'could not agree in talks': the talks took place
        return True, own
    read = _own(verb, words) if token.dep_ in ("dobj", "xcomp", "prep", "conj", "attr", "acomp") else None
    return False, read or (_listed(verb, words) if token.dep_ in ("dobj", "attr") else None)


def _of_phrase(token: Token, verb: Token, words: ModalityWords) -> str | None:
    """What 'call off', 'put off' and 'provide for' say: the verb with its particle, or with the preposition of the deed."""
    lemma = verb.lemma_.lower()
    joined = [c.lower_ for c in verb.children if c.dep_ == "prt"] + ([token.lower_] if token.dep_ == "prep" else [])
    return next((words.phrases[f"{lemma} {one}"] for one in joined if f"{lemma} {one}" in words.phrases), None)


def _is_bare(verb: Token) -> bool:
    """'have them attack', 'see them attacking': a clause without a tense of its own."""
    return verb.tag_ in ("VB", "VBG") and not any(c.dep_ in ("aux", "mark") for c in verb.children)


def _condition(verb: Token, words: ModalityWords) -> Holding | None:
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ in words.conditions), None)
    return None if mark is None else Holding(Modality.POSSIBLE, None, (mark.i,))


def _listed(verb: Token, words: ModalityWords) -> Holding | None:
    """'Possible protests include strikes': what is listed is held as its kind is."""
    if verb.lemma_ not in ("include", "be"):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return None if subject is None else _own(subject, words)


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


def _governing_adjective(token: Token, adjective: Token, words: ModalityWords) -> Holding | None:
    """'ready to leave', 'ready for talks', 'close to signing'."""
    value = words.adjective_governors.get(adjective.lemma_)
    under = token.dep_ == "prep" and (value == Modality.PLANNED or token.lower_ in ("to", "of"))
    return _read(value, adjective) if value and (under or token.dep_ in ("xcomp", "ccomp", "advcl")) else None


def _governing_noun(token: Token, noun: Token, words: ModalityWords) -> Holding | None:
    if token.dep_ in ("prep", "acl", "pobj", "compound", "pcomp", "ccomp"):
        value = words.noun_governors.get(noun.lemma_.lower())
        if value is not None:
            return _read(value, noun)
    return None
