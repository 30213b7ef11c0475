"""Bodies follow what happens to their organisations; each may run twice (机构改革衔接)."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.registers.organisations.models import Organisation
from silian.registers.policies.commands.bodies import hand_over_body
from silian.registers.policies.models.bodies import BodyName, PolicyBody
from silian.registers.policies.rules.body_names import policy_name


@transaction.atomic
def follow_renaming(
    *, organisation_id: int, new_name: str, on: datetime.date, actor: Actor
) -> None:
    """The bodies of a renamed organisation take its new name from the day on (更名衔接)."""
    bodies = PolicyBody.objects.select_related("division").filter(
        organisation_id=organisation_id, successor__isnull=True
    )
    for body in bodies:
        name = policy_name(new_name, division=body.division.name)
        if name == body.name or taken(name, body=body):
            continue
        before = body.name
        body.names.filter(valid_to__isnull=True).exclude(name=name).update(valid_to=on)
        BodyName.objects.get_or_create(body=body, name=name, defaults={"valid_from": on})
        body.name = name
        body.save(update_fields=["name"])
        record(actor, "policies.body.changed", body, detail={"before": before, "after": name})


def taken(name: str, *, body: PolicyBody) -> bool:
    """Whether another body of the region bears the name: then a person must decide."""
    others = PolicyBody.objects.filter(division=body.division_id, name=name)
    if not others.exclude(pk=body.pk).exists():
        return False
    PolicyBody.objects.filter(pk=body.pk).update(needs_check=True)
    return True


@transaction.atomic
def follow_merger(
    *, organisation_id: int, heir: Organisation, on: datetime.date, actor: Actor
) -> None:
    """The bodies of a merged organisation hand over to those of its heir (并入衔接)."""
    bodies = PolicyBody.objects.select_related("division").filter(
        organisation_id=organisation_id, successor__isnull=True
    )
    for body in bodies:
        successor = body_of_heir(heir, body=body, on=on)
        if successor.pk != body.pk:
            hand_over_body(body_id=body.pk, successor_id=successor.pk, on=on, actor=actor)


def body_of_heir(heir: Organisation, *, body: PolicyBody, on: datetime.date) -> PolicyBody:
    """The heir's body in the region, made when no document has named it yet."""
    known = PolicyBody.objects.filter(
        organisation=heir, division=body.division_id, successor__isnull=True
    ).first()
    if known is not None:
        return known
    name = policy_name(heir.name, division=body.division.name)
    successor, _ = PolicyBody.objects.get_or_create(
        division_id=body.division_id,
        name=name,
        defaults={"function": body.function, "organisation": heir},
    )
    BodyName.objects.get_or_create(body=successor, name=name, defaults={"valid_from": on})
    return successor
