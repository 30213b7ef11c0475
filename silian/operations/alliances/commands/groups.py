"""Register groups, change what is known of them, and lead them through their life."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import files_of, store_upload
from silian.foundation.kernel.search import feed
from silian.operations.alliances.choices.groups import GroupState, MemberState
from silian.operations.alliances.events.groups import GroupChanged
from silian.operations.alliances.models.groups import AllianceGroup, GroupDesignation
from silian.operations.alliances.permissions.groups import (
    designations_visible_to,
    groups_visible_to,
    is_coordinator,
    may_register_group,
    require_keeper,
    require_steerer,
)
from silian.operations.alliances.queries.search_documents import GROUP
from silian.operations.alliances.workflow.group import group as group_workflow


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """What is typed about a group (集团联盟情况)."""

    kind: str
    level: str
    name: str
    lead_id: int
    lead_kind: str
    industry_id: str | None
    park: str
    purpose: str
    basis: str
    founded_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class DesignationFacts:
    """A distinction and its document (认定)."""

    kind: str
    level: str
    authority: str
    document_number: str
    starts_on: datetime.date
    ends_on: datetime.date | None


def locked_group(*, group_id: int, actor: Actor) -> AllianceGroup:
    """The group, locked, when it lies within the actor's reach."""
    rows = groups_visible_to(actor).select_for_update(of=("self",)).select_related("lead")
    return rows.get(pk=group_id)


def refuse_taken_name(*, division: str, name: str, but: int = 0) -> None:
    rows = AllianceGroup.objects.filter(division_id=division, name=name)
    if rows.exclude(state=GroupState.DISSOLVED).exclude(pk=but).exists():
        raise DomainError(f"本地区已有“{name}”。请改名，或在原记录里修改。", field="name")


@transaction.atomic
def register_group(*, division: str, facts: GroupFacts, actor: Actor) -> AllianceGroup:
    """Write a new group down, in preparation (登记集团联盟)."""
    if not may_register_group(actor):
        raise NotAllowed("集团联盟由牵头部门统筹人员或牵头单位的经办人员登记。")
    if not is_coordinator(actor) and facts.lead_id != actor.organisation_id:
        raise DomainError("本单位只能登记由本单位牵头的集团联盟。", field="lead")
    if is_coordinator(actor) and not actor.covers(division):
        raise NotAllowed("这个地区不在您的管辖范围内。")
    refuse_taken_name(division=division, name=facts.name)
    group = AllianceGroup.objects.create(division_id=division, **asdict(facts))
    record(actor, "alliances.group.registered", group)
    return group


@transaction.atomic
def change_group(*, group_id: int, facts: GroupFacts, actor: Actor) -> AllianceGroup:
    """Change what is known of a group; kind, level and lead only while it prepares (修改)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_keeper(actor, group)
    refuse_dissolved(group)
    refuse_taken_name(division=group.division_id, name=facts.name, but=group.pk)
    values = asdict(facts)
    fixed = ("kind", "level", "lead_id", "lead_kind", "founded_on")
    moved = [name for name in fixed if values[name] != getattr(group, name)]
    if moved and group.state != GroupState.PREPARING:
        raise DomainError("开始运行后类别、层级、牵头单位和发起日不再修改，变更请解散后重新登记。")
    for name, value in values.items():
        setattr(group, name, value)
    group.save(update_fields=list(values))
    record(actor, "alliances.group.changed", group)
    feed.changed(GROUP, [group.pk])
    return group


def refuse_dissolved(group: AllianceGroup) -> None:
    if group.state == GroupState.DISSOLVED:
        raise DomainError(f"{group.name}已解散，记录只供查阅。")


@transaction.atomic
def store_charter(*, group_id: int, upload: UploadedFile[bytes], actor: Actor) -> AllianceGroup:
    """Keep a charter or other founding paper of the group (上传章程)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_keeper(actor, group)
    refuse_dissolved(group)
    store_upload(upload=upload, subject=group, actor=actor)
    record(actor, "alliances.group.charter_stored", group)
    return group


@transaction.atomic
def set_entity(
    *,
    group_id: int,
    since: datetime.date,
    evidence: str,
    entity_id: int | None,
    actor: Actor,
    today: datetime.date,
) -> AllianceGroup:
    """Say with evidence that the group works as an entity of its own (登记实体化运作)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_keeper(actor, group)
    refuse_dissolved(group)
    if since > today:
        raise DomainError("实体化运作起始日不能晚于今天。", field="since")
    if not evidence.strip():
        raise DomainError("请写明依据，例如法人登记证书名称和日期。", field="evidence")
    group.is_entity, group.entity_id = True, entity_id
    group.entity_since, group.entity_evidence = since, evidence.strip()[:300]
    group.save(update_fields=["is_entity", "entity", "entity_since", "entity_evidence"])
    record(actor, "alliances.group.entity_set", group)
    publish(GroupChanged(group_id=group.pk, since=since))
    return group


@transaction.atomic
def start_group(*, group_id: int, on: datetime.date, actor: Actor) -> AllianceGroup:
    """Let a group begin to run: members complete, charter there (开始运行)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_steerer(actor, group)
    active = group.members.filter(state=MemberState.ACTIVE)
    group.state = group_workflow.target(
        "start",
        state=group.state,
        kind=group.kind,
        present={group.lead_kind, *active.values_list("kind", flat=True)},
        has_charter=files_of(group).exists(),
    )
    if on < group.founded_on:
        raise DomainError(f"运行日不能早于发起日 {group.founded_on:%Y-%m-%d}。")
    group.started_on = on
    group.save(update_fields=["state", "started_on"])
    record(actor, "alliances.group.started", group)
    publish(GroupChanged(group_id=group.pk, since=on))
    return group


@transaction.atomic
def suspend_group(*, group_id: int, reason: str, on: datetime.date, actor: Actor) -> AllianceGroup:
    """Pause a group with a reason that its members read (暂停)."""
    group = steered(group_id=group_id, reason=reason, actor=actor)
    group.state = group_workflow.target("suspend", state=group.state)
    group.suspended_on, group.reason = on, reason.strip()[:300]
    group.save(update_fields=["state", "suspended_on", "reason"])
    record(actor, "alliances.group.suspended", group, reason=group.reason)
    publish(GroupChanged(group_id=group.pk, since=on))
    return group


@transaction.atomic
def resume_group(*, group_id: int, on: datetime.date, actor: Actor) -> AllianceGroup:
    """Let a paused group go on (恢复运行)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_steerer(actor, group)
    group.state = group_workflow.target("resume", state=group.state)
    group.suspended_on, group.reason = None, ""
    group.save(update_fields=["state", "suspended_on", "reason"])
    record(actor, "alliances.group.resumed", group)
    publish(GroupChanged(group_id=group.pk, since=on))
    return group


@transaction.atomic
def dissolve_group(*, group_id: int, reason: str, on: datetime.date, actor: Actor) -> AllianceGroup:
    """End a group; its distinctions end with it, its record stays (解散)."""
    group = steered(group_id=group_id, reason=reason, actor=actor)
    group.state = group_workflow.target("dissolve", state=group.state)
    group.dissolved_on, group.reason = on, reason.strip()[:300]
    group.save(update_fields=["state", "dissolved_on", "reason"])
    open_ones = group.designations.in_force(on=on)  # type: ignore[attr-defined]
    open_ones.update(ends_on=on, end_reason="集团联盟解散")
    record(actor, "alliances.group.dissolved", group, reason=group.reason)
    publish(GroupChanged(group_id=group.pk, since=on))
    return group


def steered(*, group_id: int, reason: str, actor: Actor) -> AllianceGroup:
    """The locked group of one's region, once a reason is given."""
    group = locked_group(group_id=group_id, actor=actor)
    require_steerer(actor, group)
    if not reason.strip():
        raise DomainError("请写明理由和文件依据，成员单位会看到。", field="reason")
    return group


@transaction.atomic
def designate_group(
    *, group_id: int, facts: DesignationFacts, actor: Actor, today: datetime.date
) -> GroupDesignation:
    """Write down that an authority distinguished the group, with its document (登记认定)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_steerer(actor, group)
    if group.state != GroupState.RUNNING:
        raise DomainError("只有运行中的集团联盟可以登记认定。")
    if facts.starts_on > today:
        raise DomainError("认定日不能晚于今天。", field="starts_on")
    if facts.ends_on is not None and facts.ends_on <= facts.starts_on:
        raise DomainError("失效日须晚于认定日。", field="ends_on")
    same = group.designations.in_force(on=facts.starts_on)  # type: ignore[attr-defined]
    if same.filter(kind=facts.kind, level=facts.level).exists():
        raise DomainError("同一名称和级别的认定仍在有效期内，不重复登记。", field="kind")
    designation = GroupDesignation.objects.create(group=group, **asdict(facts))
    record(actor, "alliances.group.designated", designation)
    publish(GroupChanged(group_id=group.pk, since=facts.starts_on))
    return designation


@transaction.atomic
def end_designation(
    *, designation_id: int, on: datetime.date, reason: str, actor: Actor
) -> GroupDesignation:
    """End a distinction from a day on (终止认定)."""
    rows = designations_visible_to(actor).select_for_update(of=("self",)).select_related("group")
    row = rows.get(pk=designation_id)
    require_steerer(actor, row.group)
    if not reason.strip():
        raise DomainError("请写明终止认定的理由和依据。", field="reason")
    if row.ends_on is not None and row.ends_on <= on:
        raise DomainError("这项认定已失效。")
    row.ends_on, row.end_reason = max(on, row.starts_on), reason.strip()[:300]
    row.save(update_fields=["ends_on", "end_reason"])
    record(actor, "alliances.designation.ended", row, reason=row.end_reason)
    publish(GroupChanged(group_id=row.group_id, since=row.ends_on))
    return row
