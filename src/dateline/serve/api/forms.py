"""The forms of an answer: JSON, JSON Lines, CSV, GeoJSON, row by row, so that a long answer is never whole in memory.

A row is what `dateline publish` writes of the same value; what is not published (an actor, a wire, a change) is written
the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dateline.publishing.encoding import plain, to_json
from dateline.publishing.geojson import feature_of
from dateline.publishing.table import Cell, line
from dateline.types import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """How a noun is written: its `kind` in JSON Lines, its columns in CSV, its place in GeoJSON (null: no such form)."""

    kind: str
    columns: Mapping[str, Callable[[T], Cell]]
    id: Callable[[T], str]
    place: Callable[[T], Place | None] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name (the suffix), its media type, what opens it, what each row is, what is between, what closes it."""

    name: str
    media_type: str
    opening: Callable[[Rows[Any]], str]
    row: Callable[[Rows[Any], Any], str]
    between: str = ""
    closing: str = ""


def _json(_rows: Rows[Any], value: object) -> str:
    return to_json(value).decode("utf-8")


def _jsonl(rows: Rows[Any], value: object) -> str:
    return to_json({"kind": rows.kind, **plain(value)}).decode("utf-8") + "\n"


def _csv(rows: Rows[Any], value: object) -> str:
    return line(column(value) for column in rows.columns.values())


def _feature(rows: Rows[Any], value: object) -> str:
    place = rows.place(value) if rows.place else None
    columns = {name: column(value) for name, column in rows.columns.items()}
    return "\n" + feature_of(rows.id(value), place, columns).decode("utf-8")


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("json", "application/json", lambda _: "", _json, ","),
        Form("jsonl", "application/jsonl", lambda _: "", _jsonl),
        Form("csv", "text/csv", lambda rows: line(rows.columns), _csv),
        Form(
            "geojson",
            "application/geo+json",
            lambda _: '{"type":"FeatureCollection","features":[',
            _feature,
            between=",",
            closing="\n]}\n",
        ),
    )
}
"""Suffix -> form. JSON Lines has no registered media type; application/jsonl is what most tools write."""
