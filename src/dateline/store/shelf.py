"""The writer's side of record.db: captures, reports, claims and events put in and taken out, a few at a time.

All of a making is one transaction (`Database.shelf`), so that a reader sees the record before it or after it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from dateline.knowledge.addresses import page_of
from dateline.store.archive import Kept
from dateline.store.gathered import TABLES as GATHERED
from dateline.store.gathered import GatheredClaims
from dateline.store.passages import TABLES as PASSAGES
from dateline.store.passages import Passages
from dateline.store.rows import (
    CLAIM,
    REPORT,
    Made,
    Noted,
    capture_row,
    claim_of,
    event_row,
    problem_row,
    report_of,
    side_rows,
    voice_rows,
)
from dateline.store.tables import Tables, listed
from dateline.store.ties import Ties
from dateline.store.wires import TABLES as WIRES
from dateline.store.wires import WireIndex
from dateline.text import event_id
from dateline.types import Claim, Event, Report

DERIVED = (
    *("meta", "folders", "captures", "reports", "claims", "events", "sides", "voices", "problems", "ties"),
    *PASSAGES,
    *WIRES,
    *GATHERED,
)
"""The tables that are made of the archive, the knowledge and the decisions."""
Labels = tuple[str | None, str | None, str | None]
"""The wire of a report, what it copies, and what it is a version of."""


_DAY = "coalesce(day, substr(start, 1, 10), '')"
"""Of a report, as schema.sql has it in its indexes."""


class Shelf(Tables):
    """The tables of a record within one making."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.wires, self.ties = WireIndex(connection), Ties(connection)
        self.gathered = GatheredClaims(connection)
        self._passages = Passages(connection)

    def forget(self) -> None:
        """Empties all that is made of the archive, the knowledge and the decisions."""
        for table in DERIVED:
            self._connection.execute(f"DELETE FROM {table}")

    # ------------------------------------------------------------ of what it is made
    def fact(self, key: str) -> str | None:
        """What is kept under a key."""
        return next((value for (value,) in self._ask("SELECT value FROM meta WHERE key = ?", key)), None)

    def set_fact(self, key: str, value: str) -> None:
        """Keeps a value under a key."""
        self._put("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(key, value)])

    def folders(self) -> dict[str, int]:
        """The folders of the archive, each with the time of change up to which it was looked through."""
        return dict(self._ask("SELECT name, changed FROM folders"))

    def set_folders(self, folders: Mapping[str, int]) -> None:
        """Keeps how the folders of the archive are."""
        self._put("INSERT OR REPLACE INTO folders VALUES (?, ?)", folders.items())

    def captures_in(self, folder: str) -> dict[str, str]:
        """The captures of a folder of the archive, each with the digest of its acts."""
        return dict(self._ask("SELECT sha256, acts FROM captures WHERE sha256 GLOB ?", f"{folder}*"))

    def failed(self) -> list[str]:
        """The captures at which a step raised."""
        return [sha256 for (sha256,) in self._ask("SELECT sha256 FROM captures WHERE failed ORDER BY sha256")]

    def put_capture(self, kept: Kept, *, failed: bool) -> None:
        """Keeps a capture."""
        self._put("INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?, ?, ?, ?)", [capture_row(kept, failed=failed)])

    def drop_capture(self, sha256: str) -> None:
        """Forgets a capture and its problems."""
        self._put("DELETE FROM captures WHERE sha256 = ?", [(sha256,)])
        self.drop_problems_of(sha256)

    # ------------------------------------------------------------ reports
    def cleaned(self, sha256: str) -> dict[str, bytes]:
        """The reports of a capture as they were cleaned, as JSON by id."""
        return dict(self._ask("SELECT id, json FROM reports WHERE sha256 = ?", sha256))

    def put_report(self, report: Report, raw: bytes, *, withdraws: bool) -> None:
        """Keeps a report as it was cleaned, in the place of what was there; it has no wire yet."""
        columns = "id, sha256, page, url, publisher, agency, language, start, withdraws, json"
        where = report.id, report.sha256, page_of(report.url), report.url
        told = report.publisher, report.agency, report.language, report.published.start
        row = (*where, *told, withdraws, raw)
        self._put(f"INSERT OR REPLACE INTO reports ({columns}) VALUES ({', '.join('?' * len(row))})", [row])
        self._passages.replace(report)

    def drop_report(self, report: str) -> None:
        """Forgets a report and its claims."""
        self._put("DELETE FROM reports WHERE id = ?", [(report,)])
        self._passages.drop(report)
        self.drop_claims(report)

    def report(self, report: str) -> Report:
        """The report of an id; KeyError where there is none."""
        found = self.reports([report])
        if not found:
            raise KeyError(report)
        return found[0]

    def reports(self, ids: Iterable[str]) -> list[Report]:
        """The reports of these ids that are there, by id."""
        return self._reports("id IN (SELECT value FROM json_each(?))", listed(ids))

    def report_ids(self) -> list[str]:
        """The ids of all reports."""
        return [report for (report,) in self._ask("SELECT id FROM reports ORDER BY id")]

    def cleaned_report(self, report: str) -> Report:
        """The report of an id as it was cleaned; KeyError where there is none."""
        for (raw,) in self._ask("SELECT json FROM reports WHERE id = ?", report):
            return report_of((raw, None, None, None, None))
        raise KeyError(report)

    def undated_form(self, ids: Iterable[str]) -> list[Report]:
        """The reports of these ids that are there, by id, without the days that others settle."""
        columns, sql = REPORT.replace("day", "NULL"), "id IN (SELECT value FROM json_each(?))"
        rows = self._ask(f"SELECT {columns} FROM reports WHERE {sql} ORDER BY id", listed(ids))
        return [report_of(row) for row in rows]

    def day(self, report: str) -> str | None:
        """The day of a report as others settle it."""
        return next((day for (day,) in self._ask("SELECT day FROM reports WHERE id = ?", report)), None)

    def related(self, ids: Iterable[str]) -> set[str]:
        """The reports that share a page, a story or a wire with one of these, as far as is known; themselves too."""
        given, found = listed(ids), set(ids)
        for column in ("page", "original", "wire"):
            sql = (
                f"SELECT DISTINCT other.id FROM reports AS one JOIN reports AS other USING ({column})"
                f" WHERE one.id IN (SELECT value FROM json_each(?))"
            )
            found |= {other for (other,) in self._ask(sql, given)}
        return found

    def originals(self, ids: Iterable[str]) -> dict[str, str | None]:
        """Report -> the original of its story."""
        sql = "SELECT id, original FROM reports WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._ask(sql, listed(ids)))

    def set_originals(self, originals: Mapping[str, str]) -> None:
        """Keeps the originals of reports."""
        sql = "UPDATE reports SET original = ? WHERE id = ?"
        self._put(sql, ((original, report) for report, original in originals.items()))

    def set_labels(self, labels: Mapping[str, Labels]) -> None:
        """Keeps the wires of reports, what they copy and what they are versions of."""
        sql = "UPDATE reports SET wire = ?, copy_of = ?, version_of = ? WHERE id = ?"
        self._put(sql, ((*of, report) for report, of in labels.items()))

    def set_day(self, report: str, day: str | None) -> None:
        """Keeps the day of a report as others settle it."""
        self._put("UPDATE reports SET day = ? WHERE id = ?", [(day, report)])

    def undated(self, ids: Iterable[str]) -> set[str]:
        """Those of these reports that say no day themselves."""
        sql = "SELECT id FROM reports WHERE id IN (SELECT value FROM json_each(?)) AND start IS NULL"
        return {report for (report,) in self._ask(sql, listed(ids))}

    def beside(self, report: Report) -> set[str]:
        """What may contradict a day of `report`: what has its address, what it copies and what copies it."""
        sql = "SELECT id FROM reports WHERE url = ?1 OR id = ?2 OR copy_of = ?3"
        return {other for (other,) in self._ask(sql, report.url, report.copy_of, report.id)}

    def undated_beside(self, ids: Iterable[str]) -> set[str]:
        """The undated reports that one of these may contradict."""
        sql = (
            "SELECT other.id FROM reports AS one JOIN reports AS other ON {on}"
            " WHERE one.id IN (SELECT value FROM json_each(?)) AND other.start IS NULL"
        )
        tests = "other.url = one.url", "other.copy_of = one.id", "other.id = one.copy_of"
        return {found for on in tests for (found,) in self._ask(sql.format(on=on), listed(ids))}

    def later(self, report: str) -> list[Report]:
        """The later versions of a report, the newest last."""
        found: list[Report] = []
        following = self._reports("version_of = ?", report)
        while following and following[0].id not in {report, *(one.id for one in found)}:
            found.append(following[0])
            following = self._reports("version_of = ?", following[0].id)
        return found

    def withdrawing(self, publisher: str, first: str, last: str) -> list[Report]:
        """The reports of a publisher from one day to another that take something back."""
        return self._reports(f"withdraws AND publisher = ? AND {_DAY} BETWEEN ? AND ?", publisher, first, last)

    def published(self, publisher: str, first: str, last: str) -> set[str]:
        """The reports of a publisher from one day to another."""
        sql = f"SELECT id FROM reports WHERE publisher = ? AND {_DAY} BETWEEN ? AND ?"
        return {report for (report,) in self._ask(sql, publisher, first, last)}

    def _reports(self, where: str, *given: object) -> list[Report]:
        rows = self._ask(f"SELECT {REPORT} FROM reports WHERE {where} ORDER BY id", *given)
        return [report_of(row) for row in rows]

    # ------------------------------------------------------------ claims
    def put_claims(self, claims: Iterable[Claim]) -> None:
        """Keeps claims as they were coded."""
        rows = ((*self._about(claim), msgspec.json.encode(claim)) for claim in claims)
        columns = "id, report, beginning, type, passage, confidence, json"
        self._put(f"INSERT INTO claims ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def _about(self, claim: Claim) -> tuple[object, ...]:
        """What is asked for of a claim besides the whole."""
        beginning, passage = event_id(claim.id), self._passages.of(claim)
        return claim.id, claim.report, beginning, claim.type.value, passage, claim.confidence

    def drop_claims(self, report: str) -> None:
        """Forgets the claims of a report."""
        self._put("DELETE FROM claims WHERE report = ?", [(report,)])

    def claims(self, report: str) -> list[Claim]:
        """The claims of a report, as people corrected them, by id."""
        sql = f"SELECT {CLAIM} FROM claims WHERE report = ? ORDER BY id"
        return [claim_of((raw, None)) for raw, _ in self._ask(sql, report)]

    def coded(self, report: str) -> list[Claim]:
        """The claims of a report as they were coded, by id."""
        return [
            claim_of((raw, None))
            for (raw,) in self._ask("SELECT json FROM claims WHERE report = ? ORDER BY id", report)
        ]

    def claim_ids(self, report: str) -> set[str]:
        """The ids of the claims of a report."""
        return {claim for (claim,) in self._ask("SELECT id FROM claims WHERE report = ?", report)}

    def coded_raw(self, claim: str) -> bytes | None:
        """A claim as it was coded, as JSON."""
        return next((raw for (raw,) in self._ask("SELECT json FROM claims WHERE id = ?", claim)), None)

    def corrected(self) -> dict[str, tuple[str, bytes]]:
        """The claims that people corrected: their reports and how they are now, as JSON."""
        rows = self._ask("SELECT id, report, corrected FROM claims WHERE corrected NOT NULL ORDER BY id")
        return {claim: (report, raw) for claim, report, raw in rows}

    def set_corrected(self, claim: str, raw: bytes | None) -> None:
        """Keeps how people corrected a claim; null: not at all."""
        self._put("UPDATE claims SET corrected = ? WHERE id = ?", [(raw, claim)])

    # ------------------------------------------------------------ events
    def events_of(self, claims: Iterable[str]) -> set[str]:
        """The events of these claims."""
        sql = "SELECT DISTINCT event FROM claims WHERE id IN (SELECT value FROM json_each(?)) AND event NOT NULL"
        return {event for (event,) in self._ask(sql, listed(claims))}

    def event(self, event: str) -> Event | None:
        """The event of an id."""
        rows = self._ask("SELECT json FROM events WHERE id = ?", event)
        return next((msgspec.json.decode(raw, type=Event) for (raw,) in rows), None)

    def event_ids(self) -> list[str]:
        """The ids of all events."""
        return [event for (event,) in self._ask("SELECT id FROM events ORDER BY id")]

    def events_told_by(self, report: str) -> set[str]:
        """The events that the claims of a report are of."""
        sql = "SELECT DISTINCT event FROM claims WHERE report = ? AND event NOT NULL"
        return {event for (event,) in self._ask(sql, report)}

    def claims_of(self, event: str) -> list[str]:
        """The ids of the claims of an event."""
        return [claim for (claim,) in self._ask("SELECT id FROM claims WHERE event = ? ORDER BY id", event)]

    def put_event(self, event: Event) -> None:
        """Keeps an event."""
        row = event_row(event)
        self._put(f"INSERT INTO events VALUES (NULL, {', '.join('?' * len(row))})", [row])
        self._put("INSERT INTO sides VALUES (?, ?, ?, ?, ?)", side_rows(event))
        self._put("INSERT INTO voices VALUES (?, ?, ?, ?)", voice_rows(event))
        self._put("UPDATE claims SET event = ? WHERE id = ?", ((event.id, claim) for claim in event.claims))

    def drop_event(self, event: str) -> None:
        """Forgets an event; its claims have none."""
        for table, column in (("events", "id"), ("sides", "event"), ("voices", "event")):
            self._put(f"DELETE FROM {table} WHERE {column} = ?", [(event,)])
        self._put("UPDATE claims SET event = NULL WHERE event = ?", [(event,)])

    # ------------------------------------------------------------ problems and the log
    def put_problems(self, problems: Iterable[Noted]) -> None:
        """Keeps problems."""
        self._put("INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)", map(problem_row, problems))

    def drop_problems_of(self, sha256: str) -> None:
        """Forgets the problems of a capture."""
        self._put("DELETE FROM problems WHERE sha256 = ?", [(sha256,)])

    def drop_problems(self, of: Iterable[str]) -> None:
        """Forgets the problems of what is no capture: 'unread', or numbers of decisions."""
        self._put("DELETE FROM problems WHERE of = ? AND of <> 'capture'", ((one,) for one in of))

    def unfit_lines(self) -> set[str]:
        """Where the decisions are that have problems."""
        sql = "SELECT DISTINCT of FROM problems WHERE of <> 'capture' AND of <> 'unread'"
        return {of for (of,) in self._ask(sql)}

    def last_run(self) -> tuple[str, int] | None:
        """The version and the number of decisions of the newest run."""
        found = self._ask("SELECT version, decisions FROM runs ORDER BY number DESC LIMIT 1")
        return found[0] if found else None

    def add_run(self, made: Made, version: str) -> None:
        """Keeps what a making changed."""
        ((number,),) = self._ask("SELECT coalesce(max(number), 0) + 1 FROM runs")
        self._put("INSERT INTO runs VALUES (?, ?, ?, ?)", [(number, made.at, version, made.decisions)])
        rows = ((number, at, one.event, msgspec.json.encode(one)) for at, one in enumerate(made.changes))
        self._put("INSERT INTO changes VALUES (?, ?, ?, ?)", rows)
        counts = Counter(change.what.value for change in made.changes)
        self._put("INSERT INTO change_counts VALUES (?, ?, ?)", ((number, *counted) for counted in counts.items()))
