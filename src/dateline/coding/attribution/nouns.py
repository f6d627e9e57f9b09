"""Attributions made by nouns, adjectives, adverbs and phrases: 'his claim that', 'is sure that', 'according to'."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.coding.attribution.cues import AttributionCues, Cue
from dateline.coding.attribution.spans import Found, of_tokens, runs, subtree
from dateline.coding.attribution.verbs import source_span
from dateline.coding.roles import clause_verb, subject
from dateline.types import Span, Stance

_PHRASE = frozenset({"clause"})


def by_noun(text: str, noun: Token, cues: AttributionCues) -> Found | None:
    """The attribution of 'his claim that', 'a decision to', 'their support for': null without content."""
    entry = cues.noun(noun)
    if entry is None:
        return None
    part = next((c for c in noun.children if c.i > noun.i and _takes(c, entry)), None)
    if part is None:
        return None
    source, opened = _owner(text, noun, cues)
    if source is None and part.dep_ == "prep":
        return None
    beside = [part] if part.dep_ == "prep" else []
    found = Found(noun, of_tokens(text, [*opened, noun, *beside]), entry, source)
    inner = next((c for c in part.children if c.dep_ in ("pobj", "pcomp")), None) if beside else part
    span = subtree(text, inner) if inner is not None else None
    found.content = [span] if span else []
    return found if span else None


def _takes(child: Token, entry: Cue) -> bool:
    if child.dep_ in ("acl", "ccomp", "relcl") and any(
        c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children
    ):
        return "clause" in entry.takes
    if child.dep_ == "acl" and child.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children):
        return "to" in entry.takes
    if child.dep_ == "prep":
        name = "to-prep" if child.lower_ == "to" else child.lower_
        return name in entry.takes
    return False


def _owner(text: str, noun: Token, cues: AttributionCues) -> tuple[Span | None, list[Token]]:
    """Whose word it is ('his', 'by the king', the subject of 'made the claim') and what the cue begins with."""
    for child in noun.children:
        if child.dep_ == "poss":
            return source_span(text, child, noun), []
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "among") and child.i > noun.i:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            return (source_span(text, inner, noun) if inner is not None else None), []
    if noun.dep_ == "dobj" and noun.head.lemma_ in cues.lists["light_verbs"]:
        return source_span(text, subject(noun.head), noun.head), [noun.head]
    return None, []


def by_adjective(text: str, adjective: Token, cues: AttributionCues) -> Found | None:
    """The attribution of 'is confident that', 'were opposed to'."""
    if adjective.dep_ != "acomp" or adjective.head.lemma_ not in ("be", "feel", "remain", "become", "get"):
        return None
    entry = cues.adjective(adjective)
    if entry is None:
        return None
    verb = adjective.head
    part = next((c for p in (adjective, verb) for c in p.children if c.i > adjective.i and _fits(c, entry)), None)
    if part is None:
        return None
    beside = [part] if part.dep_ == "prep" else []
    inner = next((c for c in part.children if c.dep_ in ("pobj", "pcomp")), None) if beside else part
    span = subtree(text, inner) if inner is not None else None
    if span is None:
        return None
    left = [c for c in verb.children if c.dep_ in ("aux", "neg") and c.i < verb.i]
    cue = of_tokens(text, [*left, verb, adjective, *beside])
    return Found(adjective, cue, entry, source_span(text, subject(verb), verb), content=[span])


def _fits(child: Token, entry: Cue) -> bool:
    if child.dep_ == "ccomp":
        return "clause" in entry.takes
    if child.dep_ == "xcomp":
        return "to" in entry.takes
    return child.dep_ == "prep" and ("to-prep" if child.lower_ == "to" else child.lower_) in entry.takes


def by_according(text: str, word: Token) -> Found | None:
    """'X happened, according to Y', 'per Y': Y is the source, the clause around it the content."""
    to = next((c for c in word.children if c.dep_ in ("prep", "aux") and c.lower_ == "to"), None)
    inner = next((c for c in (to if to is not None else word).children if c.dep_ in ("pobj", "pcomp")), None)
    if inner is None or (word.lower_ != "per" and to is None):
        return None
    if word.lower_ == "per" and inner.pos_ != "PROPN":
        return None
    entry = Cue((word.lower_,), "speech", Stance.ASSERTS, _PHRASE)
    found = Found(
        word, of_tokens(text, [word, *([to] if to is not None else [])]), entry, source_span(text, inner, word)
    )
    host = clause_verb(word.head)
    found.content = runs(text, host, word)
    return found if found.content else None


def by_tally(text: str, noun: Token) -> Found | None:
    """'Seven hundred died, by the elders' count', 'by his own account': whose count it is, is the source."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    by = noun.head
    if owner is None or noun.dep_ != "pobj" or by.lower_ != "by":
        return None
    entry = Cue((noun.lemma_,), "speech", Stance.ASSERTS, _PHRASE)
    found = Found(noun, of_tokens(text, [noun]), entry, source_span(text, owner, noun))
    found.content = runs(text, clause_verb(by), by)
    return found if found.content else None


def by_hearsay(text: str, adverb: Token) -> Found | None:
    """'The two reportedly met': said, and nobody says by whom."""
    host = clause_verb(adverb.head)
    if host.i == adverb.i:
        return None
    entry = Cue((adverb.lower_,), "speech", Stance.ASSERTS, _PHRASE)
    found = Found(adverb, Span(adverb.idx, adverb.idx + len(adverb)), entry)
    found.content = runs(text, host, adverb)
    return found if found.content else None
