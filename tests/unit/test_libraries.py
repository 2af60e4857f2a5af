"""The copy of a data folder that tests work on."""

from __future__ import annotations

import shutil

import pytest

from tests.libraries import folder_copied


def test_a_file_that_goes_away_while_a_folder_is_copied_makes_it_be_copied_again(tmp_path, monkeypatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "library.sqlite").write_text("whole")
    (source / "records.sqlite").write_text("left out")
    wal = source / "library.sqlite-wal"
    wal.write_text("going")
    plain = shutil.copy2

    def copy(one, other, **given):
        if str(one) == str(wal):
            wal.unlink()
        return plain(one, other, **given)

    monkeypatch.setattr(shutil.copytree, "__defaults__", (False, None, copy, False, False))
    made = folder_copied(source, tmp_path / "target", left_out="records.sqlite*")
    assert [each.name for each in made.iterdir()] == ["library.sqlite"]


def test_a_folder_that_is_not_there_is_a_fault(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        folder_copied(tmp_path / "none", tmp_path / "target")
