"""What a round must say, how places are shared out, and that no result breaks a rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from silian.operations.placements.choices.rounds import (
    PriorityBasis,
)
from silian.operations.placements.rules.round_market import digest_of, resolve, solve
from silian.operations.placements.rules.rounds import (
    group_of,
    points_of,
    reason_not_publishable,
    shared_places,
)


def snapshot(**values: Any) -> dict[str, Any]:
    """Three students who want post 1 first; one place there, two at post 2."""
    students = [
        {"id": 11, "number": "1", "score": "90", "belongs": {}, "wishes": [1, 2], "barred": []},
        {"id": 12, "number": "2", "score": "80", "belongs": {}, "wishes": [1, 2], "barred": []},
        {"id": 13, "number": "3", "score": "70", "belongs": {}, "wishes": [1], "barred": []},
    ]
    posts = [
        {"id": 1, "title": "甲", "places": 1, "reserves": []},
        {"id": 2, "title": "乙", "places": 2, "reserves": []},
    ]
    facts = {
        "round": 1, "seed": 7, "basis": PriorityBasis.SCORE, "host_weight": 0,
        "group_order": ["county"], "students": students, "posts": posts, "ranks": {}, "cuts": [],
    }  # fmt: skip
    return {**facts, **values}


def test_the_best_score_gets_the_only_place_and_the_others_are_told_why() -> None:
    found = solve(snapshot())
    assert [(item.student, item.post, item.rank) for item in found.outcomes] == [
        (11, 1, 1),
        (12, 2, 2),
        (13, None, None),
    ]
    assert "末位录取者" in found.outcomes[1].missed[0]
    assert found.figures["first"] == 1
    assert found.figures["unplaced"] == 1
    assert found.blocking_pairs == 0


def test_a_reserved_place_goes_to_its_group_before_a_better_score() -> None:
    base = snapshot()
    base["students"][2]["belongs"] = {"county": "990104"}
    rule = {"kind": "county", "value": "990104", "seats": 1, "ceiling": None}
    base["posts"][0]["reserves"] = [rule]
    found = solve(base)
    third = found.outcomes[2]
    assert (third.post, third.is_reserved) == (1, True)
    assert found.figures["reserved_filled"] == 1


def test_a_reserve_that_nobody_fills_is_open_to_all() -> None:
    base = snapshot()
    rule = {"kind": "county", "value": "990104", "seats": 1, "ceiling": None}
    base["posts"][0]["reserves"] = [rule]
    assert solve(base).outcomes[0].post == 1


def test_a_host_score_counts_by_its_weight() -> None:
    found = solve(snapshot(host_weight=60, ranks={"1:13": "100"}))
    assert found.outcomes[2].post == 1


def test_a_lottery_is_the_same_whenever_it_is_drawn_from_the_same_seed() -> None:
    drawn = snapshot(basis=PriorityBasis.LOTTERY)
    assert solve(drawn) == solve(drawn)


def test_who_handed_in_no_wish_is_told_so() -> None:
    base = snapshot()
    base["students"][0]["wishes"] = []
    assert "没有提交志愿" in solve(base).outcomes[0].sentence


def test_after_a_withdrawal_only_those_move_who_gain_the_place() -> None:
    found = resolve(snapshot(), changes={"withdrawn": [11]})
    assert [item.post for item in found.outcomes] == [None, 1, None]
    assert found.blocking_pairs == 0


def test_the_digest_of_a_snapshot_follows_its_contents_and_not_its_order() -> None:
    base = snapshot()
    assert digest_of(base) == digest_of(dict(reversed(list(base.items()))))
    assert digest_of(base) != digest_of({**base, "seed": 8})


def test_places_are_cut_in_proportion_and_add_up_to_the_room() -> None:
    assert shared_places(wanted=[10, 20, 10], room=20) == [5, 10, 5]
    assert sum(shared_places(wanted=[3, 3, 3], room=7)) == 7
    assert shared_places(wanted=[3, 3], room=None) == [3, 3]
    assert shared_places(wanted=[3, 3], room=0) == [0, 0]


def test_points_weigh_the_two_scores_and_stay_within_the_engine() -> None:
    full = Decimal(100)
    assert points_of(score=full, host_score=full, host_weight=40, basis="score") == 1_000_000
    assert points_of(score=full, host_score=None, host_weight=40, basis="score") == 600_000
    assert points_of(score=full, host_score=None, host_weight=0, basis="lottery") == 0


def test_a_student_of_several_groups_counts_in_the_first_that_has_a_rule() -> None:
    groups = [("county", "990104"), ("minor", "")]
    belongs = {"minor": "", "county": "990104"}
    assert group_of(order=["minor", "county"], belongs=belongs, groups=groups) == ("minor", "")
    assert group_of(order=["lodging"], belongs=belongs, groups=groups) is None


def test_a_run_whose_inputs_have_changed_is_not_published() -> None:
    reason = reason_not_publishable(is_done=True, blocking_pairs=0, faults=0, is_current=False)
    assert reason is not None
    assert "重新计算" in reason


posts_strategy = st.lists(st.integers(0, 3), min_size=1, max_size=5)


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, Any]:
    """Rounds of up to 12 students and 5 posts with reserves, ceilings and host scores."""
    places = draw(posts_strategy)
    counties = ["", "990104", "990105"]
    students = []
    for number in range(draw(st.integers(1, 12))):
        county = draw(st.sampled_from(counties))
        wishes = draw(st.permutations(range(len(places))))
        students.append({
            "id": 100 + number, "number": str(number), "score": str(draw(st.integers(0, 100))),
            "belongs": {"county": county} if county else {}, "barred": [],
            "wishes": [10 + post for post in wishes[: draw(st.integers(0, len(places)))]],
        })  # fmt: skip
    posts = []
    for number, count in enumerate(places):
        seats = draw(st.integers(0, count))
        ceiling = draw(st.one_of(st.none(), st.integers(seats, 4)))
        rule = {"kind": "county", "value": "990104", "seats": seats, "ceiling": ceiling}
        posts.append({"id": 10 + number, "title": "岗", "places": count, "reserves": [rule]})
    return snapshot(
        students=students, posts=posts, seed=draw(st.integers(0, 99)),
        host_weight=draw(st.sampled_from([0, 50])), ranks={},
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(snapshots())
def test_every_result_is_stable_within_places_and_only_what_was_wished(base: Any) -> None:
    found = solve(base)
    assert found.blocking_pairs == 0
    assert found.faults == ()
    wished = {student["id"]: student["wishes"] for student in base["students"]}
    for outcome in found.outcomes:
        if outcome.post is not None:
            assert wished[outcome.student][(outcome.rank or 0) - 1] == outcome.post
    for post in base["posts"]:
        assert sum(item.post == post["id"] for item in found.outcomes) <= post["places"]


@settings(max_examples=100, deadline=None)
@given(snapshots(), st.data())
def test_a_late_change_leaves_a_stable_result(base: Any, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from([student["id"] for student in base["students"]]))
    found = resolve(base, changes={"withdrawn": [gone]})
    assert found.blocking_pairs == 0
    assert found.faults == ()
