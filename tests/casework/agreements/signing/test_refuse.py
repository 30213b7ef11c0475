"""Refusing to sign."""

from __future__ import annotations

import pytest

from silian.casework.agreements.choices import AgreementState, SignatureState, VersionState
from silian.casework.agreements.commands.signing import refuse
from silian.foundation.kernel.errors import DomainError, WrongState
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def test_one_refusal_ends_the_version_and_the_attempt(world: World) -> None:
    version = stage.sent(world)
    row = refuse(
        signature_id=stage.signature_of(version, "student").pk,
        actor=world.student.actor,
        now=stage.NOW,
        reason="报酬与说好的不一样",
    )
    version.refresh_from_db()
    version.agreement.refresh_from_db()
    assert (row.state, version.state) == (SignatureState.REFUSED, VersionState.REFUSED)
    assert version.agreement.state == AgreementState.REFUSED


def test_a_refusal_needs_a_reason(world: World) -> None:
    version = stage.sent(world)
    with pytest.raises(DomainError, match="理由") as refusal:
        refuse(
            signature_id=stage.signature_of(version, "student").pk,
            actor=world.student.actor,
            now=stage.NOW,
            reason="不",
        )
    assert refusal.value.field == "reason"


def test_nobody_signs_what_was_refused(world: World) -> None:
    version = stage.sent(world)
    refuse(
        signature_id=stage.signature_of(version, "student").pk,
        actor=world.student.actor,
        now=stage.NOW,
        reason="不愿意去这个单位",
    )
    with pytest.raises(WrongState):
        stage.sign_as(world, version, "host")
