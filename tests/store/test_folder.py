"""The folder of a record: one writer, settings that can be edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.store import RecordError
from dateline.store.folder import Folder, Settings


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "r.dateline")
    made.create()
    made.write_settings(Settings())
    return made


def test_settings_come_back(folder: Folder) -> None:
    assert folder.settings() == Settings()
    wanted = Settings(knowledge=(Path('/a "quoted" folder'), Path("/ébène\\x")))
    folder.write_settings(wanted)
    assert folder.settings() == wanted


def test_a_second_writer_is_told_who_is_in_the_way(folder: Folder) -> None:
    with (
        folder.lock(wait=1),
        pytest.raises(RecordError, match=r"r\.dateline is being written .*waited 0\.1 s.*--wait"),
        folder.lock(wait=0.1),
    ):
        pass
    with folder.lock(wait=0):
        pass


def test_a_half_made_folder_can_be_made_whole(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "r.dateline")
    (folder.path / "archive").mkdir(parents=True)
    (folder.path / "dateline.toml.99.tmp").write_text("form")
    folder.create()
    folder.sweep()
    assert [path.name for path in folder.path.iterdir()] == ["archive"]


def test_a_file_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "r.dateline").write_text("hello")
    with pytest.raises(RecordError, match="is a file; a record is a folder"):
        Folder(tmp_path / "r.dateline").create()
