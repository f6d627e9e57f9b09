"""What is kept of the reports' stories, so that a new report finds what it copies without the others being read again.

The tables `wire_*` of schema.sql. What the numbers in them stand for is the business of whoever asks: a *text* is a
story whatever report prints it, a *band* one of its signature's, a *passage* one as a publisher prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline.store.tables import Tables, listed

TABLES = ("wire_reports", "wire_texts", "wire_bands", "wire_passages", "wire_links")


class WireIndex(Tables):
    """The index of the stories of a record."""

    def forget(self) -> None:
        """Empties the index."""
        for table in TABLES:
            self._connection.execute(f"DELETE FROM {table}")

    def knows(self, report: str) -> bool:
        """Whether the report was placed."""
        return bool(self._ask("SELECT 1 FROM wire_reports WHERE report = ?", report))

    def add_report(self, report: str, text: int, standing: str) -> None:
        """Keeps that a report prints a text, and how it stands among others."""
        self._put("INSERT INTO wire_reports VALUES (?, ?, ?)", [(report, text, standing)])

    def head(self, text: int) -> tuple[str, str] | None:
        """The standing and the id of the first of the reports that print a text; null: none does."""
        sql = "SELECT standing, report FROM wire_reports WHERE text = ? ORDER BY standing LIMIT 1"
        return next(((str(standing), str(report)) for standing, report in self._ask(sql, text)), None)

    def add_text(self, text: int, size: int, bands: Iterable[int]) -> None:
        """Keeps a text of `size` shingles and its bands."""
        self._put("INSERT INTO wire_texts VALUES (?, ?, ?)", [(text, size, text)])
        self._put("INSERT INTO wire_bands VALUES (?, ?)", [(band, text) for band in bands])

    def sizes(self, texts: Iterable[int]) -> dict[int, int]:
        """How many shingles texts have."""
        sql = "SELECT text, size FROM wire_texts WHERE text IN (SELECT value FROM json_each(?))"
        return dict(self._ask(sql, listed(texts)))

    def holding(self, band: int, most: int) -> list[int]:
        """Texts that have a band, at most so many."""
        return [text for (text,) in self._ask("SELECT text FROM wire_bands WHERE band = ? LIMIT ?", band, most)]

    def add_passage(self, passage: int, opening: int, text: int) -> None:
        """Keeps that a passage stands in a text below an opening."""
        self._put("INSERT OR IGNORE INTO wire_passages VALUES (?, ?, ?)", [(passage, opening, text)])

    def openings(self, passage: int, most: int) -> int:
        """Below how many different openings a passage stands, at most so many."""
        sql = "SELECT count(*) FROM (SELECT DISTINCT opening FROM wire_passages WHERE passage = ? LIMIT ?)"
        return int(self._ask(sql, passage, most)[0][0])

    def printing(self, passage: int) -> list[int]:
        """The texts that a passage stands in."""
        return [text for (text,) in self._ask("SELECT text FROM wire_passages WHERE passage = ?", passage)]

    def links(self, text: int) -> list[tuple[int, int, float]]:
        """The links of a text to its originals and from its copies."""
        sql = "SELECT copy, original, share FROM wire_links WHERE "
        return self._ask(f"{sql} copy = ?1 UNION ALL {sql} original = ?1", text)

    def add_links(self, links: Iterable[tuple[int, int, float]]) -> None:
        """Keeps links, each in the place of one between the same two."""
        self._put("INSERT OR REPLACE INTO wire_links VALUES (?, ?, ?)", links)

    def drop_links(self, text: int) -> None:
        """Forgets the links of a text."""
        self._put("DELETE FROM wire_links WHERE copy = ?1 OR original = ?1", [(text,)])

    def set_originals(self, originals: Mapping[int, int]) -> None:
        """Keeps for texts which text is the original of each."""
        sql = "UPDATE wire_texts SET original = ?2 WHERE text = ?1 AND original <> ?2"
        self._put(sql, originals.items())

    def original(self, report: str) -> str:
        """The id of the original of a report, its own if it has none."""
        sql = "SELECT original FROM wire_texts JOIN wire_reports USING (text) WHERE report = ?"
        head = self.head(self._ask(sql, report)[0][0])
        return head[1] if head else report

    def prints(self, text: int) -> list[str]:
        """The reports that print a text."""
        return [str(report) for (report,) in self._ask("SELECT report FROM wire_reports WHERE text = ?", text)]
