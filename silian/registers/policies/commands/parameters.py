"""Set a parameter's value from a day on, or put a mistake right; never write over one."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.reference.jurisdictions import lies_in
from silian.registers.policies.events import ParameterSet
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.parameters import Parameter
from silian.registers.policies.permissions.parameters import (
    parameters_visible_to,
    require_parameter_keeper,
)
from silian.registers.policies.queries.clause_choices import citable_clause
from silian.registers.policies.queries.parameters import (
    NATION,
    demanding_document,
    present_row,
    same_parameter,
)
from silian.registers.policies.rules.parameters import Setting, fault_of


@transaction.atomic
def set_parameter(
    *,
    parameter_id: int,
    division: str,
    setting: Setting,
    actor: Actor,
    now: datetime.datetime,
) -> Parameter:
    """Keep a value for a region from a day on, with its clause (设定政策参数)."""
    like = parameters_visible_to(actor).select_for_update(of=("self",)).get(pk=parameter_id)
    require_parameter_keeper(actor, division=division, document=demanding_document(like))
    refuse_other_region(like, division=division)
    refuse_withdrawn(like)
    present = present_row(like=like, division=division, on=setting.valid_from)
    refuse_unfit(setting, present)
    clause = citable_clause(clause_id=setting.clause_id, actor=actor)
    if setting.clause_id is not None and clause is None:
        raise DomainError("所选条款不在已发布的文件里，请重新选择。", field="clause")
    corrected = corrected_row(setting, present) or withdrawn_row(like, setting, division=division)
    row = Parameter.objects.create(
        **copied(like),
        **typed(setting, clause),
        division_id=division,
        corrects=corrected,
        reason=setting.reason or reason_said(corrected),
        set_by_id=actor.user_id,
        set_at=now,
    )
    record(actor, f"policies.parameter.{'corrected' if setting.is_correction else 'set'}", row)
    publish(ParameterSet(parameter_id=row.pk, division=division, code=row.code))
    return row


def refuse_other_region(like: Parameter, *, division: str) -> None:
    wider = "" if like.division_id == NATION else like.division_id
    if not lies_in(division, jurisdiction=wider):
        raise DomainError("这项参数属于另一个地区，不能在本地区设定。", field="division")


def refuse_withdrawn(like: Parameter) -> None:
    """A parameter of which nothing stands any more has to be opened again."""
    rows = same_parameter(code=like.code, name=like.name, key=like.key, division=like.division_id)
    if not rows.known().exists():
        raise DomainError("这项参数已经撤回，请先重新开设，再设定数值。", field="value")


def withdrawn_row(like: Parameter, setting: Setting, *, division: str) -> Parameter | None:
    """A row of the same first day that was taken back, in whose place the new one stands."""
    rows = same_parameter(code=like.code, name=like.name, key=like.key, division=division)
    return rows.filter(
        withdraws=True, correction__isnull=True, valid_from=setting.valid_from
    ).first()


def reason_said(corrected: Parameter | None) -> str:
    if corrected is None:
        return ""
    return "撤回后重新设定" if corrected.withdraws else "补设原未设定的数值"


def refuse_unfit(setting: Setting, present: Parameter | None) -> None:
    fault = fault_of(
        setting,
        present_from=present.valid_from if present else None,
        present_is_set=present.is_set if present else False,
    )
    if fault:
        raise DomainError(fault.text, field=fault.field)


def corrected_row(setting: Setting, present: Parameter | None) -> Parameter | None:
    """The row that the new one stands for: a mistake, or an open row of the same first day."""
    if present is None:
        return None
    fills = not present.is_set and present.valid_from == setting.valid_from
    return present if setting.is_correction or fills else None


def copied(like: Parameter) -> dict[str, object]:
    """What stays the same from row to row: which parameter it is."""
    names = ("code", "name", "key", "title", "unit", "comparator", "force", "meaning")
    return {name: getattr(like, name) for name in names}


def typed(setting: Setting, clause: Clause | None) -> dict[str, object]:
    return {
        "value": setting.value,
        "low": setting.low,
        "high": setting.high,
        "valid_from": setting.valid_from,
        "valid_to": setting.valid_to,
        **said_by(clause, source=setting.source, place=setting.place),
    }


def said_by(clause: Clause | None, *, source: str, place: str) -> dict[str, object]:
    """What a row rests on: a clause of the library, or a number of a document as typed (依据)."""
    number = clause.document.document_number or str(clause.document) if clause else source
    return {
        "clause": clause,
        "document": clause.document if clause else None,
        "source": number[:80],
        "place": (clause.place if clause and not place else place)[:80],
    }
