"""Codes, names and grants, without a database."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.registers.organisations import rules
from silian.registers.organisations.choices import OrganisationKind, Role

DAY = datetime.date(2026, 3, 18)


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91110108551385082Q",
        "91530300MAWNQMPB20",
        " 9135 0100-m000100y43",
    ],
)
def test_the_published_codes_are_valid(code: str) -> None:
    assert rules.reason_uscc_invalid(code) is None


def test_one_wrong_character_is_found_and_named() -> None:
    assert "校验位不符" in (rules.reason_uscc_invalid("91350100M000100Y4A") or "")


def test_a_short_code_says_how_long_it_is() -> None:
    assert "现在是 17 位" in (rules.reason_uscc_invalid("91350100M000100Y4") or "")


def test_letters_that_look_like_digits_are_refused() -> None:
    assert "不使用 I、O、S、V、Z" in (rules.reason_uscc_invalid("9135O100M000100Y43") or "")


@pytest.mark.parametrize("code", ["551385082", "M000100Y4"])
def test_the_organisation_code_of_gb_11714_holds(code: str) -> None:
    assert rules.organisation_code_holds(code)


def test_a_doubtful_organisation_code_warns_and_refuses_nothing() -> None:
    code = "91530300MAWNQMPB20"
    assert "GB 11714" in (rules.caution_about_code(code) or "")
    assert rules.caution_about_code("91350100M000100Y43") is None
    assert rules.caution_about_code("") is None


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
def test_exactly_one_check_character_fits_each_organisation_code(body: str) -> None:
    fitting = [c for c in "0123456789X" if rules.organisation_code_holds(body + c)]
    assert len(fitting) == 1


@given(st.text(max_size=30))
def test_any_text_gets_an_answer_and_never_an_exception(text: str) -> None:
    reason = rules.reason_uscc_invalid(text)
    assert reason is None or reason.endswith("。")


def test_only_departments_and_alliances_may_go_without_a_code() -> None:
    assert rules.reason_code_missing(kind=OrganisationKind.GOVERNMENT, uscc="") is None
    assert rules.reason_code_missing(kind=OrganisationKind.ENTERPRISE, uscc="")


def test_the_core_of_a_name_is_what_distinguishes_it() -> None:
    assert rules.name_core("青澜启衡精密制造有限公司（演示）") == "青澜启衡精密制造"
    assert rules.name_core("集团") == "集团"


def test_names_that_differ_in_form_only_are_similar() -> None:
    one, other = (
        rules.name_core("启衡精密制造有限公司"),
        rules.name_core("启衡精密制造股份有限公司"),
    )
    assert rules.names_are_similar(one, other)
    assert not rules.names_are_similar(one, rules.name_core("澜动新能源有限公司"))


def test_a_name_is_found_by_syllables_and_by_initials() -> None:
    assert rules.pinyin_of("启衡精密") == "qihengjingmi qhjm"


def test_the_missing_papers_are_named() -> None:
    reason = rules.reason_not_submittable(documents=["licence"]) or ""
    assert "还缺 1 份材料" in reason
    assert "授权书" in reason
    assert rules.reason_not_submittable(documents=["licence", "mandate"]) is None


def test_a_manager_of_a_firm_cannot_make_teachers() -> None:
    assert Role.TEACHER not in rules.grantable_roles(roles=["manager"], kind="enterprise")
    assert Role.TEACHER in rules.grantable_roles(roles=["manager"], kind="school")


@pytest.mark.parametrize("role", sorted(rules.OFFICIAL_ROLES))
def test_nobody_gives_an_official_role_alone(role: Role) -> None:
    for own in Role:
        assert rules.reason_not_grantable(role=role, roles=[own], kind="government")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_managers_grant(role: Role) -> None:
    assert rules.grantable_roles(roles=[role], kind="school") == []


def test_the_three_administrators_exclude_each_other() -> None:
    for held in rules.ADMINISTRATOR_ROLES:
        for wanted in rules.ADMINISTRATOR_ROLES:
            assert rules.reason_administrators_clash(held=[held], wanted=wanted)
    assert rules.reason_administrators_clash(held=[Role.MANAGER], wanted=Role.AUDIT_ADMIN) is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"role": "student"}, "本人"),
        ({"is_delegated": True}, "不能再委托"),
        ({"ends_on": DAY}, "晚于今天"),
        ({"ends_on": DAY + datetime.timedelta(days=181)}, "180"),
        ({"role": "reviewer"}, "政务角色"),
    ],
)
def test_what_may_not_be_delegated_is_refused(change: dict[str, object], word: str) -> None:
    fine = {
        "role": "agent",
        "is_delegated": False,
        "ends_on": DAY + datetime.timedelta(days=10),
        "today": DAY,
        "delegate_roles": ["reader"],
    }
    assert rules.reason_not_delegable(**fine) is None
    assert word in (rules.reason_not_delegable(**{**fine, **change}) or "")


def test_a_scope_lies_within_the_department_s_own_division() -> None:
    fits = {"role": "reviewer", "jurisdiction": "990104", "home": "990100"}
    assert rules.reason_jurisdiction_unfit(**fits) is None
    assert rules.reason_jurisdiction_unfit(**{**fits, "jurisdiction": "530300"})
    assert rules.reason_jurisdiction_unfit(**{**fits, "jurisdiction": ""})
