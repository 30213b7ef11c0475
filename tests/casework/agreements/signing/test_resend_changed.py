"""Changing what is out for signature."""

from __future__ import annotations

import pytest

from silian.casework.agreements.choices import AgreementState, SignatureState, VersionState
from silian.casework.agreements.commands.sending import resend_changed
from silian.casework.agreements.models import AgreementVersion
from silian.casework.agreements.queries.signing_page import signing_page
from silian.foundation.kernel.errors import DomainError
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def changed(world: World, version: AgreementVersion, **changes: object) -> AgreementVersion:
    return resend_changed(
        agreement_id=version.agreement_id,
        actor=world.school.actor,
        changes=changes,
        reason="企业调整了报酬",
        now=stage.NOW,
    )


def test_a_changed_pay_drops_the_signature_and_shows_the_difference(world: World) -> None:
    old = stage.sent(world)
    row = stage.sign_as(world, old, "student")
    new = changed(world, old, pay="3400")
    row.refresh_from_db()
    old.refresh_from_db()
    assert row.state == SignatureState.DROPPED
    assert old.state == VersionState.WITHDRAWN
    again = stage.signature_of(new, "student")
    page = signing_page(signature=again)
    assert again.state == SignatureState.WAITING
    assert [change.difference.label for change in page.changes] == ["实习报酬"]
    assert page.changes[0].difference.consequence == "变好"
    assert page.lapsed_sha256 == old.sha256


def test_the_sealed_text_stays_as_it_was(world: World) -> None:
    old = stage.sent(world)
    text, digest = old.text, old.sha256
    new = changed(world, old, pay="3400")
    old.refresh_from_db()
    assert (old.text, old.sha256) == (text, digest)
    assert new.sha256 != digest


def test_a_change_that_does_not_concern_a_party_keeps_its_signature(world: World) -> None:
    old = stage.sent(world)
    stage.sign_as(world, old, "student")
    new = changed(world, old, mentor="示例师傅乙")
    kept = stage.signature_of(new, "student")
    assert kept.state == SignatureState.SIGNED
    assert kept.proof["signed_sha256"] == old.sha256
    for role in ("host", "school"):
        stage.sign_as(world, new, role)
    new.agreement.refresh_from_db()
    assert new.agreement.state == AgreementState.ACTIVE


def test_the_withdrawn_text_is_not_signed_any_more(world: World) -> None:
    old = stage.sent(world)
    waiting = stage.signature_of(old, "student")
    changed(world, old, pay="3400")
    with pytest.raises(DomainError):
        stage.sign_as(world, old, "student", signature_id=waiting.pk)


def test_nothing_changed_is_not_sent_again(world: World) -> None:
    old = stage.sent(world)
    with pytest.raises(DomainError, match="没有改动"):
        changed(world, old, pay=old.changes["pay"])
