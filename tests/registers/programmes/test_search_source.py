from __future__ import annotations

import datetime

from silian.foundation.kernel.search import feed
from silian.foundation.kernel.search.backend import search_backend
from silian.foundation.kernel.search.requests import Found, SearchRequest
from silian.foundation.kernel.search.sources import source_of
from silian.registers.programmes.commands.programmes import move_programme
from tests.registers.programmes.stage import make_programme
from tests.world import World

MEMBERS = ("public", "members")


def ask(*readable: str) -> Found:
    filters = (("visibility", readable), ("level", ("高职专科",)))
    request = SearchRequest(words=("数控",), filters=filters, facets=("subject", "level"))
    return search_backend().search(request)


def test_members_find_a_programme_and_visitors_do_not_even_count_it(world: World) -> None:
    programme = make_programme(world.school.organisation)
    feed.changed("programme", [programme.pk])
    assert ask(*MEMBERS).ids_of("programme") == [programme.pk]
    assert ask("public").facets == {"subject": {}, "level": {}}
    visible = source_of("programme").visible_to
    assert visible(world.rival.actor, [programme.pk]) == {programme.pk: programme}
    assert visible(world.anonymous.actor, [programme.pk]) == {}


def test_a_closed_programme_is_no_longer_found(world: World) -> None:
    programme = make_programme(world.school.organisation)
    feed.changed("programme", [programme.pk])
    move_programme(
        programme_id=programme.pk,
        actor=world.school.actor,
        step="close",
        on=datetime.date(2026, 3, 18),
        reason="多年未招生",
    )
    assert ask(*MEMBERS).total == 0
