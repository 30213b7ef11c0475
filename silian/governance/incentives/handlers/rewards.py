"""Tells units of rewards and restrictions."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.choices.rewards import EntryState, RestrictionState
from silian.governance.incentives.events.rewards import RestrictionMoved, RewardMoved
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import RewardEntry
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role

TOLD_ROLES: Sequence[str] = (Role.MANAGER, Role.AGENT)
DETAILS = {
    RestrictionState.NOTICED: "请在陈述期限前提交意见。",
    RestrictionState.IMPOSED: "决定写明依据和起止，可在期限内申诉。",
    RestrictionState.DROPPED: "主管部门决定不予约束。",
    RestrictionState.UPHELD: "申诉已处理，约束维持。",
    RestrictionState.LIFTED: "申诉已处理，约束撤销。",
}


@subscribe(RewardMoved)
def tell_rewarded(event: RewardMoved) -> None:
    """Each unit learns of what it was given and of what was put right or taken back."""
    rows = RewardEntry.objects.filter(decision_id=event.decision_id)
    for row in rows.select_related("decision"):
        state = EntryState(row.state)
        verb = "列入激励" if state == EntryState.VALID else f"激励{state.label}"
        tell(
            row.organisation_id,
            title=f"{verb}：{row.decision.title}"[:120],
            detail=row.reason or f"{row.words}，到 {row.ends_on:%Y-%m-%d}（不含）",
            url=row.get_absolute_url(),
            key=f"reward-{row.pk}-{row.state}",
        )


@subscribe(RestrictionMoved)
def tell_restricted(event: RestrictionMoved) -> None:
    row = Restriction.objects.get(pk=event.restriction_id)
    state = RestrictionState(row.state)
    if state in DETAILS:
        tell(
            row.organisation_id,
            title=f"{row.get_measure_display()}：{state.label}",
            detail=DETAILS[state],
            url=row.get_absolute_url(),
            key=f"restriction-{row.pk}-{row.state}",
        )


def tell(organisation_id: int, *, title: str, detail: str, url: str, key: str) -> None:
    told = user_ids_with_role(
        organisation_id=organisation_id, roles=TOLD_ROLES, on=timezone.localdate()
    )
    notify(
        user_ids=told,
        kind=NotificationKind.TASK,
        title=title,
        detail=detail[:300],
        url=url,
        organisation_id=organisation_id,
        key=key,
    )
