"""Documents, bodies and tasks for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.actors import system_actor
from silian.governance.policy_tasks.commands.target_drafting import draft_targets_of_document
from silian.governance.policy_tasks.commands.task_assigning import (
    Arrangement,
    arrange_task,
    assign_task,
)
from silian.governance.policy_tasks.commands.task_drafting import draft_tasks_of_document
from silian.governance.policy_tasks.commands.task_reporting import (
    Progress,
    claim_done,
    sign_task,
)
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import BodyRole, DocumentLevel, DocumentState, Medium
from silian.registers.policies.models import Clause, PolicyBody, PolicyDocument
from silian.registers.policies.models.clauses import ClauseBody, ClauseGoal, ClauseTarget
from tests.world import CITY, Person, World, make_member, make_organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 15, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
DAY = datetime.timedelta(days=1)
DUE = datetime.date(2026, 6, 30)
NUMBER = "青政办发〔2025〕18号"


def department(name: str = "青澜市工业和信息化局（演示）", username: str = "industry") -> Person:
    """The agent of a department."""
    office = make_organisation(name=name, kind=OrganisationKind.GOVERNMENT, division_id=CITY)
    return make_member(username=username, organisation=office, role=Role.AGENT)


def body_of(person: Person, *, name: str) -> PolicyBody:
    body, _ = PolicyBody.objects.get_or_create(
        division_id=CITY, name=name, defaults={"organisation": person.organisation}
    )
    return body


def make_document(world: World, **values: Any) -> PolicyDocument:
    """An issued plan of the coordinator's office, without clauses."""
    facts: dict[str, Any] = {
        "division_id": CITY,
        "owner": world.coordinator.organisation,
        "state": DocumentState.ISSUED,
        "title": "青澜市深化产教融合实施方案（演示）",
        "document_number": NUMBER,
        "issued_on": datetime.date(2025, 6, 20),
        "level": DocumentLevel.CITY,
        "medium": Medium.TEXT,
        "issued_at": NOW,
    }
    return PolicyDocument.objects.create(**{**facts, **values})


def add_clause(
    document: PolicyDocument, *, bodies: list[tuple[PolicyBody, str]], **values: Any
) -> Clause:
    """A clause that asks some bodies to act, in the roles given."""
    order = document.clauses.count() + 1
    facts: dict[str, Any] = {
        "order": order,
        "path": ["二、打通供需信息"],
        "number": f"（{order}）",
        "heading": f"第{order}项工作",
        "text": f"第{order}项工作。到期办结。",
        "start": 0,
        "end": 10,
        "is_task": True,
    }
    clause = Clause.objects.create(document=document, **{**facts, **values})
    for place, (body, role) in enumerate(bodies):
        ClauseBody.objects.create(
            clause=clause, order=place, body=body, printed=body.name, role=role
        )
    return clause


def add_target(clause: Clause, **values: Any) -> ClauseTarget:
    facts: dict[str, Any] = {
        "title": "核验企业",
        "phrase": "平台核验企业达到500家",
        "low": Decimal(500),
        "unit": "家",
        "comparator": ">=",
        "force": "target",
        "deadline_on": datetime.date(2026, 12, 31),
    }
    return ClauseTarget.objects.create(clause=clause, **{**facts, **values})


def add_goal(clause: Clause, **values: Any) -> ClauseGoal:
    facts: dict[str, Any] = {
        "title": "五项制度运行",
        "phrase": "五项制度在全市运行",
        "deadline_on": datetime.date(2026, 12, 31),
    }
    return ClauseGoal.objects.create(clause=clause, **{**facts, **values})


def drafted(document: PolicyDocument) -> list[PolicyTask]:
    """The drafts and targets of a document, as its issue makes them."""
    tasks = draft_tasks_of_document(document_id=document.pk, actor=system_actor())
    draft_targets_of_document(document_id=document.pk, actor=system_actor())
    return tasks


def draft(world: World, lead: Person | None = None, **values: Any) -> PolicyTask:
    """The draft of a clause, led by a person's department when one is given."""
    document = values.pop("document", None) or make_document(world)
    bodies = [(body_of(lead, name="市工业和信息化局"), BodyRole.LEAD.value)] if lead else []
    add_clause(document, bodies=bodies, **values)
    return drafted(document)[-1]


def assigned(world: World, lead: Person, *, due_on: datetime.date | None = DUE) -> PolicyTask:
    task = draft(world, lead)
    plan = Arrangement(lead=task.lead, due_on=due_on)
    arrange_task(task_id=task.pk, plan=plan, actor=world.coordinator.actor, today=TODAY)
    return assign_task(task_id=task.pk, actor=world.coordinator.actor, now=NOW)


def running(world: World, lead: Person, *, due_on: datetime.date | None = DUE) -> PolicyTask:
    task = assigned(world, lead, due_on=due_on)
    return sign_task(task_id=task.pk, actor=lead.actor, now=NOW)


def proof(name: str = "验收意见.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "3 月 18 日验收合格。".encode(), content_type="text/plain")


def make_progress(**values: Any) -> Progress:
    facts: dict[str, Any] = {"text": "已完成选址", "percent": 40, "weather": "normal"}
    return Progress(**{**facts, **values})


def claimed(world: World, lead: Person) -> PolicyTask:
    task = running(world, lead)
    progress = make_progress(percent=100, evidence=(proof(),))
    claim_done(task_id=task.pk, progress=progress, actor=lead.actor, now=NOW)
    task.refresh_from_db()
    return task


def make_target(world: World, **values: Any) -> Target:
    """A target of an issued document: 500 enterprises until the end of 2026."""
    document = values.pop("document", None) or make_document(world)
    facts: dict[str, Any] = {
        "division_id": CITY,
        "document": document,
        "title": "核验企业",
        "low": Decimal(500),
        "unit": "家",
        "comparator": ">=",
        "force": "target",
        "deadline_on": datetime.date(2026, 12, 31),
    }
    return Target.objects.create(**{**facts, **values})
