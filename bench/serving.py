"""Serving a large record: how long pages and answers take, by themselves and while a reading goes on.

    python bench/serving.py [--record FOLDER] [--rounds N] | python bench/report.py --take serving

`dateline serve` runs in a process of its own on loopback. *page*, *facets*, *text*...: one client, questions in turn, a new
filter each time so that nothing is answered from what was asked before; *busy*: ten clients at once while `dateline read`
adds reports again and again. Milliseconds from the question to the last byte, as a client has it. Any answer but 200 ends
the bench.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

import large
from dateline.store.folder import Folder
from dateline.types import EventType, Status

CLIENTS, READINGS = 10, 6
WORDS = [f"word{number}" for number in range(3000)]


def questions(number: int) -> dict[str, str]:
    """The nth question of each kind; no two are alike."""
    kinds, states = list(EventType), list(Status)
    spoken = f"spokesman {number % 400}"
    day = f"{2021 + number % 9}-0{1 + number % 9}-1{number % 10}"
    return {
        "first_page": f"/?from=2021-01-{1 + number % 28:02}" if number else "/",
        "filtered_page": f"/?type={kinds[number % 16]}&status={states[number % 4]}&to={day}",
        "name_page": f"/?actor={'gull noor aria borea kestrel tamar osk lume'.split()[number % 8]}&from={day}",
        "text_page": f"/?text=attacked+{spoken.replace(' ', '+')}",
        "map_page": f"/?view=map&from={day}",
        "time_page": f"/?view=time&from={day}",
        "api_events": f"/api/v1/events?from={day}",
        "api_facets": f"/api/v1/facets?to={day}&speaker=%3D{spoken.replace(' ', '+')}",
        "api_text": f"/api/v1/events?text={WORDS[number % 3000]}",
    }


@contextmanager
def serving(record: Path) -> Iterator[tuple[str, int]]:
    """The address of a server of its own of this record, and its process."""
    command = [sys.executable, "-m", "dateline", "serve", str(record), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://\S+", said)
            if not found:
                raise SystemExit(f"no server: {said}{process.stderr.read()}")
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield found[0].rstrip("/"), process.pid
        finally:
            process.terminate()


def asked(client: httpx.Client, path: str) -> float:
    """Milliseconds that an answer takes."""
    begun = time.perf_counter()
    answer = client.get(path)
    taken = 1000 * (time.perf_counter() - begun)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code} {answer.text[:300]}")
    return taken


def told(name: str, taken: Sequence[float]) -> None:
    """The median and the 95th percentile of times, a line each."""
    sys.stdout.write(f"serving {name}_ms {statistics.median(taken):.1f}\n")
    sys.stdout.write(f"serving {name}_ms_95th {statistics.quantiles(taken, n=20)[-1]:.1f}\n")
    sys.stdout.flush()


def one_client(address: str, rounds: int) -> None:
    """Each question by itself, in turn."""
    taken: dict[str, list[float]] = {}
    with httpx.Client(base_url=address, timeout=30) as client:
        asked(client, "/")
        for number in range(rounds):
            for name, path in questions(number).items():
                taken.setdefault(name, []).append(asked(client, path))
    for name, times in taken.items():
        told(name, times)


def many_clients(address: str, record: Path, work: Path) -> None:
    """Ten clients at once while reports are read into the record."""
    ended, times, failed = threading.Event(), list[float](), list[str]()

    def ask(client_number: int) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            number = 1000 * client_number
            while not ended.is_set():
                for path in questions(number := number + 1).values():
                    try:
                        times.append(asked(client, path))
                    except (SystemExit, httpx.HTTPError) as error:
                        failed.append(f"{path}: {error!r}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        for number in range(READINGS):
            read(record, work, number)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    told("busy", times)
    sys.stdout.write(f"serving busy_answers {len(times)}\nserving busy_errors {len(failed)}\n")
    for error in failed[:5]:
        sys.stderr.write(f"{error}\n")


def read(record: Path, work: Path, number: int) -> None:
    """Reads twenty reports of invented deeds into the record."""
    path = work / f"more-{number}.jsonl"
    lines = (
        {
            "id": f"{number}-{at}",
            "text": f"Gunmen killed {at + 2} soldiers near Baghdad on Friday, police said.\n\nNews {number}.",
            "published": f"2020-03-{1 + at:02}",
        }
        for at in range(20)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    command = [sys.executable, "-m", "dateline", "read", str(path), "--record", str(record)]
    subprocess.run(command, check=True, capture_output=True)


def first_load(address: str) -> None:
    """Requests and bytes of the first page, as a browser without anything kept has them."""
    with httpx.Client(base_url=address, timeout=30) as client:
        first = client.get("/")
        names = re.findall(r'(?:src|href)="(/static/[^"]+)"', first.text)
        files = [client.get(name) for name in dict.fromkeys(names)]
    packed = [len(gzip.compress(one.content, 9)) for one in (first, *files) if one.status_code == 200]
    sys.stdout.write(f"serving first_load_requests {len(packed)}\n")
    sys.stdout.write(f"serving first_load_kib {sum(packed) / 1024:.1f}\n")
    sys.stdout.write(f"serving first_page_kib {packed[0] / 1024:.1f}\n")


def peak(process: int) -> float:
    """The most memory that a process had, in MiB, as Linux tells it."""
    told = re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text("ascii"))
    return int(told[0]) / 1024


def main() -> None:
    """Measures and prints."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--record", type=Path, help="a record that bench/large.py made; else one is made")
    ask.add_argument("--events", type=int, default=large.EVENTS)
    ask.add_argument("--rounds", type=int, default=100)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "large.dateline"
        if given.record:
            shutil.copytree(given.record, record)
            large.as_of_today(Folder(record))
        else:
            large.fill(record, given.events)
        begun = time.perf_counter()
        with serving(record) as (address, process):
            sys.stdout.write(f"serving starting_s {time.perf_counter() - begun:.2f}\n")
            first_load(address)
            one_client(address, given.rounds)
            many_clients(address, record, Path(folder))
            sys.stdout.write(f"serving peak_mib {peak(process):.0f}\n")


if __name__ == "__main__":
    main()
