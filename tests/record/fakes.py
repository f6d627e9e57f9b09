"""Small pure steps, so that what a record promises is tested apart from what the real steps find.

A page of theirs has reports parted by '====', and in them lines like
'Reds hit Blues in Balad on 2020-01-04: 3 killed (Mayor)'.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from dateline.knowledge.packs import Packs
from dateline.steps import Steps
from dateline.store.wires import WireIndex
from dateline.text import digest, evidence
from dateline.types import (
    About,
    Actor,
    ActorCodes,
    ActorKind,
    Basis,
    Capture,
    Claim,
    Decision,
    Event,
    EventHarm,
    EventType,
    Evidence,
    Given,
    Harm,
    HarmKind,
    Modality,
    Place,
    Problem,
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

LINE = re.compile(
    r"(?P<who>\w+) (?P<deed>hit|met) (?P<whom>\w+) in (?P<place>\w+)(?: on (?P<day>[\d-]+))?(?:: (?P<dead>\d+) killed \((?P<by>\w+)\))?"
)


@dataclass(frozen=True)
class Cleaned:
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Merged:
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...] = ()


def read(source: str, given: Given, stdin: bytes | None) -> Iterator[Capture | Problem]:
    if source != "-" and not Path(source).exists():
        raise FileNotFoundError(f"{source}: no such file or folder")
    return _read(source, given, stdin)


def _read(source: str, given: Given, stdin: bytes | None) -> Iterator[Capture | Problem]:
    paths = sorted(Path(source).rglob("*.txt")) if Path(source).is_dir() else [Path(source)]
    for path in paths:
        data = (stdin or b"") if source == "-" else path.read_bytes()
        if data.strip():
            yield Capture(hashlib.sha256(data).hexdigest(), str(path), data, given)
        else:
            yield Problem("empty", str(path), "the file has no characters", "save it again")


def clean(capture: Capture, packs: Packs) -> Cleaned:
    text = capture.data.decode("utf-8")
    if "CRASH IN CLEAN" in text:
        raise RuntimeError("the page broke the step")
    if "NO ARTICLE" in text:
        return Cleaned((), (Problem("no-article", capture.source, "no article in it", "look at the page"),))
    blocks = [block.strip() for block in text.split("====") if block.strip()]
    return Cleaned(tuple(_report(capture, n, block) for n, block in enumerate(blocks, 1)))


def _report(capture: Capture, number: int, text: str) -> Report:
    given = capture.given
    return Report(
        id=digest(capture.sha256, str(number))[:16],
        source=f"{capture.source}#{number}" if number > 1 else capture.source,
        url=given.url,
        captured=given.captured,
        publisher=given.publisher,
        agency=None,
        title=text.split("\n")[0],
        byline=None,
        published=Published(given.published, given.published, Basis.GIVEN) if given.published else Published(),
        credits=(),
        language="en",
        sha256=capture.sha256,
        text=text,
    )


def collapse(reports: Sequence[Report], index: WireIndex) -> list[Report]:
    first: dict[str, str] = {}
    for report in sorted(reports, key=lambda report: report.id):
        first.setdefault(report.text.split("\n", 1)[-1], report.id)
    originals = [first[report.text.split("\n", 1)[-1]] for report in reports]
    return [
        replace(report, wire=f"w{original}", copy_of=original if original != report.id else None)
        for report, original in zip(reports, originals, strict=True)
    ]


def code(report: Report, packs: Packs) -> list[Claim]:
    if "CRASH IN CODE" in report.text:
        raise ZeroDivisionError("the text broke the step")
    return code_all(report, packs)


def code_all(report: Report, packs: Packs) -> list[Claim]:
    return [_claim(report, match) for match in LINE.finditer(report.text)]


def _claim(report: Report, match: re.Match[str]) -> Claim:
    found = [evidence("type", report.text, *match.span("deed")), evidence("place", report.text, *match.span("place"))]
    if "LIES" in report.text:
        found.append(Evidence("actors", 0, 4, "what the text does not say"))
    dead = match["dead"]
    return Claim(
        id=digest(report.id, str(match.start()))[:16],
        report=report.id,
        type=EventType.ASSAULT if match["deed"] == "hit" else EventType.CONSULT,
        modality=Modality.HAPPENED,
        speaker=Speaker(match["by"], SpeakerKind.NAMED) if dead else Speaker(None, SpeakerKind.REPORT),
        evidence=tuple(found),
        actors=(_actor(match, "who"),),
        targets=(_actor(match, "whom"),),
        place=Place(name=match["place"]),
        time=Time(match["day"], match["day"], TimePrecision.DAY if match["day"] else TimePrecision.UNKNOWN),
        harm=(Harm(HarmKind.KILLED, int(dead), int(dead)),) if dead else (),
    )


def _actor(match: re.Match[str], group: str) -> Actor:
    name, kind = match[group], ActorKind.GROUP
    return Actor(
        name, None, name.lower(), kind, None, ActorCodes(country="IRQ"), name, match.start(group), match.end(group)
    )


def ground(claims: Sequence[Claim], report: Report, packs: Packs) -> list[Claim]:
    return [replace(claim, place=replace(claim.place, country="IQ") if claim.place else None) for claim in claims]


REVIEWS = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


def merge(claims: Sequence[Claim], reports: Sequence[Report], decisions: Sequence[Decision], packs: Packs) -> Merged:
    gathered: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        day = claim.time.start if claim.time else None
        gathered[digest(claim.type, day or "", claim.place.name if claim.place else "")[:16]].append(claim)
    reviews = {decision.subject: REVIEWS[decision.action] for decision in decisions if decision.action in REVIEWS}
    events = [_event(key, gathered[key], reviews.get(key)) for key in sorted(gathered)]
    return Merged(tuple(replace(c, event=key) for key in sorted(gathered) for c in gathered[key]), tuple(events))


def _event(key: str, claims: Sequence[Claim], review: str | None) -> Event:
    first = claims[0]
    day = first.time.start if first.time else None
    speakers = {claim.speaker.name: claim for claim in claims}
    return Event(
        id=key,
        summary=f"{first.actors[0].name} and {first.targets[0].name} in {first.place.name if first.place else '?'}",
        type=first.type,
        mode=None,
        context=(),
        modality=first.modality,
        date=(day, day) if day else None,
        precision=TimePrecision.DAY if day else TimePrecision.UNKNOWN,
        place=first.place,
        actors=first.actors,
        targets=first.targets,
        harm=tuple(
            EventHarm(harm.kind, harm.low, harm.high, name, (claim.id,))
            for name, claim in sorted(speakers.items(), key=str)
            for harm in claim.harm
        ),
        says=tuple(
            Says(name, Stance.ASSERTS, About.EVENT, (claim.id,)) for name, claim in sorted(speakers.items(), key=str)
        ),
        status=Status.CORROBORATED if len(speakers) > 1 else Status.SINGLE_SOURCE,
        independent_sources=len(speakers),
        reports=tuple(sorted({claim.report for claim in claims})),
        claims=tuple(claim.id for claim in claims),
        first_reported=None,
        review=review,
    )


def publish(form: str, *, reports: Sequence[Report], claims: Sequence[Claim], events: Sequence[Event]) -> Iterator[str]:
    for kind, values in (("report", reports), ("claim", claims), ("event", events)):
        for value in values:
            yield msgspec.json.encode({"kind": kind, **msgspec.to_builtins(value)}).decode() + "\n"


FAKES = Steps(
    read=read,
    clean=clean,
    collapse=collapse,
    code=code,
    ground=ground,
    merge=merge,
    publish=publish,
    version=lambda: "fakes 1",
)

PAGES = {
    "a.txt": "Strike in Balad\nReds hit Blues in Balad on 2020-01-04: 3 killed (Mayor)\nThat is all.",
    "b.txt": "Balad struck\nReds hit Blues in Balad on 2020-01-04: 5 killed (Hospital)",
    "copy.txt": "Another headline\nReds hit Blues in Balad on 2020-01-04: 5 killed (Hospital)",
    "c.txt": "Talks\nGreens met Blues in Doha on 2020-01-06\n====\nMore talks\nGreens met Reds in Basra",
    "d.txt": "Weather\nIt rained.",
    "empty.txt": "",
    "cookies.txt": "NO ARTICLE here",
}


def write_pages(folder: Path, pages: dict[str, str] = PAGES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    return folder
