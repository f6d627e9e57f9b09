"""The kinds of work: what each takes and gives for one item, how much it may take for it, and what its failures are called.

The same value serves both sides: the parent asks it for sources, limits and problems, the worker for the doing. A step's
package is loaded when its work is first done, so that the parent, and a worker that only cleans, load no parser.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from dateline.knowledge.packs import Packs
from dateline.types import Capture, Claim, Problem, Published, Report
from dateline.working.limits import Limits

I = TypeVar("I")  # noqa: E741
O = TypeVar("O")  # noqa: E741

SECONDS = 5.0
MEGABYTES = 512
_SHARE = 10_000
"""Characters of a text that may take `SECONDS` to code, a tenth of those that may take `MEGABYTES`."""
_REPORTED = "report it with the page, at the address in SECURITY.md or as an issue; the rest is complete"


def raised(code: str, where: str, error: Exception) -> Problem:
    """The problem of an error that a document brought about: what was raised, and in which line of the code."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return Problem(code, where, message, _REPORTED)


@dataclass(frozen=True, slots=True)
class Failing:
    """How the problems of a kind of work are called, and what to do about them."""

    doing: str
    took_too_long: str
    took_too_much_memory: str
    crashed: str
    could_not: str
    hint: str

    def too_long(self, where: str, limits: Limits) -> Problem:
        """The problem of a document that took too much processor time."""
        message = f"{self.doing} took more than {limits.seconds:g} seconds of processor time and was stopped"
        return Problem(self.took_too_long, where, message, self.hint)

    def too_much_memory(self, where: str, limits: Limits) -> Problem:
        """The problem of a document that took too much memory."""
        message = f"{self.doing} took more than {limits.megabytes} MB of memory and was stopped"
        return Problem(self.took_too_much_memory, where, message, self.hint)

    def crash(self, where: str, exit_code: int | None) -> Problem:
        """The problem of a document on which the worker ended."""
        message = f"{self.doing} crashed on this document (exit code {exit_code})"
        return Problem(self.crashed, where, message, self.hint)

    def raised(self, where: str, error: Exception) -> Problem:
        """The problem of a document on which a step raised."""
        return raised(self.could_not, where, error)


@dataclass(frozen=True, slots=True)
class Work(Generic[I, O]):
    """One kind of work. `warm` loads what it needs, before any document's time begins; `gives` says what type comes back."""

    name: str
    takes: type[I]
    gives: Callable[[], Any]
    do: Callable[[I, Packs], O]
    warm: Callable[[Packs], object]
    source: Callable[[I], str]
    limits: Callable[[I], Limits]
    failing: Failing


@dataclass(frozen=True, slots=True)
class Line:
    """A line of JSON Lines to annotate, and its number in its file."""

    number: int
    raw: bytes


# ---------------------------------------------------------------- clean
def _clean(capture: Capture, packs: Packs) -> Any:
    from dateline.cleaning import clean

    return clean(capture, packs)


def _cleaned() -> Any:
    from dateline.cleaning import Cleaned

    return Cleaned


def _warm_clean(packs: Packs) -> object:
    from dateline.cleaning import load_sources

    return load_sources(packs)


def _clean_limits(capture: Capture) -> Limits:
    """A table may take the time for each begun MiB."""
    from dateline.cleaning import time_shares

    return Limits(SECONDS * time_shares(capture), MEGABYTES)


# ---------------------------------------------------------------- code and ground
def _code(report: Report, packs: Packs) -> tuple[Claim, ...]:
    from dateline.coding import code
    from dateline.grounding import ground

    claims = ground(code(report, packs), report, packs)
    return tuple({claim.id: claim for claim in claims}.values())


def _warm_code(packs: Packs) -> object:
    return _code(_SMALL, packs)


def _code_limits(report: Report) -> Limits:
    return text_limits(len(report.text))


def text_limits(characters: int) -> Limits:
    """What reading a text of so many characters may take: longer texts have more of both."""
    return Limits(SECONDS * (1 + characters // _SHARE), MEGABYTES * (1 + characters // (10 * _SHARE)))


_SMALL = Report(
    id="small", source="small", url=None, publisher=None, agency=None, title=None, byline=None,
    published=Published("2020-01-01", "2020-01-01"), credits=(), language="en", sha256="",
    text="Rebels killed two soldiers near Kyiv on Monday, the police said.",
)  # fmt: skip
"""A text that has every step load what it needs."""


# ---------------------------------------------------------------- annotate
def _annotate(line: Line, packs: Packs) -> bytes:
    from dateline.annotate import annotate_line

    return annotate_line(line.number, line.raw, packs)


# ---------------------------------------------------------------- all of them
CLEAN: Work[Capture, Any] = Work(
    name="clean",
    takes=Capture,
    gives=_cleaned,
    do=_clean,
    warm=_warm_clean,
    source=lambda capture: capture.source,
    limits=_clean_limits,
    failing=Failing(
        doing="cleaning",
        took_too_long="took-too-long",
        took_too_much_memory="took-too-much-memory",
        crashed="cleaner-crashed",
        could_not="could-not-clean",
        hint="give the text of the story as .txt",
    ),
)

CODE: Work[Report, tuple[Claim, ...]] = Work(
    name="code",
    takes=Report,
    gives=lambda: tuple[Claim, ...],
    do=_code,
    warm=_warm_code,
    source=lambda report: report.source,
    limits=_code_limits,
    failing=Failing(
        doing="coding",
        took_too_long="coding-took-too-long",
        took_too_much_memory="coding-took-too-much-memory",
        crashed="coder-crashed",
        could_not="could-not-code",
        hint="give the report in parts, each a file of its own",
    ),
)

ANNOTATE: Work[Line, bytes] = Work(
    name="annotate",
    takes=Line,
    gives=lambda: bytes,
    do=_annotate,
    warm=_warm_code,
    source=lambda line: f"line {line.number}",
    limits=lambda line: text_limits(len(line.raw)),
    failing=replace(CODE.failing, doing="annotating", could_not="could-not-annotate"),
)

WORKS: dict[str, Work[Any, Any]] = {work.name: work for work in (CLEAN, CODE, ANNOTATE)}
"""Every kind of work, by the name that a worker is told."""
