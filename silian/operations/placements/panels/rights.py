"""What pay, visits, incidents and complaints show in the frame and on other pages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.clocks import end_of
from silian.operations.placements.choices.pay import (
    IncidentState,
    StudentAnswer,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.care import (
    incidents_visible_to,
    may_record_incident,
    may_settle_incident,
    reads_incidents,
    visits_interns,
    visits_visible_to,
)
from silian.operations.placements.permissions.complaints import (
    handles_complaints,
    own_complaints,
    waiting_complaints,
)
from silian.operations.placements.permissions.internships import (
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.permissions.pay import (
    pay_alarms_visible_to,
    pay_records_visible_to,
    reads_pay,
)
from silian.operations.placements.queries.complaints import clock_of, waiting_for
from silian.operations.placements.queries.lawfulness import student_facts
from silian.operations.placements.queries.pay import state_of
from silian.operations.placements.queries.pay_lists import MONEY_ALARMS, alarm_count
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.operations.placements.queries.rights import own_internships
from silian.operations.placements.queries.visits import hosts_to_visit
from silian.operations.placements.rules.rights import forbidden_for
from silian.registers.organisations.choices import Role

SECTION = "实习"
SHOWN = 20
LAW = "教职成〔2021〕4号第十八条"


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    """Complaints to handle, pay to put right or to check, incidents to report."""
    return [
        *complaint_todos(actor),
        *own_todos(actor),
        *alarm_todos(actor),
        *incident_todos(actor),
        *visit_todos(actor, now),
    ]


def complaint_todos(actor: Actor) -> list[sockets.Todo]:
    if not handles_complaints(actor):
        return []
    return [
        sockets.Todo(
            title=f"{row.get_state_display()}：投诉 {row.number}",
            detail=row.category_words,
            url=reverse("placements:complaint_detail", args=[row.pk]),
            action="办理",
            due_at=clock_of(row),
            basis="平台承诺：2 个工作日受理，15 个工作日办结",
        )
        for row in waiting_for(actor)[:SHOWN]
    ]


def own_todos(actor: Actor) -> list[sockets.Todo]:
    """The student's own: pay to check, questions of the handler to answer."""
    if not actor.has_role(Role.STUDENT):
        return []
    months = pay_records_visible_to(actor).filter(
        internship__in=own_internships(actor).values("pk"),
        student_answer=StudentAnswer.NONE,
        paid_amount__gt=0,
    )
    found = [
        sockets.Todo(
            title=f"核对 {row.month:%Y-%m} 报酬",
            detail=f"单位填报 {row.paid_amount:,.2f} 元",
            url=reverse("placements:pay_detail", args=[row.pk]),
            action="核对",
            basis=LAW,
        )
        for row in months.order_by("-month")[:SHOWN]
    ]
    asked = own_complaints(actor).filter(state="asked")
    return found + [
        sockets.Todo(
            title="请补充投诉情况",
            detail=row.number,
            url=reverse("placements:complaint_detail", args=[row.pk]),
            action="补充",
        )
        for row in asked[:SHOWN]
    ]


def alarm_todos(actor: Actor) -> list[sockets.Todo]:
    """One line for each host: the host's own, the school's, or what was told to the authority."""
    rows = pay_alarms_visible_to(actor).filter(closed_at__isnull=True, kind__in=MONEY_ALARMS)
    if is_official(actor):
        rows = rows.filter(told_authority_at__isnull=False)
    elif not (is_school_clerk(actor) or is_host_clerk(actor)):
        return []
    grouped: dict[str, list[Any]] = {}
    for alarm in rows.select_related("internship__organisation").order_by("authority_at")[:500]:
        grouped.setdefault(alarm.internship.organisation.name, []).append(alarm)
    return [
        sockets.Todo(
            title=f"{host} {len({alarm.internship_id for alarm in alarms})} 人报酬未到位",
            detail=f"差额合计 {sum(alarm.gap for alarm in alarms):,.2f} 元",
            url=reverse("placements:pay_alarms"),
            action="处理",
            due_at=alarms[0].authority_at,
            basis=LAW,
        )
        for host, alarms in list(grouped.items())[:SHOWN]
    ]


def incident_todos(actor: Actor) -> list[sockets.Todo]:
    if not is_school_clerk(actor):
        return []
    rows = incidents_visible_to(actor).filter(state=IncidentState.OPEN, report_due_at__isnull=False)
    return [
        sockets.Todo(
            title=f"报告主管部门：{row.get_kind_display()}",
            detail=f"{row.get_severity_display()}　{row.internship.organisation.name}",
            url=reverse("placements:incident_detail", args=[row.pk]),
            action="报告",
            due_at=row.report_due_at,
            basis="较重 24 小时、重大 1 小时",
        )
        for row in rows.select_related("internship__organisation", "internship__school")[:SHOWN]
        if may_settle_incident(actor, row)
    ]


def visit_todos(actor: Actor, now: datetime.datetime) -> list[sockets.Todo]:
    if not visits_interns(actor):
        return []
    today = timezone.localdate(now)
    return [
        sockets.Todo(
            title=f"巡访 {host.name}",
            detail=f"{host.late} 名学生到期未访",
            url=reverse("placements:visit_new", args=[host.host_id]),
            action="登记巡访",
            due_at=end_of(host.due_on),
        )
        for host in hosts_to_visit(actor, on=today)[:SHOWN]
        if host.late
    ]


def pay_panel(actor: Actor, internship: Internship) -> sockets.Panel | None:
    """The months of one internship, for those who see its pay."""
    seen = pay_records_visible_to(actor).filter(internship=internship)
    months = list(seen.order_by("-month"))
    if not months and not (reads_pay(actor) or internship.person.user_id == actor.user_id):
        return None
    latest = months[0] if months else None
    state = state_of(latest, internship_id=internship.pk, on=timezone.localdate(), alarms={})
    return sockets.Panel(
        template="placements/rights/_internship_panel.html",
        context={"months": months, "state": state},
    )


def care_panel(actor: Actor, internship: Internship) -> sockets.Panel | None:
    """Visits and incidents of one internship."""
    visits = visits_visible_to(actor).filter(internships=internship).select_related("teacher")
    incidents = incidents_visible_to(actor).filter(internship=internship)
    records = may_record_incident(actor, internship)
    shown_visits, shown_incidents = list(visits[:5]), list(incidents[:5])
    if not (shown_visits or shown_incidents or records):
        return None
    return sockets.Panel(
        template="placements/care/_internship_panel.html",
        context={
            "visits": shown_visits,
            "incidents": shown_incidents,
            "records": records,
            "internship": internship,
            "note": f"{len(shown_visits)} 次，{len(shown_incidents)} 件",
        },
    )


def signing_panel(actor: Actor, signature: Any) -> sockets.Panel | None:
    """Plain words of rights beside the agreement that a student is about to sign."""
    agreement = signature.version.agreement
    if agreement.source != AGREEMENT_SOURCE or signature.party.person_id is None:
        return None
    rows = Internship.objects.filter(pk=agreement.source_id).select_related("person")
    internship = rows.first()
    if internship is None:
        return None
    today = timezone.localdate()
    student = student_facts(internship.person, member=None, on=today)
    limits = limits_of(division=internship.division_id, on=today)
    return sockets.Panel(
        template="placements/rights/_signing_panel.html",
        context={"forbidden": forbidden_for(student=student, on=today, limits=limits)},
    )


def has_rights_page(actor: Actor) -> bool:
    return actor.has_role(Role.STUDENT) or own_internships(actor).exists()


def line(*, label: str, url: str, icon: str, visible: Any, order: int, count: Any = None) -> None:
    item = sockets.NavigationItem(
        section=SECTION, label=label, url_name=url, icon=icon, visible=visible, count=count
    )
    sockets.navigation.plug(item, order=order)


line(
    label="我的权益",
    url="placements:rights",
    icon="shield-check",
    visible=has_rights_page,
    order=311,
)
line(
    label="报酬",
    url="placements:pay_list",
    icon="cash-coin",
    visible=reads_pay,
    order=322,
    count=alarm_count,
)
line(
    label="学生投诉",
    url="placements:complaint_list",
    icon="chat-left-text",
    visible=handles_complaints,
    order=323,
    count=waiting_complaints,
)
line(
    label="巡访",
    url="placements:visit_list",
    icon="geo-alt",
    visible=lambda actor: visits_interns(actor) or is_official(actor),
    order=324,
)
line(
    label="实习事件",
    url="placements:incident_list",
    icon="exclamation-diamond",
    visible=lambda actor: (
        reads_incidents(actor)
        and actor.organisation_id is not None
        and not actor.has_role(Role.STUDENT)
    ),
    order=325,
)
line(
    label="权益清单",
    url="placements:rights_by_host",
    icon="card-checklist",
    visible=lambda actor: is_official(actor) or is_school_clerk(actor),
    order=328,
)
sockets.foot_links.plug(
    sockets.FrameLink(label="实习匿名投诉", url_name="placements:complaint_anonymous"), order=60
)
sockets.todos.plug(todos, order=21)
sockets.panels["placements.internship"].plug(pay_panel, order=40)
sockets.panels["placements.internship"].plug(care_panel, order=50)
sockets.panels["agreements.signing"].plug(signing_panel, order=20)
