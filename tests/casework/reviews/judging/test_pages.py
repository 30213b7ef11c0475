"""Pages of the pool and of an expert's desk: constant in queries, whole without script."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.metrics.registry import declared_metrics
from silian.casework.reviews.choices.judging import ExpertState
from silian.casework.reviews.models import Expert
from silian.casework.reviews.queries.inbox import inbox_of, inbox_size
from silian.foundation.ui.counting import counted_together
from silian.operations.exchange.panels.ties import deal_ties
from tests.casework.reviews.stage_judging import (
    accept,
    actor_of,
    drawn,
    judged_campaign,
    person_of,
    pool_of,
    waiting_dossier,
)
from tests.htmx import assert_fragment_equals_page
from tests.world import World


def queries_of(world: World, url: str) -> int:
    world.coordinator.client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert world.coordinator.client.get(url).status_code == 200
    return len(queries)


def test_the_pool_costs_the_same_with_three_and_with_thirty(world: World) -> None:
    url = reverse("reviews:expert_list")
    pool_of(3)
    few = queries_of(world, url)
    pool_of(27, prefix="more")
    assert queries_of(world, url) == few


def test_the_pool_is_filtered_and_swapped(world: World) -> None:
    pool_of(2)
    pool_of(1, prefix="paused", state=ExpertState.PAUSED)
    url = reverse("reviews:expert_list")
    text = world.coordinator.client.get(f"{url}?state=paused").content.decode()
    assert "专家paused0" in text
    assert "专家expert0" not in text
    assert_fragment_equals_page(world.coordinator.client, url, selector="#sl-results")


def test_before_the_declaration_only_applicant_and_subject_are_shown(world: World) -> None:
    campaign = judged_campaign(world)
    pool_of(2)
    waiting_dossier(world, campaign, answers={"hosted": 72, "plan": "机密的下一步计划"})
    task = drawn(world, campaign)[0]
    client, url = person_of(task.expert).client, task.get_absolute_url()
    score = reverse("reviews:assignment_score", args=[task.pk])
    assert "机密的下一步计划" not in client.get(url).content.decode()
    assert "机密的下一步计划" not in client.post(score, {}, follow=True).content.decode()
    accept(task)
    assert "机密的下一步计划" in client.get(url).content.decode()


def test_scores_are_typed_refused_and_handed_in_on_the_page(world: World) -> None:
    campaign = judged_campaign(world)
    pool_of(2)
    waiting_dossier(world, campaign)
    task = drawn(world, campaign)[0]
    accept(task)
    client, url = person_of(task.expert).client, reverse("reviews:assignment_score", args=[task.pk])
    typed = {"points_training": "61", "points_effect": "20", "comment": "较好"}
    assert client.post(url, {**typed, "step": "submit"}).status_code == 422
    typed["points_training"] = "45"
    assert client.post(url, {**typed, "step": "save"}).status_code == 302
    assert client.post(url, {**typed, "step": "submit"}).status_code == 302
    task.refresh_from_db()
    assert task.points == 65


def test_a_proposal_is_typed_on_the_page(world: World) -> None:
    url = reverse("reviews:expert_propose")
    membership = world.teacher.user.memberships.get()  # type: ignore[union-attr]
    typed = {
        "member": membership.pk,
        "title": "教授",
        "fields_known": ["education"],
        "division": "990100",
        "starts_on": "2026-01-01",
        "ends_on": "2099-01-01",
    }
    assert world.school.client.post(url, typed).status_code == 302
    assert Expert.objects.get().user == world.teacher.user


def test_the_measures_of_judging_are_declared() -> None:
    wanted = {"reviews.experts_in_pool", "reviews.tasks_in_time", "reviews.share_recused"}
    assert wanted <= set(declared_metrics())


def test_without_deals_there_are_no_ties_of_deals(world: World) -> None:
    day = world.teacher.user.date_joined.date()  # type: ignore[union-attr]
    unit = world.school.actor.organisation_id or 0
    assert list(deal_ties(organisation_id=unit, since=day, on=day)) == []


def test_the_menu_counts_what_the_inbox_lists(world: World) -> None:
    campaign = judged_campaign(world)
    pool_of(4)
    waiting_dossier(world, campaign)
    tasks = drawn(world, campaign)
    pool_of(2, prefix="proposed", state=ExpertState.PROPOSED)
    actors = [world.coordinator.actor, world.enterprise.actor, actor_of(tasks[0].expert)]
    listed = [len(inbox_of(actor)) for actor in actors]
    assert counted_together([inbox_size(actor) for actor in actors]) == listed
    assert sum(listed) > 1
