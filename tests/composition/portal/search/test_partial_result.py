"""A search cluster loses servers: the pages show what is left, say so, and never break."""

from __future__ import annotations

from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from silian.foundation.kernel.models import SearchChange
from silian.foundation.kernel.search import feed
from silian.foundation.kernel.search.sphinxql.engine import IN_ITS_STEAD, PARTIAL, SphinxqlSearch
from silian.operations.exchange.models.search_log import SearchNote
from tests.composition.portal.api.stage import Machine
from tests.composition.portal.search.stage import hide, published, shown
from tests.search_cluster import Cluster
from tests.world import Person, World

WORD = "琥珀酸"
TITLES = [f"{WORD}抑制{letter}" for letter in "甲乙丙丁戊己"]
CARRY = "kernel.carry_search_changes"
WARNINGS = [PARTIAL, IN_ITS_STEAD]


def found(person: Person) -> tuple[list[str], list[str]]:
    """The titles and the warnings on the search page."""
    page = shown(person, q=WORD)
    links = [title for title in TITLES if f"抑制{title[-1]}</" in page.replace("</mark>", "")]
    return links, [text for text in WARNINGS if text in page]


def test_a_page_shows_what_is_left_and_a_hidden_listing_never(
    world: World,
    cluster: Cluster,
    engine: SphinxqlSearch,
) -> None:
    listings = [published(world, title=title) for title in TITLES]
    assert SearchChange.objects.count() >= len(listings)
    assert ProcrastinateJob.objects.filter(task_name=CARRY, status="todo").exists()
    feed.carry_all()
    assert not SearchChange.objects.exists()
    assert found(world.school) == (TITLES, [])
    assert SearchNote.objects.exists()

    hide(world, listings[0])
    assert found(world.school) == (TITLES[1:], [])
    assert "共 5 条" in shown(world.school, q=WORD)

    cluster.servers["shard-1"].kill()
    SearchNote.objects.all().delete()
    left, warnings = found(world.school)
    assert not SearchNote.objects.exists()
    assert warnings == [PARTIAL]
    assert 0 < len(left) < 5
    assert set(left) < set(TITLES[1:])
    hall = world.school.client.get(reverse("exchange:hall"), {"q": WORD})
    assert hall.status_code == 200
    assert PARTIAL in hall.content.decode()
    answer = Machine().get("/listings", {"q": WORD, "sort": "relevance"}).json()
    assert answer["warnings"] == [PARTIAL]
    assert {row["title"] for row in answer["items"]} == set(left)

    for server in cluster.servers.values():
        server.kill()
    assert found(world.school) == (TITLES[1:], [IN_ITS_STEAD])
