"""Looking at a record with a browser or a program: `serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.given import UseError, now
from dateline.telling import note

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    record: Annotated[Path, typer.Argument(metavar="RECORD", help="The record's folder.")] = Path("record.dateline"),
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0: one that is free.")] = 8000,
) -> None:
    """Pages and a REST API over a record, on this machine alone; `read` and `watch` may go on beside. Ctrl-C ends it."""
    from dateline.record import open_record
    from dateline.serve.running import listen, run
    from dateline.serve.served import Served

    if host not in LOOPBACK:
        raise UseError(
            f"--host {host} can be reached from elsewhere: give --users FILE, so that not everybody may write"
        )
    served = Served(open_record(record), clock=now)
    served.refresh()
    with listen(host, port) as listening:
        address, found = listening.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        run(served, listening, lambda: note(f"http://{shown}:{found}/ shows {record}; Ctrl-C ends it"))
