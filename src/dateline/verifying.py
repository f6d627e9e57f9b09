"""Verify: is everything in a record still what it was, and do the texts still say what is claimed?

Nothing is believed: the bytes are hashed again, the pages cleaned again, every quote compared, every decision's digest
counted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.making.items import attempt
from dateline.steps import Cleaned
from dateline.store.archive import Kept
from dateline.store.decisions import check_decisions, read_decisions
from dateline.store.folder import Folder
from dateline.store.sqlite import Database
from dateline.text import verify_claim
from dateline.types import Capture, Problem, Report

_REBUILD = "run `dateline rebuild`; if it comes back, the archive was changed"


def verify_folder(folder: Folder, database: Database, clean: Callable[[Capture], Cleaned]) -> list[Problem]:
    """What is wrong with the record in `folder`: with its archive and reports, its claims, its decisions."""
    reports = {report.id: report for report in database.reports()}
    return [
        *_verify_archive(folder, database, reports, clean),
        *_verify_claims(database, reports),
        *_verify_decisions(folder, database),
    ]


def _verify_decisions(folder: Folder, database: Database) -> Iterator[Problem]:
    """The first line that was changed; else whether lines are gone from the end, which no digest can tell."""
    changed = check_decisions(folder.decisions)
    yield from changed
    _, known = database.look().last_run() or ("", 0)
    if not changed and len(found := read_decisions(folder.decisions)) < known:
        message = f"the record was made with {known} decisions, the file has {len(found)}"
        yield Problem("decisions-gone", str(folder.decisions), message, "restore the file from a copy")


def _verify_archive(
    folder: Folder, database: Database, reports: dict[str, Report], clean: Callable[[Capture], Cleaned]
) -> Iterator[Problem]:
    archive, known = folder.archive, database.kept()
    kept = {one.sha256: one for one in archive.kept()}
    for one in kept.values():
        if one.sha256 not in known:
            hint = "a reading was stopped: run it again, or `dateline rebuild`"
            yield Problem("not-in-record", one.source, "it is in the archive and not in the record", hint)
        else:
            yield from _verify_capture(folder, one, reports, clean)
    for sha256 in sorted(known.keys() - kept.keys()):
        yield Problem(
            "capture-gone", known[sha256], f"capture {sha256} is no longer in the archive", "restore it from a copy"
        )
    for sha256 in archive.orphans():
        message = "the archive does not say where it came from: a reading was stopped"
        yield Problem("capture-without-source", sha256, message, "read the file again")


def _verify_capture(
    folder: Folder, kept: Kept, reports: dict[str, Report], clean: Callable[[Capture], Cleaned]
) -> Iterator[Problem]:
    cleaned = attempt("clean", kept.source, lambda: clean(folder.archive.load(kept)))
    if isinstance(cleaned, Problem):
        yield cleaned
        return
    again = {report.id: report.text for report in cleaned.reports}
    stored = {report.id: report.text for report in reports.values() if report.sha256 == kept.sha256}
    for key in sorted(stored.keys() | again.keys()):
        if stored.get(key) != again.get(key):
            where, message = f"{kept.source}: report {key}", _difference(stored.get(key), again.get(key))
            yield Problem("text-differs", where, message, _REBUILD)


def _difference(stored: str | None, again: str | None) -> str:
    if stored is None:
        return "the page has this report, the record does not"
    if again is None:
        return "the record has this report, the page does not"
    at = next((n for n, (a, b) in enumerate(zip(stored, again, strict=False)) if a != b), min(len(stored), len(again)))
    return f"from character {at} the record says {stored[at : at + 40]!r}, the page {again[at : at + 40]!r}"


def _verify_claims(database: Database, reports: dict[str, Report]) -> Iterator[Problem]:
    for claim in database.claims():
        report = reports.get(claim.report)
        if report is None:
            yield Problem("report-gone", f"claim {claim.id}", f"report {claim.report} is not in the record", _REBUILD)
        else:
            yield from verify_claim(claim, report)
