"""The decisions of financing, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.governance.incentives.rules.finance_eligibility import (
    Gate,
    is_eligible,
    reason_not_approvable,
    reason_not_recommendable,
)
from silian.governance.incentives.rules.finance_matching import (
    MET,
    NOT_MET,
    UNKNOWN,
    Applicant,
    Terms,
    conditions_of,
    range_words,
    standing_of,
)
from silian.governance.incentives.rules.investments import (
    fault_of_movement,
    leverage,
    reason_not_correctable,
)
from silian.governance.incentives.rules.products import fault_of_terms, reason_not_publishable

DAY = datetime.date(2026, 3, 18)
APPLICANT: dict[str, Any] = {
    "kind": "enterprise",
    "amount": Decimal(5_000_000),
    "months": 36,
    "division": "990104",
    "owner_kind": "enterprise",
    "size": "small",
    "above_scale": False,
    "project_kind": "training_base",
    "in_library": True,
}
TERMS: dict[str, Any] = {
    "kind": "priority_loan",
    "kind_label": "产教融合项目贷款",
    "amount_from": Decimal(500_000),
    "amount_to": Decimal(20_000_000),
    "months_from": 12,
    "months_to": 120,
    "valid_from": datetime.date(2026, 1, 1),
    "valid_until": None,
    "regions": {},
    "owner_kinds": {},
    "sizes": {},
    "project_kinds": {},
    "needs_project": False,
    "needs_library": False,
    "recognition": "",
    "recognition_label": "",
    "clean_credit": False,
}


def standing(applicant: dict[str, Any], terms: dict[str, Any]) -> str:
    conditions = conditions_of(
        applicant=Applicant(**{**APPLICANT, **applicant}),
        terms=Terms(**{**TERMS, **terms}),
        on=DAY,
    )
    return standing_of(conditions)


def test_a_need_that_fits_every_condition_is_met() -> None:
    asks = {
        "regions": {"990100": "青澜市"},
        "owner_kinds": {"enterprise": "企业"},
        "sizes": {"small": "小型"},
        "project_kinds": {"training_base": "实训基地"},
        "needs_library": True,
        "clean_credit": True,
    }
    assert standing({}, asks) == MET


@pytest.mark.parametrize(
    ("applicant", "terms"),
    [
        ({"amount": Decimal(20_000_000) + 1}, {}),
        ({"amount": Decimal(499_999)}, {}),
        ({"months": 121}, {}),
        ({}, {"valid_until": DAY}),
        ({}, {"valid_from": DAY + datetime.timedelta(days=1)}),
        ({"division": "530300"}, {"regions": {"990100": "青澜市"}}),
        ({"owner_kind": "school"}, {"owner_kinds": {"enterprise": "企业"}}),
        ({"size": "large"}, {"sizes": {"small": "小型"}}),
        ({"project_kind": None, "in_library": None}, {"needs_project": True}),
        ({"project_kind": "park"}, {"project_kinds": {"training_base": "实训基地"}}),
        ({"in_library": False}, {"needs_library": True}),
        ({}, {"recognition": "integrated_enterprise", "recognition_label": "产教融合型企业"}),
        ({"bad_records": 1}, {"clean_credit": True}),
        ({"wanted": frozenset({"bond"})}, {}),
    ],
)
def test_one_condition_that_fails_is_not_met(
    applicant: dict[str, Any], terms: dict[str, Any]
) -> None:
    assert standing(applicant, terms) == NOT_MET


@pytest.mark.parametrize(
    ("applicant", "terms"), [({"months": None}, {}), ({"size": ""}, {"sizes": {"small": "小型"}})]
)
def test_what_nobody_said_is_unknown_and_not_a_failure(
    applicant: dict[str, Any], terms: dict[str, Any]
) -> None:
    assert standing(applicant, terms) == UNKNOWN


def test_a_school_has_no_size_to_fail() -> None:
    assert standing({"owner_kind": "school", "size": ""}, {"sizes": {"small": "小型"}}) == MET


def test_every_open_condition_says_how_to_cure_it() -> None:
    asks = {"needs_project": True, "needs_library": True, "clean_credit": True}
    applicant = {"project_kind": None, "in_library": None, "bad_records": 2, "months": 200}
    found = conditions_of(
        applicant=Applicant(**{**APPLICANT, **applicant}), terms=Terms(**{**TERMS, **asks}), on=DAY
    )
    closed = [each for each in found if each.standing != MET]
    assert len(closed) == 4
    assert all(each.cure and each.fact for each in closed)


def test_a_range_without_ends_is_not_set() -> None:
    assert range_words(None, None, "个月") == "未设定"
    assert range_words(12, 36, "个月") == "12 至 36 个月"
    assert range_words(None, 36, "个月") == "至多 36 个月"


def test_a_soft_gap_does_not_keep_a_project_off_the_list() -> None:
    gap = Gate(title="符合贷款条件", passed=False, fact="差距")
    stop = Gate(title="已授权", passed=True, fact="有效", stops=True)
    assert is_eligible([gap, stop])
    assert gap.word == "差距"


def test_an_unknown_gate_that_stops_keeps_a_project_off_the_list() -> None:
    gate = Gate(title="已授权", passed=None, fact="未知", cure="请授权。", stops=True)
    assert not is_eligible([gate])
    assert "请授权" in (reason_not_recommendable([gate]) or "")


def test_who_proposes_does_not_approve() -> None:
    assert reason_not_approvable(proposed_by=3, approver=3)
    assert reason_not_approvable(proposed_by=3, approver=4) is None


def test_leverage_is_social_money_for_each_yuan_of_the_fund() -> None:
    assert leverage(fund=Decimal(3), social=Decimal(5)) == Decimal("1.67")
    assert leverage(fund=Decimal(0), social=Decimal(5)) is None


def test_money_cannot_move_tomorrow_nor_beyond_what_was_granted() -> None:
    late = fault_of_movement(amount=Decimal(1), on=DAY + datetime.timedelta(days=1), today=DAY)
    much = fault_of_movement(amount=Decimal(11), on=DAY, today=DAY, left=Decimal(10))
    none = fault_of_movement(amount=Decimal(0), on=DAY, today=DAY)
    assert (late and late[0], much and much[0], none and none[0]) == ("on", "amount", "amount")
    assert fault_of_movement(amount=Decimal(10), on=DAY, today=DAY, left=Decimal(10)) is None


def test_a_correction_needs_a_reason_and_happens_once() -> None:
    assert reason_not_correctable(voided=True, reason="金额写错")
    assert reason_not_correctable(voided=False, reason=" ")
    assert reason_not_correctable(voided=False, reason="金额写错") is None


def test_terms_that_do_not_fit_name_their_box() -> None:
    facts: dict[str, Any] = dict.fromkeys(
        ("amount_from", "amount_to", "months_from", "months_to", "rate_from", "rate_to")
    )
    facts |= {"valid_from": DAY, "valid_until": None}
    assert fault_of_terms(**facts) is None
    cases: dict[str, dict[str, Any]] = {
        "amount_to": {"amount_from": Decimal(2), "amount_to": Decimal(1)},
        "months_to": {"months_from": 12, "months_to": 6},
        "rate_to": {"rate_from": Decimal(4), "rate_to": Decimal(3)},
        "rate_from": {"rate_from": Decimal(385)},
        "valid_until": {"valid_until": DAY},
    }
    for box, wrong in cases.items():
        fault = fault_of_terms(**{**facts, **wrong})
        assert fault is not None
        assert fault[0] == box


def test_a_product_needs_its_papers_amount_and_term_to_be_published() -> None:
    good: dict[str, Any] = {
        "documents": "报表", "amount_to": Decimal(1), "ends": None, "on": DAY,
    }  # fmt: skip
    assert reason_not_publishable(**good) is None
    for wrong in ({"documents": " "}, {"amount_to": None}, {"ends": DAY}):
        assert reason_not_publishable(**{**good, **wrong})
