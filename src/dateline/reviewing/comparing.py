"""An event as several reviewers coded it: who says what of each field, what they agree on, what is settled, and how.

An adjudication is an ordinary decision that names the codings it settles: to accept or reject settles all of an event,
to correct settles the field. A coding that comes later opens it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.deciding.asking import ADJUDICATES
from dateline.deciding.coded import ACCEPT, CODED, REJECT, VERDICT, as_json
from dateline.deciding.standing import standing
from dateline.knowledge.correcting import corrected
from dateline.knowledge.packs import Packs
from dateline.reviewing.codings import Coding
from dateline.reviewing.labels import label
from dateline.types import Decision, Event


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer says of a field, as JSON; null: nothing, since it is said to be no event."""

    reviewer: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the `record` has it (JSON) and as each reviewer does; `settled`: the line that settles it, or null."""

    name: str
    record: str
    said: tuple[Said, ...]
    settled: int | None = None

    @property
    def agreed(self) -> str | None:
        """The value of which all reviewers say the same, as the first writes it; null where they differ."""
        labels = {None if one.value is None else label(self.name, one.value) for one in self.said}
        return self.said[0].value if len(labels) == 1 else None

    @property
    def differs(self) -> bool:
        """Whether reviewers say different things of it and nobody settled it."""
        return self.settled is None and self.agreed is None

    def is_recorded(self, value: str) -> bool:
        """Whether the record says the same as `value`."""
        return label(self.name, value) == label(self.name, self.record)


@dataclass(frozen=True, slots=True)
class Compared:
    """An event with what its reviewers said of it. `fields` begins with the verdict."""

    event: Event
    codings: tuple[Coding, ...]
    fields: tuple[Field, ...]

    @property
    def verdict(self) -> Field:
        """Whether it is an event."""
        return self.fields[0]

    @property
    def differing(self) -> tuple[Field, ...]:
        """The fields that somebody has to decide. Where all say that it is no event there is none."""
        if self.verdict.agreed == f'"{REJECT}"':
            return ()
        return tuple(field for field in self.fields if field.differs)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide: a person did, and what is not decided is agreed and recorded so."""
        return self.verdict.settled is not None and not any(map(_is_open, self.fields[1:]))

    @property
    def lines(self) -> str:
        """The lines of the codings, as a decision names those that it settles."""
        return " ".join(str(line) for line in sorted(one.line for one in self.codings))


def compare(event: Event, codings: Iterable[Coding], decisions: Sequence[Decision]) -> Compared:
    """`event` with its `codings`, one of each reviewer; `decisions` are all lines."""
    said = tuple(sorted(codings, key=lambda one: one.reviewer))
    settling = _settling(said, decisions)
    names = (VERDICT, *CODED) if any(one.accepts for one in said) else (VERDICT,)
    return Compared(event, said, tuple(_field(name, event, said, settling) for name in names))


def _field(name: str, event: Event, codings: Iterable[Coding], settling: Iterable[Decision]) -> Field:
    lines = [line.line for line in settling if name in (VERDICT, line.details.get("field", name))]
    said = tuple(Said(one.reviewer, one.value(name)) for one in codings)
    return Field(name, _recorded(event, name), said, lines[-1] if lines else None)


def _recorded(event: Event, name: str) -> str:
    if name == VERDICT:
        return f'"{REJECT if event.review == "rejected" else ACCEPT}"'
    return as_json(event, name)


def _settling(codings: Iterable[Coding], decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that settle all of `codings`."""
    wanted = {str(one.line) for one in codings}
    return [line for line in standing(decisions) if wanted <= set(line.details.get(ADJUDICATES, "").split())]


def _is_open(field: Field) -> bool:
    agreed = field.agreed
    return field.settled is None and (agreed is None or not field.is_recorded(agreed))


# ---------------------------------------------------------------- settling it
@dataclass(frozen=True, slots=True)
class Adjudicator:
    """Who settles what differs, when and why, and the knowledge by which values are read."""

    by: str
    at: str
    reason: str
    packs: Packs

    def settle_agreed(self, compared: Compared) -> list[Decision]:
        """The decisions by which the record says what all reviewers agree on; it is accepted where nothing else is left.

        None where they differ on whether it is an event, or where nothing is left to say.
        """
        if compared.is_settled or compared.verdict.agreed is None:
            return []
        if compared.verdict.agreed == f'"{REJECT}"':
            return [self._decision("reject", compared)]
        corrections = self._corrections(compared, _agreed(compared))
        return corrections or ([] if compared.differing else [self._decision("accept", compared)])

    def settle(self, compared: Compared, picks: Mapping[str, str]) -> list[Decision]:
        """The decisions by which the record says what was picked: field -> value (JSON), of every field that differs.

        What all agree on is settled with it. A field that differs and was not picked raises a ValueError.
        """
        wanted = {**_agreed(compared), **picks}
        if wanted.get(VERDICT) == f'"{REJECT}"':
            return [self._decision("reject", compared)]
        missing = [field.name for field in compared.differing if field.name not in wanted]
        if missing:
            raise ValueError(f"say what is right of {', '.join(missing)} too: reviewers differ on it")
        corrections = self._corrections(compared, wanted)
        as_it_is = {field.name for field in compared.differing} - {line.details["field"] for line in corrections}
        return [*([self._decision("accept", compared)] if as_it_is or not corrections else []), *corrections]

    def _corrections(self, compared: Compared, wanted: Mapping[str, str]) -> list[Decision]:
        """A correction for each field that the record has otherwise, one after the other: a mode is one of its type."""
        event, found = compared.event, []
        for name in CODED:
            if name in wanted and label(name, wanted[name]) != label(name, as_json(event, name)):
                event = corrected(event, name, wanted[name], self.packs)
                found.append(self._decision("correct", compared, {"field": name, "value": wanted[name]}))
        return found

    def _decision(self, action: str, compared: Compared, details: Mapping[str, str] | None = None) -> Decision:
        named = {**(details or {}), ADJUDICATES: compared.lines}
        return Decision(action, compared.event.id, self.by, self.at, self.reason, named)


def _agreed(compared: Compared) -> dict[str, str]:
    """What all reviewers agree on and nobody settled otherwise."""
    return {field.name: field.agreed for field in compared.fields if field.settled is None and field.agreed is not None}
