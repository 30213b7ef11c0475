"""Organisations declare staff and posts; a soft share makes a gap, never a breach."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.commands.censuses import CensusContent, declare_census
from silian.operations.placements.gateways.offer_limits import liaison_duty, offered_share
from silian.operations.placements.models import PostCensus
from silian.operations.placements.rules.offered_posts import Offer, liaison_words
from silian.registers.policies.models.parameters import Parameter
from tests.world import CITY, TODAY, World

YEAR_END = datetime.date(2025, 12, 31)


def content(**changes: Any) -> CensusContent:
    facts: dict[str, Any] = {
        "as_of": YEAR_END, "staff": 200, "technical_posts": 80, "business_posts": 20,
        "offered_posts": 5, "liaison_unit": "人力资源部",
    }  # fmt: skip
    return CensusContent(**{**facts, **changes})


def test_an_encouraged_share_that_is_missed_is_a_gap() -> None:
    offer = Offer(offered=5, posts=100, wanted_share=Decimal("0.08"), force="encouraged")
    assert (offer.share, offer.short, offer.words, offer.tone) == (
        Decimal("5.0"), 3, "差距 3 个", "watch",
    )  # fmt: skip


def test_a_region_without_a_share_is_unset() -> None:
    offer = Offer(offered=5, posts=100, wanted_share=None)
    assert (offer.words, offer.tone, offer.short) == ("比例未设定", "unset", 0)


@pytest.mark.django_db
def test_the_liaison_is_a_duty_only_where_a_provision_says_so() -> None:
    duty = liaison_duty(division="411200", on=TODAY)
    assert liaison_words(has_liaison=False, above_scale=True, limit=duty) == (
        "late", "应明确而未明确",
    )  # fmt: skip
    assert liaison_words(has_liaison=False, above_scale=False, limit=duty)[1] == "未登记"
    assert liaison_words(has_liaison=True, above_scale=True, limit=duty)[1] == "已明确"


@pytest.mark.django_db
def test_the_share_comes_from_the_nearest_level(world: World) -> None:
    found = offered_share(division="530302", on=TODAY)
    assert found is not None
    assert (found.value, found.force) == (Decimal("0.1"), "encouraged")
    assert offered_share(division=CITY, on=TODAY) is None
    Parameter.objects.create(
        division_id=CITY, code="R03", name="intern_posts", title="实习岗位比例", value=Decimal(8),
        unit="%", force="encouraged", source="青政办发〔2025〕18号", valid_from=YEAR_END,
    )  # fmt: skip
    own = offered_share(division=CITY, on=TODAY)
    assert own is not None
    assert own.value == Decimal("0.08")


@pytest.mark.django_db
def test_a_second_declaration_of_a_day_takes_the_place_of_the_first(world: World) -> None:
    actor = world.enterprise.actor
    declare_census(content=content(), actor=actor, today=TODAY)
    declare_census(content=content(staff=210), actor=actor, today=TODAY)
    assert PostCensus.objects.get().staff == 210


@pytest.mark.django_db
def test_a_declaration_is_neither_empty_nor_of_the_future(world: World) -> None:
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="不能晚于今天"):
        declare_census(
            content=content(as_of=TODAY + datetime.timedelta(days=1)), actor=actor, today=TODAY
        )
    with pytest.raises(DomainError, match="不能都是 0"):
        declare_census(
            content=content(technical_posts=0, business_posts=0), actor=actor, today=TODAY
        )
    with pytest.raises(NotAllowed):
        declare_census(content=content(), actor=world.school.actor, today=TODAY)


@pytest.mark.django_db
def test_the_authority_sees_who_falls_short_and_exports_it(world: World) -> None:
    Parameter.objects.create(
        division_id=CITY, code="R03", name="intern_posts", title="实习岗位比例", value=Decimal(8),
        unit="%", force="encouraged", source="青政办发〔2025〕18号", valid_from=YEAR_END,
    )  # fmt: skip
    declare_census(content=content(), actor=world.enterprise.actor, today=TODAY)
    declare_census(content=content(offered_posts=9), actor=world.rival.actor, today=TODAY)
    address = reverse("placements:census_list") + "?standing=short"
    page = world.reviewer.client.get(address).content.decode()
    assert world.enterprise.organisation.name in page
    assert world.rival.organisation.name not in page
    answer = world.reviewer.client.get(address + "&export=csv")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "差距 3 个" in text.decode("utf-8-sig")
