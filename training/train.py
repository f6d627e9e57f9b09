"""Trains the scorer on the corpus, writes its weights and pins them: `make model`.

    python training/train.py [--out FILE] [--report FILE] [--rounds 12]

Deterministic on one thread: fixed seeds, files in sorted order. A tenth of the texts, chosen by digest of their words, is
held back; the report gives the figures on it of the rules alone and of the scorer at several thresholds.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.coding.scoring.network import FILE, NETWORK_PARTS, WEIGHTS, Network, packed
from dateline.coding.scoring.words import OUTCOMES, PARTIES
from dateline.knowledge.packs import Packs
from items import PACKS, Items, corpus_samples, gather
from learn import Matrix, train

THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)


def scores(guessed: Sequence[int], right: Sequence[int]) -> str:
    """Precision, recall and F1 of the outcomes that are not nothing."""
    hit = sum(g == r and r > 0 for g, r in zip(guessed, right, strict=True))
    precision = hit / max(1, sum(g > 0 for g in guessed))
    recall = hit / max(1, sum(r > 0 for r in right))
    return f"P {precision:.3f} R {recall:.3f} F {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def figures(name: str, network: Network, items: Items) -> list[str]:
    """The figures of `network` on the items held back, beside the rules alone."""
    rows = [k for k, back in enumerate(items.held_back) if back]
    right = [items.right[k] for k in rows]
    chances = network.chances([items.signs[k] for k in rows])
    lines = [f"{name}: {len(rows)} held back, {sum(r > 0 for r in right)} of them tell or are one"]
    lines.append(f"  rules alone  {scores([items.ruled[k] for k in rows], right)}")
    for least in THRESHOLDS:
        guess = [int(c[1:].argmax()) + 1 if c[1:].max() >= least else 0 for c in chances]
        lines.append(f"  scorer {least:.2f}  {scores(guess, right)}")
    return [*lines, *_calibration(chances, right)]


def _calibration(chances: Matrix, right: Sequence[int]) -> list[str]:
    """How often the likeliest outcome is right, by the chance it is given."""
    best = chances[:, 1:].max(1)
    hits = chances[:, 1:].argmax(1) + 1 == np.array(right)
    lines = []
    for low in np.arange(0.1, 1.0, 0.1):
        inside = (best >= low) & (best < low + 0.1)
        if inside.any():
            lines.append(f"  given {best[inside].mean():.2f}, right {hits[inside].mean():.2f} ({inside.sum()})")
    return lines


def write_weights(out: Path, nouns: frozenset[str], networks: dict[str, Network]) -> str:
    """Writes the weights; gives their SHA-256."""
    arrays: dict[str, npt.NDArray[np.generic]] = {"nouns": np.frombuffer("\n".join(sorted(nouns)).encode(), np.uint8)}
    for name, network in networks.items():
        for part in NETWORK_PARTS:
            arrays |= packed(f"{name}.{part}", getattr(network, part))
    with out.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return hashlib.sha256(out.read_bytes()).hexdigest()


def pin(digest: str) -> None:
    """Writes the digest into the pack that pins the weights."""
    path = PACKS / FILE
    path.write_text(re.sub(r'(?m)^sha256 = ".*"$', f'sha256 = "{digest}"', path.read_text("utf-8")), "utf-8")


def main() -> None:
    """Trains, reports, writes and pins."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, default=WEIGHTS)
    ask.add_argument("--report", type=Path, default=Path("build/model.txt"))
    ask.add_argument("--rounds", type=int, default=12)
    given = ask.parse_args()
    events, parties, nouns = gather(corpus_samples(), Packs())
    networks = {
        "events": train(events, len(OUTCOMES), rounds=given.rounds, seed=1, dropped=0.4, decay=0.1),
        "parties": train(parties, len(PARTIES), rounds=given.rounds, seed=2, dropped=0.3, decay=0.01),
    }
    lines = figures("events", networks["events"], events) + figures("parties", networks["parties"], parties)
    print("\n".join(lines))
    given.report.parent.mkdir(parents=True, exist_ok=True)
    given.report.write_text("\n".join(lines) + "\n", "utf-8")
    digest = write_weights(given.out, nouns, networks)
    if given.out == WEIGHTS:
        pin(digest)
    print(f"{given.out.name}: {given.out.stat().st_size} bytes, SHA-256 {digest}")


if __name__ == "__main__":
    main()
