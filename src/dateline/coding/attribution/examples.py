"""The pack's own examples, run: each `examples` line of `english/attribution.toml` must come out as it is marked.

>>> read_example("[He](source) [said](cue) [no](content).").text
'He said no.'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.coding.attribution import AttributionCues, find_attributions
from dateline.coding.attribution.cues import FILE
from dateline.knowledge.packs import Packs
from dateline.language.parse import parse
from dateline.types import Attribution, Span

_MARK = re.compile(r"\[([^\[\]]+)\]\((source|cue|content)\)")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the words that must be found for each of "source", "cue" and "content"."""

    text: str
    marked: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ran:
    """An example ("example") or counter-example ("counter") that was run: `complaint` is null where it came out right."""

    kind: str
    text: str
    complaint: str | None


def read_example(notation: str) -> Example:
    """The sentence and marks of '[Who](source) [said](cue) [what](content).'"""
    marked: dict[str, tuple[str, ...]] = {"source": (), "cue": (), "content": ()}
    for words, field in _MARK.findall(notation):
        marked[field] = (*marked[field], words)
    return Example(_MARK.sub(r"\1", notation), marked)


def check_examples(packs: Packs) -> Iterator[Ran]:
    """Every example and counter-example of the pack as it came out."""
    cues, table = AttributionCues.load(packs), packs.tables(FILE)
    for row in (r for section in ("verb", "noun", "adjective") for r in table.get(section, [])):
        yield from _check_row(row, packs, cues)


def _check_row(row: Mapping[str, Any], packs: Packs, cues: AttributionCues) -> Iterator[Ran]:
    for notation in row.get("examples", ()):
        example = read_example(notation)
        found = find_attributions(parse(example.text, packs=packs), cues)
        right = any(_as_marked(a, example) for a in found)
        yield Ran("example", notation, None if right else "no attribution came out as marked")
    for text in row.get("counter_examples", ()):
        found = find_attributions(parse(text, packs=packs), cues)
        yield Ran("counter", text, "an attribution was found, and must not be" if found else None)


def _as_marked(found: Attribution, example: Example) -> bool:
    """Whether the marked words are the attribution's, but for auxiliaries of the cue and marks at the edges."""
    wanted = example.marked
    contents = [_words(example.text, piece) for piece in found.content]
    return (
        _same(wanted["source"], [_words(example.text, found.source)] if found.source else [])
        and _same(wanted["content"], contents)
        and found.cue is not None
        and all(words in _words(example.text, found.cue) for words in wanted["cue"])
    )


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _same(wanted: tuple[str, ...], found: list[str]) -> bool:
    return [_bare(w) for w in wanted] == [_bare(f) for f in found]


def _bare(text: str) -> str:
    return re.sub(r"['’]s$", "", text).strip(' .,;:"“”')
