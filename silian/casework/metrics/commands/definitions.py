"""Set up, change and retire metrics that people report."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from silian.casework.metrics import workflow
from silian.casework.metrics.choices import DefinitionState
from silian.casework.metrics.commands.recounting import lock
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.permissions.values import require_definer
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.models import Organisation

CHANGEABLE = ("formula", "source", "owner_id", "periodicity", "public")


@dataclass(frozen=True, kw_only=True)
class DefinitionFacts:
    """What a reported metric is; title, unit and period stay as they were made."""

    title: str
    unit: str
    formula: str
    source: str
    division_id: str
    owner_id: int
    timing: str
    period_kind: str
    direction: str
    periodicity: str
    decimals: int
    public: bool


@transaction.atomic
def make_definition(*, facts: DefinitionFacts, actor: Actor) -> MetricDefinition:
    """Set up a metric that a department reports because no module measures it (设立填报指标)."""
    require_definer(actor, division=facts.division_id)
    refuse_unfit_owner(facts.owner_id)
    lock("manual")
    refuse_taken_title(facts)
    definition = MetricDefinition.objects.create(
        **asdict(facts),
        code=f"manual.{MetricDefinition.objects.count() + 1:04d}",
        created_by_id=actor.user_id,
    )
    record(actor, "metrics.definition.made", definition)
    return definition


def refuse_unfit_owner(owner_id: int) -> None:
    owner = Organisation.objects.get(pk=owner_id)
    if owner.kind != OrganisationKind.GOVERNMENT or not owner.is_verified:
        raise DomainError("责任部门须是已核验的政府部门，请重新选择。", field="owner")


def refuse_taken_title(facts: DefinitionFacts) -> None:
    same = MetricDefinition.objects.filter(
        division_id=facts.division_id, title=facts.title, state=DefinitionState.ACTIVE
    )
    if same.exists():
        raise DomainError("本地区已有同名的填报指标，请换一个名称或使用已有指标。", field="title")


@transaction.atomic
def change_definition(
    *, definition_id: int, facts: DefinitionFacts, actor: Actor
) -> MetricDefinition:
    """Change how a reported metric is described, not what its series counts (修改填报指标)."""
    definition = locked_definition(definition_id)
    require_definer(actor, division=definition.division_id)
    definition.state = workflow.definition.target("change", state=DefinitionState(definition.state))
    refuse_unfit_owner(facts.owner_id)
    for name in CHANGEABLE:
        setattr(definition, name, getattr(facts, name))
    definition.save(update_fields=["state", *CHANGEABLE])
    record(actor, "metrics.definition.changed", definition)
    return definition


@transaction.atomic
def retire_definition(*, definition_id: int, reason: str, actor: Actor) -> MetricDefinition:
    """Take no more values; the series stays (停用填报指标)."""
    definition = locked_definition(definition_id)
    require_definer(actor, division=definition.division_id)
    definition.state = workflow.definition.target(
        "retire", state=DefinitionState(definition.state), reason=reason
    )
    definition.retired_reason = reason.strip()[:300]
    definition.save(update_fields=["state", "retired_reason"])
    record(actor, "metrics.definition.retired", definition, reason=reason)
    return definition


def locked_definition(definition_id: int) -> MetricDefinition:
    """The definition and its owner, locked until the transaction ends."""
    return (
        MetricDefinition.objects.select_for_update(of=("self",))
        .select_related("owner")
        .get(pk=definition_id)
    )
