"""A record as it is now, from its folder or from its export in JSON Lines, to be compared with another."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dateline.changing import state_of
from dateline.comparing import State
from dateline.publishing.encoding import claim_from_json, event_from_json, report_from_json
from dateline.record import open_record
from dateline.store import RecordError
from dateline.types import Claim, Event, Report


def state_at(path: Path) -> State:
    """The record in the folder `path`, or in a file that `dateline publish jsonl` wrote; `RecordError` else."""
    if not path.is_file():
        with open_record(path).ask() as database:
            return state_of(database)
    reports: list[Report] = []
    claims: list[Claim] = []
    events: list[Event] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line.strip():
            _read(line, f"{path}:{number}", reports, claims, events)
    return State(reports, claims, events)


def _read(line: bytes, where: str, reports: list[Report], claims: list[Claim], events: list[Event]) -> None:
    try:
        match msgspec.json.decode(line, type=_Kind).kind:
            case "report":
                reports.append(report_from_json(line))
            case "claim":
                claims.append(claim_from_json(line))
            case "event":
                events.append(event_from_json(line))
            case kind:
                raise ValueError(f"a line of kind {kind!r}; a record has reports, claims and events")
    except (msgspec.MsgspecError, ValueError) as error:
        raise RecordError(
            f"{where}: {error}; give the folder of a record or a file of `dateline publish jsonl`"
        ) from None


class _Kind(msgspec.Struct):
    kind: str
