"""A region opens a parameter that its policy leaves open, sets dated values, takes rows back."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.policies.commands.parameter_opening import (
    open_parameter,
    withdraw_parameter,
)
from silian.registers.policies.commands.parameters import set_parameter
from silian.registers.policies.demo.parameters import open_award
from silian.registers.policies.gateways.open_parameters import rulebook_kinds
from silian.registers.policies.models import Parameter, PolicyDocument
from silian.registers.policies.queries.parameters import parameter_value
from silian.registers.policies.rules.parameter_opening import Opening
from silian.registers.policies.rules.parameters import Setting
from tests.registers.policies.library.stage import ISSUED, make_document, make_parameter
from tests.world import CITY, Person, World

pytestmark = pytest.mark.django_db
ZONE = datetime.timezone(datetime.timedelta(hours=8))
LATER = datetime.date(2026, 6, 1)
CODE, NAME = "P06", "skill_award_amount"


def moment(day: int) -> datetime.datetime:
    """A day of July 2026, at noon."""
    return datetime.datetime(2026, 7, day, 12, tzinfo=ZONE)


def opening(**facts: Any) -> Opening:
    values: dict[str, Any] = {
        "code": CODE,
        "name": NAME,
        "key": "高级工",
        "title": "职工技能提升奖补金额",
        "unit": "元",
        "meaning": "职工取得高级工证书后按人奖补，由技能管理部门办理。",
        "force": "mandatory",
        "valid_from": ISSUED,
        "clause_id": None,
        "source": "青政办发〔2026〕6号",
        "place": "二（二）",
    }
    return Opening(**{**values, **facts})


def opened(world: World, *, by: Person | None = None, on: int = 1, **facts: Any) -> Parameter:
    return open_parameter(
        opening=opening(**facts),
        division=CITY,
        actor=(by or world.coordinator).actor,
        now=moment(on),
    )


def settle(world: World, row: Parameter, *, on: int = 2, **facts: Any) -> Parameter:
    values: dict[str, Any] = {
        "value": Decimal(1500), "low": None, "high": None, "valid_from": LATER,
        "valid_to": None, "source": "青人社发〔2026〕3号", "place": "第二条", "clause_id": None,
        "reason": "", "is_correction": False,
    }  # fmt: skip
    by = facts.pop("by", world.coordinator)
    return set_parameter(
        parameter_id=row.pk, division=CITY, setting=Setting(**{**values, **facts}),
        actor=by.actor, now=moment(on),
    )  # fmt: skip


def take_back(world: World, row: Parameter, *, on: int = 9, reason: str = "录错") -> Parameter:
    return withdraw_parameter(
        parameter_id=row.pk, reason=reason, actor=world.coordinator.actor, now=moment(on)
    )


def value(*, on: datetime.date = LATER, known: int | None = None) -> Any:
    found = parameter_value(
        code=CODE, name=NAME, key="高级工", division=CITY, on=on,
        known_at=moment(known) if known else None,
    )  # fmt: skip
    return "none" if found is None else found.value


def test_an_opened_parameter_is_there_and_unset(world: World) -> None:
    row = opened(world)
    assert value() is None
    assert (row.set_by, row.meaning[:2]) == (world.coordinator.user, "职工")
    assert [act.action for act in history_of(row)] == ["policies.parameter.opened"]


def test_a_value_is_set_with_document_and_days(world: World) -> None:
    settle(world, opened(world), valid_to=datetime.date(2027, 1, 1))
    assert (value(on=ISSUED), value()) == (None, Decimal(1500))
    assert value(on=datetime.date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"code": "六"}, "大写字母"),
        ({"title": ""}, "名称"),
        ({"meaning": ""}, "含义"),
        ({"unit": ""}, "单位"),
        ({"source": ""}, "条款"),
        ({"place": ""}, "条款"),
    ],
)
def test_an_opening_says_what_it_is_and_on_what_it_rests(
    world: World, fault: dict[str, Any], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        opened(world, **fault)


def test_a_parameter_is_opened_once(world: World) -> None:
    opened(world)
    with pytest.raises(DomainError, match="已有"):
        opened(world, valid_from=LATER)
    assert opened(world, key="技师").key == "技师"


def test_a_value_taken_back_leaves_the_one_before(world: World) -> None:
    row = opened(world)
    settle(world, row)
    wrong = settle(world, row, on=3, value=Decimal(9999), valid_from=datetime.date(2026, 7, 1))
    take_back(world, wrong)
    assert value(on=datetime.date(2026, 8, 1)) == Decimal(1500)
    assert Parameter.objects.get(pk=wrong.pk).value == Decimal(9999)


def test_a_correction_taken_back_brings_the_first_value_again(world: World) -> None:
    row = opened(world)
    settle(world, row)
    fixed = settle(world, row, on=3, value=Decimal(1800), is_correction=True, reason="录错")
    again = take_back(world, fixed)
    assert value() == Decimal(1500)
    take_back(world, again, on=10)
    assert value() is None, "the first value is gone, the opening stands"


def test_a_value_from_the_first_day_taken_back_leaves_the_parameter_open(world: World) -> None:
    row = opened(world)
    filled = settle(world, row, valid_from=ISSUED)
    open_again = take_back(world, filled)
    assert value() is None
    take_back(world, open_again, on=10)
    assert value() == "none"


def test_what_was_known_then_stays_to_be_asked(world: World) -> None:
    row = opened(world, on=1)
    settle(world, row, on=2)
    fixed = settle(world, row, on=5, value=Decimal(1800), is_correction=True, reason="录错")
    take_back(world, fixed, on=9)
    assert value(known=1) is None
    assert (value(known=3), value(known=6), value(known=10)) == (1500, 1800, 1500)


def test_an_opening_stays_while_values_rest_on_it(world: World) -> None:
    row = opened(world)
    set_value = settle(world, row)
    with pytest.raises(DomainError, match="1 个数值"):
        take_back(world, row)
    take_back(world, set_value)
    take_back(world, row)
    assert value() == "none"
    with pytest.raises(DomainError, match="重新开设"):
        settle(world, row)


def test_what_was_taken_back_is_opened_and_set_again(world: World) -> None:
    row = opened(world)
    take_back(world, row)
    again = opened(world, on=10)
    set_value = settle(world, again, on=11)
    take_back(world, set_value, on=12)
    settle(world, again, on=13, value=Decimal(1600))
    assert value() == Decimal(1600)


def test_a_row_is_taken_back_once_with_a_reason_and_only_if_entered_here(world: World) -> None:
    row = opened(world)
    with pytest.raises(DomainError, match="理由"):
        take_back(world, row, reason=" ")
    take_back(world, row)
    with pytest.raises(DomainError, match="已经更正或撤回"):
        take_back(world, row)
    with pytest.raises(DomainError, match="随政策载入"):
        take_back(world, make_parameter())


def test_a_withdrawal_has_no_value_in_the_database_either(world: World) -> None:
    row = opened(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_parameter(withdraws=True, corrects=row, reason="错", value=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_parameter(withdraws=True)


def own_document(person: Person, world: World) -> PolicyDocument:
    return make_document(world, owner=person.organisation, document_number="青人社发〔2026〕9号")


def test_the_department_that_issued_the_policy_opens_and_sets_by_it(world: World) -> None:
    clause = own_document(world.reviewer, world).clauses.first()
    assert clause is not None
    row = opened(world, by=world.reviewer, clause_id=clause.pk)
    assert row.source == "青人社发〔2026〕9号"
    settled = settle(world, row, by=world.reviewer)
    withdraw_parameter(
        parameter_id=settled.pk, reason="录错", actor=world.reviewer.actor, now=moment(9)
    )
    assert value() is None


def test_a_department_does_not_open_by_the_policy_of_another(world: World) -> None:
    clause = own_document(world.supervisor, world).clauses.first()
    assert clause is not None
    with pytest.raises(NotAllowed):
        opened(world, by=world.reviewer, clause_id=clause.pk)
    with pytest.raises(NotAllowed):
        opened(world, by=world.reviewer)
    for person in (world.supervisor, world.leader, world.enterprise):
        with pytest.raises(NotAllowed):
            opened(world, by=person)


def test_the_form_offers_what_the_rules_read(world: World) -> None:
    kinds = {(kind.name, kind.code) for kind in rulebook_kinds()}
    assert (NAME, CODE) in kinds
    page = world.coordinator.client.get(reverse("policies:parameter_open")).content.decode()
    assert "职工技能提升" in page


def test_a_known_kind_is_opened_under_its_own_name(world: World) -> None:
    kind = next(kind for kind in rulebook_kinds() if kind.name == NAME)
    typed = {
        "kind": kind.token, "meaning": "按人奖补", "source": "青政办发〔2026〕6号",
        "place": "二（二）", "force": "mandatory", "valid_from": ISSUED.isoformat(),
    }  # fmt: skip
    client = world.coordinator.client
    sent = client.post(reverse("policies:parameter_open"), typed)
    row = Parameter.objects.get(name=NAME)
    assert sent.url == row.get_absolute_url()
    assert (row.code, row.title, row.unit) == (kind.code, kind.title, kind.unit)
    refused = client.post(reverse("policies:parameter_open"), {**typed, "meaning": "再开"})
    assert refused.status_code == 422
    assert "已有" in refused.content.decode()
    assert "再开" in refused.content.decode()


def test_the_page_tells_history_meaning_and_what_was_known(world: World) -> None:
    row = opened(world)
    settle(world, row)
    fixed = settle(world, row, on=5, value=Decimal(1800), is_correction=True, reason="录错")
    asked = {"on": "2026-06-02", "known": "2026-07-03"}
    page = world.coordinator.client.get(fixed.get_absolute_url(), asked).content.decode()
    assert "1,500 元" in page.split("所知，")[1]
    assert "由技能管理部门办理" in page
    assert "撤回这一条" in page
    public = world.anonymous.client.get(fixed.get_absolute_url()).content.decode()
    assert "撤回这一条" not in public
    url = reverse("policies:parameter_withdraw", args=[fixed.pk])
    world.coordinator.client.post(url, {"reason": "更正有误"})
    assert value() == Decimal(1500)
    shown = world.coordinator.client.get(fixed.get_absolute_url()).content.decode()
    assert "已撤回" in shown


def test_the_demonstration_city_opened_one_and_put_its_value_right(world: World) -> None:
    today = datetime.date(2026, 7, 20)
    row = open_award(
        division=CITY, clause=None, first_day=ISSUED, on=today, actor=world.coordinator.actor
    )
    assert value(on=today) == Decimal(1800)
    assert Parameter.objects.filter(name=row.name).count() == 3
