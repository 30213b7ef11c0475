"""Scoring functions: examples of a published provincial scheme and properties that hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.casework.reviews.choices.schemes import FunctionKind as F
from silian.casework.reviews.registry import Reading
from silian.casework.reviews.rules.readings import frozen, thawed
from silian.casework.reviews.rules.scoring import FUNCTIONS, Method, scored

amounts = st.decimals(min_value=0, max_value=10_000, places=2)
points_worth = st.decimals(min_value=0, max_value=20, places=2)
shares = st.decimals(min_value=0, max_value=1, places=2)


def method(
    kind: F,
    points: str,
    *,
    steps: tuple[tuple[Decimal | None, Decimal], ...] = (),
    weights: Mapping[str, str] | None = None,
    **settings: str | None,
) -> Method:
    return Method(
        kind=kind,
        points=Decimal(points),
        settings={name: None if said is None else Decimal(said) for name, said in settings.items()},
        steps=steps,
        weights={level: Decimal(said) for level, said in (weights or {}).items()},
    )


def points(of: Method, value: str | None = None, **reading: object) -> Decimal | None:
    read = Reading(value=None if value is None else Decimal(value), **reading)  # type: ignore[arg-type]
    return scored(of, read).points


@pytest.mark.parametrize(
    ("value", "wanted"), [("12000", "2.00"), ("9000", "1.50"), ("15000", "2.00"), ("0", "0.00")]
)
def test_r7_funding_per_student_against_its_standard(value: str, wanted: str) -> None:
    assert points(method(F.RATIO_TO_STANDARD, "2", standard="12000"), value) == Decimal(wanted)


@pytest.mark.parametrize(("value", "wanted"), [("59", "0"), ("80", "2.40"), ("100", "3.00")])
def test_r4_own_over_best_and_nothing_below_sixty(value: str, wanted: str) -> None:
    r4 = method(F.RATIO_TO_BEST, "3", least="60")
    assert points(r4, value, best=Decimal(100)) == Decimal(wanted)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("61", "2.00"), ("60", "2.00"), ("45", "1.00"), ("30", "0.00"), ("29", "0")],
)
def test_r11_dual_qualified_share_between_two_lines(value: str, wanted: str) -> None:
    r11 = method(F.TWO_LINE, "2", **{"pass": "60", "limit": "30"})
    assert points(r11, value) == Decimal(wanted)


@pytest.mark.parametrize(
    ("value", "wanted"), [("16", "3.00"), ("18", "3.00"), ("20", "1.50"), ("23", "0")]
)
def test_r10_fewer_students_a_teacher_are_better(value: str, wanted: str) -> None:
    r10 = method(F.TWO_LINE, "3", **{"pass": "18", "limit": "22"})
    assert points(r10, value) == Decimal(wanted)


def test_r5_between_the_lines_counts_the_ratio_when_the_scheme_says_so() -> None:
    r5 = method(F.TWO_LINE, "3", **{"pass": "4000", "limit": "2000", "share_at_limit": "0.5"})
    assert points(r5, "3000") == Decimal("2.25")  # 3000 of 4000
    assert points(r5, "1999") == Decimal(0)


@pytest.mark.parametrize(
    ("counts", "programmes", "wanted"),
    [
        ({"规上": Decimal(6), "其他": Decimal(6)}, 3, "2.00"),  # 9 for 3 programmes
        ({"规上": Decimal(4), "其他": Decimal(4)}, 3, "1.00"),  # 6 for 3: half way from 1 to 3
        ({"规上": Decimal(1), "其他": Decimal(2)}, 3, "0"),  # fewer than one a programme
    ],
)
def test_r13_partner_enterprises_a_programme_small_ones_half(
    counts: dict[str, Decimal], programmes: int, wanted: str
) -> None:
    r13 = method(
        F.TWO_LINE, "2", weights={"规上": "1", "其他": "0.5"}, **{"pass": "3", "limit": "1"}
    )
    assert points(r13, counts=counts, per=Decimal(programmes)) == Decimal(wanted)


def test_r18_enrolment_counts_by_tier_up_to_its_points() -> None:
    r18 = method(F.COUNT_WEIGHTED, "2", weights={"A": "3", "B": "2", "C": "1"})
    assert points(
        r18, counts={"A": Decimal("0.3"), "B": Decimal("0.2"), "C": Decimal("0.1")}
    ) == Decimal("1.40")
    assert points(r18, counts={"A": Decimal(1)}) == Decimal("2.00")


def test_r25_each_consortium_counts_once_at_its_highest_level() -> None:
    r25 = method(F.COUNT_WEIGHTED, "5", weights={"国家级": "3", "省级": "2"})
    entries = (("智能制造联合体", "国家级"), ("智能制造联合体", "省级"), ("实践中心", "省级"))
    assert points(r25, entries=entries) == Decimal("5.00")
    assert points(r25, entries=entries[:2]) == Decimal("3.00")
    assert points(r25, entries=(*entries, ("共同体", "国家级"))) == Decimal("5.00")


def test_r1_each_event_takes_its_own_deduction() -> None:
    r1 = method(F.DEDUCTION, "5", weights={"违规实习": "0.3", "就业数据造假": "0.5"})
    assert points(r1, counts={"违规实习": Decimal(2), "就业数据造假": Decimal(1)}) == Decimal(
        "3.90"
    )
    assert points(r1, counts={"就业数据造假": Decimal(20)}) == Decimal(0)


def test_deductions_of_the_whole_scheme_go_below_zero_to_their_floor() -> None:
    minus = method(F.DEDUCTION, "0", each="1", floor="-5")
    assert [points(minus, str(events)) for events in (0, 3, 9)] == [
        Decimal(0),
        Decimal(-3),
        Decimal(-5),
    ]


@pytest.mark.parametrize(
    ("rate", "wanted"),
    [("92", "2.0"), ("90", "2.0"), ("88", "1.8"), ("85", "1.8"), ("82", "1.6"), ("70", "1.2")],
)
def test_r33_employment_by_distance_to_the_provincial_mean(rate: str, wanted: str) -> None:
    steps = (
        (Decimal(0), Decimal("2.0")),
        (Decimal(-5), Decimal("1.8")),
        (Decimal(-10), Decimal("1.6")),
        (None, Decimal("1.2")),
    )
    r33 = method(F.STEP, "2", steps=steps, reference="90")
    assert points(r33, rate) == Decimal(wanted)


def test_r35_a_survey_weighs_its_answers() -> None:
    r35 = method(F.SURVEY, "4", weights={"满意": "100", "基本满意": "80", "不满意": "60"})
    assert points(
        r35, counts={"满意": Decimal(70), "基本满意": Decimal(20), "不满意": Decimal(10)}
    ) == Decimal("3.68")
    assert points(r35, counts={"满意": Decimal(0)}) is None


def test_too_few_answers_give_no_points() -> None:
    survey = method(F.SURVEY, "4", weights={"满意": "100"}, least_answers="30")
    assert points(survey, counts={"满意": Decimal(29)}) is None
    assert points(survey, counts={"满意": Decimal(30)}) == Decimal("4.00")


def test_an_expert_never_gives_more_than_the_item_is_worth() -> None:
    assert points(method(F.EXPERT, "10"), "11.5") == Decimal("10.00")


def test_a_veto_fails_on_the_first_event_above_those_allowed() -> None:
    veto = method(F.VETO, "0")
    assert scored(veto, Reading(value=Decimal(0))).met is True
    assert scored(veto, Reading(value=Decimal(1))).met is False
    assert scored(method(F.VETO, "0", most="1"), Reading(value=Decimal(1))).met is True


def test_an_open_number_judges_nothing() -> None:
    result = scored(method(F.CONDITION, "1", at_least=None), Reading(value=Decimal(3)))
    assert (result.met, result.points, result.value) == (None, None, Decimal(3))


def test_what_was_not_read_scores_nothing() -> None:
    for kind in FUNCTIONS:
        result = scored(method(kind, "5"), Reading())
        assert (result.met, result.points) == (None, None)


GROWING = [
    method(F.RATIO_TO_STANDARD, "5", standard="100", floor="0.3"),
    method(F.TWO_LINE, "5", **{"pass": "60", "limit": "30", "share_at_limit": "0.4"}),
    method(
        F.STEP,
        "5",
        steps=((Decimal(10), Decimal(1)), (Decimal(50), Decimal(3)), (Decimal(90), Decimal(5))),
    ),
    method(F.COUNT_WEIGHTED, "5", cap="4"),
    method(F.EXPERT, "5"),
]


@given(kind=st.sampled_from(GROWING), less=amounts, more=amounts)
def test_more_never_scores_less(kind: Method, less: Decimal, more: Decimal) -> None:
    low, high = sorted([less, more])
    assert (points(kind, str(low)) or Decimal(0)) <= (points(kind, str(high)) or Decimal(0))


@given(value=amounts, more=amounts)
def test_more_events_never_score_more(value: Decimal, more: Decimal) -> None:
    deduction = method(F.DEDUCTION, "5", each="0.3", floor="-2")
    low, high = sorted([value, more])
    assert (points(deduction, str(high)) or Decimal(0)) <= (
        points(deduction, str(low)) or Decimal(0)
    )


@given(kind=st.sampled_from(GROWING), value=amounts)
def test_points_stay_between_nothing_and_the_items_points(kind: Method, value: Decimal) -> None:
    got = points(kind, str(value))
    assert got is not None
    assert Decimal(0) <= got <= kind.points


@given(worth=points_worth, cap=shares, value=amounts)
def test_a_capped_ratio_stays_below_its_cap(worth: Decimal, cap: Decimal, value: Decimal) -> None:
    capped = method(F.RATIO_TO_STANDARD, str(worth), standard="10", cap=str(cap))
    assert (points(capped, str(value)) or Decimal(0)) <= worth * cap + Decimal("0.01")


@given(worth=points_worth, value=amounts, best=amounts)
def test_only_the_best_gets_everything_of_a_ratio_to_best(
    worth: Decimal, value: Decimal, best: Decimal
) -> None:
    got = points(method(F.RATIO_TO_BEST, str(worth)), str(value), best=max(value, best))
    assert got is not None
    assert got <= worth
    if value >= best and value > 0:
        assert got == worth


@given(
    value=st.none() | amounts,
    counts=st.dictionaries(st.sampled_from(["国家级", "省级"]), amounts),
    entries=st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["国家级", ""]))),
)
def test_what_was_frozen_thaws_unchanged(
    value: Decimal | None, counts: dict[str, Decimal], entries: list[tuple[str, str]]
) -> None:
    reading = Reading(value=value, counts=counts, entries=tuple(entries), unit="项", period="2025")
    assert thawed(frozen(reading)) == reading
