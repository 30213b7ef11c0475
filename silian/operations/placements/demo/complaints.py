"""Complaints, visits and incidents of the demonstration city, in every state."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.operations.placements.choices.complaints import (
    ComplaintCategory as C,
)
from silian.operations.placements.choices.complaints import (
    ComplaintChannel as K,
)
from silian.operations.placements.choices.complaints import (
    ComplaintResult,
)
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
)
from silian.operations.placements.choices.pay import (
    IncidentKind,
    IncidentSeverity,
    IncidentState,
    VisitWay,
)
from silian.operations.placements.commands.complaint_filing import (
    Filing,
    appeal_complaint,
    file_complaint,
    withdraw_complaint,
)
from silian.operations.placements.commands.complaint_handling import (
    accept_complaint,
    ask_complainant,
    decline_complaint,
    note_inquiry,
    resolve_complaint,
)
from silian.operations.placements.models import (
    Complaint,
    Incident,
    Internship,
    Visit,
    VisitSetting,
)
from silian.operations.placements.permissions.complaints import OFFICE_HANDLERS
from silian.operations.placements.queries.authorities import education_authority
from silian.operations.placements.rules.care import report_due
from silian.registers.organisations.models import Membership
from silian.registers.organisations.queries import actor_for

STORIES: tuple[tuple[C, K, str, str, int], ...] = (
    (C.HOURS, K.LABOUR, "连续两周安排到晚上九点，不让按时下班", "filed", 1),
    (C.PAY, K.LABOUR, "上月报酬少发，单位说扣了工装费", "filed", 0),
    (C.FEES, K.EDUCATION, "进厂时收了三百元押金，没有收据", "accepted", 6),
    (C.MISMATCH, K.SCHOOL, "签的是数控操作，实际一直在包装线", "accepted", 5),
    (C.SAFETY, K.EDUCATION, "打磨岗位没有发防尘口罩和护目镜", "noted", 8),
    (C.FORCED, K.EDUCATION, "班里说不去指定单位就不发毕业证", "asked", 7),
    (C.HOURS, K.SCHOOL, "周六也要到岗，没有调休", "resolved", 30),
    (C.PAY, K.LABOUR, "报酬晚了十天才发", "resolved", 45),
    (C.AGENT, K.LABOUR, "到岗后被要求和一家服务公司另签合同", "resolved", 40),
    (C.HARASSMENT, K.EDUCATION, "带班组长当众辱骂学生", "appealed", 25),
    (C.OTHER, K.SCHOOL, "食堂饭菜太贵，希望学校协调", "declined", 20),
    (C.MISMATCH, K.SCHOOL, "岗位已经调整好，申请撤回投诉", "withdrawn", 15),
)
ANSWERS = {
    C.HOURS: "核查考勤属实，单位已停止安排延时和周末到岗，并补休。",
    C.PAY: "核查发放记录属实，单位已补齐差额并整改。",
    C.AGENT: "另签合同无效，单位已解除；对有关公司另案核查。",
}
FINDINGS = (
    "看了现场和排班表，工时正常，学生反映师傅带得细。",
    "宿舍四人间，消防通道畅通；提醒单位补发防护手套。",
    "抽查周记和带教记录，任务与方案一致。",
    "学生提出换班次，已与单位人事沟通。",
)
VISIT_DAYS = 30
STUDENT = "demo-student"


class ComplaintBuilder:
    """A dozen complaints in all states; visits to most hosts; a few incidents."""

    def __init__(self, *, rng: random.Random, on: datetime.date, scale: float) -> None:
        self.rng, self.on, self.scale = rng, on, scale

    def build(self) -> int:
        interns = list(
            Internship.objects.filter(
                is_demo=True, state__in=sorted(PRESENT_STATES), started_on__isnull=False
            )
            .select_related("person__user", "host", "organisation", "school", "teacher")
            .order_by("pk")
        )
        if not interns:
            return 0
        made = [self.tell(place, story, interns) for place, story in enumerate(STORIES)]
        self.visit(interns)
        self.have_incidents(interns)
        return len([each for each in made if each is not None])

    def moment(self, days_ago: int, hour: int = 10) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days_ago)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))

    def tell(
        self, place: int, story: tuple[C, K, str, str, int], interns: list[Internship]
    ) -> Complaint | None:
        """One complaint, taken as far as its story goes."""
        category, channel, text, state, days = story
        own = [row for row in interns if row.person.user and row.person.user.username == STUDENT]
        is_own = state in ("asked", "withdrawn") and bool(own)
        intern = own[0] if is_own else interns[(place * 37) % len(interns)]
        about_school = category == C.FORCED
        filing = Filing(
            categories=[category],
            channel=channel,
            subjects={intern.school_id if about_school else intern.organisation_id},
            division=intern.division_id,
            school_id=intern.school_id,
            text=f"{text}。情况发生在最近两周，请核查。",
            is_anonymous=not is_own,
            internship_id=intern.pk,
        )
        actor = Actor(user_id=intern.person.user_id) if is_own else Actor()
        filed = file_complaint(actor=actor, filing=filing, now=self.moment(days))
        complaint = filed.complaint
        Complaint.objects.filter(pk=complaint.pk).update(is_demo=True)
        self.carry_on(complaint, category, state=state, days=days, code=filed.code)
        return complaint

    def carry_on(
        self, complaint: Complaint, category: C, *, state: str, days: int, code: str
    ) -> None:
        """The steps of the handler and of the complainant, by the clock of the story."""
        who = self.handler(complaint)
        if state == "filed" or who is None:
            return
        pk = complaint.pk
        if state == "withdrawn":
            withdraw_complaint(complaint_id=pk, actor=Actor(), now=self.moment(days - 1), code=code)
            return
        if state == "declined":
            words = "属于生活服务，不涉及实习权益，已转学校后勤协调。"
            decline_complaint(complaint_id=pk, actor=who, text=words, now=self.moment(days - 1))
            return
        accept_complaint(complaint_id=pk, actor=who, now=self.moment(days - 1))
        steps: dict[str, Callable[[], Any]] = {
            "noted": lambda: note_inquiry(
                complaint_id=pk,
                actor=who,
                text="已到现场例行检查防护用品台账。",
                now=self.moment(days - 3),
            ),
            "asked": lambda: ask_complainant(
                complaint_id=pk,
                actor=who,
                text="请补充是谁、在什么场合说的。",
                now=self.moment(days - 2),
            ),
            "resolved": lambda: self.resolve(complaint, category, who, days=days - 8),
            "appealed": lambda: self.appeal(complaint, category, who, days=days, code=code),
        }
        if state in steps:
            steps[state]()

    def resolve(self, complaint: Complaint, category: C, who: Actor, *, days: int) -> None:
        known = ANSWERS.get(category)
        resolve_complaint(
            complaint_id=complaint.pk,
            actor=who,
            result=ComplaintResult.CONFIRMED if known else ComplaintResult.UNPROVEN,
            text=known or "现有证据不足以证实，已要求单位加强管理。",
            now=self.moment(days),
        )

    def appeal(
        self, complaint: Complaint, category: C, who: Actor, *, days: int, code: str
    ) -> None:
        self.resolve(complaint, category, who, days=6)
        appeal_complaint(
            complaint_id=complaint.pk,
            actor=Actor(),
            text="在场同学可以作证，请上级再查一次。",
            now=self.moment(1),
            code=code,
        )

    def handler(self, complaint: Complaint) -> Actor | None:
        """Somebody of the handling office who may act."""
        seats = Membership.objects.in_force(on=self.on).filter(
            organisation_id=complaint.handler_id, role__in=OFFICE_HANDLERS
        )
        seat = seats.select_related("user").order_by("pk").first()
        if seat is None:
            return None
        return actor_for(user=seat.user, on=self.on, organisation_id=complaint.handler_id)

    def visit(self, interns: list[Internship]) -> None:
        """A visit to each host within the month, but for a few."""
        by_host: dict[int, list[Internship]] = {}
        for row in interns:
            if row.teacher is not None:
                by_host.setdefault(row.host_id, []).append(row)
        for school in {row.school_id for row in interns}:
            VisitSetting.objects.get_or_create(
                school_id=school, defaults={"every_days": VISIT_DAYS, "set_at": self.moment(90)}
            )
        for place, rows in enumerate(by_host.values()):
            teacher = rows[0].teacher
            if teacher is None:
                continue
            days = 40 if place % 6 == 5 else self.rng.randrange(2, 25)
            asks = place % 4 == 1
            visit = Visit.objects.create(
                host_id=rows[0].host_id,
                teacher=teacher,
                visited_on=self.on - datetime.timedelta(days=days),
                way=VisitWay.ON_SITE,
                findings=self.rng.choice(FINDINGS),
                follow_up="补发防护手套" if asks else "",
                follow_up_due_on=self.on + datetime.timedelta(days=5) if asks else None,
                recorded_at=self.moment(days),
                is_demo=True,
            )
            visit.internships.set(rows)

    def have_incidents(self, interns: list[Internship]) -> None:
        """A scratch that was settled, a fall that was reported, an illness still open."""
        kinds = (
            (IncidentKind.INJURY, IncidentSeverity.MINOR, IncidentState.CLOSED, 20),
            (IncidentKind.TRAFFIC, IncidentSeverity.SERIOUS, IncidentState.REPORTED, 6),
            (IncidentKind.ILLNESS, IncidentSeverity.MINOR, IncidentState.OPEN, 1),
        )
        for place, (kind, severity, state, days) in enumerate(kinds):
            row = interns[(place * 53 + 7) % len(interns)]
            at = self.moment(days, hour=15)
            closed = state == IncidentState.CLOSED
            Incident.objects.create(
                internship=row,
                kind=kind,
                severity=severity,
                state=state,
                happened_at=at,
                place="车间" if place == 0 else "上班途中" if place == 1 else "宿舍",
                description="手指轻微划伤，现场消毒包扎。"
                if place == 0
                else "已送医检查，情况稳定。",
                measures="通知家长，单位陪同就医。",
                report_due_at=report_due(severity=severity, happened_at=at),
                authority_id=education_authority(division=row.school.division_id),
                reported_at=at if state == IncidentState.REPORTED else None,
                conclusion="已痊愈返岗，单位补做安全提示。" if closed else "",
                closed_at=at if closed else None,
                recorded_at=at,
                is_demo=True,
            )
