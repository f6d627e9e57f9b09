"""Floors hold for the gold they were pinned on, and only go up by themselves."""

from __future__ import annotations

from pathlib import Path

from floors import digest_of, missed, raised


def test_a_figure_below_its_floor_is_told_and_an_error_above_it() -> None:
    assert missed({"f1": 0.49, "pooled.error": 0.11, "new": 0.0}, {"f1": 0.5, "pooled.error": 0.1}) == [
        "f1",
        "pooled.error",
    ]
    assert missed({"f1": 0.5, "pooled.error": 0.1}, {"f1": 0.5, "pooled.error": 0.1}) == []


def test_floors_are_set_a_little_below() -> None:
    assert raised({}, "d", {"f1": 0.567, "whole": 1.0, "pooled.error": 0.123}, ["f1", "whole", "pooled.error"]) == {
        "gold": "d",
        "floors": {"f1": 0.55, "whole": 1.0, "pooled.error": 0.14},
        "lowered": {},
    }


def test_a_floor_does_not_come_down_while_the_gold_is_the_same() -> None:
    old = {"gold": "d", "floors": {"f1": 0.6, "kept": 0.2}, "lowered": {"kept": "the set was read wrongly"}}
    assert raised(old, "d", {"f1": 0.5}, ["f1"]) == old
    assert raised(old, "other", {"f1": 0.5}, ["f1"])["floors"] == {"f1": 0.49}


def test_the_digest_is_of_names_in_order_and_of_all_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("2")
    (tmp_path / "a").write_text("1")
    whole = digest_of(tmp_path, ["."])
    assert whole == digest_of(tmp_path, ["a", "b"]) != digest_of(tmp_path, ["b", "a"])
