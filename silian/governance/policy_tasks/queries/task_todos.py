"""What the ledger asks of a person today."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.governance.policy_tasks.choices import TaskState
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.permissions.tasks import (
    REPORTERS,
    kept_by,
    tasks_visible_to,
)

LOOKED_AHEAD = datetime.timedelta(days=14)  # two weeks: what a unit can still finish in time


def led_by_unit(actor: Actor) -> QuerySet[PolicyTask]:
    """The tasks that the actor's own unit leads and the actor may report on."""
    if not actor.has_role(*REPORTERS) or actor.organisation_id is None:
        return PolicyTask.objects.none()
    return tasks_visible_to(actor).filter(lead__organisation_id=actor.organisation_id)


def asked_of_unit(actor: Actor, *, on: datetime.date) -> QuerySet[PolicyTask]:
    """Tasks to sign, and running ones that are late or due within two weeks."""
    near = Q(state=TaskState.RUNNING, due_on__lte=on + LOOKED_AHEAD)
    rows = led_by_unit(actor).filter(Q(state=TaskState.ASSIGNED) | near)
    shown = rows.select_related("document", "lead").defer("document__text", "document__parsed")
    return shown.order_by("due_on", "pk")


def to_sign_count(actor: Actor) -> int:
    """How many tasks wait for the unit's signature (待签收)."""
    return led_by_unit(actor).filter(state=TaskState.ASSIGNED).count()


def claims_to_confirm(actor: Actor) -> QuerySet[PolicyTask]:
    """Tasks that units ask the actor's unit to take as done (待确认办结)."""
    rows = tasks_visible_to(actor).filter(kept_by(actor), state=TaskState.CLAIMED)
    return rows.select_related("lead").order_by("last_report_at")
