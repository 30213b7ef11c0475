"""What a dossier holds, what is still open in it, and who could apply."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.models import Campaign, Dossier, MaterialFix
from silian.casework.reviews.rules.dossiers import (
    Completeness,
    completeness,
    fixable_codes,
    reason_not_startable,
)
from silian.foundation.kernel.actors import subtree_prefix
from silian.registers.organisations.models import Organisation


def reason_not_applicable(campaign: Campaign, applicant: Organisation) -> str | None:
    """Why an organisation may not apply, from what the register says of it (申报资格)."""
    return reason_not_startable(
        allowed_kinds=campaign.content.applicant_kinds,
        kind=applicant.kind,
        is_verified=applicant.is_verified,
        is_inside=applicant.division_id.startswith(subtree_prefix(campaign.division_id)),
        is_organiser=applicant.pk == campaign.owner_id,
        region=campaign.division.name,
    )


def file_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """The files of a dossier as a version keeps them (附件清单)."""
    rows = dossier.evidence.select_related("file").order_by("pk")
    return [
        {
            "field": row.field,
            "file": row.file_id,
            "name": row.file.name,
            "size": row.file.size,
            "sha256": row.file.sha256,
        }
        for row in rows
    ]


def filed_codes(dossier: Dossier) -> frozenset[str]:
    """The questions that have a file."""
    return frozenset(dossier.evidence.values_list("field", flat=True))


def completeness_of(dossier: Dossier) -> Completeness:
    """How full the dossier is (完整度)."""
    return completeness(dossier.campaign.content, dossier.answers, filed=filed_codes(dossier))


def fix_of(dossier: Dossier) -> MaterialFix | None:
    """What was asked to be put right, once."""
    return MaterialFix.objects.filter(dossier=dossier).first()


def open_codes(dossier: Dossier) -> frozenset[str]:
    """The questions that the applicant may change now: all in a draft, those asked in a fix."""
    definition = dossier.campaign.content
    if dossier.state == DossierState.DRAFT:
        return frozenset(definition.fields_by_code)
    fix = fix_of(dossier) if dossier.state == DossierState.FIXING else None
    return fixable_codes(definition, fix.items) if fix else frozenset()
