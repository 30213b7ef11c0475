"""Every kind declares itself wholly and has a form that can be sent."""

from __future__ import annotations

import pytest

from silian.operations.exchange.forms.listing import ListingForm
from silian.operations.exchange.kinds import kind_of, listing_kinds
from silian.operations.exchange.kinds.declaration import FieldType
from silian.operations.exchange.rules.listing_content import COLUMNS, faults_of
from silian.registers.organisations.choices import OrganisationKind
from tests.operations.exchange.listings.stage import form_data, make_occupation, whole_content
from tests.world import World

KINDS = sorted(listing_kinds())
SIDES = [(code, side.value) for code in KINDS for side in kind_of(code).sides_in_order]
WANTED = {
    "job",
    "internship",
    "apprenticeship",
    "graduate_cohort",
    "order_class",
    "cooperation",
    "technical_problem",
    "research_result",
    "technical_service",
    "integration_service",
    "equipment_hours",
    "training_places",
    "course_package",
    "teacher_mentor",
    "venue",
    "finance_product",
    "demonstration_project",
}


def test_every_wanted_kind_is_declared_once_and_in_its_own_place() -> None:
    assert set(KINDS) >= WANTED
    orders = [kind.order for kind in listing_kinds().values()]
    assert len(orders) == len(set(orders))


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_names_real_organisations_and_its_own_fields_only(code: str) -> None:
    kind = kind_of(code)
    assert kind.publishers | kind.answerers <= set(OrganisationKind.values)
    names = [item.name for item in kind.fields]
    assert len(names) == len(set(names))
    assert not set(names) & {*COLUMNS, "division", "occupation", "industry", "last_on"}
    assert kind.sides
    assert kind.forms
    assert kind.outcome
    assert kind.answer_label


@pytest.mark.parametrize("code", KINDS)
def test_a_choice_has_choices_and_a_number_has_a_unit(code: str) -> None:
    for item in kind_of(code).fields:
        assert bool(item.choices) == (item.type in (FieldType.CHOICE, FieldType.CHOICES))
        assert item.unit or item.type not in (FieldType.NUMBER, FieldType.MONEY)


@pytest.mark.parametrize(("code", "side"), SIDES)
def test_a_whole_content_of_each_kind_has_no_faults(code: str, side: str) -> None:
    assert faults_of(whole_content(kind=code, side=side), kind=kind_of(code)) == []


@pytest.mark.parametrize(("code", "side"), SIDES)
def test_the_form_of_each_kind_takes_a_whole_content(code: str, side: str, world: World) -> None:
    make_occupation()
    content = whole_content(kind=code, side=side)
    form = ListingForm(form_data(content), kind=kind_of(code), side=side)
    assert form.is_valid(), form.errors
    assert form.content() == content


@pytest.mark.parametrize(("code", "side"), SIDES)
def test_an_empty_form_names_each_required_field(code: str, side: str, world: World) -> None:
    kind = kind_of(code)
    form = ListingForm({}, kind=kind, side=side)
    assert not form.is_valid()
    required = {item.name for item in kind.fields_on(side=side) if item.required}
    assert required | {"title", "division"} <= set(form.errors)


def test_a_draft_needs_a_title_and_a_region_only(world: World) -> None:
    data = {"title": "先写个标题", "division": "990104"}
    form = ListingForm(data, kind=kind_of("job"), side="demand", whole=False)
    assert form.is_valid(), form.errors
