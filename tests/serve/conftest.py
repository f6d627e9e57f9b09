"""A record of the examples, served to the tests; one that is changed is a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from dateline.record import open_record
from dateline.serve.app import application
from dateline.serve.served import Served

ROOT = Path(__file__).parents[2]
NOW = "2026-01-05T10:00:00+00:00"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record of the examples, not to be changed."""
    folder = tmp_path_factory.mktemp("served") / "january.dateline"
    open_record(folder, create=True).add([str(ROOT / "examples" / "january-2020")])
    return folder


@pytest.fixture(scope="session")
def served(made: Path) -> Served:
    """The record, served."""
    return Served(open_record(made), clock=lambda: NOW)


@pytest.fixture(scope="session")
def client(served: Served) -> Iterator[TestClient]:  # type: ignore[type-arg]
    """A client of the record of the examples, to look at it."""
    with TestClient(application(served), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Served:
    """A record of the examples that a test may change."""
    shutil.copytree(made, tmp_path / "own.dateline")
    return Served(open_record(tmp_path / "own.dateline"), clock=lambda: NOW)


@pytest.fixture
def writer(own: Served) -> Iterator[TestClient]:  # type: ignore[type-arg]
    """A client of `own`."""
    with TestClient(application(own), raise_server_exceptions=False) as client:
        yield client
