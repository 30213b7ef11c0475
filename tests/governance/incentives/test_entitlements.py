"""What an organisation is entitled to, what it lacks, and its tax pack."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from silian_engines.policy_rules.rulebook import rulebook

from silian.governance.incentives.choices.benefits import Standing
from silian.governance.incentives.gateways.guides import guides
from silian.governance.incentives.queries.entitlements import (
    Entitlement,
    entitlement,
    entitlements_of,
)
from silian.governance.incentives.queries.facts import HeldFacts, facts_of
from silian.governance.incentives.queries.tax_pack import cells_of
from silian.registers.organisations.models import Organisation
from tests.governance.incentives import stage
from tests.world import World

TODAY = stage.NOW.date()
MINE = reverse("incentives:mine")
PACK = reverse("incentives:tax_pack")
MONEY = st.decimals(min_value=0, max_value=10**8, places=2)


def benefit(world: World, rule: str, *, who: str = "enterprise") -> Entitlement:
    unit = getattr(world, who).organisation
    overview = entitlements_of(unit, year=stage.YEAR, today=TODAY)
    return next(each for each in [*overview.benefits, *overview.duties] if each.guide.rule == rule)


def test_missing_facts_are_named_and_nothing_is_computed(world: World) -> None:
    row = benefit(world, "R07")
    assert row.standing == Standing.UNKNOWN
    assert row.answer is None
    assert [fact.code for fact in row.missing] == ["wages", "training_spent", "training_carried_in"]


def test_with_its_facts_a_benefit_has_its_amount(world: World) -> None:
    stage.state(world, stage.TRAINING)
    row = benefit(world, "R07")
    assert (row.standing, row.amount) == (Standing.ENTITLED, Decimal("80000.00"))
    assert row.deadline == f"企业所得税汇算清缴，{stage.YEAR + 1}-05-31 前"


def test_a_unit_outside_the_list_is_nearly_there_and_sees_the_cure(world: World) -> None:
    stage.state(world, {**stage.CREDIT, "listed": "no"})
    row = benefit(world, "R09")
    assert row.standing == Standing.NEARLY
    assert row.potential == "200,000.00"
    assert "改为“是”" in row.answer.ways[0]


def test_no_internships_give_nothing_though_all_is_known(world: World) -> None:
    stage.state(world, {"passed_assessment": "yes"})
    row = benefit(world, "R12")
    assert (row.standing, row.amount) == (Standing.NOT, Decimal("0.00"))


def test_a_duty_missed_is_a_gap_in_words(world: World) -> None:
    stage.state(world, {"training_fund": "100000", "frontline_spent": "10000"})
    row = benefit(world, "R01")
    assert row.word in ("差距", "不符合")
    assert row.guide.duty


def test_a_school_sees_only_what_is_for_schools(world: World) -> None:
    overview = entitlements_of(world.school.organisation, year=stage.YEAR, today=TODAY)
    assert overview.benefits
    assert all("school" in row.guide.audiences for row in overview.benefits)


def test_the_page_counts_and_explains(world: World) -> None:
    stage.state(world, {**stage.TRAINING, **stage.CREDIT})
    html = world.enterprise.client.get(MINE).content.decode()
    assert "80,000.00" in html
    assert "200,000.00" in html
    assert "规则版本" in html
    fragment = world.enterprise.client.get(MINE, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment


def test_the_number_of_queries_does_not_grow_with_the_facts(
    world: World, django_assert_max_num_queries: Any
) -> None:
    world.enterprise.client.get(MINE)
    with django_assert_max_num_queries(60):
        world.enterprise.client.get(MINE)
    stage.state(world, {**stage.TRAINING, **stage.CREDIT})
    organisation = Organisation.objects.get(pk=world.enterprise.organisation.pk)
    with django_assert_max_num_queries(12):
        entitlements_of(organisation, year=stage.YEAR, today=TODAY)


def test_years_that_are_closed_or_to_come_are_not_found(world: World) -> None:
    assert world.enterprise.client.get(MINE, {"year": "2018"}).status_code == 404
    assert world.enterprise.client.get(MINE, {"year": str(stage.YEAR + 1)}).status_code == 404


def test_the_table_of_entitlements_is_a_workbook(world: World) -> None:
    stage.state(world, stage.TRAINING)
    response = world.enterprise.client.get(MINE, {"export": "xlsx"})
    rows = {row[0]: row for row in sheet_of(book_of(response), 0)}
    assert rows["职工教育经费税前扣除"][2] == 80000


def test_the_tax_pack_holds_the_cells_with_version_and_who_said_it(world: World) -> None:
    stage.state(world, stage.CREDIT)
    book = book_of(world.enterprise.client.get(PACK, {"export": "xlsx"}))
    form = sheet_of(book, "附列资料五")
    assert [row[:4] for row in form[6:]] == [
        ["第 5 栏", "当期新增投资额", 1000000, ""],
        ["第 6 栏", "上期留抵可抵免金额", 0, ""],
        ["第 7 栏", "结转下期可抵免金额", 100000, ""],
        ["本期抵免", "教育费附加", 120000, "0061101402"],
        ["本期抵免", "地方教育附加", 80000, "0099101401"],
    ]
    rule = rulebook().rule(id="R09", jurisdiction="411200", on=datetime.date(stage.YEAR, 12, 31))
    assert rule.version in form[2][0]
    facts = sheet_of(book, "事实来源")
    assert (facts[1][2], facts[1][3]) == ("单位自报", world.enterprise.user.name)
    assert len(sheet_of(book, "依据")) > 1


def book_of(response: Any) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))


def sheet_of(book: CalamineWorkbook, which: str | int) -> list[list[Any]]:
    by_name = isinstance(which, str)
    sheet = book.get_sheet_by_name(which) if by_name else book.get_sheet_by_index(which)
    return sheet.to_python(skip_empty_area=False)


def test_a_unit_that_may_not_use_the_credit_has_no_tax_pack(world: World) -> None:
    stage.state(world, {**stage.CREDIT, "listed": "no"})
    html = world.enterprise.client.get(PACK, {"export": "xlsx"}).content.decode()
    assert "未满足：已进入建设培育范围或认证目录" in html
    assert "下载资料包" not in html


def test_without_its_facts_there_is_no_tax_pack_to_download(world: World) -> None:
    response = world.enterprise.client.get(PACK, {"export": "xlsx"})
    html = response.content.decode()
    assert "还不能生成资料包" in html
    assert "本期应缴教育费附加" in html


@given(investment=MONEY, carried=MONEY, education=MONEY, local=MONEY)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_cells_are_the_engines_amounts_to_the_cent(
    investment: Decimal, carried: Decimal, education: Decimal, local: Decimal
) -> None:
    rule = rulebook().rule(id="R09", jurisdiction="411200", on=datetime.date(2026, 12, 31))
    facts = {
        "is_listed": True,
        "investment": investment,
        "carried_in": carried,
        "due_education": education,
        "due_local": local,
    }
    row = entitlement(guides()["R09"], rule, held_of(facts))
    amounts = {cell.title: cell.amount for cell in cells_of(row)}
    wanted = rule.compute(facts=facts).values
    assert amounts["结转下期可抵免金额"] == wanted["carry_out"]
    assert amounts["教育费附加"] + amounts["地方教育附加"] == wanted["used"]
    available = wanted["available"]
    assert amounts["结转下期可抵免金额"] + wanted["used"] == available


def held_of(given_facts: dict[str, Any]) -> HeldFacts:
    """The facts of a rule as if an organisation had stated them."""
    from silian.governance.incentives.choices.benefits import Origin
    from silian.governance.incentives.gateways.guides import facts
    from silian.governance.incentives.queries.facts import Held

    codes = guides()["R09"].facts
    held = {
        codes[name]: Held(
            fact=facts()[codes[name]],
            value=value if isinstance(value, bool) else str(value),
            origin=Origin.STATED,
            source="",
        )
        for name, value in given_facts.items()
    }
    return HeldFacts(organisation=Organisation(name="测试"), year=2026, held=held)


def test_facts_of_another_year_do_not_count(world: World) -> None:
    stage.state(world, stage.TRAINING)
    held = facts_of(world.enterprise.organisation, year=stage.YEAR - 1, today=TODAY)
    assert "wages" not in held.held
