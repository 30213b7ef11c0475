"""A guardian without an account answers by a single-use link."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipState,
)
from silian.operations.placements.commands.consent_links import answer_by_link, make_consent_link
from silian.operations.placements.models import ConsentLink, InternshipConsent
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def waiting(world: World) -> InternshipConsent:
    internship = stage.make_internship(world, state=InternshipState.PREPARING)
    return stage.make_consent(internship, giver=ConsentGiver.GUARDIAN, state=ConsentState.WAITING)


def link_of(world: World, row: InternshipConsent) -> str:
    return make_consent_link(consent_id=row.pk, actor=world.school.actor, now=timezone.now())


def answer(row: InternshipConsent, token: str, *, tail: str = "0021", agrees: bool = True) -> None:
    assert row.person is not None
    answer_by_link(
        token=token,
        name=row.person.name,
        tail=tail,
        agrees=agrees,
        agreed_sha256=row.sha256,
        now=timezone.now(),
    )


def test_the_right_person_answers_once(world: World) -> None:
    row = waiting(world)
    token = link_of(world, row)
    answer(row, token)
    row.refresh_from_db()
    assert (row.state, row.method) == (ConsentState.GIVEN, "link")
    with pytest.raises(WrongState, match="新的链接"):
        answer(row, token)


def test_the_token_itself_is_not_kept(world: World) -> None:
    row = waiting(world)
    token = link_of(world, row)
    assert token not in ConsentLink.objects.get().token_digest


def test_five_wrong_answers_close_the_link(world: World) -> None:
    row = waiting(world)
    token = link_of(world, row)
    for _ in range(5):
        with pytest.raises(DomainError, match="不一致"):
            answer(row, token, tail="9999")
    with pytest.raises(WrongState):
        answer(row, token)


def test_a_new_link_stops_the_old_one(world: World) -> None:
    row = waiting(world)
    old, new = link_of(world, row), link_of(world, row)
    with pytest.raises(WrongState):
        answer(row, old)
    answer(row, new, agrees=False)
    row.refresh_from_db()
    assert row.state == ConsentState.REFUSED


def test_an_expired_link_is_dead(world: World) -> None:
    row = waiting(world)
    token = link_of(world, row)
    ConsentLink.objects.update(expires_at=timezone.now() - datetime.timedelta(hours=1))
    with pytest.raises(WrongState):
        answer(row, token)


def test_only_the_school_makes_links(world: World) -> None:
    row = waiting(world)
    with pytest.raises(NotAllowed):
        make_consent_link(consent_id=row.pk, actor=world.enterprise.actor, now=timezone.now())


def test_nothing_of_the_student_is_shown_before_the_identity(world: World) -> None:
    row = waiting(world)
    address = reverse("placements:consent_link", kwargs={"token": link_of(world, row)})
    client = Client()
    first = client.get(address)
    assert first.status_code == 200
    assert row.person is not None
    assert row.internship is not None
    assert row.internship.person.name not in first.content.decode()
    who = {"name": row.person.name, "tail": "0021"}
    shown = client.post(address, who)
    assert "同意这次实习" in shown.content.decode()
    unread = client.post(address, {**who, "answer": "agree", "agreed_sha256": row.sha256})
    assert unread.status_code == 422
    done = client.post(
        address, {**who, "answer": "agree", "agreed_sha256": row.sha256, "has_read": "on"}
    )
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == ConsentState.GIVEN
