"""Measures of the training fund: a region's share is that of its sums, with the rows behind it."""

from __future__ import annotations

import datetime

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.drilling import rows_behind
from silian.casework.metrics.queries.values import latest_value
from silian.casework.metrics.registry import declared_metrics
from silian.operations.learning.commands import checking, returns
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.rules.figures import Figures
from tests.operations.learning import stage
from tests.operations.learning.stage import NOW, money
from tests.world import CITY, Person, World

EXTRACTION = "learning.training_fund_extraction"
FRONTLINE = "learning.frontline_training_share"
ON = datetime.date(2025, 12, 31)


def returned(world: World, call: FundCall, person: Person, numbers: Figures) -> None:
    """A confirmed return of an enterprise."""
    row = returns.begin_return(call_id=call.pk, actor=person.actor)
    returns.save_draft(return_id=row.pk, figures=numbers, actor=person.actor)
    upload = stage.SimpleUploadedFile("账簿.pdf", stage.PDF, content_type="application/pdf")
    returns.add_evidence(return_id=row.pk, upload=upload, actor=person.actor)
    returns.submit_return(return_id=row.pk, actor=person.actor, now=NOW)
    checking.confirm_return(return_id=row.pk, reason="已核对", actor=world.reviewer.actor, now=NOW)


def two_returns(world: World) -> None:
    """A large enterprise at 2 % and 70 %, a small one at 1.5 % and all of it."""
    stage.parameters()
    call = stage.issued(world)
    returned(world, call, world.enterprise, stage.figures())
    small = stage.figures(
        wages=money("2000000.00"),
        extracted=money("30000.00"),
        spending={"skill": (money("30000.00"), money("30000.00"))},
    )
    returned(world, call, world.rival, small)
    for code in (EXTRACTION, FRONTLINE):
        recount(metric=declared_metrics()[code], since=ON, until=ON, now=NOW)


def test_a_large_enterprise_weighs_more_than_a_small_one(world: World) -> None:
    two_returns(world)
    extraction = latest_value(code=EXTRACTION, division=CITY, on=ON, kind=PeriodKind.YEAR)
    frontline = latest_value(code=FRONTLINE, division=CITY, on=ON, kind=PeriodKind.YEAR)
    assert extraction is not None
    assert frontline is not None
    assert (extraction.numerator, extraction.denominator) == (230000, 12000000)
    assert extraction.value == money("1.9167")
    assert (frontline.numerator, frontline.denominator) == (170000, 230000)
    assert frontline.value == money("73.9130")


def test_every_share_opens_to_the_returns_behind_it(world: World) -> None:
    two_returns(world)
    for code in (EXTRACTION, FRONTLINE):
        value = latest_value(code=code, division=CITY, on=ON, kind=PeriodKind.YEAR)
        assert value is not None
        seen = rows_behind(declared_metrics()[code], value, actor=world.reviewer.actor)
        hidden = rows_behind(declared_metrics()[code], value, actor=world.anonymous.actor)
        assert seen is not None
        assert hidden is not None
        assert (seen.seen, seen.unseen) == (2, 0)
        assert (hidden.seen, hidden.unseen) == (0, 2)


def test_the_meaning_changed_and_says_so() -> None:
    for code in (EXTRACTION, FRONTLINE):
        metric = declared_metrics()[code]
        assert metric.version == 2
        assert "合计 ÷" in metric.formula
