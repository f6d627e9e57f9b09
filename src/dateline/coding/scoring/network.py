"""The scorer's arithmetic: a small network over hashed signs, and the file that holds its numbers.

Each of the two networks has one hidden layer: the rows of an item's signs are looked up and summed, and signs speak to the
output directly as well. The numbers are stored as bytes with a scale a row (npz, no pickle), pinned by digest in
`packs/english/scorer.toml`, and made by `make model`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.knowledge.packs import Packs

FILE = "english/scorer.toml"
WEIGHTS = Path(__file__).with_name("weights.npz")
Matrix = npt.NDArray[np.float32]


class ScorerError(RuntimeError):
    """The scorer's weights are missing or are not the ones that were pinned."""


@dataclass(frozen=True, slots=True)
class Network:
    """`signs_hidden` and `signs_out` have a row a sign: what it adds to the hidden layer and to each outcome."""

    signs_hidden: Matrix
    signs_out: Matrix
    bias: Matrix
    out: Matrix
    out_bias: Matrix

    def chances(self, signs: Sequence[Sequence[int]]) -> Matrix:
        """A row for each item, none of them without signs: how likely each outcome is, adding up to 1."""
        every = np.fromiter(chain.from_iterable(signs), np.int64)
        starts = np.cumsum([0, *(len(row) for row in signs[:-1])])
        hidden = np.add.reduceat(self.signs_hidden[every], starts, axis=0) + self.bias
        direct = np.add.reduceat(self.signs_out[every], starts, axis=0)
        logits = np.maximum(hidden, 0) @ self.out + self.out_bias + direct
        logits -= logits.max(1, keepdims=True)
        odds = np.exp(logits)
        chances: Matrix = odds / odds.sum(1, keepdims=True)
        return chances


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the scorer: the networks for event words and for parties, and the nouns that may tell events."""

    events: Network
    parties: Network
    nouns: frozenset[str]


NETWORK_PARTS = tuple(part.name for part in fields(Network))


def packed(name: str, matrix: Matrix) -> dict[str, npt.NDArray[np.generic]]:
    """`matrix` as bytes with one scale a row, under two names."""
    flat = matrix.reshape(matrix.shape[0], -1) if matrix.ndim > 1 else matrix.reshape(1, -1)
    scale = np.maximum(np.abs(flat).max(1, keepdims=True), 1e-8) / 127
    rounded = np.clip(np.round(flat / scale), -127, 127).astype(np.int8)
    return {name: rounded.reshape(matrix.shape), f"{name}.scale": scale.astype(np.float32)}


def _unpacked(name: str, held: Mapping[str, npt.NDArray[np.generic]]) -> Matrix:
    raw = held[name]
    flat = raw.reshape(raw.shape[0], -1) if raw.ndim > 1 else raw.reshape(1, -1)
    found: Matrix = (flat.astype(np.float32) * held[f"{name}.scale"].astype(np.float32)).reshape(raw.shape)
    return found


def read_network(name: str, held: Mapping[str, npt.NDArray[np.generic]]) -> Network:
    """The network called `name` among the arrays of a file."""
    return Network(**{part: _unpacked(f"{name}.{part}", held) for part in NETWORK_PARTS})


@lru_cache(maxsize=2)
def load_weights(packs: Packs) -> Weights | None:
    """The scorer's weights; null where the packs pin none (`sha256 = ""`), so that the rules code alone."""
    pinned = packs.tables(FILE)["sha256"]
    if not pinned:
        return None
    if not WEIGHTS.is_file():
        raise ScorerError(f"{WEIGHTS.name} is missing beside the scorer; reinstall dateline or run `make model`")
    raw = WEIGHTS.read_bytes()
    if hashlib.sha256(raw).hexdigest() != pinned:
        raise ScorerError(f"{WEIGHTS.name} is not the file that {FILE} pins; reinstall dateline or run `make model`")
    with np.load(io.BytesIO(raw), allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    return Weights(
        events=read_network("events", arrays),
        parties=read_network("parties", arrays),
        nouns=frozenset(arrays["nouns"].tobytes().decode().split("\n")),
    )
