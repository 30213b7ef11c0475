"""Products: written, published edition by edition, withdrawn with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.incentives.choices.finance import ProductState
from silian.governance.incentives.commands.products import (
    publish_product,
    withdraw_product,
    write_product,
)
from silian.governance.incentives.models import FinanceProduct, ProductEdition
from silian.governance.incentives.permissions.finance import products_visible_to
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_published_product_is_seen_by_everybody_and_a_draft_by_its_provider(
    world: World,
) -> None:
    draft = stage.draft_product(world, name="草稿产品")
    shown = stage.product(world)
    assert set(products_visible_to(world.anonymous.actor)) == {shown}
    assert set(products_visible_to(stage.bank(world).actor)) == {shown, draft}
    rival = stage.bank(world, "澜江财产保险（演示）")
    assert set(products_visible_to(rival.actor)) == {shown}


def test_each_publication_keeps_what_the_product_said(world: World) -> None:
    product, actor = stage.product(world), stage.bank(world).actor
    withdraw_product(product_id=product.pk, reason="利率下调", actor=actor, now=NOW)
    text = stage.product_text(rate_from=Decimal("3.1"))
    write_product(text=text, actor=actor, product_id=product.pk)
    publish_product(product_id=product.pk, actor=actor, now=NOW)
    first, second = ProductEdition.objects.order_by("number")
    assert (first.content["rate_from"], second.content["rate_from"]) == ("3.450", "3.100")
    assert first.withdraw_reason == "利率下调"
    assert FinanceProduct.objects.get().edition == 2


def test_a_published_product_cannot_be_changed(world: World) -> None:
    product = stage.product(world)
    with pytest.raises(WrongState, match="先下架"):
        write_product(
            text=stage.product_text(), actor=stage.bank(world).actor, product_id=product.pk
        )


def test_a_product_without_papers_is_not_published(world: World) -> None:
    product = stage.draft_product(world, documents="")
    with pytest.raises(DomainError, match="申请材料"):
        publish_product(product_id=product.pk, actor=stage.bank(world).actor, now=NOW)
    product.refresh_from_db()
    assert product.state == ProductState.DRAFT


def test_withdrawing_needs_a_reason(world: World) -> None:
    product = stage.product(world)
    with pytest.raises(DomainError, match="下架原因"):
        withdraw_product(product_id=product.pk, reason=" ", actor=stage.bank(world).actor, now=NOW)


def test_a_name_stands_once_at_a_provider(world: World) -> None:
    stage.draft_product(world)
    with pytest.raises(DomainError, match="同名产品"):
        stage.draft_product(world)


def test_an_enterprise_offers_no_products(world: World) -> None:
    with pytest.raises(NotAllowed):
        write_product(text=stage.product_text(), actor=world.enterprise.actor)


def test_another_providers_product_cannot_be_touched(world: World) -> None:
    product = stage.product(world)
    rival = stage.bank(world, "澜江财产保险（演示）")
    with pytest.raises(FinanceProduct.DoesNotExist):
        withdraw_product(product_id=product.pk, reason="不是自己的", actor=rival.actor, now=NOW)
