"""Forms as decisions: what a reviewer sent, the lines that it stands for, and where the reviewer goes next.

What makes no sense raises `Refused`; all lines of a form are checked before the first is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, quote

from dateline.deciding.asking import Refused, asked
from dateline.deciding.coded import ACCEPT, CODED, REJECT, VERDICT
from dateline.deciding.standing import standing
from dateline.deciding.writing import Known, written
from dateline.knowledge.correcting import CORRECTABLE, corrected, listed
from dateline.reviewing.codings import Coding, by_event
from dateline.reviewing.comparing import Adjudicator, Compared, compare
from dateline.serve.review.queueing import codings_of, lines_of
from dateline.serve.review.state import COMPARE, REVIEW, WIRES, State, state_of
from dateline.serve.served import Served
from dateline.store.sqlite import Database
from dateline.text import writable
from dateline.types import Decision, Event

MOST_FIELDS = 400
LONGEST_NAME, LONGEST_REASON, LONGEST_VALUE = 80, 2_000, 20_000
"""Letters of who decides, why, and what a field holds."""
MOST_AT_ONCE = 25
"""Events of which all that is agreed is settled by one form: each is a making of the record."""
ALL = "all"
REASONS: Mapping[str, str] = {
    "accept": "as its quotes say",
    "code": "as its quotes say",
    "undo": "taken back at the review",
}
"""Action -> the reason that is kept where none is given."""
OTHER = "other"
"""Value of a pick that is none of the reviewers': then the words beside it count."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: what each field says; `state` it was sent from; `by` whom, and what of others they may take back."""

    values: Mapping[str, Sequence[str]]
    state: State
    by: str
    may_undo: Callable[[str], bool] = lambda _by: True

    def value(self, name: str) -> str:
        """What a field says; nothing where it was not sent."""
        return writable(self.values.get(name, [""])[-1]).strip()

    @property
    def action(self) -> str:
        """What is to be done."""
        return self.value("action")

    @property
    def event(self) -> str:
        """The event that it is about."""
        return self.value("event")

    @property
    def reason(self) -> str:
        """Why, or what is said of it; of some actions it goes without saying."""
        return self.value("reason") or REASONS.get(self.action, "")

    @property
    def words(self) -> dict[str, str]:
        """All fields with what they say, for a form that comes back."""
        return {name: self.value(name) for name in self.values}

    def changed(self, names: Iterable[str]) -> dict[str, str]:
        """The fields that say something else than when the form was made."""
        return {
            name: self.value(name)
            for name in names
            if name in self.values and self.value(name) != self.value(f"was-{name}")
        }


def form_in(body: bytes) -> Form:
    """The form that a request's body has, by whom it says."""
    try:
        values = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refused(f"this form cannot be read: {error}") from None
    page = values.get("page", [REVIEW])[-1]
    path = page if page in (COMPARE, WIRES) else REVIEW
    form = Form(values, state_of(values.get("to", [""])[-1], path), "")
    return replace(form, by=form.value("by"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The decisions that a form stands for, and where it leads once they are kept, given the number of the last line."""

    decisions: Sequence[Decision]
    next: Callable[[int], State | str]


def decide(form: Form, served: Served) -> str:
    """Keeps what the form decides, and gives the address where it leads.

    `Refused` where it makes no sense; then nothing is kept.
    """
    read = _READ.get(form.action)
    if read is None:
        raise Refused(f"no such action {form.action!r}: it is one of {listed(_READ, form.action)}")
    _check(form)
    try:
        with served.ask() as database:
            found = read(form, served, database)
    except (LookupError, ValueError) as error:
        raise Refused(str(error)) from error
    led = found.next(keep(found.decisions, served))
    return led if isinstance(led, str) else led.address()


def _check(form: Form) -> None:
    """Refuses a form that does not say who and why, or says too much."""
    if not form.by:
        raise Refused("a decision says who made it: give your name")
    if not form.reason:
        raise Refused("a decision says why: give a reason")
    longest = {"by": LONGEST_NAME, "reason": LONGEST_REASON}
    for name, words in {**form.words, "by": form.by}.items():
        most = longest.get(name, LONGEST_VALUE)
        if len(words) > most:
            raise Refused(f"{name} has {len(words):,} letters: at most {most:,} are taken")


def keep(decisions: Sequence[Decision], served: Served) -> int:
    """Keeps decisions in their order and gives the number of the last line."""
    *others, last = decisions
    for decision in others:
        at = served.clock()
        replace(served.record, at=at).decide(replace(decision, at=at))
    return served.decide(last).line


# ---------------------------------------------------------------- one form an action
def _plain(form: Form, *given: str) -> Decision:
    return asked(form.action, given, by=form.by, at="", reason=form.reason)


def _review(form: Form, _served: Served, _database: Database) -> Asked:
    return Asked([_plain(form, form.event)], form.state.decided)


def _note(form: Form, _served: Served, _database: Database) -> Asked:
    return Asked([_plain(form, form.event)], lambda line: form.state.kept(form.event, line))


def _merge(form: Form, _served: Served, _database: Database) -> Asked:
    into = form.value("other") or form.value("into")
    if not into:
        raise Refused("choose the event that it is one with, or give its id")
    return Asked([_plain(form, form.event, into)], form.state.decided)


def _split(form: Form, _served: Served, _database: Database) -> Asked:
    claims = form.values.get("claims", ())
    if not claims:
        raise Refused("choose the claims that are an event of their own")
    return Asked([_plain(form, form.event, *claims)], lambda line: form.state.kept(form.event, line))


def _wire(form: Form, _served: Served, _database: Database) -> Asked:
    one, other = form.value("report"), form.value("with")
    return Asked([_plain(form, one, other)], lambda _line: f"/w/{quote(one, safe='')}")


def _undo(form: Form, served: Served, _database: Database) -> Asked:
    line = next((one for one in lines_of(served) if str(one.line) == form.value("line")), None)
    if line is None:
        raise LookupError(f"no line {form.value('line')!r} in decisions.jsonl")
    if not form.may_undo(line.by):
        raise Refused(f"line {line.line} is by {line.by}: an admin may take it back")
    return Asked([_plain(form, str(line.line))], lambda number: _to_what_was_undone(form.state, line, number))


def _to_what_was_undone(state: State, line: Decision, number: int) -> State:
    return state.kept(line.subject, number) if is_of_event(line) else state.decided(number)


def _correct(form: Form, served: Served, database: Database) -> Asked:
    """A line for each field that was changed, checked one after the other: a mode is one of its type."""
    event = database.event(form.event)
    known = Known.of_event(event, database.claims(event.id))
    changed = form.changed(CORRECTABLE[Event])
    if not changed:
        raise Refused("no field was changed: change one, or accept the event as it is")
    now, decisions = event, []
    for name in CORRECTABLE[Event]:
        if name in changed:
            value = written(name, changed[name], known)
            now = corrected(now, name, value, served.record.packs)
            decisions.append(_plain(form, event.id, name, value))
    return Asked(decisions, form.state.decided)


def _code(form: Form, _served: Served, _database: Database) -> Asked:
    verdict = form.value(VERDICT)
    changed = form.changed(CODED) if verdict == ACCEPT else {}
    said = [f"{name}={words}" for name, words in changed.items()]
    return Asked([_plain(form, form.event, verdict, *said)], form.state.decided)


# ---------------------------------------------------------------- what several reviewers said
def compared(lines: Sequence[Decision], said: Iterable[Coding], database: Database) -> list[Compared]:
    """The events that two reviewers or more coded, in the order in which they were first coded."""
    groups = {event: codings for event, codings in by_event(said).items() if len(codings) > 1}
    events = {event.id: event for event in database.events_of(list(groups))}
    return [compare(events[key], codings, lines) for key, codings in groups.items() if key in events]


def _agreed(form: Form, served: Served, database: Database) -> Asked:
    """What all reviewers agree on, of one event or of the first of all."""
    adjudicator = _adjudicator(form, served)
    found = compared(lines := lines_of(served), codings_of(lines, database), database)
    chosen = [one for one in found if form.event in (ALL, one.event.id)]
    settling = [decisions for one in chosen if (decisions := adjudicator.settle_agreed(one))]
    if not settling:
        raise Refused("nothing is left to settle on which all reviewers agree")
    return Asked([one for decisions in settling[:MOST_AT_ONCE] for one in decisions], form.state.decided)


def _adjudicate(form: Form, served: Served, database: Database) -> Asked:
    """What was picked of each field that differs: what a reviewer says, or other words."""
    event = database.event(form.event)
    found = compared(lines := lines_of(served), codings_of(lines, database), database)
    one = next((one for one in found if one.event.id == event.id), None)
    if one is None:
        raise Refused(f"no two reviewers coded {event.id}")
    known = Known.of_event(event, database.claims(event.id))
    picks = {field.name: value for field in one.fields if (value := _picked(form, field.name, one, known)) is not None}
    return Asked(_adjudicator(form, served).settle(one, picks), form.state.decided)


def _picked(form: Form, name: str, compared: Compared, known: Known) -> str | None:
    """The value (JSON) that was picked of a field: that of the reviewer of a line, or what the words say."""
    pick = form.value(f"pick-{name}")
    if pick == OTHER:
        return (
            _verdict(form.value(f"other-{name}"))
            if name == VERDICT
            else written(name, form.value(f"other-{name}"), known)
        )
    return next((coding.value(name) for coding in compared.codings if str(coding.line) == pick), None)


def _verdict(words: str) -> str:
    if words not in (ACCEPT, REJECT):
        raise ValueError(f"no such verdict {words!r}: it is one of {listed((ACCEPT, REJECT), words)}")
    return f'"{words}"'


def _adjudicator(form: Form, served: Served) -> Adjudicator:
    return Adjudicator(form.by, "", form.reason, served.record.packs)


_READ: Mapping[str, Callable[[Form, Served, Database], Asked]] = {
    "accept": _review,
    "reject": _review,
    "correct": _correct,
    "merge": _merge,
    "split": _split,
    "note": _note,
    "same-wire": _wire,
    "not-same-wire": _wire,
    "code": _code,
    "undo": _undo,
    "agreed": _agreed,
    "adjudicate": _adjudicate,
}
"""What can be sent, and how it is read."""


def is_of_event(line: Decision) -> bool:
    """Whether a line is about an event, and not about a claim, a report or a line."""
    return line.action in _OF_EVENTS or line.details.get("of") == "event"


_OF_EVENTS = frozenset({"accept", "reject", "merge", "split", "note", "code"})


def last_line(lines: Sequence[Decision], reviewer: str) -> Decision | None:
    """What a reviewer decided last and did not take back."""
    own = (line for line in reversed(standing(lines)) if line.by == reviewer)
    return next(own, None)
