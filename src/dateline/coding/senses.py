"""Senses: words of politics and war that tell no event where they stand.

Firms agree, ask and sue, bids are rejected, candidates attack each other in debates, and who 'seeks to calm' asks nobody.
The words are in `packs/english/senses.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.roles import slot
from dateline.coding.triggers import Surroundings
from dateline.knowledge.packs import Packs
from dateline.types import ActorKind, ActorMention, EventType

FILE = "english/senses.toml"

_LONGEST = 5
"""Words of a firm's name, its ending with it."""

_TICKER = re.compile(r"<[A-Z][A-Z.]+>|\([A-Z]{2,4}\)")
"""'<PRY>', '(GE)': how the wires mark a listed firm."""


@dataclass(frozen=True, slots=True)
class Senses:
    """The word lists of each table of `english/senses.toml`, and the types of event it takes away."""

    types: Mapping[str, frozenset[EventType]]
    words: Mapping[str, Mapping[str, frozenset[str]]]

    @staticmethod
    def load(packs: Packs) -> Senses:
        """The senses of `packs`."""
        return _load(packs)


def tells_no_event(draft: Draft, around: Surroundings, senses: Senses) -> bool:
    """Whether the words of `draft` stand here in another sense than that of its type."""
    readings = {
        "private": _is_private,
        "market": _is_of_market,
        "words_of_war": _is_of_words,
        "words_for_deeds": _is_of_figures,
        "own_aim": _is_own_aim,
        "own_will": _is_of_a_thing,
    }
    return any(
        draft.type in senses.types[name] and reads(draft, around, senses.words[name])
        for name, reads in readings.items()
    )


Lists = Mapping[str, frozenset[str]]


# ---------------------------------------------------------------- firms among themselves
def _is_private(draft: Draft, around: Surroundings, words: Lists) -> bool:
    """'Odrava Steel Corp accused Lindmark Inc of copying its patent': a firm is named, and nobody but firms."""
    parties = [around.words.parse.doc[i] for i in (*draft.actors, *draft.targets)]
    firms = [p for p in parties if _is_firm(p, around, words)]
    if not firms or any(_is_public(p, around) for p in parties if p not in firms):
        return False
    sentence = around.words.parse.doc[draft.head].sent
    said = _lemmas(sentence)
    if said & words["public"]:
        return False
    signs = around.codebook.classes["business"] | words["signs"]
    return bool(said & signs) or _TICKER.search(sentence.text) is not None


def _is_firm(party: Token, around: Surroundings, words: Lists) -> bool:
    if party.pos_ == "PROPN" and any(t.text == party.text and _has_ending(t, words) for t in party.doc):
        return True
    mention = _mention(party, around)
    if mention is not None and mention.codes.role is not None:
        return mention.codes.role == "BUS"
    return party.pos_ == "NOUN" and party.lemma_.lower() in words["firms"]


def _has_ending(name: Token, words: Lists) -> bool:
    """'Odrava' in 'Odrava Steel Corp'."""
    behind = takewhile(lambda t: t.pos_ == "PROPN", name.doc[name.i : name.i + _LONGEST])
    return any(t.lower_.rstrip(".") in words["endings"] for t in behind)


def _is_public(party: Token, around: Surroundings) -> bool:
    """A state, an office, a union, people: whoever is neither a firm nor unknown."""
    if party.pos_ == "PRON" or party.i in around.nation_tokens:
        return True
    mention = _mention(party, around)
    if mention is None:
        return False
    codes = mention.codes
    return codes.role not in (None, "BUS") or (codes.role is None and codes.country is not None)


def _mention(party: Token, around: Surroundings) -> ActorMention | None:
    return next((a for a in around.words.actors if a.start <= party.idx < a.end), None)


# ---------------------------------------------------------------- papers and goods
def _is_of_market(draft: Draft, around: Surroundings, words: Lists) -> bool:
    """'plans to offer a bond', 'rejected all bids at the tender', 'will tender for wheat'."""
    doc = around.words.parse.doc
    heads = [doc[i] for i in draft.trigger if doc[i].pos_ == "VERB"]
    objects = {o.lemma_.lower() for h in heads for o in slot(h, "object")}
    if objects & words["objects"] or (not objects and any(h.lemma_.lower() in words["trading"] for h in heads)):
        return True
    return bool(objects & words["bids"] and words["beside"] & _lemmas(doc[draft.head].sent))


# ---------------------------------------------------------------- attacks in words
def _is_of_words(draft: Draft, around: Surroundings, words: Lists) -> bool:
    """'attacked the governor in a debate', 'her attacks on his record'; not where a weapon, a hurt or an armed man is."""
    doc = around.words.parse.doc
    head = doc[draft.head]
    if head.lemma_.lower() not in words["verbs"] or draft.harm or draft.means:
        return False
    if any(i in around.armed_tokens for i in (*draft.actors, *draft.targets)):
        return False
    if any(doc[i].lemma_.lower() in words["struck"] for i in draft.targets):
        return True
    if not all(_is_voice(doc[i], around, words) for i in draft.actors):
        return False
    struck = [doc[i] for i in draft.targets]
    if not struck or not all(_is_person(t, around, words) for t in struck):
        return False
    return _is_for_a_fault(head) or bool(words["contest"] & _lemmas(head.sent))


def _is_for_a_fault(verb: Token) -> bool:
    """'attacked him for raising taxes': a reproach."""
    return any(c.lower_ == "for" and any(x.dep_ == "pcomp" for x in c.children) for c in verb.children)


def _is_voice(party: Token, around: Surroundings, words: Lists) -> bool:
    mention = _mention(party, around)
    if party.pos_ == "PRON" or mention is None:
        return party.pos_ in ("PRON", "PROPN")
    return mention.codes.role in words["voices"] or (
        mention.codes.role is None and mention.kind is ActorKind.PERSON and party.pos_ == "PROPN"
    )


def _is_person(party: Token, around: Surroundings, words: Lists) -> bool:
    """Somebody in politics, or a person by name."""
    mention = _mention(party, around)
    if party.pos_ == "PRON" or mention is None:
        return party.pos_ == "PRON" or (party.pos_ == "PROPN" and party.i not in around.place_tokens)
    return mention.codes.role in words["voices"] or (mention.kind is ActorKind.PERSON and party.pos_ == "PROPN")


# ---------------------------------------------------------------- figures of speech
def _is_of_figures(draft: Draft, around: Surroundings, words: Lists) -> bool:
    """'gave proof', 'suspended his campaign', 'figures released by the ministry'."""
    verb = around.words.parse.doc[draft.head]
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words["verbs"]:
        return False
    objects = slot(verb, "object") or [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "NOUN"]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        objects = [verb.head]
    return bool(objects) and all(o.lemma_.lower() in words["objects"] for o in objects)


# ---------------------------------------------------------------- wishes and words of oneself and of things
def _is_own_aim(draft: Draft, around: Surroundings, words: Lists) -> bool:
    """'seeks to calm the crowd': an infinitive without a doer of its own."""
    verb = around.words.parse.doc[draft.head]
    if verb.lemma_.lower() not in words["verbs"] or any(c.dep_ in ("dobj", "dative") for c in verb.children):
        return False
    aims = [c for c in verb.children if c.dep_ == "xcomp" and any(a.tag_ == "TO" for a in c.children)]
    return any(not any(c.dep_ in ("nsubj", "nsubjpass") for c in aim.children) for aim in aims)


def _is_of_a_thing(draft: Draft, around: Surroundings, words: Lists) -> bool:
    """'The senator said it would help farmers'; a state or firm that says 'it' speaks of itself."""
    doc = around.words.parse.doc
    if any(doc[i].dep_ == "neg" and doc[i + 1].lower_ in words["only"] for i in draft.trigger if i + 1 < len(doc)):
        return True  # 'I will not just talk'
    said = [doc[i] for i in draft.trigger if doc[i].lemma_.lower() in words["verbs"]]
    subjects = [s for i in draft.trigger if doc[i] not in said for s in _subjects(doc[i])]
    if not said or not any(s.lower_ == "it" for s in subjects):
        return False
    return any(_is_a_person(s, around) for verb in said for s in _subjects(verb))


def _subjects(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))


def _is_a_person(party: Token, around: Surroundings) -> bool:
    if party.pos_ == "PRON":
        return party.lower_ in ("he", "she", "who", "i")
    mention = _mention(party, around)
    person = mention.kind is ActorKind.PERSON if mention is not None else party.ent_type_ == "PERSON"
    return person and not party.is_upper  # 'the ELN said it would'


def _lemmas(sentence: Iterable[Token]) -> set[str]:
    return {t.lemma_.lower() for t in sentence}


@lru_cache(maxsize=4)
def _load(packs: Packs) -> Senses:
    tables = packs.tables(FILE)
    lists = {name: {k: frozenset(v) for k, v in table.items() if isinstance(v, list)} for name, table in tables.items()}
    return Senses(
        types={name: frozenset(map(EventType, of["types"])) for name, of in lists.items()},
        words=lists,
    )
