"""What a school has that a file of arrangements may name: students, hosts, posts, guides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from silian.operations.placements.choices.hosts import (
    HostState,
    PostState,
)
from silian.operations.placements.choices.internships import (
    HELD_STATES,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.rules.arranging import Arranging
from silian.operations.placements.rules.bulk_arrangements import (
    HOST,
    NAME,
    POST,
    STUDENT,
    TEACHER,
    ArrangementRow,
)
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation
from silian.registers.programmes.models import ClassMember


class Known:
    """The school's students, hosts, posts and guides by what the file calls them."""

    def __init__(self, rows: Sequence[ArrangementRow], *, plan: InternshipPlan) -> None:
        self.plan = plan
        self.seen: dict[str, int] = {}
        self.people = students_of(plan, numbers=[row.number for row in rows])
        hosts = Host.objects.filter(school=plan.school_id, state=HostState.PUBLISHED)
        self.hosts = {host.organisation.name: host for host in hosts.select_related("organisation")}
        self.posts = posts_of(self.hosts.values())
        self.teachers = teachers_of(plan.school_id)
        self.held = held_posts(plan)

    def fault_of(self, row: ArrangementRow) -> tuple[str, str] | None:
        """The column and the sentence that keep a row out, or None."""
        member = self.people.get(row.number)
        if member is None:
            return STUDENT, "本方案的年级里没有这个学号。"
        if row.number in self.seen:
            return STUDENT, f"与第 {self.seen[row.number]} 行学号相同。"
        self.seen[row.number] = row.place
        if row.name and row.name != member.person.name:
            return NAME, "姓名与学号不一致，请核对。"
        host = self.hosts.get(row.host)
        if host is None:
            return HOST, "本校已公布的实习单位里没有这个名称，请写单位全称。"
        found = self.posts[host.organisation_id].get(row.post, [])
        if not found:
            return POST, f"{row.host}没有可安排的“{row.post}”岗位。"
        if len(found) > 1:
            return POST, f"{row.host}有 {len(found)} 个同名岗位，请改用岗位编号。"
        if row.teacher and row.teacher not in self.teachers:
            return TEACHER, "本校没有这个工号的教师。"
        return None

    def post_of(self, row: ArrangementRow) -> InternshipPost:
        return self.posts[self.hosts[row.host].organisation_id][row.post][0]

    def is_placed(self, row: ArrangementRow) -> bool:
        """Whether the student holds this very post for these days already."""
        person = self.people[row.number].person_id
        return (person, self.post_of(row).pk) in self.held

    def wish(self, row: ArrangementRow) -> Arranging:
        return Arranging(
            person_id=self.people[row.number].person_id,
            plan_id=self.plan.pk,
            host_id=self.hosts[row.host].pk,
            post_id=self.post_of(row).pk,
            starts_on=self.plan.starts_on,
            ends_on=self.plan.ends_on,
            teacher_id=self.teachers.get(row.teacher),
            mismatch_reason=row.reason,
            warning_reason=row.reason,
        )


def students_of(plan: InternshipPlan, *, numbers: Sequence[str]) -> dict[str, ClassMember]:
    rows = ClassMember.objects.filter(
        school_class__cohort=plan.cohort_id, number__in=numbers, ends_on__isnull=True
    )
    return {row.number: row for row in rows.select_related("person")}


def posts_of(hosts: Iterable[Host]) -> dict[int, dict[str, list[InternshipPost]]]:
    """Open posts of each host by title and by imported number."""
    organisations = [host.organisation_id for host in hosts]
    rows = InternshipPost.objects.filter(organisation__in=organisations, state=PostState.OPEN)
    found: dict[int, dict[str, list[InternshipPost]]] = defaultdict(lambda: defaultdict(list))
    for post in rows.select_related("imported_as"):
        found[post.organisation_id][post.title].append(post)
        number = getattr(getattr(post, "imported_as", None), "number", "")
        if number and number != post.title:
            found[post.organisation_id][number].append(post)
    return found


def teachers_of(school_id: int) -> dict[str, int]:
    rows = Affiliation.objects.in_force(on=timezone.localdate()).filter(
        organisation_id=school_id, kind=AffiliationKind.TEACHER
    )
    return {number: pk for number, pk in rows.values_list("number", "person_id") if number}


def held_posts(plan: InternshipPlan) -> set[tuple[int, int]]:
    rows = Internship.objects.filter(
        plan=plan, state__in=sorted(HELD_STATES), starts_on=plan.starts_on, ends_on=plan.ends_on
    )
    return set(rows.values_list("person_id", "post_id"))
