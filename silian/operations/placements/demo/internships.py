"""Builds the internships of the demonstration city: most in post, some on their way there."""

from __future__ import annotations

import datetime
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from silian.operations.placements.choices.hosts import (
    HostState,
    PlanState,
    PostState,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
    InternshipState,
)
from silian.operations.placements.demo.internship_papers import PaperMaker
from silian.operations.placements.demo.internship_starts import earlier_plan, later_choices
from silian.operations.placements.models import (
    Host,
    Internship,
    InternshipPlan,
    InternshipPost,
    Interruption,
    PostPeriod,
)
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation
from silian.registers.programmes.models import ClassMember

LEAD_SCHOOL = "青澜职业技术学院（演示）"
DEMO_STUDENT, DEMO_MENTOR, DEMO_TEACHER = "demo-student", "demo-mentor", "demo-teacher"
OF_OTHERS = 22  # interns of each other school
S = InternshipState
READY, UNSIGNED, NEW = "ready", "unsigned", "new"
"""What a student who has not begun yet lacks: nothing, signatures, everything."""
STANDINGS = (
    *[(S.PREPARING, READY)] * 2,
    *[(S.PREPARING, UNSIGNED)] * 4,
    (S.PREPARING, NEW),
    (S.INTERRUPTED, READY),
    *[(S.IN_POST, READY)] * 42,
)
"""Of fifty students two are ready to begin, five on the way, one interrupted or gone."""
LEAVING = 7  # the place of the interrupted one; every second time the student has left
TEACHERS_A_SCHOOL = 12


@dataclass
class InternshipBuilder:
    """Makes the same internships from the same seed, day and scale."""

    rng: random.Random
    on: datetime.date
    scale: float = 1.0
    taken: Counter[int] = field(default_factory=Counter)
    rows: list[tuple[Internship, str]] = field(default_factory=list)

    def build(self) -> int:
        """Write internships, post periods, consents and agreements; returns how many students."""
        self.plans = self.approved_plans()
        if not self.plans:
            return 0
        self.posts = self.open_posts()
        self.teachers = self.teachers_of_schools()
        for plan in self.plans:
            self.place_cohort(plan)
        self.follow_the_visitor()
        made = Internship.objects.bulk_create([row for row, _ in self.rows], batch_size=1_000)
        self.write_past(made)
        papers = PaperMaker(on=self.on, now=timezone.now())
        papers.write([(row, lack) for row, (_, lack) in zip(made, self.rows, strict=True)])
        earlier_plan(made)
        later_choices(on=self.on)
        return len(made)

    def approved_plans(self) -> list[InternshipPlan]:
        """The plans that run today, the leading school's first."""
        rows = InternshipPlan.objects.filter(
            state=PlanState.APPROVED,
            kind=InternshipKind.POST,
            starts_on__lte=self.on,
            ends_on__gt=self.on,
            is_demo=True,
        ).select_related("school", "cohort__programme__major")
        return sorted(rows, key=lambda plan: (plan.school.name != LEAD_SCHOOL, plan.pk))

    def open_posts(self) -> dict[int, list[tuple[Host, InternshipPost]]]:
        """The open posts of each school's published hosts, the visitor's enterprise first."""
        hosts = Host.objects.filter(state=HostState.PUBLISHED, is_demo=True).order_by("pk")
        posts: dict[int, list[InternshipPost]] = defaultdict(list)
        rows = InternshipPost.objects.filter(state=PostState.OPEN, is_demo=True)
        for post in rows.select_related("organisation").order_by("pk"):
            posts[post.organisation_id].append(post)
        found: dict[int, list[tuple[Host, InternshipPost]]] = defaultdict(list)
        for host in hosts:
            found[host.school_id] += [(host, post) for post in posts[host.organisation_id]]
        return found

    def teachers_of_schools(self) -> dict[int, list[int]]:
        """A dozen teachers of each school guide its interns, the visitor's own among them."""
        rows = Affiliation.objects.filter(kind=AffiliationKind.TEACHER, ends_on=None)
        ordered = rows.order_by("person__user_id", "pk").values_list("organisation_id", "person_id")
        found: dict[int, list[int]] = defaultdict(list)
        for organisation_id, person_id in ordered:
            if len(found[organisation_id]) < TEACHERS_A_SCHOOL:
                found[organisation_id].append(person_id)
        return found

    def place_cohort(self, plan: InternshipPlan) -> None:
        """Give every student of the cohort a post that suits the major and has room."""
        members = ClassMember.objects.filter(
            school_class__cohort=plan.cohort_id, ends_on=None
        ).select_related("person__user", "school_class")
        suited = [
            pair
            for pair in self.posts[plan.school_id]
            if plan.cohort.programme.major.code[:2] in pair[1].major_classes
        ]
        chosen = list(members.order_by("school_class_id", "number"))
        if plan.school.name != LEAD_SCHOOL:
            chosen = chosen[: max(1, int(OF_OTHERS * self.scale))]
        for member in chosen:
            pair = self.room_in(suited, member)
            if pair is None:
                continue
            self.rows.append(self.internship(plan, member, *pair, place=len(self.rows)))

    def room_in(
        self, suited: Sequence[tuple[Host, InternshipPost]], member: ClassMember
    ) -> tuple[Host, InternshipPost] | None:
        """The fullest choice that still has places, so that hosts fill evenly."""
        free = [pair for pair in suited if self.taken[pair[1].pk] < pair[1].headcount]
        if not free:
            return None
        pair = min(free, key=lambda each: (self.taken[each[1].pk], each[1].pk))
        self.taken[pair[1].pk] += 1
        return pair

    def internship(
        self,
        plan: InternshipPlan,
        member: ClassMember,
        host: Host,
        post: InternshipPost,
        *,
        place: int,
    ) -> tuple[Internship, str]:
        state, lack = self.standing(place)
        waiting = state in (S.PLANNED, S.PREPARING)
        starts_on = self.on + datetime.timedelta(days=14) if waiting else plan.starts_on
        teachers = self.teachers[plan.school_id]
        row = Internship(
            school_id=plan.school_id,
            person=member.person,
            school_class=member.school_class,
            plan=plan,
            host=host,
            organisation=post.organisation,
            post=post,
            division_id=post.division_id,
            kind=plan.kind,
            state=state,
            starts_on=starts_on,
            ends_on=plan.ends_on,
            pay=post.pay,
            teacher_id=teachers[place % len(teachers)] if teachers else None,
            mentor_id=post.mentor_id,
            lodging=f"{post.address}职工宿舍" if post.has_lodging else "",
            started_on=None if waiting else plan.starts_on,
            is_demo=True,
        )
        self.close(row)
        return row, lack

    def standing(self, place: int) -> tuple[InternshipState, str]:
        """Where a student stands: like the board of the look, 5 in 6 in post."""
        step = place % len(STANDINGS)
        if step == LEAVING and place % (2 * len(STANDINGS)) != step:
            return S.ENDED_EARLY, READY
        return STANDINGS[step]

    def close(self, row: Internship) -> None:
        if row.state != S.ENDED_EARLY:
            return
        row.ended_on = self.on - datetime.timedelta(days=self.rng.randint(6, 20))
        row.ends_on = row.ended_on + datetime.timedelta(days=1)
        row.ended_by, row.end_reason = "student", "参加专升本备考，经三方协商提前结束"

    def follow_the_visitor(self) -> None:
        """The one-click student works at the one-click enterprise with the one-click mentor."""
        mentor = Affiliation.objects.filter(person__user__username=DEMO_MENTOR).first()
        row = next(
            (
                each
                for each, _ in self.rows
                if each.person.user and each.person.user.username == DEMO_STUDENT
            ),
            None,
        )
        if mentor is None or row is None:
            return
        for each, _ in self.rows:
            if each.organisation_id == mentor.organisation_id:
                each.mentor_id = mentor.person_id
        pairs = self.posts[row.school_id]
        home = next(
            (pair for pair in pairs if pair[1].organisation_id == mentor.organisation_id), None
        )
        if home is None:
            return
        self.settle(row, *home)
        teacher = Affiliation.objects.filter(person__user__username=DEMO_TEACHER).first()
        row.mentor_id = mentor.person_id
        row.teacher_id = teacher.person_id if teacher else row.teacher_id
        place = next(n for n, (each, _) in enumerate(self.rows) if each is row)
        self.rows[place] = (row, READY)

    def settle(self, row: Internship, host: Host, post: InternshipPost) -> None:
        """In post since the plan began."""
        row.host, row.post, row.organisation = host, post, post.organisation
        row.division_id, row.pay = post.division_id, post.pay
        row.state, row.starts_on, row.ends_on = S.IN_POST, row.plan.starts_on, row.plan.ends_on
        row.started_on, row.ended_on = row.plan.starts_on, None
        row.ended_by, row.end_reason = "", ""
        row.lodging = f"{post.address}职工宿舍" if post.has_lodging else ""

    def write_past(self, made: Sequence[Internship]) -> None:
        """Post periods of all who began, and the open interruptions."""
        PostPeriod.objects.bulk_create(list(self.periods(made)), batch_size=1_000)
        Interruption.objects.bulk_create(
            Interruption(
                internship=row,
                starts_on=self.on - datetime.timedelta(days=5),
                reason="学生手术后休养，家长申请",
            )
            for row in made
            if row.state == S.INTERRUPTED
        )

    def periods(self, made: Sequence[Internship]) -> Iterator[PostPeriod]:
        for row in made:
            if row.started_on is not None:
                ended = row.ends_on if row.ended_on else None
                yield PostPeriod(
                    internship=row, post=row.post, starts_on=row.started_on, ends_on=ended
                )
