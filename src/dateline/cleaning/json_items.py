"""Articles as JSON: one object a line (.jsonl), a JSON Feed, a list of objects, or an object that holds such a list."""

from __future__ import annotations

import json
from typing import Any

from dateline.cleaning.columns import Row, key_of
from dateline.cleaning.decode import Decoded
from dateline.cleaning.draft import Sources
from dateline.cleaning.items import MAX_ITEMS, Found, Table, as_text, bad_row, drafts_of, too_many
from dateline.types import Capture, Problem

JSON_FEED = "jsonfeed.org/version"
"""What every JSON Feed says of itself, at its top."""


def clean_json_lines(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each object of a JSON Lines file."""
    problems: list[Problem] = []
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(decoded.text.split("\n"), 1):
        value = _value(line) if line.strip() else None
        if len(rows) >= MAX_ITEMS:
            problems.append(too_many(capture.source))
            break
        if isinstance(value, dict):
            rows.append(value)
        elif line.strip():
            wrong = value if isinstance(value, _NoJson) else "not an object"
            problems.append(bad_row(capture.source, number, str(wrong)))
    return drafts_of(_table(rows), capture, sources, problems)


def clean_json(capture: Capture, decoded: Decoded, sources: Sources) -> Found:
    """A draft for each item of a JSON Feed, or for each object of a JSON file of articles."""
    value = _value(decoded.text)
    if isinstance(value, _NoJson):
        return [], [Problem("not-json", capture.source, str(value), "mend the file, or give the articles as .jsonl")]
    is_feed = isinstance(value, dict) and JSON_FEED in str(value.get("version", ""))
    rows = _objects(value["items"] if is_feed and "items" in value else value, sources)
    if not rows:
        message = "no articles are in it: neither a JSON Feed nor a list of objects"
        return [], [Problem("no-story", capture.source, message, "give a list of objects with a 'text'")]
    problems = [too_many(capture.source)] if len(rows) > MAX_ITEMS else []
    publisher = as_text(value.get("title")) or None if is_feed else None
    table = _table(rows[:MAX_ITEMS], publisher=publisher, is_known=is_feed)
    return drafts_of(table, capture, sources, problems)


class _NoJson(str):
    """Why a text is no JSON."""

    __slots__ = ()


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return _NoJson(f"not JSON: {error}")


def _objects(value: Any, sources: Sources) -> list[dict[str, Any]]:
    """The objects of a list, of the longest list of articles in an object (answers of news APIs), or the object itself."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    if not isinstance(value, dict):
        return []
    lists = [_objects(one, sources) for one in value.values() if isinstance(one, list)]
    return max((one for one in lists if _has_text(one, sources)), key=len, default=[value])


def _has_text(objects: list[dict[str, Any]], sources: Sources) -> bool:
    texts = sources.columns.by_field["text"]
    return any(key_of(name) in texts for one in objects for name in one)


def _table(objects: list[dict[str, Any]], *, publisher: str | None = None, is_known: bool = False) -> Table:
    rows: list[Row] = [{key_of(name): as_text(one) for name, one in value.items()} for value in objects]
    header = list(dict.fromkeys(name for value in objects for name in value))
    return Table(header, rows, publisher, is_known)
