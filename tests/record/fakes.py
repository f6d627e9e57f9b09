"""Small pure steps, so that what a record promises is tested apart from what the real steps find.

A page of theirs has reports parted by '====', and in them lines like
'Reds hit Blues in Balad on 2020-01-04: 3 killed (Mayor)'.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from dateline.knowledge.packs import Packs
from dateline.steps import Steps
from dateline.store.wires import WireIndex
from dateline.text import digest, evidence
from dateline.types import (
    Actor,
    ActorCodes,
    ActorKind,
    Basis,
    Capture,
    Claim,
    Event,
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
    Speaker,
    SpeakerKind,
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


def originals(reports: Iterable[Report], index: WireIndex, report_of: Callable[[str], Report]) -> Mapping[str, str]:
    """What has the same lines below the headline is one story; the smallest id is its original."""
    texts = set()
    for report in reports:
        if not index.knows(report.id):
            text = int(digest(report.text.split("\n", 1)[-1])[:8], 16)
            index.add_report(report.id, text, report.id)
            texts.add(text)
    return {key: min(index.prints(text)) for text in texts for key in index.prints(text)}


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


def publish(form: str, *, reports: Sequence[Report], claims: Sequence[Claim], events: Sequence[Event]) -> Iterator[str]:
    for kind, values in (("report", reports), ("claim", claims), ("event", events)):
        for value in values:
            yield msgspec.json.encode({"kind": kind, **msgspec.to_builtins(value)}).decode() + "\n"


FAKES = Steps(
    read=read,
    clean=clean,
    originals=originals,
    code=code,
    ground=ground,
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
