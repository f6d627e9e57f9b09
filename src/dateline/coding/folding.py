"""Folding: which candidates of a sentence speak of one event.

'A strike on the base killed five guards, wounding two' has three triggers and is one event: the verb's subject is the
other trigger, and participles without a subject of their own go on with the same deed. One candidate with places that are
coordinated under a plural ('the attacks in Ban and on Kar') is as many events as places.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.coding.roles import HARM_VERBS, subject, told
from dateline.coding.triggers import Candidate, Surroundings
from dateline.types import EventType

_STRIKING = frozenset({"hit", "strike", "target", "slam", "land"})
"""What a weapon does once it is on its way: 'fired the rockets which hit the base'."""

_WHERE = frozenset({"in", "at", "near", "outside"})
_WITH_DEED = frozenset({"in", "during", "by", "with", "from", "of", "after", "when", "as"})


@dataclass(frozen=True, slots=True)
class Deed:
    """One event as one sentence tells it: its candidates, the most telling first."""

    type: EventType
    candidates: tuple[Candidate, ...]

    @property
    def head(self) -> int:
        """The token index of the trigger that leads."""
        return self.candidates[0].head


def fold(candidates: list[Candidate], around: Surroundings) -> list[Deed]:
    """The deeds of a text, each with all of its candidates, in the order of the text."""
    doc = around.words.parse.doc
    groups: list[tuple[tuple[EventType, int], list[Candidate]]] = []
    for candidate in candidates:
        kind = candidate.pattern.type, doc[candidate.head].sent.start
        mine = [g for known, g in groups if known == kind and any(_linked(c, candidate, doc) for c in g)]
        merged = [c for g in mine for c in g] + [candidate]
        groups = [(known, g) for known, g in groups if known != kind or g not in mine] + [(kind, merged)]
    deeds = [Deed(type=g[0].pattern.type, candidates=tuple(sorted(g, key=_telling))) for _, g in groups]
    return sorted(deeds, key=lambda d: min(c.head for c in d.candidates))


def _telling(candidate: Candidate) -> tuple[bool, bool, bool, int]:
    """Verbs before nouns, deeds before outcomes, those with parties before those without."""
    outcome = candidate.pattern.phrase[0] in HARM_VERBS
    return (outcome, candidate.pattern.noun, not (candidate.actors or candidate.targets), candidate.head)


def _linked(a: Candidate, b: Candidate, doc: Doc) -> bool:
    """Whether two triggers of one type and one sentence are of one deed."""
    one, other = doc[a.head], doc[b.head]
    return _under(one, other, a, b) or _under(other, one, b, a)


def _under(high: Token, low: Token, a: Candidate, b: Candidate) -> bool:
    """Whether the trigger `low` hangs on `high` in a way that makes it the same deed."""
    if low.i in a.actors or low.i in a.targets:
        return True
    if low.dep_ in ("nsubj", "nsubjpass", "dobj") and low.head.i == high.i:
        return True
    if low.dep_ == "pobj" and low.head.lower_ in _WITH_DEED and _tells(low.head.head, high, a):
        return True
    if low.dep_ == "pobj" and low.head.head.i == high.i and low.head.lower_ in ("for", "to", "at"):
        return a.pattern.type is EventType.CONSULT  # 'was in Quito for talks'
    if low.dep_ == "pobj" and low.head.dep_ == "agent" and low.head.head.i == high.i:
        return True
    outcome = a.pattern.phrase[0] in HARM_VERBS or b.pattern.phrase[0] in HARM_VERBS
    if low.head.i == high.i and low.dep_ in ("advcl", "acl", "relcl", "xcomp", "ccomp", "appos"):
        return outcome or low.tag_ == "VBG" or low.dep_ in ("acl", "relcl", "appos")
    if low.head.i == high.i and low.dep_ == "conj":
        if _are_tolls(a, b):
            return not (_is_placed(high) and _is_placed(low))
        return (outcome and _one_subject(high, low)) or not (b.actors or b.targets)
    if low.dep_ == "advcl" and outcome:
        return _carrier(low).i == high.i
    return (outcome or b.pattern.phrase[0] in _STRIKING) and _through_noun(high, low)


def _tells(verb: Token, high: Token, a: Candidate) -> bool:
    """Whether `verb` is `high`, or goes on with its toll: 'two were killed and several hurt in an attack'."""
    if verb.i == high.i:
        return True
    goes_on = verb.dep_ == "conj" and verb.head.i == high.i and verb.lemma_ in HARM_VERBS
    return goes_on and _are_tolls(a, a) and not (_is_placed(high) and _is_placed(verb))


def _are_tolls(a: Candidate, b: Candidate) -> bool:
    """'Two guards were killed and six wounded': what one deed did, by whomever it was."""
    return all(c.pattern.phrase[0] in HARM_VERBS and not c.actors for c in (a, b))


def _is_placed(verb: Token) -> bool:
    """Whether a verb says where: 'two were killed in Kar and six wounded in Ban' are two deeds."""
    return any(c.lower_ in _WHERE and any(t.pos_ == "PROPN" for t in c.children) for c in verb.children)


def _carrier(low: Token) -> Token:
    """The clause a participle or 'when' clause goes on with: 'Two were killed and four hurt when a bomb went off'."""
    above = told(low, low.head)
    while above.dep_ == "conj" and above.head.pos_ in ("VERB", "AUX"):
        above = above.head
    return above


def _one_subject(high: Token, low: Token) -> bool:
    one, other = subject(high), subject(low)
    return one is not None and other is not None and one.i == other.i


def _through_noun(high: Token, low: Token) -> bool:
    """'Militants hit a post with a bomb that killed two': the outcome's clause hangs on the first deed's words."""
    token = low
    for _ in range(4):
        if token.dep_ in ("relcl", "acl", "advcl"):
            return token.head.i != high.i and high.is_ancestor(token.head) and token.head.pos_ in ("NOUN", "PROPN")
        token = token.head
    return False
