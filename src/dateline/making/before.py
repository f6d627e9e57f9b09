"""What was there before a making changed it, as far as the log of changes tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.changing import since
from dateline.comparing import Causes, State, compare
from dateline.deciding.standing import bearing
from dateline.store.rows import Made
from dateline.store.shelf import Shelf
from dateline.text import digest
from dateline.types import Claim, Decision, Event, Report


class Before:
    """The reports, claims and events that one making changes, as they were. `lost_events`: of claims that went."""

    def __init__(self, shelf: Shelf, *, newer: bool) -> None:
        self._shelf, self._newer = shelf, newer
        self._reports: dict[str, Report | None] = {}
        self._claims: dict[str, list[Claim]] = {}
        self._events: dict[str, Event] = {}
        self.lost_events: set[str] = set()
        self.events_now: list[Event] = []

    def remember(self, reports: Iterable[str]) -> None:
        """Keeps reports with their claims as they are, before they are changed for the first time."""
        for key in sorted(set(reports) - self._reports.keys()):
            found = self._shelf.reports([key])
            self._reports[key] = _light(found[0]) if found else None
            self._claims[key] = self._shelf.claims(key) if self._newer else []
            self.lost_events |= self._shelf.events_told_by(key)

    def remember_event(self, event: str) -> None:
        """Keeps an event as it is."""
        found = self._shelf.event(event)
        if found is not None:
            self._events.setdefault(event, found)

    def remember_all(self) -> None:
        """Keeps the whole record as it is: all is made again."""
        for key in self._shelf.report_ids():
            self.remember([key])
        for event in self._shelf.event_ids():
            self.remember_event(event)
        self.lost_events.clear()

    def made(self, lines: Sequence[Decision], *, at: str | None) -> Made:
        """What the making changed; `lines` are all decisions, undone ones too."""
        last = self._shelf.last_run()
        told = last[1] if last else 0
        bear = {line.line for line in bearing(lines)}
        causes = Causes([line for line in since(lines, told) if line.line in bear], newer=self._newer)
        ids = sorted({key for event in (*self._events.values(), *self.events_now) for key in event.reports})
        now = {one.id: _light(one) for key in ids for one in self._shelf.reports([key])}
        was = {key: self._was(key, now.get(key)) for key in ids}
        old = State([one for one in was.values() if one], self._claims_of(ids), [*self._events.values()])
        new = State([*now.values()], self._claims_now(ids), self.events_now)
        return Made(at, len(lines), compare(old, new, causes))

    def _was(self, key: str, now: Report | None) -> Report | None:
        return self._reports.get(key, now)

    def _claims_of(self, ids: Iterable[str]) -> list[Claim]:
        """The claims of reports as they were; only asked for where another version may have coded them otherwise."""
        known = (self._claims[key] if key in self._claims else self._shelf.claims(key) for key in ids)
        return [claim for claims in known for claim in claims] if self._newer else []

    def _claims_now(self, ids: Iterable[str]) -> list[Claim]:
        return [claim for key in ids for claim in self._shelf.claims(key)] if self._newer else []


def _light(report: Report) -> Report:
    """A report with the digest of its text for the text: enough to see whether it changed."""
    return replace(report, text=digest(report.text))
