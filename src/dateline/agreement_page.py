"""The page of agreement: a table of fields for all reviewers, then one for each pair of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from dateline.phrasing import plain
from dateline.reviewing.agreement import Agreement
from dateline.showing import columns

NOTE = (
    "alpha: Krippendorff's (of days and killed by the interval, of parties and tolls as sets); kappa: Cohen's; percent: "
    "pairs of values that are alike. '-': there is no such figure."
)


def agreement_page(found: Iterable[Agreement]) -> RenderableType:
    """The agreements in the order given."""
    parts: list[RenderableType] = []
    for reviewers, rows in groupby(found, lambda one: one.reviewers):
        parts += [Text(plain(" and ".join(reviewers)), style="bold"), _table(rows), Text("")]
    return Group(*parts, Text(NOTE, style="dim"))


def _table(rows: Iterable[Agreement]) -> RenderableType:
    table = columns("field", "n", "values", "percent", "kappa", "alpha", "")
    for row in rows:
        figures = (_figure(row.percent, 0), _figure(row.kappa, 3), _figure(row.alpha, 3))
        table.add_row(row.field, str(row.units), str(row.values), *figures, row.why or "")
    return table


def _figure(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
