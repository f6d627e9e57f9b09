"""One invented value of each noun, for the description of the API: a lorry that blew up in Orlu, and who says so."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.serve.api.values import ActorTold, ChangeTold, Counted, Facets, ProblemTold
from dateline.store.event_index import Count, Span, Spot, Tally
from dateline.types import (
    About,
    Actor,
    ActorCodes,
    ActorKind,
    Basis,
    Claim,
    Codes,
    Copy,
    Credit,
    CreditRole,
    Decision,
    Event,
    EventHarm,
    EventType,
    Evidence,
    Happened,
    Harm,
    HarmKind,
    Means,
    MeansType,
    Modality,
    Number,
    Passage,
    Place,
    PlaceKind,
    PlacePrecision,
    Published,
    Reason,
    Report,
    Says,
    Speaker,
    SpeakerKind,
    Stance,
    Status,
    Time,
    TimePrecision,
    Wire,
)

_TEXT = "ORLU, 6 May (NW) - A lorry bomb killed at least five soldiers in Orlu on Tuesday, the army said."
_EVENT, _CLAIM, _REPORT, _DAY = "e1f0c94d27ab35e88", "07b9186226e36107", "5f3a9c21d07e4b66", "2031-05-06"
REVISION = "cc255abf34d3f104"


def _quoted(field: str, words: str) -> Evidence:
    at = _TEXT.index(words)
    return Evidence(field, at, at + len(words), words)


def _party(name: str, words: str, *, number: Number | None = None, role: str | None = None) -> Actor:
    quote = _quoted("actors", words)
    codes = ActorCodes(role=role, roles=(role,) if role else ())
    return Actor(name, words, None, ActorKind.GROUP, number, codes, words, quote.start, quote.end)


_PLACE = Place("Orlu", kind=PlaceKind.SETTLEMENT, country="NG", lat=5.79, lon=7.04, precision=PlacePrecision.CITY)
_SOLDIERS = _party("soldiers", "at least five soldiers", number=Number(5, None), role="MIL")

EVENT = Event(
    id=_EVENT,
    summary="Soldiers were killed by a lorry bomb in Orlu on 6 May 2031.",
    type=EventType.ASSAULT,
    mode="bomb",
    context=("military",),
    modality=Modality.HAPPENED,
    date=(_DAY, _DAY),
    precision=TimePrecision.DAY,
    place=_PLACE,
    actors=(),
    targets=(_SOLDIERS,),
    harm=(EventHarm(HarmKind.KILLED, 5, None, "the army", (_CLAIM,), "soldiers"),),
    says=(Says("the army", Stance.ASSERTS, About.EVENT, (_CLAIM,)),),
    status=Status.SINGLE_SOURCE,
    independent_sources=1,
    reports=(_REPORT,),
    claims=(_CLAIM,),
    first_reported=_DAY,
)
CLAIM = Claim(
    id=_CLAIM,
    report=_REPORT,
    type=EventType.ASSAULT,
    modality=Modality.HAPPENED,
    speaker=Speaker("the army", SpeakerKind.DESCRIBED, "MIL"),
    evidence=(_quoted("type", "killed"), _quoted("place", "Orlu"), _quoted("speaker", "the army")),
    event=_EVENT,
    mode="bomb",
    context=("military",),
    targets=(_SOLDIERS,),
    place=_PLACE,
    time=Time(_DAY, _DAY, TimePrecision.DAY),
    harm=(Harm(HarmKind.KILLED, 5, None, "soldiers", 0),),
    means=(Means("lorry bomb", MeansType.EXPLOSIVE),),
    codes=Codes("183", "Explosions/Remote violence", "Remote explosive/landmine/IED", 4, 3),
    confidence=0.87,
    thread=_CLAIM,
)
REPORT = Report(
    id=_REPORT,
    source="saved/orlu.html",
    url="https://post.example/orlu",
    publisher="Estuary Post",
    agency="Northwire",
    title="Lorry blast in Orlu",
    byline=None,
    published=Published(_DAY, _DAY, Basis.METADATA),
    credits=(Credit("Northwire", CreditRole.AGENCY, "NW"),),
    language="en",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    text=_TEXT,
    passages=(Passage(0, len(_TEXT)),),
    wire=f"w{_REPORT[1:]}",
)
WIRE = Wire(
    REPORT.wire or "",
    _REPORT,
    (Copy("b1946ac92492d234", 0.98, 0.41, (Evidence("added", 0, 5, "Today"),), (_quoted("left_out", "on Tuesday"),)),),
)
REASON = Reason(_CLAIM, "first")

EXAMPLES: Mapping[str, object] = {
    "events": EVENT,
    "claims": CLAIM,
    "reports": REPORT,
    "wires": WIRE,
    "actors": ActorTold("Northern Front", "northern-front", ActorKind.GROUP, "NGA", 12, 9, 4, "2031-01-02", _DAY),
    "places": Spot("Orlu", None, "NG", "city", 5.79, 7.04, 12, 3),
    "changes": ChangeTold(
        3,
        "2031-05-07T08:00:00+00:00",
        _EVENT,
        Happened.ADDED,
        EVENT.summary,
        (),
        (),
        ("a new report: Lorry blast in Orlu (Estuary Post)",),
    ),
    "decisions": Decision(
        "accept", _EVENT, "desk", "2031-05-07T09:30:00+00:00", "read against the army's own page", line=1
    ),
    "problems": ProblemTold(
        "d3486ae9136e7856",
        "no-text",
        "saved/empty.html",
        "the page has no story",
        "save the page again once it is loaded",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        None,
    ),
}
"""Noun -> a value of it."""

COUNTED = Counted(
    Tally(12, 3, 1, 2),
    Facets(
        type=(Count("ASSAULT", "ASSAULT", 9), Count("PROTEST", "PROTEST", 3)),
        mode=(Count("bomb", "bomb", 7),),
        actor=(Count("=Northern Front", "Northern Front", 9),),
        target=(Count("=soldiers", "soldiers", 4),),
        country=(Count("NG", "NG", 10), Count("none", "none", 2)),
        speaker=(Count("=the army", "the army", 5), Count("reports", "the reports themselves", 4)),
        status=(Count("single-source", "single-source", 9), Count("disputed", "disputed", 3)),
        modality=(Count("happened", "happened", 12),),
        precision=(Count("day", "day", 11), Count("unknown", "unknown", 1)),
        place_precision=(Count("city", "city", 10), Count("none", "none", 2)),
        review=(Count("none", "none", 12),),
    ),
    (Span("2031-05-05", "2031-05-05", 3, 0), Span(_DAY, _DAY, 8, 3)),
    REVISION,
)
