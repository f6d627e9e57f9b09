"""Files that break readers, from ../shared/eval/badinput: each gives reports or problems, whatever it is taken for.

The sets are not part of the repository; where they are missing, the tests are skipped and say so.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.knowledge.packs import Packs
from dateline.reading import read
from dateline.types import Capture, Problem
from dateline.working import clean_guarded

SETS = Path(__file__).parents[3] / "shared" / "eval" / "badinput"
FOLDERS = sorted(path.name for path in SETS.iterdir() if path.is_dir()) if SETS.is_dir() else []
PACKS = Packs()
FORMATS = [".html", ".xml", ".json", ".jsonl", ".csv", ".eml", ".html.gz", ".warc", ".warc.gz", ".wacz", ".parquet"]

pytestmark = pytest.mark.skipif(not FOLDERS, reason="../shared/eval/badinput is not there")


def outcome(one: Capture | Problem) -> list[str]:
    """What became of a capture or problem: 'report' for each report, the code of each problem."""
    if isinstance(one, Problem):
        return [one.code]
    found = clean_guarded(one, PACKS)
    return ["report"] * len(found.reports) + [problem.code for problem in found.problems]


@pytest.mark.parametrize("folder", FOLDERS or [""])
def test_every_file_gives_a_report_or_a_problem(folder: str) -> None:
    files = [path for path in (SETS / folder).rglob("*") if path.is_file() and not path.name.startswith(".")]
    outcomes = [outcome(one) for one in read(str(SETS / folder))]
    assert len(outcomes) >= len(files)
    assert all(outcomes)
    assert not {"cleaner-crashed", "could-not-clean"} & {code for codes in outcomes for code in codes}


@pytest.mark.parametrize("suffix", FORMATS)
def test_whatever_a_file_is_taken_for_nothing_is_lost(suffix: str, tmp_path: Path) -> None:
    files = sorted(path for path in SETS.rglob("*") if path.is_file() and "wellformed" not in path.parts)
    for path in files:
        shutil.copyfile(path, tmp_path / f"x{suffix}")
        found = list(read(str(tmp_path / f"x{suffix}")))
        assert found, path
        assert all(outcome(one) for one in found), path
