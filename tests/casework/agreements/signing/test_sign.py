"""Signing in the account."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.choices import AgreementState, SignatureState, VersionState
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_last_signature_makes_the_agreement_active(world: World) -> None:
    version = stage.signed(world)
    version.agreement.refresh_from_db()
    assert version.state == VersionState.SIGNED
    assert version.agreement.state == AgreementState.ACTIVE
    assert version.agreement.activated_at == stage.NOW


def test_an_agreement_waits_while_a_party_is_missing(world: World) -> None:
    version = stage.sent(world)
    first = version.signatures.order_by("order").first()
    assert first is not None
    stage.sign_as(world, version, first.party.role)
    version.agreement.refresh_from_db()
    assert version.agreement.state == AgreementState.SIGNING


def test_another_text_than_the_one_shown_is_not_signed(world: World) -> None:
    version = stage.sent(world)
    with pytest.raises(DomainError, match="不一致"):
        stage.sign_as(world, version, "student", agreed_sha256="0" * 64)
    assert stage.signature_of(version, "student").state == SignatureState.WAITING


def test_parties_sign_in_their_order(world: World) -> None:
    version = stage.sent(world)
    with pytest.raises(DomainError, match="应先签"):
        stage.sign_as(world, version, "school")


def test_nobody_signs_for_another_organisation(world: World) -> None:
    version = stage.sent(world)
    stage.sign_as(world, version, "student")
    with pytest.raises(NotAllowed):
        stage.sign_as(world, version, "host", actor=world.rival.actor)


def test_nobody_signs_for_another_person(world: World) -> None:
    version = stage.sent(world)
    with pytest.raises(NotAllowed):
        stage.sign_as(world, version, "student", actor=world.school.actor)


def test_nobody_signs_after_the_period(world: World) -> None:
    version = stage.sent(world)
    assert version.sign_by is not None
    with pytest.raises(DomainError, match="期限已过"):
        stage.sign_as(world, version, "student", now=version.sign_by)


def test_signing_keeps_who_how_and_over_which_text(world: World) -> None:
    version = stage.sent(world)
    row = stage.sign_as(world, version, "student")
    assert row.signer_name == world.student.actor.name
    assert row.proof["sha256"] == version.sha256
    assert row.acted_at == stage.NOW


def test_an_internship_cannot_be_signed_on_its_first_day(world: World) -> None:
    version = stage.sent(world, starts=datetime.date(2026, 3, 20))
    assert version.sign_by is not None
    assert version.sign_by.date() <= datetime.date(2026, 3, 20)
