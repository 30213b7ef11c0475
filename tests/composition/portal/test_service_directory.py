"""The directory of service organisations: card, checks, deals and ratings on one line."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from silian.composition.portal.queries.service_directory import service_lines, statistics_of
from silian.operations.exchange.choices import DealState, NegotiationState, Side
from silian.operations.exchange.models.deal import Deal, Rating
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.registers.organisations.choices import OrganisationKind, ServiceMode
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.models.organisation import ServiceProfile
from tests.htmx import assert_fragment_equals_page
from tests.world import World, make_organisation

URL = "portal:service_directory"


def service(name: str = "澜桥产教融合服务（演示）") -> Organisation:
    unit = make_organisation(name=name, kind=OrganisationKind.SERVICE)
    ServiceProfile.objects.create(
        organisation=unit,
        mode=ServiceMode.PURCHASED,
        services=["实习与学徒管理", "师资培训"],
        qualification="人力资源服务许可证",
        price="每名学生 60 元",
    )
    return unit


def deal(world: World, unit: Organisation, *, score: int | None = 5, shown: bool = True) -> Deal:
    now = timezone.now()
    assert world.enterprise.organisation is not None
    listing = Listing.objects.create(
        organisation=unit,
        kind="integration_service",
        side=Side.SUPPLY,
        title="实习管理托管",
        division_id=unit.division_id,
    )
    talk = Negotiation.objects.create(
        listing=listing,
        owner=unit,
        asker=world.enterprise.organisation,
        state=NegotiationState.AGREED,
        opened_at=now,
        answer_due_at=now,
        last_message_at=now,
    )
    found = Deal.objects.create(
        negotiation=talk,
        listing=listing,
        quantity=1,
        agreement_reference="青服〔2026〕1号",
        agreed_on=now.date(),
        recorded_at=now,
        state=DealState.COMPLETED,
        achieved=1,
        closed_on=now.date(),
    )
    if score is not None:
        later = datetime.timedelta(days=-1 if shown else 5)
        Rating.objects.create(
            deal=found,
            rater=world.enterprise.organisation,
            rated=unit,
            score=score,
            rated_at=now,
            shown_from=now + later,
        )
    return found


def test_a_line_joins_card_deals_and_ratings(world: World) -> None:
    unit = service()
    deal(world, unit, score=4)
    (line,) = service_lines(now=timezone.now())
    assert line.outcome == "成交 1 笔，完成 1 笔，服务 1 家"
    assert line.rating_words == "4.0 分（1 个评价）"
    assert line.standing == "未核查"
    numbers = statistics_of([line])
    assert (numbers.organisations, numbers.deals, numbers.clients) == (1, 1, 1)


def test_a_rating_that_is_not_open_yet_is_not_counted(world: World) -> None:
    deal(world, service(), shown=False)
    (line,) = service_lines(now=timezone.now())
    assert line.rating_words == "还没有评价"


def test_everybody_finds_by_service_and_takes_the_list_away(world: World) -> None:
    service()
    make_organisation(name="汇才人力（演示）", kind=OrganisationKind.SERVICE)
    url = reverse(URL)
    page = world.anonymous.client.get(url, {"service": "师资培训"}).content.decode()
    results = page[page.index('id="sl-results"') :]
    assert "澜桥产教融合服务" in results
    assert "每名学生 60 元" in results
    assert "汇才人力" not in results
    answer = world.anonymous.client.get(url, {"export": "csv"})
    assert "人力资源服务许可证" in b"".join(answer).decode()  # type: ignore[arg-type]
    assert_fragment_equals_page(client=world.anonymous.client, url=url, selector="#sl-results")


@pytest.mark.parametrize("more", [12])
def test_the_directory_costs_the_same_with_more(world: World, more: int) -> None:
    deal(world, service())
    few = cost(world)
    for place in range(more):
        deal(world, service(f"服务组织 {place}"))
    assert cost(world) == few


def cost(world: World) -> int:
    url = reverse(URL)
    world.anonymous.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.anonymous.client.get(url).status_code == 200
    return len(queries)
