"""Work on a record that can be killed and begun again: dateline's own commands, and a naive writer that must be caught.

A job is a row of stages, each of which is done again from its start if it was stopped, as a person would give the same
command again. All words of the sources are made here.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from dateline import cli
from dateline.cli import deciding
from dateline.record import Record, open_record
from dateline.store import RecordError
from dateline.types import Event

WRONG_USE = 2
ROOT = Path(__file__).resolve().parents[1]
State = dict[str, bytes]
"""What a job has made, part by part; two that are equal are the same, byte for byte."""


class Job(Protocol):
    """Work in stages upon a folder."""

    @property
    def stages(self) -> Sequence[str]:
        """Their names, in order."""

    def do(self, stage: str, folder: Path) -> int:
        """Does a stage; 0 if it is done, and done again changes nothing."""

    def shown(self, folder: Path) -> bytes | None:
        """What one who asks is told at this moment; null where there is nothing yet."""

    def state(self, folder: Path) -> State:
        """All that was made."""


# ---------------------------------------------------------------- dateline
@dataclass(frozen=True, slots=True)
class Desk:
    """Reads four sources, decides, makes all again and publishes, by the command line.

    `events`: ids of events to decide of, at least four; `options`: more words for `read` and `rebuild` ('--workers 2').
    """

    sources: Path
    events: tuple[str, ...]
    options: tuple[str, ...] = ()

    @property
    def stages(self) -> Sequence[str]:
        """Reading, deciding, making again, publishing."""
        return ("read pages", "read more", "accept", "reject", "merge", "undo", "rebuild", "publish", "publish csv")

    def do(self, stage: str, folder: Path) -> int:
        """Gives the command of the stage; a decision that was taken down before the stop is refused, which is well."""
        vars(deciding)["now"] = lambda: "2020-02-01T10:00:00+00:00"
        record = folder / "r.dateline"
        code = cli.main([*self._command(stage, folder), "--record", str(record)])
        stands = record / "decisions.jsonl"
        decided = stage in ("accept", "reject", "merge", "undo") and code == WRONG_USE and stands.exists()
        lines = stands.read_text("utf-8").splitlines() if decided else []
        return 0 if any(json.loads(line)["reason"] == stage for line in lines) else code

    def _command(self, stage: str, folder: Path) -> list[str]:
        one, other, *pair = self.events
        why = ["--by", "desk", "--reason", stage]
        return {
            "read pages": ["read", str(self.sources / "pages"), "--published", "2020-01-05", *self.options],
            "read more": ["read", *(str(self.sources / name) for name in MORE), *self.options],
            "accept": ["decide", "accept", one, *why],
            "reject": ["decide", "reject", other, *why],
            "merge": ["decide", "merge", *pair[:2], *why],
            "undo": ["decide", "undo", "2", *why],
            "rebuild": ["rebuild", *self.options],
            "publish": ["publish", "jsonl", "--out", str(folder / "out.jsonl")],
            "publish csv": ["publish", "csv", "--out", str(folder / "out.csv")],
        }[stage]

    def shown(self, folder: Path) -> bytes | None:
        """The export in JSON Lines; a record in which nothing is yet is none."""
        try:
            return "".join(open_record(folder / "r.dateline").export("jsonl")).encode() or None
        except RecordError:
            return None

    def state(self, folder: Path) -> State:
        """Export, problems, decisions, archive, what was published, what verify and SQLite find, what is left over."""
        return record_state(open_record(folder / "r.dateline"), folder)


def record_state(record: Record, folder: Path) -> State:
    """The state of a record and of what was published beside it in `folder`."""
    with record.ask() as database:
        problems = list(database.problems())
    parts = {
        "export": "".join(record.export("jsonl")).encode(),
        "problems": b"".join(msgspec.json.encode(one) + b"\n" for one in problems),
        "verify": msgspec.json.encode(record.verify()),
        "sound": _sound(record.folder.database),
        "left over": "\n".join(sorted(str(one) for one in folder.rglob("*.tmp"))).encode(),
    }
    files = [*(one for one in (record.folder.path / "archive").rglob("*") if one.is_file()), record.folder.decisions]
    files += sorted(folder.glob("out.*"))
    return parts | {str(one.relative_to(folder)): one.read_bytes() for one in files if one.exists()}


def _sound(database: Path) -> bytes:
    with closing(sqlite3.connect(database)) as raw:
        return str(raw.execute("PRAGMA integrity_check").fetchall()).encode()


def events_of(folder: Path) -> tuple[str, ...]:
    """The ids of the events of a record, the first first."""
    with open_record(folder / "r.dateline").ask() as database:
        found: list[Event] = list(database.events())
    return tuple(event.id for event in found)


# ---------------------------------------------------------------- the naive writer
@dataclass(frozen=True, slots=True)
class Naive:
    """What a quick script does: copies in place, a row added for each file, no digest, no transaction, no lock."""

    sources: Path

    @property
    def stages(self) -> Sequence[str]:
        """One only."""
        return ("read",)

    def do(self, stage: str, folder: Path) -> int:  # noqa: ARG002  it has but one
        """Copies files that are not there yet, and adds their rows."""
        (folder / "archive").mkdir(exist_ok=True)
        rows = folder / "rows.jsonl"
        for number, path in enumerate(sorted((self.sources / "pages").iterdir())):
            with rows.open("a") as table:
                table.write(json.dumps({"number": number, "name": path.name, "size": path.stat().st_size}) + "\n")
            copy = folder / "archive" / path.name
            if not copy.exists():
                copy.write_bytes(path.read_bytes())
        return 0

    def shown(self, folder: Path) -> bytes | None:
        """Its table as it is at this moment."""
        with suppress(FileNotFoundError):
            return (folder / "rows.jsonl").read_bytes()
        return None

    def state(self, folder: Path) -> State:
        """Its table and its copies."""
        copies = {path.name: path.read_bytes() for path in (folder / "archive").iterdir()}
        return {"export": self.shown(folder) or b"", **copies}


# ---------------------------------------------------------------- sources
MORE = ("feed.xml", "rows.jsonl", "crawl.warc", "cut.warc.gz", "empty.txt")
PAGES = {
    "01-strike.txt": "SELBAN (Coast Wire) - Two rockets hit the airport of Selban on Saturday, killing three guards, "
    "the interior ministry said.",
    "02-strike.html": "<html><head><title>Rockets hit airport</title></head><body><h1>Rockets hit airport</h1><p>Two "
    "rockets hit the airport of Selban on Saturday, killing three guards, the interior ministry said.</p></body></html>",
    "03-denial.txt": "The army denied on Sunday that its soldiers had shelled the airport of Selban.",
    "04-talks.txt": "The foreign ministers of Turkey and Iraq met in Ankara on Friday to discuss border security.\n\n"
    "Police arrested eleven protesters in Basra on Friday, a police spokesman said.",
    "05-menu.html": "<html><body><ul><li><a href='/'>Home</a></li></ul></body></html>",
}
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Desk</title><link>http://quay.test/</link>
<item><title>Bomb in market</title><guid>q1</guid><link>http://quay.test/1</link><pubDate>Sat, 04 Jan 2020 09:00:00 GMT
</pubDate><description>A car bomb killed nine people in a market in Mosul on Friday, the mayor said.</description></item>
<item><title>Strike</title><guid>q2</guid><link>http://quay.test/2</link><description>Dock workers in Beirut went on strike
on Thursday, their union said.</description></item></channel></rss>
"""
ROWS = (
    {"id": "a", "title": "Clash", "date": "2020-01-04", "text": "Gunmen killed two soldiers near Kirkuk on Friday."},
    {"id": "b", "title": "Aid", "date": "2020-01-05", "text": "Germany sent food and medicine to Lebanon on Saturday."},
    {"id": "c", "title": "None", "date": "2020-01-05", "text": ""},
)  # fmt: skip


def make_sources(folder: Path) -> Path:
    """Pages, a feed, a table of articles, a web archive and some that cannot be read, below `folder`."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, "utf-8")
    (folder / "feed.xml").write_text(FEED, "utf-8")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    pages = [
        _page(number, text) for number, text in enumerate(("struck a convoy near Aleppo", "fired at a ship off Aden"))
    ]
    (folder / "crawl.warc").write_bytes(b"".join(pages))
    (folder / "cut.warc.gz").write_bytes(b"\x1f\x8b\x08" + os.fsencode("no packed bytes"))
    (folder / "empty.txt").write_bytes(b"")
    return folder


def _page(number: int, deed: str) -> bytes:
    """A record of a web archive."""
    story = f"Rebels {deed} on Sunday, killing {number + 4} people, officials said."
    body = f"<html><body><h1>Attack</h1><p>{story}</p></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://quay.test/p{number}\r\n"
        f"WARC-Record-ID: <urn:q:{number}>\r\nWARC-Date: 2020-01-06T07:08:09Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"
