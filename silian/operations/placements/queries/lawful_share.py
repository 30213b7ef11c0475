"""What stands against each student at work today, rule by rule, in a fixed number of queries."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from silian.operations.placements.choices.internships import KINDS_IN_POST, PRESENT_STATES
from silian.operations.placements.models import Internship, PayAlarm
from silian.operations.placements.queries.lawfulness import Candidate, findings_of
from silian.operations.placements.queries.many import these
from silian.operations.placements.queries.pay_lists import MONEY_ALARMS
from silian.operations.placements.queries.readiness import missing_of
from silian.operations.placements.rules.lawful_share import Against, against


def at_work(rows: QuerySet[Internship]) -> QuerySet[Internship]:
    """Those whom the rules of practice in post are asked about (在岗实习学生)."""
    return rows.filter(state__in=sorted(PRESENT_STATES), kind__in=sorted(KINDS_IN_POST))


def against_of(rows: QuerySet[Internship], *, on: datetime.date) -> dict[int, Against]:
    """For each student at work what the rules find, what is missing, and what pay is owed."""
    interns = list(at_work(rows).order_by("pk"))
    ids = [row.pk for row in interns]
    findings = findings_of(candidates=[candidate(row) for row in interns], on=on)
    missing = missing_of(internship_ids=ids, on=on)
    faults: dict[int, list[str]] = {}
    alarms = PayAlarm.objects.filter(
        internship_id__in=these(ids), closed_at__isnull=True, kind__in=MONEY_ALARMS
    )
    for alarm in alarms.select_related("pay_record"):
        month = f"{alarm.pay_record.month:%Y-%m} " if alarm.pay_record else ""
        words = f"{month}报酬{alarm.get_kind_display()}，{alarm.detail}。"
        faults.setdefault(alarm.internship_id, []).append(words)
    return {
        row.pk: against(
            findings=found, missing=missing.get(row.pk, []), pay_faults=faults.get(row.pk, [])
        )
        for row, found in zip(interns, findings, strict=True)
    }


def candidate(row: Internship) -> Candidate:
    """The internship as it is, for the rules."""
    return Candidate(
        person_id=row.person_id,
        post_id=row.post_id,
        plan_id=row.plan_id,
        host_id=row.host_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=row.kind,
        arrangement=row.arrangement,
        has_teacher=row.teacher_id is not None,
        has_mentor=row.mentor_id is not None,
        mismatch_reason=row.mismatch_reason,
        filing_number=row.filing_number,
        lodging=row.lodging,
    )
