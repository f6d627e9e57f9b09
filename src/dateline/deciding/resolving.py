"""What the decisions mean for the claims of today: their subjects found again, and claims corrected before they merge.

A decision whose claims or reports are not there any more, or whose value does not fit any more, is left out and becomes
a problem that says which line it is and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.deciding.anchors import Finder
from dateline.knowledge.correcting import corrected, unfit
from dateline.knowledge.packs import Packs
from dateline.text import verify_claim
from dateline.types import Anchor, Claim, Decision, Problem, Report

WIRES = ("same-wire", "not-same-wire")
"""Actions whose subject is a report; `details` have the other one as `with`."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The decisions that can be applied, their claims by today's ids; the claims as people corrected them; the rest."""

    decisions: tuple[Decision, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]


def resolve(
    decisions: Iterable[Decision], claims: Sequence[Claim], reports: Mapping[str, Report], packs: Packs
) -> Resolved:
    """`decisions` (those that stand, in order) resolved against all `claims` and all `reports` by id."""
    finder, now = Finder(claims), {claim.id: claim for claim in claims}
    fitting: list[Decision] = []
    problems: list[Problem] = []
    for decision in decisions:
        found = replace(decision, claims=_found(decision.claims, finder), into=_found(decision.into, finder))
        wrong = _lost(found, decision, reports) or _correct(found, now, reports, packs)
        if wrong:
            problems.append(wrong)
        else:
            fitting.append(found)
    return Resolved(tuple(fitting), tuple(now[claim.id] for claim in claims), tuple(problems))


def _found(anchors: Iterable[Anchor], finder: Finder) -> tuple[Anchor, ...]:
    found = ((one, finder.find(one)) for one in anchors)
    return tuple(replace(one, claim=claim.id) for one, claim in found if claim is not None)


def _lost(found: Decision, decision: Decision, reports: Mapping[str, Report]) -> Problem | None:
    if decision.action in WIRES:
        gone = [key for key in (decision.subject, decision.details["with"]) if key not in reports]
        return unfit(decision, f"report {gone[0]} is not in the record any more") if gone else None
    if not found.claims or (decision.into and not found.into):
        lost = decision.into if found.claims else decision.claims
        quotes = ", ".join(dict.fromkeys(repr(one.quote) for one in lost))
        return unfit(decision, f"the words it is about ({quotes}) are not coded so any more")
    return None


def _correct(found: Decision, now: dict[str, Claim], reports: Mapping[str, Report], packs: Packs) -> Problem | None:
    """Puts the corrected claim into `now`, if it is one that is corrected."""
    if not corrects_claim(found):
        return None
    claim = now[found.claims[0].claim]
    try:
        now[claim.id] = corrected_claim(claim, found, reports[claim.report], packs)
    except ValueError as error:
        return unfit(found, str(error))
    return None


def corrects_claim(decision: Decision) -> bool:
    """Whether it corrects a claim, not an event."""
    return decision.action == "correct" and decision.details.get("of") == "claim"


def corrected_claim(claim: Claim, decision: Decision, report: Report, packs: Packs) -> Claim:
    """The claim as `decision` has it; what its report does not say, or the field does not take, raises ValueError."""
    changed = corrected(claim, decision.details["field"], decision.details["value"], packs)
    wrong = verify_claim(changed, report)
    if wrong:
        raise ValueError(f"{wrong[0].message}: a claim says what its report says")
    return changed
