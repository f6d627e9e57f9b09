"""How surely a name is a place's: by its kind and size, the parser's entities, and the words and names beside it.

The gazetteer knows a place for nearly every surname and many a common word; 'in Hama' is a place, 'Mayor Austin' none,
and the 'Washington' of a newspaper's name is part of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.knowledge.gazetteer import Candidate
from dateline.language.containment import lies_in
from dateline.language.matching import plain_end, run_end
from dateline.language.place_words import PlaceWords
from dateline.language.scanning import Scan, Toponym
from dateline.types import PlaceKind, PlaceUse

_ENTITY = {"GPE": 2.0, "LOC": 1.5, "FAC": 0.8, "": -0.3, "NORP": 0.0, "ORG": -0.5, "PERSON": -1.0}


NEVER = -6.0
"""The weight of what makes a name a person's, an illness's or a church's, wherever it stands."""


def weighed(scan: Scan, found: Sequence[Toponym], index: int) -> Toponym:
    """`found[index]` with its weight, and its use where it is but a part of a longer name."""
    match = found[index]
    if match.use is not PlaceUse.PLACE or not match.candidates:
        return match
    match = _part(scan, found, index)
    if match.use is PlaceUse.PART_OF_NAME:
        return replace(match, weight=_prior(match) + 1.0 + _part_cue(scan, match) + _trap(scan, match))
    weight = match.weight + _prior(match) + _entity(scan, match) + _joined_cue(scan, found, index) + _trap(scan, match)
    return replace(match, weight=weight + _chain(scan, found, index))


def _prior(match: Toponym) -> float:
    """How likely a place of such a name is meant at all: its kind and size."""
    named = (
        1.3
        if match.kind is None and match.first != match.last and match.candidates[0].kind is PlaceKind.DISTRICT
        else 0.0
    )
    return max(map(_likely, match.candidates)) + (1.3 if match.kind is PlaceKind.DISTRICT else named)


_KIND = {
    PlaceKind.COUNTRY: 4.0, PlaceKind.PROVINCE: 2.5, PlaceKind.DISTRICT: 1.2, PlaceKind.WATER: 3.0,
    PlaceKind.REGION: 3.0, PlaceKind.SITE: 1.8,
}  # fmt: skip
_SIZES = ((1_000_000, 3.0), (200_000, 2.2), (30_000, 1.3), (1, 0.5))
"""Inhabitants from which a settlement weighs so much; those of our own list, uncounted, weigh `_OWN`."""
_OWN = 2.0


def _likely(c: Candidate) -> float:
    base = _KIND.get(c.kind, 0.0)
    if c.kind is PlaceKind.SETTLEMENT:
        listed = c.geonames_id is None
        base = _OWN if listed else next((weight for size, weight in _SIZES if c.population >= size), 0.5)
    return base - (1.5 if c.rank == 2 else 0.0)


def _entity(scan: Scan, match: Toponym) -> float:
    token = scan.doc[match.first]
    label = token.ent_type_
    if label == "PERSON" and (match.last == match.first and _is_inside_entity(scan, match)):
        return NEVER
    weight = _ENTITY.get(label, -1.0)
    known = match.kind is not None or _following(scan, match) > 0
    return max(weight, -0.3) if known else weight


def _is_inside_entity(scan: Scan, match: Toponym) -> bool:
    after = match.last + 1
    return scan.doc[match.first].ent_iob_ == "I" or (after < len(scan.texts) and scan.doc[after].ent_iob_ == "I")


def _part_cue(scan: Scan, match: Toponym) -> float:
    """How surely a part of a longer name names a place: 'Elm Grove City Council' does, 'Paris Hilton' does not."""
    if scan.doc[match.first].ent_type_ == "PERSON":
        return -4.0
    after = match.last + 1
    return 1.5 if after < len(scan.texts) and scan.lowers[after] in scan.words.civic else 0.0


LOCATED, WEAK = 3.0, 1.3
"""What a preposition of place says ('in Hama'), and one that is as often said of people ('from Hama', 'of Jordan')."""


def _joined_cue(scan: Scan, found: Sequence[Toponym], index: int) -> float:
    """The cue before a name, or before the name it is joined to: 'in Tripoli and Akkar'."""
    match, k = found[index], index
    while k and found[k - 1].last == found[k].first - 2 and scan.lowers[found[k].first - 1] in (",", "and", "or"):
        k -= 1
    own = _cue(scan, match)
    return max(own, 1.5) if k < index and own >= 0 and _cue(scan, found[k]) >= 2.0 else own


def _cue(scan: Scan, match: Toponym) -> float:
    """What the words before and after say: 'in Hama', 'Mayor Austin', 'Jordan said'."""
    words, before = scan.words, match.first - 1
    while before >= 0 and (scan.lowers[before] in words.qualifiers or scan.lowers[before] == "the"):
        before -= 1
    previous = scan.lowers[before] if before >= 0 else ""
    following = _following(scan, match)
    if previous in words.locative or (previous == "of" and before and scan.lowers[before - 1] in words.directions):
        return LOCATED + min(0.0, following)
    if previous.rstrip(".") in words.titles and match.first - 1 == before:
        return NEVER
    weight = WEAK if previous in words.weak else 0.0
    if _speaks(scan.doc[match.last], words):
        weight += NEVER if _is_a_person(scan, match.last) else 0.0 if _is_seat(match) else -2.5
    return (_opening(scan, match) or weight) + following


def _opening(scan: Scan, match: Toponym) -> float:
    """'BEIRUT: ...', 'ELM GROVE, Ohio - ...' at the start of a text or sentence; 'D-Ohio'; ', of Elm Grove'."""
    first = match.first
    if first >= 2 and scan.texts[first - 1] == "-" and len(scan.texts[first - 2]) == 1 and scan.caps[first - 2]:
        return 4.0
    if first >= 2 and scan.lowers[first - 1] == "of" and scan.texts[first - 2] == ",":
        return 3.0
    if not scan.doc[first].is_sent_start or not scan.texts[first].isupper():
        return 0.0
    ahead = scan.texts[match.last + 1 : match.last + 6]
    return 4.0 if any(text in _DASHES for text in ahead) else 0.0


_DASHES = ("-", "--", "–", "—", ":", "(")


def _following(scan: Scan, match: Toponym) -> float:
    """What the word after a name says: 'Elm Grove police', 'Elm Grove-based', 'West Nile virus', "St. Anne's Church"."""
    words, after = scan.words, match.last + 1
    if after >= len(scan.texts):
        return 0.0
    word = scan.lowers[after]
    if word in words.peopled:
        return 2.5
    following = scan.lowers[after + 1] if after + 1 < len(scan.texts) else ""
    if scan.texts[after] == "-" and following in words.joined:
        return 3.0
    if word in words.illnesses:
        return NEVER
    saintly = scan.lowers[match.first] in words.saintly
    return NEVER if saintly and {word, following} & words.hallowed else 0.0


def _is_a_person(scan: Scan, last: int) -> bool:
    """'Jordan said he would resign': what speaks is taken up by 'he' or 'she'."""
    return any(word in ("he", "she", "his", "her") for word in scan.lowers[last + 2 : last + 6])


def _is_seat(match: Toponym) -> bool:
    """Whether a name is a country's or its capital's: 'Moscow said' as 'Russia said'."""
    return match.candidates[0].kind is PlaceKind.COUNTRY or any(c.capital for c in match.candidates)


def _speaks(token: Token, words: PlaceWords) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in words.speaking


def _trap(scan: Scan, match: Toponym) -> float:
    if match.first != match.last:
        return 0.0
    word = scan.lowers[match.first]
    weight = 0.0
    if word in scan.words.trap_words:
        weight -= 4.0
    elif word in scan.words.trap_names:
        weight -= 2.0
    if word in scan.surnames:
        weight -= 3.0
    named = scan.tags[match.first].startswith("NNP") or scan.headline[match.first] or _following(scan, match) > 0
    weight -= 0.0 if named else 1.5
    return weight


def _chain(scan: Scan, found: Sequence[Toponym], index: int) -> float:
    """'Valencia, Negros Oriental': each of a chain makes the other surer."""
    weight = 0.0
    match = found[index]
    if index + 1 < len(found) and _comma_between(scan, match, found[index + 1]) and lies_in(match, found[index + 1]):
        weight += 3.0
    if index and _comma_between(scan, found[index - 1], match) and lies_in(found[index - 1], match):
        weight += 3.0
    return weight


def _comma_between(scan: Scan, left: Toponym, right: Toponym) -> bool:
    return right.first == left.last + 2 and scan.texts[left.last + 1] in (",", "(")


def _part(scan: Scan, found: Sequence[Toponym], index: int) -> Toponym:
    """The match, as part of a longer name ('Paris Saint-Germain', 'Bank of Scotland') or, lighter, a person's."""
    match = found[index]
    if scan.headline[match.first] or match.kind is not None:
        return match
    organised = _name_goes_on(scan, found, index)
    if organised is None:
        return match
    if organised or scan.doc[match.first].ent_type_ in ("ORG", "FAC", "EVENT", "WORK_OF_ART"):
        return replace(match, use=PlaceUse.PART_OF_NAME)
    return replace(match, weight=match.weight - (3.0 if match.first == match.last else 1.0))


def _name_goes_on(scan: Scan, found: Sequence[Toponym], index: int) -> bool | None:
    """Whether capitalised words join the match to a longer name, and that is an organisation's; null where none do."""
    match = found[index]
    after, before = match.last + 1, match.first - 1
    words, joined = scan.words, None
    if after < len(scan.texts) and scan.caps[after] and scan.tags[after].startswith("NNP"):
        titled = scan.lowers[after].rstrip(".") in words.titles
        if not titled and (
            index + 1 == len(found) or found[index + 1].first != after or found[index + 1].use is PlaceUse.PLACE
        ):
            end = plain_end(scan, after, run_end(scan, after))
            joined = (
                not words.organisation.isdisjoint(scan.lowers[after : end + 1]) or scan.lowers[after] in words.civic
            )
    if before >= 0 and scan.caps[before] and scan.tags[before].startswith("NNP") and _joins(scan, before):
        joined = bool(joined) or scan.lowers[before] in words.organisation
    elif before >= 1 and scan.lowers[before] in ("of", "for") and scan.lowers[before - 1] in words.organisation:
        joined = scan.caps[before - 1] or joined
    return joined


def _joins(scan: Scan, before: int) -> bool:
    word = scan.lowers[before]
    return (
        word not in scan.words.qualifiers
        and word.rstrip(".") not in scan.words.titles
        and word not in scan.words.demonyms
    )


POOLED, SURELY = 3.0, 4.0
"""What a name gains that is surely a place's elsewhere in the text, and the weight that makes it sure. Set on LGL."""


def pooled(found: Sequence[Toponym]) -> list[Toponym]:
    """A name that is surely a place's in one sentence is likelier so in the next."""
    best: dict[str, float] = {}
    for t in found:
        if t.use is PlaceUse.PLACE:
            best[t.name] = max(best.get(t.name, -9.0), t.weight)
    return [
        replace(t, weight=t.weight + POOLED) if t.use is PlaceUse.PLACE and best[t.name] >= SURELY > t.weight else t
        for t in found
    ]
