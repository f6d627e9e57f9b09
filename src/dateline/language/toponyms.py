"""Finding the names of places in a text: which words are one, how surely, used how. Which place is for `placing`."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.knowledge.gazetteer import Gazetteer
from dateline.language.matching import matches
from dateline.language.place_words import PlaceWords
from dateline.language.scanning import Scan, Toponym
from dateline.language.weighing import pooled, weighed

SURE = 2.0
"""The weight from which a name counts as a place's; set on news texts of our own and on LGL (span F1)."""


def find_toponyms(doc: Doc, gazetteer: Gazetteer, words: PlaceWords) -> list[Toponym]:
    """The place names of a text in their order, none overlapping another but an embassy its country."""
    scan = Scan.of(doc, gazetteer, words)
    found = matches(scan)
    found = pooled([weighed(scan, found, i) for i in range(len(found))])
    return [t for t in found if t.weight >= SURE]
