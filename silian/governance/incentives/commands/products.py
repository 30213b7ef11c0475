"""Providers write products, publish them edition by edition, and take them back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.governance.incentives.choices.finance import ProductState
from silian.governance.incentives.models import FinanceProduct, ProductEdition
from silian.governance.incentives.permissions.finance import products_kept_by, require_provider
from silian.governance.incentives.rules.products import fault_of_terms
from silian.governance.incentives.workflow.products import finance_product as steps


@dataclass(frozen=True, kw_only=True)
class ProductText:
    """What a provider says of a product (产品内容); ``valid_until`` is exclusive."""

    kind: str
    name: str
    purpose: str
    valid_from: datetime.date
    valid_until: datetime.date | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    months_from: int | None = None
    months_to: int | None = None
    rate_from: Decimal | None = None
    rate_to: Decimal | None = None
    regions: Sequence[str] = field(default_factory=tuple)
    owner_kinds: Sequence[str] = field(default_factory=tuple)
    sizes: Sequence[str] = field(default_factory=tuple)
    project_kinds: Sequence[str] = field(default_factory=tuple)
    needs_project: bool = False
    needs_library: bool = False
    recognition: str = ""
    clean_credit: bool = False
    other_conditions: str = ""
    documents: str = ""
    contact: str = ""


LISTS = ("regions", "owner_kinds", "sizes", "project_kinds")
CONTENT = tuple(ProductText.__dataclass_fields__)


@transaction.atomic
def write_product(
    *, text: ProductText, actor: Actor, product_id: int | None = None
) -> FinanceProduct:
    """Write a product down, or change one that is not published (填写产品)."""
    require_provider(actor)
    product = locked_product(product_id=product_id, actor=actor) if product_id else None
    if product and product.state == ProductState.PUBLISHED:
        raise WrongState("已公布的产品不能修改。请先下架，改好后重新公布，会生成新版本。")
    refuse_unfit(text)
    refuse_name_taken(text, actor=actor, product_id=product_id)
    product = product or FinanceProduct(provider_id=actor.organisation_id or 0)
    for name, value in asdict(text).items():
        setattr(product, name, list(value) if name in LISTS else value)
    product.save()
    record(actor, "incentives.finance_product.written", product)
    return product


def refuse_unfit(text: ProductText) -> None:
    fault = fault_of_terms(
        amount_from=text.amount_from,
        amount_to=text.amount_to,
        months_from=text.months_from,
        months_to=text.months_to,
        rate_from=text.rate_from,
        rate_to=text.rate_to,
        valid_from=text.valid_from,
        valid_until=text.valid_until,
    )
    if fault:
        raise DomainError(fault[1], field=fault[0])


def refuse_name_taken(text: ProductText, *, actor: Actor, product_id: int | None) -> None:
    rows = FinanceProduct.objects.filter(provider_id=actor.organisation_id, name=text.name)
    if rows.exclude(pk=product_id or 0).exists():
        raise DomainError("贵机构已有同名产品。请修改名称，或修改原来的产品。", field="name")


def locked_product(*, product_id: int, actor: Actor) -> FinanceProduct:
    require_provider(actor)
    return products_kept_by(actor).select_for_update(of=("self",)).get(pk=product_id)


@transaction.atomic
def publish_product(*, product_id: int, actor: Actor, now: datetime.datetime) -> FinanceProduct:
    """Put a product into the public catalogue as its next edition (公布产品)."""
    product = locked_product(product_id=product_id, actor=actor)
    product.state = steps.target(
        "publish",
        state=ProductState(product.state),
        documents=product.documents,
        amount_to=product.amount_to,
        ends=product.valid_until,
        on=timezone.localdate(now),
    )
    product.edition += 1
    product.published_at = now
    product.save(update_fields=["state", "edition", "published_at"])
    ProductEdition.objects.create(
        product=product,
        number=product.edition,
        content=content_of(product),
        published_by_id=actor.user_id,
        published_at=now,
    )
    record(
        actor, "incentives.finance_product.published", product, detail={"edition": product.edition}
    )
    return product


def content_of(product: FinanceProduct) -> dict[str, Any]:
    """What the product says now, as exact texts."""
    encoder = DjangoJSONEncoder()
    return {name: plain(getattr(product, name), encoder) for name in CONTENT}


def plain(value: Any, encoder: DjangoJSONEncoder) -> Any:
    if isinstance(value, Decimal | datetime.date):
        return encoder.default(value)
    return list(value) if isinstance(value, tuple) else value


@transaction.atomic
def withdraw_product(
    *, product_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> FinanceProduct:
    """Take a product out of the catalogue; talks on it go on (下架产品)."""
    product = locked_product(product_id=product_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明下架原因。", field="reason")
    product.state = steps.target("withdraw", state=ProductState(product.state))
    product.save(update_fields=["state"])
    product.editions.filter(number=product.edition).update(
        withdrawn_at=now, withdraw_reason=reason.strip()[:200]
    )
    record(actor, "incentives.finance_product.withdrawn", product, reason=reason)
    return product
