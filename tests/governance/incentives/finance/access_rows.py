"""Who gets what from the addresses of financing and funds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silian.governance.incentives.commands.finance_deals import record_money
from silian.governance.incentives.models import (
    FinanceAnswer,
    FinanceProduct,
    FinancingNeed,
    FundPitch,
    IndustryFund,
    ProjectRecommendation,
)
from tests.access import HIDDEN, LOGIN, OK, REFUSED, Row, only, public
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import ROLES, World

OWNERS = ("enterprise", "rival", "school")
OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")
READERS = (*OWNERS, *OFFICIALS)
Made = Callable[[World], dict[str, Any]]


def product(world: World) -> dict[str, Any]:
    return {"product_id": (FinanceProduct.objects.first() or stage.product(world)).pk}


def need(world: World) -> dict[str, Any]:
    return {"need_id": (FinancingNeed.objects.first() or stage.shown_need(world)).pk}


def answer(world: World) -> dict[str, Any]:
    return {"answer_id": (FinanceAnswer.objects.first() or stage.granted(world)).pk}


def money(world: World) -> dict[str, Any]:
    row = FinanceAnswer.objects.first() or stage.granted(world)
    found = row.records.first() or record_money(
        answer_id=row.pk, movement=stage.movement(), actor=stage.bank(world).actor, now=NOW
    )
    return {"record_id": found.pk}


def recommendation(world: World) -> dict[str, Any]:
    found = ProjectRecommendation.objects.first() or stage.recommendation(world)
    return {"recommendation_id": found.pk}


def fund(world: World) -> dict[str, Any]:
    return {"fund_id": (IndustryFund.objects.first() or stage.fund(world)).pk}


def pitch(world: World) -> dict[str, Any]:
    return {"pitch_id": (FundPitch.objects.first() or stage.accepted(world)).pk}


def investment(world: World) -> dict[str, Any]:
    row = FundPitch.objects.first() or stage.accepted(world)
    return {"record_id": (row.investments.first() or stage.invest(world, row)).pk}


def named(made: Made, name: str) -> Made:
    return lambda world: {**made(world), "name": name}


def rows(*, ok: tuple[str, ...], refused: tuple[str, ...] = (), **given: Any) -> Row:
    statuses = dict.fromkeys(ROLES, HIDDEN) | {"anonymous": LOGIN}
    return Row(
        statuses={**statuses, **dict.fromkeys(refused, REFUSED), **dict.fromkeys(ok, OK)}, **given
    )


def by_reader(*, ok: tuple[str, ...], hidden: tuple[str, ...], **given: Any) -> Row:
    """Readers of financing pass the door; who is not meant gets 404, the others 403."""
    statuses = dict.fromkeys(ROLES, REFUSED) | {"anonymous": LOGIN}
    return Row(
        statuses={**statuses, **dict.fromkeys(hidden, HIDDEN), **dict.fromkeys(ok, OK)}, **given
    )


SEEN = ("enterprise", *OFFICIALS)
FINANCE_ROWS: dict[str, Row] = {
    "incentives:finance_products": public(),
    "incentives:finance_product": public(kwargs=product),
    "incentives:finance_product_new": only(),
    "incentives:finance_product_edit": only(kwargs=product),
    "incentives:finance_product_publish": only(kwargs=product, method="post"),
    "incentives:finance_product_withdraw": only(kwargs=product),
    "incentives:finance_needs": only(*READERS),
    "incentives:finance_need_new": only(*OWNERS),
    "incentives:finance_need": rows(ok=SEEN, kwargs=need),
    "incentives:finance_need_edit": by_reader(
        ok=("enterprise",), hidden=("rival", "school"), kwargs=need
    ),
    "incentives:finance_need_step": by_reader(
        ok=(), hidden=OWNERS, kwargs=named(need, "nothing"), method="post"
    ),
    "incentives:finance_need_act": by_reader(
        ok=("enterprise",), hidden=("rival", "school"), kwargs=named(need, "consent")
    ),
    "incentives:finance_deals": only(*READERS),
    "incentives:finance_deal": rows(ok=SEEN, kwargs=answer),
    "incentives:finance_deal_act": rows(ok=(), refused=SEEN, kwargs=named(answer, "money")),
    "incentives:finance_record_correct": rows(ok=(), refused=SEEN, kwargs=money),
    "incentives:recommendations": only(*READERS),
    "incentives:recommendation_candidates": only(*OFFICIALS),
    "incentives:recommendation_new": only("coordinator", kwargs=need),
    "incentives:recommendation": rows(ok=OFFICIALS, kwargs=recommendation),
    "incentives:recommendation_act": rows(
        ok=("reviewer",),
        refused=("coordinator", "supervisor", "leader"),
        kwargs=named(recommendation, "approve"),
    ),
    "incentives:recommendation_issue": only("coordinator", status=302, method="post"),
    "incentives:finance_totals": public(),
    "incentives:fund_leverage": only(*READERS),
    "incentives:funds": public(),
    "incentives:fund": public(kwargs=fund),
    "incentives:fund_new": only(),
    "incentives:fund_edit": only(kwargs=fund),
    "incentives:fund_open": only(kwargs=fund, method="post"),
    "incentives:fund_close": only(kwargs=fund),
    "incentives:pitch_new": only(*OWNERS, kwargs=fund),
    "incentives:pitches": only(*READERS),
    "incentives:pitch": rows(ok=SEEN, kwargs=pitch),
    "incentives:pitch_act": rows(ok=(), refused=SEEN, kwargs=named(pitch, "invest")),
    "incentives:investment_correct": rows(ok=(), refused=SEEN, kwargs=investment),
}
