"""Round-ups: several stories on one page, each under a headline of its own, become a report each.

An analysis with headings is one story. Parts count as stories where each begins with a dateline of its own, or where
the page calls itself briefs or a round-up and its headings are headlines; when that is not sure, the page stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.cleaning.datelines import find_dateline
from dateline.cleaning.draft import Block, Draft, Sources
from dateline.text import digest
from dateline.types import PassageKind

_BRIEFS = re.compile(
    r"\b(?:world|news|national|regional|international|local|africa|asia|europe|middle east|weekly|daily|morning|evening"
    r"|wire) (?:news )?(?:briefs?|briefing|round-?up|digest|wrap(?:-?up)?)\b|"
    r"\bin brief\b|\bround-?up\b|\bbriefs\b|\bnews briefs?\b",
    re.I,
)
_NUMBERED = re.compile(r"(?:\d+[.)]|(?:why|how|what)\b)", re.I)
_HEADLINE = 4
"""Words of a heading from which it can be a headline."""
_PART = 60
"""Characters of story from which a part can be a story."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading (null for what stands above the first) and the blocks under it."""

    heading: str | None
    blocks: tuple[Block, ...]


def split(draft: Draft, sources: Sources) -> list[Draft]:
    """A draft for each story of a round-up; `draft` alone where it is one story."""
    parts = list(_parts(draft.blocks))
    told = [part for part in parts if any(block.kind is PassageKind.STORY for block in part.blocks)]
    stories = [part for part in told if part.heading is not None]
    if len(stories) < 2 or not _are_stories(stories, told, draft, sources):
        return [draft]
    return list(_drafts(told, draft))


def _parts(blocks: Sequence[Block]) -> Iterator[_Part]:
    heading: str | None = None
    held: list[Block] = []
    for block in blocks:
        if block.kind is PassageKind.HEADING:
            if held:
                yield _Part(heading, tuple(held))
            heading, held = block.text, []
        else:
            held.append(block)
    if held:
        yield _Part(heading, tuple(held))


def _are_stories(stories: Sequence[_Part], told: Sequence[_Part], draft: Draft, sources: Sources) -> bool:
    """Whether every part under a heading is a story of its own."""
    if any(sum(len(block.text) for block in part.blocks) < _PART for part in stories):
        return False
    dated = sum(_has_dateline(part, sources) for part in stories)
    if dated == len(stories) and all(part.heading is not None or not _has_dateline(part, sources) for part in told):
        return True
    named = draft.title is not None and _BRIEFS.search(draft.title) is not None
    return named and all(_is_headline(part.heading or "") for part in stories)


def _has_dateline(part: _Part, sources: Sources) -> bool:
    first = next((block.text for block in part.blocks if block.kind is PassageKind.STORY), "")
    found = find_dateline(
        first,
        0,
        is_agency=lambda name: sources.outlets.agency(name) is not None,
        is_other=sources.furniture.is_other,
    )
    return found is not None


def _is_headline(heading: str) -> bool:
    """'Rebels free nine soldiers' may be one; 'Background', 'Why now?' and '2. The money' are a text's own headings."""
    return len(heading.split()) >= _HEADLINE and heading[-1] not in "?:" and _NUMBERED.match(heading) is None


def _drafts(told: Sequence[_Part], draft: Draft) -> Iterator[Draft]:
    seen: set[str] = set()
    for part in told:
        item = digest("part", part.heading or "", " ".join(block.text for block in part.blocks))[:12]
        if item not in seen:
            seen.add(item)
            yield replace(draft, blocks=part.blocks, title=part.heading or draft.title, item=item)
