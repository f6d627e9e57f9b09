"""publish: what is written can be read back by strict readers, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.publishing import PUBLISHERS, escape_cell, formats, publish, unescape_cell
from dateline.publishing.encoding import claim_from_json, event_from_json, record_line, report_from_json, to_json
from dateline.publishing.table import COLUMNS, DANGEROUS
from dateline.types import (
    About,
    Actor,
    ActorCodes,
    ActorKind,
    Claim,
    Event,
    EventHarm,
    EventType,
    Evidence,
    Harm,
    HarmKind,
    Modality,
    Place,
    PlacePrecision,
    Published,
    Report,
    Says,
    Speaker,
    Stance,
    Status,
    Time,
    TimePrecision,
)

NUMBERS = ("lat", "lon", "independent_sources")
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
TEXT = st.text(max_size=30)
LAT = st.floats(-90, 90) | st.none() | st.just(math.nan)
PLACES = st.builds(Place, name=TEXT, lat=LAT, lon=LAT, precision=st.sampled_from(PlacePrecision))
PARTIES = st.lists(st.builds(Actor, name=TEXT, number=st.none(), codes=st.just(ActorCodes())), max_size=2).map(tuple)
TOLLS = st.lists(st.from_type(EventHarm), max_size=2).map(tuple)
NOTHING = st.just(())
EVENTS = st.builds(
    Event,
    date=st.none() | st.just(("2031-05-06", "2031-05-07")),
    place=st.none() | PLACES,
    summary=TEXT,
    context=NOTHING,
    actors=PARTIES,
    targets=NOTHING,
    harm=TOLLS,
    says=NOTHING,
    reports=NOTHING,
    claims=NOTHING,
)
REPORTS = st.builds(Report, text=TEXT, title=st.none() | TEXT, published=st.from_type(Published), credits=NOTHING)
CLAIMS = st.builds(
    Claim,
    speaker=st.from_type(Speaker),
    evidence=st.lists(st.from_type(Evidence), max_size=2).map(tuple),
    actors=PARTIES,
    place=st.none() | PLACES,
    time=st.none() | st.from_type(Time),
    harm=st.lists(st.from_type(Harm), max_size=2).map(tuple),
    confidence=st.floats(0, 1),
)
few = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def strict(line: str) -> Any:
    """JSON as the standard has it: no NaN, no infinity, no key twice."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)

    return json.loads(line, parse_constant=refuse, object_pairs_hook=once)


def an_event(**more: Any) -> Event:
    fields: dict[str, Any] = {
        "id": "e1", "summary": "A market was shelled.", "type": EventType.ASSAULT, "mode": None, "context": (),
        "modality": Modality.HAPPENED, "date": ("2031-05-06", "2031-05-06"), "precision": TimePrecision.DAY,
        "place": Place("Orlu", country="XA", lat=-10.5, lon=20.25, precision=PlacePrecision.CITY), "actors": (),
        "targets": (), "harm": (), "says": (), "status": Status.SINGLE_SOURCE, "independent_sources": 1,
        "reports": ("a",), "claims": ("c",), "first_reported": None,
    }  # fmt: skip
    return Event(**{**fields, **more})


def written(format_: str, *events: Event) -> str:
    return "".join(publish(format_, reports=[], claims=[], events=events))


def rows(*events: Event) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written("csv", *events), newline=""), strict=True))


# ---------------------------------------------------------------- JSON Lines
@few
@given(REPORTS, CLAIMS, EVENTS)
def test_json_lines_are_one_object_a_line_in_strict_json(report: Report, claim: Claim, event: Event) -> None:
    text = "".join(publish("jsonl", reports=[report], claims=[claim], events=[event]))
    assert text.splitlines() == text.split("\n")[:-1]
    assert [strict(line)["kind"] for line in text.splitlines()] == ["report", "claim", "event"]


@few
@given(REPORTS)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    assert report_from_json(record_line(report)) == report


@few
@given(CLAIMS)
def test_a_claim_comes_back_as_it_was(claim: Claim) -> None:
    back = claim_from_json(record_line(claim))
    assert to_json(back) == to_json(claim)


@few
@given(EVENTS)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    back = event_from_json(record_line(event))
    assert to_json(back) == to_json(event)


@given(ANY_TEXT)
def test_half_a_surrogate_pair_is_escaped_and_no_line_is_broken(text: str) -> None:
    line = record_line(dataclasses.replace(an_event(), summary=text))
    assert strict(line)["summary"] == text
    line.encode("utf-8")


def test_every_field_of_the_record_is_written_with_its_kind_first() -> None:
    keys = list(strict(record_line(an_event())))
    assert keys == ["kind", *(field.name for field in dataclasses.fields(Event))]


def test_what_is_not_known_is_null_and_a_total_is_named_only_where_it_is_one() -> None:
    harm = (
        EventHarm(HarmKind.KILLED, 5, None, None, ("c",)),
        EventHarm(HarmKind.KILLED, 7, 7, "army", ("c",), total=True),
    )
    flat = strict(record_line(an_event(place=None, harm=harm)))
    assert flat["place"] is None
    assert flat["harm"][0] == {"kind": "killed", "low": 5, "high": None, "said_by": None, "claims": ["c"], "who": None}
    assert flat["harm"][1]["total"] is True


def test_the_order_of_what_is_given_changes_nothing() -> None:
    one, other, undated = (
        an_event(id="e1"),
        an_event(id="e2", date=("2031-05-01", "2031-05-01")),
        an_event(id="e0", date=None),
    )
    assert written("jsonl", one, other, undated) == written("jsonl", undated, other, one)
    assert [strict(line)["id"] for line in written("jsonl", one, undated, other).splitlines()] == ["e2", "e1", "e0"]


# ---------------------------------------------------------------- CSV
@given(TEXT)
def test_every_cell_comes_back_as_it_was(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert not escape_cell(start + "cmd|' /C calc'!A0").startswith(DANGEROUS)


@few
@given(st.lists(EVENTS, max_size=3))
def test_a_table_comes_back_as_it_was(events: list[Event]) -> None:
    assert sorted(unescape_cell(row["summary"]) for row in rows(*events)) == sorted(e.summary for e in events)
    assert all(list(row) == list(COLUMNS) for row in rows(*events))


@few
@given(EVENTS)
def test_no_text_cell_of_a_table_begins_as_a_formula(event: Event) -> None:
    [row] = rows(event)
    assert not any(cell.startswith(DANGEROUS) for name, cell in row.items() if name not in NUMBERS)


def test_numbers_stay_numbers() -> None:
    [row] = rows(an_event())
    assert (float(row["lat"]), float(row["lon"])) == (-10.5, 20.25)


def test_tolls_stand_by_those_who_say_them() -> None:
    harm = (
        EventHarm(HarmKind.KILLED, 3, 3, "army", ("c",)),
        EventHarm(HarmKind.KILLED, 5, None, None, ("c",), who="farmers"),
        EventHarm(HarmKind.INJURED, 0, 20, "hospital", ("c",)),
    )
    [row] = rows(an_event(harm=harm))
    assert row["killed"] == "army: 3-3; reports: 5- (farmers)"
    assert row["injured"] == "hospital: 0-20"


# ---------------------------------------------------------------- GeoJSON
@few
@given(st.lists(EVENTS, max_size=3))
def test_geojson_is_strict_and_every_point_is_on_earth(events: list[Event]) -> None:
    collection = strict(written("geojson", *events))
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == len(events)
    for feature in collection["features"]:
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert abs(lon) <= 180
            assert abs(lat) <= 90


@pytest.mark.parametrize("precision", [PlacePrecision.COUNTRY, PlacePrecision.PROVINCE])
def test_what_is_known_to_the_province_only_has_no_point(precision: PlacePrecision) -> None:
    place = Place("Aria", country="XA", lat=1.0, lon=2.0, precision=precision)
    [feature] = strict(written("geojson", an_event(place=place)))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["place_precision"] == precision


def test_a_point_has_its_longitude_first() -> None:
    [feature] = strict(written("geojson", an_event()))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [20.25, -10.5]}


# ---------------------------------------------------------------- formats
def test_an_unknown_format_is_told_at_once_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"no format 'geojsn'.*did you mean 'geojson'"):
        publish("geojsn", reports=[], claims=[], events=[])


def test_other_packages_add_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        def load(self) -> Callable[..., Any]:
            return lambda **record: iter([str(len(record))])

    class Entries(list[Entry]):
        names = frozenset({"counts"})

    monkeypatch.setattr("dateline.publishing.entry_points", lambda **_: Entries([Entry()]))
    assert formats() == sorted([*PUBLISHERS, "counts"])
    assert list(publish("counts", reports=[], claims=[], events=[])) == ["3"]


def test_a_whole_record_is_written_with_says_and_parties() -> None:
    actor = Actor("Noor Front", None, None, ActorKind.GROUP, None, ActorCodes(country="IRQ"), "Noor Front", 0, 10)
    says = (Says("Noor Front", Stance.CLAIMS_RESPONSIBILITY, About.ACTOR, ("c",)),)
    flat = strict(record_line(an_event(actors=(actor,), says=says)))
    assert flat["actors"][0]["codes"] == {"country": "IRQ", "role": None, "cameo": None, "roles": []}
    assert flat["says"][0]["stance"] == "claims-responsibility"


def test_a_report_has_its_date_with_its_basis() -> None:
    report = Report("r", "a.txt", None, None, None, None, None, Published("2031-05-06", None), (), None, "", "Text.")
    assert strict(record_line(report))["published"] == {"start": "2031-05-06", "end": None, "basis": None}
