"""How a text says that its places lie: one in another ('Hama, in northern Syria'), or side by side in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from dateline.language.containment import cities_first, lies_in
from dateline.language.scanning import Toponym
from dateline.types import PlaceKind, PlaceUse


def linked(doc: Doc, found: Sequence[Toponym]) -> list[Toponym]:
    """Each name with the one that it is said to lie in, and with the one that stands before it in a list."""
    found = [replace(t, candidates=()) if _is_elsewhere(doc, found, i) else t for i, t in enumerate(found)]
    inside = [_container(doc, found, i) for i in range(len(found))]
    return [
        replace(t, inside=inside[i], listed=i - 1 if i and inside[i - 1] is None and _listed(doc, found, i) else None)
        for i, t in enumerate(found)
    ]


def _is_elsewhere(doc: Doc, found: Sequence[Toponym], i: int) -> bool:
    """Whether a name is said to lie in a province in which no gazetteer knows it: then it is none of those known."""
    if i + 1 == len(found) or not found[i].candidates or found[i].use is not PlaceUse.PLACE:
        return False
    inner, outer = found[i], found[i + 1]
    if outer.first != inner.last + 2 or doc[inner.last + 1].text != "," or _is_in_list(doc, found, i):
        return False
    if not outer.candidates or any(c.kind is not PlaceKind.PROVINCE for c in outer.candidates[:1]):
        return False
    return all(c.kind is PlaceKind.SETTLEMENT for c in inner.candidates) and not lies_in(inner, outer)


def _is_in_list(doc: Doc, found: Sequence[Toponym], i: int) -> bool:
    """Whether other names stand before or after the pair, as in 'Lagos, Kano, Kaduna and Jos'."""
    before, after = found[i].first - 2, found[i + 1].last + 2
    named = {t.last for t in found[:i]} | {t.first for t in found[i + 2 :]}
    joined = doc[found[i + 1].last + 1].lower_ in ("and", "or", "&") if after - 1 < len(doc) else False
    return joined or before in named or after in named


def _container(doc: Doc, found: Sequence[Toponym], i: int) -> int | None:
    """The name after a comma or after 'in', where a place of this name lies in one of that."""
    if i + 1 == len(found) or found[i].use is not PlaceUse.PLACE:
        return None
    inner, outer = found[i], found[i + 1]
    if outer.use is not PlaceUse.PLACE:
        return None
    between = doc[inner.last + 1 : outer.first].text.lower().strip()
    if not between or not _JOINTS.fullmatch(between):
        return None
    if between == "," and not _is_short(doc, outer) and _widest(inner) is _widest(outer) and _widest(inner) in _WIDE:
        return None
    if not inner.candidates or lies_in(inner, outer):
        return i + 1
    return (
        i + 1
        if inner.kind in (PlaceKind.SITE, PlaceKind.NEIGHBOURHOOD, PlaceKind.DISTRICT) and between != ","
        else None
    )


def _is_short(doc: Doc, t: Toponym) -> bool:
    """Whether a name is written short, as only after what lies in it: 'Washington, D.C.', 'Nevada, Mo.'."""
    return t.first == t.last and doc[t.first].text != t.name


_WIDE = (PlaceKind.COUNTRY, PlaceKind.PROVINCE)
"""Kinds of which two in a row are a list: 'Nevada, Oregon and Utah', not the Nevada in Oregon."""


def _widest(t: Toponym) -> PlaceKind | None:
    kinds = {c.kind for c in cities_first(t) if c.rank < 2}
    return next((kind for kind in _WIDE if kind in kinds), None)


_JOINTS = re.compile(
    r"\(|'s|of|,? ?(?:in(?: the)?(?: (?:northern|southern|eastern|western|central|neighbou?ring|nearby|province of))?)?"
)
"""What stands between a place and what it lies in: 'Hama, in northern Syria', 'Valencia, Negros Oriental'."""


def _listed(doc: Doc, found: Sequence[Toponym], i: int) -> bool:
    """Whether a name follows another in a list: 'Oregon and Washington', 'Egypt, Mexico'."""
    left, right = found[i - 1], found[i]
    if left.use is not PlaceUse.PLACE or right.use is not PlaceUse.PLACE or right.first - left.last > 4:
        return False
    return bool(_LISTING.fullmatch(doc[left.last + 1 : right.first].text.lower().strip()))


_LISTING = re.compile(r"(?:,? ?(?:and|or|&)(?: the| in)?|,(?: the)?|/)")
"""What stands between the names of a list."""
