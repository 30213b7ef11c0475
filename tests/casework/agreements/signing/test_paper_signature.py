"""A signature on paper is recorded with its scan, and is never an electronic one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.casework.agreements.choices import SignatureState, SigningMethod, VersionState
from silian.casework.agreements.commands.links import make_link
from silian.casework.agreements.commands.paper_signatures import OnPaper, record_paper_signature
from silian.casework.agreements.exports.signed_copies import signed_text
from silian.casework.agreements.models import AgreementVersion, Signature, SigningLink
from silian.casework.agreements.permissions.signing import may_read_scan
from silian.casework.agreements.queries.verification import public_facts
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry, StoredFile
from tests.casework.agreements.signing import stage
from tests.foundation.kernel.uploads import picture
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = stage.NOW.date()


@pytest.fixture
def version(world: World) -> AgreementVersion:
    return stage.sent(world)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("签字页.png", picture("PNG"), content_type="image/png")


def recorded(world: World, version: AgreementVersion, **facts: Any) -> Signature:
    paper = {"name": "顾小南", "signed_on": DAY, "scan": scan(), **facts}
    return record_paper_signature(
        signature_id=stage.signature_of(version, "student").pk,
        actor=paper.pop("actor", world.school.actor),
        paper=OnPaper(**paper),
        now=stage.NOW,
    )


def test_the_scan_the_day_and_the_recorder_are_kept(
    world: World, version: AgreementVersion
) -> None:
    make_link(
        signature_id=stage.signature_of(version, "student").pk,
        actor=world.school.actor,
        now=stage.NOW,
    )
    row = recorded(world, version)
    row.refresh_from_db()
    assert (row.state, row.method) == (SignatureState.SIGNED, SigningMethod.PAPER)
    assert (row.signer, row.signer_name) == (None, "顾小南")
    assert row.proof["recorded_by"] == world.school.user.pk
    assert row.proof["signed_on"] == DAY.isoformat()
    assert SigningLink.objects.get().revoked_at == stage.NOW
    entry = AuditEntry.objects.get(action="agreements.signature.recorded")
    assert entry.actor_id == world.school.user.pk
    kept = StoredFile.objects.get(pk=row.proof["file"])
    assert may_read_scan(world.student.actor, kept)
    assert may_read_scan(world.enterprise.actor, kept)
    assert not may_read_scan(world.rival.actor, kept)


def test_the_copy_and_the_public_page_say_that_it_is_no_electronic_signature(
    world: World, version: AgreementVersion
) -> None:
    recorded(world, version)
    for role in ("host", "school"):
        stage.sign_as(world, version, role)
    version.refresh_from_db()
    assert version.state == VersionState.SIGNED
    lines = {line.role: line.method for line in signed_text(version).signatures}
    assert "不作为电子签名" in lines["学生"]
    assert "电子签名" not in lines["学校"]
    assert "其中 1 方线下签署" in public_facts(version, on=DAY).note
    page = world.student.client.get(version.agreement.get_absolute_url()).content.decode()
    assert "看扫描件" in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "顾小北"}, "name"),
        ({"signed_on": DAY + datetime.timedelta(days=1)}, "signed_on"),
        ({"signed_on": DAY - datetime.timedelta(days=1)}, "signed_on"),
    ],
)
def test_what_cannot_be_right_is_refused(
    world: World, version: AgreementVersion, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        recorded(world, version, **facts)
    assert refusal.value.field == field


def test_only_the_organiser_records(world: World, version: AgreementVersion) -> None:
    with pytest.raises(NotAllowed):
        recorded(world, version, actor=world.enterprise.actor)


def test_no_signature_on_paper_is_written_without_its_scan(
    world: World, version: AgreementVersion
) -> None:
    row = stage.signature_of(version, "student")
    with pytest.raises(IntegrityError, match="on_paper_has_its_scan"), transaction.atomic():
        Signature.objects.filter(pk=row.pk).update(
            state="signed", method="paper", signer_name="某人", acted_at=stage.NOW
        )


def test_the_page_records_it(world: World, version: AgreementVersion) -> None:
    row = stage.signature_of(version, "student")
    address = reverse("agreements:paper_signature", args=[row.pk])
    assert "登记线下签署" in world.school.client.get(reverse("agreements:waiting")).content.decode()
    facts = {"name": "顾小南", "signed_on": DAY, "scan": scan()}
    assert world.school.client.post(address, facts).status_code == 422
    assert world.enterprise.client.get(address).status_code == 404
