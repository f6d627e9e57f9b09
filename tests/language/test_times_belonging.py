"""Which time belongs to which word of a sentence, and the deadline that a demand names."""

from __future__ import annotations

import pytest

from dateline.knowledge.packs import Packs
from dateline.language.parse import parse
from dateline.language.times import TimeGrammar, deadline_in, find_times, times_of

PACKS = Packs()
GRAMMAR = TimeGrammar.load(PACKS)


def quotes(text: str, word: str, published: str = "2020-01-05") -> list[str]:
    parsed = parse(text, packs=PACKS)
    mentions = find_times(parsed, published=published, grammar=GRAMMAR)
    token = next(t for t in parsed.doc if t.text == word)
    return [m.quote for m in times_of(token, mentions, parsed)]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Police said on Sunday that Friday's ambush killed nine men.", "said", ["Sunday"]),
        ("Police said on Sunday that Friday's ambush killed nine men.", "ambush", ["Friday"]),
        ("Police said on Sunday that Friday's ambush killed nine men.", "killed", ["Friday"]),
        ("A truck blew up outside the bank on Friday, killing dozens, witnesses said.", "killing", ["Friday"]),
        ("A truck blew up outside the bank on Friday, killing dozens, witnesses said.", "said", []),
        ("Rebels raided the village on Tuesday and burned nine houses.", "burned", ["Tuesday"]),
        ("The raid on the port early Friday killed five guards.", "raid", ["early Friday"]),
        ("Two shells struck a street near the market on Saturday, medics told the agency.", "told", []),
        ("The raid on Monday that killed nine men was claimed by the group on Wednesday.", "killed", ["Monday"]),
        ("The raid on Monday that killed nine men was claimed by the group on Wednesday.", "claimed", ["Wednesday"]),
        ("Gunmen who robbed a shop last week freed three hostages on Sunday.", "freed", ["Sunday"]),
        ("Gunmen who robbed a shop last week freed three hostages on Sunday.", "robbed", ["last week"]),
        ("Troops began shelling the town overnight.", "shelling", ["overnight"]),
        ("After the group was blamed for Thursday's bombing, police held six men on Saturday.", "blamed", []),
        ("After the group was blamed for Thursday's bombing, police held six men on Saturday.", "held", ["Saturday"]),
        ("After the raid on a bank on Monday, police held six men on Tuesday.", "held", ["Tuesday"]),
        ("Police held six men on Tuesday after a raid on Monday.", "held", ["Tuesday"]),
        ("Police held six men after a raid on Monday.", "raid", ["Monday"]),
        ("The boats seized by the navy returned on Monday.", "seized", []),
        ("The boats seized on Sunday returned on Monday.", "seized", ["Sunday"]),
        ("Shells hit the square on Friday as soldiers searched the houses.", "searched", ["Friday"]),
        ("Nine men died when a shell hit the square on Friday.", "died", ["Friday"]),
        ("Rebels shot a farmer and burned his house on Friday.", "shot", ["Friday"]),
        ("Rebels shot a farmer and, on Friday, burned his house.", "shot", []),
        ("The mayor banned marches until Sunday.", "banned", []),
        ("Rioters raided shops during the night of 9 to 10 January.", "raided", ["the night of 9", "10 January"]),
        ("Soldiers shelled the town on Friday and Saturday.", "shelled", ["Friday", "Saturday"]),
    ],
)
def test_a_time_belongs_to_the_clause_it_stands_in(text: str, word: str, expected: list[str]) -> None:
    assert quotes(text, word) == expected


def test_an_hour_and_its_day_belong_together() -> None:
    found = quotes("A shell struck the mill at 9:30 am (0730 GMT) on Saturday.", "struck")
    assert sorted(found) == ["9:30 am (0730 GMT)", "Saturday"]


def test_a_word_of_a_sentence_without_times_has_none() -> None:
    assert quotes("A shell struck the mill. It rained on Saturday.", "struck") == []


def deadline(text: str) -> str | None:
    parsed = parse(text, packs=PACKS)
    return deadline_in(find_times(parsed, published="2020-01-04", grammar=GRAMMAR), 0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ask all drivers to stay away from the port starting on Sunday at 5:00pm (1400 GMT).", "2020-01-05T14:00Z"),
        ("The group told the army to leave by Friday.", "2020-01-10"),
        ("The group told the army to leave by the end of March.", "2020-03-31"),
        ("The group told the army to leave within 48 hours.", None),
        ("The group told the army to leave.", None),
    ],
)
def test_a_deadline_is_an_instant_or_a_day_or_unknown(text: str, expected: str | None) -> None:
    assert deadline(text) == expected
