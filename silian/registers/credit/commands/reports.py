"""Hand an organisation its credit report as a sealed PDF."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.file_checks import PDF
from silian.foundation.kernel.files import store_content
from silian.registers.credit.gateways import report_pdf
from silian.registers.credit.models import CreditReport
from silian.registers.credit.permissions.credit import require_speaker
from silian.registers.credit.queries.reports import printed, report_facts, reports_of
from silian.registers.organisations.models import Organisation


@transaction.atomic
def issue_report(*, actor: Actor, now: datetime.datetime) -> CreditReport:
    """Set, seal and keep the report of one's own organisation (出具信用报告).

    What is unchanged since a report of the same day is not set a second time.
    """
    organisation_id = actor.organisation_id or 0
    require_speaker(actor, organisation_id=organisation_id)
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("division")
    organisation = rows.get(pk=organisation_id)
    today = timezone.localdate(now)
    facts = report_facts(organisation, on=today)
    same = reports_of(organisation_id=organisation_id).filter(issued_on=today).first()
    if same is not None and same.snapshot == facts:
        return same
    report = CreditReport.objects.create(
        organisation=organisation,
        issued_on=today,
        issued_at=now,
        issued_by_id=actor.user_id,
        snapshot=facts,
        is_demo=organisation.is_demo,
    )
    report.document = store_content(
        name=f"信用报告-{report.check_code}.pdf",
        content=report_pdf(printed(report)),
        subject=report,
        actor=actor,
        kinds=(PDF,),
    )
    report.save(update_fields=["document"])
    record(actor, "credit.report.issued", report, detail={"records": len(facts["records"])})
    return report
