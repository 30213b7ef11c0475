"""Handing in, approving, publishing and withdrawing."""

from __future__ import annotations

import pytest

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.steps import (
    approve_edition,
    fingerprint_of,
    publish_edition,
    return_edition,
    submit_edition,
    withdraw_edition,
)
from silian.casework.publications.models import Edition
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.publications.editions import NOW, make_edition
from tests.world import World

pytestmark = pytest.mark.django_db


def test_an_edition_without_content_is_not_handed_in(world: World) -> None:
    edition = make_edition(world, snapshot={}, files=[])
    with pytest.raises(DomainError, match="没有文件"):
        submit_edition(edition_id=edition.pk, actor=world.coordinator.actor, now=NOW)


def test_the_author_does_not_approve(world: World) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    with pytest.raises(DomainError, match="不能审批自己"):
        approve_edition(edition_id=edition.pk, actor=world.coordinator.actor, now=NOW)
    approved = approve_edition(edition_id=edition.pk, actor=world.reviewer.actor, now=NOW)
    assert approved.approved_by_id == world.reviewer.actor.user_id


@pytest.mark.parametrize("name", ["leader", "supervisor"])
def test_who_only_reads_decides_nothing(world: World, name: str) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    actor = world.people[name].actor
    with pytest.raises(NotAllowed):
        approve_edition(edition_id=edition.pk, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        publish_edition(edition_id=edition.pk, actor=actor, now=NOW)


def test_a_draft_is_not_published_without_approval(world: World) -> None:
    edition = make_edition(world)
    with pytest.raises(DomainError, match="先审批"):
        publish_edition(edition_id=edition.pk, actor=world.coordinator.actor, now=NOW)


def test_a_returned_edition_tells_why_and_is_a_draft_again(world: World) -> None:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    with pytest.raises(DomainError, match="退回原因"):
        return_edition(edition_id=edition.pk, reason=" ", actor=world.reviewer.actor)
    back = return_edition(edition_id=edition.pk, reason="缺依据", actor=world.reviewer.actor)
    assert (back.state, back.return_reason, back.sha256) == (EditionState.DRAFT, "缺依据", "")


def test_the_checksum_covers_all_that_is_said(world: World) -> None:
    edition = make_edition(world, state=EditionState.PUBLISHED)
    assert edition.sha256 == fingerprint_of(Edition.objects.get(pk=edition.pk))
    other = Edition.objects.get(pk=edition.pk)
    other.title = "别的标题"
    assert fingerprint_of(other) != edition.sha256


def test_a_withdrawn_edition_stays_and_says_why(world: World) -> None:
    edition = make_edition(world, state=EditionState.PUBLISHED)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="撤下原因"):
        withdraw_edition(edition_id=edition.pk, reason="", actor=actor, now=NOW)
    withdraw_edition(edition_id=edition.pk, reason="依据已废止", actor=actor, now=NOW)
    page = world.anonymous.client.get(edition.get_absolute_url())
    assert page.status_code == 200
    assert "依据已废止" in page.content.decode()
    with pytest.raises(WrongState):
        publish_edition(edition_id=edition.pk, actor=actor, now=NOW)
