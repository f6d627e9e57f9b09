"""The gazetteer: exact look-up of a name, whatever its spelling varies in; compiled once, safely."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.gazetteer_areas import Point, midpoint
from dateline.knowledge.gazetteer_build import Entry, cache_folder, write
from dateline.knowledge.packs import Packs
from dateline.knowledge.place_names import key, keys
from dateline.types import PlaceKind


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(Packs())


def countries(gazetteer: Gazetteer, name: str) -> list[str | None]:
    return [c.country for c in gazetteer.lookup(name)]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Baghdad", "IQ"),
        ("BAGHDAD", "IQ"),
        ("Sao Paulo", "BR"),
        ("São Paulo", "BR"),
        ("Port au Prince", "HT"),
        ("N'Djamena", "TD"),
        ("N’Djamena", "TD"),
        ("al-Hilla", "IQ"),
        ("Al Hillah", "IQ"),
        ("Ivory Coast", "CI"),
        ("Britain", "GB"),
        ("U.S.", "US"),
        ("Burma", "MM"),
        ("Swaziland", "SZ"),
        ("Kosovo", "XK"),
        ("Nineveh", "IQ"),
        ("North Kivu", "CD"),
        ("Rakhine", "MM"),
        ("Camp Taji", "IQ"),
        ("Baghdad airport", "IQ"),
        ("Rapides Parish", "US"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert gazetteer.lookup(name)[0].country == country


def test_all_places_of_a_name_are_given(gazetteer: Gazetteer) -> None:
    assert {"LB", "LY", "GR"} <= set(countries(gazetteer, "Tripoli"))
    assert {"GE", "US"} <= set(countries(gazetteer, "Georgia"))


def test_what_is_no_place_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Xyzzyville") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("Baghdat City Council of Nowhere") == ()


def test_a_country_has_no_point(gazetteer: Gazetteer) -> None:
    country = gazetteer.lookup("Mali")[0]
    assert (country.kind, country.lat, country.lon) == (PlaceKind.COUNTRY, None, None)


def test_a_sea_has_a_point_and_no_country(gazetteer: Gazetteer) -> None:
    sea = gazetteer.lookup("the Red Sea")[0]
    assert sea.kind is PlaceKind.WATER
    assert sea.country is None
    assert sea.lat is not None


def test_neighbours_are_known(gazetteer: Gazetteer) -> None:
    assert {"SY", "IR"} <= gazetteer.neighbours("IQ")
    assert gazetteer.neighbours("ZZ") == frozenset()


def test_our_own_row_keeps_the_geonames_id_of_the_same_town(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Deir al-Zour")[0].geonames_id is not None


def test_the_sign_for_and_is_the_word(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Trinidad & Tobago") == gazetteer.lookup("Trinidad and Tobago") != ()


@given(st.text(max_size=40))
def test_a_key_is_a_key_of_itself(name: str) -> None:
    assert key(key(name)) == key(name)
    assert key(name) in keys(name)


def test_every_row_names_its_source_and_lies_on_earth() -> None:
    packs = Packs()
    for table in ("world/places.csv", "world/countries.csv"):
        rows = packs.rows(table)
        assert len(rows) >= 250
        assert all(row["source"] for row in rows)
    for row in packs.rows("world/places.csv"):
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
        assert PlaceKind(row["kind"])


def test_the_countries_are_all_there() -> None:
    rows = {row["alpha2"]: row for row in Packs().rows("world/countries.csv")}
    assert len(rows) == 250
    assert (rows["XK"]["alpha3"], rows["PS"]["alpha3"]) == ("XKX", "PSE")
    assert "Turks" in rows["TR"]["people"].split("|")


def test_a_province_is_one_place_under_all_its_names(gazetteer: Gazetteer) -> None:
    ours, theirs = (
        [c for c in gazetteer.lookup(name) if c.kind is PlaceKind.PROVINCE] for name in ("Nineveh", "Ninawa")
    )
    assert [(c.name, c.admin1, c.geonames_id) for c in ours] == [(c.name, c.admin1, c.geonames_id) for c in theirs]
    assert ours[0].geonames_id is not None
    assert "Nineveh" in [c.admin1 for c in gazetteer.lookup("Mosul")]


def test_a_province_is_found_by_the_name_that_airports_give_it(gazetteer: Gazetteer) -> None:
    assert any(c.kind is PlaceKind.PROVINCE and c.country == "RU" for c in gazetteer.lookup("Orenburg"))


@pytest.mark.parametrize(
    ("points", "middle"),
    [
        ([(10.0, 20.0)], (10.0, 20.0)),
        ([(0.0, 0.0), (2.0, 4.0)], (1.0, 2.0)),
        ([(-17.0, 179.0), (-17.0, -179.0)], (-17.0, -180.0)),
    ],
)
def test_the_midpoint_lies_among_the_points(points: list[Point], middle: Point) -> None:
    assert midpoint(points) == middle


def test_an_index_is_written_whole(tmp_path: Path) -> None:
    entry = Entry("Al Qarya", PlaceKind.SETTLEMENT, "SY", None, 35.0, 38.0, 0, None, "ours", (("Al Qarya", 0),))
    write(tmp_path / "small.db", [entry], {"SY": "IQ,TR"})
    small = Gazetteer(tmp_path / "small.db", Packs())
    assert [c.name for c in small.lookup("al-Qarya")] == ["Al Qarya"]
    assert [c.rank for c in small.lookup("Qarya")] == [1]
    assert small.neighbours("SY") == {"IQ", "TR"}


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DATELINE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "dateline"


def test_two_processes_may_compile_at_once(tmp_path: Path) -> None:
    code = (
        "from dateline.knowledge.packs import Packs; from dateline.knowledge.gazetteer import Gazetteer;"
        "print(Gazetteer.load(Packs()).lookup('Mosul')[0].country)"
    )
    environment = os.environ | {"DATELINE_CACHE": str(tmp_path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [run.communicate()[0].strip() for run in runs] == ["IQ", "IQ"]
    assert [path.suffix for path in tmp_path.iterdir()] == [".db"]
