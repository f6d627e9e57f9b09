"""The items of a file that holds many: rows of a table, objects of JSON, entries of a feed. Each is a draft with its id.

What the formats share stands here: a row as a draft, the story in a body that may be plain or HTML, the ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.cleaning.columns import Layout, Row, layout_of, no_such_column, no_text, note
from dateline.cleaning.decode import tidy
from dateline.cleaning.draft import Draft, Sources, with_item
from dateline.cleaning.plain import is_story, paragraphs
from dateline.cleaning.sifting import Line, sift
from dateline.cleaning.tree import parse_page, walk
from dateline.types import Capture, Columns, Problem

Found = tuple[list[Draft], list[Problem]]

MAX_ITEMS = 200_000
"""The most items that are taken of one file."""
_TAG = re.compile(
    r"<(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|img|blockquote|font)\b[^<>]*/?>|</(?:p|div|span|a)>", re.I
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the names of their columns as written; `publisher` where the file as a whole names one."""

    header: Sequence[str]
    rows: Sequence[Row]
    publisher: str | None = None
    is_known: bool = False
    """Whether its format fixes what the columns mean, so that nothing is guessed."""


def drafts_of(table: Table, capture: Capture, sources: Sources, problems: list[Problem]) -> Found:
    """A draft for each row with a text; `problems` are those that reading the rows brought up."""
    said = capture.given.columns or Columns()
    layout, missing = layout_of(table.header, table.rows, sources.columns, said)
    problems += [no_such_column(capture.source, name, table.header) for name in missing]
    if not layout.keys["text"]:
        problems += [no_text(capture.source, table.header, sources.columns)] if table.rows and not missing else []
        return [], problems
    id_key = _id_key(table.rows, layout, chosen=said.id is not None)
    if not table.is_known and table.rows:
        problems.append(note(capture.source, table.header, layout, id_key))
    drafts = [_draft(row, layout, table.publisher, sources) for row in table.rows]
    ids = [_id(row, id_key, number) for number, row in enumerate(table.rows, 1)]
    return named(drafts, ids, capture, problems)


def _id_key(rows: Sequence[Row], layout: Layout, *, chosen: bool) -> str | None:
    """The first column called an id whose cells are all there and unique; one that the user chose is believed."""
    for key in layout.keys["id"]:
        cells = [_words(row.get(key, "")) for row in rows]
        if chosen or (all(cells) and len(set(cells)) == len(cells)):
            return key
    return None


def _id(row: Row, key: str | None, number: int) -> str:
    return _words(row.get(key, "")) if key else str(number)


def _draft(row: Row, layout: Layout, publisher: str | None, sources: Sources) -> Draft:
    title, agency, day = (layout.cell(row, field) for field in ("title", "agency", "published"))
    story = body(layout.cell(row, "text") or "", title, sources)
    return Draft(
        blocks=story.blocks,
        title=title,
        byline=layout.cell(row, "byline"),
        publisher=layout.cell(row, "publisher") or publisher,
        published=layout.days.read(day) if day else None,
        url=layout.cell(row, "url"),
        language=layout.cell(row, "language"),
        aside=(*([agency] if agency else []), *story.aside),
    )


def body(text: str, title: str | None, sources: Sources) -> Draft:
    """The story of an item's body, be it plain or HTML."""
    lines = _html_lines(text, sources) if _TAG.search(text) else _plain_lines(text, sources)
    sifted = sift(list(lines), sources.furniture, title=title)
    return Draft(blocks=sifted.blocks, aside=sifted.aside)


def _plain_lines(text: str, sources: Sources) -> Iterable[Line]:
    return (Line(one) for one in paragraphs(text.replace("\r\n", "\n").split("\n"), sources.furniture))


def _html_lines(text: str, sources: Sources) -> Iterable[Line]:
    tree = parse_page(text)
    if tree is None:
        return ()
    return (
        Line(
            line.text, heading=line.tag in ("h1", "h2", "h3", "h4", "h5", "h6"), strong=line.strong, linked=line.linked
        )
        for line in walk(tree, sources.furniture).lines
        if not any(mark.role == "furniture" for mark in line.marks)
    )


def named(drafts: Sequence[Draft], ids: Sequence[str], capture: Capture, problems: list[Problem]) -> Found:
    """The drafts that have a story, with their ids; a problem for each that has none. No id is given twice."""
    kept: list[Draft] = []
    seen: set[str] = set()
    for number, (draft, given) in enumerate(zip(drafts, ids, strict=True), 1):
        item = given if given and given not in seen else f"item-{number}"
        seen.add(item)
        if is_story(draft):
            kept.append(with_item(draft, item))
        else:
            hint = "nothing to do if the item has a headline alone"
            problems.append(Problem("no-story", f"{capture.source}#{item}", "the item has no text", hint))
    return kept, problems


def as_text(value: object) -> str:
    """A value of JSON or of a typed column as the text of a cell: names of objects, days and instants in ISO 8601."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bytes):
        return tidy(value.decode("utf-8", "replace"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_text, value[:50])))
    if isinstance(value, dict):
        return as_text(value.get("name") or value.get("title") or "")
    return "" if value is None else str(value)


def bad_row(source: str, line: int, message: str) -> Problem:
    """The problem of a row that cannot be read; `line` from 1."""
    return Problem("bad-row", f"{source}:{line}", message, "mend the row; the others were read")


def too_many(source: str) -> Problem:
    """The problem of a file with more items than are taken."""
    message = f"it has more than {MAX_ITEMS:,} items; those after them were not read"
    return Problem("cut", source, message, "split the file")


def _words(text: str) -> str:
    return " ".join(tidy(text).split())
