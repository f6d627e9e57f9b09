"""Claims and reports by their ids, many at a time."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.store.rows import CLAIM, REPORT, claim_of, report_of
from dateline.store.sqlite import Database
from dateline.store.tables import listed
from dateline.types import Claim, Report


def claims_by_id(database: Database, ids: Iterable[str]) -> dict[str, Claim]:
    """The claims of these ids that are there."""
    sql = f"SELECT {CLAIM} FROM claims WHERE id IN (SELECT value FROM json_each(?))"
    return {claim.id: claim for claim in map(claim_of, database.told(sql, (listed(ids),)))}


def reports_by_id(database: Database, ids: Iterable[str]) -> dict[str, Report]:
    """The reports of these ids that are there."""
    sql = f"SELECT {REPORT} FROM reports WHERE id IN (SELECT value FROM json_each(?))"
    return {report.id: report for report in map(report_of, database.told(sql, (listed(ids),)))}
