"""A guardian signs in the account for a minor."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.accounts.models import User
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def guardian_of(world: World, *, born: datetime.date) -> Actor:
    student = stage.with_guardian(world, born=born)
    assert student.guardian is not None
    student.guardian.user = User.objects.create(username="guardian", name="顾大海")
    student.guardian.save()
    return Actor(user_id=student.guardian.user.pk, name="顾大海")


def test_a_guardian_signs_for_a_minor_with_the_reason(world: World) -> None:
    guardian = guardian_of(world, born=datetime.date(2009, 9, 1))
    version = stage.sent(world)
    row = stage.sign_as(world, version, "student", actor=guardian, on_behalf="guardian")
    assert "监护人" in row.on_behalf
    assert row.signer_name == "顾大海"


def test_a_guardian_says_why(world: World) -> None:
    guardian = guardian_of(world, born=datetime.date(2009, 9, 1))
    version = stage.sent(world)
    with pytest.raises(DomainError, match="代签须写明理由"):
        stage.sign_as(world, version, "student", actor=guardian)


def test_a_guardian_does_not_sign_for_an_adult(world: World) -> None:
    guardian = guardian_of(world, born=datetime.date(2005, 9, 1))
    version = stage.sent(world)
    with pytest.raises(NotAllowed):
        stage.sign_as(world, version, "student", actor=guardian, on_behalf="guardian")
