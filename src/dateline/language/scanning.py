"""A text laid out for one pass over its tokens in search of place names, and the name as found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.knowledge.gazetteer import Candidate, Gazetteer
from dateline.knowledge.place_names import key
from dateline.language.place_words import PlaceWords
from dateline.types import PlaceKind, PlaceUse


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name as found: tokens `first` to `last` (inclusive), what it may be, its use and how surely it is a place's.

    `kind` is what the words around say; `inside` the index of the toponym that it is said to lie in, `listed` of the one
    before it in a list, among those of its text.
    """

    first: int
    last: int
    name: str
    candidates: tuple[Candidate, ...]
    weight: float
    use: PlaceUse = PlaceUse.PLACE
    kind: PlaceKind | None = None
    inside: int | None = None
    listed: int | None = None


@dataclass(frozen=True)
class Scan:
    """A text's tokens as lists, for one pass over them."""

    doc: Doc
    gazetteer: Gazetteer
    words: PlaceWords
    text: str
    starts: list[int]
    texts: list[str]
    lowers: list[str]
    tags: list[str]
    caps: list[bool]
    headline: list[bool]
    surnames: frozenset[str]

    @staticmethod
    def of(doc: Doc, gazetteer: Gazetteer, words: PlaceWords) -> Scan:
        """The scan of a parse; in a text without any capital every longer word may begin a name."""
        tokens = list(doc)
        texts = [t.text for t in tokens]
        caps = [_is_capital(text) for text in texts]
        if not any(caps):
            caps = [text[0].isalpha() and len(text) > 2 for text in texts]
        return Scan(
            doc, gazetteer, words, doc.text, [t.idx for t in tokens], texts,
            [t.lower() for t in texts], [t.tag_ for t in tokens], caps,
            _headlines(doc, texts, caps), _surnames(doc, gazetteer),
        )  # fmt: skip

    def written(self, first: int, last: int) -> str:
        """The words `first` to `last` as the parse has them, on one line."""
        if first == last:
            return self.texts[first]
        return self.text[self.starts[first] : self.starts[last] + len(self.texts[last])].replace("\n", " ")


def _is_capital(text: str) -> bool:
    """Whether a word is written as a name is: 'Ivory', "d'Ivoire"."""
    return text[0].isupper() or (text[1:2] in ("'", "’") and text[2:3].isupper())


def _headlines(doc: Doc, texts: Sequence[str], caps: Sequence[bool]) -> list[bool]:
    """Which tokens stand in a sentence of which most longer words are capitalised: there capitals say nothing."""
    marks = [False] * len(texts)
    for sentence in doc.sents:
        long = [i for i in range(sentence.start, sentence.end) if len(texts[i]) > 3 and texts[i].isalpha()]
        if len(long) >= 4 and sum(caps[i] for i in long) >= 0.85 * len(long):
            marks[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
    return marks


def _surnames(doc: Doc, gazetteer: Gazetteer) -> frozenset[str]:
    """The last words of the persons whom the text names in full, by the parser's entities."""
    people = (e for e in doc.ents if e.label_ == "PERSON" and len(e) > 1)
    return frozenset(
        e[-1].lower_ if e[-1].lower_ not in ("'s", "’s") else e[-2].lower_
        for e in people
        if not gazetteer.by_key(key(e.text))
    )
