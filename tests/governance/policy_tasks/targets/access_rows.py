"""Who gets what from the addresses of targets."""

from __future__ import annotations

from typing import Any

from silian.governance.policy_tasks.models import Target
from tests.access import HIDDEN, OK, REFUSED, Row, public
from tests.governance.policy_tasks.tasks import stage
from tests.governance.policy_tasks.tasks.access_rows import CONFLICT, row
from tests.world import World

OFFICIALS = ("coordinator", "supervisor", "leader", "reviewer")


def of_target(world: World) -> dict[str, Any]:
    found = Target.objects.filter(title="权限检查").first()
    return {"target_id": (found or stage.make_target(world, title="权限检查")).pk}


SEEN = dict.fromkeys(OFFICIALS, OK)
BOUND = {**dict.fromkeys(OFFICIALS, REFUSED), "coordinator": OK}
IN_PART = {**SEEN, **dict.fromkeys(("enterprise", "rival", "school"), OK)}

TARGET_ROWS: dict[str, Row] = {
    "policy_tasks:target_list": row(IN_PART, otherwise=REFUSED),
    "policy_tasks:target_public": public(),
    "policy_tasks:target_detail": row(SEEN, otherwise=HIDDEN, kwargs=of_target),
    "policy_tasks:target_bind": row(BOUND, otherwise=HIDDEN, kwargs=of_target),
    "policy_tasks:target_baseline": row(BOUND, otherwise=HIDDEN, kwargs=of_target),
    "policy_tasks:target_unbind": row(
        {**dict.fromkeys(OFFICIALS, REFUSED), "coordinator": CONFLICT},
        otherwise=HIDDEN,
        method="post",
        kwargs=of_target,
    ),
}
