"""Values as JSON and back, with the keys and the order of keys of RECORD.md.

`to_json` gives one object without a newline in it; `report_from_json` and its sisters give the value back. Nothing is
left out: what is not known is null. NaN and infinity, which JSON has not, are null too.

>>> to_json(Published("2020-01-04", "2020-01-04", None)).decode()
'{"start":"2020-01-04","end":"2020-01-04","basis":null}'
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from dateline.types import Claim, Event, EventHarm, Harm, Published, Report

__all__ = ["Published", "claim_from_json", "event_from_json", "plain", "record_line", "report_from_json", "to_json"]

Value = TypeVar("Value")

_ORDER: Mapping[type, str] = {
    Report: "id source url publisher agency title byline published credits language sha256 text wire copy_of "
    "version_of dateline passages captured",
    Claim: "id report event type mode context modality outcome actors targets place time harm means codes demand "
    "speaker stance about evidence confidence background thread",
    Event: "id summary type mode context modality date precision place actors targets harm says status "
    "independent_sources reports claims first_reported review date_inferred",
}
"""The keys of the record's nouns in the order of RECORD.md, our own additions last."""

_KEYS = {kind: tuple(keys.split()) for kind, keys in _ORDER.items()}

KINDS: Mapping[type, str] = {Report: "report", Claim: "claim", Event: "event"}

_WHEN_TRUE = ("total", "part")
"""Keys of a toll that are written where they are true: a toll is whole and one of several unless it says otherwise."""

_BREAKS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})
"""Characters that some readers take for the end of a line, as JSON escapes."""


def to_json(value: object) -> bytes:
    """`value` as one line of JSON in UTF-8."""
    return _dumps(plain(value)).encode("utf-8")


def record_line(value: Report | Claim | Event) -> str:
    """A line of the JSON Lines export: the object with its `kind` first, and a newline."""
    return _dumps({"kind": KINDS[type(value)], **plain(value)}) + "\n"


def plain(value: object) -> Any:
    """`value` as dicts, lists, strings and numbers, keys in the order of RECORD.md."""
    flat = msgspec.to_builtins(value)
    if type(value) in _KEYS:
        flat = {key: flat[key] for key in _KEYS[type(value)]}
    if isinstance(value, Claim | Event):
        flat["harm"] = [_toll(entry) for entry in flat["harm"]]
    return _toll(flat) if isinstance(value, Harm | EventHarm) else flat


def _toll(flat: dict[str, Any]) -> dict[str, Any]:
    return {key: held for key, held in flat.items() if held or key not in _WHEN_TRUE}


def _dumps(flat: Any) -> str:
    try:
        return msgspec.json.encode(flat).decode("utf-8").translate(_BREAKS)
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8; JSON can still escape it
        return json.dumps(flat, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


# ---------------------------------------------------------------- and back
def report_from_json(line: bytes | str) -> Report:
    """The report of a line that `to_json` or `record_line` wrote."""
    return _value(line, Report)


def claim_from_json(line: bytes | str) -> Claim:
    """The claim of a line that `to_json` or `record_line` wrote."""
    return _value(line, Claim)


def event_from_json(line: bytes | str) -> Event:
    """The event of a line that `to_json` or `record_line` wrote."""
    return _value(line, Event)


def _value(line: bytes | str, kind: type[Value]) -> Value:
    """A mistake in the line raises `msgspec.ValidationError` (a `ValueError`) that names the key."""
    return msgspec.convert(json.loads(line), type=kind, strict=False)


def joined(parts: Sequence[str | None]) -> str:
    """The known of `parts`, with semicolons."""
    return "; ".join(part for part in parts if part)
