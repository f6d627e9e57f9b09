"""A claim has the contexts that its own clause gives; modes that a pattern leaves open come from what is asked or refused."""

from __future__ import annotations

import pytest

from dateline.coding.contexts import load_contexts
from tests.coding.saying import PACKS, says


def test_there_are_the_37_contexts_of_the_manual() -> None:
    assert len(set(load_contexts(PACKS).names)) == 37


def test_a_context_comes_from_words_parties_and_deeds() -> None:
    claim = says("[The court](actor) [sentenced](type:SANCTION) [a general](target) to nine years for bribery.")
    assert {"legal", "corruption"} <= set(claim.context)
    assert "pro_autocracy" in says("[The governor](actor) [imposed](type:COERCE) a curfew on the port.").context


def test_a_clause_that_is_only_joined_lends_no_context() -> None:
    claim = says("[Police](actor) [arrested](type:COERCE) two men, and nurses vaccinated children in the camp.")
    assert "health" not in claim.context


@pytest.mark.parametrize(
    ("notation", "mode"),
    [
        ("[The rebels](actor) [demanded](type:REQUEST) the release of forty comrades.", "yield"),
        ("[Fiji](actor) [asked](type:REQUEST) [Australia](target) for help.", "assist"),
        ("[President Tebboune](actor) [proposed](type:REQUEST) talks on the debts of the Sahel.", "meet"),
        ("[Opposition leaders](actor) [demanded](type:REQUEST) a referendum on the treaty.", "change"),
        ("[The rebels](actor) [rejected](type:REJECT) an offer of talks.", "meet"),
        ("[The cabinet](actor) [refused](type:REJECT) to free the two men.", "yield"),
    ],
)
def test_what_is_asked_or_refused_gives_the_mode(notation: str, mode: str) -> None:
    assert says(notation).mode == mode
