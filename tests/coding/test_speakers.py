"""On whose word a deed is told."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dateline.coding.attribution import AttributionCues, find_attributions
from dateline.coding.speakers import SpeakerRead, make_speaker, speaker_for
from dateline.knowledge.packs import Packs
from dateline.language.parse import Parse, parse
from dateline.types import ActorCodes, Speaker, SpeakerKind, Stance

PACKS = Packs()
CUES = AttributionCues.load(PACKS)


@dataclass(frozen=True)
class Known:
    codes: ActorCodes


class Lexicon:
    """Knows that what has 'army' or 'military' in it is military."""

    def resolve(self, phrase: str) -> Known:
        return Known(ActorCodes(role="MIL" if "army" in phrase or "military" in phrase else None))


def read(text: str, deed: str) -> tuple[SpeakerRead | None, Parse]:
    parsed = parse(text, packs=PACKS)
    start = text.index(deed)
    return speaker_for(start, start + len(deed), find_attributions(parsed, CUES), parsed, CUES), parsed


def speaker(text: str, deed: str) -> Speaker:
    found, parsed = read(text, deed)
    return make_speaker(found, parsed, Lexicon())


CASES = [
    ("Gunmen stormed the mill, security sources told AFP.", "security sources", SpeakerKind.DESCRIBED, "AFP"),
    ("Gunmen stormed the mill, sources said.", "sources", SpeakerKind.ANONYMOUS, None),
    ("Gunmen stormed the mill, Colonel Ivan Petrov told reporters.", "Colonel Ivan Petrov", SpeakerKind.NAMED, None),
    ("Gunmen stormed the mill, a spokesman for the miners, Ivan Petrov, said.", "Ivan Petrov", SpeakerKind.NAMED, None),
    ("Gunmen reportedly stormed the mill.", None, SpeakerKind.ANONYMOUS, None),
    ("Gunmen stormed the mill, said an official who spoke on condition of anonymity.", "official", SpeakerKind.ANONYMOUS, None),
    ("Gunmen stormed the mill.", None, SpeakerKind.REPORT, None),
    ("No one said that gunmen stormed the mill.", None, SpeakerKind.REPORT, None),
    ("Villagers fear that gunmen stormed the mill.", None, SpeakerKind.REPORT, None),
    ("The bishop condemned the attack in which gunmen stormed the mill.", None, SpeakerKind.REPORT, None),
    ("The envoy, who said gunmen stormed the mill, has left.", "envoy", SpeakerKind.DESCRIBED, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind", "told"), CASES, ids=[c[0][:50] for c in CASES])
def test_a_speaker_is_named_described_anonymous_or_the_report(
    text: str, name: str | None, kind: SpeakerKind, told: str | None
) -> None:
    one = speaker(text, "stormed")
    assert (one.name, one.kind, one.told) == (name, kind, told)


def test_the_innermost_speaker_comes_first_and_the_others_around_it() -> None:
    found, parsed = read("The ministry said the rebels had claimed that the bridge was blown up.", "blown")
    assert found is not None
    assert found.source is not None
    assert parsed.text[found.source.start : found.source.end] == "the rebels"
    assert [parsed.text[o.source.start : o.source.end] for o in found.outer if o.source] == ["The ministry"]


def test_a_denial_is_read_as_one() -> None:
    found, _ = read("The garrison denied that it had shelled the market.", "shelled")
    assert found is not None
    assert found.stance is Stance.DENIES


def test_who_could_not_confirm_a_deed_is_no_speaker_for_it() -> None:
    found, _ = read("The governor could not confirm the raid.", "raid")
    assert found is None


def test_the_role_is_the_lexicons() -> None:
    assert speaker("The army said that gunmen stormed the mill.", "stormed").role == "MIL"


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("The millers and the weavers, each of whom said gunmen stormed the mill, met.", "The millers and the weavers"),
        ("Two clans, both of which said gunmen stormed the mill, met.", "Two clans"),
        ("It pits a guild against a bloc, each of which says gunmen stormed the mill.", "a guild against a bloc"),
    ],
)
def test_each_of_which_are_the_groups_before(text: str, groups: str) -> None:
    found, parsed = read(text, "stormed")
    assert found is not None
    assert found.source is not None
    assert parsed.text[found.source.start : found.source.end] == groups


def test_who_puts_a_toll_at_a_number_says_it() -> None:
    assert speaker("Colonel Ivan Petrov put the toll at nine.", "toll").name == "Colonel Ivan Petrov"


def test_a_pronoun_takes_the_name_it_goes_back_to() -> None:
    @dataclass(frozen=True)
    class Someone:
        name: str

    found, parsed = read("He said that gunmen stormed the mill.", "stormed")
    one = make_speaker(found, parsed, Lexicon(), lambda phrase: Someone("Ivan Petrov") if phrase.text == "He" else None)
    assert (one.name, one.kind) == ("Ivan Petrov", SpeakerKind.NAMED)


@pytest.mark.parametrize(
    ("text", "deed", "name"),
    [
        ("The army denied a report that its men had burned the mill.", "burned", "army"),
        ("Police believe that smugglers burned the mill.", "burned", "Police"),
        (
            "A spokesman for the miners told us another story: the guards had opened fire.",
            "opened",
            "spokesman for the miners",
        ),
        ("Soldiers shot six men, most of them young, witnesses told a court.", "shot", "witnesses"),
        ("Seven hundred men were massacred, by the elders' count.", "massacred", "elders"),
        (
            "A rival outfit, the coastal branch of the Hill Front, said gunmen stormed the mill.",
            "stormed",
            "coastal branch of the Hill Front",
        ),
    ],
)
def test_whose_word_it_is(text: str, deed: str, name: str) -> None:
    assert speaker(text, deed).name == name


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Kar barred the inspectors on Monday, let them in on Tuesday and scolded their chief.", "barred"),
        ("Kar extended its ban, charged six veterans with sedition and raided a museum.", "extended"),
        ("The guild rejected the offer, as the union did; both had asked on Monday for a vote.", "rejected"),
    ],
)
def test_the_object_of_a_verb_in_a_list_is_no_speaker(text: str, deed: str) -> None:
    assert speaker(text, deed).kind is SpeakerKind.REPORT


class TheKnown:
    """An actor that a lexicon knows by `name`."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.mark.parametrize(
    ("source", "known", "name"),
    [
        ("The Front for the Hills of Kar", "FHK", "Front for the Hills of Kar"),
        ("President Jane Marlow", "Jane Marlow", "Jane Marlow"),
        ("Kyiv", "Ukraine", "Ukraine"),
    ],
)
def test_a_full_name_is_given_as_written_and_a_short_one_by_the_actors_own(source: str, known: str, name: str) -> None:
    found, parsed = read(f"{source} said gunmen stormed the mill.", "stormed")
    assert make_speaker(found, parsed, Lexicon(), lambda _: TheKnown(known)).name == name
