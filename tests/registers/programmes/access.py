"""Who gets what from every address of programmes."""

from __future__ import annotations

from typing import Any

from silian.registers.programmes.models import (
    ClassMember,
    Construction,
    EnrolmentPlan,
    Participation,
    Pathway,
    PlanCourse,
    Programme,
    RosterImport,
    StandardVersion,
    TrainingPlan,
)
from tests.access import HIDDEN, OK, Row, only, signed_in
from tests.registers.programmes.stage import make_plan, make_standard, ready_world
from tests.world import TODAY, World

OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
WATCHERS = ("school", *OFFICIALS)
WRITERS = ("enterprise", "rival", "school")
STARTED = TODAY.replace(month=1)


def base(world: World) -> Programme:
    """The programme of the cast's school; made once for all roles."""
    return Programme.objects.first() or ready_world(world)[0]


def programme(world: World) -> dict[str, Any]:
    return {"programme_id": base(world).pk}


def step(name: str, of: Any = programme) -> Any:
    return lambda world: {**of(world), "step": name}


def chain(world: World) -> dict[str, Any]:
    Programme.objects.filter(pk=base(world).pk).update(industry_chain="高端装备")
    return {"name": "高端装备"}


def construction(world: World) -> dict[str, Any]:
    found = Construction.objects.first() or Construction.objects.create(
        programme=base(world), category="key_group", level="city", approved_on=STARTED
    )
    return {"construction_id": found.pk}


def plan(world: World) -> dict[str, Any]:
    found = TrainingPlan.objects.first() or make_plan(base(world), actor=world.school.actor)
    return {"plan_id": found.pk}


def difference(world: World) -> dict[str, Any]:
    return {**plan(world), "before_id": plan(world)["plan_id"]}


def course(world: World) -> dict[str, Any]:
    plan(world)
    found = PlanCourse.objects.first()
    assert found is not None
    return {"course_id": found.pk}


def pathway(world: World) -> dict[str, Any]:
    found = Pathway.objects.first() or Pathway.objects.create(
        programme=base(world),
        kind="secondary_to_college",
        partner_id=world.rival.actor.organisation_id or 0,
        first_year=2026,
        seats=40,
    )
    return {"pathway_id": found.pk}


def enrolment(world: World) -> dict[str, Any]:
    found = EnrolmentPlan.objects.first() or EnrolmentPlan.objects.create(
        programme=base(world), year=2025, kind="classified", planned=40
    )
    return {"enrolment_id": found.pk}


def version(world: World) -> dict[str, Any]:
    found = StandardVersion.objects.first() or make_standard(base(world).school)
    return {"version_id": found.pk}


def standard(world: World) -> dict[str, Any]:
    return {"standard_id": StandardVersion.objects.get(pk=version(world)["version_id"]).standard_id}


def participation(world: World) -> dict[str, Any]:
    found = Participation.objects.first() or Participation.objects.create(
        programme=base(world),
        enterprise_id=world.enterprise.actor.organisation_id or 0,
        stage="planning",
        happened_on=STARTED,
        activity="参加研讨",
    )
    return {"participation_id": found.pk}


def member(world: World) -> dict[str, Any]:
    base(world)
    found = ClassMember.objects.first()
    assert found is not None
    return {"member_id": found.pk}


def school_class(world: World) -> dict[str, Any]:
    return {"class_id": ClassMember.objects.get(pk=member(world)["member_id"]).school_class_id}


def cohort(world: World) -> dict[str, Any]:
    base(world)
    found = ClassMember.objects.select_related("school_class").get()
    return {"cohort_id": found.school_class.cohort_id}


def roster(world: World) -> dict[str, Any]:
    found = RosterImport.objects.first() or RosterImport.objects.create(
        school=base(world).school, file_name="名单.xlsx", state="checked"
    )
    return {"roster_id": found.pk}


def school_only(kwargs: Any, *, otherwise: int = 403, **given: Any) -> Row:
    return only("school", otherwise=otherwise, kwargs=kwargs, **given)


def plan_page(status: int = OK, **given: Any) -> Row:
    """Drafts open to school and authority; others do not find them."""
    statuses = dict.fromkeys(OFFICIALS, 403)
    row = only("school", status=status, otherwise=HIDDEN, **given)
    return Row(
        statuses={**row.statuses, **statuses}, method=row.method, kwargs=row.kwargs, data=row.data
    )


def teachers_too(*roles: str, **given: Any) -> Row:
    return only(*roles, "teacher", **given)


def named(prefix: str, rows: dict[str, Row]) -> dict[str, Row]:
    return {f"{prefix}:{name}": row for name, row in rows.items()}


CONFLICT, INVALID, MOVED = 409, 422, 302
ACCESS: dict[str, Row] = named(
    "programmes",
    {
        "programme_list": signed_in(),
        "programme_new": only("school"),
        "programme_detail": signed_in(kwargs=programme),
        "programme_edit": school_only(programme),
        "programme_history": only(*WATCHERS, otherwise=HIDDEN, kwargs=programme),
        "programme_step": school_only(step("pause")),
        "construction_list": signed_in(),
        "construction_new": school_only(programme),
        "construction_step": school_only(step("build", construction)),
        "pathway_list": only(*WATCHERS),
        "pathway_detail": only(*WATCHERS, otherwise=HIDDEN, kwargs=pathway),
        "pathway_new": school_only(programme),
        "enrolment_new": school_only(programme),
        "pick": signed_in(kwargs=lambda world: {"kind": "enterprise"}),
        "hours_list": only(*WATCHERS),
        "chain_list": only(*WATCHERS),
        "chain": only(*WATCHERS, kwargs=chain),
        "plan_new": school_only(programme),
        "plan_detail": only(*WATCHERS, otherwise=HIDDEN, kwargs=plan),
        "plan_edit": plan_page(kwargs=plan),
        "plan_send_back": plan_page(kwargs=plan),
        "plan_answer": only(*WATCHERS, otherwise=HIDDEN, kwargs=plan),
        "plan_difference": only(*WATCHERS, otherwise=HIDDEN, kwargs=difference),
        "course_new": plan_page(kwargs=plan),
        "course_import": plan_page(kwargs=plan),
        "course_template": signed_in(),
        "course_edit": plan_page(kwargs=course),
        "standard_list": signed_in(),
        "standard_new": only(*WRITERS),
        "standard_detail": signed_in(kwargs=standard),
        "version_new": school_only(standard),
        "version_review": only("reviewer", "coordinator", kwargs=version),
        "version_withdraw": only("reviewer", "coordinator", kwargs=version),
        "joint_work_new": school_only(programme),
        "participation_matrix": only(*WATCHERS),
        "participation_list": signed_in(),
        "participation_detail": only(
            *WATCHERS, "enterprise", otherwise=HIDDEN, kwargs=participation
        ),
        "participation_new": school_only(programme),
        "task_module_new": school_only(programme),
        "class_list": teachers_too(*WATCHERS),
        "class_detail": teachers_too(*WATCHERS, otherwise=HIDDEN, kwargs=school_class),
        "cohort_new": school_only(programme),
        "cohort_detail": teachers_too(*WATCHERS, otherwise=HIDDEN, kwargs=cohort),
        "member_move": only("school", otherwise=HIDDEN, kwargs=member),
        "member_step": only("school", otherwise=HIDDEN, kwargs=step("take_leave", member)),
        "roster_list": only("school"),
        "roster_new": only("school"),
        "roster_template": only("school"),
        "roster_detail": school_only(roster),
        "roster_problems": school_only(roster),
    },
)


def school_among_watchers(
    kwargs: Any,
    *,
    seen: tuple[str, ...] = OFFICIALS,
    status: int = OK,
    method: str = "get",
) -> Row:
    """The school may; those who only watch are refused; others do not find it."""
    row = only("school", status=status, otherwise=HIDDEN, kwargs=kwargs, method=method)
    return Row(statuses={**row.statuses, **dict.fromkeys(seen, 403)}, method=method, kwargs=kwargs)


ACCESS |= named(
    "programmes",
    {
        "enrolment_edit": school_among_watchers(enrolment),
        "participation_evidence": school_among_watchers(
            participation, seen=(*OFFICIALS, "enterprise")
        ),
        "participation_confirm": Row(
            statuses={
                **only("enterprise", status=MOVED, otherwise=HIDDEN).statuses,
                **dict.fromkeys(WATCHERS, 403),
            },
            method="post",
            kwargs=participation,
        ),
        "class_edit": school_among_watchers(school_class, seen=(*OFFICIALS, "teacher")),
        "class_new": school_among_watchers(cohort, seen=(*OFFICIALS, "teacher")),
        "cohort_graduate": school_among_watchers(cohort, seen=(*OFFICIALS, "teacher")),
        "plan_submit": school_among_watchers(plan, status=MOVED, method="post"),
        "plan_approve": school_among_watchers(plan, status=CONFLICT, method="post"),
        "plan_delete": school_among_watchers(plan, status=MOVED, method="post"),
        "course_remove": school_among_watchers(course, status=MOVED, method="post"),
        "version_submit": only("school", status=CONFLICT, method="post", kwargs=version),
        "pathway_confirm": Row(
            statuses={
                **only(otherwise=HIDDEN).statuses,
                **dict.fromkeys(WATCHERS, 403),
            },
            method="post",
            kwargs=pathway,
        ),
        "pathway_end": school_among_watchers(pathway, status=MOVED, method="post"),
        "roster_confirm": school_only(roster, status=CONFLICT, method="post"),
        "roster_drop": school_only(roster, status=MOVED, method="post"),
    },
)
