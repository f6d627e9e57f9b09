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
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from dateline.cleaning import items, page, plain
from dateline.cleaning.decode import Decoded, decode
from dateline.cleaning.draft import Draft, Sources, report
from dateline.cleaning.furniture import Furniture
from dateline.knowledge.outlets import Outlets
from dateline.knowledge.packs import Packs
from dateline.types import Capture, Problem, Report

__all__ = ["Cleaned", "clean"]

Found = tuple[list[Draft], list[Problem]]
Cleaner = Callable[[Capture, Decoded, Sources], Found]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The reports of a capture, in the order they stand in it, and what could not be used."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]


def clean(capture: Capture, knowledge: Packs) -> Cleaned:
    """The reports in `capture`, and a problem for each part of it that gives none."""
    sources = load_sources(knowledge)
    decoded = decode(capture.data)
    drafts, problems = cleaner_of(capture, decoded)(capture, decoded, sources)
    if not decoded.sure:
        problems.append(_encoding_guessed(capture, decoded))
    reports: list[Report] = []
    for draft in drafts:
        made, more = report(draft, capture, sources)
        reports.append(made)
        problems.extend(more)
    if not reports and not problems:
        problems.append(no_story(capture))
    return Cleaned(tuple(reports), tuple(problems))


@lru_cache(maxsize=4)
def load_sources(knowledge: Packs) -> Sources:
    """The outlets and the furniture of `knowledge`, read once."""
    outlets = Outlets.load(knowledge)
    return Sources(outlets, Furniture.load(knowledge, outlets.agencies))


def _clean_text(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    draft = plain.draft_of_text(decoded.text, sources)
    return ([draft], []) if plain.is_story(draft) else ([], [no_story(capture)])


def _clean_page(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    draft = page.draft_of_page(decoded.text, sources, url=capture.given.url)
    return ([draft], []) if draft is not None and plain.is_story(draft) else ([], [no_story(capture)])


def no_story(capture: Capture) -> Problem:
    """The problem of a page that is an index, a video or a form."""
    message = "no story was found: the page has no running text of its own"
    return Problem("no-story", capture.source, message, "save the page of the story itself, or give its text as .txt")


CLEANERS: dict[str, Cleaner] = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), _clean_page),
    **dict.fromkeys((".csv", ".tsv"), items.clean_table),
    **dict.fromkeys((".jsonl", ".ndjson"), items.clean_json_lines),
    **dict.fromkeys((".xml", ".rss", ".atom"), items.clean_feed),
    ".txt": _clean_text,
    ".text": _clean_text,
}
"""The cleaner of each suffix; bytes without a known one are looked at."""


def cleaner_of(capture: Capture, decoded: Decoded) -> Cleaner:
    """The cleaner for a capture: by its suffix, else (standard input, addresses) by how the text begins."""
    known = CLEANERS.get(PurePath(capture.source).suffix.lower())
    if known is not None:
        return known
    begins = decoded.text[:1000].lstrip().lower()
    if begins.startswith(("<?xml", "<rss", "<feed")) and "<html" not in begins:
        return items.clean_feed
    return _clean_page if begins.startswith("<") else _clean_text


def is_page(capture: Capture) -> bool:
    """Whether cleaning `capture` means parsing HTML or XML, which is better done in a child process."""
    return PurePath(capture.source).suffix.lower() not in (".txt", ".text", ".csv", ".tsv", ".jsonl", ".ndjson")


def _encoding_guessed(capture: Capture, decoded: Decoded) -> Problem:
    message = f"the bytes do not say their encoding; read as {decoded.encoding}, which may be wrong"
    return Problem("encoding-guessed", capture.source, message, "save the file as UTF-8")
