"""A record of very many invented events, put straight into record.db, for what is asked of a large record.

    python bench/large.py FOLDER [--events N]

Towns, actors and sentences are those of `growth`; every event is told by one to four reports, one in ten is disputed, one
in twenty has no day and one in ten no place. Nothing is read, cleaned or coded: what is measured is asking.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec

from dateline.knowledge.packs import Packs
from dateline.making import Making
from dateline.steps import REAL
from dateline.store.folder import Folder, Settings
from dateline.store.rows import Made
from dateline.store.shelf import Shelf
from dateline.store.sqlite import Database
from dateline.text import digest, evidence
from dateline.types import (
    About,
    Actor,
    ActorCodes,
    ActorKind,
    Claim,
    Event,
    EventHarm,
    EventType,
    Harm,
    HarmKind,
    Modality,
    Passage,
    Published,
    Report,
    Says,
    Speaker,
    SpeakerKind,
    Stance,
    Status,
    Time,
    TimePrecision,
)
from growth import FIRST, town

EVENTS = 100_000
_ACTORS = [
    f"{name} {kind}" for name in "Noor Gull Aria Borea Kestrel Tamar Osk Lume".split() for kind in ("Front", "army")
]
_PEOPLE = ("villagers", "soldiers", "the mayor", "students", "police officers", "a convoy", "drivers", "judges")
_SPEAKERS = [f"spokesman {number}" for number in range(400)]
_DEEDS = {
    EventType.ASSAULT: ("attacked", ("bomb", "firearms", "drone", None)),
    EventType.PROTEST: ("marched against", ("demonstrate", "riot", None)),
    EventType.ACCUSE: ("blamed", (None,)),
    EventType.COERCE: ("arrested", ("arrest", "curfew")),
    EventType.CONSULT: ("met", ("meet", "visit")),
    EventType.AID: ("brought food to", ("humanitarian",)),
}


def fill(folder: Path, events: int) -> None:
    """Makes a record of so many events."""
    place = Folder(folder)
    place.create()
    place.write_settings(Settings())
    chance = Random(7)
    with closing(Database.writing(place.database)) as database, database.shelf() as shelf:
        for number in range(events):
            _put(shelf, number, chance)
        shelf.add_run(Made("2031-01-01T00:00:00Z", 0, ()), "large")
    as_of_today(place)


def as_of_today(place: Folder) -> None:
    """Says that the code of today made it, so that a reading adds to it and does not begin by making all of it again."""
    with closing(Database.writing(place.database)) as database, database.shelf() as shelf:
        shelf.set_fact("version", Making(REAL, Packs(), place.archive, database).version)


def _put(shelf: Shelf, number: int, chance: Random) -> None:
    kind = chance.choices(list(_DEEDS), (40, 20, 15, 10, 10, 5))[0]
    told = [_telling(f"{number}-{copy}", kind, number, chance) for copy in range(chance.choice((1, 1, 2, 4)))]
    for report, claim in told:
        shelf.put_report(report, msgspec.json.encode(report), withdraws=False)
        shelf.put_claims([claim])
    shelf.put_event(_event(number, [claim for _, claim in told], chance))


def _telling(key: str, kind: EventType, number: int, chance: Random) -> tuple[Report, Claim]:
    """A report of three sentences, and what it claims in the second."""
    who, whom, speaker = _ACTORS[number % 16], _PEOPLE[number % 8], chance.choice(_SPEAKERS)
    deed, modes = _DEEDS[kind]
    day = (FIRST + timedelta(number % 3650)).isoformat()
    told = f"The {who} {deed} {whom} in Town{number % 300} on {day}, {speaker} said, and {number % 9} were killed."
    text = f"{' '.join(_words(chance, 20))}.\n\n{told}\n\n{' '.join(_words(chance, 40))}."
    at = text.index(told)
    spans = ("type", deed), ("actors", who), ("targets", whom), ("place", f"Town{number % 300}"), ("speaker", speaker)
    claim = Claim(
        id="c" + digest(key)[:16],
        report=digest("report", key)[:16],
        type=kind,
        mode=modes[number % len(modes)],
        modality=Modality.HAPPENED if number % 5 else Modality.PLANNED,
        speaker=Speaker(speaker, SpeakerKind.NAMED),
        evidence=tuple(
            evidence(field, text, (start := text.index(words, at)), start + len(words)) for field, words in spans
        ),
        actors=(_party(who),),
        targets=(_party(whom),),
        place=town(number % 300) if number % 10 else None,
        time=Time(day, day, TimePrecision.DAY),
        harm=(Harm(HarmKind.KILLED, number % 9, number % 9, whom),),
    )
    cuts = _cuts(text)
    published = Published(day, day, None)
    report = Report(
        *(claim.report, f"{key}.txt", None, f"Paper {number % 40}", None, f"News of {day}", None, published),
        *((), "en", digest(text), text, cuts),
    )
    return report, claim


def _words(chance: Random, count: int) -> Iterator[str]:
    return (f"word{chance.randrange(3000)}" for _ in range(count))


def _cuts(text: str) -> tuple[Passage, ...]:
    ends = [at for at in range(len(text)) if text.startswith("\n\n", at)] + [len(text)]
    return tuple(Passage(start, end) for start, end in zip([0, *(end + 2 for end in ends)], ends, strict=False))


def _party(name: str) -> Actor:
    return Actor(name, None, None, ActorKind.GROUP, None, ActorCodes(), name, 0, 0)


def _event(number: int, claims: list[Claim], chance: Random) -> Event:
    first = claims[0]
    status = chance.choices(list(Status), (60, 28, 10, 2))[0]
    day = first.time.start if first.time and number % 20 else None
    tolls = tuple(
        EventHarm(HarmKind.KILLED, one.harm[0].low, one.harm[0].high, one.speaker.name, (one.id,)) for one in claims
    )
    return Event(
        id="e" + digest(str(number))[:12],
        summary=f"{first.actors[0].name} {first.type.value.lower()} {first.targets[0].name}",
        type=first.type,
        mode=first.mode,
        context=(),
        modality=first.modality,
        date=(day, day) if day else None,
        precision=TimePrecision.DAY if day else TimePrecision.UNKNOWN,
        place=first.place,
        actors=first.actors,
        targets=first.targets,
        harm=tolls,
        says=tuple(Says(one.speaker.name, Stance.ASSERTS, About.EVENT, (one.id,)) for one in claims),
        status=status,
        independent_sources=len(claims),
        reports=tuple(one.report for one in claims),
        claims=tuple(one.id for one in claims),
        first_reported=day,
        review="accepted" if number % 50 == 0 else None,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=EVENTS)
    given = parser.parse_args()
    fill(given.folder, given.events)
