"""The steps on text without a record: what is said in a text, as JSON Lines in and JSON Lines out.

Offsets count in the text as given. RECORD.md, *annotate*, is the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import msgspec

from dateline.cleaning.datelines import first_dateline
from dateline.cleaning.furniture import Furniture
from dateline.coding import code_words
from dateline.coding.attribution import AttributionCues, find_attributions, outermost
from dateline.grounding import ground
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.outlets import Outlets
from dateline.knowledge.packs import Packs
from dateline.language.explaining import explain_in_text, explain_name
from dateline.language.words import Words, words_of, words_of_report
from dateline.publishing.encoding import plain
from dateline.text import digest
from dateline.types import Attribution, Claim, Dateline, PlaceExplained, Problem, Published, Report, Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """What is said in one text."""

    words: Words
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]


class _Line(msgspec.Struct):
    id: str | int | None = None
    text: str = ""
    published: str | None = None
    publisher: str | None = None


_READ = msgspec.json.Decoder(_Line, strict=False)


def annotate(
    text: str, packs: Packs, *, published: str | None = None, publisher: str | None = None, report_id: str | None = None
) -> Annotated:
    """What `text` says; nothing is resolved against today when `published` is null."""
    report = _report(text, report_id or digest(text)[:16], published, publisher, dateline=_dateline(text, packs))
    words = words_of_report(report, packs)
    attributions = find_attributions(words.parse, AttributionCues.load(packs))
    claims = ground(code_words(report, words, attributions, packs), report, packs, words=words)
    return Annotated(words=words, attributions=outermost(attributions, text), claims=tuple(claims))


def explain_place(
    name: str, packs: Packs, *, text: str | None = None, publisher: str | None = None
) -> tuple[PlaceExplained, ...]:
    """What a place's name means and why: by itself, or wherever `text` uses it."""
    gazetteer = Gazetteer.load(packs)
    country = Outlets.load(packs).country_of(publisher) if publisher else None
    if text is None:
        return (explain_name(name, gazetteer, country=country),)
    return explain_in_text(name, words_of(text, packs, country=country).parse, gazetteer, country=country)


def annotate_lines(lines: Iterable[bytes | str], packs: Packs) -> Iterator[bytes]:
    """A JSON line for each line of `lines`, in their order; a line that cannot be read gives its problem."""
    for number, line in enumerate(lines, 1):
        raw = line.encode() if isinstance(line, str) else line
        if raw.strip():
            yield annotate_line(number, raw, packs)


def annotate_line(number: int, raw: bytes, packs: Packs) -> bytes:
    """What line `number` says, or its problem, as a JSON line."""
    try:
        row = _READ.decode(raw)
        published = _checked_date(row.published)
    except (msgspec.DecodeError, ValueError) as error:
        return _encode({"id": _id_of(raw), "problems": [_unreadable(number, error)]})
    seen = annotate(row.text, packs, published=published, publisher=row.publisher, report_id=_text_id(row.id))
    return _encode(_object(row, seen))


def _text_id(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _checked_date(published: str | None) -> str | None:
    if published is None or not published.strip():
        return None
    datetime.fromisoformat(published)
    return published


def _id_of(raw: bytes) -> str | int | None:
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return None
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str | int) else None


def _unreadable(number: int, error: Exception) -> Problem:
    return Problem(
        code="line-unreadable",
        where=f"line {number}",
        message=str(error),
        hint='each line is a JSON object {"id", "text", "published": ISO date or null, "publisher": or null}',
    )


def _encode(value: object) -> bytes:
    return msgspec.json.encode(value)


_LINE = re.compile(r"(?m)^[^\S\n]*(?=\S)")


def _dateline(text: str, packs: Packs) -> Dateline | None:
    """The dateline of the text's first line, or of its second where the first is a title."""
    starts = (line.end() for line in islice(_LINE.finditer(text), 2))
    return first_dateline(text, starts, Outlets.load(packs), Furniture.load(packs))


def _report(
    text: str, report_id: str, published: str | None, publisher: str | None, dateline: Dateline | None
) -> Report:
    return Report(
        id=report_id,
        source=report_id,
        url=None,
        publisher=publisher,
        agency=None,
        title=None,
        byline=None,
        published=Published(start=published, end=published),
        credits=(),
        language="en",
        sha256=digest(text),
        text=text,
        dateline=dateline,
    )


def _object(row: _Line, seen: Annotated) -> dict[str, object]:
    text = row.text
    return {
        "id": row.id,
        "sentences": [
            {"start": s.start_char, "end": s.end_char} for s in seen.words.parse.sentences
        ],
        "times": [_flat(t, "precision") for t in seen.words.times],
        "places": [
            {"start": p.start, "end": p.end, "quote": p.quote, **_flat(p.place), "use": p.use} for p in seen.words.places
        ],
        "actors": [
            {"start": a.start, "end": a.end, "quote": a.quote, "id": a.id, "name": a.name, "kind": a.kind,
             "country": a.codes.country, "role": a.codes.role, "roles": a.codes.roles}
            for a in seen.words.actors
        ],
        "attributions": [_attribution(a, text) for a in seen.attributions],
        "claims": [plain(c) for c in seen.claims],
        "problems": [],
    }  # fmt: skip


def _flat(value: object, *without: str) -> dict[str, object]:
    found: dict[str, object] = msgspec.to_builtins(value)
    return {k: v for k, v in found.items() if k not in without}


def _attribution(found: Attribution, text: str) -> dict[str, object]:
    def quoted(span: Span | None) -> dict[str, object] | None:
        return None if span is None else {"start": span.start, "end": span.end, "quote": text[span.start : span.end]}

    return {
        "source": quoted(found.source),
        "cue": quoted(found.cue),
        "content": [quoted(s) for s in found.content],
        "stance": found.stance,
    }
