"""The order of candidates, vetoes, and what needs a reason, without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from silian_engines.policy_rules.rewards import SOURCES

from silian.governance.incentives.choices.rewards import (
    LEVEL_RANK,
    CandidateStanding,
    RestrictionMeasure,
    ResultLevel,
    ResultSource,
    RewardMeasure,
)
from silian.governance.incentives.gateways.reward_rules import MEASURES, rules_at
from silian.governance.incentives.rules.rewards import (
    Fact,
    Row,
    Subject,
    Veto,
    placed,
    reason_appeal_late,
    reason_appeal_not_settled,
    reason_choice_unexplained,
    reason_not_decidable,
    reason_not_imposable,
    reason_not_publishable,
    reason_not_submittable,
    share_used,
)

DAY = datetime.date(2026, 3, 18)
ROW = Row(code="x", title="表彰", sources=("third_party",))


def subject(number: int, level: str, *, score: int | None = None, **given: object) -> Subject:
    fact = Fact(
        result_id=number,
        source=str(given.pop("source", "third_party")),
        level=level,
        words="结果",
        on=DAY,
        score=Decimal(score) if score is not None else None,
        kind=str(given.pop("kind", "")),
    )
    return Subject(organisation_id=number, name=f"单位{number}", facts=(fact,), **given)  # type: ignore[arg-type]


def order(*subjects: Subject, row: Row = ROW, quota: int | None = None) -> list[tuple[int, str]]:
    found = placed(subjects, rows=[row], quota=quota)
    return [(each.subject.organisation_id, each.standing.value) for each in found]


def test_the_best_level_comes_first_then_the_score() -> None:
    found = order(
        subject(1, "qualified"),
        subject(2, "excellent", score=91),
        subject(3, "excellent", score=95),
    )
    assert [key for key, _ in found] == [3, 2, 1]


def test_where_the_policy_names_no_level_only_adverse_results_leave_a_gap() -> None:
    assert order(subject(1, "fair"), subject(2, "unqualified")) == [(1, "meets"), (2, "gap")]


def test_a_named_level_and_a_named_scheme_are_asked_for() -> None:
    row = Row(
        code="x",
        title="奖补",
        sources=("recognition",),
        levels=("certified",),
        schemes=("integrated_enterprise",),
    )
    holder = subject(1, "certified", source="recognition", kind="integrated_enterprise")
    other = subject(2, "certified", source="recognition", kind="training_base")
    early = subject(3, "incubating", source="recognition", kind="integrated_enterprise")
    assert dict(order(holder, other, early, row=row)) == {1: "meets", 2: "gap", 3: "gap"}


def test_only_a_veto_excludes_and_it_says_its_basis() -> None:
    banned = subject(1, "excellent", veto=Veto(reason="信用记录", basis="某条例第九条"))
    found = placed([banned, subject(2, "unqualified")], rows=[ROW], quota=5)
    last = found[-1]
    assert (last.standing, last.basis) == (CandidateStanding.EXCLUDED, "某条例第九条")
    assert not last.within_quota
    assert found[0].standing == CandidateStanding.GAP


def test_the_quota_takes_the_first_who_meet() -> None:
    rows = placed([subject(n, "excellent") for n in (1, 2, 3)], rows=[ROW], quota=2)
    assert [each.within_quota for each in rows] == [True, True, False]
    unlimited = placed([subject(n, "excellent") for n in (1, 2, 3)], rows=[ROW], quota=None)
    assert all(each.within_quota for each in unlimited)


@pytest.mark.parametrize(
    ("within", "chosen", "standing", "reason", "refused"),
    [
        (True, True, "meets", "", None),
        (False, True, "gap", "", "没有列入而选择"),
        (True, False, "meets", "", "已列入而不选择"),
        (False, True, "gap", "补充贡献", None),
        (False, True, "excluded", "无论如何", "依法不得列入"),
    ],
)
def test_a_deviation_from_the_order_needs_a_reason(
    within: bool, chosen: bool, standing: str, reason: str, refused: str | None
) -> None:
    found = reason_choice_unexplained(
        within_quota=within, chosen=chosen, standing=standing, deviation=reason
    )
    assert (found is None) if refused is None else (found is not None and refused in found)


def test_steps_are_refused_with_their_reason() -> None:
    assert "先计算" in str(reason_not_submittable(chosen=1, unexplained=0, computed=False))
    assert "至少选择" in str(reason_not_submittable(chosen=0, unexplained=0, computed=True))
    assert "2 家" in str(reason_not_submittable(chosen=3, unexplained=2, computed=True))
    assert reason_not_submittable(chosen=3, unexplained=0, computed=True) is None
    assert "提出人" in str(reason_not_decidable(is_proposer=True, own=[]))
    assert "回避" in str(reason_not_decidable(is_proposer=False, own=["本单位"]))
    assert reason_not_decidable(is_proposer=False, own=[]) is None


def test_the_last_day_of_the_notice_still_belongs_to_it() -> None:
    after = DAY + datetime.timedelta(days=1)
    given = {"notice_until": DAY, "objections": 0, "chosen": 1}
    assert "期满" in (reason_not_publishable(**given, on=DAY) or "")
    assert reason_not_publishable(**given, on=after) is None
    assert "2 条异议" in (reason_not_publishable(**given | {"objections": 2}, on=after) or "")
    assert "没有单位" in (reason_not_publishable(**given | {"chosen": 0}, on=after) or "")


def test_nobody_is_restricted_before_having_been_heard() -> None:
    asked = {"is_proposer": False, "own": False, "reply_by": DAY, "on": DAY}
    assert "还没有陈述" in str(reason_not_imposable(has_replied=False, **asked))
    assert reason_not_imposable(has_replied=True, **asked) is None
    later = asked | {"on": DAY + datetime.timedelta(days=1)}
    assert reason_not_imposable(has_replied=False, **later) is None
    assert "回避" in str(reason_not_imposable(has_replied=True, **(asked | {"own": True})))
    assert reason_appeal_late(appeal_by=DAY, on=DAY) is None
    assert reason_appeal_not_settled(took_part=True, own=False) is not None


def test_labels_here_are_those_of_the_rulebook() -> None:
    assert dict(ResultSource.choices) == SOURCES
    assert {**dict(RewardMeasure.choices), **dict(RestrictionMeasure.choices)} == MEASURES
    assert set(LEVEL_RANK) == set(ResultLevel.values)
    levels = {level for place in ("411200", "520000", "500154", "530300", "620200")
              for row in rules_at(place, on=DAY) for level in row.levels}  # fmt: skip
    assert levels <= set(ResultLevel.values)


def test_the_share_of_used_results_is_none_where_there_are_none() -> None:
    assert share_used(used=0, results=0) is None
    assert share_used(used=1, results=3) == 33
