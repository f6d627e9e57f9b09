"""Learning: a network of the scorer from items, by gradient descent in numpy; the same items give the same network."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from dateline.coding.scoring.network import NETWORK_PARTS, Network
from dateline.coding.scoring.signs import BUCKETS
from items import Items

HIDDEN = 64
BATCH = 128
RATE = 0.002
"""Of the first step; it falls to nothing over the rounds."""

SMOOTHING = 0.03
"""Chance that is left to the other outcomes of an item, so that no odds grow without end."""

LAST = 3
"""Rounds at the end over which the weights are averaged."""

Matrix = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


def train(items: Items, outcomes: int, *, rounds: int, seed: int, dropped: float, decay: float) -> Network:
    """A network that has learned `items` without those held back; `dropped`: share of signs left out at each sight."""
    chosen = np.array([k for k, back in enumerate(items.held_back) if not back])
    right = np.array(items.right)
    rng = np.random.default_rng(seed)
    weights = _first_weights(outcomes, rng)
    moments = [{k: np.zeros_like(v) for k, v in weights.items()} for _ in range(2)]
    average = {k: np.zeros_like(v) for k, v in weights.items()}
    steps = rounds * (len(chosen) // BATCH + 1)
    step = 0
    for turn in range(rounds):
        order = rng.permutation(chosen)
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            rate = RATE * (1 - step / (steps + 1))
            signs = _signs_matrix(items.signs, rows, rng, dropped)
            for name, (touched, slope) in _slopes(weights, signs, right[rows], rng).items():
                _step(weights[name], moments[0][name], moments[1][name], slope, touched, rate=rate, decay=decay)
            step += 1
        if turn >= rounds - LAST:
            for name, value in weights.items():
                average[name] += value / min(LAST, rounds)
    return Network(**{name: average[name].astype(np.float32) for name in NETWORK_PARTS})


def _first_weights(outcomes: int, rng: np.random.Generator) -> dict[str, Matrix]:
    return {
        "signs_hidden": (rng.standard_normal((BUCKETS, HIDDEN)) * 0.02).astype(np.float32),
        "signs_out": np.zeros((BUCKETS, outcomes), np.float32),
        "bias": np.zeros(HIDDEN, np.float32),
        "out": (rng.standard_normal((HIDDEN, outcomes)) / np.sqrt(HIDDEN)).astype(np.float32),
        "out_bias": np.zeros(outcomes, np.float32),
    }


def _signs_matrix(signs: list[list[int]], rows: Rows, rng: np.random.Generator, dropped: float) -> sparse.csr_matrix:
    """A row an item with ones where its signs are, some left out so that none is relied on alone."""
    picked, ends = [], [0]
    for k in rows:
        own = np.array(signs[k])
        own = own[rng.random(len(own)) >= dropped]
        picked.append(own)
        ends.append(ends[-1] + len(own))
    columns = np.concatenate(picked)
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), BUCKETS))


Slopes = dict[str, tuple[Rows | slice, Matrix]]
"""By part of the network: the rows that the batch touched, and how the loss changes with them."""


def _slopes(weights: dict[str, Matrix], signs: sparse.csr_matrix, right: Rows, rng: np.random.Generator) -> Slopes:
    before = weights["bias"] + signs @ weights["signs_hidden"]
    alive = (rng.random(before.shape) >= 0.25).astype(np.float32) / 0.75 * (before > 0)
    hidden = before * alive
    logits = hidden @ weights["out"] + weights["out_bias"] + signs @ weights["signs_out"]
    logits -= logits.max(1, keepdims=True)
    error = np.exp(logits)
    error /= error.sum(1, keepdims=True)
    error -= SMOOTHING / error.shape[1]
    error[np.arange(len(right)), right] -= 1 - SMOOTHING
    error /= len(right)
    back = (error @ weights["out"].T) * alive
    touched = np.unique(signs.indices)
    seen = signs[:, touched].T.tocsr()
    every = slice(None)
    return {
        "signs_hidden": (touched, seen @ back),
        "signs_out": (touched, seen @ error),
        "bias": (every, back.sum(0)),
        "out": (every, hidden.T @ error),
        "out_bias": (every, error.sum(0)),
    }


def _step(
    weight: Matrix, mean: Matrix, square: Matrix, slope: Matrix, at: Rows | slice, *, rate: float, decay: float
) -> None:
    """A step of Adam (Kingma and Ba 2015) with decoupled decay, on the touched rows alone."""
    mean[at] = 0.9 * mean[at] + 0.1 * slope
    square[at] = 0.99 * square[at] + 0.01 * slope * slope
    weight[at] -= rate * (mean[at] / (np.sqrt(square[at]) + 1e-6) + decay * weight[at])
