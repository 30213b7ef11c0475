"""Claims: the insurer first, the rest as agreed, nothing for the student to bear."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.insurance import (
    ClaimState,
)
from silian.operations.placements.choices.pay import IncidentKind, IncidentSeverity
from silian.operations.placements.commands.insurance_claims import (
    answer_claim,
    link_claim,
    pay_claim,
    report_claim,
    settle_claim,
    withdraw_claim,
)
from silian.operations.placements.commands.insurance_policies import add_insured
from silian.operations.placements.commands.insurance_products import (
    ProductText,
    withdraw_product,
    write_product,
)
from silian.operations.placements.models import Incident
from tests.operations.placements.learning import stage
from tests.operations.placements.stage import NOW, make_internship, make_student
from tests.world import TODAY, World


def test_an_accident_outside_the_cover_is_refused(world: World) -> None:
    found = stage.insured(world)
    with pytest.raises(DomainError, match="保障期间"):
        report_claim(
            actor=world.school.actor,
            insured_id=found.insured.get().pk,
            happened_on=datetime.date(2026, 2, 1),
            incident="摔伤",
            loss=Decimal(10),
            now=NOW,
        )


def test_a_claim_goes_from_report_to_settlement(world: World) -> None:
    claim = stage.claim(world)
    actor = world.school.actor
    assert claim.answer_due_at is not None
    assert claim.answer_due_at > NOW
    answer_claim(actor=actor, claim_id=claim.pk, accepts=True, answer="按条款赔付", now=NOW)
    pay_claim(actor=actor, claim_id=claim.pk, paid=Decimal(10_000), paid_on=TODAY)
    shares = {"school_share": Decimal(1_000), "host_share": Decimal(1_000)}
    with pytest.raises(DomainError, match="写明协议"):
        settle_claim(actor=actor, claim_id=claim.pk, basis="", now=NOW, **shares)
    done = settle_claim(actor=actor, claim_id=claim.pk, basis="各半", now=NOW, **shares)
    assert (done.state, done.remainder) == (ClaimState.SETTLED, Decimal(2_000))


def test_a_claim_comes_of_an_incident_of_the_same_internship(world: World) -> None:
    found = stage.insured(world)
    internship = found.insured.get().internship
    event, strange = (
        Incident.objects.create(
            internship=whose,
            kind=IncidentKind.INJURY,
            severity=IncidentSeverity.MINOR,
            happened_at=NOW,
            place="二车间",
            description="手部划伤。",
            recorded_at=NOW,
        )
        for whose in (internship, make_internship(world, student=make_student(world)))
    )
    client = world.school.client
    address = reverse("placements:insurance_claim_new", args=[internship.pk])
    form = client.get(f"{address}?event={event.pk}").context["form"]
    assert form["incident"].value() == "10:00 在二车间。手部划伤。"
    facts = {
        "insured": found.insured.get().pk, "happened_on": TODAY, "loss": 10, "incident": "划伤"
    }  # fmt: skip
    assert client.post(address, {**facts, "event": strange.pk}).status_code == 422
    claim_page = client.post(address, {**facts, "event": event.pk})["Location"]
    incident_page = reverse("placements:incident_detail", args=[event.pk])
    assert incident_page in client.get(claim_page).content.decode()
    assert claim_page in client.get(incident_page).content.decode()
    claim = event.claims.get()
    with pytest.raises(DomainError, match="不是这名学生"):
        link_claim(actor=world.school.actor, claim_id=claim.pk, event_id=strange.pk)
    link_claim(actor=world.school.actor, claim_id=claim.pk, event_id=None)
    assert not event.claims.exists()


def test_the_insurer_on_the_platform_answers_itself(world: World) -> None:
    product = stage.published_product(world)
    found = stage.policy(world, number="责任-9", product=product, insurer_name="")
    internship = stage.planned(world)
    add_insured(actor=world.school.actor, policy_id=found.pk, internship_ids=[internship.pk])
    claim = report_claim(
        actor=world.school.actor,
        insured_id=found.insured.get().pk,
        happened_on=TODAY,
        incident="烫伤",
        loss=Decimal(500),
        now=NOW,
    )
    given = {"claim_id": claim.pk, "accepts": False, "answer": "免责条款第三条", "now": NOW}
    with pytest.raises(NotAllowed, match="承保的保险机构"):
        answer_claim(actor=world.school.actor, **given)
    assert answer_claim(actor=stage.insurer(world).actor, **given).state == ClaimState.REJECTED


def test_an_answered_claim_is_not_taken_back(world: World) -> None:
    claim = stage.claim(world)
    answer_claim(actor=world.school.actor, claim_id=claim.pk, accepts=True, answer="同意", now=NOW)
    with pytest.raises(WrongState):
        withdraw_claim(actor=world.school.actor, claim_id=claim.pk)


def test_a_claim_reported_in_error_is_taken_back(world: World) -> None:
    claim = stage.claim(world)
    done = withdraw_claim(actor=world.school.actor, claim_id=claim.pk)
    assert done.state == ClaimState.WITHDRAWN


def test_a_product_without_a_rate_reads_unset_and_only_published_ones_are_public(
    world: World,
) -> None:
    hidden = stage.product(world, name="还没有公布的产品")
    stage.published_product(world)
    page = world.anonymous.client.get(reverse("placements:insurance_products")).content.decode()
    assert "实习责任保险（演示）" in page
    assert "还没有公布的产品" not in page
    assert hidden.published_at is None


def test_a_published_product_is_frozen_until_withdrawn(world: World) -> None:
    product, actor = stage.published_product(world), stage.insurer(world).actor
    text = ProductText(kind="accident", name="改名", covers="意外")
    with pytest.raises(DomainError, match="先停售"):
        write_product(actor=actor, text=text, product_id=product.pk)
    withdraw_product(actor=actor, product_id=product.pk)
    assert write_product(actor=actor, text=text, product_id=product.pk).name == "改名"
