r"""Values of a record in few words, as a table or a line of a page has them, without any markup.

Words of a page are given as letters only: no escape sequence, no control character has a say.

>>> plain("\x1b[31mred\x1b[0m [bold]alert[/]\u202e")
'red [bold]alert[/]'
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dateline.knowledge.wording import Wording
from dateline.types import (
    Actor,
    Claim,
    Demand,
    Event,
    EventHarm,
    FieldChange,
    Modality,
    Number,
    Place,
    PlaceKind,
    Report,
    Speaker,
    Time,
)

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
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
HOW = {
    "first": "opens the event",
    "thread": "its report tells it as one with a claim above",
    "wire": "its wire says the same above in the same words",
}
"""How a claim came to its event, where likeness did not decide (`Reason.how`)."""
ID_SHOWN = 8
HEADLINE = 100
"""Letters of a text that stand for a title."""


def plain(text: str) -> str:
    """`text` on one line, without escape sequences, control characters and marks that turn the writing round."""
    return " ".join(_UNSHOWN.sub("", _ESCAPES.sub("", text)).split())


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
    end = date.fromisoformat(last)
    return first == f"{last[:7]}-01" and end.day == monthrange(end.year, end.month)[1]


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


def headline(report: Report) -> str:
    """The title of a report, else the first words of its text, else where it was read from."""
    if report.title:
        return plain(report.title)
    return shortened(report.text[: 4 * HEADLINE]) or plain(report.source)


def shortened(text: str) -> str:
    """The first words of a text, as a headline has them."""
    words = plain(text)
    return words if len(words) <= HEADLINE else f"{words[:HEADLINE].rpartition(' ')[0] or words[:HEADLINE]}…"


# ---------------------------------------------------------------- a claim
def values(claim: Claim, wording: Wording) -> list[tuple[str, str]]:
    """The fields of a claim that say something, by name, in the order in which a claim is told."""
    told = (
        ("type", kind(claim)),
        ("modality", claim.modality.value + (f", {claim.outcome.value}" if claim.outcome else "")),
        ("actors", names(claim.actors, wording, most=20)),
        ("targets", names(claim.targets, wording, most=20)),
        ("place", place_line(claim.place)),
        ("time", time_line(claim.time)),
        ("harm", "; ".join(f"{amount(h.low, h.high)} {h.kind.value}" for h in claim.harm)),
        ("means", ", ".join(f"{means.name} ({means.type.value})" for means in claim.means)),
        ("demand", demand_line(claim.demand)),
        ("speaker", speaker_line(claim.speaker)),
        ("confidence", f"{claim.confidence:.2f}"),
    )
    return [(name, value) for name, value in told if value and value != "?"]


def place_line(place: Place | None) -> str | None:
    """'Ain al-Asad air base, Anbar province, IQ, 33.79 42.44, exact'."""
    if place is None:
        return None
    point = f"{place.lat:.2f} {place.lon:.2f}" if place.lat is not None and place.lon is not None else None
    return ", ".join(filter(None, (place.name, place.within, place.country, point, place.precision)))


def time_line(time: Time | None) -> str | None:
    """'2031-05-06 (day)'."""
    if time is None:
        return None
    span = " to ".join(dict.fromkeys(filter(None, (time.start, time.end))))
    return f"{span} ({time.precision.value})" if span else "open: nothing says which day"


def demand_line(demand: Demand | None) -> str | None:
    """What is demanded, by when, how far off."""
    if demand is None:
        return None
    area = f"{demand.area_m} m" if demand.area_m is not None else None
    return "; ".join(filter(None, (demand.text, demand.deadline and f"by {demand.deadline}", area)))


# ---------------------------------------------------------------- a change
_NAMED = ("name", "speaker", "kind")
"""Keys by which a value that has parts is called, the first that it has."""


def difference(field: FieldChange) -> str:
    """'single-source -> corroborated'; of a list what was taken away and what was added: '-Gull Front, +Aria Front'."""
    gone, come = gone_and_come(field)
    if is_of_parts(field):
        return ", ".join([*(f"-{one}" for one in gone), *(f"+{one}" for one in come)]) or "in another order"
    return f"{gone[0]} -> {come[0]}"


def is_of_parts(field: FieldChange) -> bool:
    """Whether parts of it changed, not the whole."""
    return isinstance(field.before, list) and isinstance(field.after, list) and field.field != "date"


def gone_and_come(field: FieldChange) -> tuple[list[str], list[str]]:
    """What is no more and what is new of a field that changed, in words; of what has no parts the whole."""
    before, after = field.before, field.after
    if is_of_parts(field):
        return [_told(one) for one in before if one not in after], [_told(one) for one in after if one not in before]
    return [_told(before)], [_told(after)]


def _told(value: Any) -> str:
    """A value in few words: a toll as '3-3 killed (Mayor)', whatever has a name by it."""
    if value is None:
        return "not known"
    if isinstance(value, list):
        return " to ".join(dict.fromkeys(map(_told, value)))
    if not isinstance(value, dict):
        return str(value)
    if "said_by" in value:
        high = "" if value["high"] is None else value["high"]
        return f"{value['low']}-{high} {value['kind']} ({value['said_by'] or OWN_VOICE})"
    if "stance" in value:
        return f"{value['speaker'] or OWN_VOICE} {value['stance']} the {value['about']}"
    return next((str(value[key]) for key in _NAMED if value.get(key)), "?")
