"""Plans as pages need them: courses, differences of versions, findings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import ConsentState, PlanState, VersionState
from silian.registers.programmes.gateways.rulebook import practice_limit
from silian.registers.programmes.models.plans import PlanAuthor, PlanCourse, TrainingPlan
from silian.registers.programmes.models.standards import StandardVersion
from silian.registers.programmes.rules.hours import Standing, hours_of, standing_of

SHOWN = (
    ("name", "课程名称"),
    ("kind", "类别"),
    ("term", "学期"),
    ("theory_hours", "理论学时"),
    ("practice_hours", "实践学时"),
    ("internship_weeks", "实习周数"),
    ("credits", "学分"),
)


@dataclass(frozen=True, kw_only=True)
class CourseDifference:
    """One course that differs between two versions (课程差异)."""

    code: str
    name: str
    sign: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something about a plan that its readers should know (方案检查)."""

    sentence: str
    met: bool
    basis: str = ""

    @property
    def text(self) -> str:
        return self.sentence


def courses_of(plan: TrainingPlan) -> list[PlanCourse]:
    return list(plan.courses.select_related("standard__standard", "enterprise"))


def shown_value(course: PlanCourse, name: str) -> str:
    if name == "kind":
        return course.get_kind_display()
    value = getattr(course, name)
    return "—" if value is None else str(value)


def differences(*, before: TrainingPlan, after: TrainingPlan) -> list[CourseDifference]:
    """What the later version adds, drops and changes, course by course (版本差异)."""
    old = {row.code: row for row in before.courses.all()}
    new = {row.code: row for row in after.courses.all()}
    found = [CourseDifference(code=code, name=row.name, sign="新增", changes=[])
             for code, row in new.items() if code not in old]  # fmt: skip
    found += [CourseDifference(code=code, name=row.name, sign="删除", changes=[])
              for code, row in old.items() if code not in new]  # fmt: skip
    for code in sorted(old.keys() & new.keys()):
        changes = [
            (label, shown_value(old[code], name), shown_value(new[code], name))
            for name, label in SHOWN
            if shown_value(old[code], name) != shown_value(new[code], name)
        ]
        if changes:
            found.append(
                CourseDifference(code=code, name=new[code].name, sign="变更", changes=changes)
            )
    return sorted(found, key=lambda each: (each.code, each.sign))


def standing_of_plan(
    plan: TrainingPlan, *, courses: Sequence[PlanCourse], on: datetime.date
) -> Standing:
    limit = practice_limit(division=plan.programme.division_id, on=on)
    return standing_of(hours=hours_of(courses), limit=limit)


def findings_of(
    plan: TrainingPlan, *, courses: Sequence[PlanCourse], on: datetime.date
) -> list[Finding]:
    """Share of practice, current standards, alignment, co-authors (方案检查)."""
    standing = standing_of_plan(plan, courses=courses, on=on)
    return [
        Finding(sentence=standing.sentence, met=standing.state in ("met", "unset")),
        *standard_findings(plan, on=on),
        alignment_finding(courses, on=on),
        author_finding(plan),
    ]


def standard_findings(plan: TrainingPlan, *, on: datetime.date) -> list[Finding]:
    cited = list(plan.standards.select_related("standard"))
    current = [row for row in cited if row.is_current(on=on)]
    ended = [row for row in cited if not row.is_current(on=on)]
    basis = "001·5、10"
    if current:
        first = Finding(sentence=f"引用现行标准 {len(current)} 项。", met=True, basis=basis)
    else:
        first = Finding(
            sentence="没有引用现行标准。请在方案概要里选择现行的专业或职业标准。",
            met=False,
            basis=basis,
        )
    return [
        first,
        *(Finding(sentence=f"引用的{row}已不是现行版本，请改引新版。", met=False) for row in ended),
    ]


def alignment_finding(courses: Sequence[PlanCourse], *, on: datetime.date) -> Finding:
    """课程内容与职业标准对接: how many professional courses name a current standard."""
    aligned, counted = alignment(courses, on=on)
    met = bool(counted) and aligned == counted
    return Finding(
        sentence=f"专业、实践、实习课程 {counted} 门，{aligned} 门对接现行标准。",
        met=met,
        basis="001·10",
    )


def alignment(courses: Sequence[PlanCourse], *, on: datetime.date) -> tuple[int, int]:
    """Courses that name a current standard, and courses that should (对接覆盖)."""
    professional = [row for row in courses if row.kind != "general"]
    aligned = [row for row in professional if row.standard and row.standard.is_current(on=on)]
    return len(aligned), len(professional)


def author_finding(plan: TrainingPlan) -> Finding:
    authors = list(plan.authors.all())
    if not authors:
        return Finding(sentence="没有企业共同编制。", met=False, basis="001·7")
    agreed = sum(row.state == ConsentState.AGREED for row in authors)
    return Finding(
        sentence=f"{len(authors)} 家企业共同编制，{agreed} 家已同意。",
        met=agreed == len(authors),
        basis="001·7",
    )


def plans_of(programme_id: int, *, visible: QuerySet[TrainingPlan]) -> list[TrainingPlan]:
    """The versions of a programme's plan that the reader may see, the latest first."""
    return list(visible.filter(programme_id=programme_id).order_by("-version"))


def answers_waiting(*, enterprise_id: int) -> QuerySet[PlanAuthor]:
    """Plans that wait for an enterprise's word (待企业答复)."""
    return PlanAuthor.objects.filter(
        enterprise_id=enterprise_id, state=ConsentState.ASKED, plan__state=PlanState.SUBMITTED
    ).select_related("plan__programme__school")


def approvals_waiting(actor: Actor) -> list[TrainingPlan]:
    """Plans of the actor's school that everybody has agreed to (待审定)."""
    rows = (
        TrainingPlan.objects.filter(
            programme__school_id=actor.organisation_id or 0, state=PlanState.SUBMITTED
        )
        .exclude(authors__state__in=[ConsentState.ASKED, ConsentState.REFUSED])
        .select_related("programme")
    )
    return list(rows.order_by("submitted_at"))


def standards_by_number(*, on: datetime.date) -> dict[str, int]:
    """Versions in force by number and by title, for course tables."""
    rows = StandardVersion.objects.filter(
        state=VersionState.IN_FORCE, in_force_from__lte=on
    ).select_related("standard")
    found: dict[str, int] = {}
    for row in rows.order_by("pk"):
        for name in (row.standard.number, row.standard.title):
            if name:
                found.setdefault(name, row.pk)
    return found


def enterprises_by_name(names: Sequence[str]) -> dict[str, int]:
    """Verified enterprises by their name or short name."""
    rows = Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE, state="verified")
    found: dict[str, int] = {}
    for column in ("name", "short_name"):
        for row in rows.filter(**{f"{column}__in": list(names)}).order_by("pk"):
            found.setdefault(getattr(row, column), row.pk)
    return found
