"""The criteria tree: conditions, any so many of, sums, vetoes, and rules that only warn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from silian.casework.reviews.registry import Reading
from silian.casework.reviews.rules.criteria import Evaluation, evaluate
from silian.casework.reviews.rules.definition import Definition, Values, definition_of


def item(code: str, **said: Any) -> dict[str, Any]:
    return {"code": code, "label": code, "source": {"kind": "answer", "code": code}, **said}


def at_least(code: str, line: str, **said: Any) -> dict[str, Any]:
    scoring = {"kind": "condition", "settings": {"at_least": line}}
    return item(code, scoring=scoring, **said)


def group(kind: str, *children: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {"code": "all", "label": "全部", "kind": kind, "children": list(children), **said}


def judged(
    readings: dict[str, str],
    *,
    gateway: dict[str, Any] | None = None,
    scored: dict[str, Any] | None = None,
    parameters: list[dict[str, Any]] | None = None,
    overrides: dict[str, dict[str, str]] | None = None,
    **definition: Any,
) -> Evaluation:
    content: Definition = definition_of(
        {"gateway": gateway, "scored": scored, "parameters": parameters or [], **definition}
    )
    values = Values(definition=content, overrides=overrides or {})
    facts = {code: Reading(value=Decimal(said)) for code, said in readings.items()}
    return evaluate(content, values, facts)


SIX = [at_least(f"c{number}", "1") for number in range(6)]


def test_all_conditions_must_hold() -> None:
    tree = group("all_of", at_least("a", "3"), at_least("b", "5"))
    assert judged({"a": "3", "b": "5"}, gateway=tree).met is True
    assert judged({"a": "3", "b": "4"}, gateway=tree).met is False
    assert judged({"a": "3"}, gateway=tree).met is None


def test_one_of_six_is_enough() -> None:
    tree = group("any_of", *SIX)
    none = {f"c{number}": "0" for number in range(6)}
    assert judged(none, gateway=tree).met is False
    assert judged(none | {"c4": "1"}, gateway=tree).met is True


def test_any_of_is_open_while_unread_items_could_still_meet_it() -> None:
    tree = group("any_of", *SIX, least="2")
    assert judged({"c0": "1"}, gateway=tree).met is None
    none = {f"c{number}": "0" for number in range(1, 6)}
    assert judged({"c0": "1"} | none, gateway=tree).met is False


def test_an_uncertain_rule_warns_and_never_blocks() -> None:
    tree = group("all_of", at_least("a", "3", certainty="K-M"))
    result = judged({"a": "1"}, gateway=tree)
    assert result.met is True
    assert result.warnings == ["提示：“a”没有达到，依据尚待核对，不影响通过。"]


def test_what_is_only_encouraged_warns_too() -> None:
    tree = group("all_of", at_least("a", "3", force="encouraged"))
    assert judged({"a": "1"}, gateway=tree).met is True


def test_an_uncertain_condition_that_fails_does_not_close_a_firm_choice() -> None:
    tree = group("any_of", at_least("a", "3", certainty="K-L"), at_least("b", "3"))
    assert judged({"a": "1", "b": "1"}, gateway=tree).met is None
    assert judged({"a": "1", "b": "3"}, gateway=tree).met is True


def test_an_open_parameter_blocks_nothing_and_says_so() -> None:
    open_one = [{"code": "years", "label": "年限"}]
    tree = group("all_of", at_least("a", "$years"))
    result = judged({"a": "1"}, gateway=tree, parameters=open_one)
    assert result.met is None
    assert "不低于未设定" in result.results[0].sentence


def test_a_batch_has_its_own_number() -> None:
    parameter = [{"code": "people", "label": "人次", "value": "60"}]
    tree = group("all_of", at_least("a", "$people"))
    own = {"people": {"value": "80", "reason": "本地要求更高"}}
    assert judged({"a": "70"}, gateway=tree, parameters=parameter).met is True
    assert judged({"a": "70"}, gateway=tree, parameters=parameter, overrides=own).met is False


def test_points_add_up_and_stop_at_the_groups_own() -> None:
    full = {"scoring": {"kind": "ratio_to_standard", "settings": {"standard": "10"}}}
    tree = group("sum", item("a", points="6", **full), item("b", points="6", **full), points="10")
    result = judged({"a": "10", "b": "5"}, scored=tree)
    assert (result.points, result.most) == (Decimal(9), Decimal(10))
    assert judged({"a": "10", "b": "10"}, scored=tree).points == Decimal(10)


def test_a_scored_condition_that_fails_gives_no_points_and_blocks_nothing() -> None:
    tree = group("sum", at_least("a", "3", points="5"), at_least("b", "3", points="5"))
    result = judged({"a": "1", "b": "3"}, scored=tree)
    assert (result.met, result.points) == (True, Decimal(5))


def test_a_veto_anywhere_fails_the_whole() -> None:
    veto = item("v", scoring={"kind": "veto"})
    tree = group("sum", veto, at_least("a", "3", points="5"))
    result = judged({"v": "1", "a": "3"}, scored=tree)
    assert (result.met, result.is_vetoed, result.points) == (False, True, Decimal(5))
    assert judged({"v": "0", "a": "3"}, scored=tree).met is True


def test_the_total_is_held_against_the_pass_line() -> None:
    tree = group("sum", at_least("a", "3", points="5"))
    pass_five = {"procedure": {"pass_points": "5"}}
    assert judged({"a": "3"}, scored=tree, **pass_five).reaches_pass is True
    assert judged({"a": "1"}, scored=tree, **pass_five).reaches_pass is False
    assert judged({}, scored=tree, **pass_five).reaches_pass is None


def test_the_sentence_names_number_standard_and_gap() -> None:
    tree = group("all_of", at_least("a", "60"))
    result = judged({"a": "48"}, gateway=tree)
    assert result.results[0].sentence == "a：48；标准不低于 60，差距 12，不满足。"
    assert result.sentence == "全部：1 项中满足 0 项，要求1 项，不满足"


def test_a_yes_is_said_in_words_and_large_numbers_in_thousands() -> None:
    tree = {
        "code": "conditions",
        "label": "条件",
        "kind": "all_of",
        "children": [at_least("runs", "1"), at_least("spent", "1000000")],
    }
    content = definition_of({"gateway": tree})
    result = evaluate(
        content,
        Values(definition=content),
        {
            "runs": Reading(value=Decimal(1), words="是"),
            "spent": Reading(value=Decimal(2540000), unit="元"),
        },
    )
    assert "：是；满足" in result.by_code["runs"].sentence
    assert "：2,540,000 元；标准不低于 1,000,000 元，满足" in result.by_code["spent"].sentence
