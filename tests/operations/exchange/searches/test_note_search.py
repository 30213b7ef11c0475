"""A search leaves counts behind and nobody in them."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import DatabaseError

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.search.feed import changed
from silian.foundation.reference.models import Occupation
from silian.operations.exchange.commands.search_log import note_search
from silian.operations.exchange.commands.search_tally import forget_searches
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.search_log import SearchNote, SearchTally
from silian.operations.exchange.rules.search_tally import NOTE_DAYS
from tests.operations.exchange.negotiations.stage import later, make_listing
from tests.operations.exchange.searches.stage import counted, search, searched_by
from tests.world import COUNTY, World

TODAY = later(hours=6).date()


def test_a_note_holds_a_digest_and_neither_a_name_nor_an_address(world: World) -> None:
    search(world.school.actor)
    search(Actor(address="192.0.2.7"))
    stored = [str(row) for row in SearchNote.objects.values()]
    person, organisation = world.school.user, world.school.organisation
    for secret in (person.username, organisation.name, "192.0.2.7"):
        assert not any(secret in row for row in stored)
    assert SearchNote.objects.values("asker").distinct().count() == 2


def test_two_people_of_an_organisation_are_one_asker(world: World) -> None:
    search(world.reviewer.actor)
    search(world.coordinator.actor)
    assert SearchNote.objects.count() == 1


def test_the_same_question_of_a_day_is_one_note_with_its_last_answer(world: World) -> None:
    search(world.school.actor, total=0)
    search(world.school.actor, total=3)
    assert SearchNote.objects.get().total == 3


def test_a_search_without_region_belongs_to_the_region_of_the_asker(world: World) -> None:
    search(world.school.actor, division="")
    search(Actor(address="192.0.2.7"), division="")
    codes = set(SearchNote.objects.values_list("division_code", flat=True))
    assert codes == {COUNTY, settings.SITE_JURISDICTION}


def test_a_search_goes_on_when_it_cannot_be_noted(world: World, monkeypatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise DatabaseError("read only")

    monkeypatch.setattr(SearchNote.objects, "bulk_create", refuse)
    note_search(actor=world.school.actor, words="数控 车工", filters={}, total=0)
    assert not SearchNote.objects.exists()


def test_single_questions_are_gone_after_their_days_and_the_counts_stay(world: World) -> None:
    searched_by(5)
    old = TODAY - datetime.timedelta(days=NOTE_DAYS + 1)
    counted()
    SearchNote.objects.update(day=old)
    SearchTally.objects.update(day=old)
    search(world.school.actor)
    assert forget_searches(today=TODAY) == 5
    counted()
    assert SearchNote.objects.count() == 1
    assert SearchTally.objects.get(day=old).searches == 5


def test_counts_name_the_group_of_the_occupation_that_the_words_mean(world: World) -> None:
    path = ["6-00-00-00", "6-18-00-00", "6-18-01-00", "6-18-01-01"]
    Occupation.objects.bulk_create(
        [
            Occupation(code=code, name=code, level=level, path=path[:level])
            for level, code in enumerate(path, start=1)
        ]
    )
    searched_by(5, "车工")
    counted()
    assert SearchTally.objects.get().occupation_id == "6-18-01-00"


def test_counting_twice_counts_once(world: World) -> None:
    searched_by(5)
    counted()
    counted()
    assert [row.searches for row in SearchTally.objects.all()] == [5]


def test_a_region_that_is_none_counts_for_the_site_or_not_at_all(world: World) -> None:
    searched_by(5, division="abcdef")
    counted()
    divisions = set(SearchTally.objects.values_list("division_id", flat=True))
    assert divisions <= {settings.SITE_JURISDICTION}


def test_the_hall_notes_a_search_once_and_half_of_it_found_is_not_found(world: World) -> None:
    listing = make_listing(by=world.enterprise, title="数控多轴操作调整工")
    changed(SUBJECT, [listing.pk])
    client = world.school.client
    for question in ("数控", "数控 透析", "数控 透析"):
        assert client.get("/exchange/", {"q": question}).status_code == 200
    assert client.get("/exchange/", {"q": "数控", "page": "2"}).status_code == 200
    noted = dict(SearchNote.objects.values_list("words", "total"))
    assert noted == {"数控": 1, "数控 透析": 0}
