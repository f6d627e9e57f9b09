"""Keeping: which drafts become claims. What is only feared, asked for or half read makes none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.linking import is_pointer
from dateline.coding.triggers import Surroundings
from dateline.knowledge.packs import Packs
from dateline.types import EventType, Modality, Outcome, PlaceKind, Stance

_ALWAYS = frozenset({Modality.HAPPENED, Modality.ONGOING})
_DENYING = frozenset({Stance.DENIES, Stance.DISCLAIMS_RESPONSIBILITY})
_NEEDS_ACTOR = frozenset(
    {EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.SUPPORT, EventType.THREATEN, EventType.AGREE,
     EventType.CONSULT, EventType.CONCEDE, EventType.COOPERATE, EventType.PROTEST, EventType.MOBILIZE}
)  # fmt: skip
"""Types that are somebody's word or will: without anybody there is nothing to code."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """By modality, the types whose claims are kept; the words that tell what nobody named says."""

    types: Mapping[Modality, frozenset[EventType]]
    hearsay: frozenset[str]


@lru_cache(maxsize=4)
def load_keeping(packs: Packs) -> Keeping:
    """The table `keep` of `english/background.toml`."""
    tables = packs.tables("english/background.toml")
    return Keeping(
        types={Modality(name): frozenset(map(EventType, types)) for name, types in tables["keep"].items()},
        hearsay=frozenset(tables["hearsay"]["words"]),
    )


def kept(draft: Draft, around: Surroundings, keeping: Keeping, *, has_toll: bool = False) -> bool:
    """Whether `draft` is worth a claim; `has_toll`: other words of the report tell what harm it did."""
    if is_pointer(draft) and not draft.harm and draft.stance is Stance.ASSERTS:
        return False
    if _is_general(draft, around):
        return False
    return _is_held(draft, around, keeping) and (_has_parties(draft) or has_toll) and not _is_posture(draft, around)


def _is_held(draft: Draft, around: Surroundings, keeping: Keeping) -> bool:
    """Happened, or held in a way that is kept for its type; a plain negation says that there was no event."""
    modality = draft.holding.modality
    if _came_to_nothing(draft, around):
        return False
    if modality is Modality.ONGOING and draft.type is EventType.ASSAULT:
        return bool(draft.times or draft.places or draft.harm)  # 'America is attacking us' is talk until it says where
    if modality in _ALWAYS:
        return True
    if modality is Modality.DENIED:  # 'denies aiming at civilians' denies a habit, no event
        finite = around.words.parse.doc[draft.head].dep_ in ("ccomp", "ROOT")
        return draft.stance in _DENYING and bool(finite or draft.definite or draft.places or draft.times or draft.harm)
    return draft.type in keeping.types.get(modality, frozenset()) or _is_hearsay(draft, around, keeping)


def _is_hearsay(draft: Draft, around: Surroundings, keeping: Keeping) -> bool:
    """'The two reportedly met': told as done, by nobody named; not 'held for allegedly firing on a bank'."""
    doc = around.words.parse.doc
    cues = [doc[i].lower_ for i in draft.holding.cues]
    return bool(cues) and keeping.hearsay.issuperset(cues) and doc[draft.head].tag_ not in ("VBG", "NN", "NNS")


def _came_to_nothing(draft: Draft, around: Surroundings) -> bool:
    """'failed to agree', 'an effort to end the siege': force that is tried is an event, the rest is none."""
    tried = around.words.parse.doc[draft.head].pos_ == "VERB"
    return draft.holding.outcome is Outcome.FAILED and tried and draft.type is not EventType.ASSAULT


_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
_OPEN_TAGS = frozenset({"NNS", "VBG", "VB"})
_RELATIVES = frozenset({"who", "which", "that"})
_LEAD = 3
"""Sentences that a report opens with: what they leave vague is its news all the same."""


def _is_general(draft: Draft, around: Surroundings) -> bool:
    """'attacks throughout the country', 'people who accuse others': no time, no place, nobody in particular."""
    doc = around.words.parse.doc
    head = doc[draft.head]
    if head.dep_ == "relcl" and head.tag_ == "VBP" and not draft.times and _is_bare_plural(head.head):
        before = {c.lower_ for c in head.children if c.dep_ == "nsubj"}
        return before <= _RELATIVES and not any(c.dep_ in ("aux", "auxpass") for c in head.children)
    if draft.type is not EventType.ASSAULT or head.tag_ not in _OPEN_TAGS or draft.definite:
        return False
    counted = any(h.number.low is not None or h.number.high is not None for h in draft.harm)
    if draft.times or counted or draft.stance is not Stance.ASSERTS:
        return False
    if any(p.place.kind not in _WIDE for p in draft.places) or not all(_is_bare_plural(doc[i]) for i in draft.targets):
        return False
    opening = [s.end for s, _ in zip(doc.sents, range(_LEAD), strict=False)]
    return bool(opening) and draft.head >= opening[-1]


def _is_bare_plural(noun: Token) -> bool:
    """'civilians', 'unarmed peasants'; not 'the civilians', 'two peasants', 'army trucks in Ban'."""
    described = ("amod", "compound", "cc", "conj", "punct", "relcl")
    return noun.tag_ == "NNS" and all(c.dep_ in described for c in noun.children)


def _is_posture(draft: Draft, around: Surroundings) -> bool:
    """'the base where troops are deployed', 'soldiers stationed in Niger': where they are, not that they move."""
    token = around.words.parse.doc[draft.head]
    return draft.type is EventType.MOBILIZE and token.dep_ in ("relcl", "acl") and token.tag_ == "VBN"


def _has_parties(draft: Draft) -> bool:
    if draft.type in _NEEDS_ACTOR:
        return bool(draft.actors)
    return bool(draft.actors or draft.targets or draft.harm or draft.places)
