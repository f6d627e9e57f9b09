"""How far reviewers agree: `agreement`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.cli.options import DEFAULT_RECORD, JsonOption, RecordOption
from dateline.cli.told import show_page
from dateline.telling import lines, out_json

if TYPE_CHECKING:
    pass


def agreement(record: RecordOption = DEFAULT_RECORD, as_json: JsonOption = False) -> None:
    """How far reviewers who coded the same events agree on each field: percent, Cohen's kappa, Krippendorff's alpha."""
    from dateline.record import open_record
    from dateline.reviewing.agreement import agreements
    from dateline.reviewing.codings import codings
    from dateline.store.decisions import read_decisions

    opened = open_record(record)
    said = read_decisions(opened.folder.decisions)
    with opened.ask() as database:
        found = agreements(codings(said, database.id_today))
    if as_json:
        return out_json(lines(found))
    from dateline.agreement_page import agreement_page

    return show_page(agreement_page(found), found, "no two reviewers coded events: `dateline decide code` does")
