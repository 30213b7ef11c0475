"""A signed version as a PDF: the sealed text, the parties, who signed, code and QR (协议正本)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

PAGE = Path(__file__).resolve().parent.parent / "print" / "agreement.typ"
QR_SCALE = 4


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """One line of the signature page (签署页)."""

    role: str
    party: str
    signer: str
    on_behalf: str
    method: str
    signed_at: str


@dataclass(frozen=True, kw_only=True)
class SignedText:
    """What the PDF shows."""

    number: str
    version: str
    text: str
    sha256: str
    check_code: str
    check_url: str
    completed_at: str
    is_demo: bool
    signatures: list[SignatureLine]


def agreement_pdf(said: SignedText) -> bytes:
    """The PDF, before it is sealed; needs neither network nor fonts of the machine."""
    made = typst.compile(
        str(PAGE),
        font_paths=print_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data_of(said), ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document")
    return made


@lru_cache(maxsize=1)
def print_fonts() -> typst.Fonts:
    """Our own fonts, read once: reading them costs more than setting a page (字体)."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(settings.PRINT_FONTS)])


def data_of(said: SignedText) -> dict[str, Any]:
    lines = [line.rstrip() for line in said.text.splitlines()]
    label, title, *rest = lines
    return {
        **asdict(said),
        "label": label,
        "title": title,
        "lines": rest,
        "qr": segno.make(said.check_url, error="m").svg_inline(scale=QR_SCALE, border=0),
    }
