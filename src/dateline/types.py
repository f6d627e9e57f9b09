"""The nouns of dateline: frozen values that the steps take and give.

Every name and word here is the one that RECORD.md, the exports and the SQL columns use. This module
leaves all behaviour to others; it imports the standard library alone.

>>> Evidence(field="type", start=4, end=12, quote="attacked").quote
'attacked'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class EventType(StrEnum):
    """The sixteen event types of the PLOVER ontology (openeventdata/PLOVER manual)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


TOGETHER = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
"""Types that several sides do together: all of them stand in `actors`, none in `targets`."""


class Modality(StrEnum):
    """How the report holds the event (FactBank's factuality, in newspaper terms)."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    THREATENED = "threatened"
    POSSIBLE = "possible"
    DENIED = "denied"


class Outcome(StrEnum):
    ACCOMPLISHED = "accomplished"
    FAILED = "failed"


class Stance(StrEnum):
    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    CLAIMS_RESPONSIBILITY = "claims-responsibility"
    DISCLAIMS_RESPONSIBILITY = "disclaims-responsibility"


class About(StrEnum):
    EVENT = "event"
    ACTOR = "actor"
    HARM = "harm"


class ActorKind(StrEnum):
    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    STATE = "state"
    THING = "thing"
    PLACE = "place"


class PlaceKind(StrEnum):
    SITE = "site"
    SETTLEMENT = "settlement"
    NEIGHBOURHOOD = "neighbourhood"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"
    WATER = "water"


class PlacePrecision(StrEnum):
    EXACT = "exact"
    NEAR = "near"
    CITY = "city"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"


COARSE = frozenset({PlacePrecision.COUNTRY, PlacePrecision.PROVINCE})
"""Precisions at which a point on a map would say more than is known."""


class PlaceUse(StrEnum):
    """How a text uses a place's name: 'Turkey', 'Turkish officials', 'the Turks', 'Paris Saint-Germain'."""

    PLACE = "place"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    PART_OF_NAME = "part-of-name"


class TimePrecision(StrEnum):
    MINUTE = "minute"
    PART_OF_DAY = "part-of-day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class HarmKind(StrEnum):
    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    FREED = "freed"
    UNHARMED = "unharmed"
    DAMAGED = "damaged"
    DESTROYED = "destroyed"


class MeansType(StrEnum):
    FIREARM = "firearm"
    EXPLOSIVE = "explosive"
    ROCKET = "rocket"
    ARTILLERY = "artillery"
    MORTAR = "mortar"
    MISSILE = "missile"
    DRONE = "drone"
    AIRCRAFT = "aircraft"
    VEHICLE = "vehicle"
    FIRE = "fire"
    BLADE = "blade"
    CHEMICAL = "chemical"
    CYBER = "cyber"
    BARE_HANDS = "bare-hands"
    OTHER = "other"


class SpeakerKind(StrEnum):
    NAMED = "named"
    DESCRIBED = "described"
    ANONYMOUS = "anonymous"
    REPORT = "report"


class Basis(StrEnum):
    """What a publication date rests on."""

    METADATA = "metadata"
    DATELINE = "dateline"
    URL = "url"
    TEXT = "text"
    GIVEN = "given"
    INFERRED = "inferred"


class CreditRole(StrEnum):
    AGENCY = "agency"
    REPUBLISHED_FROM = "republished-from"
    ORIGINAL = "original"
    CONTRIBUTOR = "contributor"


class Status(StrEnum):
    SINGLE_SOURCE = "single-source"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"


class PassageKind(StrEnum):
    """What a stretch of a report's text is: only `story` passages are coded; `note` is an editor's correction."""

    STORY = "story"
    HEADING = "heading"
    NOTE = "note"


# ---------------------------------------------------------------- errors in input are values
@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used: what (`code`), `where`, in plain words, and what to do."""

    code: str
    where: str
    message: str
    hint: str

    @property
    def is_note(self) -> bool:
        """Whether it says how something was understood, and nothing was lost."""
        return self.code in NOTES


NOTES = frozenset({"columns-guessed"})
"""Codes of problems that are none: they show a guess that the user may want to correct."""


# ---------------------------------------------------------------- captures and reports
@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what, by its name there (`--text-column`...); null: it is guessed.

    `day_first`: whether '3/4/2020' is the third of April (`--day-first`); null: what the whole column shows.
    """

    id: str | None = None
    text: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a file that it does not say itself (`--published`, `--publisher`, `--url`, `--captured`)."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    captured: str | None = None
    columns: Columns | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """How the web gave some bytes: the address that answered, the instant (ISO 8601), and what the server said of them.

    `media_type` is small and without parameters ('text/html'); `etag` and `last_modified` as the server wrote them.
    """

    url: str | None = None
    at: str | None = None
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes as they came and where from. `source` is the path or URL as given; `sha256` is of `data`.

    Bytes that came packed (a .gz file, an archived or fetched page) are kept as the document they are when unpacked.
    """

    sha256: str
    source: str
    data: bytes
    given: Given = Given()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published: ISO 8601 dates or instants; all null when nothing says so."""

    start: str | None = None
    end: str | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    name: str
    role: CreditRole
    quote: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a report's text: characters `start` to `end`."""

    start: int
    end: int
    kind: PassageKind = PassageKind.STORY


@dataclass(frozen=True, slots=True)
class Dateline:
    """'BAGHDAD, Jan 4 (AFP) -': its span in the text, the place, the day ('--01-04' without a year), the agency."""

    start: int
    end: int
    place: str | None = None
    day: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One publication of one text: what a reader sees when the page's furniture is gone.

    `captured`: when the page was saved (ISO 8601), as far as that is known.
    """

    id: str
    source: str
    url: str | None
    publisher: str | None
    agency: str | None
    title: str | None
    byline: str | None
    published: Published
    credits: tuple[Credit, ...]
    language: str | None
    sha256: str
    text: str
    passages: tuple[Passage, ...] = ()
    dateline: Dateline | None = None
    wire: str | None = None
    copy_of: str | None = None
    version_of: str | None = None
    captured: str | None = None


# ---------------------------------------------------------------- claims
@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact characters a field of a claim rests on: `quote == text[start:end]`."""

    field: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A report beside the original of its wire: `share` of its words stand there, `kept` of the original's in it (0 to 1).

    `added` are its own words, in its text; `left_out` those of the original that it has not, in the original's text.
    """

    report: str
    share: float
    kept: float
    added: tuple[Evidence, ...]
    left_out: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """The reports that print one story: the id of the original and its copies."""

    id: str
    original: str
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A count of things: 'at least 5' is 5 to None, 'about 50' 45 to 55, 'no' 0 to 0."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class ActorCodes:
    """`country` ISO 3166-1 alpha-3 (Kosovo XKX); `role` the primary PLOVER sector, all of them in `roles`."""

    country: str | None = None
    role: str | None = None
    cameo: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, or to whom: `name` as written (a proper name or the head noun), `quote == text[start:end]`."""

    name: str
    description: str | None
    id: str | None
    kind: ActorKind
    number: Number | None
    codes: ActorCodes
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where: `country` is ISO 3166-1 alpha-2; a country has no point (`lat`, `lon` null).

    `inferred` marks a place that the event's own sentence does not state: the one that its paragraph or lead is about, or
    the seat of who made a statement.
    """

    name: str
    within: str | None = None
    kind: PlaceKind | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    geonames_id: int | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """When: ISO 8601 dates or instants (UTC 'Z' where a zone is known); both null where it stays open.

    `inferred` marks a time that the event's own sentence does not state: that of its paragraph or lead, one that leans on an
    inferred day of publication, or the range up to the report's day of what is told as news of the day.
    """

    start: str | None
    end: str | None
    precision: TimePrecision
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Harm:
    """A toll: `high` null = no bound; `target` an index into the claim's targets; `part` = of the speaker's total."""

    kind: HarmKind
    low: int | None
    high: int | None
    who: str | None = None
    target: int | None = None
    total: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    name: str
    type: MeansType


@dataclass(frozen=True, slots=True)
class Codes:
    """The claim in other codebooks, from the crosswalk tables.

    `ged_type` is the UCDP type of violence: 1 state-based, 2 non-state, 3 one-sided; `quad_class` is 1 to 4.
    """

    cameo: str | None = None
    acled_event_type: str | None = None
    acled_sub_event_type: str | None = None
    quad_class: int | None = None
    ged_type: int | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What is demanded: the words, by when (ISO 8601) and how far off (metres)."""

    text: str
    deadline: str | None = None
    area_m: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """On whose word: where the report speaks in its own voice `kind` is "report" and `name` is null."""

    name: str | None
    kind: SpeakerKind
    role: str | None = None
    told: str | None = None


WITHDRAWN_WITHIN = 30
"""Days within which a publisher takes back what it told: an older story of the same people is another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report says, on one speaker's word, of one event.

    `event` is null until `merge`. `evidence` carries the words of each field; the words of `time` and `place`
    are what `ground` resolves. `background` claims (history that is not this report's news) make no event. `thread` is
    the id of the report's first claim of the same event: what the coder saw to be one event stays one.
    """

    id: str
    report: str
    type: EventType
    modality: Modality
    speaker: Speaker
    evidence: tuple[Evidence, ...]
    event: str | None = None
    mode: str | None = None
    context: tuple[str, ...] = ()
    outcome: Outcome | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    place: Place | None = None
    time: Time | None = None
    harm: tuple[Harm, ...] = ()
    means: tuple[Means, ...] = ()
    codes: Codes = Codes()
    demand: Demand | None = None
    stance: Stance = Stance.ASSERTS
    about: About = About.EVENT
    confidence: float = 0.5
    background: bool = False
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """The claims of a report, with what its publisher made of them: the later versions of its page, the newest last, and
    the reports in which it may take something back.
    """

    report: Report
    claims: Sequence[Claim]
    later: Sequence[Report] = ()
    withdrawing: Sequence[Report] = ()


# ---------------------------------------------------------------- events
@dataclass(frozen=True, slots=True)
class EventHarm:
    """The newest word of one speaker on one kind of harm; `said_by` null = the reports' own voice."""

    kind: HarmKind
    low: int | None
    high: int | None
    said_by: str | None
    claims: tuple[str, ...]
    who: str | None = None
    total: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    speaker: str | None
    stance: Stance
    about: About
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What the claims of all reports are about, settled across wires. `date` is [first, last] as ISO dates.

    `date_inferred`: no sentence of the event states these days; they are lent from around it, or are those of the report.
    """

    id: str
    summary: str
    type: EventType
    mode: str | None
    context: tuple[str, ...]
    modality: Modality
    date: tuple[str, str] | None
    precision: TimePrecision
    place: Place | None
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    harm: tuple[EventHarm, ...]
    says: tuple[Says, ...]
    status: Status
    independent_sources: int
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    first_reported: str | None
    review: str | None = None
    date_inferred: bool = False


# ---------------------------------------------------------------- what the words are, before any claim
@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression as written. `value` is its TIMEX3 value where the anchor is known, else null or relative.

    `first`, `last`: the ISO dates or instants it can mean, null where it stays open.
    """

    start: int
    end: int
    quote: str
    type: str
    value: str | None
    first: str | None
    last: str | None
    precision: TimePrecision = TimePrecision.UNKNOWN


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name as used in a text, resolved as far as the evidence goes."""

    start: int
    end: int
    quote: str
    place: Place
    use: PlaceUse = PlaceUse.PLACE


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of a place's score: what it counts, how much, and which other names of the text say so."""

    name: str
    value: float
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that bears a name, as weighed: its `score` is the sum of its `parts`."""

    place: Place
    population: int
    score: float
    parts: tuple[ScorePart, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlaceExplained:
    """What a name means, by itself or in a text from `start` to `end`: every place of the name, the likeliest first.

    `place` is the one that is meant, null where that is unknown; `why` says so in words.
    """

    name: str
    start: int | None
    end: int | None
    place: Place | None
    why: str
    choices: tuple[PlaceChoice, ...]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A phrase that names or describes an actor, resolved as far as the evidence goes."""

    start: int
    end: int
    quote: str
    id: str | None
    name: str
    kind: ActorKind
    codes: ActorCodes


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is quoted or paraphrased (`source`, null when unsaid), by which word (`cue`), saying what (`content`)."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    stance: Stance = Stance.ASSERTS
    told: Span | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a claim that was decided on is told, by which it is found again when a newer coder gives it another id.

    `start`, `end`, `quote` are of its evidence for `type`; `speaker` is as the claim names it.
    """

    claim: str
    report: str
    type: EventType
    start: int
    end: int
    quote: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of decisions.jsonl: what a person decided, and why. `line` is its number there, from 1.

    `subject` is the id of an event, claim or report, or the number of the line that is undone; `details` are what the
    action needs besides; `claims` are those of the subject (of a split: those that go), `into` those of the event that
    it is merged into.
    """

    action: str
    subject: str
    by: str
    at: str
    reason: str
    details: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Anchor, ...] = ()
    into: tuple[Anchor, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """One comparison of a claim with the event so far: what each of them says, and how much it speaks for one event."""

    field: str
    value: float
    claim: str
    event: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim is of its event: `how` it came to it, and where likeness decided, the votes and what they needed.

    `how`: "first" (it opens the event), "thread" (its report tells it as one with another claim), "wire" (a copy says
    the same in the same words), "likeness". `decisions`: those that brought it here, in words.
    """

    claim: str
    how: str
    votes: tuple[Vote, ...] = ()
    needed: float | None = None
    decisions: tuple[str, ...] = ()


# ---------------------------------------------------------------- how a record came to be as it is
class Happened(StrEnum):
    """What became of an event between two states of a record."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    RETRACTED = "retracted"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an event before and after, as JSON values."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one event, and why. `events`: those it went into or was split into; `summary` as it is after."""

    event: str
    what: Happened
    summary: str
    events: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A making of the record: its number from 1, when (null: nobody said), and what it changed."""

    number: int
    at: str | None
    changes: tuple[Change, ...]
