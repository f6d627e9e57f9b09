"""Wires: how well copies are found by what was done to them, and how fast one more report is placed among a million.

    python bench/wires.py [--shared ../shared] [--stories N] [--most N] [copies] [placing] [load]

copies: the stories of Reuters-21578 (in place, none of their text is kept) are copied with known changes: cut, edited,
spliced into other stories; each change gives `wires recall.CHANGE`, all together pairwise `wires f1`. Beside the copies
stand stories that share quotations, background or a set form and are none.
placing: an index filled by script with 10 thousand, 100 thousand, 1 million signatures; milliseconds to place one report.
load: all stories of Reuters-21578 collapsed at once; seconds and MiB.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Protocol

import numpy as np

from dateline.collapsing import collapse, place
from dateline.store.sqlite import Database
from dateline.store.wires import WireIndex
from dateline.types import Published, Report
from running import SHARED

Paragraphs = list[str]
Own = Callable[[float], Paragraphs]
WHOLE = 5
"""Paragraphs of a story that is worth copying ..."""
WORDS = 120
"""... and its words."""


# ---------------------------------------------------------------- what desks do to a story
class Change(Protocol):
    """What becomes of a story; `own` gives at least so many words of stories that are used nowhere else."""

    def __call__(self, story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
        """The paragraphs of the copy."""


def _verbatim(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    return story


def _cut(story: Paragraphs, own: Own, chance: Random, *, kept: float, where: str) -> Paragraphs:
    """Paragraphs left out at the top, in the middle or at the end until about `kept` of the words are left."""
    left = list(story)
    while len(left) > 1 and _words(left[1:] if where == "top" else left[:-1]) >= kept * _words(story):
        left.pop({"top": 0, "middle": len(left) // 2, "end": -1}[where])
    return left


def _edited(story: Paragraphs, own: Own, chance: Random, *, every: int) -> Paragraphs:
    """One word in `every` replaced, left out or doubled by another of the story's words."""
    pool = " ".join(story).split()
    return [
        " ".join(_edit(word, pool, chance) if chance.random() < 1 / every else word for word in p.split())
        for p in story
    ]


def _edit(word: str, pool: Sequence[str], chance: Random) -> str:
    other = chance.choice(pool)
    return chance.choice(("", other, f"{word} {other}"))


_SWAPS = {
    "said": "told reporters", "per cent": "pct", "pct": "percent", "mln": "million", "billion": "bln", "dlrs": "dollars",
    "two": "2", "three": "3", "four": "4", "five": "5", "ten": "10", "tonnes": "metric tons", "labor": "labour",
    "center": "centre", "program": "programme", "defense": "defence", "Feb": "February", "miles": "mi", "km": "kilometres",
    "percent": "per cent", "April": "Apr", "March": "Mar", "U.S.": "United States", "the United States": "the U.S.",
}  # fmt: skip


def _restyled(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """Another house style: spelling, units, numbers, names of months."""
    return [" ".join(_SWAPS.get(word, word) for word in paragraph.split(" ")) for paragraph in story]


def _furnished(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    top = f"By our correspondent in the bureau number {chance.randrange(10**6)}, with agencies, updated in the evening."
    end = f"Read more of edition {chance.randrange(10**6)}: the weather, the quiz and our newsletter for the week."
    return [top, *story, end]


def _rejoined(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """Paragraphs run together by twos."""
    return [" ".join(story[at : at + 2]) for at in range(0, len(story), 2)]


def _spliced(story: Paragraphs, own: Own, chance: Random, *, share: float) -> Paragraphs:
    """The whole story inside an own one, of which it is `share`."""
    added = own(_words(story) * (1 - share) / share)
    at = len(added) // 3
    return [*added[:at], *story, *added[at:]]


def _cut_and_edited(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    return _edited(_cut(story, own, chance, kept=0.6, where="end"), own, chance, every=25)


def _topped(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """An own lead and an own end."""
    lead, *_, end = own(80)
    return [lead, *_cut(story, own, chance, kept=0.7, where="end"), end]


PARTS = ("top", "middle", "end")
KEPT = (0.9, 0.7, 0.5, 0.3)
COPIES: dict[str, Change] = {
    "verbatim": _verbatim,
    **{f"cut.{where}.{int(kept * 100)}": partial(_cut, kept=kept, where=where) for where in PARTS for kept in KEPT},
    **{f"edited.1in{every}": partial(_edited, every=every) for every in (40, 20, 12)},
    "restyled": _restyled,
    "furnished": _furnished,
    "rejoined": _rejoined,
    **{f"spliced.{int(s * 100)}": partial(_spliced, share=s) for s in (0.7, 0.6, 0.5, 0.4, 0.3)},
    "cut_and_edited": _cut_and_edited,
    "topped": _topped,
}  # fmt: skip


def _quoting(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """An own story with what one speaker said to all."""
    said = " ".join(story[1].split()[:45])
    lead, *rest = own(_words(story))
    return [lead, f'"{said}," the spokesman told a news conference.', *rest]


def _follow_up(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """Other news, with the background of the old."""
    return [*own(1.5 * _words(story[-2:])), *story[-2:]]


def _briefed(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """A long own story that repeats the lead of another."""
    return [*own(3 * _words(story[:1])), story[0]]


def _next_bulletin(story: Paragraphs, own: Own, chance: Random) -> Paragraphs:
    """The set form of a day, with the figures of another."""
    return [_bulletin(chance)]


def _bulletin(chance: Random) -> str:
    a, b, c, d, e, f = (chance.randrange(11, 990) for _ in range(6))
    return (
        f"The joint staff counted {a} exchanges of fire along the river over the past day, {b} of them by night. "
        f"Batteries on the far bank fired {c} shells and {d} rockets at the villages of the plain, and {e} families "
        f"were brought to the schools of the valley. The brigade held its line, the joint staff said, and {f} "
        "volunteers were sworn in before the evening."
    )


APART: dict[str, Change] = {
    "quoting": _quoting,
    "follow_up": _follow_up,
    "briefed": _briefed,
    "next_bulletin": _next_bulletin,
}


# ---------------------------------------------------------------- the set
def stories(shared: Path) -> list[Report]:
    """The stories of Reuters-21578 that have a text."""
    lines = (shared / "eval/load/reuters21578.jsonl").read_text("utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    return [
        _report(f"{int(row['id']):05}", row["text"].split("\n    "), "Reuters", row["date"], title=row["title"])
        for row in rows
        if row["text"]
    ]


def _report(
    key: str,
    paragraphs: Sequence[str],
    publisher: str,
    day: str | None,
    *,
    title: str | None = None,
    agency: str | None = "Reuters",
) -> Report:
    published = Published(day, day, None)
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return Report(key, key, None, publisher, agency, title, None, published, (), "en", "", text)


def copied(originals: Sequence[Report], own: Own, chance: Random) -> tuple[list[Report], dict[str, tuple[str, str]]]:
    """The originals, three copies of each and one that is none; and of each of these its change and its original."""
    made, told = list(originals), dict[str, tuple[str, str]]()
    for n, original in enumerate(originals):
        for name in (*_some(list(COPIES), 3 * n, 3), *_some(list(APART), n, 1)):
            paragraphs = (COPIES | APART)[name](original.text.split("\n\n"), own, chance)
            agency = chance.choice(("Reuters", None)) if name in COPIES else None
            key = f"{original.id}.{name}"
            made.append(
                _report(key, paragraphs, f"Paper {n % 97}", original.published.start, title=name, agency=agency)
            )
            told[key] = name, original.id
    return made, told


def _some(names: Sequence[str], first: int, count: int) -> list[str]:
    """`count` names in turn, from that of number `first` on."""
    return [names[(first + n) % len(names)] for n in range(count)]


def _unused(reports: Sequence[Report]) -> Own:
    """Gives the words of these stories, each once."""
    ahead = iter(reports)

    def own(words: float) -> Paragraphs:
        taken = Paragraphs()
        while _words(taken) < words:
            taken += next(ahead).text.split("\n\n")
        while len(taken) > 2 and _words(taken[:-1]) >= words:
            taken.pop()
        return taken

    return own


def _words(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def measure_copies(shared: Path, count: int) -> Iterator[tuple[str, float]]:
    """Recall of each change, and precision, recall and F1 of pairs of reports in one wire."""
    chance = Random(21578)
    known = collapse(chance.sample(stories(shared), 12 * count))
    alone = Counter(report.wire for report in known)
    fit = [
        r for r in known if alone[r.wire] == 1 and len(r.text.split("\n\n")) >= WHOLE and len(r.text.split()) >= WORDS
    ]
    made, told = copied(fit[:count], _unused(fit[count:]), chance)
    wire = {report.id: report.wire for report in collapse(made)}
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for key, (name, original) in told.items():
        hits[name].append(wire[key] == wire[original])
    yield from (
        (f"{'recall' if name in COPIES else 'wrong'}.{name}", statistics.fmean(found))
        for name, found in sorted(hits.items())
    )
    gold = {key: original if name in COPIES else key for key, (name, original) in told.items()}
    gold |= {report.id: report.id for report in made if report.id not in gold}
    yield from _pairwise(_pairs(gold), _pairs(wire))


def _pairs(groups: dict[str, str] | dict[str, str | None]) -> set[tuple[str, str]]:
    members: defaultdict[str | None, list[str]] = defaultdict(list)
    for key in sorted(groups):
        members[groups[key]].append(key)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def _pairwise(gold: set[tuple[str, str]], ours: set[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    both = len(gold & ours)
    yield "pairs", len(gold)
    yield "precision", both / len(ours)
    yield "recall", both / len(gold)
    yield "f1", 2 * both / (len(gold) + len(ours))


# ---------------------------------------------------------------- one more among a million
BANDS = 40
"""Bands of a story of about 330 words."""
PHRASES = 4
"""Of these, phrases that others have too, some of them in hundreds of stories."""
PLACED = 200
"""New reports placed one by one: every other one a copy, cut or edited, of one that is there."""


def fill(connection: sqlite3.Connection, texts: int) -> None:
    """An index of so many stories of which only the signatures exist. In the order of its keys, which is faster."""
    chance = np.random.default_rng(texts)
    keys = np.unique(chance.integers(-(2**62), 2**62, texts))
    bands = chance.integers(-(2**62), 2**62, (len(keys), BANDS))
    bands[:, :PHRASES] = chance.zipf(1.3, (len(keys), PHRASES)) % (texts // 4)
    order = np.argsort(bands, axis=None, kind="stable")
    connection.execute("BEGIN")
    for some in np.array_split(order, max(1, len(order) // 1_000_000)):
        rows = zip(bands.flat[some].tolist(), keys[some // BANDS].tolist(), strict=True)
        connection.executemany("INSERT OR IGNORE INTO wire_bands VALUES (?, ?)", rows)
    ids = keys.tolist()
    connection.executemany("INSERT INTO wire_texts VALUES (?1, 330, ?1)", ((key,) for key in ids))
    printed = ((f"s{n:07}", key, f"2 2031-01-01 ~ {n:07}") for n, key in enumerate(ids))
    connection.executemany("INSERT INTO wire_reports VALUES (?, ?, ?)", printed)
    connection.execute("COMMIT")


def invented(key: str, chance: Random) -> Report:
    """A story of 330 words that nobody wrote."""
    lexicon = [
        f"{a}{b}{c}" for a in ("ba", "ke", "lo", "mi", "su") for b in ("ran", "tel", "vin", "dor") for c in _ENDS
    ]
    paragraphs = [" ".join(chance.choices(lexicon, k=33)) for _ in range(10)]
    return _report(key, paragraphs, f"Paper {chance.randrange(99)}", f"2031-{1 + chance.randrange(12):02}-10")


_ENDS = tuple(f"{a}{b}" for a in ("", "a", "e", "i", "o", "u") for b in ("s", "ng", "k", "st", "m", "d", "l", "x"))


def measure_placing(most: int) -> Iterator[tuple[str, float]]:
    """Milliseconds to place one report in indexes of 10 thousand stories and more, and how much the index weighs."""
    for texts in (10_000, 100_000, 1_000_000):
        if texts <= most:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "record.db"
                Database.writing(path).close()
                with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                    connection.execute("PRAGMA synchronous = NORMAL")
                    fill(connection, texts)
                    taken = _placed(connection)
                wall, processor = zip(*taken, strict=True)
                yield f"placing_ms.{texts}", 1000 * statistics.median(wall)
                yield f"placing_processor_ms.{texts}", 1000 * statistics.median(processor)
                yield f"placing_processor_ms_95th.{texts}", 1000 * statistics.quantiles(processor, n=20)[-1]
                yield f"index_mib.{texts}", path.stat().st_size / 2**20


def _placed(connection: sqlite3.Connection) -> list[tuple[float, float]]:
    """Seconds that each of `PLACED` reports takes, by the clock and of the processor, the writing included."""
    chance = Random(330)
    known = [invented(f"k{n:03}", chance) for n in range(PLACED)]
    fresh = [
        _copy(f"n{n:03}", report, chance) if n % 2 else invented(f"n{n:03}", chance) for n, report in enumerate(known)
    ]
    reports = {report.id: report for report in (*known, *fresh)}
    index = WireIndex(connection)
    place(known, index, reports.__getitem__)
    taken = []
    for report in fresh:
        begun, worked = time.perf_counter(), time.process_time()
        connection.execute("BEGIN IMMEDIATE")
        place([report], index, reports.__getitem__)
        connection.execute("COMMIT")
        taken.append((time.perf_counter() - begun, time.process_time() - worked))
    wrong = [n for n, report in enumerate(fresh) if index.original(report.id) != (known[n].id if n % 2 else report.id)]
    assert not wrong, f"placed wrongly: {wrong}"
    return taken


def _copy(key: str, report: Report, chance: Random) -> Report:
    story = report.text.split("\n\n")
    change = chance.choice((_verbatim, _cut_and_edited, _furnished))
    next_day = f"{report.published.start}"[:-2] + "11"
    return _report(key, change(story, lambda _: story, chance), f"Paper {key}", next_day)


# ---------------------------------------------------------------- all of Reuters at once
def measure_load(shared: Path) -> Iterator[tuple[str, float]]:
    """Seconds and MiB to collapse all stories, and how many of them are copies."""
    reports = stories(shared)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    found = collapse(reports)
    yield "load_seconds", time.perf_counter() - begun
    yield "load_stories", len(found)
    yield "load_copies", sum(report.copy_of is not None for report in found)
    yield "load_mib_before", before / 1024
    yield "load_mib_peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("parts", nargs="*", default=["copies"], choices=["copies", "placing", "load"])
    ask.add_argument("--shared", type=Path, default=SHARED)
    ask.add_argument("--stories", type=int, default=300, help="how many stories are copied")
    ask.add_argument("--most", type=int, default=1_000_000, help="signatures in the largest index")
    given = ask.parse_args()
    measures = {
        "copies": lambda: measure_copies(given.shared, given.stories),
        "placing": lambda: measure_placing(given.most),
        "load": lambda: measure_load(given.shared),
    }
    for part in given.parts:
        for name, value in measures[part]():
            print(f"wires {name} {value:.4f}", flush=True)


if __name__ == "__main__":
    main()
