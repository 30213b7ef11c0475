"""Make, announce, close and cancel batches."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.events.campaigns import CampaignAnnounced
from silian.casework.reviews.models import Campaign, CampaignOffice, SchemeVersion
from silian.casework.reviews.permissions.campaigns import require_maker, require_organiser
from silian.casework.reviews.queries.offices import gaps_of
from silian.casework.reviews.queries.regional_values import starting_overrides
from silian.casework.reviews.rules.campaigns import reason_wrong_overrides
from silian.casework.reviews.rules.offices import Office
from silian.casework.reviews.workflow.campaign import campaign as table
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish

CHANGED = ["title", "opens_on", "closes_on", "quota", "notice_text", "contact", "overrides"]
LONGEST_REASON = 300


def locked_campaign(campaign_id: int) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("version__scheme")
    return rows.get(pk=campaign_id)


@transaction.atomic
def make_campaign(
    *,
    version_id: int,
    year: int,
    opens_on: datetime.date,
    closes_on: datetime.date,
    actor: Actor,
    title: str = "",
    quota: int | None = None,
    notice_text: str = "",
    contact: str = "",
    overrides: Mapping[str, Mapping[str, str]] | None = None,
) -> Campaign:
    """Prepare the next batch of a year; without ``overrides``, with its region's (建立批次)."""
    require_maker(actor)
    version = SchemeVersion.objects.select_for_update(of=("self",)).get(pk=version_id)
    refuse_unfit_version(version, actor)
    division = region_of(version, actor)
    facts = {"opens_on": opens_on, "closes_on": closes_on, "quota": quota}
    own = dict(
        starting_overrides(version, division_id=division) if overrides is None else overrides
    )
    refuse_wrong_facts(version, {**facts, "overrides": own})
    number = next_number(version, division=division, year=year)
    campaign = Campaign.objects.create(
        version=version,
        division_id=division,
        owner_id=actor.organisation_id or version.scheme.owner_id,
        year=year,
        number=number,
        title=title.strip() or f"{year} 年{version.scheme.title}认定（第 {number} 批）",
        made_by_id=actor.user_id,
        is_demo=version.scheme.is_demo,
        overrides=own,
        notice_text=notice_text.strip(),
        contact=contact.strip(),
        **facts,
    )
    record(actor, "reviews.campaign.made", campaign)
    return campaign


def refuse_unfit_version(version: SchemeVersion, actor: Actor) -> None:
    """A published version of an open scheme, that the actor's department leads or takes over."""
    if version.state != SchemeVersionState.PUBLISHED:
        raise DomainError("只有已发布的方案可以开批次。请先发布方案。", field="version")
    scheme = version.scheme
    if not scheme.is_open:
        raise DomainError(f"“{scheme.title}”已停止开新批次。请先恢复该认定项目。", field="version")
    leads = actor.is_system or actor.organisation_id == scheme.owner_id
    is_above = region_of(version, actor) != scheme.division_id
    if not leads and not is_above:
        raise NotAllowed(f"“{scheme.title}”由{scheme.owner.name}牵头，批次由牵头部门建立。")


def region_of(version: SchemeVersion, actor: Actor) -> str:
    """The scheme's region for its leading department; a region below calls its own batch."""
    scheme = version.scheme
    own = actor.jurisdiction
    below = bool(own) and own.startswith(subtree_prefix(scheme.division_id))
    leads = actor.is_system or actor.organisation_id == scheme.owner_id
    return own if below and not leads else scheme.division_id


def refuse_wrong_facts(version: SchemeVersion, facts: Mapping[str, Any]) -> None:
    if facts["closes_on"] <= facts["opens_on"]:
        raise DomainError("申报截止日应晚于开始日，请重新选择。", field="closes_on")
    if facts["quota"] is not None and facts["quota"] < 1:
        raise DomainError("名额应为正整数；不限名额的请留空。", field="quota")
    reason = reason_wrong_overrides(version.content, facts["overrides"])
    if reason:
        raise DomainError(reason, field="overrides")


def next_number(version: SchemeVersion, *, division: str, year: int) -> int:
    """The next number of the scheme's batches in the year; the version's row is locked."""
    numbers = Campaign.objects.filter(
        version__scheme_id=version.scheme_id, division_id=division, year=year
    )
    return max(numbers.values_list("number", flat=True), default=0) + 1


@transaction.atomic
def change_campaign(*, campaign_id: int, facts: Mapping[str, Any], actor: Actor) -> Campaign:
    """Change a batch while it is prepared (修改批次); after the call its words stand."""
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    if campaign.state != CampaignState.DRAFT:
        raise DomainError("申报通知已经发布，批次内容不再修改。确需变更的，请取消后另开批次。")
    refuse_wrong_facts(campaign.version, facts)
    for name in CHANGED:
        setattr(campaign, name, facts[name])
    campaign.save(update_fields=CHANGED)
    record(actor, "reviews.campaign.changed", campaign)
    return campaign


@transaction.atomic
def set_offices(*, campaign_id: int, offices: Sequence[Office], actor: Actor) -> None:
    """Say which department speaks at each level for which division (设定审核单位)."""
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    if campaign.state not in (CampaignState.DRAFT, CampaignState.OPEN):
        raise DomainError("评审已经开始，审核单位不再调整。请联系平台管理员。")
    campaign.offices.all().delete()
    CampaignOffice.objects.bulk_create(
        CampaignOffice(
            campaign=campaign,
            level=row.level,
            department=row.department,
            division_id=row.division,
            organisation_id=row.organisation_id,
        )
        for row in offices
    )
    record(actor, "reviews.campaign.offices_set", campaign, detail={"offices": len(offices)})


@transaction.atomic
def announce_campaign(*, campaign_id: int, actor: Actor, on: datetime.date) -> Campaign:
    """Publish the call; every county has its offices then (发布申报通知)."""
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    gaps = gaps_of(campaign)
    target = table.target(
        "announce", state=CampaignState(campaign.state), closes_on=campaign.closes_on, on=on
    )
    if gaps:
        raise DomainError(
            f"还有 {len(gaps)} 处没有审核单位（{gaps[0].level.label}“{gaps[0].department}”等）。"
            "请先在“审核单位”中补齐。"
        )
    campaign.state = target
    campaign.announced_at = timezone.now()
    campaign.save(update_fields=["state", "announced_at"])
    record(actor, "reviews.campaign.announced", campaign)
    publish(CampaignAnnounced(campaign_id=campaign.pk))
    return campaign


@transaction.atomic
def close_campaign(*, campaign_id: int, actor: Actor, on: datetime.date) -> Campaign:
    """Take no more applications from the closing day on (截止申报)."""
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    campaign.state = table.target(
        "close", state=CampaignState(campaign.state), closes_on=campaign.closes_on, on=on
    )
    campaign.save(update_fields=["state"])
    record(actor, "reviews.campaign.closed", campaign)
    return campaign


@transaction.atomic
def cancel_campaign(*, campaign_id: int, reason: str, actor: Actor) -> Campaign:
    """Call a batch off with the reason; what was sent stays on record (取消批次)."""
    campaign = locked_campaign(campaign_id)
    require_organiser(actor, campaign)
    if not reason.strip():
        raise DomainError("请写明取消原因，申报单位会看到。", field="reason")
    campaign.state = table.target("cancel", state=CampaignState(campaign.state))
    campaign.cancel_reason = reason.strip()[:LONGEST_REASON]
    campaign.save(update_fields=["state", "cancel_reason"])
    record(actor, "reviews.campaign.cancelled", campaign, reason=reason)
    return campaign
