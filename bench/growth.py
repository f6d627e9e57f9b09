"""Growth: what one more report costs in a record of 10 thousand, 100 thousand and a million reports.

    python bench/growth.py [--most N] [settling] [adding]

settling: a ledger filled by script as a desk's stream of 274 reports a day would fill it, one in ten with three claims, in
300 towns of 20 countries: a million reports are ten years; milliseconds to take in the claims of one report and to settle
and keep the events that changed.
adding: records that really hold a thousand, 10 thousand, 100 thousand reports of invented stories, read from JSON Lines
with a coder that costs next to nothing, so that what is measured is the record: milliseconds a report of 200 more.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from dateline.knowledge.packs import Packs
from dateline.merging import read_facts
from dateline.merging.gathering import entry_of
from dateline.merging.keeping import KeptLedger, settle_homes, take_in
from dateline.merging.kinship import load_manners
from dateline.merging.ledger import Entry, Home
from dateline.record import open_record
from dateline.steps import REAL
from dateline.store.shelf import Shelf
from dateline.store.sqlite import Database
from dateline.text import digest, evidence
from dateline.types import (
    Actor,
    ActorCodes,
    ActorKind,
    Claim,
    EventType,
    Harm,
    HarmKind,
    Modality,
    Place,
    PlacePrecision,
    Published,
    Report,
    Speaker,
    SpeakerKind,
    Testimony,
    Time,
    TimePrecision,
)

FIRST, A_DAY, TOWNS = date(2021, 1, 1), 274, 300
TELLING, CLAIMS, ASKED = 10, 3, 100
"""One report in so many has claims, so many each; reports that are placed to measure."""
PACKS = Packs()
_TARGETS = ("market", "convoy", "checkpoint", "school", "bridge", "mosque", "barracks", "hospital")
_ACTORS = ("Noor Front", "Gull Brigade", "Aria army", "Borea police", "Kestrel Legion")


# ---------------------------------------------------------------- a world of invented deeds
def town(number: int) -> Place:
    """One of 300 towns in 20 countries, a degree and a half apart."""
    lat, lon = -20.0 + 1.5 * (number % 20), 10.0 + 1.5 * (number // 20)
    return Place(
        name=f"Town{number}", country=f"X{chr(65 + number // 15)}", lat=lat, lon=lon, precision=PlacePrecision.CITY
    )


def deed(chance: Random, last: int, *, within: int | None = None) -> tuple[int, int, int]:
    """Town, day and target of a deed of the days before `last`, of so many at most."""
    day = last - chance.randrange(within or last)
    return chance.randrange(TOWNS), day, chance.randrange(len(_TARGETS))


def sentence(of: tuple[int, int, int]) -> str:
    """The deed in words."""
    where, day, whom = of
    return f"The {_ACTORS[where % 5]} attacked a {_TARGETS[whom]} in Town{where} on {_day(day)}, killing {2 + day % 7}."


def _day(number: int) -> str:
    return (FIRST + timedelta(number)).isoformat()


_SENTENCE = re.compile(
    r"The (?P<who>[\w ]+) (?P<deed>attacked) a (?P<whom>\w+) in (?P<where>Town\d+) on (?P<day>[\d-]+),"
    r" killing (?P<dead>\d)\."
)


def code(report: Report, _packs: Packs) -> list[Claim]:
    """The claims of a report of such sentences."""
    return [_claim(report, match) for match in _SENTENCE.finditer(report.text)]


def _claim(report: Report, match: re.Match[str]) -> Claim:
    fields = (("type", "deed"), ("actors", "who"), ("targets", "whom"), ("place", "where"), ("time", "day"))
    dead = int(match["dead"])
    return Claim(
        id="c" + digest(report.id, str(match.start()))[:16],
        report=report.id,
        type=EventType.ASSAULT,
        modality=Modality.HAPPENED,
        speaker=Speaker(None, SpeakerKind.REPORT),
        evidence=tuple(evidence(field, report.text, *match.span(group)) for field, group in fields),
        actors=(_party(match, "who"),),
        targets=(_party(match, "whom"),),
        place=town(int(match["where"][4:])),
        time=Time(match["day"], match["day"], TimePrecision.DAY),
        harm=(Harm(HarmKind.KILLED, dead, dead),),
    )


def _party(match: re.Match[str], group: str) -> Actor:
    name, (start, end) = match[group], match.span(group)
    return Actor(name, None, None, ActorKind.GROUP, None, ActorCodes(), name, start, end)


def report(key: str, deeds: Sequence[tuple[int, int, int]]) -> Report:
    """A report of some deeds, published the day after the last."""
    day = _day(max(day for _, day, _ in deeds) + 1)
    text = "\n\n".join(sentence(one) for one in deeds)
    return Report(key, key, None, f"Paper {key[-2:]}", None, None, None, Published(day, day, None), (), "en", key, text)


# ---------------------------------------------------------------- settling
def measure_settling(most: int) -> Iterator[tuple[str, float]]:
    """Milliseconds to take in and settle one report's claims in ledgers of growing size."""
    for reports in (10_000, 100_000, 1_000_000):
        if reports <= most:
            with (
                tempfile.TemporaryDirectory() as folder,
                closing(Database.writing(Path(folder) / "record.db")) as opened,
            ):
                fill(opened, reports // TELLING, days=reports // A_DAY)
                taken, worked = zip(*_settled(opened, last=reports // A_DAY), strict=True)
                size = (Path(folder) / "record.db").stat().st_size
            yield f"settling_ms.{reports}", 1000 * statistics.median(taken)
            yield f"settling_processor_ms.{reports}", 1000 * statistics.median(worked)
            yield f"settling_ms_95th.{reports}", 1000 * statistics.quantiles(taken, n=20)[-1]
            yield f"ledger_mib.{reports}", size / 2**20


def fill(database: Database, telling: int, *, days: int) -> None:
    """Puts so many reports with claims into the ledger, of so many days, as two of them tell of each deed."""
    chance, manners = Random(7), load_manners(PACKS)
    with database.shelf() as shelf:
        ledger = KeptLedger(shelf.gathered)
        homes: defaultdict[tuple[int, int, int], list[Entry]] = defaultdict(list)
        deeds: list[tuple[int, int, int]] = []
        for number in range(telling):
            deeds = [deed(chance, days) for _ in range(CLAIMS)] if number % 2 == 0 else deeds
            told = report(f"r{number:07}", deeds)
            for one, of in zip(read_facts(code(told, PACKS), told, (), (), PACKS), deeds, strict=True):
                entry = entry_of(one, manners[EventType.ASSAULT])
                ledger.put(entry)
                first = homes.setdefault(of, [entry])[0]
                ledger.settle(entry.claim, Home(first.order, first.claim, None))


def _settled(database: Database, *, last: int) -> Iterator[tuple[float, float]]:
    """Seconds that each of some reports takes, by the clock and of the processor, the writing included."""
    chance = Random(99)
    for number in range(ASKED):
        told = report(f"n{number:07}", [deed(chance, last, within=7) for _ in range(CLAIMS)])
        begun, worked = time.perf_counter(), time.process_time()
        with database.shelf() as shelf:
            _take(told, shelf)
        yield time.perf_counter() - begun, time.process_time() - worked


def _take(told: Report, shelf: Shelf) -> None:
    claims = code(told, PACKS)
    homes = take_in([Testimony(told, claims)], (), shelf.gathered, PACKS)
    settled = settle_homes(sorted(homes), (), shelf.gathered, PACKS)
    for event in settled.events:
        shelf.drop_event(event.id)
        shelf.put_event(event)


# ---------------------------------------------------------------- adding
def measure_adding(most: int) -> Iterator[tuple[str, float]]:
    """Milliseconds a report to add 200 reports to records of growing size."""
    steps = replace(REAL, code=code, ground=lambda claims, _report, _packs: claims)
    with tempfile.TemporaryDirectory() as folder:
        opened = open_record(Path(folder) / "r.dateline", create=True, steps=steps)
        held = 0
        for size in (1_000, 10_000, 100_000):
            if size <= most:
                for part in range(held, size, 5_000):
                    opened.add([_lines(Path(folder), part, min(part + 5_000, size))])
                begun = time.perf_counter()
                opened.add([_lines(Path(folder), size, size + 200)])
                yield f"adding_ms.{size}", 1000 * (time.perf_counter() - begun) / 200
                held = size + 200


def _lines(folder: Path, first: int, last: int) -> str:
    """A file of reports, one in ten of which tell of deeds."""
    path = folder / f"{first}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, last):
            chance = Random(number)
            words = " ".join(f"w{chance.randrange(4000)}" for _ in range(200))
            deeds = [deed(chance, 3650) for _ in range(CLAIMS)]
            told = " ".join(map(sentence, deeds)) if number % TELLING == 0 else ""
            day = _day(max(day for _, day, _ in deeds) + 1)
            row = {"id": number, "title": f"Story {number}", "text": f"{told} {words}.", "date": day, "source": "Gull"}
            file.write(json.dumps(row) + "\n")
    return str(path)


MEASURES = {"settling": measure_settling, "adding": measure_adding}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("measures", nargs="*", metavar="MEASURE", help=", ".join(MEASURES))
    ask.add_argument("--most", type=int, default=1_000_000, help="the largest record")
    given = ask.parse_args()
    for name in given.measures or MEASURES:
        for key, value in MEASURES[name](given.most):
            print(f"growth {key} {value:.3f}", flush=True)


if __name__ == "__main__":
    main()
