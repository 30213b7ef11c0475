"""The certificate of practice on paper, with the way to check it (实习证明 PDF)."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import segno
import typst
from django.conf import settings

from silian.operations.placements.models import InternshipCertificate

PAGE = Path(__file__).resolve().parent.parent / "print" / "certificate.typ"
QR_SCALE = 4


def certificate_pdf(certificate: InternshipCertificate, *, check_url: str) -> bytes:
    """One page from the kept snapshot; needs neither network nor fonts of the machine."""
    said = certificate.snapshot
    data = {
        "said": said,
        "number": certificate.number,
        "starts": chinese_day(said["starts_on"]),
        "ended": chinese_day(said["ended_on"]),
        "issued": chinese_day(certificate.issued_on.isoformat()),
        "check_url": check_url,
        "is_demo": certificate.is_demo,
        "qr": segno.make(check_url, error="m").svg_inline(scale=QR_SCALE, border=0),
    }
    made = typst.compile(
        str(PAGE),
        font_paths=[str(settings.PRINT_FONTS)],
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document")
    return made


def chinese_day(text: str) -> str:
    """2026-03-18 → 2026年3月18日.

    >>> chinese_day("2026-03-18")
    '2026年3月18日'
    """
    day = datetime.date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def qr_svg(address: str) -> str:
    """The address as a QR for a page, drawn on the server."""
    return segno.make(address, error="m").svg_inline(scale=QR_SCALE, border=0)
