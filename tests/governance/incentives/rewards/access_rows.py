"""Who gets what from the addresses of results, rewards and restrictions."""

from __future__ import annotations

from typing import Any

from tests.access import HIDDEN, Row, only, public
from tests.governance.incentives.rewards import stage
from tests.world import ROLES, World

OVERSEERS = ("reviewer", "coordinator", "supervisor", "leader")
UNITS = ("enterprise", "rival", "school")
PROPOSERS = ("reviewer", "coordinator")
DECIDERS = ("coordinator", "leader")
HANDLERS = ("reviewer", "coordinator", "leader")


def mixed(statuses: dict[str, int], *, otherwise: int = HIDDEN, **given: Any) -> Row:
    """A row told role by role; others get ``otherwise``, visitors the login."""
    every = dict.fromkeys(ROLES, otherwise) | {"anonymous": 302}
    return Row(statuses=every | statuses, **given)


def drafts(status: int, *, read_only: int = 403) -> dict[str, int]:
    return dict.fromkeys(OVERSEERS, read_only) | dict.fromkeys(PROPOSERS, status)


def decides(status: int) -> dict[str, int]:
    return dict.fromkeys(OVERSEERS, 403) | dict.fromkeys(DECIDERS, status)


def result(world: World) -> dict[str, int]:
    return {"result_id": stage.result(world, level="unqualified").pk}


def draft(world: World) -> dict[str, int]:
    return {"decision_id": stage.draft(world).pk}


def step(world: World) -> dict[str, Any]:
    return draft(world) | {"name": "compute"}


def cancel(world: World) -> dict[str, Any]:
    return draft(world) | {"name": "cancel"}


def candidate(world: World) -> dict[str, int]:
    return {"candidate_id": stage.computed(world).listed.order_by("order")[0].pk}


def notice(world: World) -> dict[str, int]:
    return {"decision_id": stage.noticed(world).pk}


def entry(world: World) -> dict[str, int]:
    return {"entry_id": stage.entry(world).pk}


def restriction(world: World) -> dict[str, int]:
    return {"restriction_id": stage.restriction(world).pk}


def impose(world: World) -> dict[str, Any]:
    return restriction(world) | {"name": "impose"}


def funded(world: World) -> dict[str, int]:
    return {"decision_id": stage.computed(world).pk}


def money(world: World) -> dict[str, int]:
    return {"entry_id": stage.name_account(world, stage.money_entry(world, stage.books(world))).pk}


def money_list(world: World) -> dict[str, int]:
    return {"decision_id": stage.money_entry(world, stage.books(world)).decision_id}


def paid(world: World) -> dict[str, int]:
    return {"entry_id": stage.paid_entry(world, stage.books(world)).pk}


def recovery(world: World) -> dict[str, int]:
    row = stage.paid_entry(world, stage.books(world))
    return {"recovery_id": stage.recovery(world, row).pk}


def recovery_reply(world: World) -> dict[str, Any]:
    return recovery(world) | {"name": "reply"}


def objection(world: World) -> dict[str, int]:
    return {"objection_id": stage.objection(world, stage.noticed(world))[0].pk}


def taking(world: World) -> dict[str, Any]:
    return objection(world) | {"name": "take"}


OWN = dict.fromkeys(OVERSEERS, 200) | {"enterprise": 200}
SEEN: dict[str, Any] = {"otherwise": HIDDEN}

REWARD_ROWS: dict[str, Row] = {
    "incentives:reward_rules": public(),
    "incentives:reward_results": only(*OVERSEERS, *UNITS),
    "incentives:reward_result_new": only(*PROPOSERS),
    "incentives:reward_collect": only(*PROPOSERS, status=302, method="post"),
    "incentives:reward_result_detail": mixed(OWN, kwargs=result),
    "incentives:restriction_new": mixed(drafts(200) | {"enterprise": 403}, kwargs=result),
    "incentives:reward_decisions": only(*OVERSEERS),
    "incentives:reward_decision_new": only(*PROPOSERS),
    "incentives:reward_decision_detail": only(*OVERSEERS, **SEEN, kwargs=draft),
    "incentives:reward_decision_fill": mixed(drafts(200), kwargs=draft),
    "incentives:reward_decision_approve": mixed(decides(200), kwargs=draft),
    "incentives:reward_decision_step": mixed(drafts(302), kwargs=step, method="post"),
    "incentives:reward_decision_refuse": mixed(drafts(200), kwargs=cancel),
    "incentives:reward_candidate": mixed(drafts(200), kwargs=candidate),
    "incentives:reward_ledger": only(*OVERSEERS, *UNITS),
    "incentives:reward_entry_detail": mixed(OWN, kwargs=entry),
    "incentives:reward_entry_correct": mixed(drafts(200) | {"enterprise": 403}, kwargs=entry),
    "incentives:reward_entry_withdraw": mixed(drafts(200) | {"enterprise": 403}, kwargs=entry),
    "incentives:reward_funding": mixed(drafts(200), kwargs=funded),
    "incentives:reward_order_all": mixed(drafts(302), kwargs=money_list, method="post"),
    "incentives:reward_account": mixed(
        dict.fromkeys(OVERSEERS, 403) | {"enterprise": 200}, kwargs=money
    ),
    "incentives:reward_order": mixed(
        drafts(302) | {"enterprise": 403}, kwargs=money, method="post"
    ),
    "incentives:reward_recovery_new": mixed(drafts(200) | {"enterprise": 403}, kwargs=paid),
    "incentives:reward_recovery": mixed(OWN, kwargs=recovery),
    "incentives:reward_recovery_step": mixed(
        dict.fromkeys(OVERSEERS, 403) | {"enterprise": 200}, kwargs=recovery_reply
    ),
    "incentives:reward_object": public(kwargs=notice),
    "incentives:reward_objection_lookup": public(),
    "incentives:reward_objection": only(*HANDLERS, **SEEN, kwargs=objection),
    "incentives:reward_objection_step": mixed(
        {"reviewer": 403, "coordinator": 403, "leader": 302}, kwargs=taking, method="post"
    ),
    "incentives:reward_objection_answer": mixed(dict.fromkeys(HANDLERS, 403), kwargs=objection),
    "incentives:my_rewards": only(*UNITS),
    "incentives:public_rewards": public(),
    "incentives:public_reward": public(kwargs=notice),
    "incentives:restrictions": only(*OVERSEERS, *UNITS),
    "incentives:restriction_detail": mixed(OWN, kwargs=restriction),
    "incentives:restriction_step": mixed(decides(200) | {"enterprise": 403}, kwargs=impose),
}
