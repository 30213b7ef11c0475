"""Tells of pay that did not arrive and of complaints; nobody complained about learns anything."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.placements.choices.complaints import ComplaintState
from silian.operations.placements.events.complaints import (
    ComplaintClosed,
    ComplaintEvent,
    ComplaintFiled,
    ComplaintMoved,
)
from silian.operations.placements.events.pay import PayAlarmEscalated, PayAlarmRaised
from silian.operations.placements.models import PayAlarm
from silian.operations.placements.models.complaints import Complaint, ComplaintOrigin
from silian.operations.placements.permissions.complaints import handler_user_ids
from silian.operations.placements.queries.pay_lists import MONEY_ALARMS
from silian.operations.placements.queries.reminding import clerks_of, person_users
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify
from silian.registers.organisations.queries.members import verifier_ids

TOLD_TO_COMPLAINANT = {
    ComplaintState.ACCEPTED: "已受理",
    ComplaintState.ASKED: "请您补充情况",
    ComplaintState.DECLINED: "不予受理，请看理由和去处",
    ComplaintState.RESOLVED: "已答复",
}


def alarm_of(alarm_id: int) -> PayAlarm:
    rows = PayAlarm.objects.select_related("internship__organisation", "internship__school")
    return rows.get(pk=alarm_id)


@subscribe(PayAlarmRaised)
def tell_of_alarm(event: PayAlarmRaised) -> None:
    """The student at once; clerks of host and school once a day, however many students."""
    alarm = alarm_of(event.alarm_id)
    if alarm.kind not in MONEY_ALARMS:
        return
    internship = alarm.internship
    notify(
        user_ids=person_users([internship.pk]),
        kind=NotificationKind.TASK,
        title=f"实习报酬预警：{alarm.get_kind_display()}",
        detail=f"差 {alarm.gap:,.2f} 元。不要向任何人交钱，可以在“我的权益”投诉。",
        url=reverse("placements:rights"),
        key=f"placements-pay-alarm-{alarm.pk}",
    )
    host = internship.organisation_id
    clerks = clerks_of([host, internship.school_id])
    for organisation_id in (host, internship.school_id):
        notify(
            user_ids=clerks[organisation_id],
            kind=NotificationKind.TASK,
            title=f"{internship.organisation.name}有实习报酬没有到位",
            detail=f"{alarm.authority_at:%Y-%m-%d} 前未补发的，自动报主管部门。",
            url=reverse("placements:pay_alarms"),
            organisation_id=organisation_id,
            key=f"placements-pay-{organisation_id}-{host}-{alarm.opened_on}",
        )


@subscribe(PayAlarmEscalated)
def tell_authority_of_alarm(event: PayAlarmEscalated) -> None:
    alarm = alarm_of(event.alarm_id)
    internship = alarm.internship
    told_on = timezone.localdate(alarm.told_authority_at or timezone.now())
    notify(
        user_ids=verifier_ids(division=internship.division_id, on=told_on),
        kind=NotificationKind.TASK,
        title=f"{internship.organisation.name}的实习报酬逾期未补发",
        detail="实习单位和学校在 5 个工作日内没有补齐。",
        url=reverse("placements:pay_alarms"),
        key=f"placements-pay-told-{internship.organisation_id}-{told_on}",
    )


@subscribe(ComplaintFiled)
def tell_handler(event: ComplaintFiled) -> None:
    tell_office(Complaint.objects.get(pk=event.complaint_id))


@subscribe(ComplaintMoved)
def tell_of_move(event: ComplaintMoved) -> None:
    """A new office is told of the complaint; the complainant of what was done."""
    complaint = Complaint.objects.get(pk=event.complaint_id)
    tell_office(complaint)
    tell_complainant(complaint)


@subscribe(ComplaintClosed)
def tell_of_answer(event: ComplaintEvent) -> None:
    tell_complainant(Complaint.objects.get(pk=event.complaint_id))


def tell_office(complaint: Complaint) -> None:
    """Number and deadline only; what was said is read where it is protected (投诉待办)."""
    due_at = complaint.due_at or complaint.accept_due_at
    notify(
        user_ids=handler_user_ids(complaint, on=timezone.localdate()),
        kind=NotificationKind.TASK,
        title=f"实习投诉待办：{complaint.number}",
        detail=f"{timezone.localtime(due_at):%Y-%m-%d} 前办理，逾期自动转上级。",
        url=reverse("placements:complaint_detail", args=[complaint.pk]),
        organisation_id=complaint.handler_id,
        key=f"placements-complaint-{complaint.pk}-{complaint.handler_id}",
    )


def tell_complainant(complaint: Complaint) -> None:
    """Whoever complained under a name; the anonymous look it up by code (投诉进展)."""
    words = TOLD_TO_COMPLAINANT.get(ComplaintState(complaint.state))
    origin = ComplaintOrigin.objects.filter(complaint=complaint).select_related("person").first()
    if words is None or origin is None:
        return
    users = {origin.filed_by_id, origin.person.user_id} - {None}
    notify(
        user_ids=[user for user in users if user is not None],
        kind=NotificationKind.ANSWER,
        title=f"您的投诉 {complaint.number} {words}",
        url=reverse("placements:complaint_detail", args=[complaint.pk]),
        key=f"placements-complaint-{complaint.pk}-{complaint.state}-{complaint.steps.count()}",
    )
