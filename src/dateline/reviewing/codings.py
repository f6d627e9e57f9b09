"""Codings: what each reviewer said of each event, taken from the lines of decisions.jsonl that stand.

A reviewer's later coding of an event stands in the place of the earlier. What was said of an event under an id that it
had before is said of the event that it is now, where the caller can tell (`now`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.deciding.coded import ACCEPT, VERDICT
from dateline.deciding.standing import standing
from dateline.types import Decision


@dataclass(frozen=True, slots=True)
class Coding:
    """What `reviewer` says of `event`: whether it is one, and where it is, the `values` of its fields as JSON."""

    reviewer: str
    event: str
    verdict: str
    values: Mapping[str, str]
    line: int
    reason: str = ""

    @property
    def accepts(self) -> bool:
        """Whether the reviewer says that it is an event."""
        return self.verdict == ACCEPT

    def value(self, field: str) -> str | None:
        """The value of a field, or the verdict, as JSON; null where the reviewer says nothing of it."""
        return f'"{self.verdict}"' if field == VERDICT else self.values.get(field)


def as_it_was(event: str) -> str:
    """The id itself: for callers who know of no others."""
    return event


def codings(lines: Sequence[Decision], now: Callable[[str], str] = as_it_was) -> tuple[Coding, ...]:
    """The codings that stand, the last of each reviewer of each event, by line.

    `lines` are all decisions; `now` gives the id that the event of an id has today.
    """
    last: dict[tuple[str, str], Coding] = {}
    for line in standing(lines):
        if line.action == "code":
            coding = _coding(line, now(line.subject))
            last[coding.reviewer, coding.event] = coding
    return tuple(sorted(last.values(), key=lambda one: one.line))


def _coding(line: Decision, event: str) -> Coding:
    values = {field: value for field, value in line.details.items() if field != VERDICT}
    return Coding(line.by, event, line.details[VERDICT], values, line.line, line.reason)


def by_event(found: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Event -> its codings by reviewer, events in the order of their first line."""
    told: defaultdict[str, list[Coding]] = defaultdict(list)
    for coding in found:
        told[coding.event].append(coding)
    return {event: sorted(said, key=lambda one: one.reviewer) for event, said in told.items()}
