"""The state of a review as its address has it: which events, after which one, whether coded twice, which form is open.

Forms carry it along as the query of an address, and are answered by a redirect to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from litestar.datastructures import MultiDict
from litestar.exceptions import ValidationException

from dateline.querying import one_of
from dateline.serve.filters import address, query_in
from dateline.store.asking import Query

REVIEW, COMPARE, AGREEMENT, WIRES = "/review", "/review/compare", "/review/agreement", "/review/wires"
DOUBLE = "double"
"""Value of `coding` under which events are coded by several reviewers, none of whom sees what others say."""
SHARE = 0.2
"""Of all events, the share that is coded twice unless the address says otherwise."""
FORMS = ("correct", "merge", "split")
"""Forms that are opened over an event."""
_PARAMETERS = ("after", "event", "form", "coding", "share", "done")
_LONGEST = 300
_MOST_LINES = 10**9


@dataclass(frozen=True, slots=True)
class State:
    """What is asked for: `event` itself, or the first of the queue after `after`. `done`: the line that was kept last."""

    query: Query = Query()  # noqa: RUF009 - a value
    after: str | None = None
    event: str | None = None
    form: str | None = None
    is_double: bool = False
    share: float = SHARE
    done: int | None = None
    path: str = REVIEW

    def address(self) -> str:
        """The address of this state."""
        return address(
            self.path,
            self.query,
            after=self.after,
            event=self.event,
            form=self.form,
            coding=DOUBLE if self.is_double else None,
            share=f"{self.share:g}" if self.is_double and self.share != SHARE else None,
            done=self.done,
        )

    @property
    def words(self) -> str:
        """The query of its address, for forms to carry along."""
        return self.address().partition("?")[2]

    # ------------------------------------------------------------ where links lead
    def opened(self, event: str, form: str | None = None) -> State:
        """An event in view, with a form open or none."""
        return replace(self, event=event, form=form, done=None)

    def skipping(self, event: str) -> State:
        """The one after an event."""
        return replace(self, after=event, event=None, form=None, done=None)

    def decided(self, line: int) -> State:
        """The next one, since what was in view is done."""
        return replace(self, event=None, form=None, done=line)

    def kept(self, event: str, line: int) -> State:
        """The same event again, of which a line was kept."""
        return replace(self, event=event, form=None, done=line)

    def at(self, path: str) -> State:
        """The same events on another page of the review."""
        return State(self.query, is_double=self.is_double, share=self.share, path=path)

    def coding(self, *, is_double: bool) -> State:
        """The same events, coded twice or reviewed."""
        return replace(State(self.query), is_double=is_double)

    def from_start(self) -> State:
        """The queue from its beginning."""
        return replace(self, after=None, event=None, form=None, done=None)


def state_in(given: MultiDict[Any] | Mapping[str, Sequence[str]], path: str = REVIEW) -> State:
    """The state of an address; what cannot be meant is refused (400)."""
    words = given.dict() if isinstance(given, MultiDict) else given
    query = query_in(words, _PARAMETERS)
    said = {name: str(words[name][-1]).strip() for name in _PARAMETERS if words.get(name)}
    try:
        return State(
            query=query,
            after=_id(said, "after"),
            event=_id(said, "event"),
            form=one_of(said["form"], FORMS, "form") if said.get("form") else None,
            is_double=bool(said.get("coding")) and one_of(said["coding"], (DOUBLE,), "coding") == DOUBLE,
            share=_share(said.get("share")),
            done=_line(said.get("done")),
            path=path,
        )
    except ValueError as error:
        raise ValidationException(detail=str(error)) from None


def state_of(words: str, path: str = REVIEW) -> State:
    """The state that a form carried along."""
    return state_in(parse_qs(words, keep_blank_values=True), path)


def _id(said: Mapping[str, str], name: str) -> str | None:
    given = said.get(name) or None
    if given is not None and len(given) > _LONGEST:
        raise ValueError(f"{name} has {len(given):,} letters: it is the id of an event")
    return given


def _share(given: str | None) -> float:
    try:
        share = float(given) if given else SHARE
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise ValueError(f"share {given!r} is no share: write it from 0 to 1, for instance 0.2")
    return share


def _line(given: str | None) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and 0 < int(given) < _MOST_LINES):
        raise ValueError(f"done {given!r} is no line of decisions.jsonl")
    return int(given)
