"""Who gets what from the addresses of the register, of drafting, of changes and of kinds."""

from __future__ import annotations

from typing import Any

from silian.casework.agreements.commands.kinds import save_kind
from silian.casework.agreements.models import Agreement, ConfiguredKind
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, signed_in
from tests.casework.agreements.core import stage
from tests.world import ROLES, World

DONE, INVALID = 302, 422
PARTIES = ("enterprise", "school")
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
KNOWING = (*PARTIES, *OFFICIALS)
DRAFTERS = ("enterprise", "rival", "school", "coordinator")
DEFINITION: dict[str, Any] = {
    "signing_working_days": 10,
    "notice_days": 15,
    "roles": [{"code": "a", "label": "甲方"}, {"code": "b", "label": "乙方"}],
    "terms": [{"code": "price", "label": "价款", "type": "money"}],
    "clauses": [{"heading": "价款", "text": "价款为{price}。"}],
}


def live(world: World) -> dict[str, Any]:
    found = Agreement.objects.first() or stage.active(world)
    return {"agreement_id": found.pk}


def draft(world: World) -> dict[str, Any]:
    return {"agreement_id": (Agreement.objects.first() or stage.drafted(world)).pk}


def kind(world: World) -> dict[str, Any]:
    found = ConfiguredKind.objects.first() or save_kind(
        actor=world.coordinator.actor, label="共建协议", purpose="共建", definition=DEFINITION
    )
    return {"kind_id": found.pk}


def changing(status: int = OK, **given: Any) -> Row:
    """The parties' staff; officials may look but not change; others see nothing."""
    return Row(
        statuses={
            **dict.fromkeys(ROLES, HIDDEN),
            **dict.fromkeys(OFFICIALS, REFUSED),
            **dict.fromkeys(PARTIES, status),
            "anonymous": LOGIN,
        },
        kwargs=given.pop("kwargs", live),
        **given,
    )


def of_kind(status: int = OK, **given: Any) -> Row:
    """The coordinator; other officials read only; others see nothing."""
    return Row(
        statuses={
            **dict.fromkeys(ROLES, HIDDEN),
            **dict.fromkeys(OFFICIALS, REFUSED),
            "coordinator": status,
            "anonymous": LOGIN,
        },
        kwargs=kind,
        **given,
    )


CORE_ROWS: dict[str, Row] = {
    "agreements:list": signed_in(),
    "agreements:cooperation": signed_in(),
    "agreements:organisation_choices": signed_in(),
    "agreements:person_choices": signed_in(),
    "agreements:choose_kind": only(*DRAFTERS),
    "agreements:draft_new": only(*DRAFTERS, kwargs=lambda world: {"kind": "cooperation"}),
    "agreements:detail": only(*KNOWING, otherwise=HIDDEN, kwargs=live),
    "agreements:version": only(
        *KNOWING, otherwise=HIDDEN, kwargs=lambda world: {**live(world), "number": 1}
    ),
    "agreements:draft_edit": only("school", otherwise=HIDDEN, kwargs=draft),
    "agreements:send": only("school", otherwise=HIDDEN, kwargs=draft),
    "agreements:withdraw": only("school", otherwise=HIDDEN, kwargs=draft),
    "agreements:reopen": only("school", otherwise=HIDDEN, kwargs=draft),
    "agreements:amend": changing(),
    "agreements:renew": changing(),
    "agreements:difference": changing(method="post"),
    "agreements:turn": changing(kwargs=lambda world: {**live(world), "name": "suspend"}),
    "agreements:terminate": changing(),
    "agreements:change_withdraw": changing(),
    "agreements:kind_list": only(*OFFICIALS),
    "agreements:kind_new": only("coordinator"),
    "agreements:kind_detail": only(*OFFICIALS, otherwise=HIDDEN, kwargs=kind),
    "agreements:kind_trial": only(*OFFICIALS, otherwise=HIDDEN, kwargs=kind),
    "agreements:kind_edit": of_kind(),
    "agreements:kind_publish": of_kind(DONE, method="post"),
    "agreements:kind_open": Row(
        statuses=of_kind(DONE).statuses,
        kwargs=lambda world: {**kind(world), "is_open": "close"},
        method="post",
    ),
}
