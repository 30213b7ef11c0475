"""Publish the seed of a batch and draw experts from it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.moving import deadline_day
from silian.casework.reviews.events.dossiers import ExpertInvited
from silian.casework.reviews.events.judging import PoolExhausted
from silian.casework.reviews.models import Assignment, Campaign, Dossier, Draw, DrawSeed
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.queries.draws import PoolReader, dossiers_short_of_experts
from silian.casework.reviews.rules.draws import METHOD, DrawRecord, draw
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish_each

SHORTEST_SOURCE = 10
SHORTEST_SEED = 4  # fewer characters leave too few outcomes
UNSET_DAYS = 10  # working days of a task while the scheme has not set them


def locked_campaign(*, campaign_id: int) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("version", "division")
    return rows.get(pk=campaign_id)


@transaction.atomic
def announce_seed(
    *, campaign_id: int, source: str, known_on: datetime.date, actor: Actor
) -> DrawSeed:
    """Publish where the seed will come from, before anybody can know it (公布种子来源)."""
    campaign = locked_campaign(campaign_id=campaign_id)
    require_organiser(actor, campaign)
    if DrawSeed.objects.filter(campaign=campaign).exists():
        raise DomainError("种子来源已经公布，不能再改。")
    if campaign.state not in (CampaignState.OPEN, CampaignState.REVIEWING):
        raise WrongState("批次发布后、抽取专家前才能公布种子来源。")
    if len(source.strip()) < SHORTEST_SOURCE:
        raise DomainError(
            "请写明种子来自哪里、哪一期、取哪些数字，使任何人都能查到。", field="source"
        )
    if known_on <= timezone.localdate():
        raise DomainError(
            "种子的产生日期应晚于今天：公布来源时，还没有人能知道种子。", field="known_on"
        )
    seed = DrawSeed.objects.create(
        campaign=campaign,
        source=source.strip()[:200],
        known_on=known_on,
        announced_by_id=actor.user_id,
        announced_at=timezone.now(),
    )
    record(actor, "reviews.seed.announced", campaign, detail={"source": seed.source})
    return seed


@transaction.atomic
def enter_seed(*, campaign_id: int, value: str, actor: Actor) -> DrawSeed:
    """Write down the seed once it is publicly known; it never changes (登记种子)."""
    campaign = locked_campaign(campaign_id=campaign_id)
    require_organiser(actor, campaign)
    seed = DrawSeed.objects.select_for_update().filter(campaign=campaign).first()
    if seed is None:
        raise WrongState("请先公布种子来源，到产生日期后再登记种子。")
    if seed.value:
        raise DomainError(f"种子已登记为“{seed.value}”，不能再改。")
    if timezone.localdate() < seed.known_on:
        raise DomainError(f"种子到 {seed.known_on:%Y年%m月%d日} 才产生，请到时登记。")
    text = "".join(value.split())
    if not SHORTEST_SEED <= len(text) <= 80:
        raise DomainError(f"种子应为 {SHORTEST_SEED} 至 80 个字符。", field="value")
    seed.value, seed.entered_by_id, seed.entered_at = text, actor.user_id, timezone.now()
    seed.save(update_fields=["value", "entered_by", "entered_at"])
    campaign.draw_seed = text
    campaign.save(update_fields=["draw_seed"])
    record(actor, "reviews.seed.entered", campaign, detail={"value": text})
    return seed


@transaction.atomic
def draw_experts(*, campaign_id: int, actor: Actor) -> Draw:
    """Draw experts for every dossier of the batch that lacks some (随机抽取专家)."""
    campaign = locked_campaign(campaign_id=campaign_id)
    require_organiser(actor, campaign)
    waiting = dossiers_short_of_experts(campaign)
    if not waiting:
        raise DomainError("没有等待抽取专家的材料。")
    made = draw_for(campaign, waiting, actor=actor, occasion="集中抽取")
    record(actor, "reviews.draw.made", made, detail={"sha256": made.sha256})
    return made


@transaction.atomic
def draw_replacement(*, dossier: Dossier, occasion: str) -> Draw | None:
    """Draw again for one dossier at once, going on in the same sequence (补抽专家).

    The caller has locked the campaign. None when nothing is missing or the batch has no seed.
    """
    campaign = dossier.campaign
    waiting = [row for row in dossiers_short_of_experts(campaign) if row[0].pk == dossier.pk]
    if not waiting or not campaign.draw_seed:
        return None
    made = draw_for(campaign, waiting, actor=system_actor(), occasion=occasion)
    record(system_actor(), "reviews.draw.replaced", made, detail={"dossier": dossier.pk})
    return made


def draw_for(
    campaign: Campaign, waiting: Sequence[tuple[Dossier, int]], *, actor: Actor, occasion: str
) -> Draw:
    """Draw from the seed, keep the record, invite who was drawn, say where experts lack."""
    if not campaign.draw_seed:
        raise WrongState("还没有登记抽取种子，不能抽取专家。请先公布种子来源并登记种子。")
    today = timezone.localdate()
    reader = PoolReader(campaign, on=today)
    pool = reader.pool(waiting)
    result = draw(seed=campaign.draw_seed, lots=pool.lots, most=pool.most)
    kept = DrawRecord(
        seed=campaign.draw_seed, most=pool.most, lots=tuple(pool.lots), result=tuple(result)
    )
    last = campaign.draws.aggregate(last=Max("number"))["last"] or 0
    written = kept.as_json()
    made = Draw.objects.create(
        campaign=campaign,
        number=last + 1,
        seed=campaign.draw_seed,
        method=METHOD,
        pool=written["lots"],
        result=written["result"],
        most=pool.most,
        reasons=pool.reasons,
        occasion=occasion,
        sha256=kept.sha256,
        drawn_by_id=actor.user_id,
        drawn_at=timezone.now(),
    )
    invite(made, kept, waiting, experts={row.number: row.pk for row in reader.experts})
    return made


def invite(
    made: Draw,
    kept: DrawRecord,
    waiting: Sequence[tuple[Dossier, int]],
    *,
    experts: dict[str, int],
) -> None:
    """A task for everybody drawn; the organisers hear where nobody was left."""
    by_number = {row.number or str(row.pk): row for row, _ in waiting}
    due_on = task_deadline(made.campaign)
    tasks = Assignment.objects.bulk_create(
        Assignment(
            dossier=by_number[row.dossier], expert_id=experts[expert], draw=made, due_on=due_on
        )
        for row in kept.result
        for expert in row.experts
    )
    publish_each(ExpertInvited(assignment_id=task.pk) for task in tasks)
    publish_each(
        PoolExhausted(dossier_id=by_number[row.dossier].pk, missing=row.missing)
        for row in kept.result
        if row.missing
    )
    drawn = {task.dossier_id for task in tasks}
    for dossier in by_number.values():
        if dossier.pk in drawn and dossier.state == DossierState.EXPERTS:
            dossier.due_on = due_on
            dossier.save(update_fields=["due_on"])


def task_deadline(campaign: Campaign) -> datetime.date:
    """The last day of a task drawn now, in working days."""
    days = campaign.values.days(campaign.content.procedure.expert_days) or UNSET_DAYS
    due = deadline_day(timezone.now(), working_days=days)
    assert due is not None  # days are given
    return due
