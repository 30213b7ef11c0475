"""Pages on paper: a typst file and its data become a PDF (排版)."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

QR_SCALE = 4


def typeset(page: Path, data: dict[str, Any]) -> bytes:
    """The PDF of a page; needs neither network nor fonts of the machine."""
    made = typst.compile(
        str(page),
        font_paths=print_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document")
    return made


@lru_cache(maxsize=1)
def print_fonts() -> typst.Fonts:
    """Our own fonts, read once: reading them costs more than setting a page (字体)."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.PRINT_FONTS)])


def qr_svg(text: str) -> str:
    """A QR code as SVG, to be set into a page."""
    return str(segno.make(text, error="m").svg_inline(scale=QR_SCALE, border=0))
