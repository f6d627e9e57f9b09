"""The gazetteer: exact look-up of a name, whatever its spelling varies in; compiled once, safely."""

from __future__ import annotations

import itertools
import math
import os
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge import gazetteer_cache
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.gazetteer_areas import Point, midpoint
from dateline.knowledge.gazetteer_build import Entry, write
from dateline.knowledge.gazetteer_cache import cache_folder
from dateline.knowledge.packs import PackError, Packs
from dateline.knowledge.place_names import key, keys
from dateline.language.distance import kilometres
from dateline.language.place_words import PlaceWords
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
        ("Hillah", "IQ"),
        ("Hilla", "IQ"),
        ("Tell Tamr", "SY"),
        ("Busra al-Sham", "SY"),
        ("Tahrir Square", "EG"),
        ("Torkham", "AF"),
        ("Kutupalong", "BD"),
        ("Jebel Marra", "SD"),
        ("Saigon", "VN"),
        ("Leopoldville", "CD"),
        ("Czechoslovakia", "CZ"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert gazetteer.lookup(name)[0].country == country


def test_all_places_of_a_name_are_given(gazetteer: Gazetteer) -> None:
    assert {"LB", "LY", "GR"} <= set(countries(gazetteer, "Tripoli"))
    assert {"GE", "US"} <= set(countries(gazetteer, "Georgia"))
    assert {"BO", "PE"} <= set(countries(gazetteer, "El Alto"))


def test_what_is_no_place_is_not_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Xyzzyville") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("Baghdat City Council of Nowhere") == ()


def test_a_base_of_ours_is_the_airfield_that_bears_its_name(gazetteer: Gazetteer) -> None:
    [field] = gazetteer.lookup("Sheremetyevo")
    assert gazetteer.lookup("Sheremetyevo International Airport") == (field,)
    assert field.source.startswith("OurAirports")


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


def test_every_row_of_ours_lies_in_its_country_or_just_across_its_border(gazetteer: Gazetteer) -> None:
    around = settled_around(gazetteer)
    strayed = {}
    for row in Packs().rows("world/places.csv"):
        lat, lon, country = float(row["lat"]), float(row["lon"]), row["country"]
        near = sorted((kilometres(at[0], at[1], lat, lon), at[2]) for at in around(lat, lon))
        kin = {country, *gazetteer.neighbours(country)}
        if country and near and near[0][1] not in kin and not any(c == country and km < 20 for km, c in near):
            strayed[row["id"]] = near[0]
    assert strayed == {}


def settled_around(gazetteer: Gazetteer) -> Callable[[float, float], Iterator[tuple[float, float, str]]]:
    """GeoNames' settlements (latitude, longitude, country) within a degree or two of a point."""
    cells = defaultdict(list)
    with sqlite3.connect(gazetteer.path) as connection:
        asked = "SELECT lat, lon, country FROM places WHERE kind = 'settlement' AND geonames_id IS NOT NULL"
        for lat, lon, country in connection.execute(asked):
            cells[math.floor(lat), math.floor(lon)].append((lat, lon, country))

    def around(lat: float, lon: float) -> Iterator[tuple[float, float, str]]:
        for north, east in itertools.product((-1, 0, 1), repeat=2):
            yield from cells.get((math.floor(lat) + north, math.floor(lon) + east), ())

    return around


def test_what_a_row_of_ours_lies_in_is_a_place_near_it(gazetteer: Gazetteer) -> None:
    lost = []
    for row in Packs().rows("world/places.csv"):
        found = [c for c in gazetteer.lookup(row["parent"]) if c.lat is not None and c.lon is not None]
        near = (kilometres(c.lat or 0, c.lon or 0, float(row["lat"]), float(row["lon"])) for c in found)
        if row["parent"] and min(near, default=math.inf) > 60:
            lost.append((row["id"], row["parent"]))
    assert lost == []


def test_no_two_rows_of_ours_are_one_place() -> None:
    rows = Packs().rows("world/places.csv")
    assert len(rows) >= 600
    named = Counter(
        (kind, country, name)
        for row in rows
        for kind, country in [(row["kind"], row["country"])]
        for name in {key(name) for name in (row["name"], *row["also"].split("|")) if name}
    )
    assert [name for name, times in named.items() if times > 1] == []


def test_no_name_of_ours_is_a_common_word() -> None:
    words = PlaceWords.load(Packs())
    common = words.function | words.trap_words | words.titles | words.organisation | words.demonyms.keys()
    ours = {key(name) for row in Packs().rows("world/places.csv") for name in (row["name"], *row["also"].split("|"))}
    assert ours & common == set()


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


@pytest.fixture
def few_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder of its own, and an index of one place, quickly made."""
    town = Entry("Ostrava Lake", PlaceKind.WATER, None, None, 1.0, 2.0, 0, None, "ours", (("Ostrava Lake", 0),))
    monkeypatch.setattr(gazetteer_cache, "entries", lambda _: [town])
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda whole: whole[:100],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole + b"more",
        lambda whole: b"no database" + whole[11:],
        lambda whole: whole[:60] + bytes(4) + whole[64:],
    ],
    ids=["empty", "a header alone", "half", "too long", "another file", "never finished"],
)
def test_an_index_that_is_not_whole_is_made_anew(few_places: Path, damage: Callable[[bytes], bytes]) -> None:
    made = gazetteer_cache.compiled(Packs())
    whole = made.read_bytes()
    made.write_bytes(damage(whole))
    assert gazetteer_cache.compiled(Packs()).read_bytes() == whole


def test_a_whole_index_is_not_made_again(few_places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = gazetteer_cache.compiled(Packs())
    monkeypatch.setattr(gazetteer_cache, "entries", None)
    assert gazetteer_cache.compiled(Packs()) == made


def test_a_run_that_breaks_off_leaves_nothing_behind(few_places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(packs: Packs) -> list[Entry]:
        raise KeyboardInterrupt

    monkeypatch.setattr(gazetteer_cache, "entries", broken)
    with pytest.raises(KeyboardInterrupt):
        gazetteer_cache.compiled(Packs())
    assert list(few_places.iterdir()) == []


def test_a_cache_folder_that_cannot_be_written_is_named_with_what_to_do(few_places: Path) -> None:
    few_places.write_text("a file where the folder should be")
    with pytest.raises(PackError, match=f"{few_places}: .*; set DATELINE_CACHE"):
        gazetteer_cache.compiled(Packs())


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DATELINE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "dateline"


def test_several_processes_may_compile_at_once(tmp_path: Path) -> None:
    code = (
        "from dateline.knowledge import gazetteer, gazetteer_build as build, gazetteer_cache as cache;"
        "from dateline.knowledge.packs import Packs;"
        "from dateline.types import PlaceKind;"
        "town = build.Entry('Mosul', PlaceKind.SETTLEMENT, 'IQ', None, 1.0, 2.0, 0, None, 'ours', (('Mosul', 0),));"
        "cache.entries = lambda packs: [town] * 20_000;"
        "print(gazetteer.Gazetteer.load(Packs()).lookup('Mosul')[0].country)"
    )
    environment = os.environ | {"DATELINE_CACHE": str(tmp_path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [run.communicate()[0].strip() for run in runs] == ["IQ", "IQ", "IQ"]
    assert [path.suffix for path in tmp_path.iterdir()] == [".db"]
