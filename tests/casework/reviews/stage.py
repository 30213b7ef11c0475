"""A published scheme, an open batch and applications, made cheaply for the tests of reviews."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.models import (
    Campaign,
    CampaignOffice,
    Dossier,
    DossierVersion,
    Scheme,
    SchemeVersion,
)
from silian.casework.reviews.rules.dossiers import digest_of
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from tests.world import CITY, COUNTY, Person, World, make_member, make_organisation

DAY = datetime.timedelta(days=1)
INDUSTRY, FINANCE = "工业和信息化", "财政"
ANSWERS: dict[str, Any] = {"founded_on": "2012-05-01", "hosted": 72, "co_runs": False}
FORM = [
    {"code": "founded_on", "label": "成立日期", "type": "date", "group": "基本情况"},
    {
        "code": "co_runs",
        "label": "是否参与举办院校",
        "type": "yes_no",
        "group": "基本情况",
    },
    {
        "code": "college",
        "label": "举办的院校",
        "group": "基本情况",
        "show_if": {"code": "co_runs", "values": ["true"]},
    },
    {
        "code": "hosted",
        "label": "近三年接收实习人次",
        "type": "integer",
        "unit": "人次",
        "group": "合作情况",
        "evidence": True,
        "public": True,
    },
    {
        "code": "plan",
        "label": "下一步计划",
        "type": "long_text",
        "required": False,
        "group": "合作情况",
    },
]
GATEWAY = {
    "code": "conditions",
    "label": "申报条件",
    "kind": "any_of",
    "least": "1",
    "children": [
        {
            "code": "interns",
            "label": "近三年接收实习不少于 60 人次",
            "source": {"kind": "answer", "code": "hosted"},
            "scoring": {"kind": "condition", "settings": {"at_least": "$interns"}},
        },
        {
            "code": "runs",
            "label": "参与举办院校",
            "source": {"kind": "answer", "code": "co_runs"},
            "scoring": {"kind": "condition", "settings": {"at_least": "1"}},
        },
    ],
}
PARAMETERS = [
    {
        "code": "interns",
        "label": "实习人次下限",
        "value": "60",
        "unit": "人次",
        "basis": "办法第五条",
    },
    {"code": "open_one", "label": "尚未公布的标准", "unit": "分"},
]
LEVELS = [
    {"code": "county", "label": "县级", "departments": [INDUSTRY], "working_days": "5"},
    {
        "code": "city",
        "label": "市级",
        "departments": [INDUSTRY, FINANCE],
        "working_days": "10",
        "silence": "escalate",
    },
]


def definition(*, procedure: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """A small definition; without more it goes from the formal check straight to the ranking."""
    return {
        "purpose": "认定产教融合型企业",
        "basis": ["办法第五条"],
        "applicant_kinds": ["enterprise"],
        "parameters": PARAMETERS,
        "form": FORM,
        "gateway": GATEWAY,
        "procedure": procedure or {},
        **parts,
    }


def published(world: World, *, code: str = "integrated-enterprise", **parts: Any) -> SchemeVersion:
    """A published version of a scheme that the coordinator's department leads."""
    scheme = Scheme.objects.create(
        code=code,
        title="产教融合型企业",
        division_id=CITY,
        owner=world.coordinator.organisation,
        is_demo=True,
    )
    return SchemeVersion.objects.create(
        scheme=scheme,
        number=1,
        state=SchemeVersionState.PUBLISHED,
        definition=definition(**parts),
        published_at=timezone.now(),
    )


def open_campaign(
    world: World,
    *,
    version: SchemeVersion | None = None,
    state: CampaignState = CampaignState.OPEN,
    **facts: Any,
) -> Campaign:
    """A batch whose call is out, from ten days ago to thirty days ahead."""
    today = timezone.localdate()
    version = version or published(world)
    given = {
        "division_id": CITY,
        "owner": world.coordinator.organisation,
        "year": today.year,
        "number": 1,
        "title": f"{today.year} 年产教融合型企业认定",
        "opens_on": today - 10 * DAY,
        "closes_on": today + 30 * DAY,
        "announced_at": None if state == CampaignState.DRAFT else timezone.now(),
        "contact": "青澜市教育局，0000-000000",
        "cancel_reason": "测试取消" if state == CampaignState.CANCELLED else "",
        "is_demo": True,
        **facts,
    }
    return Campaign.objects.create(version=version, state=state, **given)


def with_levels(world: World, **facts: Any) -> Campaign:
    """An open batch with two levels of departments and an office for each."""
    version = published(world, procedure={"levels": LEVELS})
    campaign = open_campaign(world, version=version, **facts)
    industry, finance = department(world, INDUSTRY), department(world, FINANCE)
    offices = [
        ("county", INDUSTRY, COUNTY, industry),
        ("city", INDUSTRY, CITY, industry),
        ("city", FINANCE, CITY, finance),
    ]
    CampaignOffice.objects.bulk_create(
        CampaignOffice(
            campaign=campaign,
            level=level,
            department=name,
            division_id=division,
            organisation=person.organisation,
        )
        for level, name, division, person in offices
    )
    return campaign


def department(world: World, name: str) -> Person:
    """A reviewer of a city department of this name, made once."""
    key = f"department-{name}"
    if key not in world.people:
        unit = make_organisation(
            name=f"青澜市{name}局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
        )
        world.people[key] = make_member(
            username=key, organisation=unit, role=Role.REVIEWER, jurisdiction_id=CITY
        )
    return world.people[key]


def colleague(world: World, *, role: Role = Role.REVIEWER, name: str = "second") -> Person:
    """Another official of the organising department, so that each person keeps one seat."""
    return make_member(
        username=f"bureau-{name}",
        organisation=world.coordinator.organisation,
        role=role,
        jurisdiction_id=CITY,
    )


def dossier_of(
    campaign: Campaign,
    applicant: Organisation,
    *,
    state: DossierState = DossierState.SUBMITTED,
    place: int | None = None,
    **facts: Any,
) -> Dossier:
    """One application of an organisation in a state, with its first version when it was sent."""
    return make_dossiers(campaign, [applicant], state=state, first=place, **facts)[0]


def make_dossiers(
    campaign: Campaign,
    applicants: list[Organisation],
    *,
    state: DossierState = DossierState.SUBMITTED,
    first: int | None = None,
    **facts: Any,
) -> list[Dossier]:
    """Applications of many organisations in one state, in two statements."""
    now = timezone.now()
    is_sent = state != DossierState.DRAFT
    start = (campaign.dossiers.count() + 1) if first is None else first
    rows = Dossier.objects.bulk_create(
        Dossier(
            **{
                "campaign": campaign,
                "applicant": applicant,
                "subject_name": applicant.name,
                "division_id": applicant.division_id,
                "size": applicant.size,
                "state": state,
                "state_since": now,
                "answers": dict(ANSWERS),
                "number": f"SB{CITY}-{campaign.pk:04d}-{place:03d}" if is_sent else None,
                "submitted_at": now if is_sent else None,
                "end_reason": "不符合条件" if state == DossierState.REJECTED else "",
                "is_demo": True,
                **facts,
            }
        )
        for place, applicant in enumerate(applicants, start=start)
    )
    DossierVersion.objects.bulk_create(
        DossierVersion(
            dossier=row,
            number=1,
            answers=row.answers,
            sha256=digest_of(row.answers, []),
            sent_at=now,
        )
        for row in rows
        if is_sent
    )
    return rows


def enterprises(count: int, *, prefix: str = "申报企业", **facts: Any) -> list[Organisation]:
    """Verified enterprises of the county, in one statement."""
    given = {"kind": OrganisationKind.ENTERPRISE, "division_id": COUNTY, "state": "verified"}
    return Organisation.objects.bulk_create(
        Organisation(name=f"{prefix}{place:02d}（演示）", is_demo=True, **{**given, **facts})
        for place in range(1, count + 1)
    )


def many_dossiers(campaign: Campaign, count: int, **facts: Any) -> list[Dossier]:
    """So many applications of as many new enterprises."""
    return make_dossiers(campaign, enterprises(count, prefix=f"企业{campaign.pk}-"), **facts)
