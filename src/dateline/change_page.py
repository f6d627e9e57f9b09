"""Pages of changes: what became of events in each run, field by field, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.phrasing import ID_SHOWN, plain
from dateline.types import Change, FieldChange, Happened, Run

_STYLES = {Happened.ADDED: "green", Happened.REMOVED: "red", Happened.RETRACTED: "red"}
_NAMED = ("name", "speaker", "kind")
"""Keys by which a value that has parts is called, the first that it has."""


def run_page(runs: Iterable[Run]) -> RenderableType:
    """Runs in the order given, each with what it changed."""
    return Group(*(part for run in runs for part in (_head(run), change_page(run.changes), Text(""))))


def _head(run: Run) -> Text:
    counts = Counter(change.what.value for change in run.changes)
    told = ", ".join(f"{number} {what}" for what, number in counts.items()) or "no event changed"
    return Text(plain(f"run {run.number}{f', {run.at}' if run.at else ''}: {told}"), style="bold")


def change_page(changes: Iterable[Change]) -> RenderableType:
    """Changes in the order given."""
    return Group(*(part for change in changes for part in _parts(change)))


def _parts(change: Change) -> Iterator[RenderableType]:
    became = f" -> {', '.join(key[:ID_SHOWN] for key in change.events)}" if change.events else ""
    head = Text(f"{change.what.value:9}", style=_STYLES.get(change.what, ""))
    yield head.append(plain(f" {change.event[:ID_SHOWN]}{became}  {change.summary}"), style="default")
    for field in change.fields:
        yield _below(f"{field.field}: {_difference(field)}")
    for why in change.why:
        yield _below(f"because of {why}", style="dim")


def _below(text: str, style: str = "") -> Padding:
    return Padding(Text(plain(text), style=style), (0, 0, 0, 10))


def _difference(field: FieldChange) -> str:
    """'single-source -> corroborated'; of a list what was added and what was taken away."""
    before, after = field.before, field.after
    if isinstance(before, list) and isinstance(after, list) and field.field != "date":
        return (
            ", ".join(
                [
                    *(f"-{_told(one)}" for one in before if one not in after),
                    *(f"+{_told(one)}" for one in after if one not in before),
                ]
            )
            or "in another order"
        )
    return f"{_told(before)} -> {_told(after)}"


def _told(value: Any) -> str:
    """A value in few words: a toll as '3-3 killed (Mayor)', whatever has a name by it."""
    if value is None:
        return "not known"
    if isinstance(value, list):
        return " to ".join(dict.fromkeys(map(_told, value)))
    if not isinstance(value, dict):
        return str(value)
    if "said_by" in value:
        high = "" if value["high"] is None else value["high"]
        return f"{value['low']}-{high} {value['kind']} ({value['said_by'] or 'the reports'})"
    if "stance" in value:
        return f"{value['speaker'] or 'the reports'} {value['stance']} the {value['about']}"
    return next((str(value[key]) for key in _NAMED if value.get(key)), "?")
