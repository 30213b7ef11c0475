"""Officials change a number: sums before and after, unknown units apart, nothing in force moves."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from silian_engines.policy_rules.rulebook import rulebook

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.commands.scenarios import draft_provision, save_scenario
from silian.governance.incentives.gateways.rulebook import with_value
from silian.governance.incentives.models import Scenario
from silian.governance.incentives.queries.scenarios import outcome_of
from silian.governance.incentives.queries.simulation import (
    change_named,
    changes_of,
    number_of,
    simulate,
)
from silian.governance.incentives.rules.simulation import names_behind
from tests.governance.incentives import stage
from tests.world import CITY, World

RUN = reverse("incentives:simulation")
TODAY = stage.NOW.date()
CAP = "R07|staff_education_cap|"


def simulated(code: str = CAP, after: str = "10%") -> Any:
    change = change_named(code, place=stage.PLACE, year=stage.YEAR)
    return simulate(change=change, after=after, division=CITY, year=stage.YEAR, today=TODAY)


def test_the_totals_are_the_sums_of_single_cases(world: World) -> None:
    stage.state(world, stage.TRAINING)
    stage.state(world, {**stage.TRAINING, "training_spent": "60000.00"}, who="rival")
    found = simulated()
    assert (found.total.before, found.total.after) == (Decimal(140000), Decimal(160000))
    assert (found.total.winners, found.total.losers) == (1, 0)
    assert sum(row.units for row in found.counties) == found.total.units
    assert sum(row.difference for row in found.sizes) == found.total.difference


def test_units_without_facts_are_unknown_and_in_no_sum(world: World) -> None:
    stage.state(world, stage.TRAINING)
    found = simulated()
    assert found.total.unknown == found.total.units - 1
    assert found.unknown["工资薪金总额"] == found.total.unknown
    assert found.total.before == Decimal(80000)


def test_only_facts_behind_the_result_are_needed() -> None:
    day = datetime.date(2026, 12, 31)
    rule = rulebook().rule(id="R11", jurisdiction=stage.PLACE, on=day)
    behind = names_behind(rule, result="due")
    assert "apprentice_subsidy" in behind
    assert "apprentices" in behind


def test_a_change_never_touches_the_rule_in_force() -> None:
    day = datetime.date(2026, 12, 31)
    rule = rulebook().rule(id="R11", jurisdiction=stage.PLACE, on=day)
    provision = rule.effective.of("apprentice_subsidy")["高级工"]
    changed = with_value(rule=rule, provision=provision, value=provision.value + 1000)
    roster = [{"level": "高级工", "years": 1, "completed": True}]
    facts = {"apprentices": roster, "advance_paid": 0}
    assert rule.compute(facts=facts).values["due"] == 6000
    assert changed.compute(facts=facts).values["due"] == 7000
    again = rulebook().rule(id="R11", jurisdiction=stage.PLACE, on=day)
    assert again.compute(facts=facts).values["due"] == 6000


@given(st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)), min_size=1, max_size=3))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_arrays_and_single_cases_agree_to_the_cent(rows: list[tuple[int, int]]) -> None:
    import numpy as np

    from silian.governance.incentives.rules.simulation import amounts

    day = datetime.date(2026, 12, 31)
    rule = rulebook().rule(id="R07", jurisdiction=stage.PLACE, on=day)
    columns = {
        "wages": np.array([wages for wages, _ in rows]),
        "spent": np.array([spent for _, spent in rows]),
        "carried_in": np.zeros(len(rows), dtype=np.int64),
    }
    found = amounts(rule, columns, result="deducted")
    for place, (wages, spent) in enumerate(rows):
        facts = {"wages": Decimal(wages) / 100, "spent": Decimal(spent) / 100, "carried_in": 0}
        assert int(found[place]) == rule.compute(facts=facts).values["deducted"] * 100


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("十", "不是数"),
        ("8%", "与现行值"),
        ("-1", "不是数"),
        ("300%", "比例不能超过"),
        ("0.080001", "四位小数"),
    ],
)
def test_a_number_that_no_provision_could_say_is_refused(after: str, sentence: str) -> None:
    change = change_named(CAP, place=stage.PLACE, year=stage.YEAR)
    with pytest.raises(DomainError, match=sentence):
        number_of(after, change=change)


def test_the_offered_numbers_belong_to_money_results() -> None:
    codes = {each.code for each in changes_of(place=stage.PLACE, year=stage.YEAR)}
    assert {CAP, "R11|apprentice_subsidy|高级工", "R12|internship_subsidy|"} <= codes
    assert not any(code.startswith(("R01", "R06", "R03", "S63")) for code in codes)


def test_the_page_shows_cost_winners_and_the_export(world: World) -> None:
    stage.state(world, stage.TRAINING)
    asked = {"change": CAP, "after": "10%", "place": stage.PLACE, "year": str(stage.YEAR)}
    html = world.leader.client.get(RUN, asked).content.decode()
    assert "1 家增加" in html
    assert "20,000" in html
    response = world.leader.client.get(RUN, {**asked, "export": "xlsx"})
    assert list(response)


def test_a_refused_number_keeps_what_was_typed(world: World) -> None:
    response = world.coordinator.client.get(RUN, {"change": CAP, "after": "十个点"})
    assert response.status_code == 422
    assert 'value="十个点"' in response.content.decode()


def test_a_saved_scenario_stays_as_it_was(world: World) -> None:
    stage.state(world, stage.TRAINING)
    kept = stage.scenario(world)
    stage.state(world, {"wages": "1.00"}, reason="更正")
    total = outcome_of(Scenario.objects.get(pk=kept.pk)).total
    assert (total.before, total.after) == (Decimal(80000), Decimal(100000))
    html = world.leader.client.get(kept.get_absolute_url()).content.decode()
    assert "100,000" in html
    assert "拟稿</a>" not in html


def test_leaders_and_enterprises_save_nothing(world: World) -> None:
    for who in ("leader", "supervisor", "enterprise", "school"):
        with pytest.raises(NotAllowed):
            save_scenario(
                title="不许", **stage.change(), actor=world.people[who].actor, now=stage.NOW
            )


def test_two_scenarios_are_compared_group_by_group(world: World) -> None:
    stage.state(world, stage.TRAINING)
    first = stage.scenario(world)
    second = stage.scenario(world, title="改为 9%", after="9%")
    url = reverse("incentives:scenario_compare")
    response = world.leader.client.get(url, {"first": first.pk, "second": second.pk})
    (line,) = response.context["groups"][0][1]
    assert line.gap == Decimal(-10000)


def test_the_list_asks_the_same_for_three_and_thirty(
    world: World, django_assert_num_queries: Any
) -> None:
    url = reverse("incentives:scenario_list")
    kept = stage.scenario(world)
    world.leader.client.get(url)

    def copies(count: int) -> None:
        values = {
            f.attname: getattr(kept, f.attname)
            for f in Scenario._meta.concrete_fields
            if f.name != "id"
        }
        Scenario.objects.bulk_create([Scenario(**values) for _ in range(count)])

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    copies(2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        world.leader.client.get(url)
    copies(27)
    with django_assert_num_queries(len(few)):
        world.leader.client.get(url)


def test_a_draft_is_dated_and_leaves_the_clause_open(world: World) -> None:
    made = stage.draft(world)
    (row,) = tomllib.loads(made.text)["parameter"]
    assert (row["id"], row["value"], row["clause"]) == ("staff_education_cap", "10%", "")
    assert row["document"] == "市职工教育经费办法（征求意见稿）"
    assert (row["valid_from"], row["review_by"]) == (
        datetime.date(2027, 1, 1),
        datetime.date(2028, 12, 31),
    )
    url = reverse("incentives:draft_download", kwargs={"draft_id": made.pk})
    assert world.leader.client.get(url).content.decode() == made.text
    day = datetime.date(2027, 6, 30)
    rule = rulebook().rule(id="R07", jurisdiction=stage.PLACE, on=day)
    assert rule.effective.of("staff_education_cap")[None].shown_value == "0.08"


def test_a_review_before_its_beginning_is_refused(world: World) -> None:
    kept = stage.scenario(world)
    with pytest.raises(DomainError, match="复核期限"):
        draft_provision(
            scenario_id=kept.pk, document="文件", valid_from=TODAY, review_by=TODAY, note="",
            actor=world.coordinator.actor, now=stage.NOW,
        )  # fmt: skip
