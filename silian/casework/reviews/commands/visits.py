"""Plan a site visit, write down what was found, sign it together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.choices.judging import VisitState
from silian.casework.reviews.choices.schemes import VisitRule
from silian.casework.reviews.commands.draws import locked_campaign
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.moving import deadline_day, move_on
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.judging import VisitChanged
from silian.casework.reviews.models import Dossier, SiteVisit, Visitor
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.permissions.dossiers import require_applicant
from silian.casework.reviews.permissions.visits import require_visitor
from silian.casework.reviews.queries.judging import visit_items
from silian.casework.reviews.queries.visits import (
    applicants_among,
    chosen_for_visit,
    dossiers_to_visit,
    key_of,
    people_who_may_visit,
    seated_people,
)
from silian.casework.reviews.rules.visits import LEAST_VISITORS, reason_visitors_unfit
from silian.casework.reviews.workflow.visit import visit as steps
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.file_checks import IMAGES
from silian.foundation.kernel.files import files_of, store_upload
from silian.registers.accounts.models import User
from silian.registers.organisations.queries import actor_for

MOST_PHOTOS = 12
LONGEST_REASON = 300


@dataclass(frozen=True, kw_only=True)
class VisitPlan:
    """When, where and by whom (核查安排)."""

    planned_on: datetime.date
    place: str
    visitors: Sequence[int]


def locked_dossier(*, dossier_id: int) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",))
    return rows.select_related("campaign__version", "applicant").get(pk=dossier_id)


def locked_visit(*, visit_id: int) -> SiteVisit:
    """A visit, locked after its dossier."""
    found = SiteVisit.objects.get(pk=visit_id)
    dossier = locked_dossier(dossier_id=found.dossier_id)
    visit = SiteVisit.objects.select_for_update(of=("self",)).get(pk=visit_id)
    visit.dossier = dossier
    return visit


@transaction.atomic
def choose_visits(*, campaign_id: int, actor: Actor) -> list[SiteVisit]:
    """Choose by the scheme's rule whom to visit; the others go on (确定实地核查对象)."""
    campaign = locked_campaign(campaign_id=campaign_id)
    require_organiser(actor, campaign)
    waiting = dossiers_to_visit(campaign)
    if not waiting:
        raise DomainError("没有等待确定的材料。")
    by_lot = campaign.content.procedure.visit == VisitRule.CHOSEN
    if by_lot and not campaign.draw_seed:
        raise WrongState("还没有登记抽取种子，不能随机确定核查对象。")
    chosen = chosen_for_visit(campaign, waiting)
    days = campaign.values.days(campaign.content.procedure.visit_days)
    due_on = deadline_day(timezone.now(), working_days=days) or timezone.localdate()
    made = [
        begin_visit(row, because=chosen[key_of(row)], due_on=due_on)
        for row in waiting
        if key_of(row) in chosen
    ]
    record(actor, "reviews.visit.chosen", campaign, detail={"chosen": sorted(chosen)})
    for row in waiting:
        if key_of(row) not in chosen:
            record(actor, "reviews.visit.spared", row)
            leave_visiting(locked_dossier(dossier_id=row.pk))
    return made


def begin_visit(dossier: Dossier, *, because: str, due_on: datetime.date) -> SiteVisit:
    """A visit due by a day, at the applicant's address, its people still to be named."""
    place = dossier.applicant.address or dossier.applicant.name
    dossier.due_on = due_on
    dossier.save(update_fields=["due_on"])
    return SiteVisit.objects.create(
        dossier=dossier, planned_on=due_on, place=place[:200], chosen_because=because[:120]
    )


def refuse_wrong_plan(plan: VisitPlan) -> None:
    if plan.planned_on < timezone.localdate():
        raise DomainError("计划日期不能早于今天。", field="planned_on")
    if not plan.place.strip():
        raise DomainError("请填写核查地点。", field="place")


def seat_visitors(visit: SiteVisit, chosen: Sequence[int]) -> None:
    """Give each visitor the seat; the database refuses whoever holds another."""
    dossier, today = visit.dossier, timezone.localdate()
    people = {row.pk: row for row in User.objects.filter(pk__in=chosen)}
    reason = reason_visitors_unfit(
        chosen=list(chosen),
        applicants=applicants_among(dossier, list(chosen), on=today),
        seated=seated_people(dossier, list(chosen)),
        names={pk: str(row) for pk, row in people.items()},
    )
    if reason:
        raise DomainError(reason, field="visitors")
    allowed = people_who_may_visit(dossier, on=today).filter(pk__in=chosen)
    if allowed.count() != len(set(chosen)):
        raise DomainError("所选人员不在可参加核查的名单中，请重新选择。", field="visitors")
    for pk, person in people.items():
        actor = actor_for(user=person, on=today)
        seat = take_seat(dossier=dossier, role=SeatRole.VISITOR, actor=actor)
        Visitor.objects.get_or_create(
            visit=visit, user_id=pk, defaults={"organisation_id": seat.organisation_id}
        )


@transaction.atomic
def arrange_visit(*, visit_id: int, plan: VisitPlan, actor: Actor) -> SiteVisit:
    """Set the day, the place and the people of a visit, each with a seat (安排实地核查)."""
    visit = locked_visit(visit_id=visit_id)
    require_organiser(actor, visit.dossier.campaign)
    if visit.state != VisitState.PLANNED:
        raise WrongState(f"核查当前为“{visit.get_state_display()}”，不能再调整。")
    refuse_wrong_plan(plan)
    visit.planned_on, visit.place = plan.planned_on, plan.place.strip()[:200]
    visit.save(update_fields=["planned_on", "place"])
    visit.visitors.exclude(user_id__in=plan.visitors).delete()
    seat_visitors(visit, plan.visitors)
    record(actor, "reviews.visit.planned", visit)
    publish(VisitChanged(visit_id=visit.pk, state=visit.state))
    return visit


@transaction.atomic
def cancel_visit(*, visit_id: int, reason: str, actor: Actor) -> SiteVisit:
    """Call a visit off; the dossier goes on without it (取消实地核查)."""
    visit = locked_visit(visit_id=visit_id)
    campaign = visit.dossier.campaign
    require_organiser(actor, campaign)
    if not reason.strip():
        raise DomainError("请写明取消原因。", field="reason")
    if campaign.content.procedure.visit == VisitRule.EVERY and not visit.dossier.is_ended:
        raise DomainError("本项目逐一核查，不能取消。请另选日期或人员。")
    visit.state = steps.target("cancel", state=VisitState(visit.state))
    visit.cancel_reason = reason.strip()[:LONGEST_REASON]
    visit.save(update_fields=["state", "cancel_reason"])
    record(actor, "reviews.visit.cancelled", visit, reason=reason)
    publish(VisitChanged(visit_id=visit.pk, state=visit.state))
    if visit.dossier.state == DossierState.VISIT:
        leave_visiting(visit.dossier)
    return visit


@transaction.atomic
def report_visit(
    *,
    visit_id: int,
    visited_on: datetime.date,
    findings: Mapping[str, Mapping[str, Any]],
    summary: str,
    actor: Actor,
) -> SiteVisit:
    """Write down what was found; every visitor signs it anew (填写核查情况).

    ``findings`` holds for each item of the checklist ``met`` or ``points`` and a ``note``.
    """
    visit = locked_visit(visit_id=visit_id)
    require_visitor(actor, visit)
    refuse_wrong_report(visit, visited_on=visited_on, findings=findings, summary=summary)
    visit.state = steps.target("report", state=VisitState(visit.state))
    visit.visited_on, visit.summary = visited_on, summary.strip()[:2000]
    visit.findings = {code: dict(said) for code, said in findings.items()}
    visit.reported_by_id, visit.reported_at = actor.user_id, timezone.now()
    visit.save(
        update_fields=[
            "state", "visited_on", "summary", "findings", "reported_by", "reported_at",
        ]
    )  # fmt: skip
    visit.visitors.update(signed_at=None)
    visit.visitors.filter(user_id=actor.user_id or 0).update(signed_at=timezone.now())
    record(actor, "reviews.visit.reported", visit)
    publish(VisitChanged(visit_id=visit.pk, state=visit.state))
    return visit


def refuse_wrong_report(
    visit: SiteVisit,
    *,
    visited_on: datetime.date,
    findings: Mapping[str, Mapping[str, Any]],
    summary: str,
) -> None:
    if visit.visitors.count() < LEAST_VISITORS:
        raise DomainError(f"实地核查至少 {LEAST_VISITORS} 人参加，请组织单位先安排人员。")
    if visited_on > timezone.localdate():
        raise DomainError("核查日期不能晚于今天。", field="visited_on")
    missing = [
        item.label
        for item in visit_items(visit.dossier.campaign)
        if findings.get(item.code, {}).get("met") is None
        and findings.get(item.code, {}).get("points") is None
    ]
    if missing:
        raise DomainError(f"还有 {len(missing)} 项没有填写：{'、'.join(missing[:5])}。")
    if not summary.strip():
        raise DomainError("请写核查结论。", field="summary")


@transaction.atomic
def add_visit_photo(*, visit_id: int, upload: UploadedFile[bytes], actor: Actor) -> SiteVisit:
    """Keep a photo with the findings (上传现场照片)."""
    visit = locked_visit(visit_id=visit_id)
    require_visitor(actor, visit)
    if visit.state in (VisitState.DONE, VisitState.CANCELLED):
        raise WrongState(f"核查当前为“{visit.get_state_display()}”，不能再上传照片。")
    if files_of(visit).count() >= MOST_PHOTOS:
        raise DomainError(f"照片最多 {MOST_PHOTOS} 张，请挑选能说明情况的。", field="photo")
    store_upload(upload=upload, subject=visit, actor=actor, kinds=IMAGES)
    visit.visitors.exclude(user_id=actor.user_id or 0).update(signed_at=None)
    return visit


@transaction.atomic
def sign_visit(*, visit_id: int, actor: Actor) -> SiteVisit:
    """Sign the findings; the last signature ends the visit and the dossier goes on (签字确认)."""
    visit = locked_visit(visit_id=visit_id)
    require_visitor(actor, visit)
    if visit.state != VisitState.REPORTED:
        raise WrongState(f"核查当前为“{visit.get_state_display()}”，不能签字。")
    visit.visitors.filter(user_id=actor.user_id or 0).update(signed_at=timezone.now())
    record(actor, "reviews.visit.signed", visit)
    unsigned = visit.visitors.filter(signed_at__isnull=True).count()
    if unsigned:
        return visit
    visit.state = steps.target("finish", state=VisitState(visit.state), unsigned=unsigned)
    visit.save(update_fields=["state"])
    record(actor, "reviews.visit.done", visit)
    publish(VisitChanged(visit_id=visit.pk, state=visit.state))
    leave_visiting(visit.dossier)
    return visit


def leave_visiting(dossier: Dossier) -> None:
    """Judge the dossier with what is known now and take it to the next stage."""
    evaluate_dossier(dossier=dossier, now=timezone.now())
    if dossier.state == DossierState.VISIT:
        move_on(dossier=dossier)


@transaction.atomic
def remark_on_visit(*, visit_id: int, text: str, actor: Actor) -> SiteVisit:
    """The applicant's word on what was found, once, before the decision (申报单位说明)."""
    visit = locked_visit(visit_id=visit_id)
    require_applicant(actor, visit.dossier)
    if visit.state != VisitState.DONE or visit.dossier.state != DossierState.RANKED:
        raise WrongState("核查完成后、审定之前可以提交说明。")
    if visit.remarked_at is not None:
        raise DomainError("说明已经提交，不再修改。")
    if not text.strip():
        raise DomainError("请填写说明。", field="text")
    visit.remark, visit.remarked_at = text.strip()[:2000], timezone.now()
    visit.save(update_fields=["remark", "remarked_at"])
    record(actor, "reviews.visit.remarked", visit)
    return visit


@transaction.atomic
def end_visit(*, dossier_id: int) -> int:
    """Call off the open visit of a dossier that was withdrawn or refused (核查终止)."""
    rows = SiteVisit.objects.select_for_update(of=("self",)).filter(
        dossier_id=dossier_id, state__in=[VisitState.PLANNED, VisitState.REPORTED]
    )
    visits = list(rows)
    for visit in visits:
        visit.state = steps.target("cancel", state=VisitState(visit.state))
        visit.cancel_reason = "材料已退出评审"
        visit.save(update_fields=["state", "cancel_reason"])
        record(system_actor(), "reviews.visit.cancelled", visit, reason=visit.cancel_reason)
        publish(VisitChanged(visit_id=visit.pk, state=visit.state))
    return len(visits)
