"""Clean: find the story in a capture, and nothing of the furniture; who published it, when, and on whose wire.

Text files and saved pages give one report each; tables and feeds give one for each row or item. What cannot be used
gives a `Problem` that names the place.

>>> from dateline.reading import capture
>>> cleaned = clean(capture("note.txt", b"KYIV (Reuters) - It rained in the capital all day on Monday."), Packs())
>>> cleaned.reports[0].agency
'Reuters'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath

from dateline.cleaning import page, plain
from dateline.cleaning.columns import ColumnNames
from dateline.cleaning.decode import Decoded, decode
from dateline.cleaning.draft import Draft, Sources, report
from dateline.cleaning.feeds import clean_feed
from dateline.cleaning.furniture import Furniture
from dateline.cleaning.json_items import JSON_FEED, clean_json, clean_json_lines
from dateline.cleaning.mail import clean_mail
from dateline.cleaning.parquet import clean_parquet
from dateline.cleaning.tables import clean_table
from dateline.knowledge.outlets import Outlets
from dateline.knowledge.packs import Packs
from dateline.types import Capture, Problem, Report

__all__ = ["Cleaned", "clean"]

Found = tuple[list[Draft], list[Problem]]
Cleaner = Callable[[Capture, Decoded, Sources], Found]
WholeCleaner = Callable[[Capture, Sources], Found]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The reports of a capture, in the order they stand in it, what could not be used, and how it was understood."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


def clean(capture: Capture, knowledge: Packs) -> Cleaned:
    """The reports in `capture`, and a problem for each part of it that gives none."""
    sources = load_sources(knowledge)
    drafts, problems = _found(capture, sources)
    reports: list[Report] = []
    for draft in drafts:
        made, more = report(draft, capture, sources)
        reports.append(made)
        problems.extend(more)
    if not reports and not problems:
        problems.append(no_story(capture))
    used = tuple(problem for problem in problems if not problem.is_note)
    return Cleaned(tuple(reports), used, tuple(problem for problem in problems if problem.is_note))


def _found(capture: Capture, sources: Sources) -> Found:
    whole = WHOLE_CLEANERS.get(_suffix(capture))
    if whole is not None:
        return whole(capture, sources)
    decoded = decode(capture.data, charset=capture.origin.charset if capture.origin else None)
    drafts, problems = cleaner_of(capture, decoded)(capture, decoded, sources)
    return drafts, problems if decoded.sure else [*problems, _encoding_guessed(capture, decoded)]


@lru_cache(maxsize=4)
def load_sources(knowledge: Packs) -> Sources:
    """The outlets and the furniture of `knowledge`, read once."""
    outlets = Outlets.load(knowledge)
    return Sources(outlets, Furniture.load(knowledge, outlets.agencies), ColumnNames.load(knowledge))


def _clean_text(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    draft = plain.draft_of_text(decoded.text, sources)
    draft = replace(draft, url=_url(capture) or draft.url)
    return ([draft], []) if plain.is_story(draft) else ([], [no_story(capture)])


def _clean_page(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    drafts, problems = page.drafts_of_page(decoded.text, sources, url=_url(capture), where=capture.source)
    stories = [draft for draft in drafts if plain.is_story(draft)]
    return (stories, problems) if stories else ([], [*problems, no_story(capture)])


def no_story(capture: Capture) -> Problem:
    """The problem of a page that is an index, a video or a form."""
    message = "no story was found: the page has no running text of its own"
    return Problem("no-story", capture.source, message, "save the page of the story itself, or give its text as .txt")


CLEANERS: dict[str, Cleaner] = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), _clean_page),
    **dict.fromkeys((".csv", ".tsv"), clean_table),
    **dict.fromkeys((".jsonl", ".ndjson"), clean_json_lines),
    **dict.fromkeys((".xml", ".rss", ".atom"), clean_feed),
    ".json": clean_json,
    ".txt": _clean_text,
    ".text": _clean_text,
}
"""The cleaner of each suffix; bytes without a known one, and those of the web, are looked at."""

WHOLE_CLEANERS: dict[str, WholeCleaner] = {".eml": clean_mail, ".parquet": clean_parquet}
"""Those of formats that are no text as a whole."""

_TABLES = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet"})
_SHARE = 1024 * 1024
"""Bytes of a table that hold some hundreds of articles, which take a second."""
_XML_STARTS = ("<?xml", "<rss", "<feed", "<rdf")


def cleaner_of(capture: Capture, decoded: Decoded) -> Cleaner:
    """The cleaner for a capture: by its suffix, else (standard input, addresses) by how the text begins."""
    known = CLEANERS.get(_suffix(capture))
    if known is not None:
        return known
    begins = decoded.text[:1000].lstrip().lower()
    if begins.startswith(_XML_STARTS) and "<html" not in begins:
        return clean_feed
    if begins.startswith("{") and JSON_FEED in begins:
        return clean_json
    return _clean_page if begins.startswith("<") else _clean_text


def time_shares(capture: Capture) -> int:
    """How many documents' time the cleaning of a capture may take: one's, or one's for each begun MiB of a table."""
    return 1 + len(capture.data) // _SHARE if _suffix(capture) in _TABLES else 1


def _suffix(capture: Capture) -> str:
    """The suffix of a file, that within where it is packed; none for what came from the web: addresses tell nothing."""
    if capture.origin is not None:
        return ""
    return PurePath(capture.source.lower().removesuffix(".gz")).suffix


def _url(capture: Capture) -> str | None:
    """Where a page came from: as the user says, else as the web gave it."""
    return capture.given.url or (capture.origin.url if capture.origin else None)


def _encoding_guessed(capture: Capture, decoded: Decoded) -> Problem:
    message = f"the bytes do not say their encoding; read as {decoded.encoding}, which may be wrong"
    return Problem("encoding-guessed", capture.source, message, "save the file as UTF-8")
