"""Builds the expert pool of the demonstration city and a batch that experts are judging."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.choices.judging import ExpertField, ExpertState
from silian.casework.reviews.commands.assignments import accept_task, recuse_from_task
from silian.casework.reviews.commands.dossiers import seal_version
from silian.casework.reviews.commands.draws import draw_for
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.scoring import Given, submit_scores
from silian.casework.reviews.commands.visits import VisitPlan, arrange_visit, choose_visits
from silian.casework.reviews.demo.dossiers import DossierBuilder
from silian.casework.reviews.models import (
    Assignment,
    Campaign,
    CampaignOffice,
    Dossier,
    DrawSeed,
    Expert,
    Interest,
    SiteVisit,
)
from silian.casework.reviews.queries.draws import dossiers_short_of_experts
from silian.casework.reviews.queries.judging import expert_items
from silian.casework.reviews.queries.visits import people_who_may_visit
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.queries import actor_for

CITY = "990100"
OWNER = "青澜市发展和改革委员会（演示）"
OWN_EXPERT, ORGANISER, DEPARTMENT = "demo-expert", "demo-coordinator", "demo-department"
POOL, DOSSIERS, LEFT_OPEN = 24, 14, 4
SEED = "05-09-14-22-27-31-11"
SOURCE = "演示彩种第 2026031 期开奖号码，按开出次序以短横线连接"
KINDS = (
    OrganisationKind.INSTITUTE,
    OrganisationKind.ASSOCIATION,
    OrganisationKind.EVALUATOR,
    OrganisationKind.SERVICE,
    OrganisationKind.SCHOOL,
)
TITLES = ("研究员", "正高级工程师", "教授", "高级技师", "高级经济师", "副研究员")
F = ExpertField
FIELDS = (
    (F.INTEGRATION, F.MANAGEMENT),
    (F.INTEGRATION, F.EDUCATION),
    (F.EQUIPMENT, F.MANAGEMENT),
    (F.TEACHING, F.PROGRAMMES),
    (F.BASES, F.TRAINING),
    (F.SOFTWARE, F.INTEGRATION),
    (F.FINANCE, F.LAW),
    (F.HEALTH, F.EDUCATION),
)
NAMES = (
    "顾明远", "韩书琴", "罗志恒", "彭雅宁", "沈国梁", "曹欣然", "邓永辉", "许静怡", "程浩轩",
    "梁春晓", "宋思琪", "唐建峰", "冯丽莹", "董启航", "萧文杰", "袁佳慧", "傅立强", "吕雨彤",
    "马振国", "谢安宁", "于海波", "高嘉颖", "胡亦凡",
)  # fmt: skip
COMMENTS = (
    "合作协议和课程开发有佐证，企业导师配备到位。",
    "方案可行，投入安排清楚，但年度目标偏笼统。",
    "学生报酬、保险和申诉渠道都有材料支持。",
)
FAR, NEAR = Decimal("0.4"), Decimal("0.78")  # shares of the points that experts give


@dataclass
class JudgingBuilder:
    """Makes the same pool and batch from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    experts: list[Expert] = field(default_factory=list)

    def build(self) -> int:
        """Fill the pool, then a batch with a draw, scores, a divergence and a visit."""
        self.experts = self.pool()
        organiser = User.objects.filter(username=ORGANISER).first()
        if not self.experts or organiser is None:
            return len(self.experts)
        campaign = self.campaign()
        made = self.dossiers(campaign)
        draw_for(
            campaign,
            dossiers_short_of_experts(campaign),
            actor=system_actor(),
            occasion="集中抽取",
        )
        self.judge(campaign)
        self.visit(campaign, actor_for(user=organiser, on=self.on))
        return len(self.experts) + len(made)

    def pool(self) -> list[Expert]:
        """Twenty-four experts from institutes, associations and schools, the login's first."""
        own = User.objects.filter(username=OWN_EXPERT).first()
        units = list(
            Organisation.objects.filter(
                kind__in=KINDS, state="verified", is_demo=True, division__code__startswith="9901"
            ).order_by("kind", "pk")
        )
        if own is None or not units:
            return []
        users = [own, *self.people(units)]
        homes = {
            row.user_id: row.organisation_id
            for row in Membership.objects.filter(user__in=users).order_by("-pk")
        }
        rows = [
            Expert(
                user=user,
                organisation_id=homes[user.pk],
                division_id=CITY,
                title=TITLES[place % len(TITLES)],
                fields=list(FIELDS[place % len(FIELDS)]),
                state=self.state(place),
                starts_on=self.on - datetime.timedelta(days=200 + place * 11),
                ends_on=self.on + datetime.timedelta(days=900 - place * 37),
                proposed_by_id=homes[user.pk],
                reason="出国访学，年底返回" if self.state(place) == ExpertState.PAUSED else "",
                is_demo=True,
            )
            for place, user in enumerate(users)
        ]
        made = Expert.objects.bulk_create(rows)
        self.declare(made)
        return made

    def people(self, units: Sequence[Organisation]) -> list[User]:
        made = User.objects.bulk_create(
            User(username=f"demo-pool-{place:02d}", name=name, is_demo=True)
            for place, name in enumerate(NAMES, start=1)
        )
        Membership.objects.bulk_create(
            Membership(
                user=user,
                organisation=units[place % len(units)],
                role=Role.EXPERT,
                starts_on=self.on - datetime.timedelta(days=800),
            )
            for place, user in enumerate(made)
        )
        return made

    def state(self, place: int) -> ExpertState:
        if place in (10, 19):
            return ExpertState.PROPOSED
        return ExpertState.PAUSED if place == 14 else ExpertState.ACTIVE

    def declare(self, experts: Sequence[Expert]) -> None:
        enterprises = list(
            Organisation.objects.filter(
                kind=OrganisationKind.ENTERPRISE, state="verified", above_scale=True
            ).order_by("pk")[:6]
        )
        Interest.objects.bulk_create(
            Interest(expert=experts[place * 3], organisation=unit, what="担任技术顾问")
            for place, unit in enumerate(enterprises)
            if place * 3 < len(experts)
        )

    def campaign(self) -> Campaign:
        """Last round's batch, closed, with its seed known."""
        self.maker = DossierBuilder(rng=self.rng, on=self.on, scale=self.scale)
        self.maker.calendar = site_calendar()
        self.maker.owner = Organisation.objects.get(name=OWNER)
        self.maker.now = self.maker.moment(self.on, hour=9)
        now = timezone.now()
        campaign = Campaign.objects.create(
            version=self.maker.enterprise_version(),
            division_id=CITY,
            owner=self.maker.owner,
            year=self.on.year - 1,
            number=2,
            title=f"{self.on.year - 1} 年青澜市产教融合型企业认定（第二批）",
            state=CampaignState.REVIEWING,
            opens_on=self.on - datetime.timedelta(days=120),
            closes_on=self.on - datetime.timedelta(days=70),
            quota=8,
            contact="青澜市发展和改革委员会社会事业科，0000-000000",
            announced_at=now - datetime.timedelta(days=120),
            draw_seed=SEED,
            is_demo=True,
        )
        CampaignOffice.objects.bulk_create(self.maker.offices(campaign))
        DrawSeed.objects.create(
            campaign=campaign,
            source=SOURCE,
            known_on=self.on - datetime.timedelta(days=4),
            announced_at=now - datetime.timedelta(days=15),
            value=SEED,
            entered_at=now - datetime.timedelta(days=3),
        )
        return campaign

    def dossiers(self, campaign: Campaign) -> list[Dossier]:
        """Applications that wait for experts."""
        units = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state="verified", above_scale=True
        ).order_by("-pk")[:DOSSIERS]
        rows = [
            self.maker.dossier(campaign, unit, state=DossierState.SUBMITTED, days=12)
            for unit in units
        ]
        for row in rows:
            row.state = DossierState.EXPERTS
        made = Dossier.objects.bulk_create(rows)
        Campaign.objects.filter(pk=campaign.pk).update(last_number=len(made))
        self.maker.seat_applicants(made)
        for row in made:
            sent_at = row.submitted_at or timezone.now()
            self.maker.file_papers(row)
            seal_version(row, actor=system_actor(), at=sent_at)
            evaluate_dossier(dossier=row, now=sent_at)
        return made

    def judge(self, campaign: Campaign) -> None:
        """Most hand in; the login's tasks and a few dossiers stay open; one recuses himself."""
        rows = Assignment.objects.filter(dossier__campaign=campaign)
        tasks = list(rows.select_related("expert__user", "dossier").order_by("dossier_id", "pk"))
        own = {task.dossier_id for task in tasks if task.expert.user.username == OWN_EXPERT}
        waiting = sorted({task.dossier_id for task in tasks} - own)
        kept_open = set(waiting[:LEFT_OPEN])
        parted = waiting[-1] if waiting else 0  # its two experts differ by more than the limit
        items = expert_items(campaign)
        for place, task in enumerate(tasks):
            if task.expert.user.username == OWN_EXPERT:
                continue
            if task.dossier_id in kept_open:
                if task.dossier_id == waiting[0]:
                    self.recuse(task)
                continue
            is_far = task.dossier_id == parted and place and tasks[place - 1].dossier_id == parted
            share = FAR if is_far else NEAR + Decimal(self.rng.randrange(-6, 7)) / 100
            self.score(
                task, {item.code: (item.most * share).quantize(Decimal(1)) for item in items}
            )

    def recuse(self, task: Assignment) -> None:
        """One expert of the first open dossier has a tie that the platform did not know."""
        others = task.dossier.assignments.filter(state="conflicted")
        if not others.exists():
            recuse_from_task(
                assignment_id=task.pk,
                reason="本人去年为该企业做过管理咨询",
                actor=actor_for(user=task.expert.user, on=self.on),
            )

    def score(self, task: Assignment, points: dict[str, Decimal]) -> None:
        actor = actor_for(user=task.expert.user, on=self.on)
        accept_task(assignment_id=task.pk, declares_no_interest=True, actor=actor)
        given = {
            code: Given(points=value, comment=COMMENTS[place % len(COMMENTS)])
            for place, (code, value) in enumerate(points.items())
        }
        submit_scores(
            assignment_id=task.pk,
            given=given,
            comment="产教融合基础较好，建议补充年度量化目标。",
            actor=actor,
        )

    def visit(self, campaign: Campaign, organiser: Actor) -> None:
        """The rule chooses; the first visit has its people."""
        waiting = Dossier.objects.filter(campaign=campaign, state=DossierState.VISIT)
        if not waiting.exists():
            return
        choose_visits(campaign_id=campaign.pk, actor=organiser)
        visit = SiteVisit.objects.filter(dossier__campaign=campaign).order_by("pk").first()
        if visit is None:
            return
        people = list(people_who_may_visit(visit.dossier, on=self.on))
        people.sort(key=lambda row: (row.username != DEPARTMENT, row.username))
        chosen = [row.pk for row in people[:2]]
        if len(chosen) == 2:
            plan = VisitPlan(
                planned_on=max(visit.planned_on, self.on), place=visit.place, visitors=chosen
            )
            arrange_visit(visit_id=visit.pk, plan=plan, actor=organiser)
