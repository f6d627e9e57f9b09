"""Quality: the figures on the outside gold that is at hand, each by its own scorer.

    python bench/quality.py [--shared ../shared] [--sample N] [SET ...]

SET is one of stories, times, places, actors, attribution, harm, types, muc4, calibration (default: stories). Prints
`SET NAME value` lines and, with `--floors`, fails where a figure is on the wrong side of `bench/floors.json`. A floor counts
only for the gold file it was pinned on, and never for a sample.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import calibration
import floors
from running import PROGRAM, SHARED, annotated_lines, figures, first_lines, run

SETS = {
    "times": ("score_times.py", ["dates/timebank.jsonl", "dates/aquaint.jsonl", "dates/wikiwars.jsonl"]),
    "places": ("score_places.py", ["places/lgl.jsonl", "places/geovirus.jsonl"]),
    "actors": ("score_actors.py", ["coding/actors-dev.jsonl"]),
    "attribution": ("score_attribution.py", ["attribution/polnear-dev.jsonl"]),
    "harm": ("score_harm.py", ["harm/gva-dev.jsonl"]),
    "types": ("score_types.py", ["coding/plover-gsr.jsonl", "coding/plv-train.jsonl"]),
}
GOLD = {
    "stories": ["stories"],
    "muc4": ["eval/coding/muc4-dev.jsonl"],
    "calibration": ["eval/coding/plover-gsr.jsonl", "eval/coding/plv-train.jsonl"],
    **{name: [f"eval/{file}" for file in files] for name, (_, files) in SETS.items()},
}
"""Where the gold of each set lies below `shared`."""


def stories(shared: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        for story in sorted(p.parent for p in (shared / "stories").glob("*/story.toml")):
            record = Path(folder) / f"{story.name}.dateline"
            sources = sorted(p for p in story.iterdir() if p.name != "story.toml")
            run([PROGRAM, "read", *sources, "--record", record])
            run([PROGRAM, "publish", "jsonl", "--record", record, "--out", Path(folder) / f"{story.name}.jsonl"])
        return dict(
            figures(run([sys.executable, shared / "tools/score_stories.py", shared / "stories", "--records", folder]))
        )


def annotated(shared: Path, name: str, sample: int | None) -> dict[str, float]:
    scorer, files = SETS[name]
    found: dict[str, float] = {}
    for file in files:
        gold = shared / "eval" / file
        with tempfile.TemporaryDirectory() as folder:
            part = first_lines(gold, sample, Path(folder))
            answer = Path(folder) / "out.jsonl"
            answer.write_text(
                annotated_lines(run([sys.executable, shared / "tools" / scorer, "inputs", part])), "utf-8"
            )
            scored = run([sys.executable, shared / "tools" / scorer, "score", part, answer])
        found |= {f"{gold.stem}.{key}": value for key, value in figures(scored)}
    return found


def muc4(shared: Path, sample: int | None) -> dict[str, float]:
    """Incident templates of the test splits, as one record's reports; perpetrator confidence is a slot of theirs."""
    gold = [json.loads(line) for line in (shared / "eval/coding/muc4-dev.jsonl").read_text("utf-8").splitlines()]
    tested = [d for d in gold if d["split"] in ("tst1", "tst2")][:sample]
    with tempfile.TemporaryDirectory() as folder:
        keys, asked, record, out = (Path(folder) / n for n in ("keys.jsonl", "in.jsonl", "r.dateline", "out.jsonl"))
        keys.write_text("".join(json.dumps(d) + "\n" for d in tested), "utf-8")
        asked.write_text("".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in tested), "utf-8")
        run([PROGRAM, "read", asked, "--record", record])
        run([PROGRAM, "publish", "jsonl", "--record", record, "--out", out])
        scorer = shared / "tools/score_muc4.py"
        scored = json.loads(run([sys.executable, scorer, "--gold", keys, "--from-claims", out, "--json"]))
    confidence = scored["slots"]["perp-org-conf"]
    found = {
        **scored["headline"],
        "perpetrator_confidence_recall": confidence["R"],
        "perpetrator_confidence_precision": confidence["P"],
    }
    return {key: value or 0.0 for key, value in found.items()}


def measured(name: str, shared: Path, sample: int | None) -> dict[str, float]:
    if name == "stories":
        return stories(shared)
    if name == "calibration":
        return calibration.figures(calibration.judged(shared, sample))
    return muc4(shared, sample) if name == "muc4" else annotated(shared, name, sample)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="*", default=["stories"], choices=list(GOLD))
    ask.add_argument("--shared", type=Path, default=SHARED)
    ask.add_argument("--sample", type=int, default=None, help="only the first N documents of each set")
    ask.add_argument("--floors", action="store_true", help="fail where a figure is below bench/floors.json")
    given = ask.parse_args()
    if not (given.shared / "tools").is_dir():
        print(f"quality: {given.shared} has no tools/; nothing was measured", file=sys.stderr)
        return 0
    missed = 0
    for name in given.sets:
        found = measured(name, given.shared, given.sample)
        pinned = {} if given.sample else floors.pinned(name, floors.digest_of(given.shared, GOLD[name]))
        wrong = floors.missed(found, pinned)
        missed += len(wrong)
        for key, value in found.items():
            print(f"{name} {key} {value:.4f}" + (f"  misses its floor {pinned[key]}" if key in wrong else ""))
    return 1 if given.floors and missed else 0


if __name__ == "__main__":
    sys.exit(main())
