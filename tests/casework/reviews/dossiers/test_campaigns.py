"""Making, announcing, closing and cancelling batches."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.commands.campaigns import (
    announce_campaign,
    cancel_campaign,
    change_campaign,
    close_campaign,
    make_campaign,
    set_offices,
)
from silian.casework.reviews.models import SchemeVersion
from silian.casework.reviews.queries.offices import gaps_of, suggested_offices
from silian.casework.reviews.rules.offices import Office
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.registers.policies.models import PolicyBody
from tests.casework.reviews import stage
from tests.world import CITY, COUNTY, World

DAY = datetime.timedelta(days=1)


def facts(version: SchemeVersion, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "version_id": version.pk,
        "year": today.year,
        "opens_on": today,
        "closes_on": today + 30 * DAY,
        **changed,
    }


def test_a_batch_takes_the_next_number_of_its_year(world: World) -> None:
    version = stage.published(world)
    actor = world.coordinator.actor
    first = make_campaign(**facts(version), actor=actor)
    second = make_campaign(**facts(version), actor=actor)
    assert (first.number, second.number) == (1, 2)
    assert first.state == CampaignState.DRAFT
    assert first.division_id == CITY
    assert "第 1 批" in first.title


def test_only_coordinators_make_batches(world: World) -> None:
    version = stage.published(world)
    for person in (world.reviewer, world.enterprise, world.leader):
        with pytest.raises(NotAllowed):
            make_campaign(**facts(version), actor=person.actor)


def test_another_department_makes_no_batch_of_the_same_region(world: World) -> None:
    version = stage.published(world)
    version.scheme.owner = world.supervisor.organisation
    version.scheme.save()
    with pytest.raises(NotAllowed, match="牵头"):
        make_campaign(**facts(version), actor=world.coordinator.actor)


def test_a_city_calls_its_own_batch_of_a_provincial_scheme(world: World) -> None:
    version = stage.published(world)
    version.scheme.owner = world.supervisor.organisation
    version.scheme.division_id = "990000"
    version.scheme.save()
    campaign = make_campaign(**facts(version), actor=world.coordinator.actor)
    assert campaign.division_id == CITY
    assert campaign.owner == world.coordinator.organisation


def test_a_draft_version_has_no_batches(world: World) -> None:
    version = stage.published(world)
    draft = SchemeVersion.objects.create(
        scheme=version.scheme,
        number=2,
        state=SchemeVersionState.DRAFT,
        definition=version.definition,
    )
    with pytest.raises(DomainError, match="已发布"):
        make_campaign(**facts(draft), actor=world.coordinator.actor)


def test_a_batch_closes_after_it_opens(world: World) -> None:
    version = stage.published(world)
    today = timezone.localdate()
    with pytest.raises(DomainError, match="晚于"):
        make_campaign(**facts(version, closes_on=today), actor=world.coordinator.actor)


def test_a_regional_value_stands_in_the_place_of_the_schemes(world: World) -> None:
    said = {"interns": {"value": "40", "reason": "企业规模小", "basis": "市办法第三条"}}
    version = stage.published(world)
    campaign = make_campaign(**facts(version, overrides=said), actor=world.coordinator.actor)
    assert campaign.values.number("$interns") == 40
    assert campaign.values.number("$open_one") is None


def test_an_announced_batch_keeps_its_words(world: World) -> None:
    campaign = stage.open_campaign(world)
    with pytest.raises(DomainError, match="不再修改"):
        change_campaign(
            campaign_id=campaign.pk, facts={"title": "别的"}, actor=world.coordinator.actor
        )


def test_a_call_waits_until_every_county_has_its_offices(world: World) -> None:
    version = stage.published(world, procedure={"levels": stage.LEVELS})
    campaign = stage.open_campaign(world, version=version, state=CampaignState.DRAFT)
    actor, today = world.coordinator.actor, timezone.localdate()
    assert len(gaps_of(campaign)) == 3
    with pytest.raises(DomainError, match="3 处没有审核单位"):
        announce_campaign(campaign_id=campaign.pk, actor=actor, on=today)
    unit = stage.department(world, stage.INDUSTRY).organisation
    places = [("county", stage.INDUSTRY), ("city", stage.INDUSTRY), ("city", stage.FINANCE)]
    offices = [
        Office(level=level, department=name, division=CITY, organisation_id=unit.pk)
        for level, name in places
    ]
    set_offices(campaign_id=campaign.pk, offices=offices, actor=actor)
    announced = announce_campaign(campaign_id=campaign.pk, actor=actor, on=today)
    assert announced.state == CampaignState.OPEN
    assert announced.announced_at is not None


def test_the_register_of_bodies_suggests_who_bears_the_function_today(world: World) -> None:
    version = stage.published(world, procedure={"levels": stage.LEVELS})
    campaign = stage.open_campaign(world, version=version, state=CampaignState.DRAFT)
    unit = stage.department(world, stage.INDUSTRY).organisation
    body = PolicyBody.objects.create(
        division_id=CITY, name="工业和信息化局", function=stage.INDUSTRY, organisation=unit
    )
    PolicyBody.objects.create(
        division_id=COUNTY,
        name="原经信局",
        function=stage.INDUSTRY,
        successor=body,
        ended_on=timezone.localdate(),
    )
    found = {(row.level, row.department, row.division) for row in suggested_offices(campaign)}
    assert found == {("county", stage.INDUSTRY, CITY), ("city", stage.INDUSTRY, CITY)}


def test_a_call_is_not_announced_after_its_last_day(world: World) -> None:
    today = timezone.localdate()
    campaign = stage.open_campaign(
        world, state=CampaignState.DRAFT, opens_on=today - 9 * DAY, closes_on=today
    )
    with pytest.raises(DomainError, match="已过"):
        announce_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor, on=today)


def test_nobody_shortens_a_call(world: World) -> None:
    campaign = stage.open_campaign(world)
    today = timezone.localdate()
    with pytest.raises(DomainError, match="不能提前截止"):
        close_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor, on=today)
    closed = close_campaign(
        campaign_id=campaign.pk, actor=world.coordinator.actor, on=campaign.closes_on
    )
    assert closed.state == CampaignState.REVIEWING


def test_a_batch_is_cancelled_with_a_reason(world: World) -> None:
    campaign = stage.open_campaign(world)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="取消原因"):
        cancel_campaign(campaign_id=campaign.pk, reason=" ", actor=actor)
    cancelled = cancel_campaign(campaign_id=campaign.pk, reason="政策调整", actor=actor)
    assert cancelled.state == CampaignState.CANCELLED
    with pytest.raises(WrongState):
        cancel_campaign(campaign_id=campaign.pk, reason="再次", actor=actor)


def test_officials_of_another_department_do_not_run_the_batch(world: World) -> None:
    campaign = stage.open_campaign(world)
    other = stage.department(world, stage.FINANCE)
    with pytest.raises(NotAllowed):
        cancel_campaign(campaign_id=campaign.pk, reason="想取消", actor=other.actor)
