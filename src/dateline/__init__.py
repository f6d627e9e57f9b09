"""dateline reads news reports and keeps the record: who did what to whom, where, when, who says so, who disputes it.

The eight verbs (`read`, `clean`, `collapse`, `code`, `ground`, `date`, `merge`, `publish`), `verify_evidence`,
`open_record`, `annotate_lines` and the types are all there is to call. Each is loaded when it is first asked for, so that
`import dateline` costs nothing.

>>> import dateline
>>> dateline.EventType.ASSAULT.value
'ASSAULT'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.annotate import annotate_lines
    from dateline.cleaning import clean
    from dateline.coding import code
    from dateline.collapsing import collapse
    from dateline.dating import date
    from dateline.grounding import ground
    from dateline.knowledge.packs import Packs
    from dateline.merging import merge
    from dateline.publishing import publish
    from dateline.reading import read
    from dateline.record import Record, Summary, open_record
    from dateline.steps import Steps
    from dateline.store import RecordError
    from dateline.store.asking import Query
    from dateline.text import verify_evidence
    from dateline.types import (
        About,
        Actor,
        ActorCodes,
        ActorKind,
        ActorMention,
        Anchor,
        Attribution,
        Basis,
        Capture,
        Change,
        Claim,
        Codes,
        Columns,
        Copy,
        Credit,
        CreditRole,
        Dateline,
        Decision,
        Demand,
        Event,
        EventHarm,
        EventType,
        Evidence,
        FieldChange,
        Given,
        Happened,
        Harm,
        HarmKind,
        Means,
        MeansType,
        Modality,
        Number,
        Origin,
        Outcome,
        Passage,
        PassageKind,
        Place,
        PlaceChoice,
        PlaceExplained,
        PlaceKind,
        PlaceMention,
        PlacePrecision,
        PlaceUse,
        Problem,
        Published,
        Reason,
        Report,
        Run,
        Says,
        ScorePart,
        Span,
        Speaker,
        SpeakerKind,
        Stance,
        Status,
        Testimony,
        Time,
        TimeMention,
        TimePrecision,
        Vote,
        Wire,
    )

_WHERE = {
    "Packs": "dateline.knowledge.packs",
    "Query": "dateline.store.asking",
    "Record": "dateline.record",
    "RecordError": "dateline.store",
    "Steps": "dateline.steps",
    "Summary": "dateline.record",
    "annotate_lines": "dateline.annotate",
    "clean": "dateline.cleaning",
    "code": "dateline.coding",
    "collapse": "dateline.collapsing",
    "date": "dateline.dating",
    "ground": "dateline.grounding",
    "merge": "dateline.merging",
    "open_record": "dateline.record",
    "publish": "dateline.publishing",
    "read": "dateline.reading",
    "verify_evidence": "dateline.text",
}
"""Where a name lives; the others are types."""

__all__ = [
    "About",
    "Actor",
    "ActorCodes",
    "ActorKind",
    "ActorMention",
    "Anchor",
    "Attribution",
    "Basis",
    "Capture",
    "Change",
    "Claim",
    "Codes",
    "Columns",
    "Copy",
    "Credit",
    "CreditRole",
    "Dateline",
    "Decision",
    "Demand",
    "Event",
    "EventHarm",
    "EventType",
    "Evidence",
    "FieldChange",
    "Given",
    "Happened",
    "Harm",
    "HarmKind",
    "Means",
    "MeansType",
    "Modality",
    "Number",
    "Origin",
    "Outcome",
    "Packs",
    "Passage",
    "PassageKind",
    "Place",
    "PlaceChoice",
    "PlaceExplained",
    "PlaceKind",
    "PlaceMention",
    "PlacePrecision",
    "PlaceUse",
    "Problem",
    "Published",
    "Query",
    "Reason",
    "Record",
    "RecordError",
    "Report",
    "Run",
    "Says",
    "ScorePart",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Status",
    "Steps",
    "Summary",
    "Testimony",
    "Time",
    "TimeMention",
    "TimePrecision",
    "Vote",
    "Wire",
    "annotate_lines",
    "clean",
    "code",
    "collapse",
    "date",
    "ground",
    "merge",
    "open_record",
    "publish",
    "read",
    "verify_evidence",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("dateline")
    if name not in __all__:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    return getattr(import_module(_WHERE.get(name, "dateline.types")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
