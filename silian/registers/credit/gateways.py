"""Papers of the credit register: typeset and sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from silian.foundation.kernel.pdf_seals import sealed
from silian.foundation.kernel.typesetting import typeset

REPORT = Path(__file__).parent / "print" / "report.typ"
REASON = "出具信用报告"


def report_pdf(said: dict[str, Any]) -> bytes:
    """The report as a sealed PDF (信用报告)."""
    return sealed(typeset(REPORT, said), reason=REASON, location=said["place"])
