"""A scan tells at which character each of its pages begins."""

from __future__ import annotations

import pytest
from silian_engines.policy_documents.readers import scan
from silian_engines.policy_documents.readers.page_layout import Glyph, VisualLine

FULL = 400.0


def line(text: str, *, top: float, right: float = FULL) -> VisualLine:
    return VisualLine(tuple(Glyph(each) for each in text), 0.0, right, top, top + 10)


def test_a_paragraph_across_a_page_break_belongs_to_both_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = {
        "first": [line("一、把岗位放到平台上，", top=0), line("由学校安排", top=20)],
        "empty": [],
        "third": [line("学生选报岗位。", top=0, right=90.0), line("二、保障安全。", top=20)],
    }
    monkeypatch.setattr(scan, "_engine", lambda: None)
    monkeypatch.setattr(scan, "_lines", lambda engine, image: pages[image])
    source = scan.read_scanned_pages(list(pages))
    third = source.text.index("学生")
    assert source.page_starts == (0, third, third)
