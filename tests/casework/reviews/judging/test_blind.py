"""No page, file, export or record shows a score before all experts of the dossier are in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from silian.casework.reviews.models import Assignment, Interest
from silian.foundation.kernel.models import AuditEntry
from tests.casework.reviews.stage_judging import (
    accept,
    drawn,
    hand_in,
    judged_campaign,
    person_of,
    pool_of,
    waiting_dossier,
)
from tests.world import World

SECRET = {"training": Decimal("47.31"), "effect": Decimal("23.19")}
TOTAL, WORDS, SUMMARY = "70.50", "密评理由甲乙丙", "密评总意见甲乙丙"
MARKS = ("47.31", "23.19", TOTAL, WORDS, SUMMARY)
READERS = ("coordinator", "reviewer", "leader", "enterprise", "rival", "audit_admin")
HOUSE = (
    "/reviews/campaigns/?export=csv",
    "/reviews/dossiers/?export=csv&columns=points&columns=subject_name",
    "/reviews/experts/?export=csv",
    "/",
    "/today/",
    "/todo/",
    "/search/?q=密评",
    "/audit/",
    "/inbox/",
)


def addresses(resolver: URLResolver, prefix: str = "") -> list[tuple[str, set[str]]]:
    """Every address under a resolver with the names of its arguments."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += addresses(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.append((pattern.name, set(pattern.pattern.regex.groupindex)))
    return found


def review_addresses() -> list[tuple[str, set[str]]]:
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "reviews":
            return addresses(pattern)
    raise AssertionError("reviews have no addresses")


def half_scored(world: World) -> list[Assignment]:
    """One expert handed in; the other has begun with scores of his own."""
    campaign = judged_campaign(world)
    pool_of(4)
    waiting_dossier(world, campaign)
    tasks = drawn(world, campaign)
    hand_in(tasks[0], SECRET, comment=SUMMARY, words=WORDS)
    accept(tasks[1])
    return tasks


def arguments(world: World, tasks: list[Assignment]) -> dict[str, object]:
    """What each argument of an address means here; others lead to nothing."""
    dossier = tasks[0].dossier
    interest = Interest.objects.create(
        expert=tasks[1].expert, organisation=world.school.organisation, what="顾问"
    )
    return {
        "campaign_id": dossier.campaign_id,
        "dossier_id": dossier.pk,
        "assignment_id": tasks[0].pk,
        "draw_id": tasks[0].draw_id,
        "expert_id": tasks[0].expert_id,
        "interest_id": interest.pk,
        "version_id": dossier.campaign.version_id,
        "scheme_id": dossier.campaign.version.scheme_id,
        "number": 1,
        "place": 1,
        "name": "pause",
        "field": "hosted",
        "code": "training",
    }


@pytest.mark.parametrize("who", [*READERS, "other"])
def test_no_address_of_reviews_shows_a_score_to_anybody_but_its_author(
    who: str, world: World
) -> None:
    tasks = half_scored(world)
    known = arguments(world, tasks)
    world.people["other"] = person_of(tasks[1].expert)
    asked = 0
    for name, names in review_addresses():
        url = reverse(f"reviews:{name}", kwargs={n: known.get(n, 1) for n in names})
        response = world.people[who].client.get(url)
        asked += response.status_code == 200
        shown = body_of(response)
        assert not [mark for mark in MARKS if mark in shown], f"{who} reads {url}"
    assert asked > 3


def test_the_author_reads_his_own_score(world: World) -> None:
    tasks = half_scored(world)
    url = reverse("reviews:assignment_detail", args=[tasks[0].pk])
    assert TOTAL in person_of(tasks[0].expert).client.get(url).content.decode()


def test_no_other_page_export_or_record_shows_a_score(world: World) -> None:
    half_scored(world)
    for url in HOUSE:
        for who in READERS:
            shown = body_of(world.people[who].client.get(url))
            assert not [mark for mark in MARKS if mark in shown], f"{who} reads {url}"
    for entry in AuditEntry.objects.all():
        told = f"{entry.object_label} {entry.reason} {entry.detail}"
        assert not [mark for mark in MARKS if mark in told]


def test_when_all_are_in_the_organiser_reads_them(world: World) -> None:
    tasks = half_scored(world)
    hand_in(tasks[1], {"training": Decimal("45"), "effect": Decimal("24")})
    url = reverse("reviews:dossier_detail", args=[tasks[0].dossier_id])
    assert "47.31" in body_of(world.coordinator.client.get(url))
    for name in ("enterprise", "rival", "supervisor", "leader", "school"):
        assert "47.31" not in body_of(world.people[name].client.get(url))
    assert "47.31" not in body_of(person_of(tasks[1].expert).client.get(url))


def test_a_rival_s_and_another_s_ids_lead_nowhere(world: World) -> None:
    tasks = half_scored(world)
    other = person_of(tasks[1].expert)
    for name in ("detail", "recuse", "decline"):
        url = reverse(f"reviews:assignment_{name}", args=[tasks[0].pk])
        for client in (other.client, world.rival.client, world.enterprise.client):
            assert client.get(url).status_code == 404


def body_of(response: object) -> str:
    """The text of an answer, whatever way it is sent."""
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode(errors="replace")  # type: ignore[attr-defined]
    return response.content.decode(errors="replace")  # type: ignore[attr-defined]
