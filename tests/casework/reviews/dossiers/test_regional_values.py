"""A batch begins with the numbers that the rulebook of its region says."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.commands.campaigns import make_campaign
from silian.casework.reviews.gateways.rulebooks import BuiltIn
from silian.casework.reviews.models import Campaign
from silian.casework.reviews.queries import regional_values
from silian.casework.reviews.queries.campaigns import parameter_lines
from tests.casework.reviews import stage
from tests.world import CITY, World

PROVINCE = "990000"
CODE = "integrated-enterprise"


def said(division: str, value: str, *, parameter: str = "interns") -> dict[str, str]:
    return {
        "division": division,
        "parameter": parameter,
        "value": value,
        "reason": "企业规模小",
        "document": "市办法",
        "clause": "第三条",
    }


@pytest.fixture
def rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The city says otherwise than its province; one number is not of this scheme."""
    rows = (said(CITY, "40"), said(PROVINCE, "50"), said(CITY, "1", parameter="elsewhere"))
    book = BuiltIn(code=CODE, title="产教融合型企业", definition={}, overrides=rows)
    monkeypatch.setattr(regional_values, "built_in_schemes", lambda: {CODE: book})


def made(world: World, **facts: Any) -> Campaign:
    today = timezone.localdate()
    return make_campaign(
        version_id=stage.published(world, code=CODE).pk,
        year=today.year,
        opens_on=today,
        closes_on=today + datetime.timedelta(days=30),
        actor=world.coordinator.actor,
        **facts,
    )


def test_the_nearest_rulebook_gives_the_first_value(world: World, rulebook: None) -> None:
    campaign = made(world)
    assert campaign.overrides == {
        "interns": {
            "value": "40",
            "reason": "企业规模小",
            "basis": "市办法 第三条",
            "division": CITY,
        }
    }
    line = next(row for row in parameter_lines(campaign) if row.own_value)
    assert line.origin == f"{campaign.division.name}规则册"


def test_the_organiser_may_say_otherwise(world: World, rulebook: None) -> None:
    own = {"interns": {"value": "45", "reason": "本年试行", "basis": "会议纪要"}}
    campaign = made(world, overrides=own)
    assert campaign.values.number("$interns") == 45
    assert next(row for row in parameter_lines(campaign) if row.own_value).origin == "组织单位设定"


def test_the_form_brings_the_value_and_an_emptied_box_goes_back_to_the_scheme(
    world: World, rulebook: None
) -> None:
    version = stage.published(world, code=CODE)
    url = reverse("reviews:campaign_new", args=[version.pk])
    client = world.coordinator.client
    page = client.get(url).content.decode()
    assert 'value="40"' in page
    today = timezone.localdate()
    typed = {
        "year": today.year,
        "opens_on": today.isoformat(),
        "closes_on": (today + datetime.timedelta(days=9)).isoformat(),
        "contact": "电话",
        "notice_text": "请按时申报。",
    }
    kept = {"value_interns": "40", "reason_interns": "企业规模小", "basis_interns": "市办法 第三条"}
    assert client.post(url, typed | kept).status_code == 302
    assert Campaign.objects.get().overrides["interns"]["division"] == CITY
    assert client.post(url, typed).status_code == 302
    assert Campaign.objects.order_by("pk")[1].overrides == {}


def test_the_call_says_where_a_value_comes_from(world: World, rulebook: None) -> None:
    campaign = made(world)
    campaign.state, campaign.announced_at = CampaignState.OPEN, timezone.now()
    campaign.save(update_fields=["state", "announced_at"])
    page = world.enterprise.client.get(reverse("reviews:call_detail", args=[campaign.pk]))
    assert f"来源：{campaign.division.name}规则册" in page.content.decode()
