"""Joint targets and the contribution ledger: set, note, record, confirm, refuse."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.alliances.choices.groups import GroupState, MemberState
from silian.operations.alliances.commands.groups import locked_group
from silian.operations.alliances.events.groups import (
    ContributionDecided,
    ContributionRecorded,
    JointTargetChanged,
)
from silian.operations.alliances.models.contributions import (
    Contribution,
    JointTarget,
    TargetNote,
)
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import (
    STAFF,
    acting_unit,
    contributions_visible_to,
    may_decide_contribution,
    may_keep,
    require_keeper,
    targets_visible_to,
)
from silian.operations.alliances.rules.contributions import confirmers, reason_not_recordable
from silian.operations.alliances.workflow.contribution import contribution as contribution_workflow


@dataclass(frozen=True, kw_only=True)
class TargetFacts:
    """A number to reach together by a day (联合目标)."""

    title: str
    unit: str
    value: Decimal
    owner_id: int
    due_on: datetime.date
    basis: str


@dataclass(frozen=True, kw_only=True)
class ContributionFacts:
    """What somebody contributed (贡献)."""

    contributor_id: int
    receiver_id: int | None
    function: str
    title: str
    quantity: Decimal
    on: datetime.date
    evidence: str


def belongs(group: AllianceGroup, organisation_id: int | None) -> bool:
    """Whether an organisation leads the group or is a confirmed member."""
    if organisation_id == group.lead_id:
        return True
    return group.members.filter(
        organisation_id=organisation_id or 0, state=MemberState.ACTIVE
    ).exists()


def refuse_still(group: AllianceGroup) -> None:
    """Targets and contributions are kept while the group runs."""
    if group.state != GroupState.RUNNING:
        raise DomainError(f"{group.name}为“{group.get_state_display()}”，运行期间才能登记。")


@transaction.atomic
def set_joint_target(*, group_id: int, facts: TargetFacts, actor: Actor) -> JointTarget:
    """Set a target of the group and who answers for it (设定联合目标)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_keeper(actor, group)
    refuse_still(group)
    if facts.value <= 0:
        raise DomainError("目标值须大于 0。", field="value")
    if not belongs(group, facts.owner_id):
        raise DomainError("负责成员须是牵头单位或已确认的成员。", field="owner")
    target = JointTarget.objects.create(group=group, **asdict(facts))
    record(actor, "alliances.target.set", target)
    publish(JointTargetChanged(target_id=target.pk, since=facts.due_on))
    return target


def locked_target(*, target_id: int, actor: Actor) -> JointTarget:
    rows = targets_visible_to(actor).select_for_update(of=("self",))
    target = rows.select_related("group__lead").get(pk=target_id)
    if target.dropped_on is not None:
        raise DomainError("这个目标已取消。")
    return target


@transaction.atomic
def note_target_progress(
    *,
    target_id: int,
    on: datetime.date,
    value: Decimal,
    text: str,
    evidence: str,
    upload: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> TargetNote:
    """Say how far a target is, with evidence (填报进展)."""
    target = locked_target(target_id=target_id, actor=actor)
    is_owner = actor.has_role(*STAFF) and actor.organisation_id == target.owner_id
    if not (is_owner or may_keep(actor, target.group)):
        raise NotAllowed("进展由负责成员或牵头单位填报。")
    if on > today:
        raise DomainError("截至日不能晚于今天。", field="on")
    last = target.notes.first()
    if last is not None and on < last.on:
        raise DomainError(f"截至日不能早于上一次的 {last.on:%Y-%m-%d}。", field="on")
    if not evidence.strip():
        raise DomainError("请写明依据材料。", field="evidence")
    note = TargetNote.objects.create(
        target=target,
        on=on,
        value=value,
        text=text.strip()[:500],
        evidence=evidence.strip()[:200],
        written_by_id=actor.user_id,
        organisation_id=acting_unit(actor),
    )
    if upload is not None:
        store_upload(upload=upload, subject=note, actor=actor)
    move_target(target, note)
    record(actor, "alliances.target.noted", target, detail={"value": str(value)})
    publish(JointTargetChanged(target_id=target.pk, since=on))
    return note


def move_target(target: JointTarget, note: TargetNote) -> None:
    """The latest note is what stands; the day of reaching goes when the number falls again."""
    target.reached = note.value
    if note.value < target.value:
        target.reached_on = None
    elif target.reached_on is None:
        target.reached_on = note.on
    target.save(update_fields=["reached", "reached_on"])


@transaction.atomic
def drop_target(*, target_id: int, reason: str, on: datetime.date, actor: Actor) -> JointTarget:
    """Give a target up with a reason; its notes stay (取消联合目标)."""
    target = locked_target(target_id=target_id, actor=actor)
    require_keeper(actor, target.group)
    if not reason.strip():
        raise DomainError("请写明取消的理由，例如理事会哪次会议的决定。", field="reason")
    target.dropped_on, target.reason = on, reason.strip()[:300]
    target.save(update_fields=["dropped_on", "reason"])
    record(actor, "alliances.target.dropped", target, reason=target.reason)
    publish(JointTargetChanged(target_id=target.pk, since=on))
    return target


@transaction.atomic
def record_contribution(
    *,
    group_id: int,
    facts: ContributionFacts,
    upload: UploadedFile[bytes] | None,
    actor: Actor,
    now: datetime.datetime,
) -> Contribution:
    """Write a contribution into the ledger, to be confirmed by another unit (登记贡献)."""
    group = locked_group(group_id=group_id, actor=actor)
    refuse_still(group)
    leads = actor.organisation_id == group.lead_id
    if not actor.has_role(*STAFF) or not (leads or actor.organisation_id == facts.contributor_id):
        raise NotAllowed("贡献由贡献单位自己或牵头单位登记。")
    refuse_strangers(group, facts)
    refuse_unfit(group, facts, actor=actor, today=now.date())
    row = Contribution.objects.create(
        group=group,
        recorded_by_id=acting_unit(actor),
        recorded_at=now,
        **asdict(facts),
    )
    if upload is not None:
        store_upload(upload=upload, subject=row, actor=actor)
    record(actor, "alliances.contribution.recorded", row)
    publish(ContributionRecorded(contribution_id=row.pk))
    return row


def refuse_strangers(group: AllianceGroup, facts: ContributionFacts) -> None:
    if not belongs(group, facts.contributor_id):
        raise DomainError("贡献单位须是牵头单位或已确认的成员。", field="contributor")
    if facts.receiver_id is None:
        return
    if facts.receiver_id == facts.contributor_id:
        raise DomainError("受益单位不能是贡献单位自己。", field="receiver")
    if not belongs(group, facts.receiver_id):
        raise DomainError("受益单位须是牵头单位或已确认的成员。", field="receiver")


def refuse_unfit(
    group: AllianceGroup, facts: ContributionFacts, *, actor: Actor, today: datetime.date
) -> None:
    if facts.quantity <= 0:
        raise DomainError("数量须大于 0。", field="quantity")
    member = group.members.filter(
        organisation_id=facts.contributor_id, state=MemberState.ACTIVE
    ).first()
    may_confirm = confirmers(
        recorded_by=actor.organisation_id or 0,
        contributor=facts.contributor_id,
        receiver=facts.receiver_id,
        lead=group.lead_id,
    )
    reason = reason_not_recordable(
        on=facts.on,
        today=today,
        has_confirmer=bool(may_confirm),
        joined_on=member.joined_on if member else None,
    )
    if reason:
        raise DomainError(reason, field="receiver" if not may_confirm else "on")


def locked_contribution(*, contribution_id: int, actor: Actor) -> Contribution:
    rows = contributions_visible_to(actor).select_for_update(of=("self",))
    row = rows.select_related("group").get(pk=contribution_id)
    if not may_decide_contribution(actor, row) and row.decided_at is None:
        raise NotAllowed("本单位登记的由受益单位或牵头单位确认，他人登记的由贡献单位确认。")
    return row


@transaction.atomic
def confirm_contribution(
    *, contribution_id: int, actor: Actor, now: datetime.datetime
) -> Contribution:
    """Confirm for one's unit that the entry is true (确认贡献)."""
    row = locked_contribution(contribution_id=contribution_id, actor=actor)
    row.state = contribution_workflow.target("confirm", state=row.state)
    row.decided_by_id, row.decided_at = actor.organisation_id, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    record(actor, "alliances.contribution.confirmed", row)
    publish(ContributionDecided(contribution_id=row.pk))
    return row


@transaction.atomic
def refuse_contribution(
    *, contribution_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> Contribution:
    """Refuse an entry with a reason that the writer reads (不予确认)."""
    row = locked_contribution(contribution_id=contribution_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明不予确认的理由，登记单位会看到。", field="reason")
    row.state = contribution_workflow.target("refuse", state=row.state)
    row.decided_by_id, row.decided_at = actor.organisation_id, now
    row.reason = reason.strip()[:300]
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    record(actor, "alliances.contribution.refused", row, reason=row.reason)
    publish(ContributionDecided(contribution_id=row.pk))
    return row
