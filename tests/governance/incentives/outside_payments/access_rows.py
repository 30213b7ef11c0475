"""Who gets what from the register of subsidies paid elsewhere: labour writes, finance reads."""

from __future__ import annotations

from typing import Any

from silian.governance.incentives.models import Claim, OutsidePayment, ScarceList
from tests.access import HIDDEN, REFUSED, Row, only
from tests.governance.incentives.outside_payments import stage
from tests.governance.incentives.outside_payments.test_scarce_lists import published
from tests.world import World


def payment(world: World) -> dict[str, Any]:
    return {"payment_id": (OutsidePayment.objects.first() or stage.entered(world)).pk}


def item(world: World) -> dict[str, Any]:
    claim = Claim.objects.first() or stage.drafted(world)[0]
    return {"claim_id": claim.pk, "item_id": claim.items.first().pk}


def catalogue(world: World) -> dict[str, Any]:
    return {"list_id": (ScarceList.objects.first() or published(world, ["6-18-01-01"])).pk}


def nobody(**given: Any) -> Row:
    """The cast has no labour office: every role is refused."""
    return only(otherwise=REFUSED, **given)


OUTSIDE_ROWS: dict[str, Row] = {
    "incentives:outside_payments": nobody(),
    "incentives:outside_payment_new": nobody(),
    "incentives:outside_payment_import": nobody(),
    "incentives:outside_payment_template": nobody(),
    "incentives:outside_payment": only(otherwise=HIDDEN, kwargs=payment),
    "incentives:outside_payment_withdraw": nobody(kwargs=payment),
    "incentives:scarce_lists": only("reviewer", "coordinator", "supervisor", "leader"),
    "incentives:scarce_list_new": nobody(),
    "incentives:scarce_list_withdraw": nobody(kwargs=catalogue),
    "incentives:claim_item_leave_out": only(
        "enterprise", status=302, otherwise=HIDDEN, method="post", kwargs=item
    ),
    "incentives:claim_item_take_back": only(
        "enterprise", status=302, otherwise=HIDDEN, method="post", kwargs=item
    ),
}
