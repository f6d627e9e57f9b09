"""decisions.jsonl: what people decided, one line each, in order, never changed.

Each line carries the digest of the line before (`prev`) and its own (`digest`), so that a changed, lost or added byte
is found at its line. A line is added by writing the file anew beside itself, so that no line is ever half there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from dateline.store import RecordError
from dateline.store.archive import write_durably
from dateline.text import digest
from dateline.types import Decision, Problem


@dataclass(frozen=True, slots=True)
class Line:
    """A decision as it stands in the file."""

    decision: Decision
    prev: str | None
    digest: str


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in order; a `RecordError` that names the first bad line."""
    lines, problem = _read(path)
    if problem:
        raise RecordError(f"{problem.where}: {problem.message}; {problem.hint}")
    return [line.decision for line in lines]


def check_decisions(path: Path) -> list[Problem]:
    """The first line that is not as it was written, if there is one."""
    _, problem = _read(path)
    return [problem] if problem else []


def add_decision(path: Path, decision: Decision) -> Decision:
    """Adds a line and gives the decision with its number. A file that was changed raises `RecordError`."""
    lines, problem = _read(path)
    if problem:
        raise RecordError(f"{problem.where}: {problem.message}; {problem.hint}")
    numbered = replace(decision, line=len(lines) + 1)
    prev = lines[-1].digest if lines else None
    before = path.read_bytes() if path.exists() else b""
    write_durably(path, before + _encode(_line(numbered, prev)) + b"\n")
    return numbered


def _line(decision: Decision, prev: str | None) -> Line:
    return Line(decision, prev, digest(prev or "", msgspec.json.encode(decision)))


def _encode(line: Line) -> bytes:
    """The decision's own fields, then `prev` and `digest`, in one flat object."""
    return msgspec.json.encode({**msgspec.to_builtins(line.decision), "prev": line.prev, "digest": line.digest})


def _decode(raw: bytes) -> Line:
    fields = msgspec.json.decode(raw, type=dict[str, object])
    prev, own = fields.pop("prev"), fields.pop("digest")
    return msgspec.convert({"decision": fields, "prev": prev, "digest": own}, Line)


def _read(path: Path) -> tuple[list[Line], Problem | None]:
    lines: list[Line] = []
    rows = path.read_bytes().split(b"\n") if path.exists() else [b""]
    for number, raw in enumerate(rows[:-1], start=1):
        wrong = _wrong(raw, number, lines[-1].digest if lines else None)
        if wrong:
            return lines, _problem(path, number, wrong)
        lines.append(_decode(raw))
    return lines, _problem(path, len(rows), "the line does not end") if rows[-1] else None


def _wrong(raw: bytes, number: int, prev: str | None) -> str | None:
    try:
        line = _decode(raw)
    except (msgspec.MsgspecError, KeyError, UnicodeDecodeError) as error:
        return f"the line cannot be read ({error})"
    if line.prev != prev or line.decision.line != number:
        return "the line does not follow the one before it"
    if _encode(_line(line.decision, prev)) != raw:
        return "the line is not as it was written"
    return None


def _problem(path: Path, number: int, message: str) -> Problem:
    return Problem(
        code="decisions-changed",
        where=f"{path}:{number}",
        message=message,
        hint="restore the file from a copy: what stands from this line on cannot be trusted",
    )
