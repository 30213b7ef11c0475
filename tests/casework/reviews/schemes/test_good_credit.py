"""EN-04: a bad record that stands is a veto, read from the credit register with a trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.evaluation import evaluate_dossier
from silian.casework.reviews.commands.intake import accept_dossier
from silian.casework.reviews.gateways.rulebooks import built_in_schemes
from silian.casework.reviews.models import Dossier
from silian.casework.reviews.queries.evaluation import evaluation_of
from silian.casework.reviews.rules.definition import definition_of
from silian.registers.credit.models import CreditReading
from tests.casework.reviews import stage
from tests.casework.reviews.stage_schemes import sound
from tests.registers.credit import stage as credit
from tests.world import World

pytestmark = pytest.mark.django_db

GOOD_CREDIT: dict[str, Any] = {
    "code": "conditions",
    "label": "申报条件",
    "kind": "all_of",
    "children": [
        {
            "code": "no_bad_record",
            "label": "没有失信记录",
            "source": {"kind": "register", "code": "credit.bad_records"},
            "scoring": {"kind": "veto"},
            "basis": "办法第四条",
        }
    ],
}


def sent(world: World, **parts: Any) -> Dossier:
    version = stage.published(world, **sound(procedure={}, gateway=GOOD_CREDIT, **parts))
    campaign = stage.open_campaign(world, version=version)
    dossier = stage.dossier_of(campaign, world.enterprise.organisation, answers={"people": 72})
    evaluate_dossier(dossier=dossier, now=timezone.now())
    return dossier


def test_without_a_record_the_condition_holds_and_the_reading_is_noted(world: World) -> None:
    dossier = sent(world)
    assert evaluation_of(dossier).met is True
    reading = CreditReading.objects.get(organisation=dossier.applicant)
    assert (reading.reader, reading.user, reading.found) == (dossier.campaign.owner, None, 0)
    assert dossier.campaign.title in reading.purpose


def test_a_record_that_stands_is_a_veto(world: World) -> None:
    credit.in_force(world)
    result = sent(world).results.get(criterion="no_bad_record")
    assert (result.met, result.value["value"]) == (False, "1")
    assert "触及一票否决" in result.sentence
    assert "信用名录" in result.sentence


def test_a_disputed_record_counts_and_says_so(world: World) -> None:
    row = credit.in_force(world)
    row.is_disputed = True
    row.save(update_fields=["is_disputed"])
    assert "其中 1 条有异议" in sent(world).results.get(criterion="no_bad_record").sentence


def test_the_official_who_accepts_is_named_and_later_nothing_is_read(world: World) -> None:
    dossier = sent(world)
    accepted = accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    readings = CreditReading.objects.filter(organisation=dossier.applicant)
    assert readings.order_by("-pk")[0].user == world.reviewer.user
    assert accepted.state == DossierState.RANKED
    credit.in_force(world)
    evaluate_dossier(dossier=accepted, now=timezone.now())
    assert readings.count() == 2
    assert evaluation_of(accepted).met is True


def test_a_scheme_that_asks_for_no_credit_leaves_no_reading(world: World) -> None:
    campaign = stage.open_campaign(world)
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    evaluate_dossier(dossier=dossier, now=timezone.now())
    assert not CreditReading.objects.exists()


def test_the_built_in_scheme_for_enterprises_vetoes_a_bad_record() -> None:
    content = definition_of(built_in_schemes()["integrated_enterprise"].definition)
    item = content.criteria_by_code["no_bad_record"]
    assert item.source is not None
    assert (item.source.code, item.scoring.kind) == ("credit.bad_records", "veto")
    assert item.basis
    assert not item.only_warns
