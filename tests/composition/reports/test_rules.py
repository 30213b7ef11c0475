"""Wording, chains and plans, without a database."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.composition.reports.choices import Chain, Standing
from silian.composition.reports.gateways import cockpit_plan
from silian.composition.reports.rules.bulletin import (
    change_sentences,
    targets_paragraph,
    tasks_paragraph,
)
from silian.composition.reports.rules.plans import chain_of, plan_for, read_plans
from silian.composition.reports.rules.wording import (
    now_and_wanted,
    plain,
    signed,
    targets_sentence,
    tasks_sentence,
    wanted,
)

BASE = {
    "side_by_side": [],
    "numbers": [{"code": "a", "title": "甲"}],
    "chart": {"title": "图", "codes": []},
    "chains": {
        "edu": {"metrics": [], "words": ["专业"]},
        "talent": {"metrics": ["m"], "words": ["导师"]},
        "industry": {"metrics": [], "words": ["企业"]},
        "innov": {"metrics": [], "words": []},
    },
}


def test_the_sentence_counts_and_marks_what_is_late() -> None:
    counts = {
        Standing.ON_TIME: 17,
        Standing.BEHIND: 5,
        Standing.OVERDUE: 3,
        Standing.GAP: 0,
        Standing.UNSET: 1,
    }
    pieces = targets_sentence(counts)
    assert "".join(text for text, _ in pieces) == "26 项目标：17 项按期，5 项滞后，3 项逾期。"
    assert [text for text, late in pieces if late] == ["3 项逾期"]


def test_without_late_targets_the_sentence_says_so() -> None:
    assert targets_sentence({Standing.ON_TIME: 2})[0][0] == "2 项目标：2 项按期，没有逾期。"
    assert "还没有目标" in targets_sentence({})[0][0]
    assert tasks_sentence(total=3, latest="", days=0) == "没有逾期的任务。"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"comparator": ">=", "low": Decimal(20), "high": None}, "20"),
        ({"comparator": "<=", "low": None, "high": Decimal(5)}, "≤5"),
        ({"comparator": "range", "low": Decimal(2), "high": Decimal(3)}, "2–3"),
        ({"comparator": "~", "low": Decimal("58.5"), "high": None}, "约58.5"),
        ({"comparator": ">=", "low": None, "high": None}, "未设定"),
    ],
)
def test_a_goal_reads_as_its_comparator_says(facts: dict, said: str) -> None:
    assert wanted(**facts) == said


def test_a_value_stands_beside_its_goal_and_an_unset_goal_is_never_guessed() -> None:
    goal = {"comparator": ">=", "high": None, "unit": "家"}
    assert now_and_wanted(value=Decimal(14), low=Decimal(20), **goal) == "14/20 家"
    assert now_and_wanted(value=None, low=Decimal(20), **goal) == "—/20 家"
    assert now_and_wanted(value=None, low=None, **goal) == "未设定"


def test_numbers_are_grouped_and_changes_signed() -> None:
    assert plain(Decimal("1842.0000")) == "1,842"
    assert plain(Decimal("41.25"), decimals=1) == "41.3"
    assert signed(Decimal("-0.04"), decimals=1) == "0"


def test_a_metric_decides_the_chain_before_words_and_longer_words_before_shorter() -> None:
    plan = read_plans({"default": BASE})[""]
    assert chain_of(plan, said="", metric_code="m", title="企业") is Chain.TALENT
    assert chain_of(plan, said="innov", metric_code="m", title="企业") is Chain.INNOVATION
    assert chain_of(plan, said="", metric_code="", title="企业导师") in set(Chain)
    assert chain_of(plan, said="", metric_code="", title="其他") is Chain.EDUCATION


def test_the_longest_matching_prefix_chooses_the_plan() -> None:
    own = {"numbers": [{"code": "b", "title": "乙"}]}
    plans = read_plans({"default": BASE, "jurisdiction": {"99": own, "9901": {}}})
    assert plan_for(plans, division="990200").codes == ["b"]
    assert plan_for(plans, division="990104").codes == ["a"]
    assert plan_for(plans, division="530300").codes == ["a"]


def test_a_cockpit_has_at_most_ten_numbers() -> None:
    many = {"numbers": [{"code": str(place), "title": "数"} for place in range(11)]}
    with pytest.raises(ValueError, match="at most 10"):
        read_plans({"default": BASE, "jurisdiction": {"99": many}})


def test_the_declared_plan_names_ten_numbers() -> None:
    assert len(cockpit_plan("990100").numbers) == 10


def test_paragraphs_leave_out_zeros_and_say_what_is_not_counted() -> None:
    counts = dict.fromkeys(Standing, 0) | {Standing.ON_TIME: 2}
    text = targets_paragraph(counts, repeated=1)
    assert text == "列入台账的数量目标 2 项，其中按期 2 项。另有 1 项与其他目标相同，不重复计数。"
    latest = {"title": "选址", "lead": "市教育局", "days": 21}
    said = tasks_paragraph(total=3, counts=[("办结", 2), ("逾期", 1)], latest=latest)
    assert said == (
        "已下达任务 3 项，办结 2 项、逾期 1 项。迟得最久的是“选址”（市教育局），已迟 21 天。"
    )


def test_more_changes_than_fit_are_counted() -> None:
    changes = [{"title": f"变化{place}", "detail": "明细"} for place in range(5)]
    assert change_sentences(changes, most=3)[-1] == "其余 2 条见平台总览。"
    assert change_sentences([], most=3) == ["本月目标灯号、任务状态没有变化。"]
