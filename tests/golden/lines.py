"""A record in lines that can be reviewed: one for each report, one for each event.

    day | place | type/mode modality | actors -> targets | harm (who gives it) | stance: speakers | status n | reports

A report is named by the beginning of its file; `*` marks a copy, `?` what is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dateline.record import open_record
from dateline.types import Actor, Event, EventHarm, Number, Report

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"

JANUARY_2020 = HERE / "january-2020.txt"
EXPECTED = "expected.txt"


def cases() -> dict[Path, Path]:
    """Pages or folders to read -> the file that holds what is expected."""
    single = {page: page.parent / EXPECTED for page in sorted(HERE.glob("*/page.*"))}
    return {EXAMPLES / "january-2020": JANUARY_2020, **single}


def lines(pages: Path, folder: Path) -> list[str]:
    """What a new record in `folder` holds when `pages` were read."""
    record = open_record(folder / "golden.dateline", create=True)
    summary = record.add([str(pages)])
    with record.ask() as database:
        reports = {report.id: report for report in database.reports()}
        events = list(database.events())
    return [
        "# reports: file | published (basis) | publisher | agency | title | copy of",
        *sorted(_report(report, reports) for report in reports.values()),
        *(f"problem: {problem.code}" for problem in summary.problems),
        "# events: day | place | type/mode modality | actors -> targets | harm | says | status | reports",
        *(_event(event, reports) for event in sorted(events, key=lambda e: (e.date or ("9",), e.type, e.id))),
    ]


def _report(report: Report, reports: Mapping[str, Report]) -> str:
    original = reports.get(report.copy_of or "")
    cells = (
        _file(report),
        f"{report.published.start} ({report.published.basis})" if report.published.start else "?",
        report.publisher or "?",
        report.agency or "?",
        report.title or "?",
        _file(original) if original else "-",
    )
    return " | ".join(cells)


def _event(event: Event, reports: Mapping[str, Report]) -> str:
    mode = f"/{event.mode}" if event.mode else ""
    cells = (
        " to ".join(dict.fromkeys(event.date)) if event.date else "?",
        f"{event.place.name}, {event.place.country}" if event.place else "?",
        f"{event.type}{mode} {event.modality}",
        f"{_names(event.actors)} -> {_names(event.targets)}",
        "; ".join(map(_toll, event.harm)) or "-",
        "; ".join(_says(event)),
        f"{event.status} {event.independent_sources}",
        " ".join(sorted(_file(reports[id]) + "*" * bool(reports[id].copy_of) for id in event.reports)),  # noqa: A001
    )
    return " | ".join(cells)


def _file(report: Report) -> str:
    stem = Path(report.source).stem
    return stem.split("-")[0] if stem[:1].isdigit() else stem


def _names(parties: Sequence[Actor]) -> str:
    return ", ".join(f"{_number(party.number)}{party.name}" for party in parties) or "?"


def _number(number: Number | None) -> str:
    return "" if number is None else f"[{_range(number.low, number.high)}] "


def _toll(harm: EventHarm) -> str:
    marks = "".join(mark for mark, there in ((" part", harm.part), (" total", harm.total)) if there)
    return f"{_range(harm.low, harm.high)} {harm.kind}{marks} ({harm.said_by or 'report'})"


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return "?" if low is None else str(low)
    return f"{'' if low is None else low}-{'' if high is None else high}"


def _says(event: Event) -> Iterable[str]:
    by: dict[str, list[str]] = {}
    for says in event.says:
        about = "" if says.about == "event" else f" {says.about}"
        by.setdefault(f"{says.stance}{about}", []).append(says.speaker or "report")
    return (f"{stance}: {', '.join(sorted(speakers))}" for stance, speakers in sorted(by.items()))
