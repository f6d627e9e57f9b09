"""A claim's facts in the form they are compared in: days as numbers, parties as sets of words, sentence and wire."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dateline.merging.kinship import Words, plain
from dateline.types import (
    Actor,
    ActorKind,
    Basis,
    Claim,
    Dateline,
    HarmKind,
    Published,
    Report,
    SpeakerKind,
    Stance,
    Time,
)

ASSERTING = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.CLAIMS_RESPONSIBILITY})
"""Stances on which an event rests."""

_BREAK = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n\s*\n")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
"""Letters of a word that are compared: 'attacked' and 'attacker' are one."""
BESIDE = 80
"""Characters beside a name within which its office is looked for."""
_MENTIONS = 8
"""Of a name, that are looked at."""

Thread = tuple[str, str]
"""A report and the first of its claims of one event."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or target: `words` say who it is; a `vague` one ('gunmen') contradicts nobody, a `proper` one has a name."""

    actor: Actor
    words: frozenset[str]
    vague: bool
    proper: bool
    sites: frozenset[str]
    organs: frozenset[str]
    described: frozenset[str]


@dataclass(frozen=True, slots=True)
class Teller:
    """What merge has to know of a report, without its text."""

    id: str
    publisher: str | None
    published: Published
    dateline: Dateline | None
    copy_of: str | None

    @classmethod
    def of(cls, report: Report) -> Teller:
        """The telling of `report`."""
        return cls(report.id, report.publisher, report.published, report.dateline, report.copy_of)


@dataclass(frozen=True, slots=True)
class Facts:
    """One claim as merge sees it. `first`, `last`: days as ordinals; `told`: the day its report was published.

    `beside`: who says or does it by name, each time with the text before and after it. `later`: the reports that are
    later versions of its page; `dropped`: the newest corrects it by leaving it out.
    """

    claim: Claim
    report: Teller
    wire: str
    told: int | None
    first: int | None
    last: int | None
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    offset: int
    sentence: str
    stems: frozenset[str]
    tolls: frozenset[tuple[HarmKind, int]]
    beside: tuple[tuple[str, str, str], ...] = ()
    withdrawn: bool = False
    later: frozenset[str] = frozenset()
    dropped: bool = False

    @property
    def lent(self) -> bool:
        """Whether its day is not its own sentence's. A report whose own day is inferred still says which weekday it was."""
        inferred = self.claim.time is not None and self.claim.time.inferred
        return inferred and self.report.published.basis is not Basis.INFERRED

    @property
    def leaning(self) -> bool:
        """Whether it says nothing of its own by which to tell it from another: 'the ambush'."""
        here = self.claim.place is not None and not self.claim.place.inferred
        now = self.claim.time is not None and not self.lent
        return not (here or now or self.actors or self.targets)

    @property
    def asserting(self) -> bool:
        """Whether the event rests on this claim."""
        return self.claim.stance in ASSERTING and self.claim.modality != "denied"


def facts(claims: Iterable[Claim], report: Report, words: Words) -> list[Facts]:
    """The facts of `claims`, all that `report` tells: what is compared is the event, not one sentence of it."""
    text = plain(report.text)
    read = [_facts(claim, report, text, words) for claim in claims]
    tolls: defaultdict[Thread, set[tuple[HarmKind, int]]] = defaultdict(set)
    for one in read:
        tolls[thread(one)] |= one.tolls
    return [replace(one, tolls=frozenset(tolls[thread(one)])) for one in read]


def thread(one: Facts) -> Thread:
    """What the coder saw to be one event of one report stays one."""
    return one.report.id, f"{one.claim.type} {one.claim.thread or one.claim.id}"


def _facts(claim: Claim, report: Report, text: str, words: Words) -> Facts:
    first, last = days(claim.time)
    sentence = content_words(_sentence(claim, report.text))
    return Facts(
        claim=claim,
        report=Teller.of(report),
        wire=report.wire or report.id,
        told=ordinal(report.published.start),
        first=first,
        last=last,
        actors=parties(claim.actors, words),
        targets=parties(claim.targets, words),
        offset=trigger(claim)[0],
        sentence=sentence,
        stems=frozenset(word[:_STEM] for word in sentence.split()),
        tolls=frozenset((h.kind, h.low) for h in claim.harm if h.low),
        beside=tuple(_beside(claim, text)),
    )


def _beside(claim: Claim, text: str) -> Iterator[tuple[str, str, str]]:
    """The name of who speaks or acts, with what stands before and after it wherever the text has it."""
    speaker = claim.speaker.name if claim.speaker.kind is SpeakerKind.NAMED else None
    name = plain(speaker or next((actor.name for actor in claim.actors), ""))
    at, left = text.find(name) if name else -1, _MENTIONS
    while at >= 0 and left:
        yield name, text[max(0, at - BESIDE) : at], text[at + len(name) :][:BESIDE]
        at, left = text.find(name, at + 1), left - 1


def content_words(text: str) -> str:
    """The words of four letters and more, by which sentences are compared."""
    return " ".join(_WORD.findall(plain(text)))


def parties(actors: Iterable[Actor], words: Words) -> tuple[Party, ...]:
    """`actors` as parties to compare."""
    return tuple(_party(actor, words) for actor in actors)


def _party(actor: Actor, words: Words) -> Party:
    proper = any(c.isupper() for c in actor.name)
    known = words.content(actor.name if proper else f"{actor.name} {actor.description or ''}")
    plainly_named = bool(known - words.vague - words.nameless - words.mouths)
    return Party(
        actor=actor,
        words=known,
        proper=proper or actor.id is not None,
        vague=actor.id is None and (not known or (not plainly_named or (not proper and bool(known & words.vague)))),
        sites=known & words.sites if actor.kind is not ActorKind.PERSON else frozenset(),
        organs=known & words.bodies,
        described=words.content(actor.description or ""),
    )


def trigger(claim: Claim) -> tuple[int, int]:
    """Where the words stand that say what happened."""
    spans = [(e.start, e.end) for e in claim.evidence if e.field == "type"] or [
        (e.start, e.end) for e in claim.evidence
    ]
    return min(spans, default=(0, 0))


def _sentence(claim: Claim, text: str) -> str:
    start, end = trigger(claim)
    before = [m.end() for m in _BREAK.finditer(text, 0, start + 1) if m.end() <= start]
    after = _BREAK.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def days(time: Time | None) -> tuple[int | None, int | None]:
    """The first and last day of `time` as ordinals, or nulls where it is open."""
    if time is None:
        return None, None
    first, last = ordinal(time.start), ordinal(time.end)
    if first is None or last is None:
        first = last = first or last
    return (first, last) if first is None or last is None or first <= last else (last, first)


def ordinal(written: str | None) -> int | None:
    """The day of an ISO date or instant as a number, or null."""
    try:
        return date.fromisoformat(written[:10]).toordinal() if written else None
    except ValueError:
        return None
