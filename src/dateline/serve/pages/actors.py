"""Actors: who acts and is acted on, as a table, a matrix and a network of pairs; and the page of one actor.

Who has no id in the knowledge has no page: a private person is followed by nobody. Counts are of the events that the
filters of the address ask for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Template

from dateline.knowledge.actor_index import Entry, Term
from dateline.knowledge.actors import ActorLexicon
from dateline.serve.filters import address, query_in
from dateline.serve.pages.asked import NARROWING, number, text, word
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.store.actor_facts import ActorFacts, Known, Stood
from dateline.store.asking import EXACTLY, Query, is_part
from dateline.store.event_index import Count, Found, Span
from dateline.store.parties import Pair, Party, PartyCount
from dateline.types import Actor, ActorKind

VIEWS = ("table", "matrix", "network")
NAMES = ("view", "name", "after", "limit")
ROWS, MOST_ROWS = 50, 500
"""Actors of a page: as it is, and as many as may be asked for."""
SIDE, PAIRS = 15, 200
"""Actors on each side of the matrix; pairs of the network."""
OTHERS, TYPES, SPANS, EVENTS = 10, 8, 12, 20
"""On the page of an actor: others on either side, types, spans of time, events."""
_UNIT = re.compile("([a-z]{3})-[a-z0-9-]+")
"""The id of a part of a state."""
UNNAMED = 40
"""Names that are looked for among speakers: as many as a filter takes."""


@dataclass(frozen=True, slots=True)
class Row:
    """An actor in the table, and the lists of its events. A `private` one has no page, no days and no lists."""

    count: PartyCount
    name: str
    known: Known
    page: str | None
    private: bool
    events: str | None
    acts: str | None
    acted_on: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """How actors are called and where their pages are: by the knowledge, else by the words of the record."""

    lexicon: ActorLexicon

    def name(self, value: str, said: str) -> str:
        """The name that goes with a filter's value: as the knowledge has it, else `said` with the state that it is of."""
        actor = value.removeprefix(EXACTLY)
        known, state = self.lexicon.name_of(actor), self._state(actor)
        return known or (f"{state}: {said}" if state else said)

    def page(self, value: str) -> str | None:
        """Where the page of an actor is whom the knowledge knows, or whose state; null: it has none."""
        actor = value.removeprefix(EXACTLY)
        has = self.lexicon.name_of(actor) is not None or self._state(actor) is not None
        return f"/a/{quote(actor, safe='')}" if has else None

    def _state(self, actor: str) -> str | None:
        """The state of a part of it that has no name of its own: 'irq-parliament'."""
        unit = _UNIT.fullmatch(actor)
        return self.lexicon.name_of(unit[1]) if unit else None


@get("/actors", include_in_schema=False, sync_to_thread=True)
def actors(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """Who acts and is acted on: a table, a matrix or a network."""
    given = {name: values[-1] for name, values in request.query_params.dict().items()}
    query = query_in(request.query_params, NAMES)
    view = word(given, "view", VIEWS) or "table"
    found, names = served.index().found(query), Names(ActorLexicon.load(served.record.packs))
    shown = {"query": query, "view": view, "tally": found.tally, "names": names, **_WITH}
    if view == "matrix":
        return page(request, "actors_matrix.html", title="Actors: who to whom", matrix=found.matrix(SIDE), **shown)
    if view == "network":
        pairs = found.pairs(PAIRS)
        return page(request, "actors_network.html", title="Actors: network", pairs=pairs, most=PAIRS, **shown)
    return _table(request, served, found, given, shown)


def _table(
    request: Request[Any, Any, Any], served: Served, found: Found, given: Mapping[str, str], shown: Mapping[str, Any]
) -> Template:
    part, after = text(given, "name"), number(given, "after") or 0
    limit = min(number(given, "limit") or ROWS, MOST_ROWS)
    names, query = shown["names"], shown["query"]
    counts = _having(found.parties(), part, names)
    with served.ask() as database:
        facts = ActorFacts(database)
        chosen = counts[after : after + limit]
        known = facts.known(count.party.value for count in chosen)
    rows = [_row(count, known[count.party.value], names, query) for count in chosen if count.party.value in known]
    more = after + limit if after + limit < len(counts) else None
    return page(
        request,
        "actors.html",
        title="Actors",
        rows=rows,
        part=part,
        after=after,
        limit=limit if limit != ROWS else None,
        more=more,
        total=len(counts),
        **shown,
    )


def _having(counts: Sequence[PartyCount], part: str | None, names: Names) -> Sequence[PartyCount]:
    """Those whose name, as it is written or known, has a part in it, or whose id it is."""
    if part is None:
        return counts
    return [
        one
        for one in counts
        if is_part(part, one.party.name)
        or is_part(part, names.name(one.party.value, one.party.name))
        or one.party.value == f"{EXACTLY}{part.lower()}"
    ]


def _row(count: PartyCount, known: Known, names: Names, query: Query) -> Row:
    value = count.party.value
    own = names.page(value)
    private = own is None and known.kind in (ActorKind.PERSON, None)
    return Row(
        replace(count, first=None, last=None) if private else count,
        names.name(value, count.party.name),
        known,
        own,
        private,
        *(None if private else _list(query, **{side: value}) for side in ("actor", "acting", "target")),
    )


def level(events: int, most: int) -> int:
    """How dark a cell of a matrix is: 0 for nothing, 5 for the most, if that is more than a few."""
    return 1 + 4 * (events - 1) // max(most - 1, 4) if events else 0


def _list(query: Query, **parties: str) -> str | None:
    """The list of the events of `query` with these parties; null where it asks for other parties of that side already."""
    if any(getattr(query, side) not in ((), (value,)) for side, value in parties.items()):
        return None
    asked: dict[str, Any] = {side: (value,) for side, value in parties.items()}
    return address("/", replace(query, **asked))


def pair_list(query: Query, actor: Party, target: Party) -> str | None:
    """The list of what one did to the other."""
    return _list(query, acting=actor.value, target=target.value)


_WITH: Mapping[str, Any] = {"level": level, "pair_list": pair_list, **NARROWING}
"""What all pages of actors use."""


# ---------------------------------------------------------------- one actor
@dataclass(frozen=True, slots=True)
class Profile:
    """What the knowledge has of an actor, and by which names the record's reports write it."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    role: str | None
    terms: Sequence[Term]
    also: Sequence[str]
    above: Sequence[tuple[str, str]]
    written: Sequence[tuple[str, int]]

    @property
    def names(self) -> list[str]:
        """All of them, each once."""
        return list(dict.fromkeys([self.name, *self.also, *(name for name, _ in self.written)]))


@dataclass(frozen=True, slots=True)
class Times:
    """Types of events over time: the spans, and of each type how many events are in each."""

    spans: Sequence[Span]
    types: Sequence[tuple[Count, list[int]]]

    @property
    def most(self) -> int:
        """The most events of one type in one span."""
        return max((events for _, row in self.types for events in row), default=0)


@get("/a/{actor:str}", include_in_schema=False, sync_to_thread=True)
def actor(request: Request[Any, Any, Any], served: TheRecord, actor: FromPath[str]) -> Template:
    """One actor that the knowledge knows: names, whom it acts on, what it says, its events."""
    query, names = replace(query_in(request.query_params), actor=()), Names(ActorLexicon.load(served.record.packs))
    value = f"{EXACTLY}{actor}"
    own = replace(query, actor=(value,))
    with served.ask() as database:
        facts = ActorFacts(database)
        profile = _profile(actor, names, facts)
        speaking = facts.speaking(profile.names)[:UNNAMED]
        stood = facts.stood(speaking)
        found = served.index().found(own)
        events = database.events_of(found.page(None, EVENTS))
        copies = database.copies_among(report for event in events for report in event.reports)
    return page(
        request,
        "actor.html",
        title=profile.name,
        query=query,
        own=own,
        profile=profile,
        tally=found.tally,
        acts_on=_others(found, actor=value),
        acted_on_by=_others(found, target=value),
        times=Times(found.spans(SPANS), found.over_time("type", TYPES, SPANS)),
        speaking=speaking,
        stood=stood,
        says=replace(query, speaker=tuple(f"{EXACTLY}{name}" for name in speaking)),
        events=events,
        copies=copies,
        names=names,
        short=short,
        is_against=is_against,
        with_days=lambda query, span: replace(query, first=span.first, last=span.last),
        **_WITH,
    )


def _profile(actor: str, names: Names, facts: ActorFacts) -> Profile:
    """A LookupError where neither the knowledge nor an event has the id."""
    entry, seen = names.lexicon.entry(actor), facts.seen(actor)
    value, state = f"{EXACTLY}{actor}", actor[:3].upper()
    if names.page(value) is None or (names.lexicon.name_of(actor) is None and seen is None):
        raise LookupError(_NOBODY.format(actor[:80]))
    chain = ((one, names.lexicon.name_of(one)) for one in names.lexicon.chain(actor)[1:])
    return Profile(
        id=actor,
        name=names.name(value, seen.name if seen else actor),
        kind=entry.kind if entry else seen.kind if seen else ActorKind.STATE,
        country=entry.country if entry else state,
        role=_role(entry, seen),
        terms=[term for term in entry.terms if term.office or term.start] if entry else (),
        also=entry.also if entry else (),
        above=[(one, name) for one, name in chain if name],
        written=facts.written(actor),
    )


_NOBODY = (
    "no actor of the knowledge has the id {!r}; who is not in the knowledge has no page, so that no private person is "
    "followed: look for events by a part of the name"
)


def _role(entry: Entry | None, seen: Actor | None) -> str | None:
    """Its PLOVER sectors."""
    if entry is not None:
        return ", ".join(entry.roles_on(None)) or None
    return seen.codes.role if seen else None


def _others(found: Found, *, actor: str | None = None, target: str | None = None) -> list[Pair]:
    return found.pairs(OTHERS, actor=actor, target=target)


def is_against(stood: Stood) -> bool:
    """Whether a stance speaks against what others say."""
    return stood.stance in ("denies", "doubts", "disclaims-responsibility")


def short(span: Span) -> str:
    """'2020-01-03', '2020-01', '2020', else both days: '2020-01-06 to 2020-01-12'."""
    first, last = span.first, span.last
    if first == last:
        return first
    if first[4:] == "-01-01" and last[4:] == "-12-31":
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} to {last[:4]}"
    return first[:7] if first[:7] == last[:7] and first[8:] == "01" and last[8:] >= "28" else f"{first} to {last}"
