"""Ranks, votes, masks, days: without a database."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.casework.reviews.choices.deciding import Ballot, Outcome, Standing
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.rules.appeals import reason_not_appealable, stages_to_reopen
from silian.casework.reviews.rules.definition import definition_of
from silian.casework.reviews.rules.masking import masked_codes, public_fields, public_title
from silian.casework.reviews.rules.notices import reason_not_endable, reason_not_objectable
from silian.casework.reviews.rules.objections import reason_not_upholdable
from silian.casework.reviews.rules.overview import Rate, duration_of, public_rates
from silian.casework.reviews.rules.ranking import Entrant, order_of
from silian.casework.reviews.rules.voting import (
    Tally,
    has_quorum,
    is_carried,
    outcome_of,
    rejection_sentence,
    tally_of,
)

DAY = datetime.date(2026, 3, 18)
TWO_THIRDS, HALF = Decimal("0.6667"), Decimal("0.5")


def entrant(key: int, points: str | None, *ties: str) -> Entrant:
    return Entrant(
        dossier_id=key,
        points=None if points is None else Decimal(points),
        tie_points=tuple(Decimal(tie) for tie in ties),
    )


def ranks(*entrants: Entrant, quota: int | None = None, line: str | None = None) -> list[tuple]:
    placed = order_of(entrants, quota=quota, pass_points=Decimal(line) if line else None)
    return [(row.dossier_id, row.rank, row.standing.value) for row in placed]


def test_equal_points_share_a_rank_and_the_next_is_left_out() -> None:
    found = ranks(entrant(1, "80"), entrant(2, "90"), entrant(3, "80"), entrant(4, "70"))
    assert [(key, rank) for key, rank, _ in found] == [(2, 1), (1, 2), (3, 2), (4, 4)]


def test_only_the_rule_of_the_scheme_breaks_a_tie() -> None:
    rows = order_of(
        [entrant(1, "80", "10", "3"), entrant(2, "80", "10", "5"), entrant(3, "80", "12", "0")],
        quota=None,
        pass_points=None,
    )
    assert [(row.dossier_id, row.rank) for row in rows] == [(3, 1), (2, 2), (1, 3)]
    assert all(row.by_rule and not row.tied for row in rows)


def test_a_tie_across_the_quota_is_left_to_the_deciders() -> None:
    found = ranks(entrant(1, "90"), entrant(2, "80"), entrant(3, "80"), entrant(4, "70"), quota=2)
    assert [standing for _, _, standing in found] == ["within", "at_line", "at_line", "beyond"]


def test_who_is_below_the_line_or_without_points_is_shown_last_and_not_dropped() -> None:
    found = ranks(entrant(1, None), entrant(2, "59.99"), entrant(3, "60"), quota=5, line="60")
    assert found == [(3, 1, "within"), (2, 2, "below"), (1, None, "unranked")]


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(1, 8))
def test_ranks_are_competition_ranks_and_nobody_is_lost(points: list[int], quota: int) -> None:
    rows = order_of(
        [entrant(key, str(each)) for key, each in enumerate(points)],
        quota=quota,
        pass_points=None,
    )
    assert sorted(row.dossier_id for row in rows) == list(range(len(points)))
    for row in rows:
        assert row.rank == 1 + sum(each > int(row.points or 0) for each in points)
    assert sum(row.standing == Standing.WITHIN for row in rows) <= quota


def tally(favour: int, against: int = 0, abstain: int = 0, *, absent: int = 0) -> Tally:
    ballots = [Ballot.FOR] * favour + [Ballot.AGAINST] * against + [Ballot.ABSTAIN] * abstain
    return tally_of(eligible=len(ballots) + absent, present=len(ballots), ballots=ballots)


@pytest.mark.parametrize(("absent", "expected"), [(0, True), (1, True), (2, False), (3, False)])
def test_two_of_three_are_a_quorum_of_two_thirds(absent: int, expected: bool) -> None:
    assert has_quorum(tally(3 - min(absent, 3) or 0, absent=absent), quorum=TWO_THIRDS) is expected


def test_half_the_votes_are_no_majority_and_two_thirds_count_at_two_thirds() -> None:
    assert not is_carried(tally(2, 2), majority=HALF)
    assert is_carried(tally(3, 2), majority=HALF)
    assert is_carried(tally(2, 1), majority=TWO_THIRDS)
    assert not is_carried(tally(3, 2), majority=TWO_THIRDS)


def test_an_abstention_counts_among_those_present() -> None:
    assert not is_carried(tally(2, 1, 1), majority=HALF)


def test_without_a_quorum_nothing_is_decided_and_unset_numbers_block_nothing() -> None:
    assert outcome_of(tally(1, absent=5), quorum=TWO_THIRDS, majority=HALF) is None
    assert outcome_of(tally(1, absent=5), quorum=None, majority=None) == Outcome.RECOGNISE
    assert outcome_of(tally(1, 1), quorum=None, majority=None) == Outcome.REJECT
    assert outcome_of(tally(0), quorum=None, majority=None) is None


def test_the_reason_names_count_rank_and_quota() -> None:
    sentence = rejection_sentence(tally(1, 4), held_on="2026年3月18日", rank=12, quota=10)
    assert "赞成 1 票，反对 4 票" in sentence
    assert "第 12 名，名额 10 个" in sentence


DEFINITION = definition_of(
    {
        "subject": "person",
        "form": [
            {"code": "head", "label": "负责人姓名", "public": True},
            {"code": "spent", "label": "投入", "type": "money", "public": True},
            {"code": "note", "label": "简介", "public": True},
            {"code": "secret", "label": "银行账号"},
        ],
    }
)


def test_a_notice_masks_people_and_money_and_leaves_out_what_is_not_public() -> None:
    answers = {"head": "王小明", "spent": "120000.00", "note": "电话 13800001234", "secret": "1"}
    rows = public_fields(answers, definition=DEFINITION, masked=frozenset(masked_codes(DEFINITION)))
    assert rows == [
        ["负责人姓名", "王*明"],
        ["投入", "不公开"],
        ["简介", "电话 *********34"],
    ]
    assert public_title("李四", definition=DEFINITION) == "李*"


def end(on: datetime.date, **facts: object) -> str | None:
    given = {"ends_on": DAY, "on": on, "open_objections": 0, "is_closed": False, **facts}
    return reason_not_endable(**given)  # type: ignore[arg-type]


def test_a_notice_ends_only_after_its_last_day_with_every_objection_answered() -> None:
    assert "2026年03月17日" in (end(DAY - datetime.timedelta(days=1)) or "")
    assert end(DAY) is None
    assert "2 件异议" in (end(DAY, open_objections=2) or "")
    assert end(DAY, is_closed=True)


def test_objections_are_taken_on_the_days_of_the_notice_only() -> None:
    period = {"starts_on": DAY, "ends_on": DAY + datetime.timedelta(days=3)}
    assert reason_not_objectable(**period, on=DAY) is None
    assert reason_not_objectable(**period, on=DAY + datetime.timedelta(days=2)) is None
    assert reason_not_objectable(**period, on=DAY + datetime.timedelta(days=3))
    assert reason_not_objectable(**period, on=DAY - datetime.timedelta(days=1))


def test_nobody_is_taken_out_unheard() -> None:
    facts = {"was_asked": True, "was_answered": False, "answer_by": DAY}
    assert reason_not_upholdable(**{**facts, "was_asked": False}, on=DAY)  # type: ignore[arg-type]
    assert reason_not_upholdable(**facts, on=DAY)  # type: ignore[arg-type]
    assert reason_not_upholdable(**facts, on=DAY + datetime.timedelta(days=1)) is None  # type: ignore[arg-type]
    assert reason_not_upholdable(**{**facts, "was_answered": True}, on=DAY) is None  # type: ignore[arg-type]


def test_a_refusal_is_appealed_once_until_its_last_day() -> None:
    facts = {"outcome": Outcome.REJECT, "last_on": DAY, "was_appealed": False}
    assert reason_not_appealable(**facts, on=DAY) is None  # type: ignore[arg-type]
    assert reason_not_appealable(**facts, on=DAY + datetime.timedelta(days=1))  # type: ignore[arg-type]
    assert reason_not_appealable(**{**facts, "was_appealed": True}, on=DAY)  # type: ignore[arg-type]
    assert reason_not_appealable(**{**facts, "last_on": None}, on=DAY) is None  # type: ignore[arg-type]
    passed = {**facts, "outcome": Outcome.RECOGNISE}
    assert reason_not_appealable(**passed, on=DAY)  # type: ignore[arg-type]


def test_a_new_look_starts_where_nothing_said_before_must_be_undone() -> None:
    used = (
        DossierState.SUBMITTED,
        DossierState.EXPERTS,
        DossierState.VISIT,
        DossierState.RANKED,
    )
    facts = {"used": used, "has_opinions": False, "has_assignments": False, "has_visit": False}
    assert stages_to_reopen(ended_stage="submitted", **facts) == [DossierState.SUBMITTED]  # type: ignore[arg-type]
    after = {**facts, "has_assignments": True}
    assert stages_to_reopen(ended_stage="ranked", **after) == [  # type: ignore[arg-type]
        DossierState.VISIT,
        DossierState.RANKED,
    ]


def test_small_groups_are_not_shown_in_public_and_go_together_when_enough() -> None:
    rates = [
        Rate(label="甲县", passed=4, total=9),
        Rate(label="乙县", passed=1, total=3),
        Rate(label="丙县", passed=0, total=2),
    ]
    assert [(rate.label, rate.total) for rate in public_rates(rates)] == [
        ("甲县", 9),
        ("其他（合并）", 5),
    ]
    assert [rate.label for rate in public_rates(rates[:2])] == ["甲县"]


def test_days_of_a_stage_are_told_by_median_longest_and_limit() -> None:
    duration = duration_of("visit", days=[2, 9, 4], late=1, limited=2)
    assert (duration.median, duration.longest, duration.on_time) == (4.0, 9, 1)
    assert duration_of("visit", days=[], late=0, limited=0).median == 0.0
