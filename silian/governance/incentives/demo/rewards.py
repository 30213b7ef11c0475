"""Builds results, reward decisions in every state, the ledger and two restrictions."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from silian.governance.accreditation.demo.cast import CITY, Cast
from silian.governance.incentives.choices.rewards import (
    ADVERSE_LEVELS,
    ENTERED_LEVELS,
    CandidateStanding,
    RestrictionMeasure,
    RestrictionState,
    ResultSource,
    RewardMeasure,
    RewardState,
    UseOutcome,
)
from silian.governance.incentives.commands.reward_entries import entry_of, write_ledger
from silian.governance.incentives.commands.reward_results import collect_results
from silian.governance.incentives.gateways.reward_rules import frozen, rewards_of
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import RewardCandidate, RewardDecision
from silian.governance.incentives.models.reward_results import EvaluationResult, ResultUse
from silian.governance.incentives.queries.rewards import (
    frozen_facts,
    results_counted,
    subjects_of,
)
from silian.governance.incentives.rules.rewards import Placed, frozen_row, placed
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

REPORT = "青澜市 {year} 年产教融合效能评价报告（演示）"
S, M = RewardState, RewardMeasure
# title, measure, state, quota, days since proposed, what is given
DECISIONS: tuple[tuple[str, RewardMeasure, RewardState, int | None, int, dict[str, Any]], ...] = (
    ("上年度产教融合表彰", M.COMMENDATION, S.GIVEN, 8, 150, {"words": "通报表彰"}),
    ("产教融合型企业创新平台优先支持", M.PRIORITY_SUPPORT, S.GIVEN, 6, 110,
     {"words": "同等条件优先列入创新平台建设计划"}),
    ("实训基地建设项目支持", M.PROJECT_SUPPORT, S.GIVEN, 5, 80,
     {"words": "列入实训基地建设计划", "quantity": Decimal(2), "unit": "个项目"}),
    ("下一批试点单位遴选", M.PILOT_CHOICE, S.NOTICE, 4, 24, {"words": "列为试点单位"}),
    ("年度投入引导安排", M.INVESTMENT_GUIDANCE, S.PROPOSED, 6, 9,
     {"words": "优先列入专项资金安排"}),
    ("年度绩效考核依据", M.PERFORMANCE_REVIEW, S.DRAFT, None, 3, {}),
)  # fmt: skip


def candidate_of(
    decision: RewardDecision,
    each: Placed,
    results: dict[int, EvaluationResult],
    given: dict[str, Any],
) -> RewardCandidate:
    """A unit of a list as the computation placed it."""
    return RewardCandidate(
        decision=decision,
        organisation_id=each.subject.organisation_id,
        subject_name=each.subject.name,
        order=each.order,
        standing=each.standing,
        reason=each.reason,
        basis=each.basis,
        facts=frozen_facts(each.subject, results, ()),
        within_quota=each.within_quota,
        chosen=each.within_quota,
        **(given if each.within_quota else {}),
    )


@dataclass
class RewardBuilder:
    """Makes the same decisions from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        self.cast = Cast(on=self.on)
        if not self.cast.ready():
            return 0
        self.proposer = User.objects.get(username="demo-department")
        self.decider = self.cast.coordinator()
        self.office = self.cast.organisation("青澜市工业和信息化局")
        collect_results(division=CITY, now=self.cast.moment(0), is_demo=True)
        self.enter_results()
        made = [self.decision(*row) for row in DECISIONS]
        return len(made) + self.restrictions()

    def enter_results(self) -> None:
        """Third-party results of schools and enterprises of last year."""
        units = [*self.cast.schools(), *self.rng.sample(self.enterprises(), len(self.some()))]
        year = self.on.year - 1
        EvaluationResult.objects.bulk_create([self.entered(unit, year) for unit in units])

    def enterprises(self) -> list[Organisation]:
        return self.cast.enterprises()

    def some(self) -> range:
        return range(min(18, len(self.enterprises())))

    def entered(self, unit: Organisation, year: int) -> EvaluationResult:
        score = Decimal(self.rng.randint(640, 970)) / 10
        level = next(
            level
            for level, least in zip(ENTERED_LEVELS, (90, 80, 70, 66, 0), strict=True)
            if score >= least
        )
        return EvaluationResult(
            source=ResultSource.THIRD_PARTY,
            reference=f"demo:{year}:{unit.pk}",
            organisation=unit,
            subject_kind=unit.kind,
            subject_name=unit.name,
            division_id=unit.division_id,
            level=level,
            score=score,
            words=f"{year} 年产教融合效能评价：{level.label}",
            decided_on=self.cast.day(200),
            document=REPORT.format(year=year),
            entered_by=self.proposer,
            entered_for=self.office,
            taken_at=self.cast.moment(198),
            is_demo=True,
        )

    def decision(
        self,
        title: str,
        measure: RewardMeasure,
        state: RewardState,
        quota: int | None,
        days: int,
        given: dict[str, Any],
    ) -> RewardDecision:
        known = rewards_of(CITY, on=self.on).values()
        rows = [row for row in known if row.measure == measure]
        decided = state in (S.NOTICE, S.GIVEN)
        decision = RewardDecision.objects.create(
            title=f"{self.on.year} 年{title}",
            measure=measure,
            rules=[frozen(row) for row in rows],
            division_id=CITY,
            office=self.office,
            starts_on=datetime.date(self.on.year - 2, 1, 1),
            ends_on=self.on + datetime.timedelta(days=1),
            lasts_until=datetime.date(self.on.year + 1, 12, 31),
            quota=quota,
            state=state,
            proposed_by=self.proposer,
            proposed_at=self.cast.moment(days),
            computed_at=self.cast.moment(days),
            submitted_at=self.cast.moment(days - 1) if state != S.DRAFT else None,
            **(self.decided(state, days) if decided else {}),
            published_on=self.cast.day(days - 14) if state == S.GIVEN else None,
            is_demo=True,
        )
        listed = self.list_for(decision, given)
        if state == S.GIVEN and decision.published_on:
            write_ledger(decision, listed=listed, today=decision.published_on)
            self.correct_one(decision, listed)
        return decision

    def decided(self, state: RewardState, days: int) -> dict[str, Any]:
        """Who agreed, until when the notice runs, in how many days objections are answered."""
        return {
            "decided_by": self.decider,
            "decided_at": self.cast.moment(days - 3),
            "opinion": "同意。",
            "notice_until": self.notice_end(state, days),
            "contact": "青澜市工业和信息化局，0000-000000",
            "objection_days": 5,
        }

    def notice_end(self, state: RewardState, days: int) -> datetime.date | None:
        """Seven days of notice; the open one ends in three."""
        if state == S.NOTICE:
            return self.cast.day(-3)
        return self.cast.day(days - 10) if state == S.GIVEN else None

    def list_for(self, decision: RewardDecision, given: dict[str, Any]) -> list[RewardCandidate]:
        rows = [frozen_row(row) for row in decision.rules]
        results = {row.pk: row for row in results_counted(decision, rows, on=self.on)}
        subjects = subjects_of(list(results.values()), vetoes={})
        order = placed(subjects, rows=rows, quota=decision.quota)
        made = [candidate_of(decision, each, results, given) for each in order]
        self.deviate(made)
        return RewardCandidate.objects.bulk_create(made)

    def deviate(self, rows: Sequence[RewardCandidate]) -> None:
        """One unit of a full list gives way, with the reason."""
        chosen = [row for row in rows if row.chosen]
        waiting = [row for row in rows if row.standing == CandidateStanding.MEETS][len(chosen) :]
        if len(chosen) < 4 or not waiting:
            return
        last, following = chosen[-1], waiting[0]
        last.chosen, last.deviation = False, "上一批已列入，本批让出名额"
        following.chosen, following.deviation = True, "递补让出的名额"
        for name in ("words", "quantity", "unit"):
            setattr(following, name, getattr(last, name))
        last.words, last.quantity, last.unit = "", None, ""

    def correct_one(self, decision: RewardDecision, listed: Sequence[RewardCandidate]) -> None:
        """One entry was wrong and stays beside its correction."""
        entry = decision.entries.order_by("pk").last()
        if decision.measure != M.PROJECT_SUPPORT or entry is None:
            return
        entry.state, entry.reason = "corrected", "项目数录入错误，按计划文件更正"
        entry.ended_on = self.cast.day(40)
        entry.save()
        again = entry_of(decision, entry.candidate, today=entry.given_on)
        again.quantity, again.replaces = Decimal(1), entry
        again.save()

    def restrictions(self) -> int:
        """One restriction in force, one that waits for the unit's words."""
        adverse = EvaluationResult.objects.filter(
            level__in=sorted(ADVERSE_LEVELS), is_current=True, division__code__startswith="9901"
        ).order_by("pk")
        units: dict[int, EvaluationResult] = {}
        for row in adverse:
            units.setdefault(row.organisation_id, row)
        found = list(units.values())[:2]
        states = (RestrictionState.IMPOSED, RestrictionState.NOTICED)
        made = [
            self.restriction(result, state) for result, state in zip(found, states, strict=False)
        ]
        return len(made)

    def restriction(self, result: EvaluationResult, state: RestrictionState) -> Restriction:
        imposed = state == RestrictionState.IMPOSED
        row = Restriction.objects.create(
            organisation_id=result.organisation_id,
            division_id=result.division_id,
            office=self.office,
            measure=RestrictionMeasure.CLOSE_SUPERVISION,
            result=result,
            document="青澜市产教融合项目监管办法（演示）",
            clause="第十二条",
            facts=f"{result.words}。",
            state=state,
            proposed_by=self.proposer,
            noticed_at=self.cast.moment(60 if imposed else 4),
            reply_by=self.cast.day(50 if imposed else -6),
            starts_on=self.cast.day(45) if imposed else None,
            ends_on=self.cast.day(-320) if imposed else None,
            appeal_by=self.cast.day(-15) if imposed else None,
            decision="期满没有陈述，按规定列为重点监管。" if imposed else "",
            decided_by=self.decider if imposed else None,
            decided_at=self.cast.moment(45) if imposed else None,
            is_demo=True,
        )
        if imposed:
            ResultUse.objects.create(
                result=result,
                restriction=row,
                outcome=UseOutcome.RESTRICTED,
                used_on=self.cast.day(45),
            )
        return row
