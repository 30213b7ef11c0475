"""A call goes out as a document that is approved, numbered and stays."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.steps import (
    approve_edition,
    publish_edition,
    submit_edition,
)
from silian.casework.publications.models import Edition
from silian.casework.publications.queries import edition_before
from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.commands.call_editions import draft_call_edition
from silian.casework.reviews.models import Campaign
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.reviews import stage
from tests.world import World


def drafted(world: World, campaign: Campaign) -> Edition:
    return draft_call_edition(
        campaign_id=campaign.pk, actor=world.coordinator.actor, on=timezone.localdate()
    )


def published(world: World, campaign: Campaign) -> Edition:
    edition = drafted(world, campaign)
    now = timezone.now()
    submit_edition(edition_id=edition.pk, actor=world.coordinator.actor, now=now)
    approve_edition(edition_id=edition.pk, actor=world.reviewer.actor, now=now)
    return publish_edition(edition_id=edition.pk, actor=world.coordinator.actor, now=now)


def test_the_document_says_what_the_call_says(world: World) -> None:
    said = {"interns": {"value": "40", "reason": "企业规模小", "basis": "市办法第三条"}}
    campaign = stage.open_campaign(world, notice_text="请按时申报。", overrides=said, quota=30)
    snapshot = drafted(world, campaign).snapshot
    sections = {row["title"]: row["entries"] for row in snapshot["sections"]}
    points = {row["title"]: row["values"]["said"] for row in sections["申报要点"]}
    assert points["名额"] == "30 个"
    assert "近三年接收实习人次" in {row["title"] for row in sections["要准备的材料"]}
    (own,) = sections["本地区调整的标准"]
    assert own["values"]["said"] == "40 人次（企业规模小）"
    assert snapshot["text"] == "请按时申报。"


def test_it_is_made_once(world: World) -> None:
    campaign = stage.open_campaign(world)
    assert drafted(world, campaign) == drafted(world, campaign)
    assert Edition.objects.filter(kind="recognition_call").count() == 1


def test_a_call_that_may_still_change_has_no_document(world: World) -> None:
    campaign = stage.open_campaign(world, state=CampaignState.DRAFT)
    with pytest.raises(DomainError, match="先发布申报通知"):
        drafted(world, campaign)


def test_only_the_organiser_makes_it(world: World) -> None:
    campaign = stage.open_campaign(world)
    for person in (world.reviewer, world.leader, world.enterprise):
        with pytest.raises(NotAllowed):
            draft_call_edition(campaign_id=campaign.pk, actor=person.actor, on=timezone.localdate())


def test_another_person_approves_it_and_the_call_leads_to_it(world: World) -> None:
    campaign = stage.open_campaign(world, notice_text="请按时申报。")
    url = reverse("reviews:call_detail", args=[campaign.pk])
    assert "公告原文" not in world.enterprise.client.get(url).content.decode()
    edition = published(world, campaign)
    assert edition.state == EditionState.PUBLISHED
    assert edition.get_absolute_url() in world.enterprise.client.get(url).content.decode()
    page = world.enterprise.client.get(edition.get_absolute_url()).content.decode()
    assert "请按时申报。" in page
    assert "要准备的材料" in page


def test_one_call_is_not_compared_with_another(world: World) -> None:
    first = stage.open_campaign(world)
    published(world, first)
    second = stage.open_campaign(world, version=first.version, number=2)
    assert edition_before(published(world, second)) is None


def test_the_page_of_the_batch_drafts_it(world: World) -> None:
    campaign = stage.open_campaign(world)
    client = world.coordinator.client
    url = reverse("reviews:campaign_edition", args=[campaign.pk])
    assert url in client.get(campaign.get_absolute_url()).content.decode()
    answer = client.post(url)
    edition = Edition.objects.get(kind="recognition_call")
    assert answer["Location"] == edition.get_absolute_url()
    assert "公告：草稿" in client.get(campaign.get_absolute_url()).content.decode()
