"""Reports and claims for the tests of merge: a row says only what is special about it."""

from __future__ import annotations

from typing import Any

from dateline.merging import Merged, merge
from dateline.text import digest
from dateline.types import (
    Actor,
    ActorCodes,
    ActorKind,
    Claim,
    Decision,
    Event,
    EventType,
    Evidence,
    Harm,
    HarmKind,
    Modality,
    Place,
    PlacePrecision,
    Published,
    Report,
    Speaker,
    SpeakerKind,
    Time,
    TimePrecision,
)

ORLU = Place(name="Orlu", country="XA", lat=10.0, lon=20.0, precision=PlacePrecision.CITY)
BANTE = Place(name="Bante", country="XA", lat=11.0, lon=20.0, precision=PlacePrecision.CITY)
ARIA = Place(name="Aria", country="XA", precision=PlacePrecision.COUNTRY)


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def report(key: str, day: str | None = "2031-05-07", *, text: str | None = None, **more: Any) -> Report:
    body = text if text is not None else " ".join(digest(key, str(i)).translate(_LETTERS)[:8] for i in range(9)) + "."
    fields: dict[str, Any] = {
        "source": key, "url": None, "publisher": f"Paper {key}", "agency": None, "title": None, "byline": None,
        "published": Published(day, day, None), "credits": (), "language": "en", "sha256": "", "wire": f"w-{key}",
    }  # fmt: skip
    return Report(id=key, text=body, **{**fields, **more})


def party(name: str, **more: Any) -> Actor:
    fields: dict[str, Any] = {
        "description": None,
        "id": None,
        "kind": ActorKind.GROUP,
        "number": None,
        "codes": ActorCodes(),
    }
    return Actor(name=name, quote=name, start=0, end=len(name), **{**fields, **more})


def on(first: str, last: str | None = None) -> Time:
    return Time(first, last or first, TimePrecision.DAY)


def dead(low: int | None, high: int | None = -1, who: str | None = None, **more: Any) -> Harm:
    return Harm(HarmKind.KILLED, low, low if high == -1 else high, who=who, **more)


def voice(name: str | None) -> Speaker:
    kind = SpeakerKind.REPORT if name is None else SpeakerKind.NAMED if name[:1].isupper() else SpeakerKind.DESCRIBED
    return Speaker(name, kind)


def claim(report: str, speaker: str | None = None, *, key: str = "", at: int = 0, **more: Any) -> Claim:
    """An attack that happened in Orlu on 6 May 2031, unless `more` says otherwise."""
    actors, targets = (
        tuple(party(n) if isinstance(n, str) else n for n in more.pop(f, ())) for f in ("actors", "targets")
    )
    fields: dict[str, Any] = {
        "type": EventType.ASSAULT,
        "modality": Modality.HAPPENED,
        "place": ORLU,
        "time": on("2031-05-06"),
    }
    fields |= more
    return Claim(
        id="c" + digest(report, str(speaker), key, repr(sorted(more.items())), repr((actors, targets)), str(at))[:16],
        report=report,
        speaker=voice(speaker),
        evidence=(Evidence("type", at, at + 4, ""),),
        actors=actors,
        targets=targets,
        **fields,
    )


def merged(*claims: Claim, reports: list[Report] | None = None, decisions: tuple[Decision, ...] = ()) -> Merged:
    known = reports if reports is not None else [report(key) for key in sorted({c.report for c in claims})]
    return merge(claims, known, decisions)


def one_event(*claims: Claim, reports: list[Report] | None = None) -> Event:
    events = merged(*claims, reports=reports).events
    assert len(events) == 1, [e.summary for e in events]
    return events[0]
