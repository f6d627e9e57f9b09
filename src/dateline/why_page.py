"""The page that says why the claims of an event are one event: how each came to it, with what was compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from dateline.phrasing import HOW, ID_SHOWN, plain
from dateline.showing import cell, columns
from dateline.types import Claim, Event, Reason, Report


def why_page(
    event: Event, reasons: Sequence[Reason], claims: Mapping[str, Claim], reports: Mapping[str, Report]
) -> RenderableType:
    """A paragraph for each claim, in the order in which they were gathered."""
    parts = (part for reason in reasons for part in _parts(reason, claims.get(reason.claim), reports))
    return Group(Text(plain(event.summary), style="bold"), *parts)


def _parts(reason: Reason, claim: Claim | None, reports: Mapping[str, Report]) -> Iterator[RenderableType]:
    yield Text(f"\n{reason.claim[:ID_SHOWN]}, {_told(claim, reports)}: {_how(reason)}")
    for decided in reason.decisions:
        yield Text(plain(decided))
    if reason.votes:
        table = columns("field", "vote", "the claim", "the event so far")
        for vote in reason.votes:
            table.add_row(*map(cell, (vote.field, f"{vote.value:+.1f}", vote.claim, vote.event)))
        yield table


def _how(reason: Reason) -> str:
    if reason.needed is None:
        return HOW[reason.how]
    return f"is like it: {sum(vote.value for vote in reason.votes):.1f}, where {reason.needed:.1f} is enough"


def _told(claim: Claim | None, reports: Mapping[str, Report]) -> str:
    """Whose report, of which day, in which words."""
    report = reports.get(claim.report) if claim else None
    quote = next((one.quote for one in claim.evidence if one.field == "type"), "") if claim else ""
    day = report.published.start[:10] if report and report.published.start else "no date"
    return plain(f"{(report and report.publisher) or 'no publisher'}, {day}, “{quote}”")
