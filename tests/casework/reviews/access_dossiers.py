"""Who gets what from the addresses of batches, applications, checks and opinions."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.models import Campaign, Dossier, Evidence, Opinion
from silian.foundation.kernel.files import store_content
from tests.access import HIDDEN, OK, Row, only, public, signed_in
from tests.casework.reviews import stage
from tests.casework.reviews.dossiers.filling import PDF
from tests.world import World

INVALID, MOVED = 422, 302
APPLICANTS = ("enterprise", "rival", "school", "coordinator")
OWNERS = ("coordinator", "reviewer")
WATCHERS = ("supervisor", "leader")


def campaign(world: World) -> Campaign:
    return Campaign.objects.order_by("pk").first() or stage.open_campaign(world)


def draft_campaign(world: World) -> dict[str, Any]:
    found = Campaign.objects.filter(state=CampaignState.DRAFT).first()
    if found is None:
        version, number = campaign(world).version, Campaign.objects.count() + 1
        found = stage.open_campaign(
            world, version=version, state=CampaignState.DRAFT, number=number
        )
    return {"campaign_id": found.pk}


def batch(world: World) -> dict[str, Any]:
    return {"campaign_id": campaign(world).pk}


def version(world: World) -> dict[str, Any]:
    return {"version_id": campaign(world).version_id}


def own(world: World, state: DossierState) -> Dossier:
    """The enterprise's application in a state."""
    found = Dossier.objects.filter(state=state).first()
    return found or stage.dossier_of(campaign(world), world.enterprise.organisation, state=state)


def draft(world: World, **more: Any) -> dict[str, Any]:
    return {"dossier_id": own(world, DossierState.DRAFT).pk, **more}


def sent(world: World, **more: Any) -> dict[str, Any]:
    return {"dossier_id": own(world, DossierState.SUBMITTED).pk, **more}


def unchecked(world: World) -> dict[str, Any]:
    """An application that waits for the formal check, of another enterprise each time."""
    place = Dossier.objects.count() + 1
    unit = stage.enterprises(1, prefix=f"待审企业{place}-")[0]
    return {"dossier_id": stage.dossier_of(campaign(world), unit).pk}


def evidence(world: World) -> dict[str, Any]:
    found = Evidence.objects.first()
    if found is None:
        dossier = own(world, DossierState.SUBMITTED)
        file = store_content(
            name="一.pdf", content=PDF, subject=dossier, actor=world.enterprise.actor
        )
        found = Evidence.objects.create(dossier=dossier, field="hosted", file=file)
    return {"evidence_id": found.pk}


def opinion(world: World) -> dict[str, Any]:
    """What the office of the supervisor's city was asked by another department."""
    found = Opinion.objects.first()
    if found is None:
        dossier = own(world, DossierState.OPINIONS)
        found = Opinion.objects.create(
            dossier=dossier,
            level="city",
            department=stage.INDUSTRY,
            organisation=world.coordinator.organisation,
            silence="no_objection",
            asked_at=dossier.state_since,
        )
    return {"opinion_id": found.pk}


def of_applicant(status: int, **given: Any) -> Row:
    """An address of the applicant's members only; a rival finds nothing."""
    return only("enterprise", status=status, otherwise=HIDDEN, **given)


DOSSIER_ROWS: dict[str, Row] = {
    "reviews:call_list": public(),
    "reviews:call_detail": public(kwargs=batch),
    "reviews:campaign_list": signed_in(),
    "reviews:campaign_choose": only("coordinator"),
    "reviews:campaign_new": only("coordinator", kwargs=version),
    "reviews:campaign_detail": only(*OWNERS, *WATCHERS, otherwise=HIDDEN, kwargs=batch),
    "reviews:campaign_edit": Row(
        statuses={
            **only("coordinator", otherwise=HIDDEN).statuses,
            **dict.fromkeys(("reviewer", *WATCHERS), 403),
        },
        kwargs=batch,
    ),
    "reviews:campaign_offices": Row(
        statuses={
            **only("coordinator", otherwise=HIDDEN).statuses,
            **dict.fromkeys(("reviewer", *WATCHERS), 403),
        },
        kwargs=batch,
    ),
    "reviews:campaign_announce": Row(
        statuses={
            **only("coordinator", status=MOVED, otherwise=HIDDEN).statuses,
            "reviewer": 403,
        },
        kwargs=draft_campaign,
        method="post",
    ),
    "reviews:campaign_cancel": Row(
        statuses={
            **only("coordinator", status=INVALID, otherwise=HIDDEN).statuses,
            **dict.fromkeys(("reviewer", *WATCHERS), 403),
        },
        kwargs=batch,
        method="post",
    ),
    "reviews:campaign_edition": Row(
        statuses={
            **only("coordinator", status=MOVED, otherwise=HIDDEN).statuses,
            **dict.fromkeys(("reviewer", *WATCHERS), 403),
        },
        kwargs=batch,
        method="post",
    ),
    "reviews:inbox": signed_in(),
    "reviews:dossier_open": only(*APPLICANTS),
    "reviews:dossier_start": only(*APPLICANTS, kwargs=batch),
    "reviews:dossier_list": signed_in(),
    "reviews:dossier_detail": only("enterprise", *OWNERS, *WATCHERS, otherwise=HIDDEN, kwargs=sent),
    "reviews:dossier_version": only(
        "enterprise",
        *OWNERS,
        *WATCHERS,
        otherwise=HIDDEN,
        kwargs=lambda world: sent(world, number=1),
    ),
    "reviews:dossier_fill": of_applicant(OK, kwargs=lambda world: draft(world, place=1)),
    "reviews:dossier_evidence": of_applicant(
        MOVED, kwargs=lambda world: draft(world, field="hosted"), method="post"
    ),
    "reviews:evidence_remove": of_applicant(MOVED, kwargs=evidence, method="post"),
    "reviews:dossier_submit": of_applicant(INVALID, kwargs=draft, method="post"),
    "reviews:dossier_withdraw": of_applicant(MOVED, kwargs=sent, method="post"),
    "reviews:intake_check": only(*OWNERS, otherwise=HIDDEN, kwargs=sent),
    "reviews:intake_accept": Row(
        statuses=only(*OWNERS, status=MOVED, otherwise=HIDDEN).statuses,
        kwargs=unchecked,
        method="post",
    ),
    "reviews:intake_fix": only(
        *OWNERS, status=INVALID, otherwise=HIDDEN, kwargs=sent, method="post"
    ),
    "reviews:intake_refuse": only(
        *OWNERS, status=INVALID, otherwise=HIDDEN, kwargs=sent, method="post"
    ),
    "reviews:fix_end": only(
        *OWNERS,
        otherwise=HIDDEN,
        kwargs=lambda world: {"dossier_id": own(world, DossierState.FIXING).pk},
    ),
    "reviews:opinion_give": only(*OWNERS, otherwise=HIDDEN, kwargs=opinion),
    "reviews:opinion_end": Row(
        statuses={**only("coordinator", otherwise=HIDDEN).statuses, "reviewer": 403},
        kwargs=opinion,
    ),
}
