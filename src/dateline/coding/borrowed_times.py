"""Borrowed times: when a deed was whose own sentence states no time, from what the report says around it.

First what the report states of it elsewhere ('It happened on Friday', 'Thursday's attack'), then the time of the same
sentence, of the same paragraph, of the lead. What is said, and not done, is news of its day: it borrows only the time at
which its speaker is said to have spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Doc, Token

from dateline.coding.bygone import (
    BygoneWords,
    is_bygone,
    is_charge,
    is_narrated,
    is_older,
    is_pluperfect,
    news_begins,
    told_last,
)
from dateline.coding.drafts import Draft
from dateline.coding.roles import clause_verb
from dateline.coding.stated_times import Times, is_bare
from dateline.coding.triggers import Surroundings
from dateline.knowledge.statements import Statements
from dateline.language.parse import lead_end, line_breaks
from dateline.language.times import APART, is_limit, site_of, times_of
from dateline.types import Attribution, EventType, Modality, Span, TimeMention, TimePrecision

_FRESH = frozenset({EventType.COERCE, EventType.AID, EventType.RETREAT, EventType.MOBILIZE})
"""What 'has arrested', 'has sent' tells as news; an attack that somebody 'had carried out' may be any told before."""


@dataclass(frozen=True, slots=True, eq=False)
class Lending:
    """What a report has to lend a deed without a time: its words, its day, who is said to speak in it, and when.

    `opening` is where its story begins, behind the dateline. Each is equal to itself alone, so that its days are found once.
    """

    around: Surroundings
    published: str | None
    opening: int
    attributions: tuple[Attribution, ...]
    statements: Statements
    bygone: BygoneWords


# ---------------------------------------------------------------- what stands around it
def timed(one: Draft, first: Draft, before: Sequence[Draft], lending: Lending) -> Draft:
    """`one` with a time if it states none: that of its thread's `first`, or what the report told `before` lends it."""
    around = lending.around
    if one.times and all(is_bare(t) for t in one.times) and not one.background:
        day = (t for t in _told_before(one, before, around) or _days_of_the_news(lending)[:1] if not is_bare(t))
        return replace(one, times=(*one.times, *day))
    if one.times:
        return one
    if first.times:
        return replace(one, times=first.times, inferred_time=first.inferred_time)
    deed = around.words.parse.doc[one.head]
    if one.background or one.holding.modality is Modality.DENIED:
        return one
    if is_before_the_news(one, lending):
        return _with_bygone_day(one, before, lending)
    if is_charge(deed, lending.bygone) or (one.definite and not one.places):
        return replace(one, times=_known_time(one, before), inferred_time=True)
    if is_known_deed(one):
        return one
    counted = _counted_from(one, before, around)
    if counted:
        return replace(one, times=counted, inferred_time=True)
    if one.type in _FRESH and _is_news_of_the_day(deed):
        return replace(one, inferred_time=True, of_the_day=True)
    if lending.statements.is_told_on_its_day(one.type, one.mode):
        return _as_said(one, lending)
    told = _told_before(one, before, around)
    if is_pluperfect(clause_verb(deed)):
        alike = told if before[-1:] and before[-1].type is one.type else ()
        return replace(one, times=alike, inferred_time=bool(alike))
    return replace(one, times=told, inferred_time=True) if told else _as_news(one, lending)


def is_before_the_news(one: Draft, lending: Lending) -> bool:
    """Whether a deed is told as older than the news, so that nothing is known of its day."""
    deed = lending.around.words.parse.doc[one.head]
    if _is_days_apart(deed):
        return True
    return is_bygone(deed, _news_begin(lending), lending.around, lending.bygone)


def _with_bygone_day(one: Draft, before: Sequence[Draft], lending: Lending) -> Draft:
    """'The gang raided a house on 2 March. A woman was shot': a day before the news that its paragraph has told."""
    begins = _news_begin(lending)
    told = (
        () if lending.statements.is_told_on_its_day(one.type, one.mode) else _told_before(one, before, lending.around)
    )
    older = tuple(t for t in told if is_older(t, begins))
    return replace(one, times=older, inferred_time=bool(older))


def _news_begin(lending: Lending) -> date | None:
    return news_begins(lending.published, _days_of_the_news(lending))


def _as_news(one: Draft, lending: Lending) -> Draft:
    """A deed on the day of the news; where that is only the day on which it was spoken of, by that of the report."""
    days = _days_of_the_news(lending)
    done = [t for t in days if not _is_of_saying(t, lending)]
    if done or not days:
        return replace(one, times=tuple(done[:1]), inferred_time=True)
    return replace(one, inferred_time=True, of_the_day=True)


_SAY = frozenset({"say", "tell", "report", "add"})


def _is_of_saying(time: TimeMention, lending: Lending) -> bool:
    """'Police said on Thursday': Thursday is not yet the day of what they speak of."""
    return site_of(time, lending.around.words.parse).lemma_ in _SAY


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


_HAVE = frozenset({"has", "have", "'ve"})


def _as_said(one: Draft, lending: Lending) -> Draft:
    """A statement at the time its speaker is said to have spoken; else of the report's day, unless told as bygone.

    'They demanded money' goes on with what 'they' did on Monday, and 'after meeting the king' is of no known day.
    """
    around, attributions = lending.around, lending.attributions
    doc = around.words.parse.doc
    cues = (_root(a.cue, doc) for a in reversed(attributions) if a.cue is not None and _goes_on(one, a, doc))
    spoken = (times_of(cue, around.words.times, around.words.parse) for cue in cues)
    times = next((found for found in spoken if found), ()) or told_last(doc[one.head], around, lending.bygone)
    verb = clause_verb(doc[one.head])
    if not is_narrated(verb) and lending.published is not None:
        times = tuple(t for t in times if _is_of_the_week(t, lending.published))
    bygone = (is_pluperfect(verb) and not _is_news_of_the_day(verb)) or _follows_a_joint(one, lending)
    return replace(one, times=times, inferred_time=bool(times) or not bygone, of_the_day=not times and not bygone)


def _follows_a_joint(one: Draft, lending: Lending) -> bool:
    """'after talks with the king', 'before meeting the envoys'."""
    deed = lending.around.words.parse.doc[one.head]
    return one.type in lending.statements.talks and deed.dep_ in ("pobj", "pcomp") and deed.head.lower_ in APART


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
    near = line_breaks(doc, _root(said.cue, doc).i, deed.i) <= _BREAKS
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
    here = here or [d for d in told if not line_breaks(doc, d.head, draft.head)]
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


@lru_cache(maxsize=2)
def _days_of_the_news(lending: Lending) -> Times:
    """The days that the lead names behind the dateline, not after the report's own; else the only one of the week.

    Those of the week before the report come first; of others 'measures taken after the quake of 5 March' tells no news.
    """
    doc, published = lending.around.words.parse.doc, lending.published
    end = lead_end(doc)
    named = [t for t in lending.around.words.times if _is_day(t) and t.start >= lending.opening]
    days = [t for t in named if not is_limit(t, lending.around.words.parse) and not _is_after(t, published)]
    lead = [t for t in days if t.start < end]
    recent = [t for t in days if published is not None and _is_of_the_week(t, published)]
    only = recent if len({t.first[:10] for t in recent if t.first}) == 1 else []
    told = [t for t in lead if published is None or _is_main_clause(site_of(t, lending.around.words.parse))]
    return tuple([t for t in lead if t in recent] or told or only)


def _is_main_clause(site: Token) -> bool:
    return site.pos_ in ("VERB", "AUX") and site.dep_ in ("ROOT", "ccomp", "conj")


def _is_after(time: TimeMention, published: str | None) -> bool:
    return published is not None and time.first is not None and time.first[:10] > published[:10]


def _is_of_the_week(time: TimeMention, published: str) -> bool:
    if time.first is None or is_bare(time):
        return False
    return date.fromisoformat(published[:10]) - date.fromisoformat(time.first[:10]) < timedelta(days=7)


def _is_day(time: TimeMention) -> bool:
    return time.precision in _DAYS and time.type in ("DATE", "TIME")


_DAYS = frozenset({TimePrecision.DAY, TimePrecision.PART_OF_DAY, TimePrecision.MINUTE})
