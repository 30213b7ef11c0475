"""The order of review steps: moved, put side by side, with the decision last and spoken."""

from __future__ import annotations

import pytest

from silian.governance.incentives.rules.call_steps import (
    Placed,
    added,
    alone,
    beside,
    groups_of,
    moved,
    reason_not_a_step,
    reason_not_arranged,
    reason_not_left_out,
    without,
)

GROUPS = [[1], [2, 3], [4]]


def placed(key: int, order: int, kind: str = "check", office: int | None = None) -> Placed:
    return Placed(key=key, order=order, kind=kind, office=office or key)


def test_steps_of_one_order_are_a_group() -> None:
    assert groups_of([placed(1, 1), placed(2, 5), placed(3, 5)]) == [[1], [2, 3]]


@pytest.mark.parametrize(
    ("key", "up", "after"),
    [
        (1, True, [[1], [2, 3], [4]]),
        (1, False, [[2, 3], [1], [4]]),
        (2, True, [[1], [2], [3], [4]]),
        (2, False, [[1], [3], [2], [4]]),
        (4, True, [[1], [4], [2, 3]]),
        (4, False, [[1], [2, 3], [4]]),
    ],
)
def test_a_step_moves_past_its_neighbours(key: int, up: bool, after: list[list[int]]) -> None:
    assert moved(GROUPS, key, up=up) == after


def test_a_step_stands_beside_another_or_alone() -> None:
    assert beside(GROUPS, 1, other=3) == [[2, 3, 1], [4]]
    assert alone(GROUPS, 2) == [[1], [3], [2], [4]]
    assert alone(GROUPS, 1) == GROUPS
    assert without(GROUPS, 1) == [[2, 3], [4]]


def test_a_new_step_comes_before_the_decision() -> None:
    assert added(GROUPS, 9, decision=4) == [[1], [2, 3], [9], [4]]
    assert added([[1]], 9, decision=None) == [[1], [9]]


def test_the_decision_is_last_alone_and_one() -> None:
    assert reason_not_arranged([placed(1, 1), placed(2, 2, "decide")]) is None
    for wrong in (
        [placed(1, 2), placed(2, 2, "decide")],
        [placed(1, 3), placed(2, 2, "decide")],
    ):
        assert "最后单独办理" in (reason_not_arranged(wrong) or "")
    two = [placed(1, 1, "decide"), placed(2, 2, "decide")]
    assert "只能有一个" in (reason_not_arranged(two) or "")


def test_one_office_has_one_step_at_a_time() -> None:
    assert "同一部门" in (
        reason_not_arranged([placed(1, 1, office=7), placed(2, 1, office=7)]) or ""
    )
    assert reason_not_arranged([placed(1, 1, office=7), placed(2, 2, office=7)]) is None


def test_a_decision_is_never_passed_by_silence() -> None:
    refused = reason_not_a_step(kind="decide", office=1, on_silence="agree", days=5)
    assert "不能视为无异议" in (refused or "")
    assert reason_not_a_step(kind="check", office=1, on_silence="agree", days=5) is None
    assert "选择办理部门" in (
        reason_not_a_step(kind="check", office=None, on_silence="remind", days=5) or ""
    )
    assert "不选部门" in (
        reason_not_a_step(kind="certify", office=1, on_silence="remind", days=5) or ""
    )
    assert reason_not_a_step(kind="check", office=1, on_silence="remind", days=0)


def test_a_step_of_a_provision_is_left_out_only_for_a_reason() -> None:
    assert "三（三）" in (reason_not_left_out(kind="check", basis="三（三）", reason=" ") or "")
    assert reason_not_left_out(kind="check", basis="三（三）", reason="机构合并") is None
    assert reason_not_left_out(kind="check", basis="", reason="") is None
    assert "不能取消" in (reason_not_left_out(kind="decide", basis="", reason="不要") or "")
