"""One report: its archived text with the words of each field marked, its claims beside it, and whose story it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from dateline.editing import Version, versions
from dateline.knowledge.addresses import page_of
from dateline.phrasing import headline
from dateline.serve.comparing import Compared, compared
from dateline.serve.marking import FIELDS, Words, blocks, words_of
from dateline.serve.numbers import number_in
from dateline.serve.rendering import page
from dateline.serve.served import Served, TheRecord
from dateline.serve.voices import Voiced, first_place, own_name
from dateline.serve.whole_ids import lead_to
from dateline.store.archive import Kept
from dateline.store.looking import Imprint, copies_of, imprints
from dateline.store.sqlite import Database
from dateline.types import Claim, Problem, Report

CLAIMS_SHOWN = 200
"""Claims that are shown beside the text at a time; all are marked in it."""
COPIES_SHOWN = 20
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
EDITED = 400_000
"""Characters of all versions of a page up to which their edits are looked for."""


@get("/r/{prefix:str}", include_in_schema=False, sync_to_thread=True)
def reader(request: Request[Any, Any, Any], served: TheRecord, prefix: FromPath[str]) -> Template | Redirect:
    """A report to read; how its id begins leads to it."""
    with served.ask() as database:
        report = database.report_like(prefix)
        if report.id != prefix:
            return lead_to(request, f"/r/{report.id}")
        return _page(request, served, database, report)


@get("/r/{prefix:str}/versions", include_in_schema=False, sync_to_thread=True)
def report_versions(request: Request[Any, Any, Any], served: TheRecord, prefix: FromPath[str]) -> Template | Redirect:
    """The versions of the page that a report was read from, with what each changed."""
    with served.ask() as database:
        report = database.report_like(prefix)
        if report.id != prefix:
            return lead_to(request, f"/r/{report.id}/versions")
        read = _read_at(database, report)
    found = _versions(report, read)
    return page(
        request,
        "versions.html",
        title="Versions of a page",
        report=report,
        read=len(read),
        versions=found,
        reports={one.id: one for one in read},
    )


def _page(request: Request[Any, Any, Any], served: Served, database: Database, report: Report) -> Template:
    told = _told(report, database.claims_in(report.id))
    wanted = _wanted(request)
    held = [one for one in told if wanted.has(one)]
    original = database.report(report.copy_of) if report.copy_of else None
    beside = compared(served.record, report, original, asked=wanted.compare) if original else None
    skip = number_in(request, "from", default=0)
    return page(
        request,
        "reader.html",
        title=headline(report),
        report=report,
        reports={report.id: report},
        blocks=blocks(report, _words(held, wanted, beside)),
        told=held[skip : skip + CLAIMS_SHOWN],
        claims_from=skip,
        claims_shown=CLAIMS_SHOWN,
        claims=len(held),
        all_claims=len(told),
        fields=_fields(told),
        speakers=list(dict.fromkeys(one.speaker for one in told)),
        wanted=wanted,
        original=original,
        beside=beside,
        copies=_copies(database, report),
        copies_shown=COPIES_SHOWN,
        page_versions=_versions(report, _read_at(database, report)),
        capture=_capture(served, database, report),
    )


# ---------------------------------------------------------------- what is asked for
@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks are asked for: of a claim, of speakers, of fields; nothing asks for all. `compare`: of what it copies.

    `cited`: characters that are marked besides, wherever they are, so that any words can be led to without script.
    """

    claim: str | None
    speakers: tuple[str, ...]
    fields: tuple[str, ...]
    compare: bool
    cited: Words | None = None

    @property
    def everything(self) -> bool:
        """Whether all marks are asked for."""
        return not (self.claim or self.speakers or self.fields)

    def has(self, one: Voiced) -> bool:
        """Whether the claim is asked for."""
        return (not self.claim or one.claim.id.startswith(self.claim)) and (
            not self.speakers or one.speaker in self.speakers
        )

    def address(self, **changed: str | None) -> str:
        """The same page with another claim, speaker or field asked for, or with none where that is null."""
        asked = {"claim": self.claim, "speaker": self.speakers, "field": self.fields, **changed}
        return f"?{urlencode([(name, value) for name, value in asked.items() if value], doseq=True)}"


def _wanted(request: Request[Any, Any, Any]) -> Wanted:
    asked = request.query_params
    return Wanted(
        claim=asked.get("claim") or None,
        speakers=tuple(filter(None, asked.getall("speaker", []))),
        fields=tuple(filter(None, asked.getall("field", []))),
        compare=asked.get("compare") in ("1", "yes", "true"),
        cited=_cited(asked.get("cite") or ""),
    )


def _cited(asked: str) -> Words | None:
    """The words of '120-168'."""
    found = _SPAN.fullmatch(asked)
    return Words("cited", int(found[1]), int(found[2])) if found else None


def _words(held: Sequence[Voiced], wanted: Wanted, beside: Compared | None) -> list[Words]:
    """What is marked: the fields, or beside an original the words that are not in it."""
    if wanted.compare and beside is not None and beside.copy is not None:
        return [Words("added", one.start, one.end) for one in beside.copy.added]
    found = words_of((one.claim for one in held), {one.claim.id: one.speaker for one in held})
    cited = [wanted.cited] if wanted.cited else []
    return cited + [one for one in found if not wanted.fields or one.field in wanted.fields]


def _fields(told: Iterable[Voiced]) -> list[str]:
    """The fields that words of the report carry, in the order of their marks."""
    there = {one.field for voice in told for one in voice.claim.evidence}
    return [*(name for name in FIELDS if name in there), *sorted(there - set(FIELDS))]


def _told(report: Report, claims: Sequence[Claim]) -> list[Voiced]:
    """The claims in the order of the text."""
    day = report.published.start[:10] if report.published.start else None
    ordered = sorted(claims, key=lambda claim: (first_place(claim), claim.id))
    return [Voiced(claim, own_name(claim), day, bool(report.copy_of)) for claim in ordered]


# ---------------------------------------------------------------- whose story it is
def _copies(database: Database, report: Report) -> list[Imprint]:
    found = copies_of(database, report.copy_of or report.id)
    original = imprints(database, [report.copy_of]) if report.copy_of else {}
    return [*original.values(), *(one for one in found if one.id != report.id)]


def _read_at(database: Database, report: Report) -> list[Report]:
    """The reports that were read from the same page."""
    at = page_of(report.url)
    return database.reports_at(at) if at else []


def _versions(report: Report, read: Sequence[Report]) -> list[Version]:
    """The versions of the page of a report, in order; none where it has one, or where they are too long to compare."""
    if len(read) < 2 or sum(len(one.text) for one in read) > EDITED:
        return []
    found = versions(read)
    at = next((one.page for one in found if one.report == report.id), None)
    return [one for one in found if one.page == at]


# ---------------------------------------------------------------- what is known of the capture
@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """What is known of where the bytes came from (null: the archive does not say), and what was wrong with them."""

    kept: Kept | None
    problems: tuple[Problem, ...]


def _capture(served: Served, database: Database, report: Report) -> CaptureFacts:
    return CaptureFacts(served.record.folder.archive.kept_as(report.sha256), tuple(database.problems_of(report.sha256)))
