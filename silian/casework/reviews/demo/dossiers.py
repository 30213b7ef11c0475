"""Builds two open batches of the demonstration city with applications at every early stage."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import (
    CampaignState,
    DossierState,
    OpinionState,
    SeatRole,
)
from silian.casework.reviews.commands.dossiers import number_of, seal_version
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.demo.versions import version_in_force
from silian.casework.reviews.models import (
    Campaign,
    CampaignOffice,
    Dossier,
    DossierSeat,
    Evidence,
    MaterialFix,
    Opinion,
    Passage,
    SchemeVersion,
)
from silian.casework.reviews.queries.prefill import prefilled_answers
from silian.casework.reviews.rules.form import normalised_answers, visible_fields
from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.files import store_content
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.people.models import Person

CITY, PROVINCE = "990100", "990000"
MARK = "（演示）"
ENTERPRISE_SCHEME, TEACHER_SCHEME = "integrated_enterprise", "dual_qualified_intermediate"
UNITS = {
    "发展改革": "青澜市发展和改革委员会",
    "教育": "青澜市教育局",
    "人力资源社会保障": "青澜市人力资源和社会保障局",
    "工业和信息化": "青澜市工业和信息化局",
}
COUNTY_UNITS = {"教育": "教育体育局", "人力资源社会保障": "人力资源和社会保障局"}
STATES = (
    # state, how many, working days that the stage has been open
    (DossierState.DRAFT, 5, 3),
    (DossierState.SUBMITTED, 6, 2),
    (DossierState.FIXING, 2, 4),
    (DossierState.OPINIONS, 6, 6),
)
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
ANSWERS: dict[str, Any] = {
    "registered_here": True,
    "sector": "manufacturing",
    "accident": False,
    "credit_trouble": False,
    "runs_school": False,
    "certificates_pilot": False,
    "apprenticeship": True,
    "apprenticeship_what": "与青澜职业技术学院联合培养数控技术学徒，在册 24 人。",
    "business": "精密零部件和自动化产线的研发与制造。",
    "plan": "三年内建成 2 个生产性实训基地，每年提供不少于 60 个实习岗位，共同开发 4 门课程。",
    "student_rights": "按月支付实习报酬，购买实习责任保险，双师带教，设立学生意见信箱。",
}
NOTICE = (
    "面向全市深度参与职业教育的企业。先入库建设培育，满期后评估认证。\n"
    "材料在线填报，平台已有的单位、协议和实习信息自动带出，请逐项核对并上传佐证材料。"
)


@dataclass
class DossierBuilder:
    """Makes the same batches and applications from the same seed and day."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        """The schemes' versions, two batches with offices, and applications."""
        self.calendar = site_calendar()
        self.owner = Organisation.objects.get(name=f"{UNITS['发展改革']}{MARK}")
        self.now = self.moment(self.on, hour=9)
        enterprises = self.batch(ENTERPRISE_SCHEME, title="产教融合型企业", quota=12)
        teachers = self.batch(TEACHER_SCHEME, title="双师型教师（中级）", quota=None)
        made = self.enterprise_dossiers(enterprises)
        made += self.teacher_drafts(teachers)
        return 2 + made

    def moment(self, day: datetime.date, *, hour: int) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))

    def enterprise_version(self) -> SchemeVersion:
        """The version by which the demonstration's enterprises are judged."""
        return self.version(ENTERPRISE_SCHEME)

    def version(self, code: str) -> SchemeVersion:
        published_at = self.now - datetime.timedelta(days=40)
        return version_in_force(code, owner=self.owner, published_at=published_at)

    def batch(self, code: str, *, title: str, quota: int | None) -> Campaign:
        """An open batch with an office for every level, department and county."""
        opens_on = self.on - datetime.timedelta(days=20)
        campaign = Campaign.objects.create(
            version=self.version(code),
            division_id=CITY,
            owner=self.owner,
            year=self.on.year,
            number=1,
            title=f"{self.on.year} 年青澜市{title}认定",
            state=CampaignState.OPEN,
            opens_on=opens_on,
            closes_on=self.on + datetime.timedelta(days=25),
            quota=quota,
            notice_text=NOTICE if code == ENTERPRISE_SCHEME else "由所在学校为教师申报。",
            contact="青澜市发展和改革委员会社会事业科，0000-000000",
            announced_at=self.moment(opens_on, hour=8),
            is_demo=True,
        )
        CampaignOffice.objects.bulk_create(self.offices(campaign))
        return campaign

    def offices(self, campaign: Campaign) -> list[CampaignOffice]:
        """The city's unit for every level; at the first of two levels the counties' own."""
        levels = campaign.content.procedure.levels
        city = {row.name: row for row in self.governments()}
        rows = []
        for level in levels:
            for department in level.departments:
                unit = city[f"{UNITS[department]}{MARK}"]
                rows.append(self.office(campaign, level.code, department, unit, CITY))
                if level is levels[0] and len(levels) > 1 and department in COUNTY_UNITS:
                    rows += [
                        self.office(campaign, level.code, department, row, row.division_id)
                        for name, row in city.items()
                        if row.division_id != CITY and COUNTY_UNITS[department] in name
                    ]
        return rows

    def governments(self) -> Iterable[Organisation]:
        return Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT, division__code__startswith="9901"
        )

    def office(
        self, campaign: Campaign, level: str, department: str, unit: Organisation, division: str
    ) -> CampaignOffice:
        return CampaignOffice(
            campaign=campaign,
            level=level,
            department=department,
            organisation=unit,
            division_id=division,
        )

    def enterprise_dossiers(self, campaign: Campaign) -> int:
        """Applications of the well-known enterprise and of others, from draft to opinions."""
        first = Organisation.objects.filter(name=f"启衡精密制造有限公司{MARK}")
        others = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE, state="verified", above_scale=True
        ).exclude(pk__in=first)
        chosen = [*first, *others.order_by("pk")[:60]]
        states = [(state, days) for state, count, days in STATES for _ in range(count)]
        units = [chosen[0], *self.rng.sample(chosen[1:], min(len(states) - 1, len(chosen) - 1))]
        rows = [
            self.dossier(campaign, unit, state=state, days=days)
            for unit, (state, days) in zip(units, states, strict=False)
        ]
        made = Dossier.objects.bulk_create(rows)
        Campaign.objects.filter(pk=campaign.pk).update(last_number=self.numbered)
        self.seat_applicants(made)
        for dossier in made:
            self.furnish(dossier)
        return len(made)

    numbered: int = 0

    def dossier(
        self, campaign: Campaign, unit: Organisation, *, state: DossierState, days: int
    ) -> Dossier:
        content = campaign.content
        known = prefilled_answers(content, unit, self.on)
        said = {**known, **(ANSWERS if state != DossierState.DRAFT else {"registered_here": True})}
        since = self.moment(self.calendar.add(self.on, days=-days), hour=10)
        is_draft = state == DossierState.DRAFT
        if not is_draft:
            self.numbered += 1
        return Dossier(
            campaign=campaign,
            applicant=unit,
            subject_name=unit.name,
            division_id=unit.division_id,
            size=unit.size,
            state=state,
            state_since=since,
            due_on=self.due(campaign, state, since),
            number=None if is_draft else number_of(campaign, self.numbered),
            submitted_at=None if is_draft else since - datetime.timedelta(days=1),
            answers=normalised_answers(content, said, partial=True),
            level=1 if state == DossierState.OPINIONS else 0,
            is_demo=True,
        )

    def due(
        self, campaign: Campaign, state: DossierState, since: datetime.datetime
    ) -> datetime.date | None:
        if state == DossierState.DRAFT:
            return campaign.closes_on - datetime.timedelta(days=1)
        procedure = campaign.content.procedure
        said = {
            DossierState.SUBMITTED: procedure.intake_days,
            DossierState.FIXING: procedure.fix_days,
            DossierState.OPINIONS: procedure.levels[-1].working_days,
        }[state]
        days = campaign.values.days(said)
        return None if days is None else self.calendar.add(since.date(), days=days)

    def seat_applicants(self, dossiers: list[Dossier]) -> None:
        """The manager of each applicant holds its seat."""
        managers = dict(
            Membership.objects.filter(
                organisation__in=[row.applicant_id for row in dossiers], role=Role.MANAGER
            ).values_list("organisation_id", "user_id")
        )
        DossierSeat.objects.bulk_create(
            DossierSeat(
                dossier=row,
                user_id=managers[row.applicant_id],
                role=SeatRole.APPLICANT,
                organisation_id=row.applicant_id,
                taken_at=row.state_since,
            )
            for row in dossiers
            if row.applicant_id in managers
        )

    def furnish(self, dossier: Dossier) -> None:
        """Files, version, results, and what its stage has."""
        if dossier.state == DossierState.DRAFT:
            return
        self.file_papers(dossier)
        sent_at = dossier.submitted_at or self.now
        seal_version(dossier, actor=system_actor(), at=sent_at)
        evaluate_dossier(dossier=dossier, now=sent_at)
        if dossier.state != DossierState.SUBMITTED:
            Passage.objects.create(
                dossier=dossier,
                state=DossierState.SUBMITTED,
                step="ask_fix" if dossier.state == DossierState.FIXING else "to_opinions",
                entered_at=sent_at,
                left_at=dossier.state_since,
            )
        if dossier.state == DossierState.FIXING:
            self.ask_fix(dossier)
        if dossier.state == DossierState.OPINIONS:
            self.ask_departments(dossier)

    def file_papers(self, dossier: Dossier) -> None:
        unit = dossier.applicant
        actor = Actor(name=unit.contact_name, organisation_id=unit.pk, organisation_name=unit.name)
        for field in visible_fields(dossier.campaign.content, dossier.answers):
            if not field.evidence or not dossier.answers.get(field.code):
                continue
            file = store_content(
                name=f"{field.label[:20]}证明.pdf", content=PAPER, subject=dossier, actor=actor
            )
            Evidence.objects.create(dossier=dossier, field=field.code, file=file)

    def ask_fix(self, dossier: Dossier) -> None:
        MaterialFix.objects.create(
            dossier=dossier,
            items=[
                {"field": "registered_here", "text": "请补充上一年度完税证明。"},
                {"field": "apprenticeship_what", "text": "请写明学徒人数和培养协议编号。"},
            ],
            asked_at=dossier.state_since,
            due_on=dossier.due_on,
        )

    def ask_departments(self, dossier: Dossier) -> None:
        """The county has answered; of the city's departments some have."""
        levels = dossier.campaign.content.procedure.levels
        offices = list(dossier.campaign.offices.all())
        rows = []
        for place, level in enumerate(levels):
            for department in level.departments:
                fitting = [
                    row
                    for row in offices
                    if (row.level, row.department) == (level.code, department)
                    and row.division_id in (dossier.division_id, CITY)
                ]
                office = max(fitting, key=lambda row: row.division_id != CITY)
                answered = place == 0 or (department != "工业和信息化" and self.rng.random() < 0.5)
                rows.append(self.opinion(dossier, office, level.silence, answered=answered))
        Opinion.objects.bulk_create(rows)

    def opinion(
        self, dossier: Dossier, office: CampaignOffice, silence: str, *, answered: bool
    ) -> Opinion:
        return Opinion(
            dossier=dossier,
            level=office.level,
            department=office.department,
            organisation_id=office.organisation_id,
            silence=silence,
            asked_at=dossier.state_since,
            due_on=dossier.due_on,
            state=OpinionState.AGREED if answered else OpinionState.ASKED,
            text="情况属实，同意推荐。" if answered else "",
            answered_at=dossier.state_since + datetime.timedelta(hours=26) if answered else None,
        )

    def teacher_drafts(self, campaign: Campaign) -> int:
        """The school has begun for two of its teachers."""
        school = Organisation.objects.filter(name=f"青澜职业技术学院{MARK}").first()
        if school is None:
            return 0
        people = Person.objects.filter(
            affiliations__organisation=school, affiliations__kind="teacher"
        ).order_by("pk")[:2]
        rows = [
            Dossier(
                campaign=campaign,
                applicant=school,
                person=person,
                subject_name=person.name,
                division_id=school.division_id,
                size=school.size,
                state_since=self.now,
                due_on=campaign.closes_on - datetime.timedelta(days=1),
                answers=prefilled_answers(campaign.content, school, self.on),
                is_demo=True,
            )
            for person in people
        ]
        made = Dossier.objects.bulk_create(rows)
        self.seat_applicants(made)
        return len(made)
