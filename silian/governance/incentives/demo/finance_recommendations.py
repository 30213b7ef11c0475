"""The list that the demonstration city recommends to its banks, proposed and decided by two."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

from silian.governance.accreditation.demo.cast import Cast
from silian.governance.incentives.choices.finance import NeedState, RecommendationState
from silian.governance.incentives.commands.finance_recommendations import published_edition
from silian.governance.incentives.models import FinancingNeed, ProjectRecommendation
from silian.governance.incentives.queries.finance_recommendations import (
    frozen,
    gates_of,
    ground_of,
)
from silian.governance.incentives.rules.finance_eligibility import is_eligible
from silian.registers.accounts.models import User
from silian.registers.organisations.queries import actor_for

S = RecommendationState
STATES = (S.ISSUED, S.ISSUED, S.ISSUED, S.ISSUED, S.APPROVED, S.PROPOSED, S.REMOVED)
REASON = "项目手续齐全，校企投入已到位，设备比选完成，还款来源为企业经营收入。"


@dataclass
class FinanceListBuilder:
    """Seven recommendations in every state, four of them published as an edition."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Propose what is eligible; returns how many."""
        self.cast = Cast(on=self.on)
        decider = User.objects.filter(username="demo-department").first()
        if not self.cast.ready() or decider is None:
            return 0
        self.coordinator, self.decider = self.cast.coordinator(), decider
        rows = FinancingNeed.objects.filter(state=NeedState.OPEN, project__isnull=False)
        needs = list(rows.select_related("owner", "project").order_by("pk"))
        gates = gates_of(needs, on=self.on)
        eligible = [need for need in needs if is_eligible(gates[need.pk])]
        made = ProjectRecommendation.objects.bulk_create(
            [
                self.row(need, state, frozen(gates[need.pk]))
                for need, state in zip(eligible, STATES, strict=False)
            ]
        )
        self.issue([row for row in made if row.state == S.ISSUED])
        return len(made)

    def row(
        self, need: FinancingNeed, state: RecommendationState, gates: list[dict[str, object]]
    ) -> ProjectRecommendation:
        ground = ground_of(division=need.division_id, on=self.on)
        decided = state != S.PROPOSED
        removed = state == S.REMOVED
        return ProjectRecommendation(
            need=need,
            division_id=need.division_id,
            state=state,
            basis=ground.basis,
            force=ground.force,
            gates=gates,
            reason=REASON,
            proposed_by=self.coordinator,
            proposed_at=self.cast.moment(6),
            decided_by=self.decider if decided else None,
            decided_at=self.cast.moment(5) if decided else None,
            opinion="同意推荐。" if decided else "",
            issued_on=self.cast.day(4) if state == S.ISSUED else None,
            removed_by=self.coordinator if removed else None,
            removed_at=self.cast.moment(2) if removed else None,
            remove_reason="项目缓建，建设单位暂不需要融资。" if removed else "",
            is_demo=True,
        )

    def issue(self, rows: list[ProjectRecommendation]) -> None:
        """One edition with those that are out."""
        if not rows:
            return
        actor = actor_for(user=self.coordinator, on=self.on)
        found = ProjectRecommendation.objects.filter(pk__in=[row.pk for row in rows])
        listed = list(found.select_related("need__owner", "need__project", "division"))
        day = self.cast.day(4)
        edition = published_edition(listed, actor=actor, on=day, now=self.cast.moment(4))
        found.update(edition=edition)
