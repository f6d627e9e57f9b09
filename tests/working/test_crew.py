from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dateline.annotate import annotate_lines
from dateline.cleaning import Cleaned, clean
from dateline.coding import code
from dateline.grounding import ground
from dateline.knowledge.packs import PackError, Packs
from dateline.reading import capture
from dateline.types import Capture, Claim, Problem, Report
from dateline.working import Crew
from dateline.working.sharding import ITEMS

PACKS = Packs()
STORY = "Rebels shot at a bus on the road to Kyiv on Sunday and wounded {} passengers, the police chief said."


def page(number: int) -> Capture:
    one = capture(f"{number}.html", f"<html><body><p>{STORY.format(number + 2)}</p></body></html>".encode())
    assert isinstance(one, Capture)
    return one


def nothing(number: int) -> Capture:
    one = capture(f"{number}.html", b"<html><body></body></html>")
    assert isinstance(one, Capture)
    return one


PAGES = [page(n) if n % 7 else nothing(n) for n in range(2 * ITEMS + 5)]


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    with Crew(PACKS, workers=2) as one:
        yield one


def reports(of: Crew) -> list[Report]:
    return [report for found in of.clean(PAGES) if not isinstance(found, Problem) for report in found.reports]


def everything(of: Crew) -> bytes:
    cleaned = list(of.clean(PAGES))
    return msgspec.json.encode((cleaned, list(of.code(reports(of)))))


def test_a_crew_gives_what_cleaning_gives(crew: Crew) -> None:
    assert list(crew.clean(PAGES)) == [clean(one, PACKS) for one in PAGES]


def test_a_crew_gives_what_coding_and_grounding_give(crew: Crew) -> None:
    found = reports(crew)[:5]
    assert list(crew.code(found)) == [tuple(ground(code(one, PACKS), one, PACKS)) for one in found]


def test_the_number_of_workers_changes_nothing(crew: Crew) -> None:
    with Crew(PACKS, workers=1) as one, Crew(PACKS, workers=4) as four:
        assert everything(one) == everything(crew) == everything(four)


def test_one_verb_may_feed_another(crew: Crew) -> None:
    chained = crew.code(report for one in crew.clean(PAGES) if not isinstance(one, Problem) for report in one.reports)
    assert list(chained) == list(crew.code(reports(crew)))


def test_annotated_lines_are_those_of_one_process(crew: Crew) -> None:
    lines = [msgspec.json.encode({"id": n, "text": STORY.format(n)}) for n in range(3)]
    lines = [*lines, b"", b"{", b'{"id": 5, "published": "x"}']
    assert list(crew.annotate(lines)) == list(annotate_lines(lines, PACKS))


def test_input_is_read_no_further_than_the_crew_is_ahead(crew: Crew) -> None:
    taken = 0

    def counted() -> Iterator[Capture]:
        nonlocal taken
        for n in range(100 * ITEMS):
            taken += 1
            yield page(n)

    cleaned = crew.clean(counted())
    next(cleaned)
    cleaned.close()  # type: ignore[attr-defined]
    assert taken <= 6 * ITEMS


def test_no_items_start_no_worker() -> None:
    with Crew(PACKS, workers=2) as one:
        assert list(one.clean([])) == []
        assert one.pids == []


def test_a_crew_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="give 1 or more"):
        Crew(PACKS, workers=0)


def test_workers_end_with_the_block() -> None:
    with Crew(PACKS, workers=2) as one:
        assert len(list(one.clean(PAGES))) == len(PAGES)
        pids = one.pids
    assert pids
    assert not any(is_alive(pid) for pid in pids)


def test_workers_that_are_killed_again_and_again_lose_nothing() -> None:
    with Crew(PACKS, workers=2) as one:
        found: list[Cleaned | Problem] = []
        for number, cleaned in enumerate(one.clean(PAGES)):
            found.append(cleaned)
            if number % ITEMS == 0:
                for pid in one.pids:
                    os.kill(pid, signal.SIGKILL)
    assert found == [clean(each, PACKS) for each in PAGES]


def test_a_mistake_in_the_packs_is_raised(tmp_path: Path) -> None:
    types = tmp_path / "plover" / "types"
    types.mkdir(parents=True)
    (types / "ASSAULT.toml").write_text("[[pattern]]\nwrong = 1\n")
    report = clean(page(1), PACKS).reports[0]
    with Crew(Packs((*PACKS.folders, tmp_path))) as one, pytest.raises(PackError, match="wrong"):
        list(one.code([report]))


def test_a_long_report_has_more_time_than_a_short_one(crew: Crew) -> None:
    claims: list[tuple[Claim, ...] | Problem] = list(crew.code([long_report()]))
    assert [isinstance(one, tuple) for one in claims] == [True]


def long_report() -> Report:
    one = capture("long.txt", "\n\n".join(STORY.format(n) for n in range(2, 300)).encode())
    assert isinstance(one, Capture)
    return clean(one, PACKS).reports[0]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_a_killed_parent_leaves_no_worker(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys, time
        from dateline.knowledge.packs import Packs
        from dateline.reading import capture
        from dateline.working import Crew
        with Crew(Packs(), workers=2) as crew:
            list(crew.clean([capture("a.txt", b"It rained in the capital all day on Monday and on Tuesday.")]))
            print(*crew.pids, flush=True)
            time.sleep(600)
        """
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=env) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert pids
        assert all(is_alive(pid) for pid in pids)
        parent.kill()
    until = time.monotonic() + 30
    while any(is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in pids)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
