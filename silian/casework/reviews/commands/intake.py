"""The formal check: accept, ask for a fix once, refuse; and the applicant's answer to a fix."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.choices.schemes import SourceKind
from silian.casework.reviews.commands.dossiers import (
    locked_dossier,
    refuse_unfinished,
    seal_version,
)
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.moving import deadline_day, move, move_on
from silian.casework.reviews.commands.opinions import ask_next_level
from silian.casework.reviews.commands.rejecting import reject_dossier
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.events.dossiers import FixAsked
from silian.casework.reviews.models import CriterionResult, Dossier, MaterialFix
from silian.casework.reviews.permissions.campaigns import require_checker
from silian.casework.reviews.permissions.dossiers import require_applicant
from silian.casework.reviews.queries.dossiers import fix_of
from silian.casework.reviews.registry import Reading
from silian.casework.reviews.rules.dossiers import official_items
from silian.casework.reviews.rules.readings import frozen
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

LONGEST_ITEM = 500


def checked_dossier(dossier_id: int, *, actor: Actor) -> Dossier:
    """The locked dossier with the actor in the seat of the formal check."""
    dossier = locked_dossier(dossier_id)
    require_checker(actor, dossier.campaign)
    if dossier.state != DossierState.SUBMITTED:
        raise DomainError(f"材料当前为“{dossier.get_state_display()}”，不在形式审查环节。")
    take_seat(dossier=dossier, role=SeatRole.INTAKE, actor=actor)
    return dossier


@transaction.atomic
def accept_dossier(
    *, dossier_id: int, actor: Actor, checks: Mapping[str, bool] | None = None
) -> Dossier:
    """Accept the material as it is; it is evaluated and goes to the next stage (受理).

    ``checks`` are the items that the department itself looked up.
    """
    dossier = checked_dossier(dossier_id, actor=actor)
    keep_checks(dossier, checks or {}, actor=actor)
    evaluate_dossier(dossier=dossier, now=timezone.now(), actor=actor)
    reached = move_on(dossier=dossier)
    record(actor, "reviews.dossier.accepted", dossier)
    if reached == DossierState.OPINIONS:
        ask_next_level(dossier=dossier, level=0, actor=actor)
    return dossier


def keep_checks(dossier: Dossier, checks: Mapping[str, bool], *, actor: Actor) -> None:
    """Write down what the department found, under its name (部门核查)."""
    items = {item.code for item in official_items(dossier.campaign.content)}
    for code, is_met in checks.items():
        if code not in items:
            raise DomainError("核查事项不在方案中，请刷新页面后重新办理。")
        reading = Reading(value=Decimal(int(is_met)), origin="部门核查")
        CriterionResult.objects.update_or_create(
            dossier=dossier,
            criterion=code,
            defaults={
                "source": SourceKind.OFFICIAL,
                "value": frozen(reading),
                "judged_by_id": actor.user_id,
                "judged_at": timezone.now(),
            },
        )


@transaction.atomic
def ask_fix(*, dossier_id: int, items: Sequence[Mapping[str, str]], actor: Actor) -> MaterialFix:
    """Say once and in full what is missing or wrong (通知补正).

    Basis: 《行政许可法》第三十二条（四）.
    """
    dossier = checked_dossier(dossier_id, actor=actor)
    said = fix_items(dossier, items)
    days = dossier.campaign.values.days(dossier.campaign.content.procedure.fix_days)
    was_fixed = fix_of(dossier) is not None
    move(dossier=dossier, step="ask_fix", working_days=days, was_fixed=was_fixed)
    now = timezone.now()
    fix = MaterialFix.objects.create(
        dossier=dossier,
        items=said,
        asked_by_id=actor.user_id,
        asked_at=now,
        due_on=deadline_day(now, working_days=days),
    )
    record(actor, "reviews.dossier.fix_asked", dossier, detail={"items": said})
    publish(FixAsked(dossier_id=dossier.pk))
    return fix


def fix_items(dossier: Dossier, items: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The items as they are kept: a known field or the file in general, and what to do."""
    known = dossier.campaign.content.fields_by_code
    said = [
        {"field": item.get("field", ""), "text": item.get("text", "").strip()[:LONGEST_ITEM]}
        for item in items
        if item.get("text", "").strip()
    ]
    if not said:
        raise DomainError("请至少写明一项需要补正的内容，并一次写全。", field="text")
    if any(item["field"] and item["field"] not in known for item in said):
        raise DomainError("补正事项指向的申报项不存在，请重新选择。", field="text")
    return said


@transaction.atomic
def answer_fix(*, dossier_id: int, actor: Actor) -> Dossier:
    """Hand in what was put right as a new version; the formal check begins anew (提交补正)."""
    dossier = locked_dossier(dossier_id)
    require_applicant(actor, dossier)
    if dossier.state != DossierState.FIXING:
        raise DomainError("这份材料没有等待补正的事项。")
    take_seat(dossier=dossier, role=SeatRole.APPLICANT, actor=actor)
    refuse_unfinished(dossier)
    now = timezone.now()
    MaterialFix.objects.filter(dossier=dossier).update(answered_at=now)
    seal_version(dossier, actor=actor, at=now)
    back_to_check(dossier)
    evaluate_dossier(dossier=dossier, now=now)
    record(actor, "reviews.dossier.fixed", dossier)
    return dossier


def back_to_check(dossier: Dossier) -> None:
    days = dossier.campaign.values.days(dossier.campaign.content.procedure.intake_days)
    move(dossier=dossier, step="fix", working_days=days)


@transaction.atomic
def lapse_fix(*, dossier_id: int, actor: Actor, on: datetime.date) -> Dossier | None:
    """The applicant was silent: the file is judged as it was sent (逾期未补正).

    What was typed and not sent is put back to the last version. Runs twice without harm.
    """
    dossier = locked_dossier(dossier_id)
    is_over = dossier.due_on is not None and on > dossier.due_on
    if dossier.state != DossierState.FIXING or not is_over:
        return None
    as_last_sent(dossier)
    back_to_check(dossier)
    record(actor, "reviews.dossier.fix_lapsed", dossier)
    return dossier


def as_last_sent(dossier: Dossier) -> None:
    """Put back what was typed and not sent (恢复为最近一次提交)."""
    last = dossier.versions.order_by("-number").first()
    if last is not None:
        dossier.answers = last.answers
        dossier.save(update_fields=["answers"])


@transaction.atomic
def refuse_dossier(*, dossier_id: int, reason: str, basis: str, actor: Actor) -> Dossier:
    """Refuse the material at the formal check (不予受理)."""
    dossier = checked_dossier(dossier_id, actor=actor)
    reject_dossier(dossier=dossier, reason=reason, basis=basis, actor=actor)
    return dossier
