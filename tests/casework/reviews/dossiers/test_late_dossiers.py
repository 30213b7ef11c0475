"""Every overdue number of a batch leads to the rows that it counts."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.models import Campaign, Dossier, Opinion
from silian.casework.reviews.queries.batch_overview import overview_of
from tests.casework.reviews import stage
from tests.world import World

DAY = datetime.timedelta(days=1)


def batch(world: World) -> tuple[Campaign, list[Dossier]]:
    """One late in its check, one with a late department, one in time, one ended, one in public."""
    campaign, today = stage.open_campaign(world), timezone.localdate()
    rows = stage.many_dossiers(campaign, 5)
    states = (
        (DossierState.SUBMITTED, today - DAY),
        (DossierState.OPINIONS, today + DAY),
        (DossierState.SUBMITTED, today),
        (DossierState.RECOGNISED, today - DAY),
        (DossierState.NOTICED, today - DAY),
    )
    for row, (state, due_on) in zip(rows, states, strict=True):
        row.state, row.due_on = state, due_on
    Dossier.objects.bulk_update(rows, ["state", "due_on"])
    Opinion.objects.create(
        dossier=rows[1],
        level="city",
        department=stage.INDUSTRY,
        organisation=world.leader.organisation,
        silence="no_objection",
        asked_at=timezone.now(),
        due_on=today - DAY,
    )
    return campaign, rows


def shown(world: World, query: str) -> str:
    url = f"{reverse('reviews:dossier_list')}?{query}"
    return world.coordinator.client.get(url).content.decode()


def test_the_filter_leaves_those_whose_stage_is_over_time(world: World) -> None:
    campaign, rows = batch(world)
    page = shown(world, f"campaign={campaign.pk}&late=1")
    assert [str(row.number) in page for row in rows] == [True, False, False, False, False]


def test_a_late_department_has_its_own_rows(world: World) -> None:
    campaign, rows = batch(world)
    page = shown(world, f"campaign={campaign.pk}&late=opinions")
    assert [str(row.number) in page for row in rows] == [False, True, False, False, False]
    both = shown(world, f"campaign={campaign.pk}&late=opinions&late=1")
    assert [str(row.number) in both for row in rows] == [True, True, False, False, False]


def test_the_dashboard_counts_the_same_and_leads_there(world: World) -> None:
    campaign, _ = batch(world)
    counts = {row.name: row.count for row in overview_of(campaign, on=timezone.localdate()).overdue}
    assert (counts["dossiers"], counts["opinions"]) == (1, 1)
    url = reverse("reviews:batch_overview", args=[campaign.pk])
    page = world.coordinator.client.get(url).content.decode()
    assert f"?campaign={campaign.pk}&amp;late=1" in page
    assert f"?campaign={campaign.pk}&amp;late=opinions" in page


def test_a_batch_without_results_shows_no_pass_rate(world: World) -> None:
    campaign, rows = batch(world)
    url = reverse("reviews:batch_overview", args=[campaign.pk])
    client = world.coordinator.client
    assert "通过率（按规模）" in client.get(url).content.decode()
    Dossier.objects.filter(pk=rows[3].pk).update(state=DossierState.REJECTED, end_reason="不符")
    page = client.get(url).content.decode()
    assert "尚无结果" in page
    assert "通过率（按规模）" not in page
