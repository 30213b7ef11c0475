"""A parameter's value is set from a day on, by a clause, and never written over."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.commands.parameters import set_parameter
from silian.registers.policies.models import Parameter
from silian.registers.policies.queries.parameters import parameter_value, parameters_in_force
from silian.registers.policies.rules.parameters import Setting
from tests.registers.policies.library.stage import ISSUED, make_document, make_parameter
from tests.world import CITY, COUNTY, OTHER_CITY, World

pytestmark = pytest.mark.django_db
LATER = datetime.date(2026, 6, 1)
END = datetime.date(2026, 12, 31)
PROVINCE = "990000"


def settle(world: World, parameter: Parameter, **facts: Any) -> Parameter:
    values: dict[str, Any] = {
        "value": Decimal(2000),
        "low": None,
        "high": None,
        "valid_from": LATER,
        "valid_to": None,
        "source": "青人社发〔2026〕3号",
        "place": "第二条",
        "clause_id": None,
        "reason": "",
        "is_correction": False,
    }
    return set_parameter(
        parameter_id=parameter.pk,
        division=facts.pop("division", CITY),
        setting=Setting(**{**values, **facts}),
        actor=facts.pop("actor", world.coordinator.actor),
        now=timezone.now(),
    )


def value(on: datetime.date, division: str = CITY) -> Any:
    found = parameter_value(code="P07", division=division, on=on)
    return found.value if found else "none"


def test_a_value_counts_from_its_day_and_the_open_row_stays(world: World) -> None:
    opened = make_parameter()
    settle(world, opened)
    assert (value(ISSUED), value(LATER)) == (None, Decimal(2000))
    assert Parameter.objects.filter(pk=opened.pk, value__isnull=True).exists()


def test_an_open_row_can_be_filled_from_its_own_day(world: World) -> None:
    opened = make_parameter()
    filled = settle(world, opened, valid_from=ISSUED)
    assert value(ISSUED) == Decimal(2000)
    assert filled.corrects == opened
    assert filled.reason


def test_a_new_value_may_not_reach_back(world: World) -> None:
    opened = make_parameter(value=Decimal(1800))
    with pytest.raises(DomainError, match="更正"):
        settle(world, opened, valid_from=ISSUED)


def test_a_correction_stands_for_the_wrong_row_and_keeps_it(world: World) -> None:
    wrong = make_parameter(value=Decimal(180))
    settle(world, wrong, valid_from=ISSUED, is_correction=True, reason="少录一位")
    assert value(ISSUED) == Decimal(2000)
    assert Parameter.objects.get(pk=wrong.pk).value == Decimal(180)


def test_a_row_is_corrected_once(world: World) -> None:
    wrong = make_parameter(value=Decimal(180))
    settle(world, wrong, valid_from=ISSUED, is_correction=True, reason="少录一位")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_parameter(corrects=wrong, reason="再录一次")


def test_the_nearest_level_wins_and_says_so(world: World) -> None:
    make_parameter(division_id=PROVINCE, value=Decimal(1500))
    assert value(LATER, COUNTY) == Decimal(1500)
    make_parameter(value=Decimal(1800))
    assert (value(LATER, COUNTY), value(LATER, PROVINCE)) == (Decimal(1800), Decimal(1500))
    [row] = parameters_in_force(division=COUNTY, on=LATER, actor=world.anonymous.actor)
    assert row.origin == "青澜市（沿用）"


def test_an_open_city_row_is_not_filled_by_the_province(world: World) -> None:
    make_parameter(division_id=PROVINCE, value=Decimal(1500))
    make_parameter()
    assert value(LATER) is None


def test_a_city_takes_a_province_parameter_over_with_its_own_value(world: World) -> None:
    wide = make_parameter(division_id=PROVINCE, value=Decimal(1500))
    settle(world, wide)
    assert (value(LATER), value(LATER, PROVINCE)) == (Decimal(2000), Decimal(1500))


def test_an_ended_value_counts_no_more(world: World) -> None:
    settle(world, make_parameter(), valid_to=END)
    assert (value(END - datetime.timedelta(days=1)), value(END)) == (Decimal(2000), None)


def test_only_the_coordinator_of_the_region_sets_values(world: World) -> None:
    opened = make_parameter()
    for person in (world.reviewer, world.supervisor, world.leader, world.enterprise):
        with pytest.raises(NotAllowed):
            settle_as(world, opened, person.actor)
    elsewhere = make_parameter(division_id=OTHER_CITY, code="P08")
    with pytest.raises(NotAllowed):
        settle(world, elsewhere, division=OTHER_CITY)


def settle_as(world: World, parameter: Parameter, actor: Any) -> None:
    setting = Setting(
        value=Decimal(1), low=None, high=None, valid_from=LATER, valid_to=None, source="x",
        place="", clause_id=None, reason="", is_correction=False,
    )  # fmt: skip
    set_parameter(
        parameter_id=parameter.pk, division=CITY, setting=setting, actor=actor, now=timezone.now()
    )


def test_a_clause_of_a_draft_is_no_basis(world: World) -> None:
    draft = make_document(world, state=DocumentState.REVIEWING, issued_at=None)
    with pytest.raises(DomainError, match="条款"):
        settle(world, make_parameter(), clause_id=draft.clauses.first().pk)


def test_parameters_of_a_draft_are_not_shown(world: World) -> None:
    draft = make_document(world, state=DocumentState.REVIEWING, issued_at=None)
    hidden = make_parameter(document=draft, title="未公布的标准", value=Decimal(9))
    client = world.anonymous.client
    page = client.get(reverse("policies:parameter_list"), {"division": CITY}).content.decode()
    assert "未公布的标准" not in page
    detail = client.get(reverse("policies:parameter_detail", args=[hidden.pk]))
    assert detail.status_code == 404
    assert parameter_value(code="P07", division=CITY, on=LATER) is None


def test_the_form_shows_the_refusal_and_keeps_what_was_typed(world: World) -> None:
    opened = make_parameter(value=Decimal(1800))
    url = reverse("policies:parameter_set", args=[opened.pk])
    response = world.coordinator.client.post(
        url, {"value": "2000", "valid_from": ISSUED.isoformat(), "source": "青人社发〔2026〕3号"}
    )
    assert response.status_code == 422
    assert "更正" in response.content.decode()
    assert "青人社发" in response.content.decode()


def test_the_page_reads_unset_in_words(world: World) -> None:
    make_parameter()
    page = world.anonymous.client.get(
        reverse("policies:parameter_list"), {"division": CITY}
    ).content.decode()
    assert "未设定" in page
    assert "青政办发〔2026〕6号" in page


def test_the_list_costs_the_same_with_three_and_with_thirty(
    world: World, django_assert_max_num_queries: object
) -> None:
    counts = []
    for most in (3, 30):
        for number in range(Parameter.objects.count(), most):
            make_parameter(code=f"P{number:02d}", value=Decimal(number))
        with django_assert_max_num_queries(15) as asked:  # type: ignore[operator]
            world.anonymous.client.get(reverse("policies:parameter_list"), {"division": CITY})
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
