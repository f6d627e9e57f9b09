"""The report on quality: measures every set once and writes docs/quality.md.

    python bench/report.py [--shared ../shared] [--pin] [--page] [SET ...]
    python bench/growth.py | python bench/report.py --take growth

SET is speed or one of bench/quality.py (default: speed, then all). What was measured is kept in bench/figures.json with its
day; sets that are not asked for stand as they were. `--page` only writes the page anew. `--pin` moves the floors of
bench/floors.json up to the figures. `--take` keeps the `NAME value` lines of another bench: growth, stream,
serving, kills or load.
Without ../shared the page is kept and only speed is told.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import calibration
import floors
import quality
from running import HERE, SHARED, figures, run

ROOT = HERE.parent
PAGE = ROOT / "docs" / "quality.md"
FIGURES = HERE / "figures.json"
PACKS = ROOT / "src" / "dateline" / "knowledge" / "packs"
MODEL = ROOT / "build" / "model.txt"
Table = Mapping[str, Any]


# ---------------------------------------------------------------- measuring
def measure(name: str, shared: Path) -> dict[str, Any]:
    """The figures of one set, with the day."""
    day = {"day": datetime.date.today().isoformat()}
    if name == "speed":
        return {**day, "figures": dict(figures(run([sys.executable, HERE / "speed.py"])))}
    gold = {"gold": floors.digest_of(shared, quality.GOLD[name])}
    if name == "calibration":
        judged = calibration.judged(shared)
        return {**day, **gold, "figures": rounded(calibration.figures(judged)), "table": calibration.table(judged)}
    return {**day, **gold, "figures": rounded(quality.measured(name, shared, None))}


def rounded(found: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in found.items()}


def kept(path: Path) -> dict[str, Any]:
    """A JSON object that stands in a file; empty where there is none."""
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def keep(path: Path, value: Table) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", "utf-8")


def pin(measured: Table, sets: Iterable[Table]) -> None:
    """Moves the floors of what the page shows up to the figures."""
    old = kept(floors.FILE)
    for name, of in measured.items():
        if "gold" in of:
            shown = [f["name"] for s in sets if s["run"] == name for f in s["figure"]]
            names = sorted({*shown, *old.get(name, {}).get("floors", {})})
            old[name] = floors.raised(old.get(name, {}), of["gold"], of["figures"], names)
    keep(floors.FILE, old)


# ---------------------------------------------------------------- the page
def page(sets: Iterable[Table], measured: Table, errors: Iterable[Table]) -> str:
    """docs/quality.md."""
    parts = [
        INTRODUCTION.format(days=_days(measured)),
        "## Figures\n\n" + "\n".join(_figures(sets, measured)),
        READING,
        "## The scorer beside the rules alone\n\n" + SCORER + "\n\n" + str(measured.get("model", {}).get("table", "")),
        "## Calibration\n\n" + _calibration(measured.get("calibration", {})),
        "## Speed\n\n" + _speed(measured.get("speed", {}).get("figures", {})),
        *(one for name in TAKEN for one in _taken(name, measured.get(name, {}))),
        *_bad_input(measured.get("badinput", {})),
        "## Twenty errors, explained\n\n" + ERRORS,
        *(_error(number, one) for number, one in enumerate(errors, 1)),
    ]
    return "\n\n".join(parts) + "\n"


def _days(measured: Table) -> str:
    found = sorted({of["day"] for of in measured.values() if "day" in of})
    return " to ".join(dict.fromkeys([found[0], found[-1]])) if found else "no day yet"


def _figures(sets: Iterable[Table], measured: Table) -> Iterator[str]:
    yield "| set | size | figure | ours | floor | goal | best published, and where it was read |"
    yield "|---|---|---|---:|---:|---:|---|"
    for one in sets:
        for n, of in enumerate(one["figure"]):
            ours = of.get("by_eye", measured.get(one["run"], {}).get("figures", {}).get(of["name"]))
            head = (one["title"], one["size"]) if n == 0 else ("", "")
            said = f"{of['published']} ({of['source']})" if "published" in of else ""
            yield _row(*head, of["title"], _ours(ours, of), _number(of.get("floor")), _number(of.get("goal")), said)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _ours(value: float | None, of: Table) -> str:
    """The figure, bold where it misses its floor."""
    if value is None:
        return "not measured"
    least = of.get("floor")
    low = least is not None and (value > least if less_is_better(of["name"]) else value < least)
    return f"**{value:.3f}**" if low else f"{value:.3f}"


COSTS = ("_ratio", "_seconds", "_microseconds", "_megabytes")


def less_is_better(name: str) -> bool:
    """Whether a figure is an error or a cost."""
    return floors.is_error(name) or name.endswith(COSTS)


def _calibration(of: Table) -> str:
    errors = of.get("figures", {})
    said = ", ".join(f"{name.partition('.')[0]} {value:.3f}" for name, value in errors.items())
    return f"{CALIBRATION}\n\nExpected calibration error: {said or 'not measured'}.\n\n{of.get('table', '')}".rstrip()


def _speed(of: Table) -> str:
    return SPEED + "\n\n" + "\n".join(f"- {name.replace('_', ' ')}: {value:g}" for name, value in of.items())


def _taken(name: str, of: Table) -> Iterator[str]:
    """The section on what another bench measured, once it was."""
    if of:
        rows = "\n".join(_row(key, f"{value:g}") for key, value in of["taken"].items())
        yield f"{TAKEN[name].format(day=of['day'])}\n\n| figure | value |\n|---|---:|\n{rows}"


def take(lines: Iterable[str]) -> dict[str, Any]:
    """`NAME value` lines of another bench, with the day; other lines are passed over."""
    found: dict[str, float] = {}
    for line in lines:
        name, _, value = line.strip().rpartition(" ")
        if name and value.replace(".", "", 1).isdigit():
            found[name] = float(value)
    return {"day": datetime.date.today().isoformat(), "taken": found}


def _bad_input(of: Table) -> Iterator[str]:
    """The section on bad input, once bench/badinput.py has kept its table."""
    if of:
        yield f"## Bad input\n\n{BAD_INPUT.format(day=of['measured'])}\n\n{of['table']}"


def _error(number: int, one: Table) -> str:
    return (
        f"### {number}. {one['kind']}\n\n> {one['example']}\n\n"
        f"- What comes out: {one['gives']}\n- Why: {one['why']}\n- What would mend it: {one['mend']}"
    )


def model_table(report: str, thresholds: Mapping[str, float]) -> str:
    """Precision, recall and F1 of the rules alone and of the scorer where it decides, as training/train.py reports them."""
    rows = ["| on the corpus held back | precision | recall | F1 |", "|---|---:|---:|---:|"]
    part = ""
    for line in report.splitlines():
        words = line.split()
        if not line.startswith(" "):
            part = line.partition(":")[0]
        elif words[:2] == ["rules", "alone"]:
            rows.append(_row(f"{part}, rules alone", *words[3::2]))
        elif words[0] == "scorer" and float(words[1]) == thresholds.get(part):
            rows.append(_row(f"{part}, scorer from {words[1]} on", *words[3::2]))
    return "\n".join(rows)


def thresholds() -> dict[str, float]:
    """From which chance on the scorer decides, by the name of its report's part."""
    table = tomllib.loads((PACKS / "english" / "scorer.toml").read_text("utf-8"))["thresholds"]
    return {"events": table["accept"], "parties": table["party"]}


INTRODUCTION = """\
# How good it is

This page is written by `make bench` (bench/report.py). Public sets with answers made by people are read by
`dateline annotate`, or for whole records by `dateline read` and `dateline publish`, and each is scored by its own scorer.
Nothing was trained on these sets, and none of their text is part of this repository: they lie beside it in `../shared`.
Without them `make bench` measures speed alone and leaves this page as it is. The figures stand as measured on {days}.

*Floor* is what dateline must reach, *goal* what a good reader reaches. A figure in bold misses its floor. Separate from
these, [bench/floors.json](../bench/floors.json) pins every figure a little below where it stands, so that no change lowers
it unseen (`python bench/quality.py --floors SET`)."""

READING = """\
Read them with care. GVA's answers are the last word of a database, not what the article says. The PLOVER records and PLV
name one event a sentence; a second one that is right counts against us. PLV asks for the event between two given parties: a
published figure that was given the pair cannot be compared with one that had to find it. PLV and the PLOVER records have
sentences of one origin and are not two witnesses. MUC-4 is written in capitals, on one region, thirty years ago."""

SCORER = """\
Rules find the words that may tell an event; a small network, trained on sentences of our own (training/), says which do, of
which type, and who is who. On the tenth of the corpus that it never saw:"""

CALIBRATION = """\
Of the claims that say 0.8, eight in ten should be right. On the PLOVER records and on PLV a right second event counts as
wrong, so there claims look less often right than they are. The corpus is of our own making and easier than news, and the
curve that turns the scorer's chances into confidence was drawn on the same texts held back: its figure is no test from
outside. Background claims are left out."""

SPEED = """\
`annotate`, and times and places alone, against the parser alone, in one run on the same texts; the medians of five rounds on
a machine that others use too. The gazetteer is made anew for this and asked for ten thousand names, each twice; its memory
is what opening it and asking adds to a process."""

TAKEN = {
    "growth": """\
## Growth

What one more report costs (`python bench/growth.py`, last on {day}): *settling* is taking in the claims of one report and
settling and keeping the events that change, in ledgers as a stream of 274 reports a day fills them, a million in ten years;
*adding* is the cost of a report of 200 added to a record of that size, all but the coding. *placing*, of a report among the
stories of so many, is `python bench/wires.py placing`.""",
    "stream": """\
## A stream of pages

Pages of our own making in the form of news sites, one in ten on conflict, from bytes to claims by two workers (*dateline*)
and to a whole record (*record*), and through trafilatura's extraction alone, in one run (`python bench/stream.py --record
--trafilatura PYTHON`, last on {day}).""",
    "load": """\
## A large table

The 21,578 stories of Reuters-21578 as one JSON Lines file, read into a record by two workers (last on {day}).""",
    "serving": """\
## Pages and API

A record of 100,000 invented events, 225,000 reports (`bench/large.py`), served on loopback and asked by one client, and by
ten at once while `dateline read` adds reports to it again and again (`python bench/serving.py`, last on {day}): milliseconds
from the question to the last byte, as the client has it. *First load* is what a browser asks for to show the first page,
compressed.""",
    "kills": """\
## Killed, full, asked meanwhile

SIGKILL at random moments and at the Nth call that writes, then the same commands again; the record must be that of a run
that nobody disturbed (`python bench/kills.py`, last on {day}). All but the number of runs must be 0.""",
}
"""What other benches measure: the head of its section."""

BAD_INPUT = """\
Every file of the bad-input sets, and hostile ones of our own (bench/hostile.py), read and cleaned as `dateline read` does:
whole, taken for other formats, cut at sixteenths, with flipped bits, and packed into bombs; up to 600 inputs of a set, drawn
by a seed (`python bench/badinput.py --keep`, last on {day}). *Stopped* are documents that came to the limit (5 seconds of
processor time, for a table 5 for each MiB; 512 MB) and became a problem. Crashes, inputs that went over a limit and silent
inputs (neither report nor problem) must be 0. The slowest and the largest are those of one document."""

ERRORS = """\
The commonest kinds of error in claims, from reading what comes out on wire stories, messages and stories. The sentences here
are ours; each was run, and shows what came out on the day it was written down."""


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="*", metavar="SET", help="speed, then every set, if none is named")
    ask.add_argument("--shared", type=Path, default=SHARED)
    ask.add_argument("--pin", action="store_true", help="move the floors up to the figures")
    ask.add_argument("--page", action="store_true", help="only write the page, from the figures as they stand")
    ask.add_argument("--take", choices=TAKEN, help="keep the figures that stand on standard input")
    given = ask.parse_args()
    if given.take:
        before = kept(FIGURES)
        new, old = take(sys.stdin), before.get(given.take, {}).get("taken", {})
        keep(FIGURES, before | {given.take: {**new, "taken": {**old, **new["taken"]}}})
        given.page = True
    if not given.page and not (given.shared / "tools").is_dir():
        print(run([sys.executable, HERE / "speed.py"]), end="")
        print(f"bench: {given.shared} has no tools/; quality was not measured, {PAGE.name} stays", file=sys.stderr)
        return 0
    sets = tomllib.loads((HERE / "published.toml").read_text("utf-8"))["set"]
    measured = kept(FIGURES)
    for name in () if given.page else given.sets or ["speed", *quality.GOLD]:
        measured[name] = measure(name, given.shared)
        keep(FIGURES, measured)
        print("\n".join(f"{name} {key} {value:.4f}" for key, value in measured[name]["figures"].items()), flush=True)
    if MODEL.is_file():
        measured["model"] = {"table": model_table(MODEL.read_text("utf-8"), thresholds())}
        keep(FIGURES, measured)
    if given.pin:
        pin(measured, sets)
    errors = tomllib.loads((HERE / "errors.toml").read_text("utf-8"))["error"]
    PAGE.write_text(page(sets, measured, errors), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
