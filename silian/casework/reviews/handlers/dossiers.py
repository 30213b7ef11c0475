"""Tell applicants, checkers, departments and supervisors what came to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import (
    ENDED_DOSSIER_STATES,
    DossierState,
    OpinionState,
)
from silian.casework.reviews.commands.open_clocks import close_opinions
from silian.casework.reviews.events.campaigns import CampaignAnnounced
from silian.casework.reviews.events.dossiers import (
    DossierMoved,
    FixAsked,
    FixEnded,
    OpinionAsked,
    OpinionEnded,
    OpinionLapsed,
)
from silian.casework.reviews.models import Campaign, Dossier, Opinion
from silian.casework.reviews.permissions.campaigns import OPINION_ROLES, OWNER_ROLES
from silian.casework.reviews.queries.campaigns import fitting_members
from silian.casework.reviews.queries.dossiers import fix_of
from silian.foundation.kernel.events import subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import WRITING_ROLES, Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role

AFTER_ACCEPTANCE = frozenset(
    {DossierState.OPINIONS, DossierState.EXPERTS, DossierState.VISIT, DossierState.RANKED}
)
EARLY_STAGES = frozenset(
    {DossierState.SUBMITTED, DossierState.FIXING, *AFTER_ACCEPTANCE, DossierState.MODERATION}
) - {DossierState.RANKED}  # a vote tells of itself, see handlers/deciding.py


def members(organisation_id: int, roles: Iterable[str]) -> list[int]:
    return user_ids_with_role(
        organisation_id=organisation_id, roles=sorted(roles), on=timezone.localdate()
    )


def dossier_of(pk: int) -> Dossier:
    return Dossier.objects.select_related("campaign", "applicant").get(pk=pk)


@subscribe(CampaignAnnounced)
def tell_of_call(event: CampaignAnnounced) -> None:
    """Everybody who files for an organisation of the called kind and region."""
    campaign = Campaign.objects.select_related("version", "owner").get(pk=event.campaign_id)
    notify(
        user_ids=fitting_members(campaign, on=timezone.localdate()),
        kind=NotificationKind.TASK,
        title=f"申报通知：{campaign.title}",
        detail=f"{campaign.owner.name}组织，{campaign.closes_on:%Y-%m-%d} 零点截止。",
        url=reverse("reviews:call_detail", args=[campaign.pk]),
        key=f"reviews-call-{campaign.pk}",
    )


@subscribe(DossierMoved)
def tell_of_move(event: DossierMoved) -> None:
    """The checkers of what came in; the applicant of how it went on."""
    dossier = dossier_of(event.dossier_id)
    versions = dossier.versions.count()
    if event.state == DossierState.SUBMITTED:
        tell_checkers(dossier, versions=versions)
    elif event.state in AFTER_ACCEPTANCE:
        label = DossierState(event.state).label
        tell_applicant(
            dossier,
            title=f"已进入“{label}”：{dossier.subject_name}",
            detail=dossier.campaign.title,
            key=f"{event.state}-{versions}",
        )
    elif event.state == DossierState.REJECTED and dossier.ended_stage in EARLY_STAGES:
        tell_applicant(
            dossier,
            title=f"未通过：{dossier.subject_name}",
            detail=f"理由：{dossier.end_reason[:200]}",
            key=f"rejected-{dossier.decisions.count()}",
        )


def tell_checkers(dossier: Dossier, *, versions: int) -> None:
    notify(
        user_ids=members(dossier.campaign.owner_id, OWNER_ROLES),
        kind=NotificationKind.TASK,
        title=f"待形式审查：{dossier.subject_name}",
        detail=f"{dossier.campaign.title}，{dossier.number}",
        url=reverse("reviews:intake_check", args=[dossier.pk]),
        organisation_id=dossier.campaign.owner_id,
        key=f"reviews-intake-{dossier.pk}-{versions}",
    )


def tell_applicant(dossier: Dossier, *, title: str, detail: str, key: str) -> None:
    notify(
        user_ids=members(dossier.applicant_id, WRITING_ROLES),
        kind=NotificationKind.REVIEW,
        title=title,
        detail=detail,
        url=dossier.get_absolute_url(),
        organisation_id=dossier.applicant_id,
        key=f"reviews-dossier-{dossier.pk}-{key}",
    )


@subscribe(FixAsked)
def tell_of_fix(event: FixAsked) -> None:
    dossier = dossier_of(event.dossier_id)
    day = f"{dossier.due_on:%m月%d日}前" if dossier.due_on else "尽快"
    tell_applicant(
        dossier,
        title=f"请补正：{dossier.subject_name}",
        detail=f"{dossier.campaign.title}，请{day}补正，逾期按已提交的材料审查。",
        key="fix",
    )


@subscribe(FixEnded)
def tell_of_ended_fix(event: FixEnded) -> None:
    dossier = dossier_of(event.dossier_id)
    fix = fix_of(dossier)
    tell_applicant(
        dossier,
        title=f"不再等待补正：{dossier.subject_name}",
        detail=f"按最近一次提交的材料审查。原因：{fix.end_reason if fix else ''}",
        key="fix-ended",
    )


@subscribe(OpinionEnded)
def tell_of_ended_opinion(event: OpinionEnded) -> None:
    row = opinion_of(event.opinion_id)
    notify(
        user_ids=members(row.organisation_id, OPINION_ROLES),
        kind=NotificationKind.REVIEW,
        title=f"不再等待贵单位意见：{row.dossier.subject_name}",
        detail=f"{row.dossier.campaign.title}，评审继续。原因：{row.text}",
        url=row.dossier.get_absolute_url(),
        organisation_id=row.organisation_id,
        key=f"reviews-opinion-ended-{row.pk}",
    )


def opinion_of(pk: int) -> Opinion:
    return Opinion.objects.select_related("dossier__campaign", "organisation").get(pk=pk)


@subscribe(OpinionAsked)
def tell_department(event: OpinionAsked) -> None:
    row = opinion_of(event.opinion_id)
    if row.state != OpinionState.ASKED or row.dossier.state in ENDED_DOSSIER_STATES:
        return  # answered, or no longer wanted, before anybody was told
    day = f"{row.due_on:%m月%d日}前" if row.due_on else "尽快"
    notify(
        user_ids=members(row.organisation_id, OPINION_ROLES),
        kind=NotificationKind.TASK,
        title=f"请提出意见：{row.dossier.subject_name}",
        detail=f"{row.dossier.campaign.title}，请{day}答复，逾期{row.get_silence_display()}。",
        url=reverse("reviews:opinion_give", args=[row.pk]),
        organisation_id=row.organisation_id,
        key=f"reviews-opinion-{row.pk}",
    )


@subscribe(DossierMoved)
def stop_asking(event: DossierMoved) -> None:
    """A dossier that ended waits for no department."""
    if event.state in ENDED_DOSSIER_STATES:
        close_opinions(dossier_id=event.dossier_id)


@subscribe(OpinionLapsed)
def tell_of_silence(event: OpinionLapsed) -> None:
    """The department hears what its silence meant; upward when the scheme says so (督办)."""
    row = opinion_of(event.opinion_id)
    told = members(row.organisation_id, OPINION_ROLES)
    if event.escalates:
        told += official_ids(
            division=row.dossier.campaign.division_id,
            roles=(Role.SUPERVISOR,),
            on=timezone.localdate(),
        )
    word = "督办：" if event.escalates else ""
    notify(
        user_ids=told,
        kind=NotificationKind.TASK,
        title=f"{word}{row.organisation.name}逾期未答复：{row.dossier.subject_name}",
        detail=f"{row.dossier.campaign.title}，按“{row.get_silence_display()}”处理，评审继续。",
        url=row.dossier.get_absolute_url(),
        key=f"reviews-opinion-late-{row.pk}",
    )
