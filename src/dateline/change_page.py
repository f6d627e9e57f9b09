"""Pages of changes: what became of events in each run, field by field, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.phrasing import ID_SHOWN, difference, plain
from dateline.types import Change, Happened, Run

_STYLES = {Happened.ADDED: "green", Happened.REMOVED: "red", Happened.RETRACTED: "red"}


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
        yield _below(f"{field.field}: {difference(field)}")
    for why in change.why:
        yield _below(f"because of {why}", style="dim")


def _below(text: str, style: str = "") -> Padding:
    return Padding(Text(plain(text), style=style), (0, 0, 0, 10))
