"""The time that a report states of an event in another sentence: 'It happened on Friday', 'Thursday's attack'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.occurring import happens
from dateline.coding.roles import subject
from dateline.coding.triggers import Surroundings
from dateline.knowledge.happenings import Happenings
from dateline.language.parse import line_breaks
from dateline.language.times import times_of
from dateline.types import EventType, Modality, TimeMention

Times = tuple[TimeMention, ...]


def stated_times(drafts: Sequence[Draft], around: Surroundings, happenings: Happenings) -> Mapping[int, Times]:
    """By thread, the time that the report states of the event, in whichever of its sentences; the first one told."""
    ordered = sorted(drafts, key=lambda d: d.head)
    found: dict[int, Times] = {}
    for one in ordered:
        if one.times and not all(is_bare(t) for t in one.times):
            found.setdefault(one.thread, one.times)
    for what, word in _told_again(around, happenings):
        told = _what_happened(what, ordered, around, happenings)
        times = times_of(word, around.words.times, around.words.parse) if told is not None else ()
        if told is not None and any(not is_bare(t) for t in times):
            found.setdefault(told.thread, times)
    return found


def _told_again(around: Surroundings, happenings: Happenings) -> Iterator[tuple[Token, Token]]:
    """What names a deed told before, and the word that has its time: 'It happened on Friday', 'Thursday's attack'."""
    for token in around.words.parse.doc:
        if token.pos_ == "NOUN" and token.lemma_.lower() in around.codebook.nouns and _has_own_time(token, around):
            yield token, token
        what = subject(token) if token.pos_ == "VERB" and happens(token, happenings) else None
        if what is not None:
            yield what, token


def _has_own_time(noun: Token, around: Surroundings) -> bool:
    near = {c.i for c in noun.children if c.dep_ in ("poss", "compound", "nmod", "npadvmod")}
    return bool(near & around.time_tokens)


def _what_happened(what: Token, drafts: Sequence[Draft], around: Surroundings, words: Happenings) -> Draft | None:
    """The deed told before that `what` stands for: in its paragraph the last, else the report's first."""
    types = _types_meant(what, around, words)
    before = [d for d in drafts if d.type in types and d.head < what.i and not d.background and not d.times]
    before = [d for d in before if d.holding.modality is not Modality.DENIED and what.i not in d.trigger]
    here = [d for d in before if not line_breaks(what.doc, d.head, what.i)]
    return here[-1] if here else next(iter(before), None)


def _types_meant(what: Token, around: Surroundings, words: Happenings) -> frozenset[EventType]:
    if what.lower_ in words.pronouns:
        return words.types
    owners = [c for c in what.children if c.dep_ in ("det", "poss")]
    if not any(c.lower_ in words.pointing or c.i in around.time_tokens for c in owners):
        return frozenset()
    named = frozenset(p.type for p in around.codebook.nouns.get(what.lemma_.lower(), ()))
    return words.types if what.lemma_.lower() in words.nouns else named & words.types


_DAY_WORDS = re.compile(
    r"(?i)day\b|to-?night|this |last |yester|\d{4}|may |\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\b|[a-z]{3})"
)


def is_bare(time: TimeMention) -> bool:
    """'in the afternoon', 'at about 9:30 am': a time of a day that other words must name."""
    return time.type == "TIME" and _DAY_WORDS.search(time.quote) is None
