"""Trains the scorer on the corpus and writes its weights: `make model`.

    python training/train.py [--out FILE] [--report FILE]

Deterministic: fixed seeds, one thread, files in sorted order. A tenth of the texts, chosen by digest of their words, is held
back; the report gives the figures on it of the rules alone, of the scorer alone, and of both.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dateline
import numpy as np
import numpy.typing as npt
from corpus import CorpusError, Part, Sample, files, is_held_back, pack_samples, read_file
from scipy import sparse
from spacy.tokens import Doc, Span, Token

from dateline.coding.patterns import TYPES_FOLDER, Codebook, load_codebook
from dateline.coding.roles import HARM_VERBS
from dateline.coding.scoring.lexicon import Lexicon, load_lexicon
from dateline.coding.scoring.network import NETWORK_PARTS, Network, packed
from dateline.coding.scoring.signs import (
    BUCKETS,
    hashed,
    party_signs,
    possible_parties,
    sentence_signs,
    slots_of,
    trigger_signs,
)
from dateline.coding.scoring.words import OUTCOMES, PARTIES, may_tell
from dateline.coding.triggers import Candidate, Surroundings, find_candidates, surroundings
from dateline.knowledge.packs import Packs
from dateline.language.words import words_of

HIDDEN = 64
PACKS = Path(dateline.__file__).parent / "knowledge" / "packs"
Matrix = npt.NDArray[np.float32]


@dataclass
class Items:
    """What a network learns from: signs, dense vectors and the right outcome of each item."""

    signs: list[list[int]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    held_back: list[bool] = field(default_factory=list)
    ruled: list[int] = field(default_factory=list)
    where: list[str] = field(default_factory=list)

    def add(self, signs: list[int], right: int, held_back: bool, ruled: int, where: str) -> None:
        self.signs.append(signs)
        self.right.append(right)
        self.held_back.append(held_back)
        self.ruled.append(ruled)
        self.where.append(where)


def root_of(part: Part, doc: Doc) -> Token | None:
    """The word that heads a marked phrase."""
    span = doc.char_span(part.start, part.end, alignment_mode="expand")
    return None if span is None else span.root


def event_words(sample: Sample, doc: Doc) -> tuple[dict[int, Part], set[int]]:
    """The words that tell the sample's events, and those of which nothing is taught."""
    right: dict[int, Part] = {}
    unsure: set[int] = set()
    for part in sample.of("type"):
        span = doc.char_span(part.start, part.end, alignment_mode="expand")
        if span is None:
            continue
        head = _telling(span.root, list(span))
        for token in (head, *_with_it(head, span)):
            right.setdefault(token.i, part)
        unsure |= {t.i for t in span}
    for part in sample.of("harm") + sample.of("stance") + sample.of("modality"):
        span = doc.char_span(part.start, part.end, alignment_mode="expand")
        if span is not None:
            unsure |= {t.i for t in span} | {span.root.head.i}
    unsure |= {t.i for t in doc if t.lemma_.lower() in HARM_VERBS and _beside_assault(t, right)}
    return right, unsure - set(right)


def _with_it(head: Token, span: Span) -> list[Token]:
    """The other half of 'held talks', 'launched a long investigation': verb and noun both tell the event."""
    if head.pos_ == "VERB":
        return [t for t in span if t.head.i == head.i and t.dep_ in ("dobj", "nsubjpass") and t.pos_ == "NOUN"]
    verb = head.head
    light = verb.pos_ == "VERB" and verb.lemma_.lower() in LIGHT and head.dep_ in ("dobj", "nsubjpass")
    return [verb] if light else []


LIGHT = frozenset(
    "hold launch open begin start carry conduct stage mount make issue file lodge give voice express offer undertake "
    "order announce impose declare deliver pay have resume reach sign strike put set lead face".split()
)


def _telling(root: Token, words: list[Token]) -> Token:
    """The head of a trigger, or where a preposition or particle heads it, its verb or noun."""
    if root.pos_ in ("VERB", "NOUN", "PROPN"):
        return root
    return next((t for t in words if t.pos_ in ("VERB", "NOUN", "PROPN")), root)


def _beside_assault(token: Token, right: dict[int, Part]) -> bool:
    start, end = token.sent.start, token.sent.end
    return any(start <= i < end and p.value == "ASSAULT" for i, p in right.items() if i != token.i)


def gather(samples: Sequence[Sample], packs: Packs) -> tuple[Items, Items, frozenset[str]]:
    """The items of both networks, and the nouns that tell events in the corpus."""
    book = load_codebook(packs)
    lexicon = load_lexicon(packs)
    arounds = [surroundings(words_of(s.text, packs, published=s.published), book) for s in samples]
    taught = [event_words(s, a.words.parse.doc) for s, a in zip(samples, arounds, strict=True)]
    nouns = {*book.nouns, *lexicon.nouns}
    for (right, _), around in zip(taught, arounds, strict=True):
        doc = around.words.parse.doc
        nouns |= {doc[i].lemma_.lower() for i in right if doc[i].pos_ in ("NOUN", "PROPN")}
    events, parties = Items(), Items()
    lost = 0
    for sample, around, (right, unsure) in zip(samples, arounds, taught, strict=True):
        ruled = by_head(find_candidates(around))
        held_back = sample.only is None and is_held_back(sample.text)
        lost += sum(not may_tell(around.words.parse.doc[i], frozenset(nouns)) for i in right)
        for token in around.words.parse.doc:
            if token.i in unsure or not (may_tell(token, frozenset(nouns)) or token.i in right):
                continue
            kind = right[token.i].value if token.i in right else None
            mine = ruled.get(token.i, [])
            if kind is None and not is_known_negative(sample, token, lexicon, book):
                continue
            events.add(
                hashed(trigger_signs(token, around, mine, lexicon)) + sentence_signs(token.sent),
                OUTCOMES.index(kind) if kind else 0,
                held_back,
                OUTCOMES.index(mine[0].pattern.type) if mine else 0,
                f"{sample.where}: {token.text}",
            )
            if kind:
                add_parties(parties, sample, right[token.i], token, around, mine, held_back)
    print(f"{len(events.right)} event words, {sum(r > 0 for r in events.right)} tell an event; {lost} not reachable")
    return events, parties, frozenset(nouns)


def is_known_negative(sample: Sample, token: Token, lexicon: Lexicon, book: Codebook) -> bool:
    """Whether a word without a mark is known to tell no event: all such of the corpus, of counter-examples what could."""
    if sample.only is None:
        return True
    if sample.of("type"):
        return False
    lemma = token.lemma_.lower()
    known = {str(p.type) for p in (*book.verbs.get(lemma, ()), *book.nouns.get(lemma, ()))}
    return sample.only in known | lexicon.types_of(token)


def by_head(candidates: list[Candidate]) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = {}
    for one in candidates:
        found.setdefault(one.head, []).append(one)
    return found


def add_parties(
    items: Items,
    sample: Sample,
    told: Part,
    trigger: Token,
    around: Surroundings,
    ruled: list[Candidate],
    held_back: bool,
) -> None:
    doc = trigger.doc
    roles: dict[int, int] = {}
    for name in ("target", "actor"):
        for part in sample.of(name, told.event):
            root = root_of(part, doc)
            if root is not None:
                roles[root.i] = PARTIES.index(name)
    actors = {i for c in ruled for i in c.actors}
    targets = {i for c in ruled for i in c.targets}
    filled = slots_of(trigger)
    for order, party in enumerate(possible_parties(trigger, around)):
        mine = (party.i in actors, party.i in targets)
        signs = party_signs(trigger, party, around, kind=str(told.value), ruled=mine, order=order, filled=filled)
        items.add(
            hashed(signs),
            roles.get(party.i, 0),
            held_back,
            1 if mine[0] else 2 if mine[1] else 0,
            f"{sample.where}: {trigger.text} <- {party.text}",
        )


# ---------------------------------------------------------------- learning
def train(items: Items, outcomes: int, *, rounds: int, seed: int, dropped: float, weight_decay: float) -> Network:
    """A network that has learned `items` without those held back."""
    chosen = np.array([k for k, back in enumerate(items.held_back) if not back])
    right = np.array(items.right)
    rng = np.random.default_rng(seed)
    weights: dict[str, Matrix] = {
        "signs_hidden": np.zeros((BUCKETS, HIDDEN), np.float32),
        "signs_out": np.zeros((BUCKETS, outcomes), np.float32),
        "bias": np.zeros(HIDDEN, np.float32),
        "out": (rng.standard_normal((HIDDEN, outcomes)) / np.sqrt(HIDDEN)).astype(np.float32),
        "out_bias": np.zeros(outcomes, np.float32),
    }
    weights["signs_hidden"] += (rng.standard_normal((BUCKETS, HIDDEN)) * 0.02).astype(np.float32)
    first = {k: np.zeros_like(v) for k, v in weights.items()}
    second = {k: np.zeros_like(v) for k, v in weights.items()}
    average = {k: np.zeros_like(v) for k, v in weights.items()}
    averaged = step = 0
    batches = [128] * 1
    steps = rounds * (len(chosen) // batches[0] + 1)
    for turn in range(rounds):
        order = rng.permutation(chosen)
        for at in range(0, len(order), batches[0]):
            rows = order[at : at + batches[0]]
            step += 1
            rate = 0.002 * (1 - step / (steps + 1))
            slope = gradients(weights, signs_matrix(items.signs, rows, rng, dropped), right[rows], rng)
            for name, value in slope.items():
                if name.startswith("signs"):
                    touched = value[0]
                    grad = value[1]
                    adam(weights[name], first[name], second[name], grad, rate, step, weight_decay, touched)
                else:
                    adam(weights[name], first[name], second[name], value, rate, step, weight_decay, None)
        if turn >= rounds - 3:
            averaged += 1
            for name in weights:
                average[name] += weights[name]
    return Network(**{name: (average[name] / averaged).astype(np.float32) for name in NETWORK_PARTS})


def signs_matrix(signs: list[list[int]], rows: npt.NDArray[np.int64], rng: np.random.Generator, dropped: float) -> sparse.csr_matrix:
    picked, ends = [], [0]
    for k in rows:
        own = np.array(signs[k])
        own = own[rng.random(len(own)) >= dropped]
        picked.append(own)
        ends.append(ends[-1] + len(own))
    columns = np.concatenate(picked)
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), BUCKETS))


def gradients(weights: dict[str, Matrix], signs: sparse.csr_matrix, right: npt.NDArray[np.int64], rng: np.random.Generator) -> dict[str, object]:
    count = len(right)
    before = weights["bias"] + signs @ weights["signs_hidden"]
    alive = (rng.random(before.shape) >= 0.25).astype(np.float32) / 0.75 * (before > 0)
    hidden = before * alive
    logits = hidden @ weights["out"] + weights["out_bias"] + signs @ weights["signs_out"]
    logits -= logits.max(1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(1, keepdims=True)
    error = chances
    smooth = 0.03
    error -= smooth / error.shape[1]
    error[np.arange(count), right] -= 1 - smooth
    error /= count
    back = (error @ weights["out"].T) * alive
    touched = np.unique(signs.indices)
    part = signs[:, touched].T.tocsr()
    return {
        "signs_hidden": (touched, part @ back),
        "signs_out": (touched, part @ error),
        "bias": back.sum(0),
        "out": hidden.T @ error,
        "out_bias": error.sum(0),
    }


def adam(w: Matrix, m: Matrix, v: Matrix, grad: Matrix, rate: float, step: int, decay: float, touched: npt.NDArray[np.int64] | None) -> None:
    at = slice(None) if touched is None else touched
    m[at] = 0.9 * m[at] + 0.1 * grad
    v[at] = 0.99 * v[at] + 0.01 * grad * grad
    w[at] -= rate * (m[at] / (np.sqrt(v[at]) + 1e-6) + decay * w[at])


# ---------------------------------------------------------------- figures on what was held back
def chances_of(network: Network, items: Items, rows: list[int]) -> Matrix:
    return network.chances([items.signs[k] for k in rows])


def scores(guessed: Sequence[int], right: Sequence[int]) -> tuple[float, float, float]:
    hit = sum(g == r and r > 0 for g, r in zip(guessed, right, strict=True))
    precision = hit / max(1, sum(g > 0 for g in guessed))
    recall = hit / max(1, sum(r > 0 for r in right))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def figures(name: str, network: Network, items: Items) -> list[str]:
    rows = [k for k, back in enumerate(items.held_back) if back]
    right = [items.right[k] for k in rows]
    chances = chances_of(network, items, rows)
    lines = [f"{name}: {len(rows)} held back, {sum(r > 0 for r in right)} positive"]
    lines.append("  rules        P {:.3f} R {:.3f} F {:.3f}".format(*scores([items.ruled[k] for k in rows], right)))
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        guess = [int(c[1:].argmax()) + 1 if c[1:].max() >= least else 0 for c in chances]
        lines.append(f"  scorer {least:.1f}   " + "P {:.3f} R {:.3f} F {:.3f}".format(*scores(guess, right)))
    both = []
    for k, c in zip(rows, chances, strict=True):
        ruled = items.ruled[k]
        best = int(c[1:].argmax()) + 1
        both.append(best if c[best] >= 0.55 else ruled if ruled and c[ruled] >= 0.25 else 0)
    lines.append("  both         P {:.3f} R {:.3f} F {:.3f}".format(*scores(both, right)))
    bins = calibration(chances, right)
    lines.append("  calibration  " + ", ".join(f"{low:.1f}: {said:.2f}/{true:.2f} ({n})" for low, said, true, n in bins))
    return lines


def calibration(chances: Matrix, right: Sequence[int]) -> list[tuple[float, float, float, int]]:
    found = []
    for low in np.arange(0.1, 1.0, 0.1):
        inside = [(c[1:].max(), int(c[1:].argmax()) + 1 == r) for c, r in zip(chances, right, strict=True) if low <= c[1:].max() < low + 0.1]
        if inside:
            found.append((float(low), float(np.mean([a for a, _ in inside])), float(np.mean([b for _, b in inside])), len(inside)))
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, default=Path("src/dateline/coding/scoring/weights.npz"))
    ask.add_argument("--report", type=Path, default=Path("build/model.txt"))
    ask.add_argument("--rounds", type=int, default=12)
    given = ask.parse_args()
    packs = Packs()
    samples = [s for f in files() for s in read_file(f) if not isinstance(s, CorpusError)]
    samples += pack_samples(PACKS / TYPES_FOLDER)
    events, parties, nouns = gather(samples, packs)
    event_net = train(events, len(OUTCOMES), rounds=given.rounds, seed=1, dropped=0.4, weight_decay=0.1)
    party_net = train(parties, len(PARTIES), rounds=given.rounds, seed=2, dropped=0.3, weight_decay=0.01)
    lines = figures("events", event_net, events) + figures("parties", party_net, parties)
    print("\n".join(lines))
    given.report.parent.mkdir(parents=True, exist_ok=True)
    given.report.write_text("\n".join(lines) + "\n", "utf-8")
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    arrays["nouns"] = np.frombuffer("\n".join(sorted(nouns)).encode(), np.uint8)
    for name, network in (("events", event_net), ("parties", party_net)):
        for part in NETWORK_PARTS:
            arrays |= packed(f"{name}.{part}", getattr(network, part))
    with given.out.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    print(f"{given.out}: {given.out.stat().st_size} bytes, sha256 {hashlib.sha256(given.out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
