"""Shown for all its days, then concluded; nobody is recognised without it."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.notices import conclude_notice, publish_notice
from silian.casework.reviews.models import NoticeEntry, PublicNotice, Recognition
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.site_calendar import site_calendar
from tests.casework.reviews import stage_deciding as stage
from tests.world import World


def publish(world: World, campaign: object, **facts: object) -> PublicNotice:
    given = {"contact": "电话", "masked": [], "actor": world.coordinator.actor, **facts}
    return publish_notice(campaign_id=campaign.pk, **given)  # type: ignore[attr-defined,arg-type]


def test_the_proposed_are_shown_for_the_working_days_of_the_scheme(world: World) -> None:
    campaign = stage.batch(world)
    notice = stage.noticed(world, campaign, passing=2)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.NOTICED
    kept = site_calendar().between(notice.starts_on, notice.ends_on - datetime.timedelta(days=1))
    assert kept == 7
    assert [row.title for row in notice.entries.all()] == [
        "名次企业01（演示）",
        "名次企业02（演示）",
    ]
    assert notice.entries.get(position=1).fields == [["接收实习人次", "72"]]
    assert notice.edition is not None
    assert notice.edition.is_out
    assert campaign.dossiers.filter(state=DossierState.NOTICED).count() == 2


def test_a_notice_over_the_spring_festival_skips_its_days_and_works_on_exchanged_ones(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_festival = datetime.datetime(2026, 2, 10, 10, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: before_festival)
    campaign = stage.batch(world, ["90"])
    notice = stage.noticed(world, campaign, passing=1)
    assert notice.ends_on - datetime.timedelta(days=1) == site_calendar().add(
        datetime.date(2026, 2, 10), days=7
    )
    assert notice.ends_on > datetime.date(2026, 2, 26)


def test_unset_days_are_said_by_the_organiser(world: World) -> None:
    campaign = stage.batch(world, ["90"], procedure={"notice_days": ""})
    stage.decided(world, campaign, passing=1)
    with pytest.raises(DomainError, match="没有设定公示天数"):
        publish(world, campaign)
    notice = publish(world, campaign, days=5)
    assert (
        site_calendar().between(notice.starts_on, notice.ends_on - datetime.timedelta(days=1)) == 5
    )


def test_undecided_dossiers_hold_the_notice_and_only_the_organiser_publishes(world: World) -> None:
    campaign = stage.batch(world)
    stage.called(world, campaign)
    with pytest.raises(DomainError, match="还有 3 份"):
        publish(world, campaign)
    with pytest.raises(NotAllowed):
        publish(world, campaign, actor=world.reviewer.actor)


def test_a_notice_ends_after_its_days_and_recognises_who_stands_in_it(world: World) -> None:
    campaign = stage.batch(world)
    notice = stage.noticed(world, campaign, passing=2)
    with pytest.raises(DomainError, match="不能提前办结"):
        conclude_notice(notice_id=notice.pk, actor=world.coordinator.actor)
    stage.keep_days(notice)
    notice = conclude_notice(notice_id=notice.pk, actor=world.coordinator.actor)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CONCLUDED
    assert campaign.concluded_at is not None
    assert sorted(campaign.dossiers.values_list("state", flat=True)) == [
        "recognised",
        "recognised",
        "rejected",
    ]
    assert Recognition.objects.filter(dossier__campaign=campaign).count() == 2
    assert notice.results is not None
    entries = notice.results.snapshot["sections"][0]["entries"]
    assert {row["values"]["number"] for row in entries} == set(
        Recognition.objects.values_list("number", flat=True)
    )
    with pytest.raises(DomainError, match="已经办结"):
        conclude_notice(notice_id=notice.pk, actor=world.coordinator.actor)


def test_an_open_objection_holds_the_conclusion(world: World) -> None:
    campaign = stage.batch(world)
    notice = stage.noticed(world, campaign, passing=2)
    stage.objected(notice)
    stage.keep_days(notice)
    with pytest.raises(DomainError, match="还有 1 件异议"):
        conclude_notice(notice_id=notice.pk, actor=world.coordinator.actor)


def test_what_was_shown_never_changes(world: World) -> None:
    notice = stage.noticed(world, stage.batch(world, ["90"]), passing=1)
    with pytest.raises(DatabaseError, match="was recorded and stays"), transaction.atomic():
        NoticeEntry.objects.filter(notice=notice).update(title="另一家")


def test_days_are_counted_from_the_day_after_publication(world: World) -> None:
    notice = stage.noticed(world, stage.batch(world, ["90"]), passing=1)
    assert notice.starts_on == timezone.localdate()
    assert notice.ends_on > timezone.localdate() + datetime.timedelta(days=7)
