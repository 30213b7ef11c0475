"""What the tests of placements set up: a class, a host, a post, a plan, internships, their papers.

Everything is lawful unless a test changes it. Days: the internships run from 2026-03-01 to
2026-09-01, and ``TODAY`` of the world lies within.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.casework.agreements.choices import (
    AgreementState,
    SignatureState,
    SigningMethod,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.models import Agreement, AgreementVersion, Party, Signature
from silian.casework.agreements.registry import kind_named
from silian.casework.agreements.rules.values import normalised_terms
from silian.operations.placements.choices.hosts import (
    AnswerState,
    HostState,
    PlanState,
    PostState,
)
from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PremiumPayer,
)
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipKind,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.models import (
    Host,
    HostAnswer,
    HostInspection,
    InsurancePolicy,
    InsuredIntern,
    Internship,
    InternshipConsent,
    InternshipPlan,
    InternshipPost,
    PostCensus,
    PostPeriod,
    SafetyCourse,
    SelfChoice,
    TrainingAttempt,
)
from silian.operations.placements.queries.agreement_terms import terms_of
from silian.operations.placements.queries.readiness import AGREEMENT_SOURCE
from silian.registers.organisations.demo.codes import demonstration_uscc
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import SchoolClass
from tests.operations.placements.stage_people import (
    guardian_member as guardian_member,
)
from tests.operations.placements.stage_people import (
    make_class as make_class,
)
from tests.operations.placements.stage_people import (
    make_major as make_major,
)
from tests.operations.placements.stage_people import (
    make_other_school as make_other_school,
)
from tests.operations.placements.stage_people import (
    make_person as make_person,
)
from tests.operations.placements.stage_people import (
    make_student as make_student,
)
from tests.operations.placements.stage_people import (
    mentor_person as mentor_person,
)
from tests.operations.placements.stage_people import (
    own_student as own_student,
)
from tests.operations.placements.stage_people import (
    person_of as person_of,
)
from tests.operations.placements.stage_people import (
    teacher_person as teacher_person,
)
from tests.world import CITY, COUNTY, TODAY, World

STARTS, ENDS = datetime.date(2026, 3, 1), datetime.date(2026, 9, 1)
NOW = datetime.datetime.combine(
    TODAY, datetime.time(10), tzinfo=datetime.timezone(datetime.timedelta(hours=8))
)
TASKS = ["数控车床操作", "零件检测"]


def make_host(
    world: World,
    *,
    organisation: Organisation | None = None,
    staff: int = 1_000,
    **values: Any,
) -> Host:
    """A host that the world's school has inspected, decided on and published."""
    organisation = organisation or world.enterprise.organisation
    if not organisation.uscc:
        organisation.uscc = demonstration_uscc(
            authority="91", division=CITY, number=organisation.pk % 1_000_000
        )
        organisation.industry = world.industry
        organisation.save(update_fields=["uscc", "industry"])
    facts: dict[str, Any] = {
        "state": HostState.PUBLISHED,
        "is_credit_clean": True,
        "had_safety_violation": False,
        "is_licence_valid": True,
        "decided_on": datetime.date(2025, 12, 1),
        "decision_reference": "院办会〔2025〕12号",
        "published_on": datetime.date(2025, 12, 5),
        "is_demo": True,
    }
    host, made = Host.objects.get_or_create(
        school=world.school.organisation, organisation=organisation, defaults={**facts, **values}
    )
    if made:
        make_inspection(world, host)
        PostCensus.objects.get_or_create(
            organisation=organisation,
            as_of=datetime.date(2025, 12, 31),
            defaults={
                "division_id": organisation.division_id,
                "staff": staff,
                "technical_posts": staff // 2,
                "business_posts": staff // 4,
                "offered_posts": staff // 10,
            },
        )
    return host


def make_inspection(world: World, host: Host) -> HostInspection:
    words = dict.fromkeys(
        (
            "qualification",
            "integrity",
            "management",
            "work_content",
            "working_hours",
            "work_environment",
            "living_environment",
            "safety_and_health",
        ),
        "现场查看，符合要求",
    )
    return HostInspection.objects.create(
        host=host,
        visited_on=datetime.date(2025, 11, 20),
        inspectors=["许老师", "林老师"],
        is_suitable=True,
        approved_by=world.school.user,
        approved_at=NOW,
        recorded_by=world.teacher.user,
        **words,
    )


def make_post(
    world: World, *, organisation: Organisation | None = None, **values: Any
) -> InternshipPost:
    """An open, harmless, well paid post at the enterprise."""
    organisation = organisation or world.enterprise.organisation
    facts: dict[str, Any] = {
        "division_id": COUNTY,
        "title": "数控操作",
        "address": "高新区二厂",
        "industry": world.industry,
        "major_classes": ["46"],
        "tasks": TASKS,
        "headcount": 60,
        "staff_in_post": 400,
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2027, 1, 1),
        "daily_hours": Decimal(8),
        "weekly_days": 5,
        "shift_starts": datetime.time(8, 30),
        "shift_ends": datetime.time(17, 30),
        "intensity": 1,
        "pay": Decimal(3400),
        "post_wage": Decimal(4200),
        "pay_day": 10,
        "board": "工作日免费午餐",
        "state": PostState.OPEN,
        "mentor": mentor_person(world, organisation),
        "is_demo": True,
    }
    return InternshipPost.objects.create(organisation=organisation, **{**facts, **values})


def make_plan(
    world: World,
    *,
    school_class: SchoolClass | None = None,
    hosts: tuple[Host, ...] = (),
    **values: Any,
) -> InternshipPlan:
    """A plan that the school approved and its hosts confirmed."""
    school_class = school_class or make_class(world)
    facts: dict[str, Any] = {
        "kind": InternshipKind.POST,
        "title": "2023 级数控岗位实习方案",
        "goals": "掌握数控加工的典型工作任务",
        "tasks": TASKS,
        "standards": "数控技术专业岗位实习标准",
        "assessment": "过程记录、成果和双方评价",
        "credits": Decimal(20),
        "starts_on": STARTS,
        "ends_on": ENDS,
        "state": PlanState.APPROVED,
        "approved_by": world.school.user,
        "approved_at": NOW,
        "is_demo": True,
    }
    plan = InternshipPlan.objects.create(
        school=world.school.organisation, cohort=school_class.cohort, **{**facts, **values}
    )
    for host in hosts or (make_host(world),):
        HostAnswer.objects.create(
            plan=plan,
            host=host,
            state=AnswerState.CONFIRMED,
            answered_by=world.enterprise.user,
            answered_at=NOW,
        )
    return plan


def make_internship(world: World, *, student: Person | None = None, **values: Any) -> Internship:
    """A row in the wanted state, without papers; see ``with_papers``."""
    student = student or make_student(world)
    school_class = student.class_memberships.get().school_class
    host = values.pop("host", None) or make_host(world)
    post = values.pop("post", None) or make_post(world, organisation=host.organisation)
    plan = values.pop("plan", None)
    if plan is None:
        found = InternshipPlan.objects.filter(cohort=school_class.cohort, answers__host=host)
        plan = found.first() or make_plan(world, school_class=school_class, hosts=(host,))
    state = values.get("state", InternshipState.PLANNED)
    facts: dict[str, Any] = {
        "school": host.school,
        "school_class": school_class,
        "organisation": host.organisation,
        "division_id": post.division_id,
        "kind": plan.kind,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "pay": post.pay,
        "teacher": teacher_person(world),
        "mentor": post.mentor,
        "is_demo": True,
    }
    if state not in (InternshipState.PLANNED, InternshipState.PREPARING, InternshipState.CANCELLED):
        facts["started_on"] = values.get("starts_on", plan.starts_on)
    if state in (InternshipState.CANCELLED, InternshipState.ENDED_EARLY):
        facts["end_reason"] = "学生升学"
    made = Internship.objects.create(
        person=student, plan=plan, host=host, post=post, **{**facts, **values}
    )
    if made.started_on:
        PostPeriod.objects.create(internship=made, post=post, starts_on=made.started_on)
    return made


def in_post(world: World, **values: Any) -> Internship:
    """A student at work, with every paper."""
    return with_papers(world, make_internship(world, state=InternshipState.IN_POST, **values))


def with_papers(
    world: World, internship: Internship, *, without: tuple[str, ...] = ()
) -> Internship:
    """Bring what is asked before the start, except what the test leaves out.

    Names: agreement, student_consent, guardian_consent, training, liability, accident.
    """
    if "agreement" not in without:
        make_agreement_row(internship)
    for giver in ConsentGiver:
        if f"{giver}_consent" not in without:
            make_consent(internship, giver=giver)
    if "training" not in without:
        pass_training(world, internship)
    for kind in InsuranceKind.LIABILITY, InsuranceKind.ACCIDENT:
        if kind not in without:
            insure(world, internship, kind=kind)
    return internship


def make_agreement_row(
    internship: Internship, *, state: AgreementState = AgreementState.ACTIVE
) -> Agreement:
    """The internship's agreement; signed by student, host and school unless it is a draft."""
    agreement = Agreement.objects.create(
        number=f"演示-{internship.pk:06d}",
        kind="internship",
        title="岗位实习三方协议",
        division_id=internship.division_id,
        organiser=internship.school,
        state=state,
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        source=AGREEMENT_SOURCE,
        source_id=internship.pk,
        activated_at=NOW,
        is_demo=True,
    )
    parties = Party.objects.bulk_create(
        Party(agreement=agreement, role=role, order=place, name=str(who), **{field: who})
        for place, (role, field, who) in enumerate(
            (
                ("student", "person", internship.person),
                ("host", "organisation", internship.organisation),
                ("school", "organisation", internship.school),
            )
        )
    )
    is_signed = state not in (AgreementState.DRAFT, AgreementState.SIGNING)
    version = make_version(internship, agreement, is_signed=is_signed, is_draft=state == "draft")
    if state != AgreementState.DRAFT:
        Signature.objects.bulk_create(
            Signature(
                version=version,
                party=party,
                order=party.order,
                state=SignatureState.SIGNED if is_signed else SignatureState.WAITING,
                signer_name=party.name[:60] if is_signed else "",
                method=SigningMethod.ACCOUNT if is_signed else "",
                acted_at=NOW if is_signed else None,
            )
            for party in parties
        )
    return agreement


def make_version(
    internship: Internship, agreement: Agreement, *, is_signed: bool, is_draft: bool
) -> AgreementVersion:
    kind = kind_named("internship")
    period = {"starts_on": internship.starts_on, "ends_on": internship.ends_on}
    states = VersionState
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=1,
        kind=VersionKind.BASE,
        state=states.DRAFT if is_draft else states.SIGNED if is_signed else states.SIGNING,
        changes=normalised_terms(kind, {**terms_of(internship), **period}),
        effective_from=internship.starts_on,
        text="" if is_draft else "岗位实习三方协议",
        sha256="" if is_draft else "0" * 64,
        sent_at=None if is_draft else NOW,
        signed_at=NOW if is_signed else None,
    )


def make_consent(
    internship: Internship,
    *,
    giver: ConsentGiver,
    state: ConsentState = ConsentState.GIVEN,
) -> InternshipConsent:
    answered = state != ConsentState.WAITING
    person = internship.person if giver == ConsentGiver.STUDENT else internship.person.guardian
    return InternshipConsent.objects.create(
        internship=internship,
        giver=giver,
        person=person,
        giver_name=person.name if person else "家长",
        state=state,
        text="实习知情同意书",
        sha256="0" * 64,
        method=SigningMethod.ACCOUNT if answered else "",
        asked_at=NOW,
        acted_at=NOW if answered else None,
    )


def make_choice(world: World, **values: Any) -> SelfChoice:
    """An application of the world's student that waits for the school."""
    student = own_student(world)
    host = make_host(world)
    school_class = student.class_memberships.get().school_class
    found = InternshipPlan.objects.filter(cohort=school_class.cohort, answers__host=host).first()
    facts: dict[str, Any] = {
        "school": host.school,
        "school_class": school_class,
        "plan": found or make_plan(world, school_class=school_class, hosts=(host,)),
        "organisation": host.organisation,
        "title": "装配调试",
        "division_id": COUNTY,
        "address": "高新区三厂",
        "tasks": TASKS,
        "daily_hours": Decimal(8),
        "weekly_days": 5,
        "shift_starts": datetime.time(8, 30),
        "shift_ends": datetime.time(17, 30),
        "pay": Decimal(3500),
        "post_wage": Decimal(4200),
        "staff_in_post": 100,
        "mentor_name": "演示师傅",
        "reason": "离家近，专业对口",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "state": SelfChoiceState.SUBMITTED,
        "is_demo": True,
    }
    return SelfChoice.objects.create(person=student, **{**facts, **values})


def pass_training(world: World, internship: Internship) -> TrainingAttempt:
    course, _ = SafetyCourse.objects.get_or_create(
        owner=internship.school,
        title="岗前安全培训",
        defaults={"body": "安全须知", "trades": ["46"]},
    )
    return TrainingAttempt.objects.create(
        course=course,
        internship=internship,
        paper=[],
        pass_mark=80,
        score=95,
        is_passed=True,
        started_at=NOW,
        submitted_at=NOW,
        valid_until=internship.ends_on + datetime.timedelta(days=1),
    )


def insure(world: World, internship: Internship, *, kind: InsuranceKind) -> InsuredIntern:
    """The internship on a policy that the school pays, for all its days."""
    policy, _ = InsurancePolicy.objects.get_or_create(
        number=f"演示保单-{internship.school_id}-{kind}",
        defaults={
            "school": internship.school,
            "insurer_name": "澜江财产保险（演示）",
            "kind": kind,
            "starts_on": datetime.date(2026, 1, 1),
            "ends_on": datetime.date(2027, 1, 1),
            "payer": PremiumPayer.SCHOOL,
        },
    )
    return InsuredIntern.objects.create(
        policy=policy,
        internship=internship,
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
    )


def local_now(day: datetime.date) -> datetime.datetime:
    """Ten in the morning of the day, in the city."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))
