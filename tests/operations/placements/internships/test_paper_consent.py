"""An answer on paper is recorded with its scan, by the school, for the person asked."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from silian.casework.agreements.commands.paper_signatures import OnPaper
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry, StoredFile
from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipState,
)
from silian.operations.placements.commands.paper_consents import record_paper_consent
from silian.operations.placements.models import InternshipConsent
from silian.operations.placements.permissions.internships import may_read_consent_scan
from tests.foundation.kernel.uploads import picture
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("同意书.png", picture("PNG"), content_type="image/png")


def waiting(world: World) -> InternshipConsent:
    internship = stage.make_internship(world, state=InternshipState.PREPARING)
    return stage.make_consent(internship, giver=ConsentGiver.GUARDIAN, state=ConsentState.WAITING)


def on_paper(row: InternshipConsent, **facts: object) -> OnPaper:
    assert row.person is not None
    given = {"name": row.person.name, "signed_on": timezone.localdate(), "scan": scan()}
    return OnPaper(**{**given, **facts})  # type: ignore[arg-type]


def test_the_school_records_it_and_the_guardian_stays_the_one_who_answered(world: World) -> None:
    row = waiting(world)
    done = record_paper_consent(
        consent_id=row.pk, actor=world.school.actor, agrees=True, paper=on_paper(row),
        now=timezone.now(),
    )  # fmt: skip
    assert (done.state, done.method, done.signer) == (ConsentState.GIVEN, "paper", None)
    assert done.proof["recorded_by"] == world.school.user.pk
    kept = StoredFile.objects.get(pk=done.proof["file"])
    assert may_read_consent_scan(world.school.actor, kept)
    assert not may_read_consent_scan(world.enterprise.actor, kept)
    assert AuditEntry.objects.filter(action="placements.consent.recorded").count() == 1
    page = world.school.client.get(reverse("placements:consent", args=[row.pk])).content.decode()
    assert "不作为电子签名" in page


def test_another_name_a_day_to_come_and_another_recorder_are_refused(world: World) -> None:
    row = waiting(world)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for facts in ({"name": "别人"}, {"signed_on": tomorrow}):
        with pytest.raises(DomainError):
            record_paper_consent(
                consent_id=row.pk, actor=world.school.actor, agrees=True,
                paper=on_paper(row, **facts), now=timezone.now(),
            )  # fmt: skip
    with pytest.raises(NotAllowed):
        record_paper_consent(
            consent_id=row.pk, actor=world.enterprise.actor, agrees=True, paper=on_paper(row),
            now=timezone.now(),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="on_paper_has_its_scan"), transaction.atomic():
        InternshipConsent.objects.filter(pk=row.pk).update(
            state="given", method="paper", giver_name="某人", acted_at=timezone.now()
        )


def test_the_page_records_a_refusal(world: World) -> None:
    row = waiting(world)
    assert row.person is not None
    address = reverse("placements:consent_paper", args=[row.pk])
    assert world.school.client.get(address).status_code == 200
    done = world.school.client.post(
        address,
        {
            "answer": "refuse", "reason": "路太远", "name": row.person.name,
            "signed_on": timezone.localdate(), "scan": scan(), "same_text": "on",
        },
    )  # fmt: skip
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == (ConsentState.REFUSED, "路太远")
