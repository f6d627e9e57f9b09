"""Speed: what annotate costs beside the parse alone, in one run, and how long the commands take to start.

    python bench/speed.py [FOLDER_OF_TEXTS] [--rounds 5]

Each round times both on the same texts, one after the other; the figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples" / "january-2020"
STORIES = HERE.parent.parent / "shared" / "stories"


def texts_of(folder: Path) -> list[str]:
    from dateline.cleaning import clean
    from dateline.knowledge.packs import Packs
    from dateline.reading import read
    from dateline.types import Capture

    packs = Packs()
    captures = [c for c in read(str(folder)) if isinstance(c, Capture)]
    return [r.text for c in captures for r in clean(c, packs).reports]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def annotate_ratio(texts: list[str], rounds: int) -> None:
    from dateline.annotate import annotate
    from dateline.knowledge.packs import Packs
    from dateline.language.parse import parse_all
    from dateline.language.words import words_of

    packs = Packs()
    annotate(texts[0], packs)

    def alone() -> None:
        list(parse_all(texts, packs=packs))

    def ours() -> None:
        words_of.cache_clear()
        for text in texts:
            annotate(text, packs)

    pairs = [(seconds(alone), seconds(ours)) for _ in range(rounds)]
    parse_s = statistics.median(p for p, _ in pairs)
    ours_s = statistics.median(o for _, o in pairs)
    print(f"texts {len(texts)}, characters {sum(map(len, texts))}")
    print(f"parse_alone_reports_per_second {len(texts) / parse_s:.1f}")
    print(f"annotate_reports_per_second {len(texts) / ours_s:.1f}")
    print(f"annotate_to_parse_ratio {statistics.median(o / p for p, o in pairs):.2f}")


def start_up(rounds: int) -> None:
    """Wall time of `dateline --help` and of `dateline events` on the examples' record."""
    program = Path(sys.executable).with_name("dateline")
    record = HERE.parent / "build" / "bench.dateline"
    if not record.is_dir():
        subprocess.run([program, "read", EXAMPLES, "--record", record], check=True, capture_output=True)
    for name, command in (("help", ["--help"]), ("events", ["events", "--record", str(record)])):
        taken = [
            seconds(partial(subprocess.run, [program, *command], check=True, capture_output=True))
            for _ in range(rounds)
        ]
        print(f"{name}_seconds {statistics.median(taken):.3f}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", nargs="?", type=Path)
    ask.add_argument("--rounds", type=int, default=5)
    given = ask.parse_args()
    folder = given.folder or (STORIES if STORIES.is_dir() else EXAMPLES)
    annotate_ratio(texts_of(folder), given.rounds)
    start_up(given.rounds)


if __name__ == "__main__":
    main()
