"""Mark objections and appeals that were not answered in time, and remind of them every day."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.urls import reverse

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.models import Appeal, Campaign, Objection
from silian.casework.reviews.permissions.campaigns import OWNER_ROLES
from silian.casework.reviews.queries.lateness import Dispute, working_days_late
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.choices import Role
from silian.registers.organisations.queries.members import official_ids, user_ids_with_role

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def mark_late_objection(*, objection_id: int, actor: Actor, on: datetime.date) -> bool:
    """Write down since when an objection waits beyond its day (异议逾期); once."""
    row = Objection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    return mark(row, verb="reviews.objection.overdue", actor=actor, on=on)


@transaction.atomic
def mark_late_appeal(*, appeal_id: int, actor: Actor, on: datetime.date) -> bool:
    """Write down since when an appeal waits beyond its day (申诉逾期); once."""
    row = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    return mark(row, verb="reviews.appeal.overdue", actor=actor, on=on)


def mark(row: Dispute, *, verb: str, actor: Actor, on: datetime.date) -> bool:
    if row.state != ObjectionState.RAISED or row.late_since or not row.due_on or row.due_on >= on:
        return False
    row.late_since = row.due_on + ONE_DAY
    row.save(update_fields=["late_since"])
    record(actor, verb, row)
    return True


def remind_of_late_objection(
    *, objection: Objection, calendar: WorkingCalendar, on: datetime.date
) -> None:
    """Tell the investigator and the superior of the day (逾期催办); a second run tells nobody."""
    campaign = objection.dossier.campaign
    days = working_days_late(objection.due_on, on=on, calendar=calendar)
    notify(
        user_ids=responsible(campaign, handler_id=objection.investigator_id, on=on),
        kind=NotificationKind.TASK,
        title=f"异议逾期 {days} 个工作日未答复：{objection.dossier.subject_name}",
        detail=f"{campaign.title}，答复期限 {objection.due_on:%Y-%m-%d}。",
        url=reverse("reviews:objection_detail", args=[objection.pk]),
        key=f"reviews-objection-{objection.pk}-late-{on:%Y%m%d}",
    )


def remind_of_late_appeal(*, appeal: Appeal, calendar: WorkingCalendar, on: datetime.date) -> None:
    """Tell the handler and the superior of the day (逾期催办); a second run tells nobody."""
    dossier = appeal.decision.dossier
    days = working_days_late(appeal.due_on, on=on, calendar=calendar)
    notify(
        user_ids=responsible(dossier.campaign, handler_id=appeal.handler_id, on=on),
        kind=NotificationKind.TASK,
        title=f"申诉逾期 {days} 个工作日未答复：{dossier.subject_name}",
        detail=f"{dossier.campaign.title}，答复期限 {appeal.due_on:%Y-%m-%d}。",
        url=reverse("reviews:appeal_detail", args=[appeal.pk]),
        key=f"reviews-appeal-{appeal.pk}-late-{on:%Y%m%d}",
    )


def responsible(campaign: Campaign, *, handler_id: int | None, on: datetime.date) -> list[int]:
    """Who works on it, or all who could when nobody took it, and the leader of the region."""
    office = user_ids_with_role(organisation_id=campaign.owner_id, roles=sorted(OWNER_ROLES), on=on)
    handlers = [handler_id] if handler_id else office
    return sorted({*handlers, *superiors(campaign.division_id, on=on)})


def superiors(division: str, *, on: datetime.date) -> list[int]:
    """The leaders in charge of the region, of the nearest one that has any (分管领导)."""
    for code in (division, division[:4] + "00", division[:2] + "0000"):
        if found := official_ids(division=code, roles=(Role.LEADER,), on=on):
            return found
    return []
