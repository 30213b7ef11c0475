"""Insurance, training, notes and assessments for the tests, made by the commands themselves."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.operations.placements.choices.insurance import (
    InsuranceKind,
    PremiumPayer,
)
from silian.operations.placements.choices.internships import (
    InternshipState,
)
from silian.operations.placements.choices.learning import (
    AssessmentSide,
)
from silian.operations.placements.commands.assessments import (
    agree_to_assessment,
    disagree_with_assessment,
    score_internship,
)
from silian.operations.placements.commands.files import issue_certificate, submit_report
from silian.operations.placements.commands.insurance_claims import report_claim
from silian.operations.placements.commands.insurance_policies import (
    PolicyText,
    add_insured,
    register_policy,
)
from silian.operations.placements.commands.insurance_products import (
    ProductText,
    publish_product,
    write_product,
)
from silian.operations.placements.commands.notes import NoteText, submit_note
from silian.operations.placements.commands.training import (
    CourseText,
    publish_course,
    start_attempt,
    write_course,
)
from silian.operations.placements.models import (
    Assessment,
    InsuranceClaim,
    InsurancePolicy,
    InsuranceProduct,
    Internship,
    InternshipCertificate,
    InternshipReport,
    SafetyCourse,
    TrainingAttempt,
    WeeklyNote,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from tests.operations.placements.stage import NOW, make_internship, own_student, with_papers
from tests.world import Person, World, make_member, make_organisation

MONDAY = datetime.date(2026, 3, 9)
BANK = """进入车间前先做什么？
*穿戴好劳动防护用品
先开机预热
解析：防护用品不齐不得进入作业区。

发现机床异响怎么办？
*停机并报告
继续加工
拍照发群

哪些可以戴手套操作？
*搬运毛坯
*取下工件（主轴停稳后）
车削加工"""


def insurer(world: World) -> Person:
    """An insurer with a manager, made once."""
    if "insurer" not in world.people:
        company = make_organisation(name="青澜财产保险（演示）", kind=OrganisationKind.FINANCE)
        world.people["insurer"] = make_member(
            username="insurer", organisation=company, role=Role.MANAGER
        )
    return world.people["insurer"]


def product(world: World, **values: Any) -> InsuranceProduct:
    facts: dict[str, Any] = {
        "kind": InsuranceKind.LIABILITY,
        "name": "实习责任保险（演示）",
        "covers": "实习期间的伤害责任",
        "premium": Decimal(60),
    }
    return write_product(actor=insurer(world).actor, text=ProductText(**{**facts, **values}))


def published_product(world: World) -> InsuranceProduct:
    made = product(world)
    return publish_product(actor=insurer(world).actor, product_id=made.pk, now=NOW)


def policy_text(**values: Any) -> PolicyText:
    facts: dict[str, Any] = {
        "kind": InsuranceKind.LIABILITY,
        "number": "责任-2026-001",
        "insurer_name": "青澜财产保险（演示）",
        "starts_on": datetime.date(2026, 1, 1),
        "ends_on": datetime.date(2027, 1, 1),
        "payer": PremiumPayer.SCHOOL,
    }
    return PolicyText(**{**facts, **values})


def policy(world: World, **values: Any) -> InsurancePolicy:
    return register_policy(actor=world.school.actor, text=policy_text(**values))


def own_internship(world: World, **values: Any) -> Internship:
    """The world's student at work, with every paper."""
    facts = {"state": InternshipState.IN_POST, "student": own_student(world), **values}
    return with_papers(world, make_internship(world, **facts))


def planned(world: World, **values: Any) -> Internship:
    """The world's student before the start, without papers."""
    values = {"state": InternshipState.PREPARING, **values}
    return make_internship(world, student=own_student(world), **values)


def insured(world: World) -> InsurancePolicy:
    """A policy with the world's student on it."""
    found = policy(world)
    internship = Internship.objects.first() or planned(world)
    add_insured(actor=world.school.actor, policy_id=found.pk, internship_ids=[internship.pk])
    return found


def claim(world: World) -> InsuranceClaim:
    found = insured(world)
    return report_claim(
        actor=world.school.actor,
        insured_id=found.insured.get().pk,
        happened_on=datetime.date(2026, 3, 10),
        incident="搬运时砸伤脚趾",
        loss=Decimal(12_000),
        now=NOW,
    )


def course(world: World, **values: Any) -> SafetyCourse:
    facts: dict[str, Any] = {
        "title": "机械类岗前安全",
        "body": "先防护，后作业。",
        "bank": BANK,
        "questions_asked": 3,
        "valid_months": 12,
        "pass_mark": 60,
        "trades": ["46"],
    }
    return write_course(actor=world.school.actor, text=CourseText(**{**facts, **values}))


def published_course(world: World, **values: Any) -> SafetyCourse:
    made = course(world, **values)
    return publish_course(actor=world.school.actor, course_id=made.pk, now=NOW)


def sitting(world: World) -> TrainingAttempt:
    made = published_course(world)
    internship = Internship.objects.first() or planned(world)
    return start_attempt(
        actor=world.student.actor, internship_id=internship.pk, course_id=made.pk, now=NOW
    )


def right_answers(attempt: TrainingAttempt) -> dict[int, list[int]]:
    rows = attempt.course.questions.filter(pk__in=attempt.paper)
    return {row.pk: list(row.correct) for row in rows}


def note_text(**values: Any) -> NoteText:
    facts: dict[str, Any] = {
        "tasks": ("数控车床操作",),
        "hours": Decimal(40),
        "learned": "学会了用百分表找正工件，跳动控制在两丝以内。",
    }
    return NoteText(**{**facts, **values})


def note(world: World, *, internship: Internship | None = None, **values: Any) -> WeeklyNote:
    row = internship or Internship.objects.first() or own_internship(world)
    week = values.pop("week_on", MONDAY)
    return submit_note(
        actor=world.student.actor,
        internship_id=row.pk,
        week_on=week,
        text=note_text(**values),
        now=NOW,
    )


def finished(world: World) -> Internship:
    """The world's student at the end of a term that is over."""
    return own_internship(
        world,
        state=InternshipState.FINISHED,
        starts_on=datetime.date(2025, 9, 1),
        ends_on=datetime.date(2026, 3, 1),
        ended_on=datetime.date(2026, 3, 1),
        started_on=datetime.date(2025, 9, 1),
    )


def score(world: World, internship: Internship, *, side: str, points: int = 80) -> Assessment:
    actor = world.people["mentor"].actor if side == AssessmentSide.HOST else world.teacher.actor
    places = range(1, 5) if side == AssessmentSide.HOST else range(5, 8)
    return score_internship(
        actor=actor,
        internship_id=internship.pk,
        side=side,
        scores=dict.fromkeys(places, points),
        comment="按规程操作，会自己找原因",
        now=NOW,
    )


def shown(world: World) -> Assessment:
    internship = finished(world)
    score(world, internship, side="host", points=90)
    return score(world, internship, side="school", points=80)


def disagreed(world: World) -> Assessment:
    made = shown(world)
    return disagree_with_assessment(
        actor=world.student.actor, assessment_id=made.pk, reason="周记都交了", now=NOW
    )


def final(world: World) -> Assessment:
    made = shown(world)
    return agree_to_assessment(actor=world.student.actor, assessment_id=made.pk, now=NOW)


def report(world: World, *, internship: Internship | None = None) -> InternshipReport:
    row = internship or Internship.objects.first() or own_internship(world)
    return submit_report(
        actor=world.student.actor,
        internship_id=row.pk,
        title="数控车削实习报告",
        summary="独立完成轴类零件加工。",
        now=NOW,
    )


def certificate(world: World) -> InternshipCertificate:
    made = final(world)
    return issue_certificate(actor=world.school.actor, internship_id=made.internship_id, now=NOW)
