"""Built-in schemes: complete, without a fault, every number with a source."""

from __future__ import annotations

import pytest

from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.choices.schemes import CriterionKind
from silian.casework.reviews.gateways.rulebooks import built_in_schemes
from silian.casework.reviews.queries.platform_data import known_data
from silian.casework.reviews.queries.regional_values import regional_overrides
from silian.casework.reviews.rules.definition import Values, definition_of
from silian.casework.reviews.rules.definition_faults import faults_of
from silian.casework.reviews.rules.progress import stages_of
from silian.foundation.reference.models import Division

CODES = {
    "integrated_enterprise",
    "integrated_city",
    "integrated_industry",
    "integrated_alliance",
    "demonstration_base",
    "engineering_project",
    "training_base",
    "dual_qualified_junior",
    "dual_qualified_intermediate",
    "dual_qualified_senior",
    "cooperation_project",
    "new_programme",
    "school_building",
    "experience_case",
    "city_consortium",
}


def test_every_programme_of_recognition_is_there() -> None:
    assert set(built_in_schemes()) == CODES


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_built_in_scheme_has_no_fault(code: str) -> None:
    assert faults_of(built_in_schemes()[code].definition, known=known_data()) == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_number_of_a_scheme_says_where_it_stands(code: str) -> None:
    content = definition_of(built_in_schemes()[code].definition)
    assert [row.code for row in content.parameters if not row.basis] == []
    values = Values(definition=content)
    assert values.days(content.procedure.notice_days) == 7
    assert stages_of(values)[0] == "submitted"


def test_an_enterprise_builds_for_a_year_and_stays_away_for_five_after_removal() -> None:
    content = definition_of(built_in_schemes()["integrated_enterprise"].definition)
    values, after = Values(definition=content), content.consequence
    assert after.first_state == RecognitionState.INCUBATING
    assert values.days(after.least_incubation_days) == 365
    assert values.number(after.ban_years) == 5
    assert [(duty.month, duty.day) for duty in after.duties if duty.code == "yearly_report"] == [
        (1, 31)
    ]
    assert len(after.exits) == 4
    assert {row.code for row in after.benefits} == {"finance", "tax", "land", "credit"}


def test_an_enterprise_meets_one_of_six_conditions_and_uncertain_numbers_only_warn() -> None:
    content = definition_of(built_in_schemes()["integrated_enterprise"].definition)
    assert content.gateway is not None
    takes_part = next(row for row in content.gateway.children if row.code == "takes_part")
    assert takes_part.kind == CriterionKind.ANY_OF
    assert len(takes_part.children) == 6
    assert takes_part.only_warns


def test_a_consortium_is_removed_after_two_years_unfinished() -> None:
    content = definition_of(built_in_schemes()["city_consortium"].definition)
    assert Values(definition=content).number(content.consequence.misses_to_removal) == 2
    days = {duty.code: (duty.month, duty.day) for duty in content.consequence.duties}
    assert days == {"yearly_plan": (1, 31), "self_assessment": (12, 31)}


def test_a_region_has_its_own_number_with_reason_and_basis() -> None:
    ningbo = Division(code="330200", path=["330000", "330200"])
    own = regional_overrides(scheme="dual_qualified_junior", division=ningbo)
    assert own["practice_months"]["value"] == "5"
    assert own["practice_months"]["basis"]
    elsewhere = Division(code="530300", path=["530000", "530300"])
    assert regional_overrides(scheme="dual_qualified_junior", division=elsewhere) == {}
