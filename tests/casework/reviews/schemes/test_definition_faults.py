"""Every fault of a definition is found and said in a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from silian.casework.reviews.rules.definition_faults import Known, faults_of
from tests.casework.reviews.stage_schemes import QUESTION, sound

KNOWN = Known(metrics={"agreements.in_force"}, sources={"x.hosted"}, facts={"x.name"})
EXPERT = {"kind": "expert", "code": ""}


def faults(**parts: Any) -> list[str]:
    return faults_of(sound(**parts), known=KNOWN)


def item(**said: Any) -> dict[str, Any]:
    usual = {"code": "one", "label": "甲", "source": {"kind": "answer", "code": "people"}}
    return {**usual, **said}


def tree(*children: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"code": "all", "label": "全部", "kind": "all_of", "children": list(children), **said}


def question(**said: Any) -> dict[str, Any]:
    return {"code": "other", "label": "乙", **said}


def test_a_sound_definition_has_none() -> None:
    assert faults() == []


def test_an_empty_definition_says_all_that_is_missing() -> None:
    said = "".join(faults_of({}, known=KNOWN))
    for missing in ("认定目的", "依据", "认定对象", "没有申报项", "没有任何指标"):
        assert missing in said


def test_what_cannot_be_read_names_its_place() -> None:
    assert faults_of({"procedure": {"visit": "perhaps"}}, known=KNOWN) == [
        "“procedure › visit”填写的内容无法识别。"
    ]


ASKS = {"code": "people", "values": ["1"]}
YES_NO = question(type="yes_no")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ([QUESTION, QUESTION], "申报项代码“people”出现了 2 次"),
        ([QUESTION, question(code="Bad Code")], "应以小写字母开头"),
        ([QUESTION, question(type="choice")], "至少要有两个选项"),
        ([QUESTION, question(prefill="x.unknown")], "平台没有提供"),
        ([QUESTION, question(show_if={"code": "nothing", "values": ["1"]})], "不存在的申报项"),
        ([QUESTION, question(show_if={"code": "people", "values": []})], "没有写明答案"),
        (
            [QUESTION, YES_NO, question(code="c", show_if={"code": "other", "values": ["yes"]})],
            "不在“乙”的选项中",
        ),
        (
            [
                QUESTION,
                question(show_if={"code": "c", "values": ["1"]}),
                question(code="c", show_if={"code": "other", "values": ["1"]}),
            ],
            "绕了一圈",
        ),
    ],
)
def test_a_fault_of_the_form_is_found(form: list[dict[str, Any]], sentence: str) -> None:
    assert any(sentence in fault for fault in faults(form=form))


@pytest.mark.parametrize(
    ("gateway", "sentence"),
    [
        (tree(), "下没有指标"),
        (tree(item(), item()), "指标代码“one”出现了 2 次"),
        (tree(item(), kind="any_of", least="2"), "要求满足 2 项，但只有 1 项"),
        (tree(item(source=None)), "没有数据来源"),
        (tree(item(source=None, scoring={"kind": "veto"})), "一票否决没有数据来源"),
        (tree(item(source={"kind": "answer", "code": "none"})), "不存在的申报项“none”"),
        (tree(item(source={"kind": "metric", "code": "none"})), "不存在的指标“none”"),
        (tree(item(source={"kind": "register", "code": "none"})), "没有的名录数据“none”"),
        (tree(item(source={"kind": "metric", "code": ""})), "没有写明从哪里取数"),
        (tree(item(scoring={"settings": {"at_least": "$none"}})), "不存在的参数“none”"),
        (tree(item(scoring={"settings": {"at_least": "很多"}})), "不是数字"),
        (tree(item(scoring={"settings": {"cap": "1"}})), "不属于“达到即满足”"),
        (tree(item(scoring={"kind": "two_line", "settings": {"pass": "3"}})), "缺少“限制线"),
        (tree(item(scoring={"kind": "step"})), "没有分档"),
        (tree(item(scoring={"kind": "survey"})), "没有各选项的分值"),
        (tree(item(scoring={"kind": "expert"})), "由人打分"),
        (tree(item(children=[item(code="two")])), "不能再有下级"),
        (tree(item(evidence=["none"])), "佐证“none”不是申报项"),
    ],
)
def test_a_fault_of_the_criteria_is_found(gateway: dict[str, Any], sentence: str) -> None:
    assert any(sentence in fault for fault in faults(gateway=gateway))


def test_points_that_do_not_add_up_are_found() -> None:
    one = item(points="40", code="a")
    minus = item(code="c", points="5", scoring={"kind": "deduction"})
    scored = tree(one, {**one, "code": "b"}, minus, kind="sum", points="100", code="points")
    assert any("为 100 分，下级合计 80 分" in fault for fault in faults(scored=scored))


@pytest.mark.parametrize(
    ("procedure", "sentence"),
    [
        ({"levels": [{"code": "a", "label": "市级"}]}, "没有部门"),
        (
            {"levels": [{"code": "a", "label": "市级", "departments": ["教育"]}] * 2},
            "审核层级代码“a”出现了 2 次",
        ),
        ({"experts": "2"}, "没有由专家评分的指标"),
        ({"pass_points": "60"}, "没有评分指标"),
        ({"notice_days": ""}, "没有写明公示天数"),
        ({"ties": ["none"]}, "同分比较的指标“none”不存在"),
    ],
)
def test_a_fault_of_the_procedure_is_found(procedure: dict[str, Any], sentence: str) -> None:
    assert any(sentence in fault for fault in faults(procedure=procedure))


def test_criteria_for_experts_and_visits_need_experts_and_visits() -> None:
    people = tree(
        item(source=EXPERT, scoring={"kind": "expert"}),
        item(code="two", source={"kind": "visit"}),
    )
    said = "".join(faults(gateway=people, procedure={}))
    assert "没有安排专家" in said
    assert "没有安排实地核查" in said


def duty(**said: Any) -> dict[str, Any]:
    return {"duties": [{"code": "d", "label": "年报", "kind": "yearly_report", **said}]}


@pytest.mark.parametrize(
    ("consequence", "sentence"),
    [
        (duty(), "没有写明期限"),
        (duty(month=2, day=30), "2 月 30 日不存在"),
        (duty(month=1, day=31, days_after="30"), "只能用一种"),
        (duty(month=1, day=31, in_states=[]), "没有写明适用的认定状态"),
        ({"exits": [{"code": "e", "label": "造假"}]}, "没有写明年数"),
        ({"misses_to_removal": "2"}, "没有设置义务"),
        ({"least_incubation_days": "365"}, "不是从建设培育开始"),
    ],
)
def test_a_fault_of_the_consequence_is_found(consequence: dict[str, Any], sentence: str) -> None:
    assert any(sentence in fault for fault in faults(consequence=consequence))


@pytest.mark.parametrize(
    ("parameter", "sentence"),
    [
        ({"value": "六十"}, "不是数字"),
        ({"value": "60", "basis": ""}, "没有写明依据"),
    ],
)
def test_a_fault_of_a_parameter_is_found(parameter: dict[str, str], sentence: str) -> None:
    row = {"code": "interns", "label": "人次", "basis": "第五条", **parameter}
    assert any(sentence in fault for fault in faults(parameters=[row]))


def test_a_level_names_a_parameter_that_exists() -> None:
    level = {"code": "a", "label": "市级", "departments": ["教育"], "working_days": "$none"}
    assert any("“none”" in fault for fault in faults(procedure={"levels": [level]}))
