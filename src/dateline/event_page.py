"""The page of one event: what is said of it, by whom, in which words, and in which report they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.knowledge.wording import Wording
from dateline.phrasing import (
    ID_SHOWN,
    amount,
    days,
    kind,
    names,
    place_line,
    plain,
    sources,
    speaker_line,
    toll,
    values,
    what,
)
from dateline.showing import STYLES, cell, columns
from dateline.types import Claim, Event, Evidence, Report


def event_page(
    event: Event, claims: Sequence[Claim], reports: Mapping[str, Report], wording: Wording
) -> RenderableType:
    """An event with all that is said of it: each claim with its speaker, its quotes and the report they are in."""
    copies = {key: report.copy_of for key, report in reports.items() if report.copy_of}
    ordered = _in_order(claims, reports)
    parts: list[RenderableType] = [
        Text(plain(event.summary), style="bold"),
        _facts(event, copies, wording),
        *_section("Who says what", _says_table(event)),
        *_section("Harm, by who says so", _harm_table(event)),
        *(
            part
            for n, claim in enumerate(ordered, 1)
            for part in _claim_page(n, claim, reports.get(claim.report), wording)
        ),
    ]
    return Group(*parts)


def _facts(event: Event, copies: Mapping[str, str], wording: Wording) -> Table:
    facts = _grid()
    rows = (
        ("event", event.id),
        ("what", what(event, wording)),
        ("coded", kind(event) + (f" ({', '.join(event.context)})" if event.context else "") + f", {event.modality}"),
        ("day", days(event)),
        ("place", place_line(event.place)),
        ("who", names(event.actors, wording, most=20) if event.actors else None),
        ("to whom", names(event.targets, wording, most=20) if event.targets else None),
        ("status", f"{event.status.value}, {sources(event, copies)}"),
        ("first reported", event.first_reported),
        ("review", event.review),
    )
    for name, value in rows:
        if value:
            facts.add_row(cell(name, "dim"), cell(value, STYLES.get(event.status.value) if name == "status" else None))
    return facts


def _says_table(event: Event) -> Table | None:
    """Speakers side by side: what each says of the event, and the toll each gives."""
    if not event.says:
        return None
    table = columns("speaker", "stance", "about", "harm", "claims")
    for says in event.says:
        tolls = "; ".join(toll(harm, by=False) for harm in event.harm if harm.said_by == says.speaker)
        speaker = says.speaker or "the reports themselves"
        cells = speaker, says.stance.value, says.about.value, tolls, str(len(says.claims))
        table.add_row(*(cell(value, "red" if says.stance.value == "denies" else None) for value in cells))
    return table


def _harm_table(event: Event) -> Table | None:
    if not event.harm:
        return None
    table = columns("harm", "how many", "who", "said by", "claims")
    for harm in event.harm:
        marks = [mark for mark, there in (("total", harm.total), ("part of a total", harm.part)) if there]
        who = ", ".join(filter(None, (harm.who, *marks)))
        cells = (
            harm.kind.value,
            amount(harm.low, harm.high),
            who,
            harm.said_by or "the reports themselves",
            str(len(harm.claims)),
        )
        table.add_row(*map(cell, cells))
    return table


def _claim_page(number: int, claim: Claim, report: Report | None, wording: Wording) -> list[RenderableType]:
    head = Text(f"\nClaim {number}, {plain(claim.id[:ID_SHOWN])}: ", style="bold")
    head.append(plain(f"{claim.stance.value} (about the {claim.about.value}), {speaker_line(claim.speaker)}"))
    rows = _grid(3)
    rest = list(claim.evidence)
    for name, value in values(claim, wording):
        rows.add_row(cell(name, "dim"), cell(value), _quotes([one for one in rest if one.field == name]))
        rest = [one for one in rest if one.field != name]
    for field in dict.fromkeys(one.field for one in rest):
        rows.add_row(cell(field, "dim"), "", _quotes([one for one in rest if one.field == field]))
    return [head, cell(f"in {_report_line(claim, report)}"), rows]


def _in_order(claims: Iterable[Claim], reports: Mapping[str, Report]) -> list[Claim]:
    """As they were reported: originals before copies, by date of publication, report and place in its text."""

    def order(claim: Claim) -> tuple[object, ...]:
        report = reports.get(claim.report)
        start = min((one.start for one in claim.evidence if one.field == "type"), default=0)
        when = (bool(report.copy_of), report.published.start or "9", report.source) if report else (True, "9", "")
        return *when, claim.report, start, claim.id

    return sorted(claims, key=order)


def _report_line(claim: Claim, report: Report | None) -> str:
    if report is None:
        return f"{claim.report} (not in the record)"
    copy = f", a copy of {report.copy_of[:ID_SHOWN]}" if report.copy_of else ""
    about = [report.publisher, report.agency and f"agency {report.agency}", report.published.start or "no date"]
    known = ", ".join(filter(None, about))
    titled = f"{report.title} ({known}; {report.source})" if report.title else f"{report.source} ({known})"
    return f"{report.id[:ID_SHOWN]}{copy}: {titled}"


def _quotes(found: Iterable[Evidence]) -> Text:
    text = Text()
    for one in {(one.start, one.end): one for one in found}.values():
        text.append("  " if text else "").append(f"“{plain(one.quote)}”", style="italic")
        text.append(f" {one.start}-{one.end}", style="dim")
    return text


def _section(title: str, table: Table | None) -> list[RenderableType]:
    return [Text(f"\n{title}", style="bold"), table] if table else []


def _grid(columns: int = 2) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    for _ in range(columns - 1):
        grid.add_column(overflow="fold")
    return grid
