"""People, classes and schools that the tests of placements set up; see ``stage``."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from silian.foundation.reference.choices import Catalogue, EducationLevel
from silian.foundation.reference.models import CatalogueVersion, Major
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.models import Organisation
from silian.registers.people.choices import AffiliationKind, Sex
from silian.registers.people.models import Affiliation, Person
from silian.registers.programmes.models import ClassMember, Cohort, Programme, SchoolClass
from tests.world import COUNTY, World, make_member, make_organisation
from tests.world import Person as Member


def make_major(*, code: str = "460103", name: str = "数控技术") -> Major:
    """A major of the 2021 catalogue; its first two digits are the 专业大类."""
    version, _ = CatalogueVersion.objects.get_or_create(
        catalogue=Catalogue.MAJOR,
        edition="2021",
        defaults={"title": "职业教育专业目录（2021年）", "valid_from": datetime.date(2021, 3, 1)},
    )
    major, _ = Major.objects.get_or_create(
        id=f"2021:{code}",
        defaults={
            "code": code,
            "name": name,
            "education_level": EducationLevel.COLLEGE,
            "version": version,
            "level": 3,
            "path": [f"2021:{code[:2]}", f"2021:{code[:4]}", f"2021:{code}"],
        },
    )
    return major


def make_person(*, name: str, user: Any = None, **values: Any) -> Person:
    facts: dict[str, Any] = {"born_on": datetime.date(1988, 5, 1), "is_demo": True}
    return Person.objects.create(name=name, user=user, **{**facts, **values})


def person_of(member: Any, *, kind: AffiliationKind, **values: Any) -> Person:
    """The register's entry of a member of the cast, made at the first asking."""
    found = Person.objects.filter(user=member.user).first()
    if found:
        return found
    person = make_person(name=member.user.name, user=member.user, **values)
    Affiliation.objects.create(
        person=person,
        organisation=member.organisation,
        kind=kind,
        starts_on=datetime.date(2023, 9, 1),
    )
    return person


def teacher_person(world: World) -> Person:
    return person_of(world.teacher, kind=AffiliationKind.TEACHER)


def mentor_person(world: World, organisation: Organisation | None = None) -> Person:
    """The mentor of a host, with an account of his own."""
    host = organisation or world.enterprise.organisation
    found = Person.objects.filter(
        affiliations__organisation=host, affiliations__kind=AffiliationKind.MENTOR
    ).first()
    if found:
        return found
    member = make_member(username=f"mentor-{host.pk}", organisation=host, role=Role.MENTOR)
    world.people.setdefault("mentor", member)
    return person_of(member, kind=AffiliationKind.MENTOR)


def make_other_school(world: World) -> Member:
    """The clerk of a second school of the city."""
    school = make_organisation(name="汀县职业高级中学（演示）", kind=OrganisationKind.SCHOOL)
    return make_member(username="other-school", organisation=school, role=Role.MANAGER)


def make_class(
    world: World, *, name: str = "数控 2301", year: int = 2023, major: Major | None = None
) -> SchoolClass:
    """A class of the world's school, led by the world's teacher."""
    major = major or make_major()
    programme, _ = Programme.objects.get_or_create(
        school=world.school.organisation,
        major=major,
        defaults={
            "division_id": COUNTY,
            "name": major.name,
            "years": Decimal(3),
            "opened_on": datetime.date(2015, 9, 1),
        },
    )
    cohort, _ = Cohort.objects.get_or_create(
        programme=programme,
        year=year,
        defaults={
            "starts_on": datetime.date(year, 9, 1),
            "ends_on": datetime.date(year + 3, 7, 1),
        },
    )
    made, _ = SchoolClass.objects.get_or_create(
        cohort=cohort, name=name, defaults={"head_teacher": teacher_person(world)}
    )
    return made


def make_student(
    world: World,
    *,
    school_class: SchoolClass | None = None,
    name: str = "演示学生林禾",
    born_on: datetime.date = datetime.date(2005, 6, 1),
    sex: Sex = Sex.MALE,
    user: Any = None,
    with_guardian: bool = True,
) -> Person:
    """A student of the class, with a guardian on record."""
    school_class = school_class or make_class(world)
    guardian = (
        make_person(name=f"{name}的家长", phone_mask="199****0021") if with_guardian else None
    )
    student = make_person(name=name, user=user, born_on=born_on, sex=sex, guardian=guardian)
    number = f"{school_class.cohort.year}{student.pk:06d}"
    Affiliation.objects.create(
        person=student,
        organisation=school_class.cohort.programme.school,
        kind=AffiliationKind.STUDENT,
        number=number,
        unit=school_class.name,
        starts_on=school_class.cohort.starts_on,
    )
    ClassMember.objects.create(
        school_class=school_class,
        person=student,
        number=number,
        starts_on=school_class.cohort.starts_on,
    )
    return student


def own_student(world: World) -> Person:
    """The world's student, as a student of the class."""
    found = Person.objects.filter(user=world.student.user).first()
    return found or make_student(world, name="演示学生何雨", user=world.student.user)


def guardian_member(world: World) -> Member:
    """The guardian of the world's student, with an account."""
    student = own_student(world)
    guardian = student.guardian
    assert guardian is not None
    if guardian.user is None:
        user = User.objects.create(username="guardian", name=guardian.name)
        guardian.user = user
        guardian.save(update_fields=["user"])
    member = Member(user=guardian.user, organisation=None)
    member.client.force_login(
        guardian.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return member
