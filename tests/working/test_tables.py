from __future__ import annotations

import string
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cleaning import clean
from dateline.coding import code
from dateline.grounding import ground
from dateline.knowledge.packs import Packs
from dateline.types import Capture, Given, Origin, Problem
from dateline.working import tables
from dateline.working.sharding import BYTES, ITEMS, cut, manifest
from dateline.working.tables import (
    captures_of,
    captures_table,
    claims_of,
    clean_shard,
    cleaned_of,
    code_shard,
    reports_of,
    reports_table,
)
from dateline.working.work import CLEAN

PACKS = Packs()
STORY = "Rebels shot at a bus on the road to Kyiv on Sunday and wounded {} passengers, the police chief said."


def file(name: str, data: bytes) -> Capture:
    return Capture(sha256(data).hexdigest(), name, data)


STORIES = [file(f"{n}.txt", STORY.format(n).encode()) for n in range(2, 5)]

captures = st.builds(
    file,
    st.sampled_from(["a.txt", "b.html", "c.csv", "d.json", "e.eml", "f.xml", "g.parquet"]),
    st.one_of(st.binary(max_size=60), st.just(STORY.encode()), st.just(b"<p>" + STORY.encode())),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(captures, max_size=5))
def test_rows_in_are_rows_out_and_problems(listed: list[Capture]) -> None:
    done = clean_shard(captures_table(listed), PACKS)
    assert done.num_rows == len(listed)
    assert list(cleaned_of(done)) == [clean(one, PACKS) for one in listed]
    reports = [r for one in cleaned_of(done) if not isinstance(one, Problem) for r in one.reports]
    assert code_shard(reports_table(reports), PACKS).num_rows == len(reports)


def test_a_shard_of_reports_gives_their_claims() -> None:
    reports = [clean(one, PACKS).reports[0] for one in STORIES]
    done = code_shard(reports_table(reports), PACKS)
    assert list(claims_of(done)) == [tuple(ground(code(one, PACKS), one, PACKS)) for one in reports]


def test_a_row_on_which_a_step_raises_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def do(capture: Capture, packs: Packs) -> object:
        if capture.source == "3.txt":
            raise LookupError("no such thing")
        return clean(capture, packs)

    monkeypatch.setattr(tables, "CLEAN", type(CLEAN)(**{n: getattr(CLEAN, n) for n in CLEAN.__slots__} | {"do": do}))
    found = list(cleaned_of(clean_shard(captures_table(STORIES), PACKS)))
    assert [one.code if isinstance(one, Problem) else "" for one in found] == ["", "could-not-clean", ""]


def test_a_shard_gives_the_same_bytes_each_time() -> None:
    table = captures_table(STORIES)
    one, two = (clean_shard(table, PACKS).column("cleaned").to_pylist() for _ in range(2))
    assert one == two


def test_captures_come_back_from_a_table_as_they_were() -> None:
    web = Capture("0" * 64, "http://gull.test/a", b"\x00\xff", Given(publisher="Gull"), Origin(charset="utf-8"))
    assert list(captures_of(captures_table([web, *STORIES]))) == [web, *STORIES]


def test_reports_come_back_from_a_table_as_they_were() -> None:
    reports = [clean(one, PACKS).reports[0] for one in STORIES]
    assert list(reports_of(reports_table(reports))) == reports


# ---------------------------------------------------------------- cutting
@given(st.lists(st.text(string.ascii_letters, max_size=3).map(lambda t: t * (BYTES // 4)), max_size=3 * ITEMS))
def test_shards_hold_every_item_once_in_order_and_no_more_than_they_may(items: list[str]) -> None:
    shards = list(cut(items, len))
    assert [one for shard in shards for one in shard] == items
    assert all(0 < len(shard) <= ITEMS for shard in shards)
    assert all(len(shard) == 1 or sum(map(len, shard)) <= BYTES for shard in shards)


def test_a_manifest_tells_which_shard_was_changed() -> None:
    before = [file(f"{n}.txt", STORY.format(n).encode()) for n in range(3 * ITEMS)]
    after = [*before]
    after[ITEMS] = file("other.txt", STORY.encode())
    same = [one == two for one, two in zip(manifest(before), manifest(after), strict=True)]
    assert same == [True, False, True]


def test_items_added_at_the_end_leave_the_full_shards_alone() -> None:
    items = [file(f"{n}.txt", STORY.format(n).encode()) for n in range(3 * ITEMS + 1)]
    shards = manifest(items)
    assert [(one.first, one.count) for one in shards] == [
        (0, ITEMS),
        (ITEMS, ITEMS),
        (2 * ITEMS, ITEMS),
        (3 * ITEMS, 1),
    ]
    assert manifest(items[:-1]) == shards[:-1]
