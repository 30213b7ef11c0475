"""How scores are reckoned, and what supervision refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from silian.governance.policy_tasks.choices import Severity
from silian.governance.policy_tasks.exports.supervision_scores import ScoredRow, ranked
from silian.governance.policy_tasks.rules.lists import band_of
from silian.governance.policy_tasks.rules.supervision import is_soft, scheme_fault
from silian.governance.policy_tasks.rules.supervision_scores import Facts, Weights, score_of
from silian.registers.policies.choices import Force

WEIGHTS = Weights(
    on_time=Decimal(40),
    evidence=Decimal(20),
    conduct=Decimal(40),
    by_severity={
        Severity.NOTICE: Decimal(0),
        Severity.GENERAL: Decimal(2),
        Severity.SERIOUS: Decimal(5),
    },
    per_return=Decimal(1),
    per_overdue=Decimal(3),
)


def test_all_on_time_with_proof_and_no_order_is_a_hundred() -> None:
    score = score_of(Facts(due=4, on_time=4, running=5, with_evidence=5), weights=WEIGHTS)
    assert score.total == Decimal(100)


def test_shares_and_deductions_add_up() -> None:
    facts = Facts(
        due=4,
        on_time=3,
        running=10,
        with_evidence=5,
        findings={Severity.GENERAL: 2, Severity.SERIOUS: 1},
        returns=1,
        overdue=1,
    )
    score = score_of(facts, weights=WEIGHTS)
    assert [line.points for line in score.lines] == [Decimal(30), Decimal(10), Decimal(27)]
    assert score.total == Decimal(67)
    assert "一般 2 条扣 4" in score.lines[2].how
    assert "3/4 × 40" in score.lines[0].how


def test_a_weight_without_anything_due_is_shared_out() -> None:
    facts = Facts(running=10, with_evidence=5, findings={Severity.GENERAL: 1})
    score = score_of(facts, weights=WEIGHTS)
    assert score.lines[0].points is None
    assert "不计" in score.lines[0].how
    assert score.total == Decimal("80.00")


def test_conduct_never_falls_below_nothing() -> None:
    facts = Facts(running=1, with_evidence=1, findings={Severity.SERIOUS: 30})
    assert score_of(facts, weights=WEIGHTS).lines[2].points == Decimal(0)


def test_nothing_to_count_gives_no_score() -> None:
    assert score_of(Facts(), weights=WEIGHTS).total is None


@pytest.mark.parametrize(
    ("force", "soft"),
    [
        (Force.MANDATORY, False),
        (Force.TARGET, False),
        (Force.IN_PRINCIPLE, True),
        (Force.ENCOURAGED, True),
    ],
)
def test_only_what_binds_can_be_violated(force: Force, soft: bool) -> None:
    assert is_soft(force) is soft


def test_the_weights_of_a_scheme_make_a_hundred() -> None:
    assert scheme_fault(weights=[Decimal(40), Decimal(20), Decimal(40)]) is None
    assert "现在是 90" in (scheme_fault(weights=[Decimal(40), Decimal(20), Decimal(30)]) or "")


@pytest.mark.parametrize(
    ("days", "label"),
    [(0, "30 天以内"), (30, "30 天以内"), (31, "31 至 60 天"), (91, "90 天以上")],
)
def test_each_age_lies_in_one_band(days: int, label: str) -> None:
    assert band_of(days).label == label


def test_equal_totals_share_a_place() -> None:
    rows = [
        ScoredRow(kind="部门", name=name, total=total, lines=[])
        for name, total in (("甲", "90"), ("乙", "90"), ("丙", "80"))
    ]
    assert [place for place, _ in ranked(rows)] == [1, 1, 3]
