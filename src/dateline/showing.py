r"""What the command line shows: values of a record as tables and pages for the terminal.

Words of a page are shown as letters only: no escape sequence, no control character, no markup of theirs has a say.

>>> plain("\x1b[31mred\x1b[0m [bold]alert[/]\u202e")
'red [bold]alert[/]'
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.knowledge.wording import Wording
from dateline.store.sqlite import ActorCount, PlaceCount
from dateline.types import (
    Actor,
    Claim,
    Event,
    EventHarm,
    Modality,
    Number,
    Place,
    PlaceChoice,
    PlaceExplained,
    PlaceKind,
    Problem,
    Report,
    ScorePart,
    Speaker,
)

WIDTH_OF_A_FILE = 150
"""Columns when the output is no terminal; COLUMNS overrides."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
STYLES = {"disputed": "red", "corroborated": "green", "retracted": "strike"}
STATUS_WORDS = {"disputed": "DISPUTED", "retracted": "WITHDRAWN"}
STANCE_WORDS = {
    "asserts": "says",
    "confirms": "confirms",
    "claims-responsibility": "claims it",
    "denies": "denies",
    "disclaims-responsibility": "disclaims it",
    "doubts": "doubts",
}
AGAINST = ("denies", "disclaims", "doubts")
OWN_VOICE = "the reports"
ID_SHOWN = 8


def plain(text: str) -> str:
    """`text` on one line, without escape sequences, control characters and marks that turn the writing round."""
    return " ".join(_UNSHOWN.sub("", _ESCAPES.sub("", text)).split())


def printed(shown: RenderableType) -> str:
    """`shown` as it is to be written: in the terminal's width and colours, or plain for a file or pipe."""
    terminal = sys.stdout.isatty()
    width = None if terminal else int(os.environ.get("COLUMNS") or WIDTH_OF_A_FILE)
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, highlight=False)
    if terminal:
        console.width = Console().width
    with console.capture() as captured:
        console.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


# ---------------------------------------------------------------- tables
def timeline(events: Iterable[Event], copies: Mapping[str, str], wording: Wording) -> RenderableType:
    """Events in the order given, each with its day, what is said to have happened, and who says so."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0), expand=False)
    table.add_column("day", no_wrap=True)
    table.add_column("what, where, who -> whom, harm (who says)", overflow="fold", ratio=5)
    table.add_column("how well known it is, who says so", overflow="fold", ratio=4)
    for event in events:
        table.add_row(_when(event), _what(event, wording), _known(event, copies))
    return table


def _when(event: Event) -> Text:
    text = cell(days(event).replace(" to ", "\n"), None if event.date else "yellow")
    return _lines(text, cell(event.id[:ID_SHOWN], "dim"))


def _what(event: Event, wording: Wording) -> Text:
    head = cell(what(event, wording), "bold")
    if event.place:
        head.append(f", {plain(place_name(event.place))}")
    return _lines(head, cell(sides(event, wording)), *(cell(toll) for toll in tolls(event.harm)))


def _known(event: Event, copies: Mapping[str, str]) -> Text:
    status = cell(STATUS_WORDS.get(event.status.value, event.status.value), STYLES.get(event.status.value))
    status.append(f": {sources(event, copies)}", style="")
    if event.review:
        status.append(f" [{plain(event.review)}]")
    said = [cell(line, "red" if line.startswith(AGAINST) else None) for line in stances(event)]
    return _lines(status, *said)


def _lines(*lines: Text) -> Text:
    return Text("\n").join(line for line in lines if line.plain)


def report_table(reports: Iterable[Report]) -> RenderableType:
    """Reports, one a row; a copy names its original."""
    table = columns("report", "published", "publisher", "agency", "title", "source", "copy of")
    for report in sorted(reports, key=lambda one: (one.published.start or "9", one.source, one.id)):
        published = f"{report.published.start[:10]} ({report.published.basis})" if report.published.start else "?"
        cells = (report.id[:ID_SHOWN], published, report.publisher, report.agency, report.title, report.source)
        table.add_row(*map(cell, cells), cell((report.copy_of or "")[:ID_SHOWN]))
    return table


def actor_table(actors: Iterable[ActorCount]) -> RenderableType:
    """Actors, one a row."""
    table = columns("actor", "id", "country", "acts in", "acted on in")
    for actor in actors:
        table.add_row(*map(cell, (actor.name, actor.id, actor.country, str(actor.acts), str(actor.acted_on))))
    return table


def place_table(places: Iterable[PlaceCount]) -> RenderableType:
    """Places, one a row."""
    table = columns("place", "country", "events", "first", "last")
    for place in places:
        table.add_row(*map(cell, (place.name, place.country, str(place.events), place.first, place.last)))
    return table


def explained_places(explained: Iterable[PlaceExplained]) -> RenderableType:
    """What names may mean: under each, its places, the likeliest first, with the parts of their scores."""
    return Group(*(part for one in explained for part in (_meaning(one), _choices(one.choices))))


def _meaning(one: PlaceExplained) -> Text:
    where = f" at {one.start}-{one.end}" if one.start is not None else ""
    meant = place_name(one.place) if one.place else "no place"
    return Text(f"{plain(one.name)}{where}: {plain(meant)}; {plain(one.why)}", style="bold")


CHOICES_SHOWN = 10
"""Places of a name that are shown; JSON gives all."""


def _choices(choices: Sequence[PlaceChoice]) -> RenderableType:
    if not choices:
        return Text("")
    table = columns("", "place", "kind", "in", "people", "point", "score", "why")
    for choice in choices[:CHOICES_SHOWN]:
        place = choice.place
        point = "" if place.lat is None else f"{place.lat}, {place.lon}"
        within = ", ".join(filter(None, (place.admin1, place.country)))
        table.add_row(*map(cell, (
            "*" if choice.chosen else "", place.name, place.kind, within, f"{choice.population:,}" if choice.population
            else "", point, f"{choice.score:.2f}", "; ".join(_part(part) for part in choice.parts if part.value),
        )))  # fmt: skip
    return table


def _part(part: ScorePart) -> str:
    says = f" ({', '.join(part.says)})" if part.says else ""
    return f"{part.name} {part.value:.2f}{says}"


def problem_table(problems: Iterable[Problem]) -> RenderableType:
    """Problems, one a row."""
    table = columns("problem", "where", "what", "what to do")
    for problem in problems:
        table.add_row(*map(cell, (problem.code, problem.where, problem.message, problem.hint)))
    return table


# ---------------------------------------------------------------- values in few words
def kind(coded: Event | Claim) -> str:
    """Type and mode: 'ASSAULT/aerial'."""
    return f"{coded.type.value}/{coded.mode}" if coded.mode else coded.type.value


def what(event: Event, wording: Wording) -> str:
    """In plain words, with what has become of it where it is no plain fact: 'Air strike', 'Denied: shooting'."""
    noun = wording.told(event.type, event.mode).what
    said = noun if event.modality is Modality.HAPPENED else f"{event.modality.value}: {noun}"
    return said[:1].upper() + said[1:]


def days(event: Event) -> str:
    """The day, the month, or the first and the last day; 'undated' where it stays open."""
    if event.date is None:
        return "undated"
    first, last = event.date
    if first == last:
        return first
    return first[:7] if _whole_month(first, last) else f"{first} to {last}"


def _whole_month(first: str, last: str) -> bool:
    after = date.fromisoformat(last) + timedelta(1)
    return first[8:] == "01" and after.day == 1 and (after - timedelta(1)).isoformat()[:7] == first[:7]


def sides(event: Event, wording: Wording) -> str:
    """'Iran -> Ukrainian airliner'; '(not named) -> British envoy' where nobody is said to have done it."""
    if not event.targets:
        return names(event.actors, wording) if event.actors else ""
    doers = names(event.actors, wording) if event.actors else "(not named)"
    return f"{doers} -> {names(event.targets, wording)}"


def names(actors: Sequence[Actor], wording: Wording, most: int = 3) -> str:
    """A side: proper names, or the words that describe who it is; the first `most` of them."""
    shown = [_party(actor, wording) for actor in actors[:most]]
    rest = f" +{len(actors) - most}" if len(actors) > most else ""
    return ", ".join(shown) + rest or "?"


def _party(actor: Actor, wording: Wording) -> str:
    words = wording.called(actor.name, actor.description)
    if actor.number is None or not _counted(actor.number) or wording.counts(words):
        return words
    return f"{amount(actor.number.low, actor.number.high)} {words}"


def place_name(place: Place | None) -> str:
    """'Balad, IQ'; a country's name alone."""
    if place is None:
        return "?"
    whole = place.kind is PlaceKind.COUNTRY or not place.country
    return place.name if whole else f"{place.name}, {place.country}"


def amount(low: int | None, high: int | None) -> str:
    """'5', '5 or more', 'up to 80', '45 to 55'; '?' where nothing is known."""
    if low == high:
        return "?" if low is None else str(low)
    if high is None:
        return f"{low} or more"
    return f"up to {high}" if not low else f"{low} to {high}"


def toll(harm: EventHarm, *, by: bool = True) -> str:
    """'80 killed (Iran)': how many, of what, on whose word."""
    said_by = f" ({harm.said_by})" if by and harm.said_by else ""
    return f"{amount(harm.low, harm.high)} {harm.kind.value}{said_by}"


def tolls(harm: Sequence[EventHarm]) -> list[str]:
    """'176 killed (Iran, Justin Trudeau)': each toll with all who give it."""
    by: dict[str, list[str]] = {}
    for told, said_by in [*_some(harm), *_nobody(harm)]:
        by.setdefault(told, []).append(said_by)
    return [f"{told} ({', '.join(dict.fromkeys(said))})" for told, said in by.items()]


def _some(harm: Sequence[EventHarm]) -> list[tuple[str, str]]:
    """Each toll above nought, and who says so; of whom it is where one speaker gives several of a kind."""
    kinds = [(one.kind, one.said_by) for one in harm if one.high != 0]
    rows = []
    for one in harm:
        group = f": {one.who}" if one.who and kinds.count((one.kind, one.said_by)) > 1 else ""
        told = f"{'of them ' if one.part else ''}{amount(one.low, one.high)} {one.kind.value}{group}"
        rows += [(told, one.said_by or OWN_VOICE)] if one.high != 0 else []
    return rows


def _nobody(harm: Sequence[EventHarm]) -> list[tuple[str, str]]:
    """'Nobody killed' and 'nobody injured' of one speaker are one."""
    kinds: dict[str, list[str]] = {}
    for one in harm:
        if one.high == 0:
            kinds.setdefault(one.said_by or OWN_VOICE, []).append(one.kind.value)
    return [(f"nobody {' or '.join(dict.fromkeys(named))}", said_by) for said_by, named in kinds.items()]


def stances(event: Event) -> list[str]:
    """'says: Iran, two residents', 'denies: Pentagon': each stance on the event or its doer with all who take it."""
    by: dict[str, list[str]] = {}
    for says in event.says:
        by.setdefault(STANCE_WORDS.get(says.stance.value, says.stance.value), []).append(says.speaker or OWN_VOICE)
    order = [word for word in STANCE_WORDS.values() if word in by]
    return [f"{word}: {', '.join(dict.fromkeys(by[word]))}" for word in order]


def sources(event: Event, copies: Mapping[str, str]) -> str:
    """'2 sources in 5 reports, 2 copies': independent sources, and who prints them."""
    copied = sum(report in copies for report in event.reports)
    held = f"{_count(event.independent_sources, 'source')} in {_count(len(event.reports), 'report')}"
    return held + (f", {copied} {'copies' if copied > 1 else 'copy'}" if copied else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def speaker_line(speaker: Speaker) -> str:
    """Who speaks: 'Kataeb Hezbollah (REB), told AFP', or the report in its own voice."""
    who = speaker.name or ("the report itself" if speaker.kind.value == "report" else f"{speaker.kind.value} source")
    role = f" ({speaker.role})" if speaker.role else ""
    return f"{who}{role}" + (f", told {speaker.told}" if speaker.told else "")


def _counted(number: Number | None) -> bool:
    return number is not None and (number.low, number.high) not in ((None, None), (1, 1))


def columns(*heads: str) -> Table:
    """An empty table with these heads."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in ("event", "report", "day", "status"))
    return table


def cell(value: str | None, style: str | None = None) -> Text:
    """The words of a cell, in a style."""
    return Text(plain(value or ""), style=style or "")
