"""A signed version as a PDF: the sealed text, the parties, who signed, code and QR (协议正本)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from silian.foundation.kernel.typesetting import qr_svg, typeset

PAGE = Path(__file__).resolve().parent.parent / "print" / "agreement.typ"


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
    return typeset(PAGE, data_of(said))


def data_of(said: SignedText) -> dict[str, Any]:
    lines = [line.rstrip() for line in said.text.splitlines()]
    label, title, *rest = lines
    return {
        **asdict(said),
        "label": label,
        "title": title,
        "lines": rest,
        "qr": qr_svg(said.check_url),
    }
