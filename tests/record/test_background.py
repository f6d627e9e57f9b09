"""History makes no event unless it is asked for, and the record remembers that it was."""

from __future__ import annotations

from pathlib import Path

from dateline import Query, open_record

REPORT = (
    "KAR, May 3, 2021 (Wire) - Rebels shelled the town of Idlib on Monday, killing two people, a doctor said.\n\n"
    "In 2016 rebels bombed a market in Aleppo.\n"
)


def _types_and_years(folder: Path, page: Path, *, background: bool | None) -> list[str | None]:
    record = open_record(folder, create=True, background=background)
    record.add([str(page)])
    with record.ask() as database:
        return [event.date[0][:4] if event.date else None for event in database.events(Query())]


def test_history_makes_events_only_where_it_is_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(REPORT, "utf-8")
    folder = tmp_path / "one.dateline"
    assert "2016" not in _types_and_years(folder, page, background=None)
    assert "2016" in _types_and_years(folder, page, background=True)
    assert "2016" in _types_and_years(folder, page, background=None), "the record remembers it"
    assert "2016" not in _types_and_years(folder, page, background=False)


def test_a_claim_of_history_stays_marked(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(REPORT, "utf-8")
    record = open_record(tmp_path / "two.dateline", create=True, background=True)
    record.add([str(page)])
    with record.ask() as database:
        old = [claim for claim in database.claims() if claim.background]
    assert old
    assert all(claim.event for claim in old)
