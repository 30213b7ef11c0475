"""Anybody checks a code or a copy."""

from __future__ import annotations

import io

import pytest
from django.test import Client

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.tasks.signing import make_document
from silian.foundation.kernel.files import read_content
from tests.casework.agreements.signing import stage
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(world: World) -> AgreementVersion:
    return stage.signed(world)


def code_page(version: AgreementVersion) -> str:
    return Client().get(f"/agreements/check/{version.check_code}/").content.decode()


def copy_of(version: AgreementVersion) -> bytes:
    make_document(version_id=version.pk)
    version.refresh_from_db()
    assert version.document is not None
    return read_content(version.document)


def upload(content: bytes) -> str:
    copy = io.BytesIO(content)
    copy.name = "协议.pdf"
    return Client().post("/agreements/check/", {"copy": copy}).content.decode()


def test_a_code_shows_kind_masked_parties_and_days_and_nothing_else(
    version: AgreementVersion,
) -> None:
    text = code_page(version)
    for words in ("岗位实习三方协议", "顾＊南", "2026年5月6日", "已签齐，未到起始日"):
        assert words in text
    for secret in ("顾小南", "3,200", version.agreement.number, version.sha256, "启衡精密"):
        assert secret not in text


def test_a_code_may_be_typed_in_small_letters_with_spaces(version: AgreementVersion) -> None:
    code = (version.check_code or "").lower()
    page = Client().post("/agreements/check/", {"code": f"{code[:6]} {code[6:]}"}, follow=True)
    assert "顾＊南" in page.content.decode()


def test_what_is_not_signed_is_not_told(world: World) -> None:
    version = stage.sent(world)
    assert Client().get(f"/agreements/check/{version.check_code}/").status_code == 404


def test_a_terminated_agreement_is_told(version: AgreementVersion) -> None:
    Agreement.objects.filter(pk=version.agreement_id).update(state=AgreementState.TERMINATED)
    assert "已解除" in code_page(version)


def test_the_kept_copy_is_found_unchanged(version: AgreementVersion) -> None:
    assert "没有改动" in upload(copy_of(version))


def test_a_changed_copy_is_told(version: AgreementVersion) -> None:
    content = bytearray(copy_of(version))
    content[len(content) // 3] ^= 1
    said = upload(bytes(content))
    assert "没有改动" not in said
    assert "已被改动" in said


def test_a_copy_without_seal_is_told() -> None:
    assert "没有签章" in upload(b"%PDF-1.7 nothing of ours")


def test_nothing_given_is_refused_in_words() -> None:
    page = Client().post("/agreements/check/", {})
    assert page.status_code == 422
    assert "查验码" in page.content.decode()


def test_checking_is_limited() -> None:
    browser = Client()
    statuses = [browser.get("/agreements/check/AAAA/").status_code for _ in range(31)]
    assert (statuses[0], statuses[-1]) == (404, 429)
