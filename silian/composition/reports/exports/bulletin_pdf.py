"""The bulletin as a PDF with its own fonts, so that it looks the same everywhere (简报 PDF 版)."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from silian.composition.reports.choices import Standing
from silian.composition.reports.exports.bulletin_word import foot_line, problem_lines

HOME = Path(__file__).resolve().parent.parent
PAGE = HOME / "print" / "bulletin.typ"
FONTS = HOME / "fonts"
PAGES = 2
SCALES = (1.0, 0.92, 0.84)  # 12.5 pt down to 10.5 pt, the house's size on paper


def bulletin_pdf(said: Mapping[str, Any], *, label: str, title: str) -> bytes:
    """The bulletin on two pages; needs neither network nor fonts of the machine.

    A full month is set smaller, down to the size that officials still read without effort.
    """
    data = {
        "said": said,
        "label": label,
        "title": title,
        "standings": [standing.label for standing in Standing],
        "problems": problem_lines(said),
        "foot": foot_line(said),
    }
    for scale in SCALES:
        made = typeset({**data, "scale": scale})
        if len(PdfReader(io.BytesIO(made)).pages) <= PAGES:
            break
    return made


def typeset(data: Mapping[str, Any]) -> bytes:
    made = typst.compile(
        str(PAGE),
        font_paths=[str(FONTS)],
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document")
    return made
