"""Two people act on the same dossier or batch at the same moment, on real connections."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, SeatRole
from silian.casework.reviews.commands.campaigns import close_campaign
from silian.casework.reviews.commands.dossiers import submit_dossier
from silian.casework.reviews.commands.intake import accept_dossier, refuse_dossier
from silian.casework.reviews.commands.opinions import give_opinion
from silian.casework.reviews.commands.ranking import rank_campaign
from silian.casework.reviews.models import Campaign, Dossier, DossierVersion, Ranking
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError
from silian.registers.organisations.choices import Role
from tests.casework.reviews import stage, stage_deciding
from tests.casework.reviews.dossiers.filling import filled
from tests.world import Person, make_member, make_world

pytestmark = pytest.mark.django_db(transaction=True)
DONE = "done"


def at_once(jobs: list[Callable[[], object]]) -> list[str]:
    """Run every job in a thread of its own; what each came to, refusals in words."""
    barrier, results = threading.Barrier(len(jobs)), [""] * len(jobs)

    def work(place: int, job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
        except DomainError as refusal:
            results[place] = refusal.sentence
        else:
            results[place] = DONE
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def applicants(campaign: Campaign, count: int) -> list[tuple[Dossier, Person]]:
    """Applications of so many enterprises, each with its own clerk, ready to be sent."""
    ready = []
    for place, unit in enumerate(stage.enterprises(count)):
        clerk = make_member(username=f"clerk-{place}", organisation=unit, role=Role.MANAGER)
        dossier = stage.dossier_of(campaign, unit, state=DossierState.DRAFT)
        ready.append((dossier, clerk))
    return ready


def test_two_clerks_accept_the_same_dossier_and_one_does() -> None:
    world = make_world()
    dossier = stage.dossier_of(stage.open_campaign(world), world.enterprise.organisation)
    second = stage.colleague(world, name="clerk")
    results = at_once(
        [
            lambda: accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor),
            lambda: accept_dossier(dossier_id=dossier.pk, actor=second.actor),
        ]
    )
    assert results.count(DONE) == 1
    assert any("不在形式审查环节" in said for said in results)
    assert dossier.passages.count() == 1
    assert dossier.seats.filter(role=SeatRole.INTAKE).count() == 1


def test_one_clerk_accepts_while_another_refuses_and_one_word_stands() -> None:
    world = make_world()
    dossier = stage.dossier_of(stage.open_campaign(world), world.enterprise.organisation)
    second = stage.colleague(world, name="clerk")
    results = at_once(
        [
            lambda: accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor),
            lambda: refuse_dossier(
                dossier_id=dossier.pk, reason="不是法人", basis="办法第三条", actor=second.actor
            ),
        ]
    )
    assert results.count(DONE) == 1
    dossier.refresh_from_db()
    expected = DossierState.RANKED if results[0] == DONE else DossierState.REJECTED
    assert (dossier.state, dossier.passages.count()) == (expected, 1)


def test_a_dossier_sent_twice_at_once_has_one_number_and_one_version() -> None:
    world = make_world()
    campaign = stage.open_campaign(world)
    dossier = filled(world, campaign)
    send = lambda: submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)  # noqa: E731
    results = at_once([send, send])
    assert results.count(DONE) == 1
    assert DossierVersion.objects.filter(dossier=dossier).count() == 1
    campaign.refresh_from_db()
    assert campaign.last_number == 1


def test_many_send_at_the_deadline_and_the_numbers_have_no_gap() -> None:
    world = make_world()
    form = [{"code": "hosted", "label": "接收实习人次", "type": "integer"}]
    campaign = stage.open_campaign(world, version=stage.published(world, form=form, gateway=None))
    today = timezone.localdate()
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=today + datetime.timedelta(days=1))
    ready = applicants(campaign, 4)
    results = at_once(
        [
            lambda pk=dossier.pk, who=clerk: submit_dossier(dossier_id=pk, actor=who.actor)
            for dossier, clerk in ready
        ]
    )
    assert results == [DONE] * 4
    numbers = Dossier.objects.order_by("number").values_list("number", flat=True)
    assert [str(number)[-3:] for number in numbers] == ["001", "002", "003", "004"]


def test_a_send_against_the_closing_is_either_whole_or_refused() -> None:
    world = make_world()
    campaign = stage.open_campaign(world)
    dossier = filled(world, campaign)
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=timezone.localdate())
    on = timezone.localdate()
    results = at_once(
        [
            lambda: submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor),
            lambda: close_campaign(campaign_id=campaign.pk, actor=system_actor(), on=on),
        ]
    )
    assert results[1] == DONE
    assert "不再受理" in results[0] or "不受理" in results[0]
    dossier.refresh_from_db()
    assert (dossier.state, dossier.number) == (DossierState.DRAFT, None)
    assert not dossier.versions.exists()


def test_two_departments_that_answer_at_once_ask_the_next_level_once() -> None:
    world = make_world()
    levels = [
        {"code": "city", "label": "市级", "departments": [stage.INDUSTRY, stage.FINANCE]},
        {"code": "last", "label": "复核", "departments": [stage.FINANCE]},
    ]
    version = stage.published(world, procedure={"levels": levels})
    campaign = stage.open_campaign(world, version=version)
    for level, name in (("city", stage.INDUSTRY), ("city", stage.FINANCE), ("last", stage.FINANCE)):
        campaign.offices.create(
            level=level,
            department=name,
            division_id=campaign.division_id,
            organisation=stage.department(world, name).organisation,
        )
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    results = at_once(
        [
            lambda row=row: give_opinion(
                opinion_id=row.pk,
                agrees=True,
                text="",
                actor=stage.department(world, row.department).actor,
            )
            for row in dossier.opinions.order_by("pk")
        ]
    )
    assert results == [DONE, DONE]
    assert dossier.opinions.filter(level="last").count() == 1


def test_two_rankings_at_once_fix_one_order_and_never_more_than_the_quota() -> None:
    world = make_world()
    campaign = stage_deciding.batch(world, ["90", "80", "70", "60"], quota=2)
    second = stage.colleague(world, role=Role.COORDINATOR, name="ranker")
    results = at_once(
        [
            lambda: rank_campaign(campaign_id=campaign.pk, actor=world.coordinator.actor),
            lambda: rank_campaign(campaign_id=campaign.pk, actor=second.actor),
        ]
    )
    assert results.count(DONE) == 1
    ranking = Ranking.objects.get(campaign=campaign)
    within = [row for row in ranking.rows if row["standing"] == "within"]
    assert len(within) == 2
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.DECIDING
