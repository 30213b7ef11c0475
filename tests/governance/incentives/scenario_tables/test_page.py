"""The public table of rule cases shows what the engine gives now."""

from __future__ import annotations

import csv
import datetime
from dataclasses import replace
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from silian_engines.policy_rules.cases import RuleCase, rule_cases

from silian.governance.incentives.exports.scenario_tables import expected_cell, situation_cell
from silian.governance.incentives.gateways import rule_cases as gateway
from silian.governance.incentives.queries import scenario_tables as queries

PLACES = (*queries.SOURCES, queries.OTHERS)
URL = "incentives:rule_cases"
CASE = RuleCase(
    file="", title="一名学生一个月", jurisdiction="411200", rule="R12",
    on=datetime.date(2021, 6, 30), facts={"student_months": 1, "passed_assessment": True},
    expect={"subsidy": "200.00"},
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_each_place_shows_its_cases_and_all_of_them_hold(db: None, place: str) -> None:
    response = Client().get(reverse(URL), {"place": place})
    assert response.status_code == 200
    assert response.context["count"] >= 10
    assert response.context["passed"] == response.context["count"]
    assert "全部符合" in response.content.decode()


def test_no_case_is_left_out_and_none_stands_twice(db: None) -> None:
    shown = [line.pk for place in PLACES for line in queries.lines_of(place)]
    assert sorted(shown) == list(range(1, len(list(rule_cases())) + 1))
    assert sum(number for _, _, number in queries.tabs()) == len(shown)


def test_a_case_that_no_longer_holds_is_shown_as_such(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = replace(CASE, expect={"subsidy": "199.00"})
    monkeypatch.setattr(queries, "written_cases", lambda: (wrong,))
    html = Client().get(reverse(URL), {"place": "411200"}).content.decode()
    assert "只有 0 个符合" in html
    assert "199.00 元" in html
    assert "200.00 元" in html
    assert "不符" in html


def test_the_result_is_computed_when_the_page_is_asked_for() -> None:
    line = queries.line_of(gateway.run(CASE), 1)
    assert [check.found for check in line.checks] == ["200.00 元"]
    assert line.facts == (
        "核实的实习月数合计（每名学生的整月数相加）：1 生·月",
        "通过实习实训规范考核：是",
    )
    more = replace(CASE, facts={"student_months": 2, "passed_assessment": True})
    assert [check.found for check in queries.line_of(gateway.run(more), 1).checks] == ["400.00 元"]


def test_the_file_holds_every_case_of_the_place(db: None) -> None:
    response = Client().get(reverse(URL), {"place": "411200", "export": "csv"})
    text = response.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    for line in queries.lines_of("411200"):
        (row,) = [row for row in rows if row[0] == situation_cell(line)]
        assert expected_cell(line) in row


def test_a_correction_shows_what_was_believed_and_what_changed() -> None:
    (line,) = [each for each in queries.lines_of("411200") if "收回1个月" in each.title]
    abouts = {check.about: check.found for check in line.checks}
    assert abouts["按2021-09-02所知 计入的整月数"] == "6 个月"
    assert abouts["更正后应收回的变化"] == "+200.00"
    assert line.facts[0].startswith("2021-09-02 起所知")
    assert "2021-05-01 至 2021-05-28" in line.facts[0]


def test_an_unknown_place_is_not_found(db: None) -> None:
    assert Client().get(reverse(URL), {"place": "nowhere"}).status_code == 404


def test_a_fragment_is_the_table_alone(db: None) -> None:
    plain = Client().get(reverse(URL), {"place": "530300"}).content.decode()
    part = Client().get(reverse(URL), {"place": "530300"}, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert part.strip() in plain


def test_calculators_lead_to_the_table(db: None) -> None:
    html = Client().get(reverse("incentives:calculator_list"), {"place": "411200"}).content.decode()
    assert f"{reverse(URL)}?place=411200" in html
