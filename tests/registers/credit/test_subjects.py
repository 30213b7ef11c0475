"""Who can be a subject at all: organisations with a code, under their own region's catalogue."""

from __future__ import annotations

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.models import Division
from silian.registers.credit.commands.records import RecordDraft, propose_record
from silian.registers.credit.models import CorrectionCase, CreditItem, CreditReading, CreditRecord
from silian.registers.credit.permissions.credit import items_usable_by
from silian.registers.organisations.demo.codes import demonstration_uscc
from silian.registers.organisations.models import Organisation
from tests.registers.credit import stage
from tests.world import World


def draft(world: World, item: CreditItem) -> RecordDraft:
    assert world.enterprise.organisation is not None
    return RecordDraft(
        organisation_id=world.enterprise.organisation.pk,
        item_id=item.pk,
        title="未按规定提取经费",
        ground="policy",
        basis_document="实施意见第九条",
        decision_number="青人社信〔2026〕1号",
        decided_on=stage.today(),
        starts_on=stage.today(),
        ends_on=stage.today() + 365 * stage.DAY,
    )


@pytest.mark.parametrize("model", [CorrectionCase, CreditRecord, CreditReading])
def test_a_natural_person_is_never_a_subject(model: type) -> None:
    """Subjects are organisations by the tables themselves; no column names a person."""
    subject = model._meta.get_field("organisation")  # type: ignore[attr-defined]
    assert subject.related_model is Organisation
    assert not subject.null
    named = {field.name for field in model._meta.get_fields()}  # type: ignore[attr-defined]
    assert not named & {"person", "id_number", "natural_person"}


def test_a_unit_without_a_code_cannot_be_recorded(world: World) -> None:
    assert world.enterprise.organisation is not None
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(uscc="")
    with pytest.raises(DomainError, match="统一社会信用代码"):
        propose_record(draft=draft(world, stage.item()), actor=world.reviewer.actor)


def test_an_item_of_another_regions_catalogue_is_refused(world: World) -> None:
    elsewhere = Division.objects.filter(code="530300").first()
    if elsewhere is None:
        elsewhere = Division.objects.create(code="530300", name="外市", level="city")
    foreign = stage.item(division_id=elsewhere.pk, code="WD-01")
    assert foreign not in items_usable_by(world.reviewer.actor)
    with pytest.raises(DomainError, match="其他地区的目录"):
        propose_record(draft=draft(world, foreign), actor=world.reviewer.actor)
    rows = Organisation.objects.filter(pk=world.enterprise.organisation.pk)  # type: ignore[union-attr]
    rows.update(uscc=demonstration_uscc(authority="91", division="530300", number=7))
    row = propose_record(draft=draft(world, stage.item()), actor=world.reviewer.actor)
    assert row.proposed_at <= timezone.now()
