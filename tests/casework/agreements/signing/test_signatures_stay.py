"""The data base keeps what was signed, whatever the path of the write."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from silian.casework.agreements.models import AgreementVersion
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def refused(sql: str, *values: object) -> str:
    """What the data base says against a statement, deferred triggers included."""
    with pytest.raises(DatabaseError) as refusal:
        run(sql, *values)
    return str(refusal.value)


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def version(world: World) -> AgreementVersion:
    return stage.signed(world)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'waiting'",
        "state = 'dropped', reason = '作废'",
        "signer_name = '别人'",
        "acted_at = now()",
        "proof = '{}'",
        "on_behalf = '代'",
    ],
)
def test_a_given_signature_is_not_changed(version: AgreementVersion, change: str) -> None:
    row = stage.signature_of(version, "student")
    said = refused(f"UPDATE agreements_signature SET {change} WHERE id = %s", row.pk)
    assert "stays" in said


def test_a_given_signature_is_not_deleted(version: AgreementVersion) -> None:
    row = stage.signature_of(version, "student")
    assert "stays" in refused("DELETE FROM agreements_signature WHERE id = %s", row.pk)


@pytest.mark.parametrize("change", ["text = 'x'", "sha256 = repeat('0', 64)", "changes = '{}'"])
def test_a_sealed_text_is_not_changed(version: AgreementVersion, change: str) -> None:
    said = refused(
        f"UPDATE agreements_agreementversion SET {change} WHERE id = %s",
        version.pk,
    )
    assert "sealed" in said


def test_a_text_out_for_signature_is_not_changed(world: World) -> None:
    version = stage.sent(world)
    said = refused(
        "UPDATE agreements_agreementversion SET text = text || ' ' WHERE id = %s", version.pk
    )
    assert "sealed" in said


def test_nothing_is_active_while_a_signature_is_missing(world: World) -> None:
    version = stage.sent(world)
    stage.sign_as(world, version, "student")
    said = refused(
        "UPDATE agreements_agreement SET state = 'active' WHERE id = %s", version.agreement_id
    )
    assert "no signed base" in said


def test_a_base_is_not_called_signed_while_a_signature_is_missing(world: World) -> None:
    version = stage.sent(world)
    said = refused(
        "UPDATE agreements_agreementversion SET state = 'signed' WHERE id = %s", version.pk
    )
    assert "not signed by everybody" in said


def test_a_missing_signature_cannot_be_deleted_away(world: World) -> None:
    version = stage.sent(world)
    stage.sign_as(world, version, "student")
    said = refused(
        "DELETE FROM agreements_signature WHERE version_id = %s AND state = 'waiting';"
        "UPDATE agreements_agreementversion SET state = 'signed' WHERE id = %s",
        version.pk,
        version.pk,
    )
    assert "lacks the signature" in said


def test_a_stranger_is_not_put_among_the_signatures(world: World) -> None:
    one, other = stage.sent(world), stage.sent(world)
    foreign = stage.signature_of(other, "student").party_id
    said = refused(
        "UPDATE agreements_signature SET party_id = %s WHERE version_id = %s", foreign, one.pk
    )
    assert "belongs" in said
