"""Signing with a single-use link."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.agreements.choices import SignatureState, SigningMethod
from silian.casework.agreements.commands.links import (
    make_link,
    revoke_link,
    sign_by_link,
)
from silian.casework.agreements.commands.single_use_links import MOST_ATTEMPTS
from silian.casework.agreements.errors import IdentityNotConfirmed, LinkClosed
from silian.casework.agreements.models import AgreementVersion, Signature, SigningLink
from silian.foundation.kernel.errors import DomainError, NotAllowed
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(world: World) -> AgreementVersion:
    return stage.sent(world)


def link_for(world: World, version: AgreementVersion, role: str = "student", **facts: int) -> str:
    row = stage.signature_of(version, role)
    return make_link(signature_id=row.pk, actor=world.school.actor, now=stage.NOW, **facts)


def use(token: str, version: AgreementVersion, **facts: object) -> Signature:
    given: dict[str, object] = {
        "token": token,
        "name": "顾小南",
        "last_four": "0234",
        "agreed_sha256": version.sha256,
        "now": stage.NOW,
    }
    return sign_by_link(**{**given, **facts})  # type: ignore[arg-type]


def test_a_link_signs_once(world: World, version: AgreementVersion) -> None:
    token = link_for(world, version)
    row = use(token, version)
    assert (row.state, row.method) == (SignatureState.SIGNED, SigningMethod.LINK)
    assert row.signer_name == "顾小南"
    with pytest.raises(LinkClosed):
        use(token, version)


def test_only_the_digest_of_the_token_is_kept(world: World, version: AgreementVersion) -> None:
    token = link_for(world, version)
    kept = SigningLink.objects.get()
    assert token not in str(kept.__dict__)
    assert len(kept.token_digest) == 64


@pytest.mark.parametrize(
    ("name", "last_four"), [("顾小北", "0234"), ("顾小南", "9999"), ("顾小南", "")]
)
def test_who_is_not_the_one_does_not_sign(
    world: World, version: AgreementVersion, name: str, last_four: str
) -> None:
    token = link_for(world, version)
    with pytest.raises(IdentityNotConfirmed):
        use(token, version, name=name, last_four=last_four)
    assert SigningLink.objects.get().failed_attempts == 1


def test_guessing_closes_the_link(world: World, version: AgreementVersion) -> None:
    token = link_for(world, version)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(IdentityNotConfirmed):
            use(token, version, last_four="0000")
    with pytest.raises(LinkClosed):
        use(token, version)


def test_a_link_expires(world: World, version: AgreementVersion) -> None:
    token = link_for(world, version)
    with pytest.raises(LinkClosed):
        use(token, version, now=stage.NOW + datetime.timedelta(days=7))


def test_a_revoked_link_does_not_sign(world: World, version: AgreementVersion) -> None:
    token = link_for(world, version)
    revoke_link(link_id=SigningLink.objects.get().pk, actor=world.school.actor, now=stage.NOW)
    with pytest.raises(LinkClosed):
        use(token, version)


def test_a_new_link_stops_the_old_one(world: World, version: AgreementVersion) -> None:
    first = link_for(world, version)
    second = link_for(world, version)
    with pytest.raises(LinkClosed):
        use(first, version)
    assert use(second, version).state == SignatureState.SIGNED


def test_another_text_leaves_the_link_unused(world: World, version: AgreementVersion) -> None:
    token = link_for(world, version)
    with pytest.raises(DomainError, match="不一致"):
        use(token, version, agreed_sha256="0" * 64)
    assert use(token, version).state == SignatureState.SIGNED


def test_only_the_organiser_makes_links(world: World, version: AgreementVersion) -> None:
    row = stage.signature_of(version, "student")
    with pytest.raises(NotAllowed):
        make_link(signature_id=row.pk, actor=world.enterprise.actor, now=stage.NOW)


def test_the_guardian_of_a_minor_signs_by_link(world: World) -> None:
    student = stage.with_guardian(world)
    version = stage.sent(world)
    token = link_for(world, version, person_id=student.guardian_id or 0)
    row = use(token, version, name="顾大海", last_four="5678")
    assert row.signer_name == "顾大海"
    assert "监护人" in row.on_behalf


def test_the_guardian_of_an_adult_gets_no_link(world: World) -> None:
    student = stage.with_guardian(world, born=datetime.date(2005, 1, 1))
    version = stage.sent(world)
    with pytest.raises(DomainError, match="监护人"):
        link_for(world, version, person_id=student.guardian_id or 0)


def test_the_contact_of_an_enterprise_signs_by_link(world: World) -> None:
    version = stage.sent(world)
    stage.sign_as(world, version, "student")
    with pytest.raises(DomainError, match="名录里没有"):
        link_for(world, version, role="host")
    host = world.enterprise.organisation
    assert host is not None
    host.contact_name, host.contact_phone = "吴经办", "13700017777"
    host.save()
    row = use(link_for(world, version, role="host"), version, name="吴经办", last_four="7777")
    assert row.state == SignatureState.SIGNED
    assert host.name in row.on_behalf
