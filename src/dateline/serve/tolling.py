"""One toll of many: what speakers say of each kind of harm, summed up by a policy that is named wherever it is used.

A policy chooses what is shown; it changes no claim. Numbers of different groups are never added up, and parts of a total
do not count beside it.

>>> from dateline.types import EventHarm, HarmKind
>>> told = [EventHarm(HarmKind.KILLED, 80, None, "Iran", ()), EventHarm(HarmKind.KILLED, 0, 0, "Pentagon", ())]
>>> [(one.amount, one.why) for one in settled(Policy.RANGE, told, {})]
[('0 to 80 or more', 'from the lowest to the highest of 2 speakers')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateline.phrasing import OWN_VOICE, amount
from dateline.types import EventHarm, HarmKind


class Policy(StrEnum):
    """How one toll is chosen of many."""

    RANGE = "range"
    LOWEST = "lowest"
    HIGHEST = "highest"
    MAJORITY = "majority"
    NEWEST = "newest"


MEANS: Mapping[Policy, str] = {
    Policy.RANGE: "from the lowest to the highest number that any speaker gives",
    Policy.LOWEST: "the lowest number that any speaker gives",
    Policy.HIGHEST: "the highest number that any speaker gives",
    Policy.MAJORITY: "the number that more than half of the independent speakers give, if there is one",
    Policy.NEWEST: "the number in the newest report",
}
"""What each policy shows, in words."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The toll of one kind by a policy: `amount` in words (null: the policy gives none), and why it is that."""

    kind: HarmKind
    amount: str | None
    why: str


def settled(policy: Policy, harm: Sequence[EventHarm], days: Mapping[str, str]) -> list[Settled]:
    """The toll of each kind by a policy, in the order in which they are told. `days`: claim -> day of its report (ISO)."""
    kinds = dict.fromkeys(one.kind for one in harm)
    return [_of_kind(policy, kind, counting(harm, kind), days) for kind in kinds if counting(harm, kind)]


def counting(harm: Sequence[EventHarm], kind: HarmKind) -> list[EventHarm]:
    """The tolls of a kind that count: of a speaker who gives a total that alone; no part; none without a number."""
    some = [one for one in harm if one.kind is kind and not one.part and (one.low, one.high) != (None, None)]
    totals = {one.said_by for one in some if one.total}
    return [one for one in some if one.total or one.said_by not in totals]


def _of_kind(policy: Policy, kind: HarmKind, tolls: Sequence[EventHarm], days: Mapping[str, str]) -> Settled:
    if policy is Policy.NEWEST:
        return _newest(kind, tolls, days)
    return _CHOOSING[policy](kind, tolls)


def _range(kind: HarmKind, tolls: Sequence[EventHarm]) -> Settled:
    """'0 to 80 or more': the ends as they are said; a nought at the low end is said as well."""
    low, most = min(map(low_of, tolls)), max(map(most_of, tolls))
    is_open = any(one.high is None for one in tolls)
    speakers = len({one.said_by for one in tolls})
    told = str(low) if low == most else f"{low} to {most}"
    why = f"from the lowest to the highest of {speakers} speakers" if speakers > 1 else _said(tolls)
    return Settled(kind, f"{told} or more" if is_open else told, why)


def _lowest(kind: HarmKind, tolls: Sequence[EventHarm]) -> Settled:
    low = min(map(low_of, tolls))
    return Settled(kind, str(low), _said([one for one in tolls if low_of(one) == low]))


def _highest(kind: HarmKind, tolls: Sequence[EventHarm]) -> Settled:
    """The highest number that is said; where that has no bound, it is so much or more."""
    most = max(map(most_of, tolls))
    saying = [one for one in tolls if most_of(one) == most]
    bounded = all(one.high is not None for one in saying)
    return Settled(kind, str(most) if bounded else f"{most} or more", _said(saying))


def _majority(kind: HarmKind, tolls: Sequence[EventHarm]) -> Settled:
    votes = Counter(dict.fromkeys((one.said_by, one.low, one.high) for one in tolls))
    counts = Counter((low, high) for _, low, high in votes)
    speakers = len({one.said_by for one in tolls})
    (low, high), most = counts.most_common(1)[0]
    if 2 * most <= speakers:
        return Settled(kind, None, f"no number is given by more than half of {speakers} speakers")
    saying = [one for one in tolls if (one.low, one.high) == (low, high)]
    return Settled(kind, amount(low, high), f"{most} of {speakers} speakers: {_named(saying)}")


def _newest(kind: HarmKind, tolls: Sequence[EventHarm], days: Mapping[str, str]) -> Settled:
    told = {at: day for at, one in enumerate(tolls) if (day := last_day(one, days))}
    if not told:
        return Settled(kind, None, "no report with a number has a day")
    last = max(told.values())
    saying = [tolls[at] for at, day in told.items() if day == last]
    amounts = dict.fromkeys(amount(one.low, one.high) for one in saying)
    return Settled(kind, " or ".join(amounts), f"{last}: {_named(saying)}")


_CHOOSING: Mapping[Policy, Callable[[HarmKind, Sequence[EventHarm]], Settled]] = {
    Policy.RANGE: _range,
    Policy.LOWEST: _lowest,
    Policy.HIGHEST: _highest,
    Policy.MAJORITY: _majority,
}


def low_of(harm: EventHarm) -> int:
    """The lowest that a toll can be."""
    return harm.low or 0


def most_of(harm: EventHarm) -> int:
    """The highest number that a toll names."""
    return harm.high if harm.high is not None else harm.low or 0


def last_day(harm: EventHarm, days: Mapping[str, str]) -> str | None:
    """The day of the newest report that gives a toll; null: none has a day."""
    return max((days[claim] for claim in harm.claims if claim in days), default=None)


def _said(tolls: Sequence[EventHarm]) -> str:
    return f"said by {_named(tolls)}"


def _named(tolls: Sequence[EventHarm]) -> str:
    return ", ".join(dict.fromkeys(one.said_by or OWN_VOICE for one in tolls))
