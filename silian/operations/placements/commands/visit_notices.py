"""Tells teachers whose students nobody has visited in time."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db import transaction
from django.urls import reverse

from silian.operations.placements.choices.internships import PRESENT_STATES
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.reminding import clerks_of
from silian.operations.placements.queries.visits import states_of
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


@transaction.atomic
def tell_visits_due(*, today: datetime.date) -> int:
    """One notice to each teacher for each host and due day; without a teacher to the clerks.

    Gives how many hosts were told of (到期巡访提醒).
    """
    rows = list(
        Internship.objects.filter(
            state__in=sorted(PRESENT_STATES), school__visit_setting__isnull=False
        ).select_related("organisation", "teacher")
    )
    states = states_of(internship_ids=[row.pk for row in rows])
    late: dict[tuple[int, int, int | None], list[Internship]] = defaultdict(list)
    for row in rows:
        if states[row.pk].is_late(on=today):
            user = row.teacher.user_id if row.teacher else None
            late[row.host_id, row.school_id, user].append(row)
    clerks = clerks_of({school for _, school, user in late if user is None})
    for (host_id, school_id, user), students in late.items():
        due_on = min(states[row.pk].due_on or today for row in students)
        notify(
            user_ids=[user] if user is not None else clerks[school_id],
            kind=NotificationKind.TASK,
            title=f"请巡访{students[0].organisation.name}：{len(students)} 名学生到期未访",
            detail=f"应在 {due_on:%Y-%m-%d} 前到岗查看。",
            url=reverse("placements:visit_new", args=[host_id]),
            organisation_id=school_id,
            key=f"placements-visit-{host_id}-{user or school_id}-{due_on}",
        )
    return len(late)
