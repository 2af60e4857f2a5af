"""The measure of reading counts what can be quoted beside what another library finds."""

import pytest

from assistant.errors import UsageError
from evals.reading.measure import measured, table
from tests.planted_layouts import LAYOUTS


def written(folder, *names):
    for layout in LAYOUTS:
        if layout.name in names:
            (folder / f"{layout.name}.pdf").write_bytes(layout.write())
    return folder


def test_a_table_is_quotable_and_a_chart_is_not(tmp_path):
    table_file, chart = measured([written(tmp_path, "unruled_one_bt", "chart_upright_bars")])[::-1]
    assert (table_file.share, table_file.strange, table_file.lost) == (1.0, 0, 0)
    assert table_file.rows >= 3
    assert chart.figures > 0
    assert 0 < chart.share < 1


def test_a_file_that_cannot_be_read_says_why_and_the_others_are_measured(tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    told = table(measured([written(tmp_path, "unruled_one_bt")]))
    assert "broken.pdf | not read: " in told
    assert "1 files, median 1.000" in told


def test_a_folder_without_documents_says_what_to_name(tmp_path):
    with pytest.raises(UsageError, match="no file of a readable format"):
        measured([tmp_path])
