"""Two years of training fund returns of the demonstration city, in every state."""

from __future__ import annotations

import datetime
import random
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from silian.foundation.kernel.files import store_content
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.working_days import deadline
from silian.operations.learning.choices import (
    CallState,
    ReturnState,
    SpendingKind,
    Stance,
    TraineeClass,
)
from silian.operations.learning.demo.collections import CollectionMaker
from silian.operations.learning.demo.orders import CaseMaker
from silian.operations.learning.gateways.rulebooks import (
    deduction_of,
    entered_provisions,
    verdicts_on,
)
from silian.operations.learning.models.calls import ConsultedOffice, FundCall, FundCallUnit
from silian.operations.learning.models.returns import (
    FundReturn,
    ReturnCheck,
    ReturnOpinion,
    ReturnVersion,
)
from silian.operations.learning.rules.figures import Figures, Line
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.queries import actor_for
from silian.registers.policies.models import Parameter

CITY, MARK = "990100", "（演示）"
AUTHORITY = "青澜市人力资源和社会保障局"
CONSULTED = ("青澜市总工会", "青澜市税务局", "青澜市工业和信息化局")
OWN = "启衡精密制造有限公司"
MOST_UNITS = 60
MOST_PAPERS = 12  # each is a file on disk
BASIS = "青澜市产教融合实施意见（演示）关于职工教育培训经费的条款"
TEXT = "请对照企业所得税汇算数据填写工资总额；支出按用途填列，并写明其中用于一线职工的部分。"
CENT = Decimal("0.01")
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
THIS_YEAR = (
    # twenty turns, the telling ones first so that a small city shows them too
    ReturnState.SUBMITTED,
    ReturnState.SUBMITTED,
    ReturnState.FIXING,
    ReturnState.CONFIRMED,
    None,
    *([ReturnState.SUBMITTED] * 4),
    *([ReturnState.CONFIRMED] * 4),
    ReturnState.DRAFT,
    *([None] * 6),
)
LAST_YEAR = (
    ReturnState.CONFIRMED,
    ReturnState.ORDERED,
    ReturnState.REPORTED,
    ReturnState.REFUSED,
    ReturnState.CORRECTED,
    *([ReturnState.CONFIRMED] * 14),
    None,
)
SHARES = (
    (SpendingKind.SKILL, 42, 88),
    (SpendingKind.ADAPTATION, 24, 80),
    (SpendingKind.SPECIAL, 12, 95),
    (SpendingKind.EXTERNAL, 10, 20),
    (SpendingKind.EQUIPMENT, 12, 50),
)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A return with its first version, and the state that it is to reach."""

    row: FundReturn
    version: ReturnVersion
    state: ReturnState
    submitted_at: datetime.datetime


@dataclass
class FundBuilder:
    """The notices of two years, their enterprises, returns and opinions (经费报告演示数据)."""

    rng: random.Random
    on: datetime.date
    scale: float
    made: list[Made] = field(default_factory=list)
    checks: list[ReturnCheck] = field(default_factory=list)
    provisions: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def build(self) -> int:
        self.calendar = site_calendar()
        self.parameters()
        firms = self.firms()
        before = self.call(self.on.year - 2, issued=420, due=-330)
        call = self.call(self.on.year - 1, issued=40, due=26)
        self.units(before, firms)
        self.units(call, firms)
        self.fill(before, firms, states=LAST_YEAR)
        self.fill(call, firms, states=THIS_YEAR)
        self.keep()
        self.opinions(call)
        CollectionMaker(on=self.on).make()
        return len(self.made)

    def moment(self, days: int, *, hour: int = 10) -> datetime.datetime:
        day = self.on - datetime.timedelta(days=days)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 20)))

    def parameters(self) -> None:
        """What the city asks for; the front-line share may stand in its plan already."""
        usual: dict[str, Any] = {
            "division_id": CITY,
            "unit": "%",
            "force": "mandatory",
            "source": BASIS[:80],
            "place": "三（四）",
            "valid_from": datetime.date(2020, 1, 1),
        }
        rows = [
            {"code": "N60", "name": "fund_extraction_band", "title": "职工教育培训经费提取比例",
             "comparator": "range", "low": Decimal("1.5"), "high": Decimal("2.5")},
            {"code": "N61", "name": "frontline_share", "comparator": ">=",
             "title": "职工教育培训经费用于一线职工的比例", "value": Decimal(60)},
        ]  # fmt: skip
        is_set = Q(value__isnull=False) | Q(low__isnull=False)
        known = Parameter.objects.filter(is_set, division_id=CITY)
        stated = set(known.values_list("name", flat=True))
        Parameter.objects.bulk_create(
            Parameter(**{**usual, **row}) for row in rows if row["name"] not in stated
        )

    def firms(self) -> list[Organisation]:
        """The demonstration's own enterprise first, then others above scale."""
        rows = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED
        ).order_by("pk")
        own = list(rows.filter(name=OWN + MARK))
        others = list(rows.filter(above_scale=True).exclude(name=OWN + MARK)[:400])
        wanted = min(len(others), max(4, round((MOST_UNITS - 1) * min(self.scale, 1))))
        return [*own, *self.rng.sample(others, k=wanted)] if others else own

    def call(self, year: int, *, issued: int, due: int) -> FundCall:
        offices = {row.name: row for row in Organisation.objects.filter(
            name__in=[name + MARK for name in (AUTHORITY, *CONSULTED)])}  # fmt: skip
        call = FundCall.objects.create(
            division_id=CITY,
            year=year,
            title=f"{year} 年度职工教育培训经费提取使用情况报告",
            authority=offices[AUTHORITY + MARK],
            due_on=self.on + datetime.timedelta(days=due),
            basis=BASIS,
            text=TEXT,
            state=CallState.ISSUED,
            issued_at=self.moment(issued, hour=9),
            is_demo=True,
        )
        ConsultedOffice.objects.bulk_create(
            ConsultedOffice(call=call, organisation=offices[name + MARK], is_demo=True)
            for name in CONSULTED
            if name + MARK in offices
        )
        return call

    def units(self, call: FundCall, firms: list[Organisation]) -> None:
        FundCallUnit.objects.bulk_create(
            FundCallUnit(call=call, organisation=firm, is_demo=True) for firm in firms
        )

    def fill(
        self, call: FundCall, firms: list[Organisation], *, states: tuple[ReturnState | None, ...]
    ) -> None:
        """A return for each firm whose turn has a state; the own firm is left to be filled in."""
        first = call.year == self.on.year - 2
        for place, firm in enumerate(firms):
            state = states[place % len(states)]
            if place == 0:
                state = ReturnState.CONFIRMED if first else None
            if state is not None:
                self.fund_return(call, firm, state=state, place=place)

    def fund_return(
        self, call: FundCall, firm: Organisation, *, state: ReturnState, place: int
    ) -> None:
        ago = (self.on - call.due_on).days + 8 + place % 20 if call.due_on < self.on else place % 18
        submitted_at = self.moment(ago, hour=9 + place % 8)
        row = FundReturn(
            call=call,
            organisation=firm,
            division_id=firm.division_id,
            year=call.year,
            covers_until=call.year_ends_on,
            state=ReturnState.DRAFT,
            is_demo=True,
        )
        breaks = state in (ReturnState.ORDERED, ReturnState.REFUSED) or (
            state == ReturnState.SUBMITTED and place % 3 == 1
        )
        version = ReturnVersion(fund_return=row, number=1, is_demo=True)
        version.take(self.figures(breaks=breaks))
        if state != ReturnState.DRAFT:
            version.submitted_at = submitted_at
            entered = self.entered(call)
            facts: dict[str, Any] = {"division": CITY, "on": call.year_ends_on, "entered": entered}
            deduction = deduction_of(version.figures, **facts)
            version.carry_out = deduction.carry_out if deduction else None
            found = verdicts_on(version.figures, **facts)
            self.checks += [
                ReturnCheck(version=version, is_breach=each.is_breach, is_demo=True, **asdict(each))
                for each in found
            ]
        self.made.append(Made(row=row, version=version, state=state, submitted_at=submitted_at))

    def entered(self, call: FundCall) -> tuple[Any, ...]:
        """What the city set, read once a year."""
        if call.year not in self.provisions:
            found = entered_provisions(CITY, on=call.year_ends_on)
            self.provisions[call.year] = found
        return self.provisions[call.year]

    def figures(self, *, breaks: bool) -> Figures:
        """Plausible numbers of one firm; a breach extracts or spends too little."""
        staff = self.rng.randint(40, 900)
        wages = Decimal(staff * self.rng.randint(62_000, 98_000))
        rate = Decimal(self.rng.randint(80, 140) if breaks else self.rng.randint(155, 245))
        extracted = (wages * rate / 10_000).quantize(CENT)
        used = Decimal(self.rng.randint(91, 99)) / 100
        spending: dict[str, Line] = {}
        for kind, share, frontline in SHARES:
            amount = (extracted * used * share / 100).quantize(CENT)
            part = Decimal(frontline - 20 if breaks else frontline) / 100
            spending[kind.value] = (amount, (amount * part).quantize(CENT))
        front = round(staff * self.rng.uniform(0.55, 0.8))
        return Figures(
            wages=wages,
            extracted=extracted,
            staff=staff,
            frontline_staff=front,
            spending=spending,
            trainees={
                TraineeClass.FRONTLINE.value: round(front * 0.9),
                TraineeClass.SKILLED.value: round(staff * 0.12),
                TraineeClass.TECHNICAL.value: round(staff * 0.1),
                TraineeClass.NEWCOMERS.value: round(staff * 0.06),
            },
        )

    def keep(self) -> None:
        """Write everything in bulk, then bring each return to its state."""
        rows = FundReturn.objects.bulk_create([each.row for each in self.made])
        ReturnVersion.objects.bulk_create([each.version for each in self.made])
        ReturnCheck.objects.bulk_create(self.checks)
        cases = CaseMaker(on=self.on)
        official = User.objects.filter(username="demo-coordinator").first()
        for each in self.made:
            if each.state != ReturnState.DRAFT:
                self.bring(each, official=official)
            if each.state in cases.states:
                cases.attach(each.row, state=each.state, official=official)
        FundReturn.objects.bulk_update(
            rows,
            ["state", "current", "first_submitted_at", "check_due_at", "was_returned", "fix_list",
             "fix_due_at", "conclusion", "checked_by", "checked_at", "case", "ordered_on",
             "order_ended_on"],
        )  # fmt: skip
        self.papers()

    def bring(self, made: Made, *, official: User | None) -> None:
        """What a return of this state has beside its version."""
        row, state = made.row, made.state
        row.state, row.current, row.first_submitted_at = state, made.version, made.submitted_at
        local = timezone.localtime(made.submitted_at)
        if state == ReturnState.SUBMITTED:
            row.check_due_at = deadline(local, calendar=self.calendar, working_days=20).due_at
        elif state == ReturnState.FIXING:
            row.was_returned = True
            row.fix_list = "一、补充经费支出账簿；二、写明外送培训的人数和用途。"
            row.fix_due_at = deadline(local, calendar=self.calendar, working_days=20).due_at
        else:
            agreed = state == ReturnState.CONFIRMED
            row.conclusion = "数据与凭证一致。" if agreed else "见改正要求。"
            row.checked_by = official
            row.checked_at = made.submitted_at + datetime.timedelta(days=3)

    def papers(self) -> None:
        """Drafts of returned reports, and vouchers of the first returns."""
        for each in self.made:
            if each.state == ReturnState.FIXING:
                draft = ReturnVersion(
                    fund_return=each.row, number=2, reason="按补正清单修改", is_demo=True
                )
                draft.take(each.version.figures)
                draft.save()
        user = User.objects.filter(username="demo-enterprise").first()
        kept = [each.row for each in self.made if each.row.current_id][:MOST_PAPERS]
        if user:
            actor = actor_for(user=user, on=self.on)
            for row in kept:
                store_content(name="培训经费明细账.pdf", content=PAPER, subject=row, actor=actor)

    def opinions(self, call: FundCall) -> None:
        """What the union and the tax office said of some returns."""
        offices = [row.organisation for row in call.consulted.select_related("organisation")][:2]
        rows = [each.row for each in self.made if each.row.call == call and each.row.current_id]
        ReturnOpinion.objects.bulk_create(
            ReturnOpinion(
                fund_return=row,
                organisation=office,
                stance=Stance.DOUBTS if place % 4 == 1 else Stance.AGREES,
                text="一线职工人数与工会会员登记相差较大，请核对。" if place % 4 == 1 else "",
                given_at=self.moment(1),
                is_demo=True,
            )
            for place, row in enumerate(rows)
            for office in offices[: 1 + place % 2]
        )
