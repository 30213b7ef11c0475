"""Set up committees and their members; plans of the industry body; meetings held."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.operations.alliances.events.committees import CommitteeChanged
from silian.operations.alliances.models.committees import (
    Committee,
    CommitteeMeeting,
    CommitteeMember,
    IndustryPlan,
    IndustryPlanItem,
)
from silian.operations.alliances.permissions.committees import (
    committee_members_kept_by,
    committees_visible_to,
    plan_items_kept_by,
    plans_kept_by,
    require_committee_founder,
    require_committee_keeper,
)


@dataclass(frozen=True, kw_only=True)
class CommitteeFacts:
    """What a committee is, on what mandate it works, and for how long (委员会情况)."""

    kind: str
    name: str
    host_id: int
    industry_id: str | None
    mandate_kind: str
    mandate: str
    mandate_document: str
    founded_on: datetime.date
    term_ends_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class CommitteeSeat:
    """Who sits in a committee for which term (委员)."""

    role: str
    name: str
    organisation_id: int | None
    unit_name: str
    position: str
    starts_on: datetime.date
    ends_on: datetime.date


def kept_committee(*, committee_id: int, actor: Actor) -> Committee:
    """The committee, locked, when the actor keeps its record and it still stands."""
    rows = committees_visible_to(actor).select_for_update(of=("self",)).select_related("host")
    committee = rows.get(pk=committee_id)
    require_committee_keeper(actor, committee)
    if committee.ended_on is not None:
        raise DomainError(f"{committee.name}已撤销，记录只供查阅。")
    return committee


def refuse_unfit(*, division: str, facts: CommitteeFacts, but: int = 0) -> None:
    if facts.term_ends_on <= facts.founded_on:
        raise DomainError("届满日须晚于成立日。", field="term_ends_on")
    rows = Committee.objects.filter(division_id=division, name=facts.name, ended_on=None)
    if rows.exclude(pk=but).exists():
        raise DomainError(f"本地区已有“{facts.name}”。请改名。", field="name")


@transaction.atomic
def found_committee(
    *,
    division: str,
    facts: CommitteeFacts,
    upload: UploadedFile[bytes] | None,
    actor: Actor,
) -> Committee:
    """Set up a committee with its mandate and document (设立委员会)."""
    require_committee_founder(actor, division=division)
    refuse_unfit(division=division, facts=facts)
    committee = Committee.objects.create(division_id=division, **asdict(facts))
    if upload is not None:
        store_upload(upload=upload, subject=committee, actor=actor)
    record(actor, "alliances.committee.founded", committee)
    publish(CommitteeChanged(committee_id=committee.pk, since=committee.founded_on))
    return committee


@transaction.atomic
def change_committee(
    *,
    committee_id: int,
    facts: CommitteeFacts,
    upload: UploadedFile[bytes] | None,
    actor: Actor,
) -> Committee:
    """Change mandate, host or term of a committee (修改委员会)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    require_committee_founder(actor, division=committee.division_id)
    refuse_unfit(division=committee.division_id, facts=facts, but=committee.pk)
    values = asdict(facts)
    before = committee.founded_on
    for name, value in values.items():
        setattr(committee, name, value)
    committee.save(update_fields=list(values))
    if upload is not None:
        store_upload(upload=upload, subject=committee, actor=actor)
    record(actor, "alliances.committee.changed", committee)
    since = min(before, committee.founded_on)
    publish(CommitteeChanged(committee_id=committee.pk, since=since))
    return committee


@transaction.atomic
def renew_committee(
    *, committee_id: int, on: datetime.date, term_ends_on: datetime.date, actor: Actor
) -> Committee:
    """Begin a new term: the members' terms end, the committee goes on (换届)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    require_committee_founder(actor, division=committee.division_id)
    if term_ends_on <= on or term_ends_on <= committee.term_ends_on:
        raise DomainError("新一届届满日须晚于换届日和本届届满日。", field="term_ends_on")
    sitting = committee.members.filter(left_on__isnull=True, starts_on__lte=on)
    sitting.update(left_on=on)
    committee.term_ends_on = term_ends_on
    committee.save(update_fields=["term_ends_on"])
    record(actor, "alliances.committee.renewed", committee)
    return committee


@transaction.atomic
def end_committee(*, committee_id: int, on: datetime.date, reason: str, actor: Actor) -> Committee:
    """Dissolve a committee; its opinions stay readable (撤销委员会)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    require_committee_founder(actor, division=committee.division_id)
    if not reason.strip():
        raise DomainError("请写明撤销理由和依据。", field="reason")
    committee.ended_on = max(on, committee.founded_on)
    committee.reason = reason.strip()[:300]
    committee.save(update_fields=["ended_on", "reason"])
    committee.members.filter(left_on__isnull=True, starts_on__lte=committee.ended_on).update(
        left_on=committee.ended_on
    )
    record(actor, "alliances.committee.ended", committee, reason=committee.reason)
    publish(CommitteeChanged(committee_id=committee.pk, since=committee.ended_on))
    return committee


@transaction.atomic
def seat_member(*, committee_id: int, seat: CommitteeSeat, actor: Actor) -> CommitteeMember:
    """Appoint a member for a term (登记委员任职)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    if seat.ends_on <= seat.starts_on:
        raise DomainError("任期止须晚于任期起。", field="ends_on")
    if seat.organisation_id is None and not seat.unit_name.strip():
        raise DomainError("请选择所在单位，名录里没有的写单位名称。", field="organisation")
    same = committee.members.filter(name=seat.name.strip(), left_on__isnull=True)
    rows = same.filter(ends_on__gt=seat.starts_on).values_list("organisation_id", flat=True)
    if seat.organisation_id in list(rows):
        raise DomainError(f"{seat.name}在这个委员会仍有任职，请先登记离任。", field="name")
    member = CommitteeMember.objects.create(committee=committee, **asdict(seat))
    record(actor, "alliances.committee_member.seated", member)
    return member


@transaction.atomic
def end_membership(*, member_id: int, on: datetime.date, actor: Actor) -> CommitteeMember:
    """Write down that a member left (登记委员离任)."""
    rows = committee_members_kept_by(actor).select_for_update(of=("self",))
    member = rows.get(pk=member_id)
    if member.left_on is not None:
        raise DomainError("已登记离任。")
    member.left_on = max(on, member.starts_on)
    member.save(update_fields=["left_on"])
    record(actor, "alliances.committee_member.left", member)
    return member


@transaction.atomic
def write_industry_plan(
    *,
    committee_id: int,
    title: str,
    document_number: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    actor: Actor,
) -> IndustryPlan:
    """Write down the industry body's own plan (登记深化产教融合工作计划)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    if ends_on <= starts_on:
        raise DomainError("计划期止须晚于计划期起。", field="ends_on")
    plan = IndustryPlan.objects.create(
        committee=committee,
        title=title.strip(),
        document_number=document_number.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(actor, "alliances.industry_plan.written", plan)
    return plan


@transaction.atomic
def add_plan_item(
    *, plan_id: int, text: str, due_on: datetime.date, actor: Actor
) -> IndustryPlanItem:
    """Add a thing to do by a day (增加计划事项)."""
    plan = plans_kept_by(actor).select_for_update(of=("self",)).get(pk=plan_id)
    if not plan.starts_on <= due_on <= plan.ends_on:
        raise DomainError(
            f"期限应在计划期 {plan.starts_on:%Y-%m-%d} 至 {plan.ends_on:%Y-%m-%d} 内。",
            field="due_on",
        )
    item = IndustryPlanItem.objects.create(plan=plan, text=text.strip(), due_on=due_on)
    record(actor, "alliances.industry_plan.item_added", item)
    return item


@transaction.atomic
def report_plan_progress(
    *, item_id: int, progress: str, done: bool, on: datetime.date, actor: Actor
) -> IndustryPlanItem:
    """Say how far an item is, or that it is done (填报计划进展)."""
    item = plan_items_kept_by(actor).select_for_update(of=("self",)).get(pk=item_id)
    if not progress.strip():
        raise DomainError("请写明进展。", field="progress")
    item.progress, item.progress_on = progress.strip()[:500], on
    item.done_on = on if done else None
    item.save(update_fields=["progress", "progress_on", "done_on"])
    record(actor, "alliances.industry_plan.progressed", item, detail={"done": done})
    return item


@transaction.atomic
def record_committee_meeting(
    *,
    committee_id: int,
    title: str,
    held_on: datetime.date,
    place: str,
    summary: str,
    came: Sequence[int],
    minutes: UploadedFile[bytes] | None,
    actor: Actor,
    today: datetime.date,
) -> CommitteeMeeting:
    """Write down a meeting that was held: day, who came, minutes (登记会议)."""
    committee = kept_committee(committee_id=committee_id, actor=actor)
    if held_on > today:
        raise DomainError("会议日不能晚于今天，开过后再登记。", field="held_on")
    present = list(committee.members.filter(pk__in=list(came)))
    if not present:
        raise DomainError("请至少勾选一名到会委员。", field="came")
    meeting = CommitteeMeeting.objects.create(
        committee=committee,
        title=title.strip(),
        held_on=held_on,
        place=place.strip(),
        summary=summary.strip(),
    )
    meeting.came.set(present)
    if minutes is not None:
        store_upload(upload=minutes, subject=meeting, actor=actor)
    record(actor, "alliances.committee_meeting.held", meeting, detail={"came": len(present)})
    return meeting
