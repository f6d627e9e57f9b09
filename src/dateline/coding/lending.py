"""The place that a report lends to a deed told without one; a guess, to be marked as one.

It is where its doers are, else that of the deed told before in the same paragraph, else the last place that the
paragraph has named, else that of the report's first deed; for a lead that names none the town of the dateline, if nothing
speaks against it; else the country that the report is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.triggers import Surroundings
from dateline.language.locating import says_where
from dateline.language.parse import lead_end, line_breaks
from dateline.types import EventType, PlaceKind, PlaceMention, PlaceUse

MATERIAL = frozenset(
    {EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.RETREAT, EventType.MOBILIZE, EventType.AID}
)
"""Deeds: they are done somewhere, and where a report does not say it again it means where it has been all along."""

_COUNTRIES = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


def lent_place(draft: Draft, before: Sequence[Draft], around: Surroundings) -> tuple[PlaceMention, ...]:
    """The place of what was told before, nearest first."""
    doc = around.words.parse.doc
    own = _places_of_actors(draft.actors, around)
    if own:
        return own
    told = [d for d in before if d.places and not d.background and not d.inferred_place and d.type in MATERIAL]
    here = [d for d in told if not line_breaks(doc, d.head, draft.head)]
    if here:
        return here[-1].places
    named = _named_before(doc[draft.head], around)
    if named is not None:
        return (named,)
    return told[0].places if told else _filed(draft, around)


_STANDING = frozenset({"in", "at", "near", "outside"})


def _places_of_actors(actors: tuple[int, ...], around: Surroundings) -> tuple[PlaceMention, ...]:
    """'Police in Kar arrested two men': where who acts is, for want of a better; not where they come from."""
    doc = around.words.parse.doc
    standing = {
        t.idx for i in actors for c in doc[i].children if c.dep_ == "prep" and c.lower_ in _STANDING for t in c.children
    }
    if not standing:
        return ()
    spans = ((m, doc.char_span(m.start, m.end, alignment_mode="expand")) for m in around.places)
    return tuple(m for m, span in spans if m.use is PlaceUse.PLACE and span is not None and span.root.idx in standing)


def _named_before(head: Token, around: Surroundings) -> PlaceMention | None:
    """The last place that the paragraph names before a deed, unless it is only somebody's: 'the Ban office said'."""
    opening = head.doc.text.rfind("\n", 0, head.idx) + 1
    named = [m for m in around.places if opening <= m.start < head.sent.start_char]
    fitting = (m for m in reversed(named) if m.place.kind not in _COUNTRIES and says_where(m, around.words.parse))
    return next(fitting, None)


def _filed(draft: Draft, around: Surroundings) -> tuple[PlaceMention, ...]:
    """The dateline's town for a lead that names no other place of its country or of another."""
    doc, filed = around.words.parse.doc, around.filed
    end = lead_end(doc)
    if filed is None or filed.place.lat is None or doc[draft.head].idx >= end:
        return ()
    others = [
        m for m in around.places if m.start < end and m.use is PlaceUse.PLACE and m.place.name != filed.place.name
    ]
    against = (m for m in others if m.place.kind is not PlaceKind.COUNTRY or m.place.country != filed.place.country)
    return () if any(against) else (filed,)


def home(around: Surroundings) -> tuple[PlaceMention, ...]:
    """The country that a report is about: the one its dateline lies in, if no other is named as often."""
    filed = around.filed.place.country if around.filed is not None else None
    told = [p for p in around.places if p.place.country is not None]
    often = Counter(p.place.country for p in told).most_common(2)
    if filed is None or not often or often[0][0] != filed or (len(often) > 1 and often[1][1] == often[0][1]):
        return ()
    own = [p for p in told if p.place.country == filed and p.place.kind is PlaceKind.COUNTRY]
    own.sort(key=lambda p: (p.use is not PlaceUse.PLACE, p.start))
    return tuple(own[:1])
