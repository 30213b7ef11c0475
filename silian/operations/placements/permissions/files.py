"""Who grants credit, who issues and who holds a certificate."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.models import CreditGrant, InternshipCertificate, InternshipReport
from silian.operations.placements.permissions.internships import internships_visible_to


def certificates_visible_to(actor: Actor) -> QuerySet[InternshipCertificate]:
    """The certificates of the internships that the actor sees; the code opens the public check."""
    return InternshipCertificate.objects.filter(internship__in=internships_visible_to(actor))


def reports_visible_to(actor: Actor) -> QuerySet[InternshipReport]:
    return InternshipReport.objects.filter(internship__in=internships_visible_to(actor))


def credits_visible_to(actor: Actor) -> QuerySet[CreditGrant]:
    return CreditGrant.objects.filter(internship__in=internships_visible_to(actor))


def may_read_report_file(actor: Actor, file: StoredFile) -> bool:
    return reports_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("placements.internshipreport", may_read_report_file)
