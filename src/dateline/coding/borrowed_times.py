"""Borrowed times: when a deed was whose own sentence states no time, from what the report says around it.

First what the report states of it elsewhere ('It happened on Friday', 'Thursday's attack'), then the time of the same
sentence, of the same paragraph, of the lead. What is said, and not done, is news of its day: it borrows only the time at
which its speaker is said to have spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Doc, Token

from dateline.coding.drafts import Draft
from dateline.coding.roles import clause_verb, subject
from dateline.coding.triggers import Surroundings
from dateline.knowledge.packs import Packs
from dateline.language.parse import lead_end
from dateline.language.times import APART, is_limit, times_of
from dateline.types import Attribution, EventType, Modality, Span, TimeMention, TimePrecision

Times = tuple[TimeMention, ...]

_SPOKEN = frozenset(
    {
        EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SUPPORT,
        EventType.CONCEDE, EventType.SANCTION, EventType.AGREE, EventType.CONSULT,
    }
)  # fmt: skip
"""Statements and acts of state: a report tells of them on the day or the day after, and names that day or none."""

_FRESH = frozenset({EventType.COERCE, EventType.AID, EventType.RETREAT, EventType.MOBILIZE})
"""What 'has arrested', 'has sent' tells as news; an attack that somebody 'had carried out' may be any told before."""

_HAPPENING = frozenset({EventType.ASSAULT, EventType.PROTEST, EventType.COERCE})
"""What 'It happened on Friday' may be said of."""


@dataclass(frozen=True, slots=True)
class Happenings:
    """The words of `english/happening.toml`."""

    verbs: frozenset[str]
    phrases: frozenset[tuple[str, str]]
    nouns: frozenset[str]
    pronouns: frozenset[str]
    pointing: frozenset[str]


@lru_cache(maxsize=4)
def load_happenings(packs: Packs) -> Happenings:
    """The rows of `english/happening.toml`."""
    row = packs.tables("english/happening.toml")["happening"]
    pairs = (phrase.split() for phrase in row["phrases"])
    words = (frozenset(row[name]) for name in ("nouns", "pronouns", "pointing"))
    return Happenings(frozenset(row["verbs"]), frozenset((verb, rest) for verb, rest in pairs), *words)


@dataclass(frozen=True, slots=True)
class Lending:
    """What a report has to lend a deed without a time: its words, its day, who is said to speak in it, and when.

    `opening` is where its story begins, behind the dateline.
    """

    around: Surroundings
    published: str | None
    opening: int
    attributions: tuple[Attribution, ...]
    happenings: Happenings


# ---------------------------------------------------------------- what the report states of it elsewhere
def stated_times(drafts: Sequence[Draft], lending: Lending) -> Mapping[int, Times]:
    """By thread, the time that the report states of the event, in whichever of its sentences; the first one told."""
    around, happenings = lending.around, lending.happenings
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
        what = subject(token) if token.pos_ == "VERB" and _happens(token, happenings) else None
        if what is not None:
            yield what, token


def _happens(verb: Token, happenings: Happenings) -> bool:
    """'happened', 'took place'."""
    if verb.lemma_ in happenings.verbs:
        return True
    return any((verb.lemma_, c.lower_) in happenings.phrases for c in verb.children if c.dep_ in ("dobj", "prt"))


def _has_own_time(noun: Token, around: Surroundings) -> bool:
    near = {c.i for c in noun.children if c.dep_ in ("poss", "compound", "nmod", "npadvmod")}
    return bool(near & around.time_tokens)


def _what_happened(what: Token, drafts: Sequence[Draft], around: Surroundings, words: Happenings) -> Draft | None:
    """The deed told before that `what` stands for: in its paragraph the last, else the report's first."""
    types = _types_meant(what, around, words)
    before = [d for d in drafts if d.type in types and d.head < what.i and not d.background and not d.times]
    before = [d for d in before if d.holding.modality is not Modality.DENIED and what.i not in d.trigger]
    here = [d for d in before if "\n" not in what.doc[d.head : what.i].text]
    return here[-1] if here else next(iter(before), None)


def _types_meant(what: Token, around: Surroundings, words: Happenings) -> frozenset[EventType]:
    if what.lower_ in words.pronouns:
        return _HAPPENING
    owners = [c for c in what.children if c.dep_ in ("det", "poss")]
    if not any(c.lower_ in words.pointing or c.i in around.time_tokens for c in owners):
        return frozenset()
    named = frozenset(p.type for p in around.codebook.nouns.get(what.lemma_.lower(), ()))
    return _HAPPENING if what.lemma_.lower() in words.nouns else named & _HAPPENING


# ---------------------------------------------------------------- what stands around it
def timed(one: Draft, first: Draft, before: Sequence[Draft], lending: Lending) -> Draft:
    """`one` with a time if it states none: that of its thread's `first`, or what the report told `before` lends it."""
    around = lending.around
    if one.times and all(is_bare(t) for t in one.times) and not one.background:
        day = (t for t in _told_before(one, before, around) or _day_of_the_news(lending) if not is_bare(t))
        return replace(one, times=(*one.times, *day))
    if one.times:
        return one
    if first.times:
        return replace(one, times=first.times, inferred_time=first.inferred_time)
    if _is_days_apart(around.words.parse.doc[one.head]):
        return one
    if one.definite and not one.background and not one.places:
        return replace(one, times=_known_time(one, before), inferred_time=True)
    if one.background or is_known_deed(one) or one.holding.modality is Modality.DENIED:
        return one
    counted = _counted_from(one, before, around)
    if counted:
        return replace(one, times=counted, inferred_time=True)
    if one.type in _FRESH and _is_news_of_the_day(around.words.parse.doc[one.head]):
        return replace(one, inferred_time=True, of_the_day=True)
    if one.type in _SPOKEN:
        return _as_said(one, around, lending.attributions)
    lead = () if _is_bygone(clause_verb(around.words.parse.doc[one.head])) else _day_of_the_news(lending)
    return replace(one, times=_told_before(one, before, around) or lead, inferred_time=True)


def is_known_deed(draft: Draft) -> bool:
    """'the general killed in May', 'before the strike on the port': told as known, so not of the report's own day."""
    return draft.aside or draft.definite


def _known_time(one: Draft, before: Sequence[Draft]) -> Times:
    """'Two guards were killed in the attack': the time of the last attack that the report told, if it told one."""
    told = [d for d in before if d.type is one.type and d.times and not d.background]
    return told[-1].times if told else ()


def _counted_from(one: Draft, before: Sequence[Draft], around: Surroundings) -> Times:
    """'two days after the strike on the port': the two days, and the time of the strike, stated there or told before."""
    doc = around.words.parse.doc
    for word in clause_verb(doc[one.head]).children:
        span = next((m for m in around.words.times if m.type == "DURATION" and m.end + 1 == word.idx), None)
        what = next((c for c in word.children if c.dep_ == "pobj"), None)
        if span is None or what is None or word.lower_ not in ("after", "before"):
            continue
        meant = {t.i for t in what.subtree}
        types = {p.type for p in around.codebook.nouns.get(what.lemma_.lower(), ())}
        told = [d.times for d in before if d.times and (d.head in meant or d.type in types)]
        since = times_of(what, around.words.times, around.words.parse) or next(reversed(told), ())
        return (span, *since) if since else ()
    return ()


def _is_news_of_the_day(verb: Token) -> bool:
    """'has arrested', 'announced that it had arrested': done by the time of the report, on a day that is not told."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ == "VBN" and bool(helpers & _HAVE or ("had" in helpers and verb.dep_ == "ccomp"))


def _is_bygone(verb: Token) -> bool:
    """'said on Friday that it had fired the rockets': Friday is the saying's, and the rockets were before it."""
    return any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux")


_HAVE = frozenset({"has", "have", "'ve"})


def _as_said(one: Draft, around: Surroundings, attributions: Sequence[Attribution]) -> Draft:
    """A statement at the time its speaker is said to have spoken; else of the report's day, unless told as bygone."""
    doc = around.words.parse.doc
    cues = (_root(a.cue, doc) for a in reversed(attributions) if a.cue is not None and _goes_on(one, a, doc))
    spoken = (times_of(cue, around.words.times, around.words.parse) for cue in cues)
    times = next((found for found in spoken if found), ())
    verb = clause_verb(doc[one.head])
    bygone = _is_bygone(verb) and not _is_news_of_the_day(verb)
    return replace(one, times=times, inferred_time=True, of_the_day=not times and not bygone)


_BREAKS = 2
"""Line breaks (one paragraph mark) across which 'he accused' goes on with what 'told reporters on Tuesday' began."""
_SPEAKING_ON = frozenset({"he", "she", "they", "it"})


def _goes_on(one: Draft, said: Attribution, doc: Doc) -> bool:
    """Whether a statement is told by `said`, or goes on with it: the same speaker, or a pronoun for the speaker."""
    deed = doc[one.head]
    if one.speaker is not None and one.speaker.cue is not None and one.speaker.cue == said.cue:
        return True
    if said.cue is None or said.source is None or said.cue.start >= deed.idx:
        return False
    named = {t.lower_ for t in doc.char_span(said.source.start, said.source.end, alignment_mode="expand") or ()}
    if any(doc[i].pos_ == "PROPN" and doc[i].lower_ in named for i in one.actors):
        return True
    near = doc[_root(said.cue, doc).i : deed.i].text.count("\n") <= _BREAKS
    return near and any(doc[i].lower_ in named | _SPEAKING_ON for i in one.actors)


def _root(span: Span, doc: Doc) -> Token:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    assert found is not None
    return found.root


def _told_before(draft: Draft, before: Sequence[Draft], around: Surroundings) -> Times:
    """The time of what the same sentence, then the same paragraph told before."""
    doc = around.words.parse.doc
    sentence = doc[draft.head].sent
    told = [d for d in before if d.times and not d.background and not d.inferred_time and not d.aside]
    told = [d for d in told if not _is_set_apart(doc[d.head], doc[draft.head])]
    here = [d for d in told if sentence.start <= d.head < sentence.end]
    here = here or [d for d in told if "\n" not in doc[d.head : draft.head].text]
    return here[-1].times if here else ()


def _is_set_apart(told: Token, deed: Token) -> bool:
    """'after the raid on Monday, soldiers held six men': the day of the raid is not that of the arrests."""
    return any(deed.is_ancestor(word) and word.lower_ in APART for word in told.ancestors)


_DAYS_APART = frozenset({"day", "week", "month", "year", "decade", "night", "fortnight"})


def _is_days_apart(deed: Token) -> bool:
    """'resigned on Friday, two days after rebels shelled the port': whatever the report names, it is not their day."""
    words = [deed, *deed.ancestors]
    joints = [w for w in words if w.dep_ == "prep"] + [c for w in words for c in w.children if c.dep_ == "mark"]
    counted = (w for w in joints if w.lower_ in ("after", "before") and w.i > w.sent.start)
    return any(w.nbor(-1).lemma_ in _DAYS_APART and w.nbor(-1).dep_ == "npadvmod" for w in counted)


def _day_of_the_news(lending: Lending) -> Times:
    """The first day that the lead names behind the dateline, not after the report's own; else the only one of the week."""
    doc, published = lending.around.words.parse.doc, lending.published
    end = lead_end(doc)
    named = [t for t in lending.around.words.times if _is_day(t) and t.start >= lending.opening]
    days = [t for t in named if not is_limit(t, lending.around.words.parse) and not _is_after(t, published)]
    lead = [t for t in days if t.start < end]
    recent = [t for t in days if published is not None and _is_of_the_week(t, published)]
    only = recent if len({t.first[:10] for t in recent if t.first}) == 1 else []
    return tuple((lead or only)[:1])


def _is_after(time: TimeMention, published: str | None) -> bool:
    return published is not None and time.first is not None and time.first[:10] > published[:10]


def _is_of_the_week(time: TimeMention, published: str) -> bool:
    if time.first is None or is_bare(time):
        return False
    return date.fromisoformat(published[:10]) - date.fromisoformat(time.first[:10]) < timedelta(days=7)


_DAY_WORDS = re.compile(
    r"(?i)day\b|to-?night|this |last |yester|\d{4}|may |\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\b|[a-z]{3})"
)


def is_bare(time: TimeMention) -> bool:
    """'in the afternoon', 'at about 9:30 am': a time of a day that other words must name."""
    return time.type == "TIME" and _DAY_WORDS.search(time.quote) is None


def _is_day(time: TimeMention) -> bool:
    return time.precision in _DAYS and time.type in ("DATE", "TIME")


_DAYS = frozenset({TimePrecision.DAY, TimePrecision.PART_OF_DAY, TimePrecision.MINUTE})
