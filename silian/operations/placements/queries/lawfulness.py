"""Whether candidates may be where somebody wants to place them, hundreds at a time (实习核对)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.operations.placements.choices.hosts import (
    AnswerState,
    HostState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    Arrangement,
    InternshipKind,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models.hosts import Host, HostInspection
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.queries.many import these
from silian.operations.placements.rules.prohibitions import findings
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.facts import (
    HostFacts,
    PostFacts,
    StayFacts,
    StudentFacts,
)
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import ClassMember

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5
DECIDED = (HostState.APPROVED, HostState.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One wish to place a student (拟安排). ``None`` for what nobody has said yet."""

    person_id: int
    post_id: int
    plan_id: int | None
    host_id: int | None
    starts_on: datetime.date
    ends_on: datetime.date
    kind: str = InternshipKind.POST
    arrangement: str = Arrangement.SCHOOL
    has_teacher: bool | None = None
    has_mentor: bool | None = None
    mismatch_reason: str = ""
    filing_number: str = ""
    lodging: str = ""


def findings_of(*, candidates: Sequence[Candidate], on: datetime.date) -> list[list[Finding]]:
    """What stands against each candidate, in their order; the queries do not grow with them.

    Provisions are those in force on the first day of the stay, or today when that is past.
    """
    facts = Facts(candidates)
    return [facts.findings(candidate, on=on) for candidate in candidates]


class Facts:
    """Everything that the rules ask about some candidates, read in a fixed number of queries."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        person_ids = {each.person_id for each in candidates}
        self.posts = by_id(
            InternshipPost.objects.select_related("industry", "organisation__industry"),
            {each.post_id for each in candidates},
        )
        self.plans = by_id(InternshipPlan.objects.all(), {each.plan_id for each in candidates})
        self.hosts = by_id(
            Host.objects.select_related("organisation__industry", "school"),
            {each.host_id for each in candidates},
        )
        self.people = by_id(Person.objects.all(), person_ids)
        self.members = memberships(person_ids)
        self.inspections = latest_inspections(self.hosts)
        self.confirmed = confirmed_answers(self.plans)
        self.calendar = site_calendar()
        self.limits: dict[tuple[str, datetime.date], Limits] = {}
        self.read_posts: dict[int, PostFacts] = {}
        self.read_hosts: dict[tuple[int, int | None], HostFacts] = {}
        self.holidays: dict[tuple[datetime.date, datetime.date], tuple[datetime.date, ...]] = {}

    def findings(self, candidate: Candidate, *, on: datetime.date) -> list[Finding]:
        post = self.posts[candidate.post_id]
        host = self.hosts.get(candidate.host_id) if candidate.host_id else None
        return findings(
            student=self.student(candidate),
            post=self.post_facts(post),
            stay=self.stay(candidate, host=host),
            host=self.host_facts(post.organisation, host),
            limits=self.limits_at(post.division_id, max(candidate.starts_on, on)),
        )

    def suppose(self, post: InternshipPost) -> None:
        """Judge with a post as it stands in memory from now on, saved or not."""
        self.posts[post.pk] = post
        self.read_posts.pop(post.pk, None)

    def post_facts(self, post: InternshipPost) -> PostFacts:
        """Read once for everybody at the post."""
        if post.pk not in self.read_posts:
            self.read_posts[post.pk] = post_facts(post)
        return self.read_posts[post.pk]

    def host_facts(self, organisation: Organisation, host: Host | None) -> HostFacts:
        """Read once for everybody whom a school sends there."""
        key = (organisation.pk, host.pk if host else None)
        if key not in self.read_hosts:
            inspection = self.inspections.get(host.pk) if host else None
            self.read_hosts[key] = host_facts(
                organisation=organisation, host=host, inspection=inspection
            )
        return self.read_hosts[key]

    def limits_at(self, division: str, day: datetime.date) -> Limits:
        key = (division, day)
        if key not in self.limits:
            self.limits[key] = limits_of(division=division, on=day)
        return self.limits[key]

    def student(self, candidate: Candidate) -> StudentFacts:
        person = self.people[candidate.person_id]
        member = next(
            (
                each
                for each in self.members.get(candidate.person_id, [])
                if each.starts_on <= candidate.starts_on
                and (each.ends_on is None or each.ends_on > candidate.starts_on)
            ),
            None,
        )
        return student_facts(person, member=member, on=candidate.starts_on)

    def stay(self, candidate: Candidate, *, host: Host | None) -> StayFacts:
        plan = self.plans.get(candidate.plan_id) if candidate.plan_id else None
        approved = plan is not None and plan.state == PlanState.APPROVED
        return StayFacts(
            starts_on=candidate.starts_on,
            ends_on=candidate.ends_on,
            kind=candidate.kind,
            arrangement=candidate.arrangement,
            has_teacher=candidate.has_teacher,
            has_mentor=candidate.has_mentor,
            plan_approved=approved and (candidate.plan_id, candidate.host_id) in self.confirmed,
            plan_tasks=len(plan.tasks) if plan else None,
            attendance_weight=plan.attendance_weight if plan else None,
            length_reason=plan.length_reason if plan else "",
            mismatch_reason=candidate.mismatch_reason,
            filing_number=candidate.filing_number,
            lodging=candidate.lodging,
            school_division=host.school.division_id if host else "",
            holidays=self.holidays_in(candidate),
        )

    def holidays_in(self, candidate: Candidate) -> tuple[datetime.date, ...]:
        if not self.posts[candidate.post_id].works_holidays:
            return ()
        key = (candidate.starts_on, candidate.ends_on)
        if key not in self.holidays:
            self.holidays[key] = holidays_between(self.calendar, *key)
        return self.holidays[key]


def by_id(rows: Any, ids: Iterable[int | None]) -> dict[int, Any]:
    wanted = {pk for pk in ids if pk is not None}
    return {row.pk: row for row in rows.filter(pk__in=these(wanted))}


def memberships(person_ids: Iterable[int]) -> dict[int, list[ClassMember]]:
    """The class memberships of people with cohort and major, the latest first; one query."""
    found: dict[int, list[ClassMember]] = {}
    rows = ClassMember.objects.filter(person_id__in=these(person_ids)).select_related(
        "school_class__cohort__programme__major"
    )
    for row in rows.order_by("-starts_on", "-pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def latest_inspections(host_ids: Iterable[int]) -> dict[int, HostInspection]:
    """The latest approved visit of each host; one query."""
    rows = HostInspection.objects.filter(host_id__in=list(host_ids), approved_at__isnull=False)
    found: dict[int, HostInspection] = {}
    for row in rows.order_by("visited_on", "pk"):
        found[row.host_id] = row
    return found


def confirmed_answers(plan_ids: Iterable[int]) -> set[tuple[int | None, int | None]]:
    rows = HostAnswer.objects.filter(plan_id__in=list(plan_ids), state=AnswerState.CONFIRMED)
    return set(rows.values_list("plan_id", "host_id"))


def holidays_between(
    calendar: WorkingCalendar, starts_on: datetime.date, ends_on: datetime.date
) -> tuple[datetime.date, ...]:
    """The weekdays in ``[starts_on, ends_on)`` that the calendar keeps free: holidays."""
    days = (ends_on - starts_on).days
    every = (starts_on + ONE_DAY * number for number in range(days))
    return tuple(day for day in every if day.weekday() < SATURDAY and not calendar.is_working(day))


def student_facts(person: Person, *, member: ClassMember | None, on: datetime.date) -> StudentFacts:
    cohort = member.school_class.cohort if member else None
    return StudentFacts(
        born_on=person.born_on,
        sex=person.sex,
        major_class=cohort.programme.major.code[:2] if cohort else "",
        year_of_study=cohort.year_of_study(on=on) if cohort else None,
    )


POST_FIELDS = (
    "title", "daily_hours", "weekly_days", "shift_starts", "shift_ends", "works_holidays",
    "has_overtime", "intensity", "lift_kg", "lifts_per_hour", "is_close_to_minors",
    "offence_check", "pay", "post_wage", "lowest_grade_wage", "pay_method", "fees",
    "is_paid_by_school_head", "is_through_agency", "filing_number", "has_lodging",
)  # fmt: skip


def post_facts(post: InternshipPost) -> PostFacts:
    """A post as the rules see it."""
    return PostFacts(
        **{name: getattr(post, name) for name in POST_FIELDS},
        industry=post.industry_id or "",
        industry_name=post.industry.name if post.industry else "",
        major_classes=tuple(post.major_classes),
        tasks=tuple(post.tasks),
        hazards=frozenset(post.hazards),
        division=post.division_id,
    )


def host_facts(
    *, organisation: Organisation, host: Host | None, inspection: HostInspection | None
) -> HostFacts:
    """An organisation and its standing at one school, as the rules see them."""
    state = organisation.state
    return HostFacts(
        name=organisation.name,
        uscc=organisation.uscc,
        industry=organisation.industry_id or "",
        industry_name=organisation.industry.name if organisation.industry else "",
        is_registered=state in (OrganisationState.VERIFIED, OrganisationState.SUSPENDED),
        is_suspended=state == OrganisationState.SUSPENDED,
        is_removed=host is not None and host.state == HostState.REMOVED,
        is_credit_clean=host.is_credit_clean if host else None,
        had_safety_violation=host.had_safety_violation if host else None,
        is_licence_valid=host.is_licence_valid if host else None,
        is_inspected=inspection is not None,
        inspection_suits=inspection.is_suitable if inspection else None,
        is_decided=host is not None and host.state in DECIDED,
        is_published=host is not None and host.state == HostState.PUBLISHED,
        division=organisation.division_id,
    )
