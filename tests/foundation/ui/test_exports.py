"""Files out of rows."""

from __future__ import annotations

import datetime
import io
import tracemalloc
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from silian.foundation.ui import exports

HEADER = ["名称", "人数", "报酬（元）", "截止"]
ROWS = [
    ["数控多轴操作调整工", 24, Decimal("3400.50"), datetime.date(2026, 6, 1)],
    ["=HYPERLINK(1)", None, Decimal("-5"), None],
]


def test_csv_opens_in_a_spreadsheet_program_as_chinese() -> None:
    content = b"".join(exports.csv_lines(header=HEADER, rows=ROWS))
    assert content.startswith(b"\xef\xbb\xbf")
    assert "数控多轴操作调整工,24,3400.50,2026-06-01" in content.decode("utf-8-sig")


def test_text_that_looks_like_a_formula_stays_text_in_csv() -> None:
    content = b"".join(exports.csv_lines(header=HEADER, rows=ROWS)).decode("utf-8-sig")
    assert "'=HYPERLINK(1),,-5," in content


def test_xlsx_keeps_numbers_and_days() -> None:
    file = io.BytesIO()
    assert exports.write_xlsx(file=file, header=HEADER, rows=ROWS) == 2
    file.seek(0)
    sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert sheet[0] == HEADER
    assert sheet[1] == ["数控多轴操作调整工", 24.0, 3400.5, datetime.date(2026, 6, 1)]
    assert sheet[2][0] == "=HYPERLINK(1)"


def test_the_file_has_a_chinese_name() -> None:
    response = exports.file_response(kind="csv", name="供需", header=HEADER, rows=ROWS)
    assert "filename*=utf-8''%E4%BE%9B%E9%9C%80.csv" in response["Content-Disposition"]


@pytest.mark.slow
def test_a_large_export_stays_small_in_memory() -> None:
    rows = (["数控多轴操作调整工", number, Decimal(3400), None] for number in range(20_000))
    tracemalloc.start()
    with io.BytesIO() as file:
        exports.write_xlsx(file=file, header=HEADER, rows=rows)
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000
