"""The nightly clock: chase missing returns, tell of orders whose day is over."""

from __future__ import annotations

import datetime

from silian.operations.learning.commands.calls import chase
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.permissions.fund import KEEPERS
from silian.operations.learning.queries.calls import calls_to_chase, missing_units
from silian.operations.learning.queries.returns import orders_past_due
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import user_ids_with_role

DAYS_OF_SILENCE = 14  # two weekly reminders have gone out by then


def run_clocks(*, now: datetime.datetime, today: datetime.date) -> int:
    """Do today's reminders; a second run tells nobody again (夜间提醒)."""
    told = sum(chase(call, now=now, today=today) for call in calls_to_chase(on=today))
    for call in calls_to_chase(on=today):
        told += tell_of_silence(call, today=today)
    for row in orders_past_due(on=today):
        tell_of_lapse(row, today=today)
        told += 1
    return told


def tell_of_silence(call: FundCall, *, today: datetime.date) -> int:
    """The authority may order those who were chased and never reported; 1 when it was told."""
    silent = missing_units(call).filter(case__isnull=True, reminded_at__isnull=False).count()
    if not silent or (today - call.due_on).days < DAYS_OF_SILENCE:
        return 0
    notify(
        user_ids=user_ids_with_role(
            organisation_id=call.authority_id, roles=sorted(KEEPERS), on=today
        ),
        kind=NotificationKind.TASK,
        title=f"{silent} 家企业催报后仍未报送：{call.title}"[:120],
        detail=f"{call.due_on} 截止，可以逐家责令限期报送",
        url=call.get_absolute_url(),
        organisation_id=call.authority_id,
        key=f"fund-call-{call.pk}-silence-{today}",
    )
    return 1


def tell_of_lapse(row: FundReturn, *, today: datetime.date) -> None:
    """The authority may now find a refusal; nobody does so by a clock."""
    due_on = row.case.due_on if row.case else None
    notify(
        user_ids=user_ids_with_role(
            organisation_id=row.call.authority_id, roles=sorted(KEEPERS), on=today
        ),
        kind=NotificationKind.TASK,
        title=f"改正期限已过：{row.organisation.display_name}",
        detail=f"{row.year} 年度职工教育培训经费，限 {due_on} 前改正，企业还没有报告",
        url=row.get_absolute_url(),
        organisation_id=row.call.authority_id,
        key=f"fund-return-{row.pk}-lapsed-{due_on}",
    )
