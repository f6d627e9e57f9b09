"""Which words of a text may be a place's name: what the gazetteer knows, and what the words around it make a place.

The longest name wins: 'New York City' over 'New York'. A head word beside a name belongs to it: 'Harir base', 'Camp
Taji', 'Idlib province'; before 'of' it does not: 'the village of Batas'. How surely a name is a place's is for
`weighing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.knowledge.gazetteer import Candidate
from dateline.knowledge.place_names import ARTICLES, key
from dateline.language.place_words import Demonym
from dateline.language.scanning import Scan, Toponym
from dateline.types import PlaceKind, PlaceUse

LONGEST_NAME = 7
"""Words of the longest name that is looked up, hyphens and articles counted."""

FOUND = 2.0
"""The weight of a name that no gazetteer knows, but whose head word or company says that it is a place's."""


def matches(scan: Scan) -> list[Toponym]:
    """The names that may be a place's, in the order of the text, none overlapping but an embassy its country."""
    return _listed(scan, list(_matches(scan)))


def _matches(scan: Scan) -> Iterator[Toponym]:
    i, size = 0, len(scan.texts)
    while i < size:
        match = _match_at(scan, i) if _may_begin(scan, i) else None
        if match is not None:
            yield match
            mission = _mission(scan, match)
            if mission is not None:
                yield mission
            i = (mission or match).last + 1
        else:
            i += 1


def _may_begin(scan: Scan, i: int) -> bool:
    if scan.caps[i]:
        return not _is_party(scan, i)
    return scan.lowers[i] in ARTICLES or scan.lowers[i] in scan.words.opening


def _is_party(scan: Scan, i: int) -> bool:
    """The letter of 'D-Ohio', 'R-Elm Grove', whose member is from there."""
    return len(scan.texts[i]) == 1 and i + 1 < len(scan.texts) and scan.texts[i + 1] == "-"


def _match_at(scan: Scan, i: int) -> Toponym | None:
    head = _before_head(scan, i)
    if head is not None:
        named = _after_a_head(scan, i, *head)
        if named is not None:
            return named
    if not scan.caps[i] and not _is_article(scan, i):
        return None
    run = run_end(scan, i)
    street = _street(scan, i, run)
    if street is not None:
        return street
    known, unknown = _known(scan, i, run), _unknown(scan, i, run)
    if known is not None and not (unknown is not None and unknown.last > known.last and _is_small(known)):
        return known
    return _headed(scan, i, run) or unknown


def _is_small(match: Toponym) -> bool:
    """Whether a match is but a town's: what the parser takes for one longer name then is (the hamlet of 'Uva Sada')."""
    return match.kind is None and all(c.kind is PlaceKind.SETTLEMENT for c in match.candidates)


def _is_article(scan: Scan, i: int) -> bool:
    """Whether the token is the Arabic article of a name: 'al-Balad', 'El Obeid'; not 'An' in 'An Alexandria man'."""
    word = scan.lowers[i]
    if word not in ARTICLES or i + 1 >= len(scan.texts):
        return False
    return scan.texts[i + 1] == "-" or (word in ("al", "el") and scan.caps[i])


def run_end(scan: Scan, i: int) -> int:
    """The last token of the run of capitalised words that starts at `i`; small words and hyphens only inside it."""
    last, k, limit = i, i + 1, min(len(scan.texts), i + LONGEST_NAME)
    while k < limit:
        if scan.caps[k]:
            last = k
        elif scan.texts[k] not in _INSIDE_NAMES and scan.lowers[k] not in scan.words.particles:
            break
        k += 1
    return last


_INSIDE_NAMES = ("-", "'", "’", "'s", "’s", "&")
"""What stands between the words of a name: 'Port-au-Prince', "Prince George's County"."""


def _known(scan: Scan, i: int, run: int) -> Toponym | None:
    """The longest name from `i` that the gazetteer or the list of demonyms knows."""
    for last in range(run, i - 1, -1):
        if not scan.caps[last] and last > i:
            continue
        match = _named(scan, i, last)
        if match is not None:
            return _with_head(scan, match)
    return None


def _named(scan: Scan, i: int, last: int) -> Toponym | None:
    name = scan.written(i, last)
    words = scan.words
    if i == last:
        if scan.lowers[i] in scan.words.function or scan.lowers[i] in scan.words.qualifiers or len(name) < 2:
            return None
        name = _full_name(scan, i)
    wanted = key(name)
    demonym = words.demonyms.get(wanted)
    if demonym is not None and not _is_noun_place(scan, last, wanted):
        return Toponym(i, last, demonym.area, _area_of(scan, demonym), 5.0, demonym.use)
    candidates = scan.gazetteer.lookup(name) if _is_article(scan, i) else scan.gazetteer.by_key(wanted)
    if not candidates or (scan.lowers[i] == "the" and _article_is_not_part(scan, i, last, candidates)):
        return None
    return Toponym(i, last, scan.written(i, last) if name.isupper() else name, candidates, 0.0)


def _area_of(scan: Scan, demonym: Demonym) -> tuple[Candidate, ...]:
    """The country or region that a demonym is of: an 'Italian' is not from Italy, Texas."""
    places = scan.gazetteer.by_key(key(demonym.area))
    return next((found for kind in _WITH_DEMONYM if (found := tuple(c for c in places if c.kind is kind)[:1])), places)


_WITH_DEMONYM = (PlaceKind.COUNTRY, PlaceKind.PROVINCE, PlaceKind.REGION)


def _full_name(scan: Scan, i: int) -> str:
    """'Ala.' wherever it stands, 'Ga.' after a town and a comma, in full; else the word itself."""
    text, words = scan.texts[i], scan.words
    if i >= 2 and scan.texts[i - 1] == "," and scan.caps[i - 2]:
        text = words.after_comma.get(text, text)
    return words.short.get(text, text)


def _is_noun_place(scan: Scan, last: int, wanted: str) -> bool:
    """Whether a word that is adjective and name ('U.S.', 'Hong Kong') is the name here: it modifies no noun."""
    if not scan.gazetteer.by_key(wanted):
        return False
    following = scan.tags[last + 1] if last + 1 < len(scan.tags) else ""
    return not following.startswith(("NN", "JJ")) and following != "HYPH"


def _article_is_not_part(scan: Scan, i: int, last: int, candidates: Sequence[Candidate]) -> bool:
    """'The Gambia' is Gambia with an article; 'The Hague' is no Hague."""
    bare = scan.gazetteer.by_key(key(scan.written(i + 1, last)))
    return bool(bare) and bare[0].geonames_id == candidates[0].geonames_id


def _with_head(scan: Scan, match: Toponym) -> Toponym:
    """'Harir' with the 'base' that follows is a site; 'Idlib' with 'province' is the province."""
    if match.use is not PlaceUse.PLACE:
        return match
    head = _after_head(scan, match.last + 1)
    if head is None:
        return match
    last, kind = head
    whole = scan.gazetteer.by_key(key(scan.written(match.first, last)))
    if whole:
        return replace(match, last=last, name=scan.written(match.first, last), candidates=whole, kind=kind, weight=1.5)
    if kind is PlaceKind.SITE:
        return replace(match, last=last, name=scan.written(match.first, last), kind=kind, weight=1.0)
    same = tuple(c for c in match.candidates if c.kind is kind)
    if not same and (kind is PlaceKind.WATER or scan.lowers[last] in scan.words.natural):
        return Toponym(match.first, last, scan.written(match.first, last), (), FOUND, kind=kind)
    if not same and kind in (PlaceKind.NEIGHBOURHOOD, PlaceKind.DISTRICT):
        return replace(match, last=last, name=scan.written(match.first, last), kind=kind, weight=1.0)
    return replace(match, last=last, candidates=same or match.candidates, kind=kind, weight=1.0)


def _mission(scan: Scan, match: Toponym) -> Toponym | None:
    """'the US embassy': a site, besides the adjective in it."""
    last = match.last + 1
    if match.use is PlaceUse.PART_OF_NAME or last >= len(scan.texts) or scan.lowers[last] not in scan.words.missions:
        return None
    return Toponym(match.first, last, scan.written(match.first, last), (), 3.0, kind=PlaceKind.SITE)


def _after_head(scan: Scan, i: int) -> tuple[int, PlaceKind] | None:
    """The head word or words at `i` ('refugee camp', 'province') and the kind of place that they make."""
    for last in (i + 2, i + 1, i):
        if last < len(scan.texts):
            kind = scan.words.after.get(" ".join(scan.lowers[i : last + 1]))
            if (
                kind is not None
                and not _runs_on(scan, last)
                and not (scan.caps[last] and scan.lowers[last] in scan.words.offices)
            ):
                return last, kind
    return None


def _runs_on(scan: Scan, last: int) -> bool:
    """Whether a head is itself but a part: 'the airport road', 'Springfield City Council', 'the camp's' is not."""
    following = last + 1
    if following >= len(scan.texts):
        return False
    if scan.caps[last]:
        return scan.caps[following] and scan.tags[following].startswith("NN")
    return False


def _headed(scan: Scan, i: int, run: int) -> Toponym | None:
    """A name no gazetteer knows before a word that says what it is: 'Qandala village', 'Ain Zara prison'."""
    for last in range(plain_end(scan, i, run), i - 1, -1):
        head = _after_head(scan, last + 1)
        if head is not None and is_plain_name(scan, i, last):
            return Toponym(i, head[0], scan.written(i, head[0]), (), FOUND, kind=head[1])
    return None


def _street(scan: Scan, i: int, run: int) -> Toponym | None:
    """'Evergreen Street', whatever town is called Evergreen."""
    for last in range(i + 1, plain_end(scan, i, run) + 1):
        if scan.lowers[last] in scan.words.streets:
            named = scan.caps[last] and not _runs_on(scan, last) and is_plain_name(scan, i, last - 1)
            return Toponym(i, last, scan.written(i, last), (), FOUND, kind=PlaceKind.SITE) if named else None
    return None


def is_plain_name(scan: Scan, first: int, last: int) -> bool:
    """Whether all of the words are a name's own: no 'School', 'Fire', 'North' or 'Three' is among them."""
    words = scan.words
    return all(
        scan.texts[k] == "-"
        or (
            scan.tags[k].startswith("NNP")
            and scan.lowers[k] not in words.organisation
            and scan.lowers[k] not in words.trap_words
        )
        for k in range(first, last + 1)
    )


def _before_head(scan: Scan, i: int) -> tuple[int, PlaceKind] | None:
    """The head at `i` that stands before its name ('village of', 'Camp'): the token of the name, and the kind."""
    for size in (3, 2, 1):
        kind = scan.words.before.get(" ".join(scan.lowers[i : i + size]))
        start = i + size
        if kind is not None and start < len(scan.texts) and (scan.caps[start] or scan.lowers[start] in ARTICLES):
            return start, kind
    return None


def _after_a_head(scan: Scan, i: int, start: int, kind: PlaceKind) -> Toponym | None:
    """'the village of Batas': Batas; 'Camp Taji', 'Lake Chad': with their head, which must then be capitalised."""
    run = run_end(scan, start)
    whole = _whole(scan, i, start, run) if scan.caps[i] else None
    if whole is not None:
        return replace(whole, kind=kind)
    if scan.lowers[start - 1] == "of" or not scan.caps[i]:
        named = _known(scan, start, run)
        if named is not None and named.use is PlaceUse.PLACE:
            same = tuple(c for c in named.candidates if c.kind is kind)
            return replace(named, candidates=same or named.candidates, kind=named.kind or kind, weight=2.0)
        last = plain_end(scan, start, run)
        if is_plain_name(scan, start, last):
            return Toponym(start, last, scan.written(start, last), (), 3.0, kind=kind)
        return None
    last = plain_end(scan, start, run)
    if scan.headline[i] or not is_plain_name(scan, start, last) or scan.texts[start].endswith("."):
        return None
    return Toponym(i, last, scan.written(i, last), (), 2.5, kind=kind)


def _whole(scan: Scan, i: int, start: int, run: int) -> Toponym | None:
    """The head with the name after it, where the gazetteer knows them together: 'Strait of Hormuz', 'Lake Chad'."""
    for last in range(run, start - 1, -1):
        candidates = scan.gazetteer.by_key(key(scan.written(i, last))) if scan.caps[last] else ()
        if candidates:
            return Toponym(i, last, scan.written(i, last), candidates, 2.0)
    return None


def plain_end(scan: Scan, start: int, run: int) -> int:
    """The end of an unknown name: its capitalised words up to the first small one."""
    last = start
    while last < run and (scan.caps[last + 1] or (scan.texts[last + 1] == "-" and scan.caps[last + 2])):
        last += 1
    return last


def _unknown(scan: Scan, i: int, run: int) -> Toponym | None:
    """A name no gazetteer knows that the parser takes for a place, after a preposition of place or before its province."""
    token = scan.doc[i]
    if token.ent_type_ not in ("GPE", "LOC") or token.ent_iob_ != "B" or i == 0 or scan.headline[i]:
        return None
    last = i
    while last < run and scan.doc[last + 1].ent_iob_ == "I":
        last += 1
    if scan.lowers[i - 1] not in scan.words.locative and not _is_of_a_chain(scan, last):
        return None
    if not scan.caps[last] or scan.texts[i].isupper() or not is_plain_name(scan, i, last):
        return None
    return Toponym(i, last, scan.written(i, last), (), 2.0)


def _is_of_a_chain(scan: Scan, last: int) -> bool:
    """Whether what follows a name and a comma is a province or country: 'Qandala, Bari province'."""
    outer = last + 2
    if outer >= len(scan.texts) or scan.texts[last + 1] != "," or not scan.caps[outer]:
        return False
    named = _known(scan, outer, run_end(scan, outer))
    return named is not None and any(c.kind in (PlaceKind.PROVINCE, PlaceKind.COUNTRY) for c in named.candidates)


def _listed(scan: Scan, found: list[Toponym]) -> list[Toponym]:
    """'Barrow, Jackson and Madison counties': each is a county."""
    for k, word in enumerate(scan.lowers):
        kind = scan.words.plurals.get(word)
        if kind is None:
            continue
        after = k
        for index in range(len(found) - 1, -1, -1):
            match = found[index]
            if match.last >= after or match.use is not PlaceUse.PLACE:
                continue
            if match.last + 1 < after and not set(scan.lowers[match.last + 1 : after]) <= {",", "and", "or"}:
                break
            if after - match.last > 3:
                break
            found[index] = _of_kind(scan, match, kind)
            after = match.first
    return found


def _of_kind(scan: Scan, match: Toponym, kind: PlaceKind) -> Toponym:
    name = key(match.name)
    whole = (
        scan.gazetteer.by_key(f"{name} county") + scan.gazetteer.by_key(f"{name} parish")
        if kind is PlaceKind.DISTRICT
        else ()
    )
    same = tuple(c for c in match.candidates if c.kind is kind) or whole
    return replace(match, candidates=same or match.candidates, kind=kind, weight=match.weight + 3.0)
