"""A catalogue of scarce occupations raises the subsidy by its rate, as of the claim's day."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.reference.models import Occupation
from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.commands.claims import refresh_claim
from silian.governance.incentives.commands.scarce_lists import (
    ListSaid,
    publish_scarce_list,
    withdraw_scarce_list,
)
from silian.governance.incentives.models import Claim, ScarceList
from silian.governance.incentives.queries.payment_gates import gates_for
from tests.governance.incentives.claims import stage as claims
from tests.governance.incentives.outside_payments import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
SHENZHEN = "440300"
YEAR = (datetime.date(2026, 1, 1), datetime.date(2027, 1, 1))


TURNER, MILLER = "6-18-01-01", "6-18-01-02"


def occupations() -> None:
    """Two occupations of the catalogue."""
    for code, name in ((TURNER, "车工"), (MILLER, "铣工")):
        Occupation.objects.get_or_create(
            code=code, defaults={"name": name, "level": 4, "bottom_level": 4, "path": [code]}
        )


def published(world: World, codes: list[str], **values: Any) -> ScarceList:
    facts: dict[str, Any] = {
        "title": "2026 年紧缺职业（工种）目录", "codes": codes, "rate": Decimal(20),
        "source": "青人社发〔2026〕2号", "place": "第三条", "valid_from": YEAR[0],
        "valid_to": YEAR[1],
    }  # fmt: skip
    occupations()
    said = ListSaid(**{**facts, **values})
    return publish_scarce_list(said=said, actor=stage.labour(world).actor, now=NOW)


def drafted(world: World, *, level: str = "高级工", place: str = "", **values: Any) -> Claim:
    """A claim of two apprentices; the catalogue is published before it is drafted."""
    call, _ = claims.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    if place:
        call.place = place
        call.save(update_fields=["place"])
    occupations()
    turner = Occupation.objects.get(code=TURNER)
    row = claims.programme(world, level=level, occupation=turner)
    if values.pop("listed", True):
        published(world, [TURNER], **values)
    return claims.started(world, call, subject_id=row.pk)


def test_a_listed_occupation_is_raised_by_the_rate(world: World) -> None:
    plain = drafted(world, listed=False)
    standard = plain.planned
    assert plain.rule == "R11"
    published(world, [TURNER])
    refresh_claim(claim_id=plain.pk, actor=world.enterprise.actor, today=stage.TODAY)
    plain.refresh_from_db()
    assert plain.rule == "R11-SCARCE"
    assert plain.planned == standard * Decimal("1.2") > 0
    assert sum(item.amount for item in plain.items.all()) == plain.planned


@pytest.mark.parametrize(
    "values",
    [
        {"level": "中级工"},
        {"rate": None},
        {"valid_from": datetime.date(2025, 1, 1), "valid_to": datetime.date(2026, 1, 1)},
    ],
)
def test_nothing_rises_without_level_rate_or_year(world: World, values: dict[str, Any]) -> None:
    claim = drafted(world, **values)
    rate = {"中级工": 5000, "高级工": 6000}[claim.items.first().level]
    years = sum(item.units for item in claim.items.all())
    assert claim.planned == rate * years


def test_another_occupation_is_not_raised(world: World) -> None:
    claim = drafted(world, listed=False)
    standard = claim.planned
    published(world, [MILLER])
    refresh_claim(claim_id=claim.pk, actor=world.enterprise.actor, today=stage.TODAY)
    claim.refresh_from_db()
    assert (claim.rule, claim.planned) == ("R11-SCARCE", standard)


def test_a_claim_keeps_the_catalogue_by_which_it_was_handed_in(world: World) -> None:
    claim = drafted(world)
    stage.numbered(claim)
    claims.submitted(world, claims.filled(world, claim))
    claim.refresh_from_db()
    raised = claim.planned
    withdraw_scarce_list(
        list_id=ScarceList.objects.get().pk, reason="目录有误",
        actor=stage.labour(world).actor, now=NOW,
    )  # fmt: skip
    gates = gates_for(claim, None, stage.TODAY)
    assert any(each.code == "rule.R11-SCARCE.ceiling" for each in gates)
    claim.refresh_from_db()
    assert claim.planned == raised


@pytest.mark.parametrize(("rate", "stops"), [("30", False), ("40", True)])
def test_a_rate_above_the_ceiling_of_the_province_stops(
    world: World, rate: str, stops: bool
) -> None:
    claim = drafted(world, place=SHENZHEN, rate=Decimal(rate))
    (gate,) = [
        each
        for each in gates_for(claim, None, stage.TODAY)
        if each.code == "rule.R11-SCARCE.ceiling"
    ]
    assert gate.is_closed is stops
    assert "青人社发〔2026〕2号" in gate.clause


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"codes": ["9-99-99-99"]}, "codes"),
        ({"codes": []}, "codes"),
        ({"valid_to": YEAR[0]}, "valid_to"),
        ({"valid_to": datetime.date(2029, 1, 1)}, "valid_to"),
    ],
)
def test_an_unfit_catalogue_is_refused(world: World, values: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        published(world, **{"codes": [TURNER], **values})
    assert refusal.value.field == field


def test_only_the_labour_office_publishes_and_a_withdrawal_has_a_reason(world: World) -> None:
    row, actor = published(world, [TURNER]), stage.labour(world).actor
    with pytest.raises(NotAllowed):
        withdraw_scarce_list(list_id=row.pk, reason="错", actor=world.reviewer.actor, now=NOW)
    with pytest.raises(DomainError, match="理由"):
        withdraw_scarce_list(list_id=row.pk, reason=" ", actor=actor, now=NOW)
    withdraw_scarce_list(list_id=row.pk, reason="编码有误", actor=actor, now=NOW)
    with pytest.raises(WrongState, match="已经撤销"):
        withdraw_scarce_list(list_id=row.pk, reason="再撤", actor=actor, now=NOW)


def test_the_office_publishes_on_its_page(world: World) -> None:
    occupations()
    client = stage.labour(world).client
    given = {
        "title": "2026 年目录", "codes": "6-18-01-01\n6-18-01-02", "rate": "15",
        "source": "青人社发〔2026〕2号", "place": "第三条", "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    }  # fmt: skip
    assert client.post(reverse("incentives:scarce_list_new"), given).status_code == 302
    text = client.get(reverse("incentives:scarce_lists")).content.decode()
    assert "15%" in text
    assert "2026-12-31" in text
    wrong = client.post(reverse("incentives:scarce_list_new"), {**given, "codes": "车工"})
    assert wrong.status_code == 422
