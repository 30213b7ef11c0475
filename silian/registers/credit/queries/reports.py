"""What a credit report says, and what anybody learns of one by its code."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from silian.foundation.kernel.check_codes import tidy_code
from silian.foundation.kernel.typesetting import qr_svg
from silian.registers.credit.choices import ItemNature
from silian.registers.credit.models import CreditRecord, CreditReport
from silian.registers.credit.queries.records import in_force
from silian.registers.organisations.models import Organisation

ISSUER = "产教融合平台信用记录登记簿"  # the register answers for the paper, no department does


def report_facts(organisation: Organisation, *, on: datetime.date) -> dict[str, Any]:
    """What stands on record about the organisation on the day, as the report keeps it."""
    rows = in_force(on=on).filter(organisation=organisation)
    ordered = rows.select_related("item", "authority").order_by("item__nature", "-starts_on", "pk")
    records = [record_facts(row) for row in ordered]
    bad = sum(row["nature"] == ItemNature.BAD.label for row in records)
    return {
        "subject": organisation.name,
        "uscc": organisation.uscc or "未登记",
        "place": organisation.division.name,
        "issued_on": on.isoformat(),
        "bad": bad,
        "good": len(records) - bad,
        "records": records,
        "is_demo": organisation.is_demo,
    }


def record_facts(row: CreditRecord) -> dict[str, Any]:
    last = row.ends_on - datetime.timedelta(days=1) if row.ends_on else None
    return {
        "title": row.title,
        "nature": row.item.get_nature_display(),
        "item": row.item.name,
        "basis": row.basis_document,
        "number": row.decision_number,
        "decided_on": row.decided_on.isoformat(),
        "authority": row.authority.name,
        "term": f"{row.starts_on} 至 {last}" if last else f"{row.starts_on} 起",
        "disputed": row.is_disputed,
    }


def printed(report: CreditReport) -> dict[str, Any]:
    """What the typesetter needs besides what the report keeps."""
    return {
        **report.snapshot,
        "check_code": report.check_code,
        "qr": qr_svg(f"{settings.SITE_URL}{report.check_url}"),
        "issuer": ISSUER,
    }


def reports_of(*, organisation_id: int) -> QuerySet[CreditReport]:
    """The reports handed to an organisation, newest first."""
    return CreditReport.objects.filter(organisation_id=organisation_id).select_related("document")


def report_by_code(code: str) -> CreditReport | None:
    """The report that bears a check code; the code stands for the subject's consent."""
    wanted = tidy_code(code)
    rows = CreditReport.objects.select_related("document", "organisation")
    return rows.filter(check_code=wanted).first() if wanted else None


def report_of_file(sha256: str) -> CreditReport | None:
    """The report whose kept file has this digest, byte for byte."""
    rows = CreditReport.objects.select_related("document", "organisation")
    return rows.filter(document__sha256=sha256).first()
