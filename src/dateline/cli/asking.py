"""Asking a record: `events`, `show`, `reports`, `actors`, `problems`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.given import asked_for
from dateline.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from dateline.cli.told import asked_of, found_by, show_page, show_problems
from dateline.telling import count, lines, note, out_json

if TYPE_CHECKING:
    from dateline.store.sqlite import Database
    from dateline.types import Claim, Event, Reason, Report


Several = list[str] | None


def events(
    record: RecordOption = DEFAULT_RECORD,
    type: Annotated[Several, typer.Option(metavar="TYPE", help="PLOVER event type: ASSAULT, CONSULT...")] = None,  # noqa: A002
    mode: Annotated[Several, typer.Option(metavar="MODE", help="Its mode: airstrike, arrest...; none.")] = None,
    actor: Annotated[
        Several, typer.Option(metavar="NAME", help="Part of a name, an actor's id, or a country (IRN), on either side.")
    ] = None,
    acting: Annotated[Several, typer.Option(metavar="NAME", help="The same of the side that acts.")] = None,
    target: Annotated[Several, typer.Option(metavar="NAME", help="The same of the side acted on.")] = None,
    speaker: Annotated[
        Several, typer.Option(metavar="NAME", help="Part of the name of who says something of it; reports.")
    ] = None,
    place: Annotated[Several, typer.Option(metavar="NAME", help="Part of a name, or a country (IQ).")] = None,
    country: Annotated[Several, typer.Option(metavar="CODE", help="Of the place, ISO 3166-1 alpha-2; none.")] = None,
    bbox: Annotated[str | None, typer.Option(metavar="W,S,E,N", help="A box in degrees that the place is in.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="On this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="On this day or earlier.")] = None,
    status: Annotated[
        Several, typer.Option(metavar="STATUS", help="single-source, corroborated, disputed, retracted.")
    ] = None,
    modality: Annotated[Several, typer.Option(metavar="MODALITY", help="happened, planned, denied...")] = None,
    precision: Annotated[Several, typer.Option(metavar="WORD", help="Of the days: day, week, month...")] = None,
    review: Annotated[
        Several, typer.Option(metavar="WORD", help="What people made of it: accepted, corrected, rejected, none.")
    ] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Whose day stays open.")] = False,
    unplaced: Annotated[bool, typer.Option("--unplaced", help="Without a place.")] = False,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Told in these words; "in order", -without.')
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """The timeline: who did what to whom, where and when, with what harm, and on how many sources.

    A filter given several times asks for any of its values; '=' before a name asks for the whole name or id.
    """
    from dateline.record import open_record

    query = asked_for(
        type=type,
        mode=mode,
        actor=actor,
        acting=acting,
        target=target,
        speaker=speaker,
        place=place,
        country=country,
        bbox=bbox,
        **{"from": first, "to": last},
        status=status,
        modality=modality,
        precision=precision,
        review=review,
        undated=undated,
        unplaced=unplaced,
        text=text,
    )
    opened = open_record(record)
    with opened.ask() as database:
        found, copies = list(database.events(query)), database.copies()
        held = database.totals().events
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=(), claims=(), events=found))
    from dateline.knowledge.packs import Packs
    from dateline.knowledge.wording import Wording
    from dateline.showing import timeline

    show_page(timeline(found, copies, Wording.load(Packs())), found, _nothing(held))
    _footnote(found)
    return None


def show(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or how it begins.")],
    record: RecordOption = DEFAULT_RECORD,
    why: Annotated[bool, typer.Option("--why", help="Why these claims are one event.")] = False,
    as_json: JsonOption = False,
) -> None:
    """One event: each claim with its speaker, each field with its quote and the report it is in."""
    from dateline.record import open_record

    opened = open_record(record)
    with opened.ask() as database:
        found = _event(database, event)
        claims = list(database.claims(found.id))
        ids = dict.fromkeys([*found.reports, *(claim.report for claim in claims)])
        reports = [report for id in ids if (report := database.report(id))]  # noqa: A001
    by_id = {report.id: report for report in reports}
    if why:
        return _show_why(found, opened.explain(found.id), claims, by_id, as_json=as_json)
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=reports, claims=claims, events=[found]))
    from dateline.event_page import event_page
    from dateline.knowledge.packs import Packs
    from dateline.knowledge.wording import Wording

    return show_page(event_page(found, claims, by_id, Wording.load(Packs())), claims, "no claims")


def _show_why(
    event: Event, reasons: Sequence[Reason], claims: Sequence[Claim], reports: Mapping[str, Report], *, as_json: bool
) -> None:
    if as_json:
        return out_json(lines(reasons))
    from dateline.why_page import why_page

    return show_page(why_page(event, reasons, {claim.id: claim for claim in claims}, reports), reasons, "no claims")


def reports(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """The reports, by date of publication, with what is a copy of what."""
    from dateline.record import open_record

    opened = open_record(record)
    with opened.ask() as database:
        found = list(database.reports())
    if as_json:
        return out_json(opened.steps.publish("jsonl", reports=found, claims=(), events=()))
    from dateline.showing import report_table

    return show_page(report_table(found), found, "the record has no reports")


def actors(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """Who acts and who is acted on, and in how many events."""
    with asked_of(record) as database:
        found = database.actors()
    if as_json:
        return out_json(lines(found))
    from dateline.showing import actor_table

    return show_page(actor_table(found), found, "the record has no actors")


def problems(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """What could not be used of what was read, why, and what to do."""
    with asked_of(record) as database:
        found = list(database.problems())
    show_problems(found, "no problems", as_json=as_json)


def _event(database: Database, prefix: str) -> Event:
    found = found_by(database.event, prefix)
    if not found.id.startswith(prefix.lower()):
        note(f"{prefix} is now part of {found.id}")
    return found


def _nothing(held: int) -> str:
    if held:
        return f"none of the record's {count(held, 'event')} is asked for by these filters"
    return (
        "the record has no events; `dateline reports` shows what was read, `dateline problems` what could not be used"
    )


def _footnote(found: Sequence[Event]) -> None:
    open_days = sum(event.date is None for event in found)
    if open_days:
        note(
            f"undated: the day of {count(open_days, 'event')} stays open: the report gives a weekday or no day, and "
            "nothing says when it was published; read it again with --published YYYY-MM-DD"
        )
