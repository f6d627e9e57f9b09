"""Calibration: how far a claim's `confidence` is from the share of such claims that are right.

    python bench/calibration.py [--shared ../shared] [--sample N]

Expected calibration error: ten bins of equal width, in each the distance between mean confidence and share of right claims,
weighted by the count. Background claims are left out. A claim is right

- on plover-gsr if its type is the record's (older names mapped as score_types.py does),
- on plv-train if its type is the row's (CONCEDE and RETREAT are the set's YIELD),
- on the corpus held back if its type stands on a trigger that is marked with this type.

The first two sets name one event a sentence, so a right second event counts as wrong there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from running import SHARED, TRAINING, annotated_lines, first_lines, run

sys.path.append(str(TRAINING))

import corpus

Judged = dict[str, list[tuple[float, bool]]]
"""By set: what each claim said of itself, and whether it was right."""

OLD_TYPES = {"FIGHT": "ASSAULT", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose confidence is from `low` on, below `high` (the last bin: with it)."""

    low: float
    high: float
    count: int
    said: float
    right: float


def bins_of(claims: Sequence[tuple[float, bool]], count: int = 10) -> list[Bin]:
    """The bins that are not empty, lowest first."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for said, right in claims:
        found.setdefault(min(int(said * count), count - 1), []).append((said, right))
    return [_bin(k, found[k], count) for k in sorted(found)]


def _bin(k: int, inside: list[tuple[float, bool]], count: int) -> Bin:
    n = len(inside)
    return Bin(k / count, (k + 1) / count, n, sum(s for s, _ in inside) / n, sum(r for _, r in inside) / n)


def expected_error(bins: Sequence[Bin]) -> float:
    """The distance between said and right, weighted by the count; 0 where there is no claim."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.said - b.right) for b in bins) / total if total else 0.0


def figures(of_sets: Judged) -> dict[str, float]:
    """`SET.error` of each set and of all together."""
    every = {**of_sets, "pooled": pooled(of_sets)}
    return {f"{name}.error": expected_error(bins_of(of)) for name, of in every.items()}


def pooled(of_sets: Judged) -> list[tuple[float, bool]]:
    """The claims of all sets."""
    return [one for of in of_sets.values() for one in of]


# ---------------------------------------------------------------- which claims are right
def judged(shared: Path, sample: int | None = None) -> Judged:
    """The claims of every set."""
    rows = {"plover-gsr": OLD_TYPES, "plv-train": YIELD}
    samples = held_back()[:sample]
    return {
        **{name: _of_set(shared, f"eval/coding/{name}.jsonl", alike, sample) for name, alike in rows.items()},
        "corpus": of_samples(samples, annotated_lines(asked(samples))),
    }


def _of_set(shared: Path, name: str, alike: Mapping[str, str], sample: int | None) -> list[tuple[float, bool]]:
    with tempfile.TemporaryDirectory() as folder:
        part = first_lines(shared / name, sample, Path(folder))
        answers = annotated_lines(run([sys.executable, shared / "tools/score_types.py", "inputs", part]))
        return of_rows(part.read_text("utf-8"), answers, alike)


def of_rows(gold: str, answers: str, alike: Mapping[str, str]) -> list[tuple[float, bool]]:
    """The claims on a set of sentences that name one event each; types that `alike` maps to one are one."""
    wanted = {row["id"]: row["events"][0]["type"] for row in map(json.loads, gold.splitlines())}

    def same(one: str, other: str) -> bool:
        return alike.get(one, one) == alike.get(other, other)

    return [(c["confidence"], same(c["type"], wanted[row])) for row, c in _claims(answers) if row in wanted]


def of_samples(samples: Sequence[corpus.Sample], answers: str) -> list[tuple[float, bool]]:
    """The claims on texts of the corpus."""
    by_place = {s.where: s for s in samples}
    return [(claim["confidence"], _is_marked(claim, by_place[where])) for where, claim in _claims(answers)]


def _is_marked(claim: dict[str, Any], sample: corpus.Sample) -> bool:
    marks = [p for p in sample.of("type") if p.value == claim["type"]]
    own = [e for e in claim["evidence"] if e["field"] == "type"]
    return any(e["start"] < m.end and m.start < e["end"] for e in own for m in marks)


def _claims(answers: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in map(json.loads, answers.splitlines()):
        for claim in line.get("claims", []):
            if not claim.get("background"):
                yield line["id"], claim


# ---------------------------------------------------------------- the corpus held back
def held_back() -> list[corpus.Sample]:
    """The texts of the corpus that the scorer never saw."""
    return [s for s in corpus.samples() if corpus.is_held_back(s.text)]


def asked(samples: Sequence[corpus.Sample]) -> str:
    """What `dateline annotate` reads."""
    rows = [{"id": s.where, "text": s.text, "published": s.published, "publisher": s.publisher} for s in samples]
    return "".join(json.dumps(row) + "\n" for row in rows)


# ---------------------------------------------------------------- telling
def table(of_sets: Judged) -> str:
    """The bins of all sets together, as a table of Markdown."""
    rows = [
        f"| {b.low:.1f} to {b.high:.1f} | {b.count} | {b.said:.2f} | {b.right:.2f} |" for b in bins_of(pooled(of_sets))
    ]
    return "\n".join(["| confidence | claims | said | right |", "|---|---:|---:|---:|", *rows])


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=SHARED)
    ask.add_argument("--sample", type=int, default=None, help="only the first N texts of each set")
    given = ask.parse_args()
    if not (given.shared / "tools").is_dir():
        print(f"calibration: {given.shared} has no tools/; nothing was measured", file=sys.stderr)
        return 0
    found = judged(given.shared, given.sample)
    print(table(found))
    for name, value in figures(found).items():
        print(f"{name} {value:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
