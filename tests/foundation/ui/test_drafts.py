"""Drafts: kept per person, dropped when sent, never a door for garbage."""

from __future__ import annotations

import datetime
import json

import pytest
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import drafts, tasks
from silian.foundation.ui.errors import DraftTooLarge
from silian.foundation.ui.models import Draft
from tests.world import World

pytestmark = pytest.mark.django_db
URL = "/ui/drafts/listing-new/"


def post(world: World, body: object, role: str = "enterprise") -> int:
    client = world.people[role].client
    return client.post(URL, json.dumps(body), content_type="application/json").status_code


def test_what_was_typed_comes_back_to_its_writer_only(world: World) -> None:
    assert post(world, {"title": ["数控"], "benefits": ["bed", "meal"]}) == 200
    mine = world.people["enterprise"].client.get(URL).json()
    assert mine["data"] == {"title": ["数控"], "benefits": ["bed", "meal"]}
    assert world.people["rival"].client.get(URL).json() == {}


def test_reading_a_draft_writes_nothing(world: World) -> None:
    world.people["enterprise"].client.get(URL)
    assert Draft.objects.count() == 0


def test_a_dropped_draft_is_gone(world: World) -> None:
    post(world, {"title": ["数控"]})
    world.people["enterprise"].client.post(f"{URL}drop/")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("body", [[], {"title": "数控"}, {"title": [1]}, "text", None])
def test_anything_but_lists_of_text_is_refused(world: World, body: object) -> None:
    assert post(world, body) == 400
    assert Draft.objects.count() == 0


def test_a_draft_left_lying_for_a_quarter_is_forgotten() -> None:
    old = drafts.save_draft(actor=Actor(user_id=1), name="old", data={})
    drafts.save_draft(actor=Actor(user_id=1), name="new", data={})
    long_ago = timezone.now() - tasks.DRAFTS_KEPT - datetime.timedelta(days=1)
    Draft.objects.filter(pk=old.pk).update(saved_at=long_ago)
    tasks.clean_drafts(timestamp=0)
    assert [draft.name for draft in Draft.objects.all()] == ["new"]


def test_a_draft_has_a_limit() -> None:
    with pytest.raises(DraftTooLarge, match="20 万字"):
        drafts.save_draft(
            actor=Actor(user_id=1), name="x", data={"a": ["字" * (drafts.MOST_CHARACTERS + 1)]}
        )
