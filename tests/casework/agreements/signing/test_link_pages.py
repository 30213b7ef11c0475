"""Signing by link on a phone, without an account."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.commands.links import make_link
from silian.casework.agreements.models import AgreementVersion, SigningLink
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db
WHO = {"name": "顾小南", "last_four": "0234"}


@pytest.fixture
def version(world: World) -> AgreementVersion:
    return stage.sent(world)


@pytest.fixture
def token(world: World, version: AgreementVersion) -> str:
    row = stage.signature_of(version, "student")
    return make_link(signature_id=row.pk, actor=world.school.actor, now=stage.NOW)


def test_nothing_of_the_agreement_is_shown_before_who_it_is(
    version: AgreementVersion, token: str
) -> None:
    text = Client().get(f"/agreements/s/{token}/").content.decode()
    for secret in ("顾小南", "3,200", version.agreement.title, version.agreement.number):
        assert secret not in text


def test_somebody_signs_on_a_phone_without_an_account(
    version: AgreementVersion, token: str
) -> None:
    phone = Client()
    page = phone.post(f"/agreements/s/{token}/", WHO, follow=True)
    assert "签这份协议" in page.content.decode()
    assert SigningLink.objects.get().opened_at == stage.NOW
    done = phone.post(
        f"/agreements/s/{token}/sign/",
        {"sha256": version.sha256, "understood": "on"},
        follow=True,
    )
    assert "已签好" in done.content.decode()
    assert stage.signature_of(version, "student").state == SignatureState.SIGNED
    assert SigningLink.objects.get().used_at == stage.NOW


def test_another_browser_proves_again_who_it_is(version: AgreementVersion, token: str) -> None:
    Client().post(f"/agreements/s/{token}/", WHO)
    other = Client()
    said = other.post(
        f"/agreements/s/{token}/sign/", {"sha256": version.sha256, "understood": "on"}
    )
    assert said.status_code == 302
    assert stage.signature_of(version, "student").state == SignatureState.WAITING


def test_a_wrong_answer_is_told_and_counted(token: str) -> None:
    said = Client().post(f"/agreements/s/{token}/", {**WHO, "last_four": "1111"})
    assert said.status_code == 422
    assert "与登记的不一致" in said.content.decode()
    assert SigningLink.objects.get().failed_attempts == 1


def test_a_link_refuses_with_a_reason(version: AgreementVersion, token: str) -> None:
    phone = Client()
    phone.post(f"/agreements/s/{token}/", WHO)
    phone.post(f"/agreements/s/{token}/refuse/", {"reason": "离家太远，不方便"})
    assert stage.signature_of(version, "student").state == SignatureState.REFUSED


def test_a_question_leaves_the_link_open(version: AgreementVersion, token: str) -> None:
    phone = Client()
    phone.post(f"/agreements/s/{token}/", WHO)
    page = phone.post(f"/agreements/s/{token}/ask/", {"text": "有没有住宿？"}, follow=True)
    assert "有没有住宿" in page.content.decode()
    assert stage.signature_of(version, "student").state == SignatureState.WAITING


def test_every_link_that_does_not_work_gives_the_same_page(
    world: World, version: AgreementVersion, token: str
) -> None:
    SigningLink.objects.update(expires_at=stage.NOW - datetime.timedelta(seconds=1))
    expired = Client().get(f"/agreements/s/{token}/")
    SigningLink.objects.update(revoked_at=stage.NOW)
    revoked = Client().get(f"/agreements/s/{token}/")
    SigningLink.objects.update(
        revoked_at=None,
        used_at=stage.NOW,
        expires_at=stage.NOW + datetime.timedelta(days=1),
    )
    used = Client().get(f"/agreements/s/{token}/")
    unknown = Client().get("/agreements/s/nothing-at-all/")
    pages = [expired, revoked, used, unknown]
    assert {page.status_code for page in pages} == {404}
    assert len({without_csrf(page.content.decode()) for page in pages}) == 1


def without_csrf(text: str) -> str:
    """The page without what differs between any two requests."""
    return "\n".join(line for line in text.splitlines() if "X-CSRFToken" not in line)


def test_the_door_closes_to_who_tries_too_often(token: str) -> None:
    phone = Client()
    statuses = [phone.get("/agreements/s/guess/").status_code for _ in range(61)]
    assert statuses[-1] == 429


def test_the_address_is_shown_once_to_who_makes_it(world: World, version: AgreementVersion) -> None:
    row = stage.signature_of(version, "student")
    page = world.school.client.post(f"/agreements/sign/{row.pk}/link/").content.decode()
    assert "只显示这一次" in page
    assert "/agreements/s/" in page
