"""Tables that people bring are read the same way everywhere."""

from __future__ import annotations

import datetime
import io

import pytest
import xlsxwriter

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.sheets import rows_of


def workbook_of(*rows: list[object]) -> bytes:
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(place, column, cell)
    return saved.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("comma", [",", "\t"])
def test_texts_in_both_encodings_and_both_kinds_of_comma_are_read(
    encoding: str, comma: str
) -> None:
    content = f"学号{comma}姓名\r\n\r\n001{comma}甲\x00\r\n".encode(encoding)
    assert rows_of(name="a.csv", content=content) == [["学号", "姓名"], ["001", "甲"]]


def test_a_workbook_is_read_with_the_words_of_the_caller() -> None:
    content = workbook_of([5303.0, datetime.date(2026, 3, 10)], [1.5, "是 "])
    assert rows_of(name="a.XLSX", content=content, text=lambda cell: type(cell).__name__) == [
        ["float", "date"],
        ["float", "str"],
    ]
    assert rows_of(name="a.XLSX", content=content)[0][0] == "5303"


def test_the_empty_area_counts_only_when_asked() -> None:
    content = workbook_of([None, None], [None, "姓名"])
    assert rows_of(name="a.xlsx", content=content) == [["姓名"]]
    assert rows_of(name="a.xlsx", content=content, whole_area=True) == [["", ""], ["", "姓名"]]


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"no workbook"), ("a.csv", b"\xff\xff")])
def test_what_is_no_table_is_refused_beside_its_box(name: str, content: bytes) -> None:
    with pytest.raises(DomainError) as refusal:
        rows_of(name=name, content=content, field="sheet")
    assert refusal.value.field == "sheet"
