"""Means: the weapons and tools that a text names, with their type; what a verb merely implies is no means.

'was shot dead' names none; 'precision drone strike' names a drone. Whether the deed was done with it is for the
coder to say.

>>> from dateline.knowledge.packs import Packs
>>> from dateline.language.parse import parse
>>> packs = Packs()
>>> found = find_means(parse("A car bomb hit the depot.", packs=packs), MeansWords.load(packs))
>>> [(m.name, m.type.value) for m in found]
[('car bomb', 'explosive')]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from dateline.knowledge.packs import PackError, Packs
from dateline.language.parse import Parse
from dateline.types import MeansType, Span

FILE = "english/means.toml"
_CUT = re.compile(r"(?<=[a-z0-9])-(?=[a-z])")
_MILLIMETRES = re.compile(r"(\d)mm\b")
_REACH = 3
"""Words climbed from a bare tool to the verb that makes it a weapon: 'rammed ... with a rented truck'."""


@dataclass(frozen=True, slots=True)
class MeansMention:
    """A means as written (`name`), its characters, its type, and the index `i` of its head token."""

    span: Span
    name: str
    type: MeansType
    i: int


Pieces = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeansWords:
    """The phrases of means by their first piece (the longest first), and what makes a word no means."""

    phrases: Mapping[str, tuple[tuple[Pieces, MeansType], ...]]
    unless: Mapping[str, frozenset[str]]
    bare: frozenset[str]
    instruments: frozenset[str]
    verbs: frozenset[str]
    object_only: frozenset[str]
    struck_types: frozenset[str]
    struck_by: frozenset[str]

    @staticmethod
    def load(packs: Packs) -> MeansWords:
        """The means of `packs`; an unknown type raises `PackError` with what is allowed."""
        return _load(packs)


def find_means(parse: Parse, words: MeansWords) -> tuple[MeansMention, ...]:
    """The means that a text names, in its order."""
    doc = parse.doc
    found: list[MeansMention] = []
    i = 0
    while i < len(doc):
        read = _read(doc, i, words) if doc[i].lower_ in words.phrases or _lemma(doc[i]) in words.phrases else None
        if read is None:
            i += 1
            continue
        kind, after = read
        span = Span(doc[i].idx, doc[after - 1].idx + len(doc[after - 1]))
        if found and found[-1].i == i - 1 and found[-1].type is kind:  # 'AK-47 rifles', 'Shahed-136 drones'
            span = Span(found.pop().span.start, span.end)
        found.append(MeansMention(span, parse.text[span.start : span.end], kind, after - 1))
        i = after
    return tuple(found)


def _read(doc: Doc, i: int, words: MeansWords) -> tuple[MeansType, int] | None:
    """The type of the longest phrase of means that begins at token `i`, and the token after it."""
    for key in dict.fromkeys((doc[i].lower_, _lemma(doc[i]))):
        for pieces, kind in words.phrases.get(key, ()):
            end = _matched(doc, i, pieces)
            if end is not None and _is_means(doc, i, end, pieces, words):
                return None if _is_struck(doc[end - 1], kind, words) else (kind, end)
    return None


def _is_struck(head: Token, kind: MeansType, words: MeansWords) -> bool:
    """'Rebels attacked a helicopter': what was hit, not what it was hit with."""
    if kind not in words.struck_types or head.dep_ not in ("dobj", "nsubjpass"):
        return False
    return _lemma(head.head) in words.struck_by


def _matched(doc: Doc, i: int, pieces: Pieces) -> int | None:
    """The token after `pieces` if they stand at token `i`, the last one in singular or plural."""
    last = len(pieces) - 1
    if i + last >= len(doc):
        return None
    for k, piece in enumerate(pieces):
        token = doc[i + k]
        if token.lower_ != piece and not (k == last and _lemma(token) == piece):
            return None
    return i + last + 1


def _is_means(doc: Doc, i: int, end: int, pieces: Pieces, words: MeansWords) -> bool:
    head = doc[end - 1]
    if head.tag_[:1] == "V" and len(pieces) == 1:
        return False
    if _beside(doc, i, end, words.unless.get(pieces[-1], frozenset())) or _is_name(doc, i, end):
        return False
    return " ".join(pieces) not in words.bare or _is_used(head, words)


def _beside(doc: Doc, i: int, end: int, others: frozenset[str]) -> bool:
    """Whether one of `others` stands right before or after: 'the Houston Rockets', 'bullet train', 'gun laws'."""
    if not others:
        return False
    near = [doc[k] for k in (i - 1, end) if 0 <= k < len(doc)]
    return any(t.lower_ in others or _lemma(t) in others for t in near)


def _is_name(doc: Doc, i: int, end: int) -> bool:
    """A capital in the middle of a sentence after another one's: 'the Portland Rockets', 'Mount Sniper Rifle Club'."""
    first = doc[i]
    team = first.tag_ == "NNPS" or (first.tag_ == "NNP" and first.ent_type_ in ("ORG", "PERSON"))
    return (
        team
        and end == i + 1
        and first.text.istitle()
        and i > 0
        and doc[i - 1].text.istitle()
        and doc[i - 1].tag_ in ("NNP", "DT")
    )


def _is_used(head: Token, words: MeansWords) -> bool:
    """Whether a tool of peace is used as a weapon: 'drove a lorry into', 'beat him with a chain', 'threw stones'."""
    above = head
    for _ in range(_REACH):
        if above.dep_ in ("nsubj", "nsubjpass", "relcl", "advcl") and above.i != head.i:
            return False
        up = above.head
        if up.i == above.i:
            return False
        if up.pos_ in ("VERB", "AUX") or _lemma(up) in words.verbs:
            return _lemma(up) in words.verbs and _serves(above, _lemma(up), words)
        above = up
    return False


def _serves(part: Token, verb: str, words: MeansWords) -> bool:
    """Whether `part` stands below `verb` as an instrument, an object, or a subject of what only a weapon does."""
    if part.dep_ == "nsubj":
        return verb not in words.object_only
    return part.dep_ in ("dobj", "nsubjpass") or part.lower_ in words.instruments


def _lemma(token: Token) -> str:
    """The lemma in small letters; of 'F-16s', which the lemmatiser leaves alone, 'f-16'."""
    low = token.lemma_.lower()
    return low[:-1] if low[-1:] == "s" and low[-2:-1].isdigit() else low


# ---------------------------------------------------------------- loading
@lru_cache(maxsize=4)
def _load(packs: Packs) -> MeansWords:
    table = packs.tables(FILE)
    by_first: dict[str, list[tuple[Pieces, MeansType]]] = {}
    for name, phrases in table["means"].items():
        try:
            kind = MeansType(name)
        except ValueError as error:
            raise PackError(f"{FILE}: no type of means {name}; there are {', '.join(MeansType)}") from error
        for phrase in phrases:
            pieces = _pieces(phrase)
            by_first.setdefault(pieces[0], []).append((pieces, kind))
    return MeansWords(
        phrases={first: tuple(sorted(found, key=lambda p: -len(p[0]))) for first, found in by_first.items()},
        unless={word: frozenset(others) for word, others in table["unless"].items()},
        bare=frozenset(" ".join(_pieces(w)) for w in table["bare"]["words"]),
        instruments=frozenset(table["bare"]["instruments"]),
        verbs=frozenset(table["bare"]["verbs"]),
        object_only=frozenset(table["bare"]["object_only"]),
        struck_types=frozenset(table["struck"]["types"]),
        struck_by=frozenset(table["struck"]["verbs"]),
    )


def _pieces(phrase: str) -> Pieces:
    """A phrase as the tokeniser cuts it: 'rocket-propelled grenade' is four pieces, 'ak-47' one."""
    return tuple(_CUT.sub(r" \g<0> ", _MILLIMETRES.sub(r"\1 mm", phrase.lower())).split())
