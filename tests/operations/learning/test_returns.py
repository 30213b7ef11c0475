"""A return: begun, written, submitted, withdrawn, amended; who sees it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import file_readable_by, files_of
from silian.operations.learning.choices import ReturnState
from silian.operations.learning.commands import returns
from silian.operations.learning.gateways.rulebooks import deduction_of, verdicts_on
from silian.operations.learning.models.returns import FundReturn, ReturnCheck, ReturnVersion
from silian.operations.learning.permissions.fund import returns_visible_to
from silian.operations.learning.queries.returns import version_steps
from silian.registers.policies.models import Parameter
from tests.operations.learning import stage
from tests.operations.learning.stage import DUE_ON, NOW
from tests.world import CITY, World

SANMENXIA, QUJING = "411200", "530300"
LAST_DAY = datetime.date(2025, 12, 31)


def words(numbers: object, division: str) -> dict[str, str]:
    found = verdicts_on(numbers, division=division, on=LAST_DAY)  # type: ignore[arg-type]
    return {row.gate: row.word for row in found}


def seen_by(world: World, pk: int) -> set[str]:
    return {
        name
        for name, person in world.people.items()
        if returns_visible_to(person.actor).filter(pk=pk).exists()
    }


@pytest.mark.django_db
def test_the_numbers_of_the_law_come_from_the_rulebook() -> None:
    assert words(stage.figures(), SANMENXIA) == {
        "enough": "达到", "within": "达到", "frontline": "达到",
    }  # fmt: skip
    found = verdicts_on(stage.breach(), division=SANMENXIA, on=LAST_DAY)
    by_gate = {row.gate: row for row in found}
    assert by_gate["enough"].word == by_gate["frontline"].word == "不符合"
    assert by_gate["enough"].missing == Decimal("50000.00")
    assert by_gate["frontline"].required == "60%"
    assert by_gate["enough"].required == "1.5%—2.5%"
    assert "三政办〔2020〕9号" in by_gate["enough"].clause


@pytest.mark.django_db
def test_what_nobody_set_judges_nothing() -> None:
    assert words(stage.breach(), QUJING) == {"unset": "未设定", "frontline": "不符合"}


@pytest.mark.django_db
def test_the_rules_of_the_year_apply_and_not_those_of_today() -> None:
    before = verdicts_on(stage.breach(), division=SANMENXIA, on=datetime.date(2019, 12, 31))
    assert {row.word for row in before} == {"未设定"}


def test_what_the_city_set_itself_stands_first_and_a_soft_rule_is_a_gap(world: World) -> None:
    stage.parameters(force="encouraged")
    assert set(words(stage.breach(), CITY).values()) == {"差距", "达到"}


def test_uncertain_evidence_only_warns(world: World) -> None:
    stage.parameters(evidence="K-M")
    assert words(stage.breach(), CITY)["enough"] == "提示"


@pytest.mark.django_db
def test_what_may_be_deducted_is_capped_and_the_rest_carried_on() -> None:
    spending = {"skill": (Decimal(900_000), Decimal(0))}
    numbers = stage.figures(spending=spending)
    found = deduction_of(numbers, division=SANMENXIA, on=LAST_DAY)
    assert found is not None
    assert (found.deducted, found.carry_out, found.rate) == (800_000, 100_000, "8%")


def test_beginning_twice_gives_the_same_return(world: World) -> None:
    call = stage.issued(world)
    assert stage.begun(world, call) == stage.begun(world, call)


def test_a_return_is_prefilled_from_the_year_before(world: World) -> None:
    stage.parameters()
    spending = {"skill": (Decimal(900_000), Decimal(200_000))}
    stage.submitted(world, stage.figures(spending=spending))
    later = stage.issued(world, year=2026, title="2026 年度")
    draft = stage.begun(world, later).versions.get()
    assert (draft.staff, draft.frontline_staff, draft.carried_in) == (120, 80, 100_000)
    assert draft.wages == 0


def test_an_enterprise_that_is_not_asked_is_refused(world: World) -> None:
    call = stage.issued(world)
    call.units.filter(organisation=stage.unit(world.enterprise)).delete()
    assert (
        world.enterprise.client.post(reverse("learning:return_begin", args=[call.pk])).status_code
        == 404
    )


def test_a_draft_is_seen_by_its_enterprise_only(world: World) -> None:
    assert seen_by(world, stage.written(world).pk) == {"enterprise"}


def test_a_submitted_return_is_seen_by_those_in_charge(world: World) -> None:
    row = stage.submitted(world)
    readers = {"enterprise", "reviewer", "coordinator", "supervisor", "leader"}
    assert seen_by(world, row.pk) == readers
    file = files_of(row).get()
    can = {
        name
        for name, person in world.people.items()
        if file_readable_by(person.actor, file_id=file.pk)
    }
    assert can == readers


def test_another_department_does_not_see_wages_unless_it_is_asked(world: World) -> None:
    union = stage.union()
    row = stage.submitted(world)
    assert not returns_visible_to(union.actor).filter(pk=row.pk).exists()
    row.call.consulted.create(organisation=stage.unit(union))
    assert returns_visible_to(union.actor).filter(pk=row.pk).exists()


def test_submitting_without_a_voucher_is_refused(world: World) -> None:
    row = stage.begun(world)
    actor = world.enterprise.actor
    returns.save_draft(return_id=row.pk, figures=stage.figures(), actor=actor)
    with pytest.raises(DomainError, match="凭证"):
        returns.submit_return(return_id=row.pk, actor=actor, now=NOW)


def test_submitting_keeps_the_verdicts_of_that_day(world: World) -> None:
    row = stage.submitted(world, stage.breach())
    assert row.state == ReturnState.SUBMITTED
    Parameter.objects.filter(name="frontline_share").update(value=10)
    kept = ReturnCheck.objects.filter(version=row.current, is_breach=True)
    assert {check.gate for check in kept} == {"enough", "frontline"}
    assert row.check_due_at is not None
    assert row.current is not None
    assert row.current.carry_out == 0


def test_a_return_is_withdrawn_until_the_day_and_not_after(world: World) -> None:
    row = stage.submitted(world)
    actor = world.enterprise.actor
    late = NOW + datetime.timedelta(days=(DUE_ON - NOW.date()).days + 1)
    with pytest.raises(DomainError, match="截止日"):
        returns.withdraw_return(return_id=row.pk, actor=actor, now=late)
    row = returns.withdraw_return(return_id=row.pk, actor=actor, now=NOW)
    assert row.state == ReturnState.DRAFT
    row = returns.submit_return(return_id=row.pk, actor=actor, now=NOW)
    assert row.current is not None
    assert row.current.number == 2


def test_an_amendment_keeps_the_old_version_and_shows_what_changed(world: World) -> None:
    row = stage.submitted(world)
    actor = world.enterprise.actor
    with pytest.raises(DomainError, match="理由"):
        returns.begin_amendment(return_id=row.pk, reason=" ", actor=actor)
    returns.begin_amendment(return_id=row.pk, reason="漏计一个车间", actor=actor)
    returns.save_draft(return_id=row.pk, figures=stage.figures(staff=130), actor=actor)
    assert FundReturn.objects.get(pk=row.pk).current == row.current
    row = returns.submit_return(return_id=row.pk, actor=actor, now=NOW)
    newest, first = version_steps(row)
    assert [(change.label, change.before, change.after) for change in newest.changes] == [
        ("年末职工人数", "120 人", "130 人")
    ]
    assert newest.version.reason == "漏计一个车间"
    assert first.version.staff == 120


def test_a_dropped_amendment_leaves_what_was_submitted(world: World) -> None:
    row = stage.submitted(world)
    actor = world.enterprise.actor
    returns.begin_amendment(return_id=row.pk, reason="核对", actor=actor)
    returns.drop_amendment(return_id=row.pk, actor=actor)
    assert row.versions.count() == 1
    with pytest.raises(DomainError):
        returns.save_draft(return_id=row.pk, figures=stage.figures(), actor=actor)


def test_a_submitted_voucher_stays(world: World) -> None:
    row = stage.submitted(world)
    actor = world.enterprise.actor
    returns.begin_amendment(return_id=row.pk, reason="核对", actor=actor)
    file = files_of(row).get()
    with pytest.raises(DomainError, match="不能删除"):
        returns.drop_evidence(return_id=row.pk, file_id=file.pk, actor=actor)


def test_nobody_fills_in_for_another_enterprise(world: World) -> None:
    row = stage.written(world)
    with pytest.raises(FundReturn.DoesNotExist):
        returns.save_draft(return_id=row.pk, figures=stage.figures(), actor=world.rival.actor)
    stage.parameters()
    returns.submit_return(return_id=row.pk, actor=world.enterprise.actor, now=NOW)
    with pytest.raises(NotAllowed):
        returns.begin_amendment(return_id=row.pk, reason="x", actor=world.reviewer.actor)


def test_the_database_holds_one_draft_and_plausible_submissions(world: World) -> None:
    row = stage.begun(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnVersion.objects.create(fund_return=row, number=2, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.versions.update(submitted_at=NOW, wages=1, spent=1, frontline_spent=2)


def test_the_form_keeps_what_is_typed_and_tries_the_rules(world: World) -> None:
    stage.parameters()
    row = stage.begun(world)
    client = world.enterprise.client
    url = reverse("learning:return_edit", args=[row.pk])
    wrong = client.post(url, {"wages": "abc", "staff": "5"})
    assert wrong.status_code == 422
    assert 'value="5"' in wrong.content.decode()
    right = client.post(
        url,
        {"wages": "1000000", "extracted": "10000", "staff": "10", "spent_skill": "9000",
         "front_skill": "3000"},
    )  # fmt: skip
    assert right.status_code == 302
    page = client.get(row.get_absolute_url()).content.decode()
    assert "不符合" in page
    assert "60%" in page
    assert "三（四）" in page


def test_the_register_costs_the_same_queries_with_more_rows(world: World) -> None:
    row = stage.submitted(world)
    url = reverse("learning:return_list")
    world.reviewer.client.get(url)
    with CaptureQueriesContext(connection) as few:
        world.reviewer.client.get(url)
    for year in range(2000, 2020):
        FundReturn.objects.create(
            call=row.call, organisation=row.organisation, division=row.division, year=year,
            covers_until=datetime.date(year, 12, 31), state=row.state, current=row.current,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        world.reviewer.client.get(url)
    assert len(many) == len(few)
