"""Keys for machines: kept hashed, bounded, and dead when they should be."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.organisations.choices import OrganisationState, Role
from silian.registers.organisations.commands.tokens import (
    create_token,
    note_token_use,
    revoke_token,
)
from silian.registers.organisations.models import Membership, Organisation
from silian.registers.organisations.models.token import ApiToken
from silian.registers.organisations.queries.identity import TokenActor, actor_from_token
from tests.registers.organisations.cast import NOW
from tests.world import TODAY, World


def made(world: World, **values: Any) -> tuple[ApiToken, str]:
    given = {"name": "同步", "scopes": ["listings:read"], "days": 30, "now": NOW, **values}
    return create_token(
        organisation_id=world.enterprise.organisation.pk, actor=world.enterprise.actor, **given
    )


def known(secret: str, now: datetime.datetime = NOW) -> TokenActor | None:
    return actor_from_token(secret=secret, now=now, on=TODAY)


def test_a_key_acts_as_its_maker_for_the_organisation(world: World) -> None:
    _, secret = made(world)
    found = known(secret)
    assert found is not None
    assert found.actor.user_id == world.enterprise.user.pk
    assert found.actor.organisation_id == world.enterprise.organisation.pk
    assert found.scopes == {"listings:read"}


def test_only_the_hash_is_kept(world: World) -> None:
    token, secret = made(world)
    assert secret not in str(ApiToken.objects.values().get(pk=token.pk))


def test_an_unknown_expired_or_revoked_key_is_nobody(world: World) -> None:
    token, secret = made(world)
    assert known("sl_nonsense") is None
    assert known(secret, now=NOW + datetime.timedelta(days=30)) is None
    revoke_token(token_id=token.pk, actor=world.enterprise.actor)
    assert known(secret) is None
    with pytest.raises(DomainError, match="已经撤销"):
        revoke_token(token_id=token.pk, actor=world.enterprise.actor)


def test_a_key_dies_with_its_maker_s_seat(world: World) -> None:
    _, secret = made(world)
    Membership.objects.filter(user=world.enterprise.user).update(ends_on=TODAY)
    assert known(secret) is None


def test_a_key_does_not_move_to_another_of_its_maker_s_organisations(world: World) -> None:
    _, secret = made(world)
    Membership.objects.filter(user=world.enterprise.user).update(ends_on=TODAY)
    Membership.objects.create(
        user=world.enterprise.user,
        organisation=world.rival.organisation,
        role=Role.READER,
        starts_on=TODAY,
    )
    assert known(secret) is None


def test_a_key_dies_with_the_lock_of_the_account_and_the_suspension(world: World) -> None:
    _, secret = made(world)
    world.enterprise.user.is_active = False
    world.enterprise.user.save()
    assert known(secret) is None
    world.enterprise.user.is_active = True
    world.enterprise.user.save()
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(
        state=OrganisationState.SUSPENDED, suspension_reason="x"
    )
    assert known(secret) is None


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"scopes": []}, "至少选择 1 项"),
        ({"scopes": ["everything"]}, "没有这样的权限"),
        ({"days": 0}, "365"),
        ({"days": 366}, "365"),
    ],
)
def test_odd_keys_are_refused(world: World, values: dict[str, Any], word: str) -> None:
    with pytest.raises(DomainError, match=word):
        made(world, **values)


def test_an_unverified_organisation_gets_no_key(world: World) -> None:
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(state="submitted")
    with pytest.raises(DomainError, match="核验"):
        made(world)


def test_only_managers_make_and_revoke(world: World) -> None:
    token, _ = made(world)
    with pytest.raises(NotAllowed):
        revoke_token(token_id=token.pk, actor=world.rival.actor)


def test_the_last_use_is_noted_once_a_minute(world: World) -> None:
    token, _ = made(world)
    note_token_use(token_id=token.pk, now=NOW)
    note_token_use(token_id=token.pk, now=NOW + datetime.timedelta(seconds=30))
    token.refresh_from_db()
    assert token.last_used_at == NOW


def test_the_secret_is_shown_on_one_page_once(world: World) -> None:
    client = world.enterprise.client
    data = {"name": "同步", "scopes": ["listings:read"], "days": 30}
    page = client.post(reverse("organisations:token_create"), data, follow=True)
    secret = page.context["secret"]
    assert secret.startswith("sl_")
    assert secret not in client.get(reverse("organisations:tokens")).content.decode()
