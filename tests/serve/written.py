"""A record that holds just what a test writes into it, served."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from litestar.testing import TestClient

from dateline.record import open_record
from dateline.serve.app import application
from dateline.serve.served import Served
from dateline.store.folder import Folder, Settings
from dateline.store.rows import Made
from dateline.store.sqlite import Database
from dateline.types import Claim, Event, Report
from tests.serve.conftest import NOW

Client = TestClient[Any]


def written(
    folder: Path, *, reports: Sequence[Report] = (), claims: Sequence[Claim] = (), events: Sequence[Event] = ()
) -> Client:
    """A client of a record of these values."""
    place = Folder(folder / "written.dateline")
    place.create()
    place.write_settings(Settings())
    with closing(Database.writing(place.database)) as database, database.shelf() as shelf:
        for report in reports:
            shelf.put_report(report, msgspec.json.encode(report), withdraws=False)
            shelf.set_labels({report.id: (report.wire, report.copy_of, report.version_of)})
        shelf.put_claims(claims)
        for event in events:
            shelf.put_event(event)
        shelf.add_run(Made(NOW, 0, ()), "written")
    served = Served(open_record(place.path), clock=lambda: NOW)
    return TestClient(application(served), raise_server_exceptions=False)
