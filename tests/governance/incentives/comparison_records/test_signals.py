"""What lists say against a claim: hints with their source, never where a list is silent."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.choices.risks import RiskKind, RiskState
from silian.governance.incentives.commands.claim_risks import look_for_risks
from silian.governance.incentives.commands.comparison_records import delete_expired_records
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.queries.comparison_signals import compared_findings
from tests.governance.incentives.claim_review.stage import handed_in, make_set
from tests.governance.incentives.comparison_records import stage
from tests.governance.incentives.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
FIRST, SECOND = stage.NUMBERS[:2]
MONTHS = ("2025-03", "2025-04", "2025-05")  # what the claim counts


def claim_of(world: World, *, heads: int = 2) -> Claim:
    """A claim under review for apprentices of March to May with numbers and a code."""
    claim = stage.own_code(handed_in(world, make_set(world), heads=heads))
    claim.items.update(family=ClaimScheme.APPRENTICESHIP)
    stage.numbered(claim)
    return claim


def found(claim: Claim) -> dict[str, Any]:
    items = list(claim.items.select_related("person").order_by("pk"))
    return {each.kind: each for each in compared_findings(claim, items)}


def item(claim: Claim, place: int = 0) -> ClaimItem:
    return claim.items.order_by("person_id")[place]


def test_without_a_list_nothing_is_said(world: World) -> None:
    assert found(claim_of(world)) == {}


def test_absence_counts_where_the_list_names_everybody_of_the_employer(world: World) -> None:
    claim = claim_of(world)
    rows = [stage.month_row(SECOND, month) for month in MONTHS]
    stage.brought(world, *rows, completeness="employers")
    signal = found(claim)[RiskKind.NOT_INSURED]
    assert signal.items == [item(claim).pk]
    assert "2025-03、2025-04、2025-05 无记录" in signal.detail
    assert "市社会保险中心《查询函〔2026〕1号》（截至 2026-01-15）" in signal.detail


def test_a_partial_list_says_nothing_of_who_is_missing(world: World) -> None:
    claim = claim_of(world)
    stage.brought(world, *[stage.month_row(SECOND, month) for month in MONTHS])
    assert found(claim) == {}


def test_an_employer_whom_the_list_does_not_name_is_not_judged(world: World) -> None:
    claim = claim_of(world)
    other = stage.month_row(stage.NUMBERS[2], "2025-03", stage.OTHER, "别的单位")
    stage.brought(world, other, completeness="employers")
    assert found(claim) == {}


def test_only_months_that_the_list_covers_are_judged(world: World) -> None:
    claim = claim_of(world)
    stage.brought(
        world, stage.month_row(SECOND, "2025-04"), completeness="region",
        covers_from=datetime.date(2025, 4, 1), covers_until=datetime.date(2025, 5, 1),
    )  # fmt: skip
    signal = found(claim)[RiskKind.NOT_INSURED]
    assert "2025-04 无记录" in signal.detail
    assert "2025-03" not in signal.detail
    assert signal.items == [item(claim).pk]


def test_an_intern_without_insurance_is_nothing_unusual(world: World) -> None:
    claim = claim_of(world)
    claim.items.update(family=ClaimScheme.INTERNSHIP)
    stage.brought(world, stage.month_row(SECOND, "2025-04"), completeness="region")
    assert found(claim) == {}


@pytest.mark.parametrize(
    ("kind", "risk"),
    [("insured", RiskKind.INSURED_ELSEWHERE), ("payroll", RiskKind.PAID_ELSEWHERE)],
)
def test_another_employer_in_a_month_is_a_signal(world: World, kind: str, risk: RiskKind) -> None:
    claim = claim_of(world)
    elsewhere = stage.month_row(FIRST, "2025-04", stage.OTHER, "别的单位")
    stage.brought(world, elsewhere, stage.month_row(SECOND, "2025-04"), kind=kind)
    assert list(found(claim)) == [risk]
    assert "2025-04 在 别的单位" in found(claim)[risk].detail


@pytest.mark.parametrize(
    ("kind", "risk", "words"),
    [
        ("death", RiskKind.DEAD, "于 2025-03-18 死亡"),
        ("prison", RiskKind.IMPRISONED, "2025-03-01 至 2025-05-31 服刑"),
        ("public", RiskKind.PUBLIC_FUNDED, "由财政供养（市档案馆）"),
    ],
)
def test_deaths_and_periods_are_signals(
    world: World, kind: str, risk: RiskKind, words: str
) -> None:
    claim = claim_of(world)
    stage.brought(world, stage.numbers_for(kind), kind=kind)
    signal = found(claim)[risk]
    assert words in signal.detail
    assert signal.items == [item(claim).pk]


def test_a_deleted_list_is_compared_no_more(world: World) -> None:
    claim = claim_of(world)
    row = stage.brought(world, stage.numbers_for("death"), kind="death")
    assert found(claim)
    delete_expired_records(on=row.kept_until)
    assert found(claim) == {}


def test_a_list_of_another_city_is_not_compared(world: World) -> None:
    claim = claim_of(world)
    row = stage.brought(world, stage.numbers_for("death"), kind="death")
    row.division_id = "530300"
    row.save(update_fields=["division"])
    assert found(claim) == {}


def test_a_list_that_comes_later_is_a_hint_in_open_claims_and_stops_nothing(world: World) -> None:
    claim = claim_of(world)
    stage.brought(world, stage.numbers_for("death"), kind="death")
    run_queued_jobs()
    risk = claim.risks.get(kind=RiskKind.DEAD)
    assert risk.state == RiskState.OPEN
    claim.refresh_from_db()
    assert claim.state == ClaimState.REVIEW
    look_for_risks(claim_id=claim.pk, now=NOW)
    assert claim.risks.count() == 1


def test_many_people_and_lists_cost_the_same_queries(world: World) -> None:
    claim = claim_of(world, heads=3)
    stage.brought(world, stage.month_row(FIRST, "2025-04"))

    def cost() -> int:
        again = Claim.objects.select_related("call", "organisation").get(pk=claim.pk)
        items = list(again.items.select_related("person"))
        with CaptureQueriesContext(connection) as queries:
            compared_findings(again, items)
        return len(queries)

    few = cost()
    for kind in ("death", "prison", "public"):
        stage.brought(world, stage.numbers_for(kind), kind=kind)
    rows = [stage.month_row(number, "2025-04", stage.OTHER) for number in stage.NUMBERS]
    stage.brought(world, *rows, completeness="region")
    assert cost() == few <= 3
