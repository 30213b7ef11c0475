"""What arranging asks about wishes: who belongs where, and which days are taken."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.operations.placements.choices.internships import (
    HELD_STATES,
    KINDS_IN_POST,
)
from silian.operations.placements.models import Host, Internship, InternshipPlan, InternshipPost
from silian.operations.placements.queries.lawfulness import Candidate, findings_of
from silian.operations.placements.rules.arranging import Arranging, Fit, reason_not_fitting
from silian.operations.placements.rules.internship_life import overlaps
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.registers.people.models import Person
from silian.registers.programmes.models import ClassMember, SchoolClass

Days = tuple[datetime.date, datetime.date]


class Arrangeables:
    """Plans, hosts, posts and classes of some wishes, read in a fixed number of queries."""

    def __init__(self, wishes: Sequence[Arranging], *, school_id: int | None) -> None:
        self.person_ids = {wish.person_id for wish in wishes}
        self.school_id = school_id
        self.plans = InternshipPlan.objects.in_bulk({wish.plan_id for wish in wishes})
        self.hosts = Host.objects.in_bulk({wish.host_id for wish in wishes})
        posts = InternshipPost.objects.select_related("organisation")
        self.posts = posts.in_bulk({wish.post_id for wish in wishes})
        self.people = Person.objects.in_bulk(self.person_ids)
        self.classes = self.classes_on([wish.starts_on for wish in wishes])

    def classes_on(self, days: Sequence[datetime.date]) -> dict[int, list[ClassMember]]:
        """The class memberships of the students that touch the days, the latest first."""
        rows = ClassMember.objects.filter(person_id__in=self.person_ids)
        found: dict[int, list[ClassMember]] = defaultdict(list)
        related = rows.select_related("school_class__cohort__programme")
        for row in related.order_by("-starts_on", "-pk"):
            found[row.person_id].append(row)
        return found

    def class_of(self, wish: Arranging) -> SchoolClass | None:
        """The class that the student sits in on the first day, by the latest membership."""
        for row in self.classes.get(wish.person_id, []):
            if row.starts_on <= wish.starts_on and (
                row.ends_on is None or row.ends_on > wish.starts_on
            ):
                return row.school_class
        return None

    def works(self, wish: Arranging) -> bool:
        """Whether the student takes a place there; 认识实习 is watching."""
        return self.plans[wish.plan_id].kind in KINDS_IN_POST

    def held_periods(self) -> dict[int, list[Days]]:
        """The days that the students' other internships hold, behind the locks; one query."""
        rows = Internship.objects.filter(
            person_id__in=self.person_ids, state__in=sorted(HELD_STATES)
        )
        found: dict[int, list[Days]] = defaultdict(list)
        for person_id, starts, ends in rows.values_list("person_id", "starts_on", "ends_on"):
            found[person_id].append((starts, ends))
        return found

    def reason_not_fitting(self, wish: Arranging) -> tuple[str, str] | None:
        plan, host = self.plans[wish.plan_id], self.hosts[wish.host_id]
        post, school_class = self.posts[wish.post_id], self.class_of(wish)
        school = self.school_id or plan.school_id
        return reason_not_fitting(
            Fit(
                is_own_student=school_class is not None
                and school_class.cohort.programme.school_id == school,
                is_own_plan=plan.school_id == school,
                is_own_host=host.school_id == school,
                is_plan_of_cohort=school_class is not None
                and plan.cohort_id == school_class.cohort_id,
                is_post_of_host=post.organisation_id == host.organisation_id,
                post_state=post.state,
                starts_on=wish.starts_on,
                ends_on=wish.ends_on,
                post_starts_on=post.starts_on,
                post_ends_on=post.ends_on,
                plan_starts_on=plan.starts_on,
                plan_ends_on=plan.ends_on,
            )
        )

    def candidate(self, wish: Arranging) -> Candidate:
        """The wish as the prohibitions read it; instructors may follow until the start."""
        mentor_id = wish.mentor_id or self.posts[wish.post_id].mentor_id
        return Candidate(
            person_id=wish.person_id,
            post_id=wish.post_id,
            plan_id=wish.plan_id,
            host_id=wish.host_id,
            starts_on=wish.starts_on,
            ends_on=wish.ends_on,
            kind=self.plans[wish.plan_id].kind,
            arrangement=wish.arrangement,
            has_teacher=True if wish.teacher_id else None,
            has_mentor=True if mentor_id else None,
            mismatch_reason=wish.mismatch_reason,
            filing_number=wish.filing_number,
            lodging=wish.lodging,
        )

    def internship(self, wish: Arranging) -> Internship:
        """The row that the wish becomes, not saved."""
        plan, post = self.plans[wish.plan_id], self.posts[wish.post_id]
        school_class = self.class_of(wish)
        return Internship(
            school_id=plan.school_id,
            person=self.people[wish.person_id],
            school_class=school_class,
            plan=plan,
            host_id=wish.host_id,
            organisation_id=post.organisation_id,
            post=post,
            division_id=post.division_id,
            kind=plan.kind,
            arrangement=wish.arrangement,
            starts_on=wish.starts_on,
            ends_on=wish.ends_on,
            pay=post.pay,
            teacher_id=wish.teacher_id or (school_class.head_teacher_id if school_class else None),
            mentor_id=wish.mentor_id or post.mentor_id,
            mismatch_reason=wish.mismatch_reason,
            filing_number=wish.filing_number,
            lodging=wish.lodging,
        )


@dataclass(frozen=True, kw_only=True)
class Arrangeable:
    """One student of a class and what stands against the wished arrangement (可安排学生)."""

    person: Person
    number: str
    findings: Sequence[Finding]
    sentence: str

    @property
    def is_free(self) -> bool:
        """Whether nothing refuses the student; warnings may stand."""
        return not self.sentence and not any(each.blocks for each in self.findings)


def arrangeable_students(
    *, school_class: SchoolClass, wishes: Mapping[str, Any], on: datetime.date
) -> list[Arrangeable]:
    """The students of a class with the findings of each, before anything is saved (预先核对)."""
    starts_on = wishes["starts_on"]
    rows = (
        ClassMember.objects.in_force(on=starts_on)  # type: ignore[attr-defined]
        .filter(school_class=school_class)
        .select_related("person")
        .order_by("number")
    )
    members = list(rows)
    wanted = [Arranging(person_id=row.person_id, **wishes) for row in members]
    known = Arrangeables(wanted, school_id=school_class.cohort.programme.school_id)
    held = known.held_periods()
    found = findings_of(candidates=[known.candidate(wish) for wish in wanted], on=on)
    return [
        Arrangeable(
            person=row.person,
            number=row.number,
            findings=against,
            sentence=reason_taken(known, wish, held=held.get(row.person_id, [])),
        )
        for row, wish, against in zip(members, wanted, found, strict=True)
    ]


def reason_taken(known: Arrangeables, wish: Arranging, *, held: Sequence[Days]) -> str:
    """Why plan, post or days do not fit this student, or nothing."""
    reason = known.reason_not_fitting(wish)
    if reason:
        return reason[1]
    if overlaps(starts_on=wish.starts_on, ends_on=wish.ends_on, held=held):
        return "这段时间已有其他实习安排"
    return ""
