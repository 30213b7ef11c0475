"""Who objects to values, who answers, and who reads the objections."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.permissions.values import is_official, values_visible_to
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import OrganisationKind, Role

DISPUTING_ROLES = frozenset({Role.SUPERVISOR, Role.REVIEWER, Role.COORDINATOR})


def disputes_visible_to(actor: Actor) -> QuerySet[ValueDispute]:
    """Those about values of the jurisdiction, and those of one's own department."""
    seen = Q(pk__in=[])
    if actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.organisation_id:
        seen |= Q(organisation_id=actor.organisation_id)
    if is_official(actor):
        seen |= Q(value__division__code__startswith=subtree_prefix(actor.jurisdiction))
    return ValueDispute.objects.filter(seen)


def may_dispute(actor: Actor, value: MetricValue) -> bool:
    """Whether the actor objects to this value: supervisors and departments of the region."""
    return actor.has_role(*DISPUTING_ROLES) and actor.covers(value.division_id)


def require_disputer(actor: Actor, value: MetricValue) -> None:
    if not may_dispute(actor, value):
        raise NotAllowed("数据异议由辖区内的督查人员或有关部门提出，请联系督查人员。")


def may_answer(actor: Actor, dispute: ValueDispute) -> bool:
    """Whether the actor answers: the coordinator of the region, never of the objecting body."""
    return (
        actor.has_role(Role.COORDINATOR)
        and actor.covers(dispute.value.division_id)
        and actor.organisation_id != dispute.organisation_id
    )


def require_answerer(actor: Actor, dispute: ValueDispute) -> None:
    if not may_answer(actor, dispute):
        raise NotAllowed("异议由辖区牵头部门统筹人员答复，且不能答复本单位提出的异议。")


def may_withdraw(actor: Actor, dispute: ValueDispute) -> bool:
    return actor.has_role(*DISPUTING_ROLES) and actor.organisation_id == dispute.organisation_id


def require_withdrawer(actor: Actor, dispute: ValueDispute) -> None:
    if not may_withdraw(actor, dispute):
        raise NotAllowed("异议只能由提出单位撤回，请联系提出单位。")


def disputes_to_answer(actor: Actor) -> QuerySet[ValueDispute]:
    """The open objections that wait for the actor's answer (待答复的异议)."""
    if not (actor.has_role(Role.COORDINATOR) and actor.jurisdiction):
        return ValueDispute.objects.none()
    return (
        disputes_visible_to(actor)
        .filter(
            state="raised",
            value__division__code__startswith=subtree_prefix(actor.jurisdiction),
        )
        .exclude(organisation_id=actor.organisation_id or 0)
    )


def may_read_dispute_file(actor: Actor, file: StoredFile) -> bool:
    return disputes_visible_to(actor).filter(pk=int(file.object_id)).exists()


def values_open_to_dispute(actor: Actor) -> QuerySet[MetricValue]:
    """The values that the actor may object to: those that hold, in the region."""
    if not (actor.has_role(*DISPUTING_ROLES) and actor.jurisdiction):
        return MetricValue.objects.none()
    return values_visible_to(actor).filter(
        superseded_at__isnull=True,
        division__code__startswith=subtree_prefix(actor.jurisdiction),
    )


register_file_readers("metrics.valuedispute", may_read_dispute_file)
