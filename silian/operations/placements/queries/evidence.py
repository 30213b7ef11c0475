"""What a host's tax file needs to prove the cost of interns in a year."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.models import InsuredIntern, Internship
from silian.operations.placements.models.pay import Payment
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The rows of one pack (备查材料)."""

    host: str
    year: int
    made_at: datetime.datetime
    students: int
    paid: Decimal
    agreements: Rows
    payments: Rows
    policies: Rows
    files: Rows


def evidence_of(*, organisation_id: int, name: str, year: int, now: datetime.datetime) -> Evidence:
    """Agreements, pay and insurance of everybody who was an intern of the host in the year.

    Basis: 教职成〔2021〕4号第十九条. Account numbers appear with their last four digits alone.
    """
    starts, ends = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    internships = list(
        Internship.objects.filter(
            organisation_id=organisation_id, starts_on__lt=ends, ends_on__gt=starts
        ).select_related("person")
    )
    names = {row.pk: row.person.name for row in internships}
    standing = Payment.objects.filter(
        pay_record__internship__organisation_id=organisation_id,
        paid_on__gte=starts,
        paid_on__lt=ends,
        returned_at__isnull=True,
    )
    return Evidence(
        host=name,
        year=year,
        made_at=now,
        students=len({row.person_id for row in internships}),
        paid=standing.aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
        agreements=agreement_rows(names),
        payments=payment_rows(standing),
        policies=policy_rows(names, starts=starts, ends=ends),
        files=file_rows(names),
    )


def agreement_rows(names: dict[int, str]) -> Rows:
    rows = Agreement.objects.filter(source=AGREEMENT_SOURCE, source_id__in=names)
    return [
        (
            row.number,
            row.title,
            row.organiser.name,
            row.starts_on,
            row.ends_on,
            row.get_state_display(),
            names[row.source_id or 0],
        )
        for row in rows.select_related("organiser").order_by("number")
    ]


def payment_rows(payments: Any) -> Rows:
    related = (
        "account",
        "pay_record__internship__person",
        "pay_record__internship__school",
        "pay_record__internship__school_class",
    )
    return [
        (
            f"{row.pay_record.month:%Y-%m}",
            row.pay_record.internship.person.name,
            row.pay_record.internship.school.name,
            row.pay_record.internship.school_class.name,
            row.pay_record.monthly_pay,
            row.pay_record.due_amount,
            row.paid_on,
            row.amount,
            row.get_method_display(),
            row.account.number_mask,
            row.pay_record.get_student_answer_display(),
        )
        for row in payments.select_related(*related).order_by("paid_on", "pk")
    ]


def policy_rows(names: dict[int, str], *, starts: datetime.date, ends: datetime.date) -> Rows:
    rows = InsuredIntern.objects.filter(
        internship_id__in=names, starts_on__lt=ends, ends_on__gt=starts
    )
    return [
        (
            row.policy.number,
            row.policy.get_kind_display(),
            row.policy.insurer_name,
            row.policy.starts_on,
            row.policy.ends_on,
            row.policy.get_payer_display(),
            names[row.internship_id],
            row.starts_on,
            row.ends_on,
        )
        for row in rows.select_related("policy").order_by("policy__number", "pk")
    ]


def file_rows(internship_ids: Collection[int]) -> Rows:
    """The sealed documents of the agreements, with the sums that prove them unchanged."""
    agreements = Agreement.objects.filter(source=AGREEMENT_SOURCE, source_id__in=internship_ids)
    documents = AgreementVersion.objects.filter(agreement__in=agreements, document__isnull=False)
    files = StoredFile.objects.filter(pk__in=documents.values("document_id")).order_by("pk")
    return [(file.name, "实习协议", file.sha256, file.uploaded_at.date()) for file in files]
