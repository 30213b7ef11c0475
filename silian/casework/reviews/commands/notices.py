"""Show proposed recognitions in public, and conclude when the days were kept."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.publications.commands.drafting import draft_edition
from silian.casework.publications.commands.steps import publish_edition
from silian.casework.publications.models import Edition
from silian.casework.reviews.choices.deciding import Outcome
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.campaigns import locked_campaign
from silian.casework.reviews.commands.moving import move
from silian.casework.reviews.commands.recognitions import recognise
from silian.casework.reviews.events.campaigns import CampaignConcluded
from silian.casework.reviews.events.deciding import NoticePublished
from silian.casework.reviews.models import Campaign, Dossier, NoticeEntry, PublicNotice
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.permissions.notices import open_objections
from silian.casework.reviews.queries.decisions import current_decision
from silian.casework.reviews.queries.notices import (
    notice_snapshot,
    proposed_dossiers,
    results_snapshot,
    undecided_dossiers,
)
from silian.casework.reviews.rules.masking import public_fields, public_title
from silian.casework.reviews.rules.notices import reason_not_endable
from silian.casework.reviews.workflow.campaign import campaign as table
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline

NOTICE_KIND, RESULTS_KIND = "recognition_notice", "recognition_results"
ONE_DAY = datetime.timedelta(days=1)
LATE_NOTICES = (CampaignState.NOTICED, CampaignState.CONCLUDED)


@transaction.atomic
def publish_notice(
    *,
    campaign_id: int,
    contact: str,
    masked: list[str],
    actor: Actor,
    days: int | None = None,
) -> PublicNotice:
    """Publish whom the meeting proposes, for the days of the scheme (公示).

    ``days`` is said by the organiser only where the scheme's days are 未设定. What came later, by
    another meeting or an appeal, goes out in a notice of its own.
    """
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    dossiers = list(proposed_dossiers(campaign).select_for_update(of=("self",)))
    step_to_notice(campaign, dossiers)
    if not contact.strip():
        raise DomainError("请写明受理异议的单位和电话。", field="contact")
    today = timezone.localdate()
    notice = PublicNotice.objects.create(
        campaign=campaign,
        starts_on=today,
        ends_on=last_day(campaign, days=days) + ONE_DAY,
        masked=sorted(masked),
        contact=contact.strip(),
    )
    show(notice, dossiers)
    notice.edition = put_out(
        notice,
        kind=NOTICE_KIND,
        title=f"{campaign.title}拟认定名单公示",
        snapshot=notice_snapshot(notice),
        actor=actor,
    )
    notice.save(update_fields=["edition"])
    record(actor, "reviews.notice.published", notice, detail={"dossiers": len(dossiers)})
    publish(NoticePublished(notice_id=notice.pk))
    return notice


def step_to_notice(campaign: Campaign, dossiers: list[Dossier]) -> None:
    if campaign.state not in LATE_NOTICES:
        campaign.state = table.target(
            "notice",
            state=CampaignState(campaign.state),
            open_dossiers=undecided_dossiers(campaign).count(),
        )
        campaign.save(update_fields=["state"])
    elif not dossiers:
        raise DomainError("没有新的拟认定对象，不需要补充公示。")


def last_day(campaign: Campaign, *, days: int | None) -> datetime.date:
    """The last day of the notice; the day of publication does not count (公示期).

    Basis: 《民法典》第二百零一条.
    """
    procedure = campaign.content.procedure
    said = campaign.values.days(procedure.notice_days)
    length = said if said is not None else days
    if length is None or length < 1:
        raise DomainError("方案没有设定公示天数，请填写本次公示几天。", field="days")
    now = timezone.now()
    if procedure.notice_in_working_days:
        return site_deadline(now, working_days=length).due_on
    return site_deadline(now, days=length).due_on


def show(notice: PublicNotice, dossiers: list[Dossier]) -> None:
    """Keep what is shown of each, masked, and move each to 公示中."""
    definition = notice.campaign.content
    NoticeEntry.objects.bulk_create(
        NoticeEntry(
            notice=notice,
            dossier=dossier,
            position=position,
            title=public_title(dossier.subject_name, definition=definition),
            applicant=dossier.applicant.name,
            division=dossier.division.name,
            fields=public_fields(
                dossier.answers, definition=definition, masked=frozenset(notice.masked)
            ),
        )
        for position, dossier in enumerate(dossiers, start=1)
    )
    for dossier in dossiers:
        move(dossier=dossier, step="notice")
        dossier.due_on = notice.ends_on - ONE_DAY
        dossier.save(update_fields=["due_on"])


def put_out(
    notice: PublicNotice, *, kind: str, title: str, snapshot: dict[str, Any], actor: Actor
) -> Edition:
    """An edition of publications; the meeting's vote was its approval."""
    campaign = notice.campaign
    edition = draft_edition(
        kind=kind,
        division=campaign.division_id,
        title=title[:120],
        snapshot=snapshot,
        period=(notice.starts_on, notice.ends_on),
        organisation_id=campaign.owner_id,
        is_demo=campaign.is_demo,
        actor=actor,
        on=timezone.localdate(),
    )
    return publish_edition(edition_id=edition.pk, actor=actor, now=timezone.now())


@transaction.atomic
def conclude_notice(*, notice_id: int, actor: Actor) -> PublicNotice:
    """End a notice whose days were kept, recognise who stands in it, publish (公布结果).

    Recognised are only those that no objection took out.
    """
    rows = PublicNotice.objects.select_for_update(of=("self",))
    notice = rows.select_related("campaign__version__scheme").get(pk=notice_id)
    campaign = locked_campaign(notice.campaign_id)
    require_organiser(actor, campaign)
    reason = reason_not_endable(
        ends_on=notice.ends_on,
        on=timezone.localdate(),
        open_objections=open_objections().filter(notice=notice).count(),
        is_closed=notice.closed_at is not None,
    )
    if reason:
        raise DomainError(reason)
    recognise_all(notice, campaign, actor=actor)
    notice.closed_at = timezone.now()
    notice.results = put_out(
        notice,
        kind=RESULTS_KIND,
        title=f"{campaign.title}结果",
        snapshot=results_snapshot(notice),
        actor=actor,
    )
    notice.save(update_fields=["closed_at", "results"])
    record(actor, "reviews.notice.ended", notice)
    conclude(campaign)
    return notice


def recognise_all(notice: PublicNotice, campaign: Campaign, *, actor: Actor) -> None:
    today = timezone.localdate()
    standing = Dossier.objects.select_for_update(of=("self",)).filter(
        notice_entries__notice=notice, state=DossierState.NOTICED
    )
    for dossier in standing.select_related("applicant").order_by("rank", "pk"):
        dossier.campaign = campaign
        decision = current_decision(dossier)
        if decision is None or decision.outcome != Outcome.RECOGNISE:
            raise DomainError(f"“{dossier.subject_name}”没有通过的决定，不能认定。")
        move(dossier=dossier, step="recognise")
        recognise(dossier=dossier, decision=decision, on=today, actor=actor)


def conclude(campaign: Campaign) -> None:
    """The batch is concluded with its first notice; later ones only add to it."""
    if campaign.state != CampaignState.NOTICED:
        return
    campaign.state = table.target("conclude", state=CampaignState.NOTICED, open_dossiers=0)
    campaign.concluded_at = timezone.now()
    campaign.save(update_fields=["state", "concluded_at"])
    publish(CampaignConcluded(campaign_id=campaign.pk))
