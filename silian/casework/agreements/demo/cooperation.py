"""Cooperation agreements of the demonstration city, in every form and state."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from silian.casework.agreements.choices import (
    AgreementState,
    CooperationForm,
    CooperationLevel,
    LifeEventKind,
)
from silian.casework.agreements.commands.drafting import PartyDraft
from silian.casework.agreements.demo.agreements import SeedAgreement, seed_agreements
from silian.casework.agreements.models import Agreement, LifeEvent
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Membership, Organisation

COOPERATIONS = 60
OWN_SCHOOL, OWN_ENTERPRISE = "demo-school", "demo-enterprise"
SUBJECTS = (
    ("数控技术", "数控实训车间", "活页教材《零件多轴加工》"),
    ("机电一体化技术", "产线调试中心", "典型工作任务 12 个"),
    ("新能源汽车技术", "整车检测工位", "课程标准 3 门"),
    ("软件技术", "真实项目工作室", "项目案例库 1 个"),
    ("护理", "照护实训病区", "操作视频 40 条"),
    ("现代物流管理", "智能仓配实训场", "岗位能力标准 1 套"),
    ("烹饪工艺与营养", "教学餐厅", "技能考核题库 1 套"),
)
NOT_SENT, HALF, REFUSED, LAPSED, OVER = range(5)
STATES = (None,) * 14 + (NOT_SENT, HALF, HALF, REFUSED, LAPSED, OVER)
STRIDE = 7  # mixes the states; shares no factor with their number
REASON_SUSPENDED = "企业产线搬迁，实训暂停"
REASON_TERMINATED = "双方协商一致，专业停招"


@dataclass
class CooperationBuilder:
    """Makes the same agreements from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0

    def build(self) -> int:
        """Write the agreements; returns how many."""
        schools, enterprises = self.units("school"), self.units("enterprise")
        if not schools or not enterprises:
            return 0
        now = timezone.make_aware(datetime.datetime.combine(self.on, datetime.time(9)))
        rows = list(self.rows(schools, enterprises))
        made = seed_agreements(rows, now=now)
        self.turn_some(made)
        return len(made)

    def units(self, kind: str) -> list[Organisation]:
        """Verified demonstration units, the one with a demonstration login first."""
        login = OWN_SCHOOL if kind == "school" else OWN_ENTERPRISE
        own = Membership.objects.filter(user__username=login).values("organisation_id")
        rows = Organisation.objects.filter(
            kind=OrganisationKind(kind), state=OrganisationState.VERIFIED, is_demo=True
        )
        first = list(rows.filter(pk__in=own))
        return first + list(rows.exclude(pk__in=own).order_by("pk")[:60])

    def rows(
        self, schools: list[Organisation], enterprises: list[Organisation]
    ) -> Iterator[SeedAgreement]:
        """One row for each pair, the logins' units more often than others."""
        for place in range(max(1, int(COOPERATIONS * min(self.scale, 1)))):
            school = schools[0] if place % 4 == 0 else self.rng.choice(schools)
            enterprise = enterprises[0] if place % 8 == 0 else self.rng.choice(enterprises)
            yield self.row(place, school, enterprise)

    def row(self, place: int, school: Organisation, enterprise: Organisation) -> SeedAgreement:
        form = CooperationForm.values[place % len(CooperationForm.values)]
        subject = SUBJECTS[place % len(SUBJECTS)]
        state = STATES[place * STRIDE % len(STATES)]
        starts_on, ends_on, sent_on = self.days(state)
        label = CooperationForm(form).label
        sent = datetime.datetime.combine(sent_on, datetime.time(10)) if sent_on else None
        return SeedAgreement(
            kind="cooperation",
            title=f"{subject[0]}专业“{label}”合作（{enterprise.display_name}）",
            division_id=school.division_id,
            organiser_id=school.pk,
            parties=[
                PartyDraft(role="school", organisation_id=school.pk),
                PartyDraft(role="enterprise", organisation_id=enterprise.pk),
            ],
            terms=self.terms(form, subject, place),
            starts_on=starts_on,
            ends_on=ends_on,
            signed=self.signed(state),
            sent_at=timezone.make_aware(sent) if sent else None,
            refused_by="enterprise" if state == REFUSED else "",
            refusal="设备投入的折旧和搬迁费用没有写明，请补充后再签。",
        )

    def days(self, state: int | None) -> tuple[datetime.date, datetime.date, datetime.date | None]:
        """First day, last day and day of sending that lead to a state."""
        if state is None:
            starts = self.on - datetime.timedelta(days=self.rng.randrange(40, 900))
            years = self.rng.choice((2, 3, 3, 5))
            ends = starts + datetime.timedelta(days=365 * years)
            left = self.rng.randrange(8, 60) if self.rng.random() < 0.12 else None
            last = self.on + datetime.timedelta(days=left) if left else ends
            ends = last if last > self.on else self.on + datetime.timedelta(days=200)
            return starts, ends, starts - datetime.timedelta(days=20)
        if state == OVER:
            ends = self.on - datetime.timedelta(days=self.rng.randrange(20, 200))
            starts = ends - datetime.timedelta(days=730)
            return starts, ends, starts - datetime.timedelta(days=20)
        starts = self.on + datetime.timedelta(days=self.rng.randrange(30, 90))
        ends = starts + datetime.timedelta(days=1095)
        ago = {NOT_SENT: None, HALF: 4, REFUSED: 15, LAPSED: 60}[state]
        return starts, ends, self.on - datetime.timedelta(days=ago) if ago else None

    def signed(self, state: int | None) -> frozenset[str] | None:
        if state in (None, OVER):
            return None
        return frozenset({"enterprise"}) if state == HALF else frozenset()

    def terms(self, form: str, subject: tuple[str, str, str], place: int) -> dict[str, Any]:
        """What the two sides agree on."""
        programme, workshop, result = subject
        students = self.rng.randrange(30, 160, 5)
        return {
            "form": form,
            "level": CooperationLevel.values[place % 3],
            "is_pairing": form == CooperationForm.PAIRED or place % 5 == 0,
            "scope": ["共同制定人才培养方案", f"共建{workshop}", "学生岗位实习", "教师企业实践"],
            "programmes": [programme],
            "students_a_year": students,
            "school_input": f"提供{workshop}场地和专任教师 {self.rng.randrange(3, 9)} 人。",
            "enterprise_input": f"投入设备并派出企业导师 {self.rng.randrange(4, 16)} 人。",
            "investment": str(self.rng.randrange(20, 900) * 10_000),
            "deliverables": [f"开发{result}", f"每年联合培养学生 {students} 人"],
            "ownership": "合作形成的教学资源由双方共有，企业的商业秘密归企业。",
            "student_rights": "学生有权事先知道学习安排、取得报酬和劳动保护，"
            "应当遵守安全规程和保密约定。",
            "school_duties": "落实教学安排，配备指导教师，为学生投保实习责任保险。",
            "enterprise_duties": "提供合格的岗位和导师，按时付清报酬，做好岗前安全培训。",
            "liaison": "双方产教融合办公室",
            "exit": "提前通知对方，清点共建设备，按投入份额处置。",
        }

    def turn_some(self, made: list[Agreement]) -> None:
        """Two suspended and two terminated among those in force."""
        active = [row for row in made if row.state == AgreementState.ACTIVE]
        turns = (
            (active[3:5], AgreementState.SUSPENDED, LifeEventKind.SUSPENDED, REASON_SUSPENDED),
            (active[7:9], AgreementState.TERMINATED, LifeEventKind.TERMINATED, REASON_TERMINATED),
        )
        for rows, state, kind, reason in turns:
            Agreement.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
            day = self.on - datetime.timedelta(days=12)
            LifeEvent.objects.bulk_create(
                LifeEvent(agreement=row, kind=kind, on=day, reason=reason) for row in rows
            )
