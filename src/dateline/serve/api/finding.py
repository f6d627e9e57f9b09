"""How one of a noun is found by its id, or how that begins; a LookupError says what there is in its place."""

from __future__ import annotations

from dateline.serve.api.listings import Actors, Question, wire_of
from dateline.serve.api.values import ActorTold, ProblemTold, problem_told
from dateline.store.decisions import read_decisions
from dateline.types import Claim, Decision, Report, Wire


def claim(question: Question, id: str) -> Claim:  # noqa: A002 - the field's name
    """The claim whose id begins so."""
    return question.database.claim(id)


def report(question: Question, id: str) -> Report:  # noqa: A002 - the field's name
    """The report whose id begins so."""
    return question.database.report_like(id)


def wire(question: Question, id: str) -> Wire:  # noqa: A002 - the field's name
    """The wire."""
    return wire_of(question.served, question.database, id)


def actor(question: Question, id: str) -> ActorTold:  # noqa: A002 - the field's name
    """The actor of an id. Who has none in the knowledge is in the list alone: a private person is followed by nobody."""
    listed = Actors(question)
    number = next((at for at, one in enumerate(listed.rows, 1) if one.party.value == f"={id}"), None)
    for told in listed.values([(number,)] if number else []):
        if told.id is not None:
            return told
    raise LookupError(f"no actor {id!r}; /api/v1/actors lists those that have an id")


def decision(question: Question, id: str) -> Decision:  # noqa: A002 - the field's name
    """The decision of a number."""
    for line in read_decisions(question.served.record.folder.decisions):
        if str(line.line) == id:
            return line
    raise LookupError(f"no decision {id!r}; /api/v1/decisions has their numbers, `line`")


def problem(question: Question, id: str) -> ProblemTold:  # noqa: A002 - the field's name
    """The problem of an id."""
    for noted in question.database.noted():
        if (told := problem_told(noted)).id == id:
            return told
    raise LookupError(f"no problem {id!r}; /api/v1/problems lists their ids")
