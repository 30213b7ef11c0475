"""Set up a jurisdiction from its rulebook: document, bodies, parameters, draft tasks, targets."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.commands.target_drafting import draft_targets_of_document
from silian.governance.policy_tasks.commands.target_measuring import keep_lights
from silian.governance.policy_tasks.commands.task_drafting import draft_tasks_of_document
from silian.governance.policy_tasks.gateways.rulebooks import book_of
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.governance.policy_tasks.models.tasks import Milestone
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.policies.commands.rulebook_loading import load_book
from silian.registers.policies.models import PolicyDocument


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What loading a jurisdiction did (载入结果)."""

    code: str
    name: str
    document: PolicyDocument
    made: dict[str, int]
    updated: list[str]

    @property
    def is_unchanged(self) -> bool:
        return not self.made and not self.updated


@transaction.atomic
def load_jurisdiction(*, code: str, actor: Actor, now: datetime.datetime) -> Loaded:
    """Load the book of a jurisdiction; a second loading changes nothing (载入地区规则)."""
    book = book_of(code)
    if not Division.objects.filter(pk=code).exists():
        raise DomainError(
            f"行政区划中没有 {code}（{book.name}）。请先运行 silian reference load 载入行政区划。"
        )
    owner = issuing_office(code, name=book.document.issuers[0], now=now)
    document, changes = load_book(book=book, owner_id=owner.pk, actor=actor, now=now)
    tasks = draft_tasks_of_document(document_id=document.pk, actor=actor)
    targets = draft_targets_of_document(document_id=document.pk, actor=actor)
    forces = {task.path: task.force for task in book.tasks}
    for task in tasks:
        give_force(task, force=forces.get(task.clause.number if task.clause else "", ""))
    updated = [*changes.updated, *follow_numbers(document), *follow_goals(document)]
    keep_lights([target.pk for target in targets], on=now.date())
    made = changes.made | {
        name: len(rows) for name, rows in (("任务", tasks), ("目标", targets)) if rows
    }
    if made or updated:
        record(actor, "policy_tasks.jurisdiction.loaded", document, detail={"made": made})
    return Loaded(code=code, name=book.name, document=document, made=made, updated=updated)


def issuing_office(code: str, *, name: str, now: datetime.datetime) -> Organisation:
    """The first issuer as an organisation of the place; noted when the register lacks it."""
    found = Organisation.objects.filter(
        division_id=code, kind=OrganisationKind.GOVERNMENT, name=name
    ).first()
    return found or Organisation.objects.create(
        division_id=code,
        kind=OrganisationKind.GOVERNMENT,
        name=name,
        state=OrganisationState.VERIFIED,
        verified_at=now,
    )


def give_force(task: PolicyTask, *, force: str) -> None:
    """How strongly the clause binds, as the book says it."""
    if force and task.force != force:
        task.force = force
        task.save(update_fields=["force"])


FOLLOWED = ("title", "phrase", "low", "high", "unit", "comparator", "force", "deadline_on")


def follow_numbers(document: PolicyDocument) -> list[str]:
    """Targets whose clause now says another number take it over; a binding made by hand stays."""
    changed = []
    rows = Target.objects.filter(document=document, ended_on__isnull=True)
    for target in rows.select_related("clause_target"):
        source = target.clause_target
        stale = [name for name in FOLLOWED if getattr(source, name) != getattr(target, name)]
        if source is None or not stale:
            continue
        for name in stale:
            setattr(target, name, getattr(source, name))
        target.save(update_fields=stale)
        changed.append(f"目标 {target.number} {target.title}")
    return changed


def follow_goals(document: PolicyDocument) -> list[str]:
    """Dated goals count what the book now says."""
    changed = []
    rows = Milestone.objects.filter(document=document, ended_on__isnull=True)
    for goal in rows.select_related("clause_goal"):
        source = goal.clause_goal
        if source is None or source.metric_code == goal.metric_code:
            continue
        goal.metric_code = source.metric_code
        goal.save(update_fields=["metric_code"])
        changed.append(f"目标 {goal.number} {goal.title}".replace("  ", " "))
    return changed
