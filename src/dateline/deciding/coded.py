"""A coding: what one reviewer says of an event, field by field, whole and in one line.

Where the reviewer leaves a field as it is proposed, the proposed value is written down all the same: how far reviewers
agree can so be told from the lines alone, whatever becomes of the event. Who says that it is no event says nothing of
its fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dateline.deciding.writing import Known, written
from dateline.knowledge.correcting import corrected, listed
from dateline.knowledge.packs import Packs
from dateline.types import Claim, Event

VERDICT = "verdict"
ACCEPT, REJECT = "accept", "reject"
VERDICTS = (ACCEPT, REJECT)
"""Whether it is an event."""

CODED = ("type", "mode", "modality", "date", "place", "actors", "targets", "harm")
"""The fields of which a coding says something, in the order in which they are taken: a mode is one of its type."""


def coding(details: Mapping[str, str], event: Event, claims: Iterable[Claim], packs: Packs) -> dict[str, str]:
    """The whole coding: `verdict`, and where it is an event each field of `CODED` as JSON, as `details` have it or as
    the event does. `details` are in words or JSON; what does not fit raises a ValueError.
    """
    verdict = details.get(VERDICT, "")
    given = {field: words for field, words in details.items() if field != VERDICT}
    if verdict not in VERDICTS:
        raise ValueError(f"no such verdict {verdict!r}: it is one of {listed(VERDICTS, verdict)}")
    for field in given:
        if field not in CODED:
            raise ValueError(f"no field {field!r} is coded: it is one of {listed(CODED, field)}")
    if verdict == REJECT:
        if given:
            raise ValueError(f"who rejects an event says nothing of its {', '.join(given)}")
        return {VERDICT: verdict}
    known, said = Known.of_event(event, claims), event
    for field in CODED:
        if field in given:
            said = corrected(said, field, written(field, given[field], known), packs)
    return {VERDICT: verdict, **{field: as_json(said, field) for field in CODED}}


def as_json(event: Event, field: str) -> str:
    """The value of a field as codings keep it."""
    return msgspec.json.encode(getattr(event, field)).decode("utf-8")
