"""Deeds told of as older than the news: whatever day and place a report has to lend, it lends them none.

'Nine people have been killed in recent weeks', 'he is charged with killing a judge', 'the group had seized a ferry; its
men killed two sailors': by the words beside a deed, by the charge that names it, by what its telling has gone back to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Span, Token

from dateline.coding.roles import clause_verb, subject
from dateline.coding.triggers import Surroundings
from dateline.knowledge.packs import Packs
from dateline.language.parse import all_sentences
from dateline.language.times import in_clause, is_compared, is_since, site_of
from dateline.types import TimeMention

FILE = "english/bygone.toml"


@dataclass(frozen=True, slots=True)
class BygoneWords:
    """The words of `english/bygone.toml`."""

    beside: frozenset[str]
    counted: frozenset[str]
    stretches: frozenset[str]
    charges: frozenset[str]
    links: frozenset[str]
    later: frozenset[str]
    pronouns: frozenset[str]


@lru_cache(maxsize=4)
def load_bygone(packs: Packs) -> BygoneWords:
    """The rows of `english/bygone.toml`."""
    table = packs.tables(FILE)
    return BygoneWords(
        beside=frozenset(table["beside"]["words"]),
        counted=frozenset(table["beside"]["counted"]),
        stretches=frozenset(table["stretches"]["words"]),
        charges=frozenset(table["charges"]["words"]),
        links=frozenset(table["charges"]["links"]),
        later=frozenset(table["flashback"]["words"]),
        pronouns=frozenset(table["flashback"]["pronouns"]),
    )


def is_bygone(deed: Token, begins: date | None, around: Surroundings, words: BygoneWords) -> bool:
    """Whether the words around `deed`, whose clause states no day, tell it as of before the news, which `begins` then."""
    return (
        _is_beside(deed, words)
        or any(_is_stretch(m, around, words) for m in in_clause(deed, around.words.times, around.words.parse))
        or _is_told_of_old(deed, begins, around)
        or _has_gone_back(deed, begins, around, words)
    )


# ---------------------------------------------------------------- the words of its clause
def _is_beside(deed: Token, words: BygoneWords) -> bool:
    """'previously arrested', 'has been jailed three times'; 'was shot three times' tells of one deed."""
    near = [c for t in {deed, clause_verb(deed)} for c in t.children]
    perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in near)
    counted = any(c.lemma_ in words.counted and c.dep_ == "npadvmod" for c in near)
    return (perfect and counted) or any(c.dep_ == "advmod" and c.lower_ in words.beside for c in near)


_OPEN_DAYS = re.compile(r"P[\dX]+[DWMY]")


def _is_stretch(time: TimeMention, around: Surroundings, words: BygoneWords) -> bool:
    """'in recent months', 'over the past 12 days', 'since August', 'decades ago'."""
    if time.value == "PAST_REF":
        return True
    if time.type == "DURATION":
        return _OPEN_DAYS.match(time.value or "") is not None and not words.stretches.isdisjoint(
            time.quote.lower().split()
        )
    return is_since(time, around.words.parse.text) and not is_compared(time, around.words.parse)


# ---------------------------------------------------------------- who charges whom with it
_WITHIN = frozenset({"conj", "compound", "dobj", "xcomp", "ccomp"})


def is_charge(deed: Token, words: BygoneWords) -> bool:
    """'charged with killing a judge', 'wanted for the raid', 'found guilty of kidnapping'."""
    token = deed
    for _ in range(4):
        if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in words.links:
            above = token.head.head
            return bool({above.lemma_.lower(), above.lower_} & words.charges)
        if token.dep_ not in _WITHIN:
            return False
        token = token.head
    return False


# ---------------------------------------------------------------- what its telling has gone back to
def is_pluperfect(verb: Token) -> bool:
    """'had fired the rockets'."""
    return any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux")


_WEEK = 6
"""Days after which what a report tells of is no more its news."""


def news_begins(published: str | None, told: Sequence[TimeMention]) -> date | None:
    """The day before which nothing is a report's news: a week before it, or the first day that its lead tells of."""
    if published is None:
        return None
    week = date.fromisoformat(published[:10]) - timedelta(days=_WEEK)
    return min([week, *(date.fromisoformat(t.first[:10]) for t in told if t.first is not None)])


def _is_told_of_old(deed: Token, begins: date | None, around: Surroundings) -> bool:
    """'An officer said last month that rebels had fired a missile': it is as old as what he said."""
    token = deed
    while token.head.i != token.i:
        told, token = token, token.head
        if told.dep_ == "ccomp" and any(is_older(t, begins) for t in _times_at(token, around)):
            return True
    return False


def _times_at(verb: Token, around: Surroundings) -> list[TimeMention]:
    return [t for t in _dated(verb.sent, around) if site_of(t, around.words.parse).i == verb.i]


def _dated(sentence: Span, around: Surroundings) -> Iterator[TimeMention]:
    for time in around.words.times:
        if sentence.start_char <= time.start < sentence.end_char and time.type in ("DATE", "TIME"):
            yield time


def is_older(time: TimeMention, begins: date | None) -> bool:
    """Whether `time` is over before the news `begins`; an open one is not known to be."""
    return begins is not None and time.last is not None and date.fromisoformat(time.last[:10]) < begins


def _has_gone_back(deed: Token, begins: date | None, around: Surroundings, words: BygoneWords) -> bool:
    """Whether the sentences before have left the news for what was before it, and `deed` goes on there."""
    if not is_narrated(deed):
        return False
    for sentence in _told_before(deed, words):
        times = [t for t in told_in(sentence, around) if t.first is not None]
        if times:
            return is_older(times[-1], begins)
        if is_pluperfect(sentence.root):
            return True
        if not is_narrated(sentence.root):
            return False
    return False


def told_last(deed: Token, around: Surroundings, words: BygoneWords) -> tuple[TimeMention, ...]:
    """When that was with which 'They demanded money' goes on: the last time at which the sentences before tell anything."""
    if not is_narrated(deed) or not _goes_on(deed.sent, words):
        return ()
    for sentence in _told_before(deed, words):
        times = told_in(sentence, around)
        if times or not is_narrated(sentence.root):
            return tuple(times[-1:])
    return ()


def is_narrated(deed: Token) -> bool:
    """Whether a clause is in the plain past: 'has seized', 'seizes' and 'was seizing' are not."""
    verb = clause_verb(deed)
    while verb.tag_ in ("VBG", "VB") and verb.dep_ in ("xcomp", "advcl", "pcomp", "conj") and verb.head.i != verb.i:
        verb = clause_verb(verb.head)
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    passive = verb.tag_ == "VBN" and "has" not in helpers and "have" not in helpers and "had" not in helpers
    return verb.tag_ == "VBD" or "did" in helpers or (passive and not helpers.isdisjoint(("was", "were")))


def _told_before(deed: Token, words: BygoneWords) -> Iterator[Span]:
    """The sentences before a deed's own in its paragraph, the last first, and those that it goes on with: 'He then'."""
    goes_on, last = _goes_on(deed.sent, words), deed.sent
    own = deed.sent.start
    for sentence in reversed([s for s in all_sentences(deed.doc) if s.end <= own]):
        if not sentence.text.strip():
            continue
        if "\n" in deed.doc[sentence.start : last.start + 1].text and not goes_on:
            return
        yield sentence
        goes_on, last = _goes_on(sentence, words), sentence


def _goes_on(sentence: Span, words: BygoneWords) -> bool:
    """'He then filed a suit', 'They later fled'."""
    doer = subject(sentence.root)
    return (doer is not None and doer.lower_ in words.pronouns) or any(
        c.lower_ in words.later for c in sentence.root.children
    )


def told_in(sentence: Span, around: Surroundings) -> list[TimeMention]:
    """The times at which a sentence tells that something was; not 'the 1991 accord'."""
    return [t for t in _dated(sentence, around) if _is_told_at(site_of(t, around.words.parse))]


def _is_told_at(site: Token) -> bool:
    told = site.pos_ in ("VERB", "AUX") and site.dep_ not in ("relcl", "acl")
    return told and (is_pluperfect(site) or is_narrated(site))
