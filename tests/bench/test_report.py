"""The page of quality is a function of what is kept in bench/."""

from __future__ import annotations

import tomllib

from floors import FILE
from report import FIGURES, PAGE, kept, model_table, page, take
from running import HERE

SETS = [
    {
        "run": "muc4",
        "title": "Set",
        "size": "2 texts",
        "figure": [
            {"name": "f1", "title": "F1", "floor": 0.5, "goal": 0.8, "published": ".56", "source": "a report"},
            {"name": "pooled.error", "title": "error", "floor": 0.08, "goal": 0.08},
            {"name": "gone", "title": "not measured yet"},
        ],
    }
]
MEASURED = {"muc4": {"day": "2020-01-08", "figures": {"f1": 0.4321, "pooled.error": 0.0712}}}
ERROR = {"kind": "Type: k", "example": "One.", "gives": "two", "why": "three", "mend": "four"}


def test_a_row_has_ours_beside_floor_goal_and_published() -> None:
    told = page(SETS, MEASURED, [])
    assert "| Set | 2 texts | F1 | **0.432** | 0.50 | 0.80 | .56 (a report) |" in told
    assert "|  |  | error | 0.071 | 0.08 | 0.08 |  |" in told
    assert "|  |  | not measured yet | not measured |  |  |  |" in told
    assert "as measured on 2020-01-08." in told


def test_a_cost_above_its_floor_misses_it() -> None:
    figure = [{"name": f"{name}_seconds", "title": name, "floor": 60} for name in ("slow", "quick")]
    sets = [{"run": "speed", "title": "Set", "size": "2 texts", "figure": figure}]
    told = page(sets, {"speed": {"figures": {"slow_seconds": 61.0, "quick_seconds": 4.0}}}, [])
    assert "| slow | **61.000** | 60.00 |" in told
    assert "| quick | 4.000 | 60.00 |" in told


def test_an_error_has_its_sentence_and_its_reason() -> None:
    told = page([], MEASURED, [ERROR])
    assert "### 1. Type: k\n\n> One.\n\n- What comes out: two\n- Why: three\n- What would mend it: four\n" in told


def test_the_models_report_becomes_a_table() -> None:
    report = "events: 9 held back\n  rules alone  P 0.800 R 0.400 F 0.533\n  scorer 0.30  P 0.8 R 0.7 F 0.7\n  scorer 0.60  P 0.830 R 0.630 F 0.716\n"
    assert model_table(report, {"events": 0.6}).splitlines()[2:] == [
        "| events, rules alone | 0.800 | 0.400 | 0.533 |",
        "| events, scorer from 0.60 on | 0.830 | 0.630 | 0.716 |",
    ]


def test_the_page_is_what_is_kept() -> None:
    sets = tomllib.loads((HERE / "published.toml").read_text("utf-8"))["set"]
    errors = tomllib.loads((HERE / "errors.toml").read_text("utf-8"))["error"]
    assert len(errors) == 20
    assert page(sets, kept(FIGURES), errors) == PAGE.read_text("utf-8"), "run `python bench/report.py --page`"


def test_every_floor_is_of_a_measured_figure() -> None:
    measured = kept(FIGURES)
    pinned = [(name, key) for name, of in kept(FILE).items() for key in of["floors"]]
    assert pinned
    assert [(name, key) for name, key in pinned if key not in measured[name]["figures"]] == []


def test_bad_input_has_its_section_once_it_was_measured() -> None:
    assert "## Bad input" not in page([], MEASURED, [])
    told = page([], {**MEASURED, "badinput": {"measured": "2020-01-09", "table": "| set |"}}, [])
    assert "## Bad input\n" in told
    assert "last on 2020-01-09" in told
    assert "| set |\n\n## Twenty errors" in told


def test_what_another_bench_measured_is_taken_and_told() -> None:
    taken = take(["growth settling_ms.10000 6.038", "read 6 files: 6 reports", "growth adding_ms.1000 10", ""])
    assert taken["taken"] == {"growth settling_ms.10000": 6.038, "growth adding_ms.1000": 10.0}
    assert "## Growth" not in page([], MEASURED, [])
    assert "| growth settling_ms.10000 | 6.038 |" in page([], {**MEASURED, "growth": taken}, [])
