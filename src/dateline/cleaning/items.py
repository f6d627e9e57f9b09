"""Tables, JSON Lines and feeds: one report for each row or item, named by its own id.

Columns are known by their usual names; a bad row costs that row, and the problem names its line.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.cleaning.dates import find_date, machine_date
from dateline.cleaning.decode import Decoded, tidy
from dateline.cleaning.draft import Draft, Sources, with_item
from dateline.cleaning.plain import is_story, paragraphs
from dateline.cleaning.sifting import Line, sift
from dateline.cleaning.tree import parse_page, walk
from dateline.types import Capture, Problem

Row = Mapping[str, str]

_COLUMNS = {
    "id": "id ref key uid uuid guid n no nr num number article_no article_id item item_id doc_id docid record "
    "record_id kennung identifier code",
    "title": "title headline ttl heading head hl titel subject",
    "text": "text body content article story fulltext full_text article_text articlebody maintext copy description "
    "content_text content_html html lead summary",
    "published": "date day published pubdate pub_date publication_date date_published publish_date datepublished "
    "published_at published_date datetime time timestamp dt datum created_at created",
    "publisher": "source outlet publisher newspaper paper medium publication site feed media source_name provider",
    "url": "url link href web_url permalink source_url uri",
    "byline": "author byline authors by writer reporter creator",
    "agency": "agency wire credit newswire",
    "language": "language lang",
}
COLUMNS = {field: tuple(names.split()) for field, names in _COLUMNS.items()}
"""Names of columns and keys (small, blanks and hyphens as underscores), in order of trust: general knowledge."""

_MAX_ROWS = 200_000
_MAX_FIELD = 1_000_000
_TAG = re.compile(
    r"<(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|table|img|blockquote|font)\b[^<>]*/?>|</(?:p|div|span|a)>", re.I
)
_ENTITIES = re.compile(r"<!ENTITY\b|<!DOCTYPE[^>\[]*\[", re.I)


Found = tuple[list[Draft], list[Problem]]


def clean_table(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each row of a CSV or TSV file."""
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(decoded.text), delimiter=_delimiter(decoded.text, capture.source))
    problems: list[Problem] = []
    numbered = _table_rows(reader, capture.source, problems)
    _, header = next(numbered, (0, []))
    names = [_key(name) for name in header]
    rows: list[tuple[int, Row]] = []
    for line, cells in numbered:
        if len(cells) != len(names):
            problems.append(_bad_row(capture.source, line, f"the row has {len(cells)} cells, the header {len(names)}"))
        else:
            rows.append((line, dict(zip(names, cells, strict=True))))
    return _drafts(rows, names, capture, sources, problems)


def clean_json_lines(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each object of a JSON Lines file."""
    problems: list[Problem] = []
    rows: list[tuple[int, Row]] = []
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip() or number > _MAX_ROWS:
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(_bad_row(capture.source, number, f"not JSON: {error}"))
            continue
        if isinstance(value, dict):
            rows.append((number, {_key(str(key)): _as_text(one) for key, one in value.items()}))
        else:
            problems.append(_bad_row(capture.source, number, "not an object"))
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    return _drafts(rows, names, capture, sources, problems)


def clean_feed(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each item of an RSS or Atom feed; a feed that declares entities of its own is refused."""
    if _ENTITIES.search(decoded.text):
        hint = "take the <!DOCTYPE ...> out of the file, if you trust where it is from"
        return [], [
            Problem(
                "entities-refused",
                capture.source,
                "the file declares entities of its own, which can grow without bound",
                hint,
            )
        ]
    import feedparser

    parsed = feedparser.parse(io.BytesIO(capture.data), resolve_relative_uris=False, sanitize_html=False)
    channel = parsed.feed.get("title") or ""
    publisher = _without_section(_flat(channel), sources)
    language = _flat(parsed.feed.get("language") or "") or None
    if not parsed.entries:
        hint = "give an RSS or Atom file; other XML is not read yet"
        return [], [Problem("no-story", capture.source, "the file has no items of a feed", hint)]
    drafts = [_entry_draft(entry, publisher, language, sources) for entry in parsed.entries[:_MAX_ROWS]]
    return _named(drafts, [_entry_id(entry) for entry in parsed.entries[:_MAX_ROWS]], capture, [])


def _entry_draft(entry: Mapping[str, Any], publisher: str | None, language: str | None, sources: Sources) -> Draft:
    content = entry.get("content") or []
    longest = max((_flat(one.get("value"), keep=True) for one in content if isinstance(one, dict)), key=len, default="")
    body = longest or _flat(entry.get("summary"), keep=True)
    author = _flat(entry.get("author")) or None
    credit = (author,) if author and sources.outlets.agency(author) else ()
    title = _flat(entry.get("title")) or None
    draft = _body(body, title, sources)
    source = entry.get("source")
    named = _flat(source.get("title")) if isinstance(source, dict) else ""
    return Draft(
        blocks=draft.blocks,
        title=title,
        byline=author,
        publisher=named or publisher,
        published=machine_date(_flat(entry.get("published"))) or machine_date(_flat(entry.get("updated"))),
        url=_flat(entry.get("link")) or None,
        language=language,
        aside=(*credit, *draft.aside),
    )


def _entry_id(entry: Mapping[str, Any]) -> str:
    return _flat(entry.get("id")) or _flat(entry.get("link"))


def _flat(value: object, *, keep: bool = False) -> str:
    """A field of the feed as one line; `keep` leaves its lines as they are. Fields that are no text are empty."""
    if not isinstance(value, str):
        return ""
    return value if keep else " ".join(tidy(value).split())


def _without_section(channel: str, sources: Sources) -> str | None:
    """'Coast Wire - Ukraine' is 'Coast Wire': a feed's title without the section at its end."""
    parts = [part for part in re.split(r"\s+[-–—|:»>]\s+|\s*[|»]\s*", channel) if part]
    if len(parts) < 2 or sources.outlets.named(channel):
        return channel or None
    sections = sources.furniture.sections
    named = next((part for part in parts if sources.outlets.named(part)), None)
    return named or next((part for part in parts if part.lower() not in sections), parts[0])


# ---------------------------------------------------------------- rows
def _table_rows(reader: Iterator[list[str]], source: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows that have a cell, each with its line; a row that cannot be read is a problem, and reading goes on."""
    for _ in range(_MAX_ROWS):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(_bad_row(source, getattr(reader, "line_num", 0), str(error)))
            continue
        if any(cell.strip() for cell in cells):
            yield getattr(reader, "line_num", 0), cells


def _delimiter(text: str, source: str) -> str:
    header = text.split("\n", 1)[0]
    if source.lower().endswith(".tsv"):
        return "\t"
    return max(",;\t|", key=header.count)


def _key(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return ", ".join(_as_text(one) for one in value[:50])
    if isinstance(value, dict):
        return _as_text(value.get("name") or value.get("title") or "")
    return "" if value is None else str(value)


def _drafts(
    rows: list[tuple[int, Row]], names: Sequence[str], capture: Capture, sources: Sources, problems: list[Problem]
) -> Found:
    column = {field: next((name for name in known if name in names), None) for field, known in COLUMNS.items()}
    if rows and column["text"] is None:
        message = f"no column holds the text; the columns are {', '.join(names[:12])}"
        problems.append(
            Problem("no-text-column", capture.source, message, f"name one of them {', '.join(COLUMNS['text'][:4])}")
        )
        return [], problems
    drafts = [_row_draft(row, column, sources) for _, row in rows]
    return _named(drafts, _ids([row for _, row in rows], names), capture, problems)


def _ids(rows: list[Row], names: Sequence[str]) -> list[str]:
    """The cells of the first column called an id whose values are all there and unique, else row numbers."""
    for name in (name for name in COLUMNS["id"] if name in names):
        values = [" ".join(tidy(row.get(name, "")).split()) for row in rows]
        if all(values) and len(set(values)) == len(values):
            return values
    return [str(n) for n in range(1, len(rows) + 1)]


def _row_draft(row: Row, column: Mapping[str, str | None], sources: Sources) -> Draft:
    def cell(field: str) -> str | None:
        name = column[field]
        return row.get(name, "").strip() or None if name else None

    day, title, agency = cell("published"), cell("title"), cell("agency")
    body = _body(cell("text") or "", title, sources)
    return Draft(
        blocks=body.blocks,
        title=title,
        byline=cell("byline"),
        publisher=cell("publisher"),
        published=(machine_date(day) or find_date(day)) if day else None,
        url=cell("url"),
        language=cell("language"),
        aside=(*([agency] if agency else []), *body.aside),
    )


def _body(text: str, title: str | None, sources: Sources) -> Draft:
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


def _named(drafts: Sequence[Draft], ids: Sequence[str], capture: Capture, problems: list[Problem]) -> Found:
    """The drafts that have a story, with their ids; a problem for each that has none, or whose id came before."""
    kept: list[Draft] = []
    seen: set[str] = set()
    for number, (draft, given) in enumerate(zip(drafts, ids, strict=True), 1):
        item = given if given and given not in seen else str(number)
        seen.add(item)
        if is_story(draft):
            kept.append(with_item(draft, item))
        else:
            hint = "nothing to do if the item has a headline alone"
            problems.append(Problem("no-story", f"{capture.source}#{item}", "the item has no text", hint))
    return kept, problems


def _bad_row(source: str, line: int, message: str) -> Problem:
    return Problem("bad-row", f"{source}:{line}", message, "mend the row; the others were read")
