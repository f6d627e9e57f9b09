"""A draft is what a format's cleaner found on a page; `report` makes the one `Report` of it, whatever the format.

The rules that all formats share stand here: the text and its passages, the dateline, the agency and the credits, the
day of publication and what it rests on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.cleaning.columns import ColumnNames
from dateline.cleaning.datelines import first_dateline
from dateline.cleaning.dates import date_in_url
from dateline.cleaning.decode import tidy
from dateline.cleaning.furniture import Furniture
from dateline.knowledge.outlets import Outlets
from dateline.text import digest
from dateline.types import (
    Basis,
    Capture,
    Credit,
    CreditRole,
    Dateline,
    Passage,
    PassageKind,
    Problem,
    Published,
    Report,
)

MAX_TEXT = 400_000
"""The longest text of one report, in characters; the longest newspaper features stay below 100,000."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or note."""

    text: str
    kind: PassageKind = PassageKind.STORY


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page says of itself. `aside` are lines left out of the story that may name agencies, sources and years."""

    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    aside: tuple[str, ...] = ()
    item: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """The knowledge that drafts are finished with."""

    outlets: Outlets
    furniture: Furniture
    columns: ColumnNames


def report(draft: Draft, capture: Capture, sources: Sources) -> tuple[Report, tuple[Problem, ...]]:
    """The report of `draft`, and the problems that making it brought up."""
    where = capture.source if draft.item is None else f"{capture.source}#{draft.item}"
    text, passages = compose(draft.blocks)
    problems = [too_large(where)] if draft.cut or len(text) >= MAX_TEXT else []
    dateline = _dateline(text, passages, sources)
    credited = tuple(_credits(text, passages, draft, dateline, sources))
    given = capture.given
    publisher = given.publisher or draft.publisher
    agency = _agency(dateline, credited, publisher, sources.outlets)
    language = draft.language or guess_language(text)
    if language is not None and language.split("-")[0].lower() != "en":
        problems.append(_foreign(where, language))
    url = given.url or draft.url
    made = Report(
        id=digest("report", capture.sha256, draft.item or "")[:16],
        source=where,
        url=url,
        publisher=publisher or agency,
        agency=agency,
        title=_one_line(draft.title),
        byline=_one_line(draft.byline),
        published=_published(draft, given.published, dateline, url),
        credits=credited,
        language=language,
        sha256=capture.sha256,
        text=text,
        passages=passages,
        dateline=dateline,
        captured=given.captured or (capture.origin.at if capture.origin is not None else None),
    )
    return made, tuple(problems)


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Passage, ...]]:
    r"""The text of `blocks`, one blank line between them, and the passage of each; cut at `MAX_TEXT`.

    >>> compose([Block("One."), Block("Two.")])[0]
    'One.\n\nTwo.'
    """
    parts: list[str] = []
    passages: list[Passage] = []
    at = 0
    for block in blocks:
        words = _one_line(block.text)
        if words is None:
            continue
        start = at + 2 if parts else 0
        words = words[: max(0, MAX_TEXT - start)].rstrip()
        if not words:
            break
        parts.append(words)
        at = start + len(words)
        passages.append(Passage(start, at, block.kind))
    return "\n\n".join(parts), tuple(passages)


def _one_line(text: str | None) -> str | None:
    return " ".join(tidy(text).split()) or None if text else None


def too_large(where: str) -> Problem:
    """The problem of a page of which a part was not read."""
    return Problem(
        "cut",
        where,
        "the page is larger than a page of news may be, and was read in part",
        "split the page if the rest matters",
    )


def _foreign(where: str, language: str) -> Problem:
    message = f"the text seems to be in {language!r}; only English is coded for now"
    return Problem("language-unsupported", where, message, "give an English text; the report is kept all the same")


# ---------------------------------------------------------------- agency and credits
_NAME = r"(?P<name>[A-Z][\w.'’&-]*(?:[ -](?:of|de|and|&|the|[A-Z][\w.'’&-]*))*|dpa)"
_FROM = (
    r"(?:continue|keep) reading (?:at|on)|"
    r"read (?:the )?(?:whole|full|rest of the|entire|complete) (?:story|article|report) (?:at|on|in)|"
    r"(?:first |originally )?(?:appeared|published) (?:first )?(?:in|on|at|by)|"
    r"(?:republished|reposted|reprinted) (?:from|with permission (?:from|of)|courtesy of)|source:|via:?"
)
_RIGHTS = r"(?:©|\(c\)|copyright)(?: ?(?:\d{4}(?:[-–]\d{4})?),?){0,3}(?: by)?"
_CREDITS = (
    (CreditRole.REPUBLISHED_FROM, re.compile(rf"(?i:{_FROM}) (?:the )?{_NAME}")),
    (CreditRole.AGENCY, re.compile(rf"(?i:\b(?:with|from|by|via)|source:|{_RIGHTS}) ?(?:the )?{_NAME}")),
    (CreditRole.AGENCY, re.compile(rf"^\W*{_NAME}\W*$")),
    (CreditRole.AGENCY, re.compile(rf"\|\s*{_NAME}\s*(?:\||$)")),
    (CreditRole.AGENCY, re.compile(rf"/\s?{_NAME}\s*$")),
)
"""How lines around a story say where it is from: 'Continue reading at X', 'With X', '(c) 2020 X', '... | X | ...'."""
_TOLD = re.compile(
    r"\b(?:told|tells|telling|spoke to|speaking to|said to) (?:the )?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})"
)
_IN_BRACKETS = re.compile(r"\((?P<name>[A-Za-z][\w -]{1,30})\) ?[-–—]{1,2}")


def _credits(
    text: str, passages: tuple[Passage, ...], draft: Draft, dateline: Dateline | None, sources: Sources
) -> Iterable[Credit]:
    """Each credit once: from the lines left out of the story, from the byline, then from the story's own words."""
    seen: set[tuple[str, CreditRole]] = set()
    unlisted = dateline.agency if dateline and dateline.agency and not sources.outlets.agency(dateline.agency) else None
    for credit in (
        *_line_credits(draft, unlisted, sources),
        *([Credit(name=unlisted, role=CreditRole.AGENCY, quote=unlisted)] if unlisted else []),
        *_text_credits(text, passages, sources.outlets),
    ):
        if (credit.name, credit.role) not in seen:
            seen.add((credit.name, credit.role))
            yield credit


def _line_credits(draft: Draft, unlisted: str | None, sources: Sources) -> Iterable[Credit]:
    """The credits of lines and byline; `unlisted` is the dateline's agency where no pack knows it."""
    outlets = sources.outlets
    for line in (*draft.aside, *([draft.byline] if draft.byline else [])):
        quote = " ".join(line.split())
        for role, form in _CREDITS:
            match = form.search(quote)
            if match is None:
                continue
            name = match["name"].strip(" .,→")
            agency = outlets.agency(name) or _first_agency(name, outlets)
            agency = agency or (name if _is_unlisted(name, quote, unlisted, sources.furniture) else None)
            if (role is CreditRole.AGENCY and agency is None) or _is_own(name, draft.publisher):
                continue
            yield Credit(name=agency if agency and role is CreditRole.AGENCY else name, role=role, quote=quote)
            break


def _is_unlisted(name: str, quote: str, unlisted: str | None, furniture: Furniture) -> bool:
    """Whether a name that no pack knows is an agency's: 'With Meridian News Agency', or longer for the dateline's own."""
    return furniture.is_credit(quote) or (unlisted is not None and f"{name} ".startswith(f"{unlisted} "))


def _is_own(name: str, publisher: str | None) -> bool:
    """Whether a page's 'Continue reading at ...' names the page's own publisher."""
    return publisher is not None and publisher.casefold().removeprefix("the ") in name.casefold()


def _first_agency(name: str, outlets: Outlets) -> str | None:
    """The agency among 'Agence France-Presse and Reuters', else null."""
    parts = re.split(r",| and | & ", name)
    return next((agency for part in parts if (agency := outlets.agency(part))), None) if len(parts) > 1 else None


def _text_credits(text: str, passages: tuple[Passage, ...], outlets: Outlets) -> Iterable[Credit]:
    for passage in passages:
        if passage.kind is not PassageKind.STORY:
            continue
        stretch = text[passage.start : passage.end]
        for form in (_TOLD, _IN_BRACKETS):
            for match in form.finditer(stretch):
                agency = _agency_at_start(match["name"], outlets)
                if agency is not None:
                    yield Credit(name=agency, role=CreditRole.AGENCY, quote=match.group(0))


def _agency_at_start(name: str, outlets: Outlets) -> str | None:
    """The agency that the capitalised words after 'told' begin with: 'AFP On Sunday' is AFP, 'AP Moller' none."""
    words = name.split()
    return next((agency for n in range(len(words), 0, -1) if (agency := outlets.agency(" ".join(words[:n])))), None)


def _agency(
    dateline: Dateline | None, credited: tuple[Credit, ...], publisher: str | None, outlets: Outlets
) -> str | None:
    """The agency whose story it is: by dateline, page's credit, 'told AFP', publisher, in this order."""
    if dateline is not None and dateline.agency is not None:
        return outlets.agency(dateline.agency) or dateline.agency
    named = next((credit.name for credit in credited if credit.role is CreditRole.AGENCY), None)
    return named or (outlets.agency(publisher) if publisher else None)


# ---------------------------------------------------------------- dateline and day of publication
def _dateline(text: str, passages: tuple[Passage, ...], sources: Sources) -> Dateline | None:
    """The dateline of the first paragraph of the story that has one; notes and headings before it are passed over."""
    story = [passage.start for passage in passages if passage.kind is PassageKind.STORY][:2]
    return first_dateline(text, story, sources.outlets, sources.furniture)


_COPYRIGHT_YEAR = re.compile(r"(?:©|\(c\)|copyright)\D{0,30}?(?P<year>(?:19|20)\d\d)(?!\s?[-–/]\s?\d)", re.I)


def _published(draft: Draft, given: str | None, dateline: Dateline | None, url: str | None) -> Published:
    if given is not None:
        return _on(given, Basis.GIVEN)
    if draft.published is not None:
        return _on(draft.published, Basis.METADATA)
    day = _dateline_day(dateline, draft.aside)
    if day is not None:
        return _on(day, Basis.DATELINE)
    from_url = date_in_url(url) if url else None
    return _on(from_url, Basis.URL) if from_url else Published()


def _dateline_day(dateline: Dateline | None, aside: tuple[str, ...]) -> str | None:
    """The dateline's day; a missing year is taken from beside a copyright sign, but not a range."""
    if dateline is None or dateline.day is None:
        return None
    if not dateline.day.startswith("--"):
        return dateline.day
    years = {match["year"] for line in aside if (match := _COPYRIGHT_YEAR.search(line))}
    return f"{years.pop()}{dateline.day[1:]}" if len(years) == 1 else None


def _on(day: str, basis: Basis) -> Published:
    return Published(start=day, end=day, basis=basis)


# ---------------------------------------------------------------- language
_STOP_WORDS = {
    "en": "the of and to in that was for is with said on by from were who at an has",
    "fr": "le la les des et une dans est qui pour que sur avec par du au ont pas",
    "es": "el la los las que una por con para del se es su al como más según",
    "de": "der die das und ist nicht von mit den dem ein eine auf im sich auch",
    "pt": "o os as que uma com para não do da em por foi ao dos mais",
    "it": "il di che la per un una non sono del della con alla gli è",
    "nl": "de het een van en dat niet zijn voor met op werd ook aan",
}
_STOPS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
"""The commonest words of each language (general knowledge)."""
_WORDS = re.compile(r"[^\W\d_]+")
_SCRIPTS = tuple(
    (language, re.compile(f"[{first}-{last}]+"))
    for language, first, last in (
        ("ar", "\u0620", "\u06d3"),
        ("ru", "\u0400", "\u0481"),
        ("zh", "\u4e00", "\u9fff"),
        ("hi", "\u0904", "\u0939"),
    )
)
"""The letters of the scripts that mean one language, near enough (Unicode blocks)."""


def guess_language(text: str) -> str | None:
    """The language that most of the text's commonest words belong to, or its script; null for too few words.

    >>> guess_language("The mayor of the town was shot on the way to his office, and the police said it was a mistake.")
    'en'
    """
    sample = text[:4000].lower()
    words = _WORDS.findall(sample)
    letters = sum(map(len, words))
    for language, script in () if sample.isascii() else _SCRIPTS:
        if sum(map(len, script.findall(sample))) > 0.5 * letters:
            return language
    said = Counter(words)
    counts = {language: sum(said[word] for word in stops & said.keys()) for language, stops in _STOPS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if len(words) >= 12 and counts[best] >= 0.08 * len(words) else None


def with_item(draft: Draft, item: str) -> Draft:
    """`draft` as the item `item` of its file."""
    return replace(draft, item=item)
