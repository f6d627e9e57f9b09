"""Answers: who turns down what another said has heard it, and so is a second voice for it.

'Rebels declared a truce. The army dismissed the offer': that there is an offer is on the army's word as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.coding.drafts import Draft
from dateline.coding.speakers import SpeakerRead
from dateline.types import About, EventType, Modality, Span, SpeakerKind, Stance

_ANSWERED: Mapping[EventType, frozenset[str]] = {
    EventType.CONCEDE: frozenset({"offer", "proposal", "truce", "ceasefire", "move", "gesture", "concession"}),
    EventType.SANCTION: frozenset({"sanction", "step", "move", "measure", "decision", "embargo", "expulsion"}),
    EventType.REQUEST: frozenset({"demand", "call", "appeal", "request", "ransom", "condition"}),
    EventType.THREATEN: frozenset({"threat", "ultimatum", "deadline", "warning"}),
    EventType.ACCUSE: frozenset({"accusation", "charge", "allegation", "criticism"}),
}
"""What an answer calls that which it answers, by the type of that."""

_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_REACH = 300
"""Words back that an answer may look for what it answers."""


def with_answers(drafts: Sequence[Draft], doc: Doc) -> list[Draft]:
    """The drafts, and one more for each answer: the voice of who answers, on the thread of what is answered."""
    return [*drafts, *(voice for one in drafts for voice in _voices(one, drafts, doc))]


def _voices(answer: Draft, drafts: Sequence[Draft], doc: Doc) -> list[Draft]:
    said = _what_is_answered(answer, doc)
    if said is None or not answer.actors or answer.background:
        return []
    told = [d for d in drafts if d.head < answer.head and answer.head - d.head < _REACH and _fits(d, said)]
    told = [d for d in told if d.stance is Stance.ASSERTS and d.actors != answer.actors]
    return [_heard(told[-1], answer, said, doc)] if told else []


def _what_is_answered(answer: Draft, doc: Doc) -> Token | None:
    """'the offer' of 'dismissed the offer'."""
    if answer.type is not EventType.REJECT or answer.holding.modality is not Modality.HAPPENED:
        return None
    objects = (c for c in doc[answer.head].children if c.dep_ in ("dobj", "nsubjpass"))
    return next((t for t in objects if any(c.lower_ in _POINTING for c in t.children)), None)


def _fits(told: Draft, said: Token) -> bool:
    return not told.background and said.lemma_.lower() in _ANSWERED.get(told.type, ())


def _heard(told: Draft, answer: Draft, said: Token, doc: Doc) -> Draft:
    who = doc[answer.actors[0]]
    source = Span(who.left_edge.idx, who.idx + len(who))
    verb = doc[answer.head]
    kind = SpeakerKind.NAMED if who.pos_ == "PROPN" else SpeakerKind.DESCRIBED
    cue = Span(verb.idx, verb.idx + len(verb))
    return replace(
        told,
        head=said.i,
        trigger=(said.i,),
        speaker=SpeakerRead(source, cue, verb.lemma_, stance=Stance.CONFIRMS, kind=kind),
        stance=Stance.CONFIRMS,
        about=About.EVENT,
        harm=(),
        noun=False,
    )
