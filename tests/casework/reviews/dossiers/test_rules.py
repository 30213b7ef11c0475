"""Rules of offices, calls, form filling and differences, without a database."""

from __future__ import annotations

import datetime

import pytest

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.choices.schemes import SubjectKind
from silian.casework.reviews.rules.campaigns import reason_call_closed, reason_wrong_overrides
from silian.casework.reviews.rules.definition import definition_of
from silian.casework.reviews.rules.dossiers import (
    changes_between,
    completeness,
    digest_of,
    fixable_codes,
    reason_not_startable,
    reason_wrong_subject,
    sections,
)
from silian.casework.reviews.rules.offices import Office, office_for, office_gaps
from tests.casework.reviews import stage

DEFINITION = definition_of(stage.definition(procedure={"levels": stage.LEVELS}))
OPENS, CLOSES = datetime.date(2026, 3, 1), datetime.date(2026, 4, 1)
FIT = {
    "allowed_kinds": ["enterprise"],
    "kind": "enterprise",
    "is_verified": True,
    "is_inside": True,
    "is_organiser": False,
    "region": "青澜市",
}


def office(division: str, *, level: str = "county", unit: int = 1) -> Office:
    return Office(level=level, department=stage.INDUSTRY, division=division, organisation_id=unit)


def test_the_county_speaks_before_the_city() -> None:
    offices = [office("990100", unit=1), office("990104", unit=2)]
    found = office_for(offices, level="county", department=stage.INDUSTRY, division="990104")
    assert found is not None
    assert found.organisation_id == 2


def test_the_city_speaks_where_the_county_has_nobody() -> None:
    found = office_for(
        [office("990100")], level="county", department=stage.INDUSTRY, division="990105"
    )
    assert found is not None
    assert found.organisation_id == 1


def test_every_level_and_department_without_an_office_is_a_gap_for_each_county() -> None:
    gaps = office_gaps(
        levels=DEFINITION.procedure.levels,
        offices=[office("990104")],
        divisions=["990104", "990105"],
    )
    assert [(gap.level.code, gap.department, gap.division) for gap in gaps] == [
        ("county", "工业和信息化", "990105"),
        ("city", "工业和信息化", "990104"),
        ("city", "工业和信息化", "990105"),
        ("city", "财政", "990104"),
        ("city", "财政", "990105"),
    ]


@pytest.mark.parametrize(
    ("state", "on", "word"),
    [
        (CampaignState.OPEN, datetime.date(2026, 2, 28), "开始"),
        (CampaignState.OPEN, CLOSES, "截止"),
        (CampaignState.CANCELLED, OPENS, "已取消"),
    ],
)
def test_a_call_takes_applications_only_while_it_is_open(
    state: CampaignState, on: datetime.date, word: str
) -> None:
    reason = reason_call_closed(state=state, opens_on=OPENS, closes_on=CLOSES, on=on)
    assert reason is not None
    assert word in reason


def test_the_first_and_the_last_day_of_a_call_are_within_it() -> None:
    for day in (OPENS, CLOSES - datetime.timedelta(days=1)):
        assert (
            reason_call_closed(state=CampaignState.OPEN, opens_on=OPENS, closes_on=CLOSES, on=day)
            is None
        )


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"nothing": {"value": "1"}}, "没有"),
        ({"interns": {"value": "许多", "reason": "a", "basis": "b"}}, "数字"),
        ({"interns": {"value": "40", "reason": "", "basis": "b"}}, "理由"),
        ({"interns": {"value": "40", "reason": "a", "basis": " "}}, "依据"),
    ],
)
def test_a_regional_value_is_a_number_with_reason_and_basis(
    said: dict[str, dict[str, str]], word: str
) -> None:
    assert word in str(reason_wrong_overrides(DEFINITION, said))


def test_a_whole_regional_value_stands() -> None:
    said = {"interns": {"value": "40", "reason": "本地企业规模小", "basis": "市办法第三条"}}
    assert reason_wrong_overrides(DEFINITION, said) is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"is_verified": False}, "核验"),
        ({"kind": "school"}, "类别"),
        ({"is_inside": False}, "青澜市"),
        ({"is_organiser": True}, "回避"),
    ],
)
def test_who_may_not_apply_hears_why(change: dict[str, object], word: str) -> None:
    assert word in str(reason_not_startable(**{**FIT, **change}))  # type: ignore[arg-type]


def test_who_fits_may_apply() -> None:
    assert reason_not_startable(**FIT) is None  # type: ignore[arg-type]


def test_a_person_must_be_chosen_and_a_matter_named() -> None:
    assert reason_wrong_subject(subject=SubjectKind.PERSON, has_person=False, name="甲")
    assert reason_wrong_subject(subject=SubjectKind.MATTER, has_person=False, name=" ")
    assert reason_wrong_subject(subject=SubjectKind.MATTER, has_person=False, name="基地") is None


def test_completeness_counts_answers_and_files_that_are_asked() -> None:
    empty = completeness(DEFINITION, {}, filed=frozenset())
    assert (empty.asked, empty.answered, empty.is_whole) == (4, 0, False)
    full = completeness(DEFINITION, stage.ANSWERS, filed=frozenset({"hosted"}))
    assert (full.asked, full.answered, full.is_whole) == (4, 4, True)


def test_an_answer_that_leads_to_a_question_makes_it_count() -> None:
    said = {**stage.ANSWERS, "co_runs": True}
    open_ones = completeness(DEFINITION, said, filed=frozenset({"hosted"}))
    assert [field.code for field in open_ones.missing] == ["college"]


def test_the_form_falls_into_sections_in_its_order() -> None:
    assert [(row.place, row.title) for row in sections(DEFINITION)] == [
        (1, "基本情况"),
        (2, "合作情况"),
    ]


def test_a_fix_opens_what_it_names_and_what_hangs_on_it() -> None:
    assert fixable_codes(DEFINITION, [{"field": "co_runs"}]) == {"co_runs", "college"}
    assert fixable_codes(DEFINITION, [{"field": ""}]) == set(DEFINITION.fields_by_code)


def test_versions_differ_in_answers_and_files() -> None:
    old_file = {"field": "hosted", "name": "一.pdf", "sha256": "a"}
    new_file = {"field": "hosted", "name": "二.pdf", "sha256": "b"}
    changes = changes_between(
        DEFINITION,
        old=stage.ANSWERS,
        new={**stage.ANSWERS, "founded_on": "2011-01-01"},
        old_files=[old_file],
        new_files=[new_file],
    )
    assert [change.field.code for change in changes] == ["founded_on", "hosted"]
    assert changes[1].files_gone == ("一.pdf",)
    assert changes[1].files_new == ("二.pdf",)


def test_the_digest_does_not_depend_on_the_order_of_answers() -> None:
    turned = dict(reversed(stage.ANSWERS.items()))
    assert digest_of(stage.ANSWERS, []) == digest_of(turned, [])
    assert digest_of(stage.ANSWERS, []) != digest_of(stage.ANSWERS, [{"sha256": "a"}])
