"""Insurers publish what they offer for interns and apprentices."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.placements.choices.insurance import (
    ProductState,
)
from silian.operations.placements.models import InsuranceProduct
from silian.operations.placements.permissions.insurance import require_insurer
from silian.operations.placements.workflow.insurance import product as product_steps


@dataclass(frozen=True, kw_only=True)
class ProductText:
    """What an insurer says of a product (产品内容)."""

    kind: str
    name: str
    covers: str
    premium: Decimal | None = None
    sum_insured: Decimal | None = None
    is_dedicated: bool = False
    filing_number: str = ""
    excludes: str = ""
    contact: str = ""


@transaction.atomic
def write_product(
    *, actor: Actor, text: ProductText, product_id: int | None = None
) -> InsuranceProduct:
    """Write a product down, or change one that is not published (登记保险产品)."""
    require_insurer(actor)
    product = locked_product(actor=actor, product_id=product_id) if product_id else None
    if product and product.state == ProductState.PUBLISHED:
        raise DomainError("已公布的产品不能修改，请先停售，改好后重新公布。")
    product = product or InsuranceProduct(insurer_id=actor.organisation_id or 0)
    for name, value in asdict(text).items():
        setattr(product, name, value)
    product.save()
    record(actor, "placements.product.written", product)
    return product


@transaction.atomic
def publish_product(*, actor: Actor, product_id: int, now: datetime.datetime) -> InsuranceProduct:
    """Show a product in the public directory (公布产品)."""
    product = locked_product(actor=actor, product_id=product_id)
    product.state = product_steps.target("publish", state=ProductState(product.state))
    product.published_at = now
    product.save(update_fields=["state", "published_at"])
    record(actor, "placements.product.published", product)
    return product


@transaction.atomic
def withdraw_product(*, actor: Actor, product_id: int) -> InsuranceProduct:
    """Take a product out of the directory; policies on it go on (停售产品)."""
    product = locked_product(actor=actor, product_id=product_id)
    product.state = product_steps.target("withdraw", state=ProductState(product.state))
    product.save(update_fields=["state"])
    record(actor, "placements.product.withdrawn", product)
    return product


def locked_product(*, actor: Actor, product_id: int) -> InsuranceProduct:
    require_insurer(actor)
    rows = InsuranceProduct.objects.select_for_update(of=("self",))
    return rows.get(pk=product_id, insurer_id=actor.organisation_id)
