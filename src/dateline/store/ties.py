"""By what an undated report finds dated ones that tell of the same: the table `ties` of schema.sql."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.store.tables import Tables, listed

Tie = tuple[int, bool, str, str]
"""A key, whether the claim tells a day, the claim, its report."""


class Ties(Tables):
    """The ties of a record."""

    def replace(self, report: str, ties: Iterable[Tie]) -> set[int]:
        """Keeps the ties of a report in the place of those it had; gives the keys of witnesses that came or went."""
        sql = "SELECT key, witness, claim, report FROM ties WHERE report = ?"
        before = {(key, bool(witness), claim, of) for key, witness, claim, of in self._ask(sql, report)}
        now = set(ties)
        self._put("DELETE FROM ties WHERE key = ? AND witness = ? AND claim = ?", (tie[:3] for tie in before - now))
        self._put("INSERT INTO ties VALUES (?, ?, ?, ?)", now - before)
        return {key for key, witness, _, _ in before ^ now if witness}

    def undated(self, keys: Iterable[int]) -> set[str]:
        """The undated reports that have one of the keys."""
        sql = "SELECT DISTINCT report FROM ties WHERE key IN (SELECT value FROM json_each(?)) AND NOT witness"
        return {report for (report,) in self._ask(sql, listed(keys))}

    def witnesses(self, report: str, most: int) -> dict[str, set[str]]:
        """The reports that have witnesses under a key of an undated one, with those claims; at most so many for a key."""
        found: dict[str, set[str]] = {}
        for (key,) in self._ask("SELECT key FROM ties WHERE report = ? AND NOT witness", report):
            sql = "SELECT report, claim FROM ties WHERE key = ? AND witness LIMIT ?"
            for other, claim in self._ask(sql, key, most):
                found.setdefault(other, set()).add(claim)
        return found
