"""Competitions of the demonstration city in every state, with entrants, training and results."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from silian.foundation.reference.models import Occupation
from silian.operations.learning.choices import CompetitionState, Prize
from silian.operations.learning.models.awards import SkillObjection
from silian.operations.learning.models.competitions import (
    Competition,
    Entrant,
    JointOrganiser,
    ResultCorrection,
    SessionPlace,
    TrainingSession,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Affiliation

CITY, MARK = "990100", "（演示）"
UNION, LABOUR = "青澜市总工会", "青澜市人力资源和社会保障局"
OWN = "启衡精密制造有限公司"
S = CompetitionState
PLANS = (
    # title, level, occupation, organiser, state, days from today to the first day of it
    ("青澜市职工数控车工技能竞赛", "city", "6-18-01-01", UNION, S.OPEN, 24),
    ("青澜市职工焊工技能竞赛", "city", "6-18-02-04", UNION, S.RESULTS, -60),
    ("青澜市电工职业技能竞赛", "city", "6-31-01-03", LABOUR, S.RESULTS, -6),
    ("青澜市工业机器人系统操作员竞赛", "city", "6-31-07-03", LABOUR, S.HELD, -4),
    ("启衡精密制造职工钳工比武", "enterprise", "6-20-01-01", OWN, S.PUBLISHED, 40),
    ("青澜市养老护理员技能竞赛", "city", "4-10-01-05", LABOUR, S.CANCELLED, 18),
    ("高新区职工岗位练兵竞赛", "county", "6-20-01-01", UNION, S.DRAFT, 60),
)
PRIZES = (Prize.FIRST, Prize.SECOND, Prize.SECOND, Prize.THIRD, Prize.THIRD, Prize.MERIT)
MOST, FEWEST = 28, 6


@dataclass
class CompetitionBuilder:
    """Makes the same competitions from the same seed, day and scale (技能竞赛演示数据)."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    rows: list[Competition] = field(default_factory=list)

    def build(self) -> int:
        names = [name + MARK for name in (UNION, LABOUR, OWN)]
        self.units = {
            row.name.removesuffix(MARK): row for row in Organisation.objects.filter(name__in=names)
        }
        self.workers = self.employees()
        self.base = (
            Organisation.objects.filter(
                kind=OrganisationKind.SCHOOL, state=OrganisationState.VERIFIED
            )
            .order_by("pk")
            .first()
        )
        known = Occupation.objects.in_bulk([plan[2] for plan in PLANS])
        spare = Occupation.objects.filter(pk__startswith="6-").order_by("pk").first()
        for title, level, code, organiser, state, days in PLANS:
            occupation = known.get(code, spare)
            if organiser in self.units and occupation is not None:
                self.competition(title, level, occupation, self.units[organiser], state, days)
        return len(self.rows)

    def day(self, days: int) -> datetime.date:
        return self.on + datetime.timedelta(days=days)

    def moment(self, days: int) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(self.day(days), datetime.time(10)))

    def employees(self) -> list[Affiliation]:
        rows = Affiliation.objects.filter(
            kind="employee", ends_on__isnull=True, organisation__kind=OrganisationKind.ENTERPRISE
        ).select_related("person", "organisation")
        own = list(rows.filter(organisation__name=OWN + MARK).order_by("pk")[:4])
        others = list(rows.exclude(organisation__name=OWN + MARK).order_by("pk")[:400])
        return [*own, *self.rng.sample(others, k=min(len(others), 300))]

    def competition(
        self,
        title: str,
        level: str,
        occupation: Occupation,
        organiser: Organisation,
        state: CompetitionState,
        days: int,
    ) -> None:
        """One competition with everything that its state brings."""
        over = state == S.RESULTS
        row = Competition.objects.create(
            title=title, level=level, occupation=occupation, organiser=organiser,
            division_id=organiser.division_id, base=self.base, state=state, is_demo=True,
            place="青澜市职业技能实训中心", opens_on=self.day(days - 40),
            closes_on=self.day(days - 12), starts_on=self.day(days), ends_on=self.day(days + 1),
            unit_limit=0 if level == "enterprise" else 3,
            basis="青澜市产教融合实施意见（演示）关于职工技能竞赛的条款",
            text="理论占三成，实操占七成。一等奖 1 名，二等奖 2 名，三等奖 2 名，优胜若干。",
            cancel_reason="场地检修，推迟到明年举办。" if state == S.CANCELLED else "",
            results_on=self.day(days + 3) if over else None,
            objections_until=self.day(days + 10) if over else None,
        )  # fmt: skip
        self.rows.append(row)
        other = self.units.get(LABOUR if organiser.name.startswith(UNION) else UNION)
        if other and level != "enterprise":
            JointOrganiser.objects.create(competition=row, organisation=other, is_demo=True)
        if state in (S.OPEN, S.HELD, S.RESULTS):
            entrants = self.entrants(row)
            self.training(row, entrants)
            if over and entrants:
                self.disputes(row, entrants)

    def entrants(self, row: Competition) -> list[Entrant]:
        """Workers of several firms; ranks and prizes where results are out."""
        wanted = max(FEWEST, round(MOST * min(self.scale, 1)))
        sample = self.rng.sample(self.workers, k=min(len(self.workers), wanted))
        mine = self.workers[:2] if row.state == S.RESULTS else []
        people = list({each.person_id: each for each in [*mine, *sample]}.values())
        scored = row.state == S.RESULTS
        made = [
            Entrant(
                competition=row, person=each.person, employer=each.organisation,
                entered_at=self.moment(0) - datetime.timedelta(days=30), is_demo=True,
                rank=place if scored else None,
                score=Decimal(97) - Decimal(place) * Decimal("1.25") if scored else None,
                prize=PRIZES[place - 1] if scored and place <= len(PRIZES) else "",
            )
            for place, each in enumerate(people, start=1)
        ]  # fmt: skip
        return Entrant.objects.bulk_create(made)

    def training(self, row: Competition, entrants: list[Entrant]) -> None:
        """A session before the competition; who came is known once it is over."""
        if self.base is None:
            return
        session = TrainingSession.objects.create(
            competition=row, base=self.base, title="赛前集训", trainer="周启明",
            starts_on=row.starts_on - datetime.timedelta(days=8),
            ends_on=row.starts_on - datetime.timedelta(days=4), hours=32,
            place="实训楼 2 号车间", is_demo=True,
        )  # fmt: skip
        past = session.ends_on < self.on
        SessionPlace.objects.bulk_create(
            SessionPlace(
                session=session, entrant=entrant, attended=place % 7 != 3 if past else None,
                is_demo=True,
            )
            for place, entrant in enumerate(entrants)
        )  # fmt: skip

    def disputes(self, row: Competition, entrants: list[Entrant]) -> None:
        """A correction of older results, an open objection against the newest."""
        user = User.objects.filter(username="demo-enterprise").first()
        if row.objections_until is not None and row.objections_until < self.on:
            entrant = entrants[-1]
            ResultCorrection.objects.create(
                entrant=entrant,
                before={**entrant.stated, "成绩": "58.00"},
                after=entrant.stated,
                reason="复核实操计时，加回漏计的分数。",
                made_at=self.moment(-50),
                is_demo=True,
            )
            return
        SkillObjection.objects.create(
            competition=row, about="第 3 名成绩", text="实操计时可能有误，请复核计时记录。",
            raised_by=user, raised_at=self.moment(-1), is_demo=True,
        )  # fmt: skip
