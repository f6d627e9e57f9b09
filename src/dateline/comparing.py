"""Two states of a record, event by event: what was added, changed, merged, split, retracted or removed, and why.

An event is the same as one of the other state if it has its id, else if it has most of its claims, else if it is told by
a report in common or on the same day, and is like it. What changed is told field by field, in the words of RECORD.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from dateline.types import Change, Claim, Decision, Event, FieldChange, Happened, Report

FIELDS = tuple(
    "type mode context modality date precision place actors targets harm says status independent_sources reports "
    "first_reported review date_inferred".split()
)
"""The fields that are compared; the rest is made of them."""

_WHERE_IT_STANDS = frozenset({"claims", "quote", "start", "end"})
"""Keys of values that say only where the words stand: they change whenever claims are counted anew."""

ALIKE = 3.0
"""Likeness at which events without a claim in common are taken for one: a report or day in common and two facts more."""


@dataclass(frozen=True)
class State:
    """A record as it is at one time."""

    reports: Sequence[Report]
    claims: Sequence[Claim]
    events: Sequence[Event]

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def report(self) -> Mapping[str, Report]:
        """The reports by id."""
        return {report.id: report for report in self.reports}

    @cached_property
    def report_of(self) -> Mapping[str, str]:
        """Claim -> its report."""
        return {claim.id: claim.report for claim in self.claims}

    @cached_property
    def home(self) -> Mapping[str, str]:
        """Claim -> its event."""
        return {claim: event.id for event in self.events for claim in event.claims}


@dataclass(frozen=True, slots=True)
class Causes:
    """What may have changed a record besides its reports: decisions since, and another version of code or knowledge."""

    decisions: Sequence[Decision] = ()
    newer: bool = False


def compare(old: State, new: State, causes: Causes = Causes()) -> tuple[Change, ...]:
    """What became of the events of `old`, and which are new, by id."""
    heir = _heirs(old, new)
    parents: defaultdict[str, list[str]] = defaultdict(list)
    for before in sorted(heir):
        parents[heir[before]].append(before)
    born = _split_off(old, new, heir, parents)
    telling = _Telling(old, new, causes)
    found = [
        *(telling.removed(event) for event in old.events if event.id not in heir),
        *(telling.added(event) for event in new.events if event.id not in parents and event.id not in born),
        *(change for after, before in parents.items() for change in telling.became(before, after)),
        *(telling.split(before, heir[before], parts) for before, parts in _turned(born).items()),
    ]
    return tuple(sorted(found, key=lambda change: (change.event, change.what)))


# ---------------------------------------------------------------- which is which
def _heirs(old: State, new: State) -> dict[str, str]:
    """Event of `old` -> the event of `new` that it is now."""
    heirs = {event.id: after for event in old.events if (after := _by_claims(event, new)) is not None}
    taken = set(heirs.values())
    lost = [event for event in old.events if event.id not in heirs]
    free = [event for event in new.events if event.id not in taken]
    return heirs | _by_likeness(lost, free)


def _by_claims(event: Event, new: State) -> str | None:
    if event.id in new.by_id:
        return event.id
    homes = Counter(new.home[claim] for claim in event.claims if claim in new.home)
    return min(homes, key=lambda key: (-homes[key], key), default=None)


def _by_likeness(lost: Sequence[Event], free: Sequence[Event]) -> dict[str, str]:
    """The likest pairs first, each event once."""
    index: defaultdict[str, list[Event]] = defaultdict(list)
    for event in free:
        for key in _keys(event):
            index[key].append(event)
    near = {(one.id, other.id): (one, other) for one in lost for key in _keys(one) for other in index[key]}
    ranked = sorted((-like, *pair) for pair, both in near.items() if (like := likeness(*both)) >= ALIKE)
    found: dict[str, str] = {}
    for _, one, other in ranked:
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _keys(event: Event) -> set[str]:
    return {*event.reports, *(event.date or ())}


def likeness(one: Event, other: Event) -> float:
    """A point for each of type, reports, days, place and parties that they have in common, half for days that meet."""
    days = (one.date is not None and one.date == other.date) + (_meet(one, other) / 2)
    place = one.place is not None and other.place is not None and one.place.name == other.place.name
    parties = {party.name for party in (*one.actors, *one.targets)} & {p.name for p in (*other.actors, *other.targets)}
    shared = bool(set(one.reports) & set(other.reports))
    return (one.type == other.type) + shared + min(1.0, days) + place + bool(parties)


def _meet(one: Event, other: Event) -> bool:
    if one.date is None or other.date is None:
        return False
    return one.date[0] <= other.date[1] and other.date[0] <= one.date[1]


def _split_off(old: State, new: State, heir: Mapping[str, str], parents: Mapping[str, list[str]]) -> dict[str, str]:
    """New event -> the old one that most of its claims were of, where it is not what became of that one."""
    born = {}
    for event in new.events:
        if event.id not in parents:
            homes = Counter(old.home[claim] for claim in event.claims if claim in old.home)
            source = min(homes, key=lambda key: (-homes[key], key), default=None)
            if source is not None and source in heir:
                born[event.id] = source
    return born


def _turned(born: Mapping[str, str]) -> dict[str, list[str]]:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for part, source in born.items():
        parts[source].append(part)
    return dict(parts)


# ---------------------------------------------------------------- what became of it
@dataclass(frozen=True, slots=True)
class _Telling:
    """Changes of events, with their reasons."""

    old: State
    new: State
    causes: Causes

    def added(self, event: Event) -> Change:
        return Change(event.id, Happened.ADDED, event.summary, why=self._why(None, event))

    def removed(self, event: Event) -> Change:
        return Change(event.id, Happened.REMOVED, event.summary, why=self._why(event, None))

    def split(self, before: str, main: str, parts: Sequence[str]) -> Change:
        event, after = self.old.by_id[before], self.new.by_id[main]
        return Change(before, Happened.SPLIT, after.summary, (main, *sorted(parts)), why=self._why(event, after))

    def became(self, before: Sequence[str], after: str) -> Iterator[Change]:
        """Those of `before` that went into another, and what changed in that one."""
        now = self.new.by_id[after]
        kept = after if after in before else max(before, key=lambda key: (_shared(self.old.by_id[key], now), key))
        for key in before:
            was = self.old.by_id[key]
            if key != kept:
                yield Change(key, Happened.MERGED, now.summary, (after,), why=self._why(was, now))
        yield from self._changed(self.old.by_id[kept], now)

    def _changed(self, was: Event, now: Event) -> Iterator[Change]:
        fields = tuple(field_changes(was, now)) if was != now else ()
        if fields or was.id != now.id:
            gone = was.status != now.status and now.status.value == "retracted"
            what = Happened.RETRACTED if gone else Happened.CHANGED
            moved = (now.id,) if was.id != now.id else ()
            yield Change(was.id, what, now.summary, moved, fields, self._why(was, now))

    def _why(self, was: Event | None, now: Event | None) -> tuple[str, ...]:
        """The reports, decisions and versions that made the difference; none: what else changed around it."""
        told = [
            *self._reports(was, now),
            *self._decisions(was, now),
            *self._coded(was, now),
        ]
        reviewed = "a decision" if was and now and was.review != now.review else None
        return tuple(dict.fromkeys(told)) or (reviewed or "what else changed: its claims were gathered anew",)

    def _reports(self, was: Event | None, now: Event | None) -> Iterator[str]:
        for key in sorted({*(now.reports if now else ()), *(was.reports if was else ())}):
            before, after = self.old.report.get(key), self.new.report.get(key)
            if before is None and after is not None:
                kind = "new version" if after.version_of else "new copy" if after.copy_of else "new report"
                yield f"a {kind}: {_named(after)}"
            elif before is not None and after is None:
                yield f"a report that is gone: {_named(before)}"
            elif before is not None and after is not None and before != after:
                yield f"a changed report ({', '.join(_differing(before, after))}): {_named(after)}"

    def _decisions(self, *events: Event | None) -> Iterator[str]:
        """The decisions about a claim or report of the events."""
        about = {key for event in events if event for key in (*event.claims, *event.reports)}
        for line in self.causes.decisions:
            subjects = {one.claim for one in (*line.claims, *line.into)} | {line.subject, line.details.get("with")}
            if subjects & about:
                yield f"decision {line.line}, {line.action} by {line.by}: {line.reason}"

    def _coded(self, was: Event | None, now: Event | None) -> Iterator[str]:
        """Whether reports that both states have give other claims."""
        both = self.old.report.keys() & self.new.report.keys()
        gone = {self.old.report_of.get(key) for key in (was.claims if was else ()) if key not in self.new.report_of}
        come = {self.new.report_of.get(key) for key in (now.claims if now else ()) if key not in self.old.report_of}
        if self.causes.newer and both & (gone | come):
            yield "another version of code or codebook"


def _shared(one: Event, other: Event) -> int:
    return len(set(one.claims) & set(other.claims))


def _named(report: Report) -> str:
    published = report.published.start[:10] if report.published.start else "no date"
    return f"{report.title or report.source} ({report.publisher or 'no publisher'}, {published}; {report.id[:8]})"


def _differing(one: Report, other: Report) -> list[str]:
    return [name for name in Report.__slots__ if getattr(one, name) != getattr(other, name)]


def field_changes(was: Event, now: Event) -> Iterator[FieldChange]:
    """The fields that differ, apart from where the words of their values stand."""
    for name in FIELDS:
        before, after = (_bare(msgspec.to_builtins(getattr(event, name))) for event in (was, now))
        if before != after:
            yield FieldChange(name, before, after)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(held) for key, held in value.items() if key not in _WHERE_IT_STANDS}
    return [_bare(held) for held in value] if isinstance(value, list | tuple) else value
