"""The register of responsible bodies: names with dates, organisations, successors (责任单位)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.organisations.choices import ENDED_STATES
from silian.registers.organisations.models import Organisation
from silian.registers.policies.commands.clause_correction import changes
from silian.registers.policies.events import BodyHandedOver
from silian.registers.policies.models.bodies import BodyName, PolicyBody
from silian.registers.policies.permissions.documents import require_body_keeper
from silian.registers.policies.queries.bodies import standing_body


def locked_body(*, body_id: int, actor: Actor) -> PolicyBody:
    body = PolicyBody.objects.select_for_update(of=("self",)).get(pk=body_id)
    require_body_keeper(actor, division=body.division_id)
    return body


@transaction.atomic
def correct_body(
    *, body_id: int, name: str, function: str, organisation_id: int | None, actor: Actor
) -> PolicyBody:
    """Put a body's name, function and organisation right; it then counts as checked (更正)."""
    body = locked_body(body_id=body_id, actor=actor)
    name = name.strip()
    refuse_name_taken(name, body=body)
    refuse_ended_organisation(organisation_id)
    before = body_detail(body)
    body.name, body.function = name, function.strip()[:20]
    body.organisation_id, body.needs_check = organisation_id, False
    body.save(update_fields=["name", "function", "organisation", "needs_check"])
    BodyName.objects.get_or_create(body=body, name=name)
    record(
        actor,
        "policies.body.changed",
        body,
        detail=changes(before=before, after=body_detail(body)),
    )
    return body


def body_detail(body: PolicyBody) -> dict[str, Any]:
    return {
        "name": body.name,
        "function": body.function,
        "organisation": body.organisation_id,
        "needs_check": body.needs_check,
    }


def refuse_name_taken(name: str, *, body: PolicyBody) -> None:
    if not name:
        raise DomainError("请填写规范名称。", field="name")
    others = PolicyBody.objects.filter(division=body.division_id, name=name).exclude(pk=body.pk)
    if others.exists():
        raise DomainError(
            f"本地区已有“{name}”。同一单位的不同写法请登记为别称，职责合并请办理划转。",
            field="name",
        )


def refuse_ended_organisation(organisation_id: int | None) -> None:
    if organisation_id is None:
        return
    known = Organisation.objects.filter(pk=organisation_id).exclude(state__in=sorted(ENDED_STATES))
    if not known.exists():
        raise DomainError("没有这个单位，或单位已注销，请重新选择。", field="organisation")


@transaction.atomic
def add_name(
    *,
    body_id: int,
    name: str,
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
    actor: Actor,
) -> BodyName:
    """Say under which other name a body stands in documents, and when (登记别称)."""
    body = locked_body(body_id=body_id, actor=actor)
    name = name.strip()
    if not name:
        raise DomainError("请填写别称。", field="name")
    if valid_from and valid_to and valid_to <= valid_from:
        raise DomainError("停用日应晚于启用日。", field="valid_to")
    refuse_ambiguous(name, body=body, valid_from=valid_from, valid_to=valid_to)
    alias, _ = BodyName.objects.update_or_create(
        body=body, name=name, defaults={"valid_from": valid_from, "valid_to": valid_to}
    )
    record(actor, "policies.body.named", body, detail={"after": name})
    return alias


def refuse_ambiguous(
    name: str,
    *,
    body: PolicyBody,
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
) -> None:
    """On one day a name means one body of a region."""
    others = BodyName.objects.filter(body__division=body.division_id, name=name)
    for other in others.exclude(body=body).select_related("body"):
        ends_before = other.valid_to and valid_from and other.valid_to <= valid_from
        begins_after = valid_to and other.valid_from and valid_to <= other.valid_from
        if not (ends_before or begins_after):
            raise DomainError(
                f"“{name}”在这段时间指“{other.body}”。请写明启用日和停用日，两段不能重叠。",
                field="name",
            )


@transaction.atomic
def end_name(*, name_id: int, on: datetime.date, actor: Actor) -> BodyName:
    """A name is no longer used from the day on (停用别称)."""
    alias = BodyName.objects.get(pk=name_id)
    body = locked_body(body_id=alias.body_id, actor=actor)
    if alias.valid_from and on < alias.valid_from:
        raise DomainError("停用日早于启用日，请检查。", field="on")
    alias.valid_to = on
    alias.save(update_fields=["valid_to"])
    record(actor, "policies.body.name_ended", body, detail={"after": alias.name})
    return alias


@transaction.atomic
def hand_over_body(
    *, body_id: int, successor_id: int, on: datetime.date, actor: Actor
) -> PolicyBody:
    """Pass the duties of a body to another, after a merger or a new office (职责划转)."""
    body = locked_body(body_id=body_id, actor=actor)
    successor = PolicyBody.objects.select_for_update(of=("self",)).get(pk=successor_id)
    require_body_keeper(actor, division=successor.division_id)
    if body.successor_id is not None:
        raise DomainError(f"“{body}”的职责已于 {body.ended_on} 划入“{body.successor}”。")
    if standing_body(successor).pk == body.pk:
        raise DomainError("不能划转给自己，也不能互相划转，请重新选择。", field="successor")
    body.successor, body.ended_on = successor, on
    body.save(update_fields=["successor", "ended_on"])
    body.names.filter(valid_to__isnull=True).update(valid_to=on)
    record(
        actor,
        "policies.body.handed_over",
        body,
        detail={"after": successor.name, "on": on.isoformat()},
    )
    publish(BodyHandedOver(body_id=body.pk, successor_id=successor.pk, handed_over_on=on))
    return body
