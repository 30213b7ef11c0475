"""List items for the tests, brought to a given step by the commands themselves."""

from __future__ import annotations

from typing import Any

from silian.governance.policy_tasks.choices import ListKind, ListSource
from silian.governance.policy_tasks.commands.lists import (
    ItemText,
    claim_closing,
    close_list_item,
    open_list_item,
)
from silian.governance.policy_tasks.models.lists import ListItem
from tests.governance.policy_tasks.supervision.stage import DAY, NOW, TODAY, body_of, proof
from tests.world import World


def make_text(world: World, **values: Any) -> ItemText:
    facts: dict[str, Any] = {
        "kind": ListKind.PROBLEM,
        "title": "实训基地用地批复卡在规划调整",
        "detail": "规划调整未批，用地批复无法办理。批复文件取得即为完成。",
        "source": ListSource.FEEDBACK,
        "source_note": "企业座谈会",
        "lead_id": body_of(world.coordinator).pk,
        "due_on": TODAY + 30 * DAY,
    }
    return ItemText(**{**facts, **values})


def opened(world: World, **values: Any) -> ListItem:
    return open_list_item(text=make_text(world, **values), actor=world.supervisor.actor, now=NOW)


def claimed(world: World, **values: Any) -> ListItem:
    item = opened(world, **values)
    return claim_closing(
        item_id=item.pk,
        text="批复文件已取得。",
        files=[proof()],
        actor=world.reviewer.actor,
        now=NOW,
    )


def closed(world: World, **values: Any) -> ListItem:
    item = claimed(world, **values)
    return close_list_item(
        item_id=item.pk, text="核对批复文件，属实。", actor=world.supervisor.actor, now=NOW
    )
