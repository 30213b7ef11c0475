"""Departments, the public draw, blind scores, divergences and visits."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from silian.casework.reviews.choices.dossiers import DossierState, OpinionState
from silian.casework.reviews.choices.judging import AssignmentState, Exclusion, ExpertField
from silian.casework.reviews.commands.assignments import accept_task, recuse_from_task
from silian.casework.reviews.commands.dossiers import withdraw_dossier
from silian.casework.reviews.commands.draws import draw_experts, enter_seed
from silian.casework.reviews.commands.experts import (
    ExpertFacts,
    admit_expert,
    declare_interest,
    propose_expert,
)
from silian.casework.reviews.commands.moderation import call_third_expert, settle_moderation
from silian.casework.reviews.commands.opinions import give_opinion, settle_silence
from silian.casework.reviews.commands.scoring import Given, submit_scores
from silian.casework.reviews.commands.visits import (
    VisitPlan,
    arrange_visit,
    choose_visits,
    report_visit,
    sign_visit,
)
from silian.casework.reviews.demo.batch.applying import Applying
from silian.casework.reviews.models import (
    Assignment,
    Campaign,
    CriterionResult,
    Dossier,
    Opinion,
    SiteVisit,
)
from silian.casework.reviews.queries.draws import record_of_draw
from silian.casework.reviews.queries.judging import ScoredItem, bands_of, expert_items
from silian.foundation.kernel.actors import Actor, system_actor

SILENT_DEPARTMENT, SILENT_ONES, DOUBTED_ONES = "工业和信息化", 6, 17  # one in so many
AGREED, DOUBT = "情况属实，同意推荐。", "近一年有两起劳动争议尚未办结，建议评审时核实。"
SEED = "05-09-14-22-27-31-11"
TERM_YEARS = 3
BEST, WORST = Decimal("0.94"), Decimal("0.58")  # shares of the points that experts give
APART = Decimal("0.3")  # by so much the second expert differs where they diverge
DIVERGENT_ONES = 9  # one in so many
COMMENTS = (
    "决策机制和课程共建有会议纪要与教材为证。",
    "任务分到年度，投入来源清楚，个别目标偏笼统。",
    "报酬、保险和申诉渠道都有材料支持。",
)
MODERATED = "查阅两位专家的理由和原始佐证后，按有会议纪要、教材为证的一方意见确定。"
THIRD = "两位专家对合作深度的判断相差较大，需要第三位专家独立评分。"
FOUND = "现场与申报一致：实训场地、带教师傅和学徒名册逐项核对无误。"


@dataclass
class Judging:
    """From the departments' opinions to the last visit."""

    applying: Applying
    rng: random.Random
    plan: dict[int, dict[str, Decimal]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cast, self.clock = self.applying.cast, self.applying.clock

    @property
    def campaign(self) -> Campaign:
        return self.applying.campaign

    def opine(self) -> str:
        """County, then city; some say nothing and the file goes on by the scheme's rule."""
        self.clock.work(5)
        self.answer(level=0)
        gone = self.withdraw()
        self.clock.work(6)
        self.answer(level=1)
        unfixed = self.applying.lapse()
        late = self.lapse()
        rows = Opinion.objects.filter(dossier__campaign=self.campaign)
        against = rows.filter(state=OpinionState.DISAGREED).count()
        said = rows.exclude(state__in=[OpinionState.SILENT, OpinionState.ASKED]).count()
        return (
            f"答复 {said} 件（不同意 {against} 件），逾期视为无异议 {late} 件；"
            f"撤回 {gone} 份，逾期未补正 {unfixed} 份"
        )

    def asked(self) -> list[Opinion]:
        rows = Opinion.objects.filter(
            dossier__campaign=self.campaign,
            dossier__state=DossierState.OPINIONS,
            state=OpinionState.ASKED,
        )
        return list(rows.select_related("dossier").order_by("dossier_id", "pk"))

    def answer(self, *, level: int) -> None:
        code = self.campaign.content.procedure.levels[level].code
        for opinion in self.asked():
            if opinion.level != code:
                continue
            mute = level and opinion.department == SILENT_DEPARTMENT
            if mute and opinion.dossier_id % SILENT_ONES == 0:
                continue
            agrees = opinion.dossier_id % DOUBTED_ONES != 0 or opinion.department != "教育"
            give_opinion(
                opinion_id=opinion.pk,
                agrees=agrees,
                text=AGREED if agrees else DOUBT,
                actor=self.cast.departments[opinion.organisation_id],
            )

    def withdraw(self) -> int:
        rows = Dossier.objects.filter(campaign=self.campaign, state=DossierState.OPINIONS)
        leaving = [row for row in rows if self.applying.fate(row) == "withdraws"]
        for dossier in leaving:
            withdraw_dossier(
                dossier_id=dossier.pk,
                actor=self.cast.agent_of(dossier),
                reason="本单位正在重组，主体变更后再申报。",
            )
        return len(leaving)

    def lapse(self) -> int:
        """Take who did not answer in time for what the scheme says."""
        waiting = self.asked()
        for opinion in waiting:
            self.clock.until(self.applying.after(opinion.due_on))
        for opinion in waiting:
            settle_silence(opinion_id=opinion.pk, actor=system_actor(), on=self.clock.today)
        return len(waiting)

    def fill_pool(self) -> str:
        """Experts are proposed, admitted, and declare what ties them."""
        organiser, today = self.cast.official("organiser"), self.clock.today
        others = [code for code in ExpertField if code != ExpertField.INTEGRATION]
        for place, expert in enumerate(self.cast.experts):
            facts = ExpertFacts(
                user_id=expert.user_id or 0,
                organisation_id=expert.organisation_id or 0,
                division_id=self.cast.region,
                title=("研究员", "教授", "正高级工程师", "高级经济师")[place % 4],
                fields=[ExpertField.INTEGRATION, others[place % len(others)]],
                starts_on=today,
                ends_on=today.replace(year=today.year + TERM_YEARS, day=1),
            )
            made = propose_expert(facts=facts, actor=organiser)
            admit_expert(expert_id=made.pk, actor=organiser)
        tied = self.cast.experts[:2]
        for expert, unit in zip(tied, self.cast.applicants, strict=False):
            declare_interest(
                organisation_id=unit.pk, what="担任技术顾问", until_on=None, actor=expert
            )
        return f"入库 {len(self.cast.experts)} 人，申明利害关系 {len(tied)} 项"

    def draw(self) -> str:
        """The seed comes out in public; who is tied to an applicant is not drawn for it."""
        self.clock.until(self.campaign.seed.known_on)
        organiser = self.cast.official("organiser")
        enter_seed(campaign_id=self.campaign.pk, value=SEED, actor=organiser)
        self.applying.refresh()
        made = draw_experts(campaign_id=self.campaign.pk, actor=organiser)
        tasks = made.assignments.count()
        lots = record_of_draw(made).lots
        reasons = [row.excluded for lot in lots for row in lot.candidates]
        barred = reasons.count(Exclusion.CONFLICT)
        return f"种子 {SEED}，抽出 {tasks} 人次，因利害关系排除 {barred} 人次"

    def accept(self) -> str:
        """Everybody declares and accepts; one knows of a tie himself, and another is drawn."""
        self.clock.work(1)
        waiting = self.invited()
        recuse_from_task(
            assignment_id=waiting[0].pk,
            reason="本人去年为该企业做过管理咨询。",
            actor=self.actor_of(waiting[0]),
        )
        accepted = 0
        for task in self.invited():
            actor = self.actor_of(task)
            accept_task(assignment_id=task.pk, declares_no_interest=True, actor=actor)
            accepted += 1
        return f"申明无利害关系并接受 {accepted} 项，回避后补抽 1 项"

    def tasks(self, state: AssignmentState) -> list[Assignment]:
        rows = Assignment.objects.filter(dossier__campaign=self.campaign, state=state)
        return list(rows.select_related("expert__user", "dossier").order_by("dossier_id", "pk"))

    def invited(self) -> list[Assignment]:
        return self.tasks(AssignmentState.INVITED)

    def actor_of(self, task: Assignment) -> Actor:
        found = {row.user_id: row for row in self.cast.experts}
        return found[task.expert.user_id]

    def score(self) -> str:
        """Two experts for each file, neither of whom sees the other's points."""
        self.clock.work(6)
        items = expert_items(self.campaign)
        waiting = self.tasks(AssignmentState.ACCEPTED)
        parted = self.make_plan(list(dict.fromkeys(task.dossier_id for task in waiting)), items)
        seen: set[int] = set()
        for task in waiting:
            points = self.plan[task.dossier_id]
            if task.dossier_id in parted and task.dossier_id in seen:
                points = lowered(points, items)
            self.submit(task, points)
            seen.add(task.dossier_id)
        moderating = Dossier.objects.filter(
            campaign=self.campaign, state=DossierState.MODERATION
        ).count()
        return f"盲评 {len(waiting)} 份评分表，分差超限转复核 {moderating} 份"

    def submit(self, task: Assignment, points: dict[str, Decimal]) -> None:
        given = {
            code: Given(points=value, comment=COMMENTS[place % len(COMMENTS)])
            for place, (code, value) in enumerate(points.items())
        }
        submit_scores(
            assignment_id=task.pk,
            given=given,
            comment="产教融合基础较好，建议补充年度量化目标。",
            actor=self.actor_of(task),
        )

    def make_plan(self, dossiers: list[int], items: list[ScoredItem]) -> set[int]:
        """What the experts will find: falling from file to file, equal where the quota ends.

        The files stand in the order of the points that the platform counted, so that the pair at
        the line has equal totals. Gives the files on which the second expert differs.
        """
        counted = self.counted(dossiers)
        order = sorted(dossiers, key=lambda pk: (-sum(counted[pk]), self.rng.random()))
        step = (BEST - WORST) / max(1, len(order) - 1)
        for place, pk in enumerate(order):
            share = BEST - step * place
            self.plan[pk] = {
                item.code: (item.most * share).quantize(Decimal("0.1")) for item in items
            }
        line = (self.campaign.quota or 1) - 1
        pairs = [
            place
            for place in range(len(order) - 1)
            if counted[order[place]] == counted[order[place + 1]]
        ]
        if pairs:
            place = min(pairs, key=lambda each: abs(each - line))
            self.plan[order[place + 1]] = dict(self.plan[order[place]])
        tied = set(order[line : line + 2])
        return {pk for pk in order[1::DIVERGENT_ONES] if pk not in tied} or {order[0]}

    def counted(self, dossiers: list[int]) -> dict[int, tuple[Decimal, ...]]:
        """The points of each file that no person gives, item by item."""
        codes = {item.code for item in expert_items(self.campaign)}
        known = [code for code in self.campaign.content.criteria_by_code if code not in codes]
        rows = CriterionResult.objects.filter(dossier__in=dossiers, points__isnull=False)
        found = {
            (pk, code): points
            for pk, code, points in rows.values_list("dossier_id", "criterion", "points")
        }
        return {pk: tuple(found.get((pk, code)) or Decimal(0) for code in known) for pk in dossiers}

    def moderate(self) -> str:
        """A third expert where the files are many; then points within the experts' own."""
        self.clock.work(2)
        moderator = self.cast.official("moderator")
        rows = list(
            Dossier.objects.filter(campaign=self.campaign, state=DossierState.MODERATION).order_by(
                "number"
            )
        )
        thirds = rows[1:2]
        for dossier in thirds:
            call_third_expert(dossier_id=dossier.pk, reason=THIRD, actor=moderator)
        for task in self.invited():
            actor = self.actor_of(task)
            accept_task(assignment_id=task.pk, declares_no_interest=True, actor=actor)
            self.clock.work(2)
            self.submit(task, self.plan[task.dossier_id])
        for dossier in rows:
            points = {code: band.highest for code, band in bands_of(dossier).items()}
            settle_moderation(
                dossier_id=dossier.pk, points=points, reason=MODERATED, actor=moderator
            )
        return f"复核 {len(rows)} 份，其中增派第三位专家 {len(thirds)} 份"

    def visit(self) -> str:
        """Those near the line and a share by lot are visited by two; the others go on."""
        self.clock.work(2)
        organiser = self.cast.official("organiser")
        made = choose_visits(campaign_id=self.campaign.pk, actor=organiser)
        first, second = self.cast.official("visitor"), self.cast.official("keeper")
        for visit in made:
            self.arrange(visit, people=[first, second])
        self.clock.work(5)
        for visit in made:
            report_visit(
                visit_id=visit.pk,
                visited_on=self.clock.today,
                findings={},
                summary=FOUND,
                actor=first,
            )
            sign_visit(visit_id=visit.pk, actor=second)
        ranked = Dossier.objects.filter(campaign=self.campaign, state=DossierState.RANKED).count()
        return f"核查 {len(made)} 家，每家 2 人共同签字；{ranked} 份待审定"

    def arrange(self, visit: SiteVisit, *, people: Iterable[Actor]) -> None:
        plan = VisitPlan(
            planned_on=self.clock.calendar.add(self.clock.today, days=3),
            place=visit.place,
            visitors=[row.user_id or 0 for row in people],
        )
        arrange_visit(visit_id=visit.pk, plan=plan, actor=self.cast.official("organiser"))


def lowered(points: dict[str, Decimal], items: list[ScoredItem]) -> dict[str, Decimal]:
    """What somebody gives who was not convinced."""
    return {
        item.code: max(Decimal(0), points[item.code] - item.most * APART).quantize(Decimal("0.1"))
        for item in items
    }
