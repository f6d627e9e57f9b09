"""Options that several commands have, and the exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

DEFAULT_RECORD = Path("record.dateline")

FINE, PROBLEMS, WRONG_USE, NOTHING_READ, STOPPED = 0, 1, 2, 3, 130
EXIT_CODES = (
    "Exit codes: 0 fine; 1 problems were found (verify, check); 2 wrong use, or a record that cannot be used; "
    "3 nothing could be read."
)

RecordOption = Annotated[Path, typer.Option("--record", metavar="DIR", help="The record's folder.")]
JsonOption = Annotated[
    bool, typer.Option("--json", help="JSON Lines instead of a table; docs/record.md has the fields.")
]
KnowledgeOption = Annotated[
    list[Path] | None, typer.Option("--knowledge", metavar="DIR", help="A folder of your own packs; may be repeated.")
]
BackgroundOption = Annotated[
    bool | None,
    typer.Option(
        "--background/--no-background", help="Whether what is told as history makes events too.", show_default=False
    ),
]
WorkersOption = Annotated[int, typer.Option(metavar="N", min=1, help="Processes that clean and code.")]
WaitOption = Annotated[float, typer.Option(metavar="SECONDS", min=0, help="How long to wait for another writer.")]


def column(what: str) -> Any:
    """The option that names the column of a table in which `what` stands."""
    return typer.Option(metavar="NAME", help=f"The column of a table that holds {what}; else guessed and shown.")
