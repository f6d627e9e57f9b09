"""Every merge explains itself, by the computation that made it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.merging import explain, merge
from dateline.types import Claim, Reason
from tests.merging.making import BANTE, claim, dead, merged, on, report
from tests.merging.test_deciding import decided
from tests.merging.test_settling import CLAIMS, REPORTS


def why(*claims: Claim) -> dict[str, Reason]:
    known = [report(key) for key in sorted({one.report for one in claims})]
    result = merge(claims, known)
    return {reason.claim: reason for event in result.events for reason in explain(event, claims, known)}


def test_a_claim_of_another_report_says_what_it_has_in_common() -> None:
    one, other = claim("a", harm=(dead(5),)), claim("b", harm=(dead(5),))
    found = why(one, other)
    assert found[one.id].how == "first"
    votes = {vote.field: (vote.value, vote.claim, vote.event) for vote in found[other.id].votes}
    assert found[other.id].needed == 3.0
    assert votes["time"] == (2.0, "2031-05-06", "2031-05-06")
    assert votes["place"] == (2.0, "Orlu", "Orlu (0 km)")
    assert votes["harm"] == (1.0, "5 killed", "5 killed")
    assert votes["targets"] == (0.0, "not said", "not said")


def test_a_thread_of_one_report_needs_no_likeness() -> None:
    one = claim("a")
    other = replace(claim("a", at=40, place=BANTE), thread=one.id)
    assert why(replace(one, thread=one.id), other)[other.id].how == "thread"


def test_a_decision_that_brought_a_claim_here_is_named() -> None:
    one, other = claim("a"), claim("b", place=BANTE, time=on("2031-06-06"))
    known = [report("a"), report("b")]
    line = decided("merge", other, into=(one,), line=4)
    (event,) = merged(one, other, reports=known, decisions=(line,)).events
    found = explain(event, [one, other], known, [line])
    assert {reason.how for reason in found} == {"first"}
    assert {reason.decisions for reason in found} == {("decision 4, merge by desk: seen",)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CLAIMS, max_size=8, unique_by=lambda c: c.id))
def test_every_claim_has_its_reason_and_those_that_are_like_are_like_enough(claims: list[Claim]) -> None:
    for event in merge(claims, REPORTS).events:
        found = explain(event, claims, REPORTS)
        assert sorted(reason.claim for reason in found) == list(event.claims)
        assert [reason.how for reason in found].count("first") == 1
        assert found[0].how == "first"
        assert all(_enough(reason) for reason in found)


def _enough(reason: Reason) -> bool:
    """Votes are rounded to hundredths when they are told."""
    return reason.needed is None or sum(vote.value for vote in reason.votes) >= reason.needed - 0.05
