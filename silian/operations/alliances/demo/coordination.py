"""Builds the city's leading group, its office and conference, their meetings and decisions."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.coordination import (
    BodyKind,
    EscalationState,
    MeetingKind,
    MeetingState,
    PostRole,
    Reply,
    Rhythm,
)
from silian.operations.alliances.commands.bodies import department_names, write_posts
from silian.operations.alliances.commands.decisions import DecisionFacts, draft_decision
from silian.operations.alliances.commands.meetings import sign_minutes
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.models.meetings import AgendaItem, Attendance, Meeting
from silian.operations.alliances.queries.bodies import responsible_bodies
from silian.operations.alliances.rules.rosters import RosterLine, roster_lines
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for
from silian.registers.policies.models import PolicyDocument

CITY = "990100"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
MARK = "（演示）"
PLAIN_ROSTER = (
    (PostRole.LEADER, "市政府副市长", "梁思远"),
    (PostRole.DEPUTY, "市发展和改革委员会主任", "周文清"),
    (PostRole.DEPUTY, "市教育局局长", "贺云帆"),
    (PostRole.MEMBER, "市人力资源和社会保障局局长", "郭少峰"),
    (PostRole.MEMBER, "市工业和信息化局局长", "吴志远"),
    (PostRole.MEMBER, "市财政局局长", "孙慧琳"),
    (PostRole.MEMBER, "市科学技术局局长", "邵启明"),
    (PostRole.MEMBER, "市税务局副局长", "钱立新"),
)
OFFICE_ROSTER = (
    (PostRole.DIRECTOR, "市发展和改革委员会主任", "周文清"),
    (PostRole.DEPUTY_DIRECTOR, "市教育局副局长", "莫子谦"),
    (PostRole.LIAISON, "市工业和信息化局科长", "秦书瑶"),
)
MEETINGS = (
    # days before the day, kind, title, items, decisions (text, lead, days to do it)
    (395, MeetingKind.PLENARY, "产教融合工作领导小组第一次全体会议",
     ("审议年度任务分工", "研究公共实训基地选址"),
     (("公共实训基地二期选址方案报市政府审定", "市发展和改革委员会", 120),
      ("建立供需信息按月发布制度", "市人力资源和社会保障局", 60))),
    (205, MeetingKind.SPECIAL, "现场工程师培养专题会议",
     ("听取职业院校与装备企业联合培养情况", "研究学徒岗位不足问题"),
     (("汇总重点装备企业学徒岗位需求并公布", "市工业和信息化局", 45),
      ("会同院校调整两个专业点的实训安排", "市教育局", 90))),
    (64, MeetingKind.PLENARY, "产教融合工作领导小组第二次全体会议",
     ("通报上半年任务进展和逾期事项", "审议支持政策清单"),
     (("支持政策清单经会签后公布", "市财政局", 40),
      ("逾期任务逐项约谈牵头单位", "市发展和改革委员会", 30),
      ("开放仪器设备目录接入平台", "市科学技术局", 75))),
)  # fmt: skip
MINUTES = (
    "会议听取了各责任单位的汇报，肯定了供需对接和任务推进的做法，指出岗位信息更新慢、"
    "场地手续周期长两个问题。\n会议要求按月通报任务进展，遇到跨部门事项先会商、后提请。"
)
PROBLEMS = (
    (150, "市教育局", "实训基地二期用地手续跨三个部门", EscalationState.RESOLVED,
     "已由专题会议明确由自然资源部门牵头并联办理，30 个工作日内办结。"),
    (33, "市工业和信息化局", "部分园区企业不愿意提供学徒岗位", EscalationState.SCHEDULED, ""),
    (6, "市人力资源和社会保障局", "补贴资料重复提交，建议部门间共享", EscalationState.RAISED, ""),
)  # fmt: skip


@dataclass
class CoordinationBuilder:
    """Makes the same bodies and meetings from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        """The bodies, then their meetings, then the problems brought before them."""
        user = User.objects.get(username="demo-coordinator")
        self.actor: Actor = actor_for(user=user, on=self.on)
        self.units = {body.name: body.pk for body in responsible_bodies(CITY)}
        group = self.leading_group()
        held = [self.held_meeting(group, *row) for row in MEETINGS]
        coming = self.coming_meeting(group)
        self.problems(group, coming)
        return 3 + len(held) + 1

    def leading_group(self) -> CoordinatingBody:
        document = PolicyDocument.objects.public().filter(division_id=CITY).first()
        seat = Organisation.objects.get(name=f"青澜市发展和改革委员会{MARK}")
        facts = {"division_id": CITY, "seat": seat, "is_demo": True}
        group = CoordinatingBody.objects.create(
            kind=BodyKind.LEADING_GROUP,
            name="青澜市产教融合工作领导小组",
            duties="统筹全市产教融合工作，审定年度任务和支持政策，协调跨部门事项。",
            rhythm=Rhythm.HALF_YEARLY,
            basis=document,
            founded_on=self.day(430),
            **facts,
        )
        office = CoordinatingBody.objects.create(
            kind=BodyKind.OFFICE,
            name="青澜市产教融合工作领导小组办公室",
            duties="承担领导小组日常工作，督促会议决定落实。",
            parent=group,
            rhythm=Rhythm.QUARTERLY,
            founded_on=self.day(430),
            **facts,
        )
        CoordinatingBody.objects.create(
            kind=BodyKind.JOINT_CONFERENCE,
            name="青澜市职业教育联席会议",
            duties="研究职业学校布局、专业设置和经费保障。",
            founded_on=self.day(600),
            **facts,
        )
        printed = roster_lines(document.parsed_part("roster") or []) if document else []
        write_posts(body=group, lines=printed or lines(PLAIN_ROSTER), starts_on=self.day(430))
        write_posts(body=office, lines=lines(OFFICE_ROSTER), starts_on=self.day(430))
        return group

    def held_meeting(
        self,
        body: CoordinatingBody,
        days: int,
        kind: MeetingKind,
        title: str,
        items: tuple[str, ...],
        decided: tuple[tuple[str, str, int], ...],
    ) -> Meeting:
        day = self.day(days)
        meeting = self.meeting(body, day=day, kind=kind, title=title, state=MeetingState.HELD)
        meeting.minutes = MINUTES
        meeting.save(update_fields=["minutes"])
        rows = self.agenda(meeting, items)
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, post=post, reply=Reply.COMES, came=self.rng.random() < 0.9)
            for post in body.posts.all()
        )
        for place, (text, lead, allowed) in enumerate(decided):
            facts = DecisionFacts(
                text=text,
                item_id=rows[place % len(rows)].pk,
                lead_id=self.units.get(lead),
                cooperating=[],
                due_on=day + datetime.timedelta(days=allowed),
            )
            draft_decision(meeting_id=meeting.pk, facts=facts, actor=self.actor)
        sign_minutes(
            meeting_id=meeting.pk,
            signed_by="梁思远",
            signed_on=day + datetime.timedelta(days=5),
            actor=self.actor,
        )
        return meeting

    def coming_meeting(self, body: CoordinatingBody) -> Meeting:
        meeting = self.meeting(
            body,
            day=self.day(-12),
            kind=MeetingKind.PLENARY,
            title="产教融合工作领导小组第三次全体会议",
            state=MeetingState.CONVENED,
        )
        self.agenda(meeting, ("听取三季度任务进展汇报", "研究新一轮实施方案修订"))
        replies = (Reply.COMES, Reply.COMES, Reply.WAITING)
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, post=post, reply=replies[place % 3])
            for place, post in enumerate(body.posts.all())
        )
        return meeting

    def meeting(
        self,
        body: CoordinatingBody,
        *,
        day: datetime.date,
        kind: MeetingKind,
        title: str,
        state: MeetingState,
    ) -> Meeting:
        count = body.meetings.filter(number__startswith=f"{day.year}年").count()
        return Meeting.objects.create(
            body=body,
            kind=kind,
            number=f"{day.year}年第{count + 1}次",
            title=title,
            held_at=datetime.datetime.combine(day, datetime.time(9, 30), tzinfo=SHANGHAI),
            place="市政府 3 楼第二会议室",
            state=state,
            created_by_id=self.actor.user_id,
            is_demo=True,
        )

    def agenda(self, meeting: Meeting, items: tuple[str, ...]) -> list[AgendaItem]:
        return AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, order=place, title=title)
            for place, title in enumerate(items, start=1)
        )

    def problems(self, body: CoordinatingBody, coming: Meeting) -> None:
        names = department_names(CITY)
        for days, unit, title, state, answer in PROBLEMS:
            raised = datetime.datetime.combine(
                self.day(days), datetime.time(15, 0), tzinfo=SHANGHAI
            )
            person = Membership.objects.filter(organisation_id=names[unit]).first()
            assert person is not None
            scheduled = state == EscalationState.SCHEDULED
            Escalation.objects.create(
                body=body,
                raised_by_id=names[unit],
                title=title,
                detail="已与相关单位会商两次，仍需明确牵头单位和时限，请协调。",
                state=state,
                item=coming.agenda.first() if scheduled else None,
                answer=answer,
                raised_by_user_id=person.user_id,
                raised_at=raised,
                due_at=raised + datetime.timedelta(days=14),
                ended_at=raised + datetime.timedelta(days=21) if answer else None,
                is_demo=True,
            )

    def day(self, before: int) -> datetime.date:
        return self.on - datetime.timedelta(days=before)


def lines(rows: tuple[tuple[PostRole, str, str], ...]) -> list[RosterLine]:
    return [RosterLine(role=role, position=position, holder=who) for role, position, who in rows]
