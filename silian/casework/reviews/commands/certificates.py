"""Number a recognition, hand out its certificate, keep the sealed PDF."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from silian.casework.reviews.models import (
    Certificate,
    CertificateSeries,
    Recognition,
    RecognitionAct,
)
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.file_checks import PDF
from silian.foundation.kernel.models import StoredFile

CERTIFICATE_TASK = "reviews.make_certificate"


def take_number(*, prefix: str, division_id: str, year: int) -> str:
    """The next number of the series, in the caller's transaction (证书编号).

    The row stays locked until the transaction ends, so that a rollback leaves no gap.
    """
    key: dict[str, Any] = {"prefix": prefix, "division_id": division_id, "year": year}
    CertificateSeries.objects.get_or_create(**key)
    series = CertificateSeries.objects.select_for_update(of=("self",)).get(**key)
    series.last += 1
    series.save(update_fields=["last"])
    return number_of(prefix, division_id, year, series.last)


def number_of(prefix: str, division_id: str, year: int, place: int) -> str:
    return f"{prefix}{division_id}-{year}-{place:04d}"


def issue_certificate(
    *, recognition: Recognition, act: RecognitionAct, on: datetime.date
) -> Certificate:
    """Hand out a certificate for what an act gave; a worker sets and seals it (发证)."""
    certificate = Certificate.objects.create(
        recognition=recognition, act=act, issued_on=on, valid_until=recognition.valid_until
    )
    app.configure_task(CERTIFICATE_TASK, queue="reviews").defer(certificate_id=certificate.pk)
    return certificate


@transaction.atomic
def keep_certificate(*, certificate_id: int, content: bytes) -> StoredFile:
    """Keep the sealed PDF of a certificate; the first one stays (保存证书)."""
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("recognition", "document")
        .get(pk=certificate_id)
    )
    if certificate.document is not None:
        return certificate.document
    actor = system_actor()
    certificate.document = files.store_content(
        name=f"{certificate.recognition.number}.pdf",
        content=content,
        subject=certificate,
        actor=actor,
        kinds=(PDF,),
    )
    certificate.save(update_fields=["document"])
    record(
        actor,
        "reviews.certificate.sealed",
        certificate.recognition,
        detail={"sha256": certificate.document.sha256},
    )
    return certificate.document
