"""Cohorts and classes: opened, filled, students moved, graduated."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.commands import change_affiliations, end_belonging
from silian.registers.people.models import Affiliation, Person
from silian.registers.programmes.choices import MemberState, ProgrammeStage
from silian.registers.programmes.events import CohortGraduated, StudentLeft, StudentMoved
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.permissions.programmes import require_manager
from silian.registers.programmes.rules.periods import cohort_days, cohort_year_problem
from silian.registers.programmes.workflow.member import member as steps


@transaction.atomic
def open_cohort(*, programme_id: int, actor: Actor, year: int, today: datetime.date) -> Cohort:
    """Open the cohort of a year (新建年级)."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    require_manager(actor, programme)
    problem = cohort_year_problem(year, on=today)
    if problem:
        raise DomainError(problem, field="year")
    if programme.stage in (ProgrammeStage.PLANNED, ProgrammeStage.CLOSED):
        raise DomainError(f"专业点当前为“{programme.get_stage_display()}”，不能新建年级。")
    if programme.cohorts.filter(year=year).exists():
        raise DomainError(f"{year} 级已经建好。", field="year")
    starts_on, ends_on = cohort_days(year=year, years=programme.years)
    made = programme.cohorts.create(year=year, starts_on=starts_on, ends_on=ends_on)
    record(actor, "programmes.cohort.opened", made)
    return made


@transaction.atomic
def open_class(
    *, cohort_id: int, actor: Actor, name: str, head_teacher_id: int | None = None
) -> SchoolClass:
    """Open a class in a cohort (新建班级)."""
    cohort = (
        Cohort.objects.select_for_update(of=("self",)).select_related("programme").get(pk=cohort_id)
    )
    require_manager(actor, cohort.programme)
    if cohort.graduated_at:
        raise DomainError("这个年级已毕业，不能再新建班级。")
    if cohort.classes.filter(name=name).exists():
        raise DomainError(f"这个年级已有名为“{name}”的班级，请改用其他名称。", field="name")
    made = cohort.classes.create(name=name, head_teacher=teacher_of(actor, head_teacher_id))
    record(actor, "programmes.class.opened", made)
    return made


def teacher_of(actor: Actor, person_id: int | None) -> Person | None:
    """A teacher of the actor's school."""
    if person_id is None:
        return None
    rows = Person.objects.filter(
        affiliations__organisation_id=actor.organisation_id or 0, affiliations__kind="teacher"
    )
    found = rows.filter(pk=person_id).first()
    if found is None:
        raise DomainError(
            "班主任应是本校登记的教师，请先在“本单位人员”里登记。", field="head_teacher"
        )
    return found


@transaction.atomic
def change_class(
    *, class_id: int, actor: Actor, name: str, head_teacher_id: int | None
) -> SchoolClass:
    """Rename a class or give it another head teacher (修改班级)."""
    school_class = (
        SchoolClass.objects.select_for_update(of=("self",))
        .select_related("cohort__programme")
        .get(pk=class_id)
    )
    require_manager(actor, school_class.cohort.programme)
    same = school_class.cohort.classes.filter(name=name).exclude(pk=class_id)
    if same.exists():
        raise DomainError(f"这个年级已有名为“{name}”的班级，请改用其他名称。", field="name")
    school_class.name, school_class.head_teacher = name, teacher_of(actor, head_teacher_id)
    school_class.save(update_fields=["name", "head_teacher"])
    record(actor, "programmes.class.changed", school_class)
    return school_class


def locked_seat(member_id: int, actor: Actor) -> ClassMember:
    """The open seat of a student of the actor's school."""
    seat = (
        ClassMember.objects.select_for_update(of=("self",))
        .select_related("school_class__cohort__programme", "person")
        .get(pk=member_id)
    )
    require_manager(actor, seat.school_class.cohort.programme)
    if seat.ends_on is not None:
        raise DomainError("这名学生已不在这个班级。")
    return seat


@transaction.atomic
def move_student(
    *, member_id: int, actor: Actor, to_class_id: int, on: datetime.date
) -> ClassMember:
    """Move a student to another class of the school from a day on (调班、转专业)."""
    seat = locked_seat(member_id, actor)
    target = SchoolClass.objects.select_related("cohort__programme").get(pk=to_class_id)
    require_manager(actor, target.cohort.programme)
    if target.pk == seat.school_class_id:
        raise DomainError("这名学生已在这个班级，请改选。", field="to_class")
    if target.cohort.graduated_at:
        raise DomainError("所选班级的年级已毕业，请改选。", field="to_class")
    if on < seat.starts_on:
        raise DomainError("调班日不能早于入班日，请改选日期。", field="on")
    seat.ends_on = on
    seat.save(update_fields=["ends_on"])
    made = ClassMember.objects.create(
        school_class=target,
        person_id=seat.person_id,
        number=seat.number,
        state=seat.state,
        starts_on=on,
    )
    tell_people(actor, person_id=seat.person_id, number=seat.number, unit=target.name)
    record(actor, "programmes.member.moved", made)
    publish(
        StudentMoved(
            person_id=seat.person_id, from_class_id=seat.school_class_id, to_class_id=target.pk
        )
    )
    return made


def tell_people(actor: Actor, *, person_id: int, number: str, unit: str) -> None:
    """The register of people names the same class."""
    rows = Affiliation.objects.filter(
        person_id=person_id,
        organisation_id=actor.organisation_id or 0,
        kind=AffiliationKind.STUDENT,
        ends_on__isnull=True,
    )
    change_affiliations(
        actor=actor, changes={pk: (number, unit) for pk in rows.values_list("pk", flat=True)}
    )


@transaction.atomic
def change_seat(
    *, member_id: int, actor: Actor, step: str, on: datetime.date, reason: str = ""
) -> ClassMember:
    """A student takes leave, returns or leaves the school (办理学籍变动)."""
    seat = locked_seat(member_id, actor)
    seat.state = steps.target(step, state=MemberState(seat.state))
    if on < seat.starts_on:
        raise DomainError("日期不能早于入班日，请改选。", field="on")
    if step == "leave":
        seat.ends_on = on
        end_belonging(actor=actor, person_ids=[seat.person_id], kind=AffiliationKind.STUDENT, on=on)
    seat.save(update_fields=["state", "ends_on"])
    record(actor, f"programmes.member.{step}", seat, reason=reason.strip())
    publish(StudentLeft(person_id=seat.person_id, state=seat.state))
    return seat


@transaction.atomic
def graduate_cohort(
    *, cohort_id: int, actor: Actor, on: datetime.date, now: datetime.datetime
) -> Cohort:
    """Graduate all who study in the cohort; those on leave stay (年级毕业)."""
    cohort = (
        Cohort.objects.select_for_update(of=("self",)).select_related("programme").get(pk=cohort_id)
    )
    require_manager(actor, cohort.programme)
    if cohort.graduated_at:
        raise DomainError("这个年级已办理毕业。")
    if on <= cohort.starts_on:
        raise DomainError("毕业日应晚于入学日，请改选日期。", field="on")
    seats = ClassMember.objects.filter(
        school_class__cohort=cohort,
        state=MemberState.STUDYING,
        ends_on__isnull=True,
        starts_on__lte=on,
    )
    target = steps.target("graduate", state=MemberState.STUDYING)
    people = list(seats.values_list("person_id", flat=True))
    end_belonging(actor=actor, person_ids=people, kind=AffiliationKind.STUDENT, on=on)
    count = seats.update(state=target, ends_on=on)
    cohort.graduated_at, cohort.ends_on = now, on
    cohort.save(update_fields=["graduated_at", "ends_on"])
    record(actor, "programmes.cohort.graduated", cohort, detail={"students": count})
    publish(CohortGraduated(cohort_id=cohort.pk))
    return cohort
