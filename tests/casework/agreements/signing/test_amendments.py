"""Signing a change of an agreement in force."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.choices import AgreementState, VersionState
from silian.casework.agreements.commands.amending import propose_amendment
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.commands.signing import refuse
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.queries.signing_page import signing_page
from silian.casework.agreements.queries.terms import effective_terms
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db
FROM = datetime.date(2026, 7, 1)


def amended(world: World, **changes: object) -> AgreementVersion:
    """An amendment of a signed agreement, out for signature."""
    base = stage.signed(world)
    propose_amendment(
        agreement_id=base.agreement_id,
        actor=world.school.actor,
        changes=changes,
        effective_from=FROM,
        reason="企业调整了报酬",
        now=stage.NOW,
    )
    return send_for_signature(
        agreement_id=base.agreement_id, actor=world.school.actor, now=stage.NOW
    )


def pay_on(version: AgreementVersion, day: datetime.date) -> object:
    agreement = Agreement.objects.get(pk=version.agreement_id)
    return effective_terms(agreement=agreement, on=day)["pay"]


def test_the_school_signs_a_change_of_pay_too(world: World) -> None:
    version = amended(world, pay="3400")
    roles = set(version.signatures.values_list("party__role", flat=True))
    assert roles == {"student", "host", "school"}


def test_a_change_holds_from_its_day_once_it_is_signed(world: World) -> None:
    version = amended(world, pay="3400")
    stage.sign_as(world, version, "student")
    stage.sign_as(world, version, "host")
    assert pay_on(version, FROM) == "3200.00"
    stage.sign_as(world, version, "school")
    assert pay_on(version, FROM) == "3400.00"
    assert pay_on(version, FROM - datetime.timedelta(days=1)) == "3200.00"


def test_a_change_signed_late_holds_from_the_day_of_the_last_signature(world: World) -> None:
    version = amended(world, pay="3400")
    stage.sign_as(world, version, "student")
    assert version.sign_by is not None
    AgreementVersion.objects.filter(pk=version.pk).update(
        sign_by=datetime.datetime(2026, 8, 1, tzinfo=stage.SHANGHAI)
    )
    late = datetime.datetime(2026, 7, 10, 9, tzinfo=stage.SHANGHAI)
    stage.sign_as(world, version, "host")
    stage.sign_as(world, version, "school", now=late)
    assert pay_on(version, datetime.date(2026, 7, 9)) == "3200.00"
    assert pay_on(version, datetime.date(2026, 7, 10)) == "3400.00"


def test_a_refused_change_leaves_the_agreement_in_force(world: World) -> None:
    version = amended(world, pay="3000")
    refuse(
        signature_id=stage.signature_of(version, "student").pk,
        actor=world.student.actor,
        now=stage.NOW,
        reason="不同意降低报酬",
    )
    version.refresh_from_db()
    agreement = Agreement.objects.get(pk=version.agreement_id)
    assert version.state == VersionState.REFUSED
    assert agreement.state == AgreementState.ACTIVE
    assert pay_on(version, FROM) == "3200.00"


def test_the_page_says_that_the_change_is_worse(world: World) -> None:
    version = amended(world, pay="3000")
    page = signing_page(signature=stage.signature_of(version, "student"))
    (change,) = page.changes
    assert (change.difference.consequence, change.tone) == ("变差", "late")
    assert "原协议继续有效" in page.what_refusing_means
