"""The columns of each noun in CSV, which are the properties in GeoJSON too. Those of events are `publishing.table`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import Any

from dateline.publishing.encoding import joined, to_json
from dateline.publishing.table import Cell
from dateline.serve.api.values import ActorTold, ChangeTold, ProblemTold
from dateline.store.event_index import Spot
from dateline.types import Actor, Claim, Decision, Harm, HarmKind, Place, PlacePrecision, Report, Wire

Columns = Mapping[str, Callable[[Any], Cell]]


def _plain(kind: type, but: Iterable[str] = ()) -> Columns:
    """The fields of a value that has single words and numbers only."""
    return {one.name: attrgetter(one.name) for one in fields(kind) if one.name not in but}


def _names(parties: Iterable[Actor]) -> str:
    return joined([party.name for party in parties])


def _toll(claim: Claim, kind: HarmKind) -> str:
    return joined([_range(harm) for harm in claim.harm if harm.kind is kind])


def _range(harm: Harm) -> str:
    low, high = ("" if n is None else n for n in (harm.low, harm.high))
    return f"{low}-{high}" + (f" ({harm.who})" if harm.who else "")


def _of_place(name: str, claim: Claim) -> Cell:
    value = getattr(claim.place, name, None)
    return value if isinstance(value, float) or value is None else str(value)


CLAIM: Mapping[str, Callable[[Claim], Cell]] = {
    "id": lambda c: c.id,
    "report": lambda c: c.report,
    "event": lambda c: c.event,
    "type": lambda c: c.type.value,
    "mode": lambda c: c.mode,
    "modality": lambda c: c.modality.value,
    "outcome": lambda c: c.outcome.value if c.outcome else None,
    "speaker": lambda c: c.speaker.name,
    "speaker_kind": lambda c: c.speaker.kind.value,
    "told": lambda c: c.speaker.told,
    "stance": lambda c: c.stance.value,
    "about": lambda c: c.about.value,
    "actors": lambda c: _names(c.actors),
    "targets": lambda c: _names(c.targets),
    "first": lambda c: c.time.start if c.time else None,
    "last": lambda c: c.time.end if c.time else None,
    "precision": lambda c: c.time.precision.value if c.time else None,
    "place": partial(_of_place, "name"),
    "country": partial(_of_place, "country"),
    "lat": partial(_of_place, "lat"),
    "lon": partial(_of_place, "lon"),
    "place_precision": partial(_of_place, "precision"),
    "killed": partial(_toll, kind=HarmKind.KILLED),
    "injured": partial(_toll, kind=HarmKind.INJURED),
    "means": lambda c: joined([means.name for means in c.means]),
    "background": lambda c: "yes" if c.background else "no",
    "confidence": lambda c: c.confidence,
    "quotes": lambda c: " ... ".join(dict.fromkeys(one.quote for one in c.evidence)),
}
REPORT: Mapping[str, Callable[[Report], Cell]] = {
    **_plain(Report, but=("published", "credits", "text", "passages", "dateline")),
    "published": lambda r: r.published.start,
    "published_to": lambda r: r.published.end,
    "basis": lambda r: r.published.basis.value if r.published.basis else None,
    "credits": lambda r: joined([f"{credit.role.value} {credit.name}" for credit in r.credits]),
    "letters": lambda r: len(r.text),
}
WIRE: Mapping[str, Callable[[Wire], Cell]] = {
    "id": lambda w: w.id,
    "original": lambda w: w.original,
    "copies": lambda w: joined([copy.report for copy in w.copies]),
    "shares": lambda w: joined([f"{copy.share:.2f}" for copy in w.copies]),
}
ACTOR: Columns = _plain(ActorTold)
PLACE: Columns = _plain(Spot)
CHANGE: Mapping[str, Callable[[ChangeTold], Cell]] = {
    **_plain(ChangeTold, but=("events", "fields", "why")),
    "events": lambda c: joined(c.events),
    "fields": lambda c: to_json(c.fields).decode("utf-8") if c.fields else None,
    "why": lambda c: joined(c.why),
}
DECISION: Mapping[str, Callable[[Decision], Cell]] = {
    "line": lambda d: d.line,
    **_plain(Decision, but=("line", "details", "claims", "into")),
    "details": lambda d: to_json(dict(d.details)).decode("utf-8") if d.details else None,
    "claims": lambda d: joined([anchor.claim for anchor in d.claims]),
    "into": lambda d: joined([anchor.claim for anchor in d.into]),
}
PROBLEM: Columns = _plain(ProblemTold)


def spot_place(spot: Spot) -> Place:
    """The place of a spot, as GeoJSON asks for it."""
    precision = PlacePrecision(spot.precision) if spot.precision else None
    return Place(spot.name, within=spot.within, country=spot.country, lat=spot.lat, lon=spot.lon, precision=precision)
