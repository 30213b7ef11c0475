"""Terms, folding, differences, text and life: decisions without a database."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from silian.casework.agreements.choices import (
    Better,
    LifeEventKind,
    Standing,
    VersionKind,
    VersionState,
)
from silian.casework.agreements.registry import (
    AgreementKind,
    Clause,
    PartyRole,
    TermField,
    declared_kinds,
    kind_named,
)
from silian.casework.agreements.rules.differences import differences, roles_concerned
from silian.casework.agreements.rules.folding import (
    Change,
    Turn,
    effective_terms,
    standing,
    suspended_periods,
)
from silian.casework.agreements.rules.kind_definitions import faults_of
from silian.casework.agreements.rules.life import reason_termination_unfit
from silian.casework.agreements.rules.texts import chinese, filled, places_in, stands
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.typed_values import ValueType, normalised, shown

DAY = datetime.date(2026, 3, 1)
DAYS = st.integers(0, 40).map(lambda n: DAY + datetime.timedelta(days=n))
TERMS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5), min_size=1)
SIGNED, BASE = VersionState.SIGNED, VersionKind.BASE
ENDED_STATES = [state for state in VersionState.values if state != SIGNED]


@st.composite
def histories(draw: Any) -> list[Change]:
    """A signed base and changes of every state, kind, day and number."""
    base = Change(number=1, kind=BASE, state=SIGNED, effective_from=DAY, changes=draw(TERMS))
    later = [
        Change(
            number=number,
            kind=draw(st.sampled_from([VersionKind.AMENDMENT, VersionKind.RENEWAL])),
            state=draw(st.sampled_from(VersionState.values)),
            effective_from=draw(DAYS),
            changes=draw(TERMS),
        )
        for number in range(2, 2 + draw(st.integers(0, 6)))
    ]
    return [base, *later]


@settings(max_examples=300, deadline=None)
@given(histories(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    history: list[Change], on: datetime.date, rng: Any
) -> None:
    shuffled = history[:]
    rng.shuffle(shuffled)
    assert effective_terms(shuffled, on=on) == effective_terms(history, on=on)


@settings(max_examples=200, deadline=None)
@given(histories(), DAYS)
def test_the_same_change_twice_is_once(history: list[Change], on: datetime.date) -> None:
    assert effective_terms(history + history, on=on) == effective_terms(history, on=on)


@settings(max_examples=200, deadline=None)
@given(histories(), DAYS)
def test_what_is_not_signed_never_counts(history: list[Change], on: datetime.date) -> None:
    signed = [change for change in history if change.state == SIGNED]
    assert effective_terms(history, on=on) == effective_terms(signed, on=on)


@settings(max_examples=200, deadline=None)
@given(histories(), DAYS)
def test_each_term_is_that_of_the_last_change_that_names_it(
    history: list[Change], on: datetime.date
) -> None:
    terms = effective_terms(history, on=on)
    for code, value in terms.items():
        named = [
            change
            for change in history
            if change.state == SIGNED and change.effective_from <= on and code in change.changes
        ]
        last = max(named, key=lambda c: (c.kind != BASE, c.effective_from, c.number))
        assert value == last.changes[code]


@settings(max_examples=100, deadline=None)
@given(histories())
def test_nothing_holds_before_the_first_day(history: list[Change]) -> None:
    assert effective_terms(history, on=DAY - datetime.timedelta(days=1)) == {}


@pytest.mark.parametrize("state", ENDED_STATES)
def test_without_a_signed_base_nothing_holds(state: str) -> None:
    base = Change(number=1, kind=BASE, state=state, effective_from=DAY, changes={"a": 1})
    assert effective_terms([base], on=DAY) == {}


TURNS = st.lists(st.tuples(st.sampled_from(["suspended", "resumed"]), DAYS), max_size=6)


@settings(max_examples=200, deadline=None)
@given(TURNS, DAYS)
def test_a_day_is_suspended_exactly_in_the_suspended_periods(
    pairs: list[tuple[str, datetime.date]], on: datetime.date
) -> None:
    days = sorted({day for _, day in pairs})
    turns = [Turn(kind=kind, on=day) for (kind, _), day in zip(pairs, days, strict=False)]
    stands_so = standing(starts_on=DAY, ends_on=None, turns=turns, on=on)
    inside = any(
        since <= on and (until is None or on < until) for since, until in suspended_periods(turns)
    )
    assert (stands_so == Standing.SUSPENDED) is inside


def test_a_day_knows_how_the_agreement_stands() -> None:
    facts = {"starts_on": DAY, "ends_on": datetime.date(2026, 4, 1)}
    before = DAY - datetime.timedelta(days=1)
    assert standing(**facts, turns=[], on=before) == Standing.NOT_YET
    assert standing(**facts, turns=[], on=DAY) == Standing.IN_FORCE
    assert standing(**facts, turns=[], on=datetime.date(2026, 4, 1)) == Standing.OVER
    ended = [Turn(kind=LifeEventKind.TERMINATED, on=DAY)]
    assert standing(**facts, turns=ended, on=DAY) == Standing.OVER
    assert standing(starts_on=None, ends_on=None, turns=[], on=DAY) == Standing.NOT_YET


PAY = TermField(
    code="pay", label="报酬", type=ValueType.MONEY, better=Better.HIGHER, concerns=("student",)
)
HOURS = TermField(
    code="hours", label="工时", type=ValueType.DECIMAL, unit="小时", better=Better.LOWER
)
MENTOR = TermField(code="mentor", label="导师", substantive=False)
ROLES = (
    PartyRole(code="student", label="学生", is_person=True),
    PartyRole(code="host", label="单位"),
)
KIND = AgreementKind(
    code="t", label="试", purpose="试", terms=(PAY, HOURS, MENTOR), roles=ROLES, clauses=()
)


def test_a_difference_says_what_it_means() -> None:
    before = {"pay": "3200.00", "hours": "8", "mentor": "甲"}
    after = {"pay": "3400.00", "hours": "9", "mentor": "乙"}
    found = differences(kind=KIND, before=before, after=after)
    assert [(item.label, item.consequence) for item in found] == [
        ("报酬", "变好"),
        ("工时", "变差"),
        ("导师", "有变化"),
    ]
    assert (found[0].before, found[0].after) == ("3,200 元", "3,400 元")
    assert differences(kind=KIND, before=before, after=before) == []


def test_a_change_concerns_the_roles_that_its_terms_name() -> None:
    assert roles_concerned(kind=KIND, codes=["pay"]) == {"student"}
    assert roles_concerned(kind=KIND, codes=["hours"]) == {"student", "host"}
    assert roles_concerned(kind=KIND, codes=["mentor"]) == set()


@pytest.mark.parametrize(
    ("type", "typed", "kept", "read"),
    [
        (ValueType.MONEY, "3200", "3200.00", "3,200 元"),
        (ValueType.DECIMAL, "8.50", "8.5", "8.5"),
        (ValueType.INTEGER, "12", 12, "12"),
        (ValueType.DATE, DAY, "2026-03-01", "2026年3月1日"),
        (ValueType.TIME, datetime.time(8, 30), "08:30", "08:30"),
        (ValueType.YES_NO, False, False, "否"),
        (ValueType.TEXT_LIST, "甲\n\n 乙 ", ["甲", "乙"], "甲；乙"),
        (ValueType.TEXT, " 甲 ", "甲", "甲"),
    ],
)
def test_values_are_kept_and_shown(type: ValueType, typed: Any, kept: Any, read: str) -> None:
    term = TermField(code="x", label="某项", type=type)
    assert normalised(term, typed) == kept
    assert shown(term, normalised(term, kept)) == read


@pytest.mark.parametrize(
    ("type", "typed"),
    [
        (ValueType.MONEY, "-1"),
        (ValueType.MONEY, "很多"),
        (ValueType.DECIMAL, "NaN"),
        (ValueType.INTEGER, "1.5"),
        (ValueType.DATE, "明天"),
        (ValueType.YES_NO, "yes"),
        (ValueType.CHOICE, "none"),
        (ValueType.TEXT, ""),
        (ValueType.TEXT, "字" * 501),
    ],
)
def test_wrong_values_are_refused_with_their_box(type: ValueType, typed: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        normalised(TermField(code="x", label="某项", type=type), typed)
    assert refusal.value.field == "x"
    assert "某项" in refusal.value.sentence


def test_clauses_stand_on_their_conditions() -> None:
    clause = Clause(heading="报酬", text="付{pay}。", when=(("pay", ""), ("ok", True)))
    assert stands(clause, {"pay": "1.00", "ok": True})
    assert not stands(clause, {"pay": None, "ok": True})
    assert not stands(clause, {"pay": "1.00", "ok": False})
    assert filled(clause.text, kind=KIND, terms={"pay": "1.00"}) == "付1 元。"
    assert [chinese(n) for n in (1, 10, 12, 20, 35)] == ["一", "十", "十二", "二十", "三十五"]


@pytest.mark.parametrize("kind", declared_kinds(), ids=lambda kind: kind.code)
def test_the_text_of_a_declared_kind_shows_every_term(kind: AgreementKind) -> None:
    named = {code for clause in kind.clauses for code in places_in(clause.text)}
    decided = {code for clause in kind.clauses for code, _ in clause.when}
    assert named <= set(kind.terms_by_code)
    assert set(kind.terms_by_code) - named - decided == set()
    assert {role for term in kind.terms for role in term.concerns} <= set(kind.roles_by_code)


@pytest.mark.parametrize("kind", declared_kinds(), ids=lambda kind: kind.code)
def test_what_a_kind_owes_the_student_changes_with_every_signature(kind: AgreementKind) -> None:
    roles = set(kind.roles_by_code)
    for term in kind.all_terms:
        if term.substantive and "student" in roles:
            assert roles_concerned(kind=kind, codes=[term.code]) == roles, term.code


def test_who_trains_and_who_is_trained_do_not_ask_each_other_about_money() -> None:
    kind = kind_named("enterprise_apprenticeship_training")
    assert roles_concerned(kind=kind, codes=["pay"]) == {"apprentice", "enterprise"}
    assert roles_concerned(kind=kind, codes=["fee"]) == {"enterprise", "trainer"}
    assert roles_concerned(kind=kind, codes=["training_hours"]) == set(kind.roles_by_code)


def test_the_internship_agreement_has_the_nine_mandatory_matters() -> None:
    groups = {term.group for term in kind_named("internship").terms if term.required}
    assert groups >= {
        "实习内容与条件",
        "工作时间与休息",
        "食宿与交通",
        "报酬与支付",
        "劳动保护与权益",
        "保险与事故处理",
        "实习考核",
        "违约责任",
    }


def test_notice_is_counted_in_days() -> None:
    facts = {"today": DAY, "ends_on": datetime.date(2027, 1, 1), "notice_days": 30}
    early, late = DAY + datetime.timedelta(days=29), DAY + datetime.timedelta(days=30)
    assert reason_termination_unfit(**facts, on=early, at_once=False)
    assert reason_termination_unfit(**facts, on=early, at_once=True) is None
    assert reason_termination_unfit(**facts, on=late, at_once=False) is None


DEFINITION: dict[str, Any] = {
    "signing_working_days": 10,
    "notice_days": 15,
    "roles": [{"code": "a", "label": "甲方"}, {"code": "b", "label": "乙方"}],
    "terms": [{"code": "price", "label": "价款", "type": "money"}],
    "clauses": [{"heading": "价款", "text": "价款为{price}，到{ends_on}止。"}],
}


def test_a_whole_definition_has_no_fault() -> None:
    assert faults_of(DEFINITION) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"roles": [{"code": "a", "label": "甲方"}]}, "至少要有两个角色"),
        ({"terms": []}, "“price”没有定义"),
        ({"clauses": []}, "还没有条款文本"),
        ({"signing_working_days": 0}, "签署期限应为"),
        ({"terms": [{"code": "价", "label": "价款", "type": "money"}]}, "应以小写字母开头"),
        ({"terms": [{"code": "price", "label": "价款", "type": "choice"}]}, "至少要有两个选项"),
        (
            {"terms": [{"code": "price", "label": "价款", "type": "money", "concerns": ["c"]}]},
            "涉及的角色“c”不存在",
        ),
        ({"clauses": [{"heading": "一", "text": "到{ends_on}止。"}]}, "签字人看不到它"),
    ],
)
def test_a_faulty_definition_is_told_in_sentences(change: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in faults_of({**DEFINITION, **change}))
