"""Remind holders of duties: a month and a week before the term, and once when it is over."""

from __future__ import annotations

import datetime

from django.urls import reverse

from silian.casework.reviews.choices.recognitions import DutyKind, DutyState
from silian.casework.reviews.models import Duty
from silian.casework.reviews.rules.duties import REMINDED, reminder_of
from silian.casework.reviews.workflow.recognition import LIVING
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import user_ids_with_role

HOLDERS = (Role.MANAGER, Role.AGENT)


def remind_of_duties(*, on: datetime.date) -> int:
    """Tell those whose duties are near or late; nobody is told the same twice (义务提醒)."""
    rows = Duty.objects.filter(
        state__in=(DutyState.DUE, DutyState.RETURNED),
        due_on__lte=on + datetime.timedelta(days=max(REMINDED)),
        recognition__state__in=sorted(LIVING),
    ).exclude(kind=DutyKind.RECHECK)
    duties = list(rows.select_related("recognition__scheme").order_by("pk"))
    for duty in duties:
        remind(duty, on=on)
    return len(duties)


def remind(duty: Duty, *, on: datetime.date) -> None:
    stage = reminder_of(due_on=duty.due_on, on=on)
    late = stage == "late"
    notify(
        user_ids=user_ids_with_role(
            organisation_id=duty.recognition.holder_id, roles=HOLDERS, on=on
        ),
        kind=NotificationKind.TASK,
        title=f"{'已逾期' if late else '请提交'}：{duty.title}",
        detail=f"{duty.recognition.scheme.title}，期限 {duty.due_on:%Y-%m-%d}。"
        + ("逾期不交将认定为未完成。" if late else ""),
        url=reverse("reviews:duty_detail", args=[duty.pk]),
        organisation_id=duty.recognition.holder_id,
        key=f"reviews-duty-{duty.pk}-{stage}",
    )
