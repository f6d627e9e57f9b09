"""About: what the words of the record mean, what is known to fall short, the keys, the licences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from litestar import Request, get
from litestar.response import Template

from dateline.knowledge.correcting import modes
from dateline.knowledge.packs import Packs
from dateline.knowledge.wording import Wording
from dateline.serve.rendering import page
from dateline.serve.served import TheRecord
from dateline.types import EventType, Modality, PlacePrecision, Stance, Status

STATUSES: Mapping[Status, str] = {
    Status.SINGLE_SOURCE: "All that asserts it goes back to one independent source; a statement known only from whoever"
    " made it is such.",
    Status.CORROBORATED: "Two or more independent sources assert or confirm it, and none contradicts its core.",
    Status.DISPUTED: "A source denies it, or sources give facts for its core that cannot both be: who did it, or tolls"
    " whose ranges do not meet at the same time.",
    Status.RETRACTED: "The only source that asserted it has withdrawn it.",
}
MODALITIES: Mapping[Modality, str] = {
    Modality.HAPPENED: "It is told as having happened.",
    Modality.ONGOING: "It is told as going on.",
    Modality.PLANNED: "Somebody means to do it.",
    Modality.THREATENED: "Somebody threatens to do it.",
    Modality.POSSIBLE: "It may be: 'reportedly', 'may have', 'if'.",
    Modality.DENIED: "It is told only as something that somebody denies.",
}
STANCES: Mapping[Stance, str] = {
    Stance.ASSERTS: "says that it is so",
    Stance.CONFIRMS: "says that what another said is so",
    Stance.DENIES: "says that it is not so",
    Stance.DOUBTS: "says that it is not known to be so",
    Stance.CLAIMS_RESPONSIBILITY: "says to have done it",
    Stance.DISCLAIMS_RESPONSIBILITY: "says not to have done it",
}
PRECISIONS: Mapping[PlacePrecision, str] = {
    PlacePrecision.EXACT: "the spot itself has a name and a known point",
    PlacePrecision.NEAR: "near a place that has a name",
    PlacePrecision.CITY: "somewhere in the town",
    PlacePrecision.DISTRICT: "somewhere in the district",
    PlacePrecision.PROVINCE: "somewhere in the province: never a point on a map",
    PlacePrecision.COUNTRY: "somewhere in the country: never a point on a map",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """An event type: its name in the codebook, in a plain word, what it means and what it is not; its modes in words."""

    name: str
    word: str
    means: str
    is_not: str
    modes: Sequence[str]


@get("/about", include_in_schema=False, sync_to_thread=True)
def about(request: Request[Any, Any, Any], served: TheRecord) -> Template:
    """The codebook and the method, in words."""
    return page(
        request,
        "about.html",
        title="About",
        kinds=_kinds(served.record.packs),
        statuses=STATUSES,
        modalities=MODALITIES,
        stances=STANCES,
        precisions=PRECISIONS,
    )


@lru_cache(maxsize=4)
def _kinds(packs: Packs) -> tuple[Kind, ...]:
    """The types of the codebook, in its order."""
    files = [packs.tables(name) for name in packs.names("plover/types")]
    told = {row["type"]: row for row in files if "type" in row}
    return tuple(_kind(kind, told.get(kind.value, {}), packs) for kind in EventType)


def _kind(kind: EventType, row: Mapping[str, Any], packs: Packs) -> Kind:
    wording = Wording.load(packs)
    named = sorted(mode for mode in modes(kind, packs) if mode)
    word = wording.told(kind, None).what
    told = [_mode(mode, word, wording.told(kind, mode).what) for mode in named]
    return Kind(kind.value, word, str(row.get("means", "")), str(row.get("is_not", "")), told)


def _mode(mode: str, of_type: str, word: str) -> str:
    """'aerial (air strike)'; the mode alone where it has no word of its own."""
    return mode if word in (of_type, mode) else f"{mode} ({word})"
