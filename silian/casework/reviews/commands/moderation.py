"""Settle a divergence of experts: points within their band, or a third expert."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.commands.draws import draw_replacement, locked_campaign
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.moving import move_on
from silian.casework.reviews.commands.seats import take_seat
from silian.casework.reviews.models import Dossier, Moderation
from silian.casework.reviews.permissions.judging import require_moderator
from silian.casework.reviews.queries.judging import (
    all_are_in,
    bands_of,
    expert_items,
    points_by_task,
    total_of,
)
from silian.casework.reviews.rules.judging import means, reason_outside_band
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState

SHORTEST_REASON = 10


def locked_moderation(*, dossier_id: int, actor: Actor) -> Moderation:
    """The open divergence of a locked dossier, for the one who takes the moderator's seat."""
    found = Dossier.objects.get(pk=dossier_id)
    campaign = locked_campaign(campaign_id=found.campaign_id)
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("applicant")
    dossier = rows.get(pk=dossier_id)
    dossier.campaign = campaign
    require_moderator(actor, dossier)
    if dossier.state != DossierState.MODERATION:
        raise WrongState(f"材料当前为“{dossier.get_state_display()}”，没有待办的分差复核。")
    moderation = Moderation.objects.select_for_update().get(dossier=dossier)
    moderation.dossier = dossier
    if not all_are_in(dossier):
        raise DomainError("增派的专家还没有提交评分，请等评分到齐后再复核。")
    take_seat(dossier=dossier, role=SeatRole.MODERATOR, actor=actor)
    return moderation


def require_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(f"请写明理由，不少于 {SHORTEST_REASON} 个字。", field="reason")


@transaction.atomic
def settle_moderation(
    *, dossier_id: int, points: Mapping[str, Decimal], reason: str, actor: Actor
) -> Moderation:
    """Set the points of the criteria on which experts differ, between theirs (完成分差复核).

    Where they agree, and where the moderator says nothing, their mean stands.
    """
    moderation = locked_moderation(dossier_id=dossier_id, actor=actor)
    dossier = moderation.dossier
    require_reason(reason)
    refuse_outside(dossier, points)
    settled = {**means(list(points_by_task(dossier).values())), **points}
    moderation.by_criterion = {code: str(value) for code, value in settled.items()}
    moderation.points = total_of(settled)
    moderation.reason = reason.strip()[:2000]
    moderation.moderated_by_id, moderation.moderated_at = actor.user_id, timezone.now()
    moderation.save(
        update_fields=["by_criterion", "points", "reason", "moderated_by", "moderated_at"]
    )
    record(actor, "reviews.moderation.settled", dossier, reason=reason)
    evaluate_dossier(dossier=dossier, now=timezone.now())
    move_on(dossier=dossier)
    return moderation


def refuse_outside(dossier: Dossier, points: Mapping[str, Decimal]) -> None:
    """No point outside what the experts gave."""
    labels = {item.code: item.label for item in expert_items(dossier.campaign)}
    bands = bands_of(dossier)
    for code, value in points.items():
        if code not in bands:
            raise DomainError("复核的指标不在专家评分之列，请刷新页面后重试。")
        reason = reason_outside_band(label=labels[code], points=value, band=bands[code])
        if reason:
            raise DomainError(reason, field=code)


@transaction.atomic
def call_third_expert(*, dossier_id: int, reason: str, actor: Actor) -> Moderation:
    """Have one more expert drawn, blind of the others (增派第三位专家)."""
    moderation = locked_moderation(dossier_id=dossier_id, actor=actor)
    require_reason(reason)
    if moderation.third_called_at is not None:
        raise DomainError("已经增派过专家，请按现有评分完成复核。")
    moderation.third_reason = reason.strip()[:500]
    moderation.third_called_by_id = actor.user_id
    moderation.third_called_at = timezone.now()
    moderation.save(update_fields=["third_reason", "third_called_by", "third_called_at"])
    record(actor, "reviews.moderation.third_called", moderation.dossier, reason=reason)
    draw_replacement(dossier=moderation.dossier, occasion="分差复核增派")
    return moderation
