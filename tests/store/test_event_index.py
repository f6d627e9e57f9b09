"""The index in memory and SQL answer alike, whatever is asked."""

from __future__ import annotations

import gc
import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import large
from dateline.store.asking import Query
from dateline.store.event_index import FACETS, EventIndex
from dateline.store.index_reading import read_index
from dateline.store.rows import Made, position
from dateline.store.shelf import Shelf
from dateline.store.sqlite import Database
from dateline.types import Event, Status

SIZE = 240


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("few")
    large.fill(folder, SIZE)
    return folder / "record.db"


@pytest.fixture(scope="module")
def index(path: Path) -> Iterator[EventIndex]:
    with closing(read_index(path)) as index:
        yield index


@pytest.fixture(scope="module")
def database(path: Path) -> Iterator[Database]:
    with closing(Database.reading(path)) as database:
        yield database


WORDS = st.sampled_from(["attacked", "met", "spokesman", "Town1", '"were killed"', "-met said", "word7", "students"])
QUERIES = st.builds(
    Query,
    type=st.lists(st.sampled_from(["ASSAULT", "PROTEST", "AID", "REJECT"]), max_size=2).map(tuple),
    mode=st.sampled_from([(), ("bomb",), ("none",), ("bomb", "none"), ("no such",)]),
    actor=st.sampled_from([(), ("gull",), ("=Gull Front",), ("=Gull",), ("XA",), ("=Noor army", "lume")]),
    acting=st.sampled_from([(), ("gull",), ("=Gull Front",), ("=Gull Front", "=Noor army")]),
    target=st.sampled_from([(), ("mayor",), ("=the mayor",), ("gull",)]),
    speaker=st.sampled_from([(), ("spokesman 1",), ("=spokesman 1",), ("reports",)]),
    place=st.sampled_from([(), ("town1",), ("=Town1",), ("XB",)]),
    country=st.sampled_from([(), ("XA",), ("none",), ("XA", "XC")]),
    bbox=st.sampled_from([None, (10.0, -20.0, 14.0, 5.0), (14.0, -20.0, 10.0, 5.0)]),
    first=st.sampled_from([None, "2021-03-01"]),
    last=st.sampled_from([None, "2021-06-30"]),
    unsure=st.booleans(),
    status=st.sampled_from([(), ("disputed",), ("retracted", "disputed")]),
    modality=st.sampled_from([(), ("planned",)]),
    precision=st.sampled_from([(), ("day",), ("unknown",)]),
    place_precision=st.sampled_from([(), ("city",), ("none",)]),
    review=st.sampled_from([(), ("accepted",), ("none",)]),
    disputed=st.booleans(),
    undated=st.booleans(),
    unplaced=st.booleans(),
    text=st.none() | WORDS,
)


@given(query=QUERIES)
@settings(max_examples=400, deadline=None)
def test_the_index_finds_what_the_database_finds_in_the_same_order(
    index: EventIndex, database: Database, query: Query
) -> None:
    assert index.found(query).page(None, SIZE) == [event.id for event in database.events(query)]


@given(query=QUERIES, size=st.integers(1, 50))
@settings(max_examples=60, deadline=None)
def test_pages_forwards_and_backwards_are_the_whole_list(
    index: EventIndex, database: Database, query: Query, size: int
) -> None:
    found, whole = index.found(query), [event.id for event in database.events(query)]
    told: list[str] = []
    at = None
    while part := found.page(at, size):
        told += part
        at = position(database.events_of([part[-1]])[0])
        assert found.before(at, len(told)) == told[:-1]
    assert told == whole


@given(query=QUERIES)
@settings(max_examples=60, deadline=None)
def test_a_tally_counts_the_events(index: EventIndex, database: Database, query: Query) -> None:
    events, tally = list(database.events(query)), index.found(query).tally
    assert tally.events == len(events)
    assert tally.disputed == sum(event.status.value == "disputed" for event in events)
    assert tally.undated == sum(event.date is None for event in events)
    assert tally.unplaced == sum(event.place is None for event in events)


@given(query=QUERIES, name=st.sampled_from(FACETS))
@settings(max_examples=150, deadline=None)
def test_a_facet_counts_what_all_other_filters_leave(
    index: EventIndex, database: Database, query: Query, name: str
) -> None:
    others = Query(**{field: value for field, value in query.asked().items() if field != name})  # type: ignore[arg-type]
    counts = Counter(value for event in database.events(others) for value in values_of(event, name))
    told = {one.value: one.events for one in index.found(query).facet(name, 10_000)}
    assert {value: count for value, count in told.items() if count} == dict(counts)


def values_of(event: Event, name: str) -> set[str]:
    """The values that an event has in a facet."""
    place = event.place
    match name:
        case "actor":
            return {f"={one.id or one.name}" for one in (*event.actors, *event.targets)}
        case "target":
            return {f"={one.id or one.name}" for one in event.targets}
        case "speaker":
            return {f"={one.speaker}" if one.speaker else "reports" for one in event.says}
        case "country":
            return {place.country if place and place.country else "none"}
        case "place_precision":
            return {place.precision.value if place and place.precision else "none"}
        case "review":
            return {event.review or "none"}
        case "mode":
            return {event.mode or "none"}
        case _:
            return {getattr(event, name).value}


def test_a_value_that_is_asked_for_is_counted_though_it_is_rare(index: EventIndex) -> None:
    rare = index.found(Query()).facet("speaker", 1000)[-1]
    told = index.found(Query(speaker=(rare.value,))).facet("speaker", 3)
    assert told[-1] == rare
    assert len(told) == 4


@given(query=QUERIES)
@settings(max_examples=60, deadline=None)
def test_spots_and_spans_count_every_event_once(index: EventIndex, query: Query) -> None:
    found = index.found(query)
    tally = found.tally
    assert sum(spot.events for spot in found.spots(1000)) == tally.events - tally.unplaced
    spans = found.spans(40)
    assert len(spans) <= 40
    assert sum(span.events for span in spans) == tally.events - tally.undated
    assert sum(span.disputed for span in spans) <= tally.disputed
    assert all(one.last < other.first for one, other in itertools.pairwise(spans))


# ---------------------------------------------------------------- after a change
@given(
    gone=st.sets(st.integers(0, 59), max_size=8),
    changed=st.sets(st.integers(0, 59), max_size=8),
    query=QUERIES,
    name=st.sampled_from(FACETS),
)
@settings(max_examples=25, deadline=None)
def test_what_is_taken_over_from_an_earlier_index_is_as_if_all_were_read(
    tmp_path_factory: pytest.TempPathFactory, gone: set[int], changed: set[int], query: Query, name: str
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    large.fill(folder, 60)
    path = folder / "record.db"
    with closing(read_index(path)) as before:
        before.found(query)
        with closing(Database.writing(path)) as writing, writing.shelf() as shelf:
            change(shelf, [before.ids[at] for at in sorted(gone)], [before.ids[at] for at in sorted(changed - gone)])
        with closing(read_index(path, before)) as after, closing(read_index(path)) as anew:
            assert after.ids == anew.ids
            one, other = after.found(query), anew.found(query)
            assert (one.tally, one.page(None, 60)) == (other.tally, other.page(None, 60))
            assert one.facet(name, 100) == other.facet(name, 100)
            assert (one.spots(100), one.spans(30)) == (other.spots(100), other.spans(30))


def change(shelf: Shelf, gone: list[str], changed: list[str]) -> None:
    """Drops events, and puts others in again, told otherwise."""
    for key in gone:
        shelf.drop_event(key)
    for key in changed:
        event = shelf.event(key)
        assert event is not None
        shelf.drop_event(key)
        shelf.put_event(replace(event, date=("2021-02-02", "2021-02-03"), status=Status.RETRACTED, place=None, says=()))
    shelf.add_run(Made(None, 0, ()), "changed")


def test_an_index_that_took_over_from_another_still_answers_when_that_is_gone(path: Path) -> None:
    before = read_index(path)
    now = read_index(path, before)
    del before
    gc.collect()
    with closing(now):
        assert now.found(Query(place=("town1",))).tally.events > 0
