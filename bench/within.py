"""Within one report: how well the claims that are gathered agree with the events that the training reports mark.

    python bench/within.py [--sample N] [-v]

Over the whole reports of `training/reports` that are not held back. An event is found by an event of its type with a
trigger in the sentence of its marked trigger; pairs are one to one, so two events where one is marked cost precision and
one event where two are marked costs recall. History (`background`) counts neither way. A toll is right if the found
event has one of its kind and numbers. Prints `within NAME value` lines.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

from corpus import Part, Sample, is_held_back, samples
from dateline.annotate import annotate
from dateline.knowledge.packs import Packs
from dateline.merging import merge
from dateline.types import Claim, Published, Report

Toll = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Marked:
    """An event that a report marks: its type, the characters of its trigger's sentence, its tolls."""

    kind: str
    words: str
    start: int
    end: int
    tolls: frozenset[Toll]


@dataclass(frozen=True, slots=True)
class Gathered:
    """An event that dateline makes of the report: its type, where its triggers stand, its tolls."""

    kind: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    tolls: frozenset[Toll]


def reports() -> Iterator[Sample]:
    """The whole reports that the scorer may learn from."""
    return (s for s in samples() if s.whole_report and not is_held_back(s.text))


def marked(sample: Sample, sentences: Sequence[tuple[int, int]]) -> tuple[list[Marked], list[tuple[int, int]]]:
    """The events of a report, and the sentences that tell history."""
    found, history = [], []
    for part in sample.of("type"):
        here = next(((s, e) for s, e in sentences if s <= part.start < e), (part.start, part.end))
        if sample.of("background", part.event):
            history.append(here)
        else:
            tolls = frozenset(_toll(p) for p in sample.of("harm", part.event) if p.number)
            found.append(Marked(str(part.value), sample.text[part.start : part.end], here[0], here[1], tolls))
    return found, history


def _toll(part: Part) -> Toll:
    low, dash, high = (part.number or "").partition("-")
    if not dash:
        return str(part.value), int(low), int(low)
    return str(part.value), int(low or 0), int(high) if high else None


def gathered(sample: Sample, packs: Packs) -> tuple[list[Gathered], list[tuple[int, int]]]:
    """The events that dateline makes of a report, and its sentences."""
    read = annotate(sample.text, packs, published=sample.published, publisher=sample.publisher, report_id="r")
    day = Published(sample.published, sample.published, None)
    report = Report("r", "r", None, sample.publisher, None, None, None, day, (), "en", "", sample.text, wire="r")
    done = merge(read.claims, [report], knowledge=packs)
    by_id = {c.id: c for c in done.claims}
    events = [_gathered(str(e.type), [by_id[c] for c in e.claims]) for e in done.events]
    return events, [(s.start_char, s.end_char) for s in read.words.parse.doc.sents]


def _gathered(kind: str, claims: Sequence[Claim]) -> Gathered:
    triggers = [e for c in claims if c.about != "harm" for e in c.evidence if e.field == "type"]
    tolls = frozenset((str(h.kind), h.low, h.high) for c in claims for h in c.harm if h.low is not None)
    return Gathered(kind, tuple(e.quote for e in triggers), tuple(e.start for e in triggers), tolls)


def pairs(gold: Sequence[Marked], ours: Sequence[Gathered]) -> list[tuple[int, int]]:
    """One to one, those with a toll in common first."""
    fits = [
        (-len(a.tolls & b.tolls), i, k)
        for i, a in enumerate(gold)
        for k, b in enumerate(ours)
        if a.kind == b.kind and any(a.start <= s < a.end for s in b.starts)
    ]
    chosen: list[tuple[int, int]] = []
    for _, i, k in sorted(fits):
        if all(i != x and k != y for x, y in chosen):
            chosen.append((i, k))
    return chosen


_SHARES = (
    ("recall", "found", "gold"),
    ("precision", "found", "ours"),
    ("tolls_recall", "right", "tolls"),
    ("tolls_precision", "right", "told"),
)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sample", type=int, default=None, help="every Nth report only")
    ask.add_argument("-v", "--verbose", action="store_true", help="list what was joined, split or given a wrong toll")
    given = ask.parse_args()
    packs, n = Packs(), Counter[str]()
    for sample in list(reports())[:: given.sample or 1]:
        ours, sentences = gathered(sample, packs)
        gold, history = marked(sample, sentences)
        ours = [o for o in ours if not o.starts or not all(any(s <= x < e for s, e in history) for x in o.starts)]
        chosen = pairs(gold, ours)
        n.update(gold=len(gold), ours=len(ours), found=len(chosen))
        n.update(tolls=sum(len(g.tolls) for g in gold), told=sum(len(o.tolls) for o in ours))
        n.update(right=sum(len(gold[i].tolls & ours[k].tolls) for i, k in chosen))
        _count_faults(sample, gold, ours, chosen, n, verbose=given.verbose)
    for name, hit, out_of in _SHARES:
        print(f"within {name} {n[hit] / max(1, n[out_of]):.4f}")
    print(f"within f1 {2 * n['found'] / max(1, n['gold'] + n['ours']):.4f}")
    print(f"within tolls_f1 {2 * n['right'] / max(1, n['tolls'] + n['told']):.4f}")
    print(f"within joined {n['joined']}\nwithin split {n['split']}")
    return 0


def _count_faults(
    sample: Sample,
    gold: Sequence[Marked],
    ours: Sequence[Gathered],
    chosen: Sequence[tuple[int, int]],
    n: Counter[str],
    *,
    verbose: bool,
) -> None:
    """Marked events that went into one that another has (joined), and events beside one that is found (split)."""
    got, used = {i for i, _ in chosen}, {k for _, k in chosen}
    for i, event in enumerate(gold):
        holders = [o for k, o in enumerate(ours) if k in used and o.kind == event.kind
                   and any(event.start <= s < event.end for s in o.starts)]  # fmt: skip
        if i not in got and holders:
            n["joined"] += 1
            if verbose:
                print(f"{sample.where}: JOINED {event.kind} {event.words!r} into {holders[0].words}")
    for k, made in enumerate(ours):
        whole = [g for g in gold if g.kind == made.kind and any(g.start <= s < g.end for s in made.starts)]
        if k not in used and whole:
            n["split"] += 1
            if verbose:
                print(f"{sample.where}: SPLIT {made.kind} {made.words} from {[g.words for g in whole]}")
    for i, k in chosen:
        if verbose and gold[i].tolls != ours[k].tolls:
            marked_tolls, our_tolls = sorted(gold[i].tolls, key=str), sorted(ours[k].tolls, key=str)
            print(f"{sample.where}: TOLLS {gold[i].words!r} {marked_tolls} ours {our_tolls}")


if __name__ == "__main__":
    raise SystemExit(main())
