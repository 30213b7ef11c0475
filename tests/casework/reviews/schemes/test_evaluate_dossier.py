"""A dossier is judged from answers, metrics, registers and people, and what was read stays."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.evaluation import evaluate_campaign, evaluate_dossier
from silian.casework.reviews.models import Dossier
from silian.casework.reviews.queries import readings
from silian.casework.reviews.queries.dry_run import dry_run, last_batch
from silian.casework.reviews.queries.evaluation import evaluation_of
from silian.casework.reviews.queries.prefill import prefilled
from silian.casework.reviews.registry import Reading, RegisterSource
from silian.casework.reviews.rules.definition import definition_of
from tests.casework.reviews import stage
from tests.casework.reviews.stage_schemes import sound
from tests.world import World

pytestmark = pytest.mark.django_db

HOSTED = {
    "code": "hosted_interns",
    "label": "近三年接收实习",
    "points": "20",
    "source": {"kind": "register", "code": "x.hosted"},
    "scoring": {"kind": "ratio_to_standard", "settings": {"standard": "$interns"}},
}


def scored(*items: dict[str, Any]) -> dict[str, Any]:
    return {"code": "points", "label": "得分", "kind": "sum", "children": list(items)}


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> dict[str, Decimal]:
    """A register whose number the test may change."""
    said = {"hosted": Decimal(48)}
    source = RegisterSource(
        code="x.hosted",
        label="实习登记",
        unit="人次",
        reader=lambda *, subject, on: Reading(value=said["hosted"]),
    )
    monkeypatch.setattr(readings, "source_named", {"x.hosted": source}.get)
    return said


def judged(world: World, *, people: int = 72, **parts: Any) -> Dossier:
    campaign = stage.open_campaign(world, version=stage.published(world, **sound(**parts)))
    unit = world.enterprise.organisation
    assert unit is not None
    dossier = stage.dossier_of(campaign, unit, answers={"people": people})
    evaluate_dossier(dossier=dossier, now=timezone.now())
    return dossier


def test_an_answer_is_held_against_its_standard(world: World) -> None:
    dossier = judged(world, people=48)
    row = dossier.results.get(criterion="interns")
    assert (row.met, row.value["value"]) == (False, "48")
    assert "标准不低于 60 人次，差距 12 人次，不满足" in row.sentence
    assert evaluation_of(dossier).met is False


def test_a_register_is_read_with_its_name_and_day(
    world: World, register: dict[str, Decimal]
) -> None:
    dossier = judged(world, scored=scored(HOSTED))
    row = dossier.results.get(criterion="hosted_interns")
    assert (row.points, dossier.points) == (Decimal("16.00"), Decimal("16.00"))
    assert row.value["origin"] == "实习登记"
    assert f"截至{timezone.localdate():%Y-%m-%d}" in row.sentence


def test_what_a_register_said_stays_once_the_dossier_is_accepted(
    world: World, register: dict[str, Decimal]
) -> None:
    dossier = judged(world, scored=scored(HOSTED))
    register["hosted"] = Decimal(60)
    evaluate_dossier(dossier=dossier, now=timezone.now())
    assert dossier.points == Decimal("20.00")
    dossier.state = DossierState.OPINIONS
    register["hosted"] = Decimal(0)
    evaluate_dossier(dossier=dossier, now=timezone.now())
    assert dossier.points == Decimal("20.00")


def test_a_metric_that_nobody_measured_leaves_the_item_open(world: World) -> None:
    source = {"kind": "metric", "code": "agreements.cooperation_enterprises"}
    dossier = judged(world, scored=scored({**HOSTED, "source": source}))
    row = dossier.results.get(criterion="hosted_interns")
    assert (row.points, dossier.points) == (None, None)
    assert "平台指标还没有数值" in row.sentence


def test_everybody_is_compared_with_the_best_of_the_batch(world: World) -> None:
    best = {
        "code": "best",
        "label": "规模",
        "points": "10",
        "source": {"kind": "answer", "code": "people"},
        "scoring": {"kind": "ratio_to_best"},
    }
    first = judged(world, people=60, scored=scored(best))
    unit = world.rival.organisation
    assert unit is not None
    second = stage.dossier_of(first.campaign, unit, answers={"people": 120})
    evaluate_campaign(campaign=first.campaign, now=timezone.now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.points, second.points) == (Decimal("5.00"), Decimal("10.00"))


def test_a_form_is_filled_with_what_the_register_knows(world: World) -> None:
    unit = world.enterprise.organisation
    assert unit is not None
    unit.address = "高新区创业路 1 号"
    form = [
        {"code": "where", "label": "地址", "prefill": "organisations.address"},
        {"code": "code", "label": "代码", "prefill": "organisations.uscc"},
    ]
    known = prefilled(definition_of({"form": form}), unit, timezone.localdate())
    assert {code: row.value for code, row in known.items()} == {"where": "高新区创业路 1 号"}
    assert known["where"].source == "单位登记：地址"


def test_a_dry_run_says_who_would_pass_and_changes_nothing(world: World) -> None:
    dossier = judged(world, people=72)
    campaign = last_batch(dossier.campaign.version.scheme)
    assert campaign == dossier.campaign
    stricter = sound()
    stricter["parameters"][0] = {**stricter["parameters"][0], "value": "100"}
    run = dry_run(campaign=campaign, definition=definition_of(stricter), on=timezone.localdate())
    assert (run.passing_before, run.passing_after, run.changed) == (1, 0, 1)
    assert "差距 28 人次" in run.trials[0].new_reasons[0]
    assert dossier.results.get(criterion="interns").met is True


def test_a_dry_run_asks_the_same_few_questions_for_many_dossiers(
    world: World, django_assert_num_queries: Any
) -> None:
    first = judged(world, people=72)
    campaign = first.campaign
    content = definition_of(sound(purpose="改过"))
    with django_assert_num_queries(2):  # the dossiers and their results
        dry_run(campaign=campaign, definition=content, on=timezone.localdate())
    for dossier in stage.make_dossiers(campaign, stage.enterprises(6)):
        evaluate_dossier(dossier=dossier, now=timezone.now())
    with django_assert_num_queries(2):
        run = dry_run(campaign=campaign, definition=content, on=timezone.localdate())
    assert len(run.trials) == 7
