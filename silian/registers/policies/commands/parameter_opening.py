"""Open a parameter that a policy leaves to the region, and take a row back; nothing is edited."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Division
from silian.registers.policies.commands.parameters import said_by
from silian.registers.policies.events import ParameterSet
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.permissions.parameters import (
    parameters_visible_to,
    require_opener,
    require_parameter_keeper,
)
from silian.registers.policies.queries.clause_choices import citable_clause
from silian.registers.policies.queries.parameters import (
    demanding_document,
    own_values,
    same_parameter,
)
from silian.registers.policies.rules.parameter_opening import (
    Opening,
    fault_of_opening,
    reason_not_withdrawable,
)
from silian.registers.policies.rules.parameters import Fault


@transaction.atomic
def open_parameter(
    *, opening: Opening, division: str, actor: Actor, now: datetime.datetime
) -> Parameter:
    """Say that a region has a parameter whose value its policy leaves open (开设参数)."""
    clause = citable_clause(clause_id=opening.clause_id, actor=actor)
    if opening.clause_id is not None and clause is None:
        raise DomainError("所选条款不在已发布的文件里，请重新选择。", field="clause")
    require_opener(actor, division=division, document=clause.document if clause else None)
    Division.objects.select_for_update(of=("self",)).get(pk=division)
    rows = same_parameter(code=opening.code, name=opening.name, key=opening.key, division=division)
    refuse(fault_of_opening(opening, is_there=rows.known().exists()))
    withdrawn = rows.filter(
        withdraws=True, correction__isnull=True, valid_from=opening.valid_from
    ).first()
    row = Parameter.objects.create(
        division_id=division,
        code=opening.code,
        name=opening.name,
        key=opening.key,
        title=opening.title,
        unit=opening.unit,
        meaning=opening.meaning,
        force=opening.force,
        valid_from=opening.valid_from,
        corrects=withdrawn,
        reason="撤回后重新开设" if withdrawn else "",
        set_by_id=actor.user_id,
        set_at=now,
        **said_by(clause, source=opening.source, place=opening.place),
    )
    record(actor, "policies.parameter.opened", row)
    publish(ParameterSet(parameter_id=row.pk, division=division, code=row.code))
    return row


@transaction.atomic
def withdraw_parameter(
    *, parameter_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> Parameter:
    """Take back a value or an opening that officials entered (撤回参数).

    The row stays in the history; what it put right counts again, in a row of its own.
    """
    row = parameters_visible_to(actor).select_for_update(of=("self",)).get(pk=parameter_id)
    require_parameter_keeper(actor, division=row.division_id, document=demanding_document(row))
    refuse(
        reason_not_withdrawable(
            is_entered=row.is_entered,
            is_standing=not row.withdraws and not hasattr(row, "correction"),
            is_opening=not row.is_set,
            values_in_use=own_values(row).count(),
            reason=reason,
        )
    )
    made = Parameter.objects.create(
        **before_of(row),
        division_id=row.division_id,
        corrects=row,
        reason=reason.strip()[:200],
        set_by_id=actor.user_id,
        set_at=now,
    )
    record(actor, "policies.parameter.withdrawn", row, reason=reason)
    publish(ParameterSet(parameter_id=made.pk, division=row.division_id, code=row.code))
    return made


SAME = ("code", "name", "key", "title", "unit", "comparator", "force", "meaning")
BASIS = ("document", "clause", "source", "place", "evidence", "valid_from", "valid_to")
VALUES = ("value", "low", "high")


def before_of(row: Parameter) -> dict[str, object]:
    """What counts once a row is taken back: the row that it put right, or nothing of that day."""
    said = row.restores or row
    earlier = said.corrects
    if earlier is None or earlier.withdraws:
        return {name: getattr(row, name) for name in (*SAME, *BASIS)} | {"withdraws": True}
    first = earlier.restores or earlier
    return {name: getattr(first, name) for name in (*SAME, *BASIS, *VALUES)} | {"restores": first}


def refuse(fault: Fault | None) -> None:
    if fault is not None:
        raise DomainError(fault.text, field=fault.field)
