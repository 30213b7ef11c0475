"""Builds the committees of the demonstration city: members, plans, meetings, opinions."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from silian.foundation.kernel.search import feed
from silian.operations.alliances.choices.committees import (
    CommitteeKind,
    CommitteeRole,
    MandateKind,
    OpinionKind,
    OpinionState,
    Take,
)
from silian.operations.alliances.models.committees import (
    Committee,
    CommitteeMeeting,
    CommitteeMember,
    IndustryPlan,
    IndustryPlanItem,
)
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.models.opinions import CommitteeOpinion, OpinionAnswer
from silian.operations.alliances.queries.search_documents import COMMITTEE
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.demo.organisations import person_name
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.programmes.models import Programme, Standard

CITY, MARK = "990100", "（演示）"
NOMINEE = "demo-mentor"
TERM = datetime.timedelta(days=1096)
MOST_PROGRAMMES = 4
COMMITTEES = (
    # kind, name, host, mandate, days since founded, words of its programmes
    (CommitteeKind.INDUSTRY_TEACHING, "青澜市装备制造行业教学指导委员会", "青澜市装备制造行业协会",
     MandateKind.TRANSFERRED, "行业人才需求预测、专业设置咨询、岗位能力标准编制和实训条件评估。",
     820, ("数控", "机电", "机器人")),
    (CommitteeKind.PROGRAMME_BUILDING, "青澜市职业院校专业建设委员会", "青澜市教育局",
     MandateKind.FOUNDED, "审议专业设置和调整、人才培养方案和课程标准。",
     700, ("物流", "软件", "护理")),
    (CommitteeKind.COOPERATION, "青澜市新能源校企合作行业协调委员会", "青澜市新能源产业协会",
     MandateKind.DELEGATED, "协调新能源企业与院校的实习、学徒和师资合作，受理合作中的分歧。",
     560, ("新能源", "汽车")),
    (CommitteeKind.ADVISORY, "青澜市职业教育指导咨询委员会", "青澜市教育局",
     MandateKind.FOUNDED, "对职业教育布局、质量评价和政策提出咨询意见。",
     900, ("电子商务", "食品")),
    (CommitteeKind.EXPERTS, "青澜市产教融合专家指导委员会", "青澜市发展和改革委员会",
     MandateKind.FOUNDED, "为产教融合的规划、认定和评价提供专家意见。",
     480, ("数控", "护理")),
)  # fmt: skip
PLAN_ITEMS = (
    ("发布行业人才需求年度预测", -150, True),
    ("修订 3 个岗位的能力标准", -40, True),
    ("组织 20 名技师到校任教", -15, False),
    ("评估 6 个实训基地的设备条件", 90, False),
    ("汇编校企合作案例", 150, False),
)
OPINIONS = (
    # kind, title with the programme word, text, days ago
    (OpinionKind.PROGRAMMES, "关于{word}类专业招生规模的意见",
     "近两年本地{word}岗位需求平稳，建议招生规模与上年持平，把新增名额用于高技能方向。", 320),
    (OpinionKind.PLANS, "关于{word}类专业人才培养方案的意见",
     "建议增加在线检测和产线数据应用内容，企业实践不少于一个学期，由企业参与考核。", 150),
    (OpinionKind.COURSES, "关于{word}类专业项目课程的意见",
     "建议以典型生产任务为单元重编课程，教材由企业技师参与编写。", 14),
)  # fmt: skip
REPLIES = {
    Take.ADOPTED: "已列入下一学期方案修订，由专业负责人落实。",
    Take.PARTLY: "采纳企业实践安排；设备不足，在线检测先用仿真软件。",
    Take.DECLINED: "本校这一专业已停招，不再调整方案。",
}
SUMMARY = "会议听取了院校和企业的情况，讨论了岗位变化和课程调整，形成书面意见。"


@dataclass
class CommitteeBuilder:
    """Makes the same committees from the same organisations, seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        rows = Organisation.objects.filter(is_demo=True, state="verified").order_by("pk")
        self.by_name = {row.name.removesuffix(MARK): row for row in rows}
        self.units = [row for row in rows if row.kind != OrganisationKind.GOVERNMENT][:120]
        made = [self.committee(*facts) for facts in COMMITTEES]
        self.nominate(made[0])
        feed.changed(COMMITTEE, [committee.pk for committee in made])
        return len(made)

    def day(self, before: int) -> datetime.date:
        return self.on - datetime.timedelta(days=before)

    def committee(
        self,
        kind: CommitteeKind,
        name: str,
        host: str,
        mandate_kind: MandateKind,
        mandate: str,
        days: int,
        words: tuple[str, ...],
    ) -> Committee:
        unit = self.by_name[host]
        committee = Committee.objects.create(
            kind=kind,
            name=f"{name}{MARK}",
            division_id=CITY,
            host=unit,
            industry_id=unit.industry_id,
            mandate_kind=mandate_kind,
            mandate=mandate,
            mandate_document=f"青教职〔{self.day(days).year}〕{days % 30 + 1}号",
            founded_on=self.day(days),
            term_ends_on=self.day(days) + TERM,
            is_demo=True,
        )
        members = self.members(committee)
        meetings = self.meetings(committee, members, days)
        if unit.kind == OrganisationKind.ASSOCIATION:
            self.plan(committee)
        self.opinions(committee, meetings, words)
        return committee

    def members(self, committee: Committee) -> list[CommitteeMember]:
        roles = [CommitteeRole.CHAIR, CommitteeRole.DEPUTY, CommitteeRole.SECRETARY]
        roles += [CommitteeRole.MEMBER] * self.rng.randint(6, 9)
        units = [committee.host, *self.rng.sample(self.units, len(roles) - 1)]
        return CommitteeMember.objects.bulk_create(
            CommitteeMember(
                committee=committee,
                role=role,
                name=person_name(self.rng),
                organisation=unit,
                position=self.rng.choice(("总工程师", "专业带头人", "人力资源负责人", "副会长")),
                starts_on=committee.founded_on,
                ends_on=committee.term_ends_on,
            )
            for role, unit in zip(roles, units, strict=True)
        )

    def nominate(self, committee: Committee) -> None:
        """A mentor sits in the committee since the spring and is asked for the review pool."""
        last = committee.members.order_by("-pk")[0]
        last.left_on = self.day(200)
        last.save(update_fields=["left_on"])
        post = Membership.objects.filter(user__username=NOMINEE).select_related("user").first()
        if post is None:
            return
        CommitteeMember.objects.create(
            committee=committee,
            role=CommitteeRole.MEMBER,
            name=post.user.name,
            organisation_id=post.organisation_id,
            position="高级技师",
            starts_on=self.day(200),
            ends_on=committee.term_ends_on,
        )
        ExpertNomination.objects.create(
            committee=committee,
            user=post.user,
            organisation_id=post.organisation_id,
            title="高级技师",
            fields=["equipment", "training"],
            grounds="带教学徒多年，参加过三项岗位能力标准的编制。",
            starts_on=self.on,
            ends_on=self.on + TERM,
            asked_on=self.day(2),
            is_demo=True,
        )

    def meetings(
        self, committee: Committee, members: list[CommitteeMember], days: int
    ) -> list[CommitteeMeeting]:
        made = []
        for place, before in enumerate(sorted({330, 160, 20} & set(range(days)), reverse=True)):
            meeting = CommitteeMeeting.objects.create(
                committee=committee,
                title=f"第 {place + 1} 次全体会议",
                held_on=self.day(before),
                place="市职业教育中心 2 楼会议室",
                summary=SUMMARY,
            )
            meeting.came.set(self.rng.sample(members, len(members) - self.rng.randint(0, 3)))
            made.append(meeting)
        return made

    def plan(self, committee: Committee) -> None:
        plan = IndustryPlan.objects.create(
            committee=committee,
            title=f"{committee.host.name.removesuffix(MARK)}深化产教融合工作计划",
            document_number=f"青行协〔{self.on.year}〕2号",
            starts_on=self.day(300),
            ends_on=self.day(-200),
        )
        IndustryPlanItem.objects.bulk_create(
            IndustryPlanItem(
                plan=plan,
                text=text,
                due_on=self.day(-due),
                progress="已完成，成果送各院校。" if done else "",
                progress_on=self.day(-due + 4) if done else None,
                done_on=self.day(-due + 4) if done else None,
            )
            for text, due, done in PLAN_ITEMS
        )

    def opinions(
        self, committee: Committee, meetings: list[CommitteeMeeting], words: tuple[str, ...]
    ) -> None:
        for place, (kind, title, text, before) in enumerate(OPINIONS):
            word = words[place % len(words)]
            opinion = CommitteeOpinion.objects.create(
                committee=committee,
                meeting=meetings[place] if place < len(meetings) else None,
                kind=kind,
                title=title.format(word=word),
                text=text.format(word=word),
                state=OpinionState.ISSUED,
                issued_on=self.day(before),
                is_demo=True,
            )
            self.concern(opinion, word, before)
        self.standard_output(committee, words[0])
        if committee.kind == CommitteeKind.INDUSTRY_TEACHING:
            self.draft(committee, words[0])

    def concern(self, opinion: CommitteeOpinion, word: str, before: int) -> None:
        """The programmes with the word, and what their schools answered."""
        rows = Programme.objects.filter(name__contains=word, division__code__startswith="9901")
        chosen = list(rows.order_by("pk")[:MOST_PROGRAMMES])
        opinion.programmes.set(chosen)
        sent = timezone.make_aware(datetime.datetime.combine(self.day(before), datetime.time()))
        OpinionAnswer.objects.bulk_create(
            self.answer(opinion, school, sent, before)
            for school in sorted({row.school_id for row in chosen})
        )

    def answer(
        self, opinion: CommitteeOpinion, school: int, sent: datetime.datetime, before: int
    ) -> OpinionAnswer:
        row = OpinionAnswer(
            opinion=opinion, school_id=school, due_at=sent + datetime.timedelta(days=29)
        )
        if before > 30 and self.rng.random() < 0.9:
            row.take = self.rng.choice((Take.ADOPTED, Take.ADOPTED, Take.PARTLY, Take.DECLINED))
            row.text = REPLIES[Take(row.take)]
            row.answered_on = self.day(before - self.rng.randint(4, 26))
        return row

    def standard_output(self, committee: Committee, word: str) -> None:
        standard = Standard.objects.filter(title__contains=word).order_by("pk").first()
        if standard is None:
            return
        CommitteeOpinion.objects.create(
            committee=committee,
            kind=OpinionKind.STANDARDS,
            title=f"{standard.title}审定成果",
            text="经会议审定，建议各院校按本标准修订课程和考核。",
            standard=standard,
            state=OpinionState.ISSUED,
            issued_on=self.day(90),
            is_demo=True,
        )

    def draft(self, committee: Committee, word: str) -> None:
        opinion = CommitteeOpinion.objects.create(
            committee=committee,
            kind=OpinionKind.FORECASTS,
            title=f"{word}类岗位明年需求预测",
            text="据 32 家企业申报，明年多轴操作和设备运维岗位需求增加，传统车铣岗位减少。",
            is_demo=True,
        )
        rows = Programme.objects.filter(name__contains=word, division__code__startswith="9901")
        opinion.programmes.set(rows.order_by("pk")[:2])
