"""A record in which every word that came from outside is an attack on whoever looks at it.

It is a record of the examples whose database was rewritten: each free word of reports, claims, events and changes is
one of `PAYLOADS` in turn. The folder's own name, the reasons and names of decisions and the names of unreadable files
are attacks as well, and came in as such things do.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from enum import EnumMeta
from itertools import cycle
from pathlib import Path
from typing import Any

import dateline.types as types
from dateline.record import open_record
from dateline.types import Decision

RUN = "window.__ran=1"
OUT = "http://outside.example"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f"javascript:{RUN}//",
    f"</textarea></title></style></script><script>{RUN}</script>",
    "{{7*7}}{% raw %}${7*7}<%=7*7%>",
    f"\u202e<b onmouseover={RUN}>\u2066\u200f",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<a href="javascript:{RUN}">more</a>',
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<style>*{{background:url({OUT}/a)}}</style>",
    f"<base href={OUT}/><meta http-equiv=refresh content='0;url={OUT}/'>",
    f"<form action={OUT}/><button>Go",
    f"<template shadowrootmode=open><img src=x onerror={RUN}></template>",
    f"' autofocus onfocus={RUN} x='",
    f'" autofocus onfocus={RUN} x="',
    f"<!--><script>{RUN}</script>-->",
    f"]]><script>{RUN}</script>",
    f"<math><mi xlink:href='javascript:{RUN}'>",
    "\x00\x1b[2J\x7f<b>",
)
WORDS = frozenset(
    "name quote title publisher agency byline source url description role told who within admin1 summary said_by speaker "
    "language day reason by message hint where said why old new was now".split()
)
"""Keys of free words."""


SET = frozenset(str(one) for kind in vars(types).values() if isinstance(kind, EnumMeta) for one in kind)
"""Words of ours, of which a field takes no other."""


def hostile_record(made: Path, place: Path) -> Path:
    """A copy of the record in `made`, hostile through and through."""
    folder = place / f'"><img src=x onerror={RUN}>.dateline'.replace("/", "")
    shutil.copytree(made, folder)
    _decide(folder)
    _leave_unreadable(folder, place)
    with sqlite3.connect(folder / "record.db") as database:
        _rewrite(database)
    database.close()
    return folder


def _decide(folder: Path) -> None:
    record = open_record(folder)
    with record.ask() as database:
        events = [event.id for event in database.events()]
    for event, payload in zip(events, PAYLOADS, strict=False):
        shown = "".join(character for character in payload if character.isprintable())
        action = "reject" if events.index(event) % 2 else "accept"
        record.decide(Decision(action, event, shown, "2026-01-05T10:00:00Z", shown))


def _leave_unreadable(folder: Path, place: Path) -> None:
    for number, payload in enumerate(PAYLOADS):
        name = "".join(character for character in payload if character.isprintable() and character != "/")
        (place / f"{number}{name}.html").write_bytes(b"<html></html>")
        open_record(folder).add([str(place / f"{number}{name}.html")])


def _rewrite(database: sqlite3.Connection) -> None:
    attacks = cycle(PAYLOADS)
    for table in ("reports", "claims", "events", "changes"):
        for row, held in database.execute(
            f"SELECT rowid, json FROM {table}" if table != "changes" else CHANGES
        ).fetchall():
            spoiled = json.dumps(_spoiled(json.loads(held), attacks)).encode()
            where = "rowid = ?" if table != "changes" else "run || ' ' || place = ?"
            database.execute(f"UPDATE {table} SET json = ? WHERE {where}", (spoiled, row))
    columns = ("reports.publisher", "events.place", "events.within", "sides.name", "voices.speaker")
    for table, column in (one.split(".") for one in columns):
        for (row,) in database.execute(f"SELECT rowid FROM {table} WHERE {column} NOT NULL").fetchall():
            database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (next(attacks), row))


CHANGES = "SELECT run || ' ' || place, json FROM changes"


def _spoiled(value: Any, attacks: Iterator[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _spoiled(one, attacks, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_spoiled(one, attacks, key) for one in value]
    if isinstance(value, str) and key == "text":
        return "".join(f"{next(attacks)} " for _ in range(len(value) // 10 + 1))[: len(value)].ljust(len(value))
    free = isinstance(value, str) and key in WORDS and value not in SET
    return next(attacks) if free else value
