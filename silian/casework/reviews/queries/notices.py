"""What goes into a public notice and into the published results."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.models import Campaign, Dossier, DossierDecision, PublicNotice


def decided(campaign: Campaign, *, outcome: Outcome | None = None) -> QuerySet[DossierDecision]:
    rows = DossierDecision.objects.filter(dossier__campaign=campaign, superseded_by__isnull=True)
    return rows if outcome is None else rows.filter(outcome=outcome)


def proposed_dossiers(campaign: Campaign) -> QuerySet[Dossier]:
    """Decided to be recognised and not yet shown (拟认定)."""
    rows = Dossier.objects.filter(
        campaign=campaign,
        state=DossierState.RANKED,
        pk__in=decided(campaign, outcome=Outcome.RECOGNISE).values("dossier_id"),
    )
    return rows.select_related("applicant", "division").order_by("rank", "pk")


def undecided_dossiers(campaign: Campaign) -> QuerySet[Dossier]:
    """Waiting for a deciding meeting (待审定)."""
    proposed = decided(campaign, outcome=Outcome.RECOGNISE).values("dossier_id")
    return Dossier.objects.filter(campaign=campaign, state=DossierState.RANKED).exclude(
        pk__in=proposed
    )


def notices_of(campaign: Campaign) -> QuerySet[PublicNotice]:
    return campaign.notices.select_related("edition", "results").order_by("pk")


def notice_snapshot(notice: PublicNotice) -> dict[str, Any]:
    """The edition's data: one entry a line, only what the public page shows."""
    entries = list(notice.entries.order_by("position"))
    labels = list(dict.fromkeys(label for row in entries for label, _ in row.fields))
    columns = [["title", "认定对象"], ["applicant", "申报单位"], ["division", "地区"]]
    return {
        "sections": [
            {
                "key": "proposed",
                "title": "拟认定名单",
                "fields": [*columns, *([f"f{place}", label] for place, label in enumerate(labels))],
                "entries": [
                    {
                        "key": str(row.pk),
                        "title": row.title,
                        "values": {
                            "title": row.title,
                            "applicant": row.applicant,
                            "division": row.division,
                            **{
                                f"f{place}": dict(row.fields).get(label, "")
                                for place, label in enumerate(labels)
                            },
                        },
                    }
                    for row in entries
                ],
            }
        ],
        "notice": notice.pk,
        "contact": notice.contact,
    }


def results_snapshot(notice: PublicNotice) -> dict[str, Any]:
    """Who was recognised, with the number of the certificate (认定结果)."""
    entries = notice.entries.filter(dossier__state=DossierState.RECOGNISED)
    rows = list(entries.select_related("dossier__recognition").order_by("position"))
    return {
        "sections": [
            {
                "key": "recognised",
                "title": "认定名单",
                "fields": [
                    ["title", "认定对象"],
                    ["applicant", "申报单位"],
                    ["division", "地区"],
                    ["number", "证书编号"],
                ],
                "entries": [
                    {
                        "key": str(row.pk),
                        "title": row.title,
                        "values": {
                            "title": row.title,
                            "applicant": row.applicant,
                            "division": row.division,
                            "number": row.dossier.recognition.number,
                        },
                    }
                    for row in rows
                ],
            }
        ],
        "notice": notice.pk,
    }
