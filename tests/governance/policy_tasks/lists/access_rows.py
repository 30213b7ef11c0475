"""Who gets what from the addresses of lists."""

from __future__ import annotations

from typing import Any

from silian.governance.policy_tasks.models.lists import ListItem
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only
from tests.governance.policy_tasks.lists import stage
from tests.world import ROLES, World

READERS = ("reviewer", "coordinator", "supervisor", "leader")
KEEPERS = ("coordinator", "supervisor")
WORKERS = ("reviewer", *KEEPERS)


def an_item(world: World) -> ListItem:
    return ListItem.objects.first() or stage.opened(world)


def item(world: World) -> dict[str, Any]:
    return {"item_id": an_item(world).pk}


def with_item(world: World) -> dict[str, Any]:
    an_item(world)
    return {}


def judged(world: World) -> dict[str, Any]:
    return {**item(world), "name": "drop"}


def rows(*, ok: tuple[str, ...], refused: tuple[str, ...], **given: Any) -> Row:
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    return Row(
        statuses={**statuses, **dict.fromkeys(refused, REFUSED), **dict.fromkeys(ok, OK)}, **given
    )


LIST_ROWS: dict[str, Row] = {
    "policy_tasks:list_items": only(*READERS, data=with_item),
    "policy_tasks:list_item_new": only(*KEEPERS),
    "policy_tasks:list_item_detail": only(*READERS, otherwise=HIDDEN, kwargs=item),
    "policy_tasks:list_item_edit": rows(ok=KEEPERS, refused=("reviewer", "leader"), kwargs=item),
    "policy_tasks:list_item_note": rows(ok=WORKERS, refused=("leader",), kwargs=item),
    "policy_tasks:list_item_claim": rows(ok=WORKERS, refused=("leader",), kwargs=item),
    "policy_tasks:list_item_judge": rows(ok=KEEPERS, refused=("reviewer", "leader"), kwargs=judged),
}
