from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search import feed
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import SearchRequest
from silian.foundation.kernel.search.sources import source_of
from silian.registers.organisations.commands.life import suspend_organisation
from silian.registers.organisations.models.organisation import Organisation
from tests.world import World

EVERYBODY = (("visibility", ("public",)),)


def found(*words: str) -> list[int]:
    request = SearchRequest(words=words, filters=EVERYBODY, facets=("verified",))
    return search_backend().search(request).ids_of("organisation")


def test_an_organisation_is_found_by_its_name_once_it_is_verified(world: World) -> None:
    unit = world.enterprise.organisation
    feed.changed("organisation", [unit.pk])
    assert found("精密") == [unit.pk]
    Organisation.objects.filter(pk=unit.pk).update(verified_at=None, state="registered")
    feed.changed("organisation", [unit.pk])
    assert found("精密") == []
    assert source_of("organisation").visible_to(Actor(), [unit.pk]) == {}


def test_a_suspended_organisation_counts_as_unverified(world: World) -> None:
    unit = world.enterprise.organisation
    Organisation.objects.filter(pk=unit.pk).update(verified_at=timezone.now())
    suspend_organisation(organisation_id=unit.pk, reason="材料过期", actor=world.reviewer.actor)
    request = SearchRequest(words=("精密",), filters=EVERYBODY, facets=("verified",))
    assert search_backend().search(request).facets["verified"] == {"no": 1}
