"""The life of a case: application, review, approval, running, report, end; and its privacy."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.queries.measuring import Key, measured_values
from silian.casework.metrics.registry import declared_metrics
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import file_readable_by
from silian.foundation.kernel.models import StoredFile
from silian.operations.alliances.choices.ownership import ApprovalState, CaseState
from silian.operations.alliances.commands.ownership import (
    add_asset,
    apply_case,
    change_case,
    draft_case,
    remove_asset,
    remove_party,
)
from silian.operations.alliances.commands.ownership_steps import (
    approve_case,
    end_case,
    record_approval,
    refuse_case,
    report_case_year,
    return_case,
    review_case,
    start_case,
)
from silian.operations.alliances.models.ownership import CaseReport, OwnershipCase
from silian.operations.alliances.permissions.ownership import cases_to_decide, cases_visible_to
from silian.operations.alliances.queries.ownership import late_reports, own_missing_reports
from silian.registers.accounts.models import Notification
from tests.operations.alliances import ownership_stage as stage
from tests.operations.alliances.stage import NOW, TODAY
from tests.world import CITY, World

OFFICIALS = {"reviewer", "coordinator", "supervisor", "leader"}


def seen_by(world: World, pk: int) -> set[str]:
    return {
        name
        for name, person in world.people.items()
        if cases_visible_to(person.actor).filter(pk=pk).exists()
    }


def test_a_draft_is_seen_by_its_applicant_only(world: World) -> None:
    assert seen_by(world, stage.draft(world).pk) == {"enterprise"}


def test_a_case_is_seen_by_its_applicant_and_the_region(world: World) -> None:
    assert seen_by(world, stage.applied(world).pk) == {"enterprise", *OFFICIALS}


def test_no_other_unit_reads_a_case_or_its_files_by_any_id(world: World) -> None:
    case = stage.running(world)
    report_case_year(
        case_id=case.pk,
        year=2026,
        students=80,
        invested=Decimal("100000"),
        summary="两个班",
        paper=stage.paper("年报.pdf"),
        actor=world.enterprise.actor,
        today=TODAY,
    )
    files = list(StoredFile.objects.filter(object_type__startswith="alliances.case"))
    assert len(files) == 3
    allowed = {"enterprise", *OFFICIALS}
    for name, person in world.people.items():
        for file in files:
            read = file_readable_by(person.actor, file_id=file.pk) is not None
            assert read is (name in allowed), (name, file.name)
    url = case.get_absolute_url()
    for name in ("rival", "school", "teacher", "student", "expert", "system_admin"):
        assert world.people[name].client.get(url).status_code == 404, name


def test_the_public_register_shows_the_headline_only(world: World) -> None:
    stage.approved(world)
    page = world.anonymous.client.get(reverse("alliances:case_register")).content.decode()
    assert "装备产业学院" in page
    assert "正评〔2026〕8号" not in page
    assert "按股比表决" not in page


@pytest.mark.parametrize("person", ["coordinator", "teacher", "leader", "expert"])
def test_others_draft_nothing(world: World, person: str) -> None:
    with pytest.raises(NotAllowed):
        draft_case(facts=stage.case_facts(), actor=world.people[person].actor)


def test_shares_never_exceed_the_whole(world: World) -> None:
    case = stage.draft(world)
    stage.party(world, case, share="60.5")
    with pytest.raises(DomainError, match="合计 100.6%"):
        stage.party(world, case, "另一方", "40.1")
    with pytest.raises(DomainError, match="已登记"):
        stage.party(world, case, share="1")


def test_an_incomplete_case_is_not_handed_in(world: World) -> None:
    case = stage.draft(world)
    args = {"case_id": case.pk, "actor": world.enterprise.actor, "now": NOW}
    with pytest.raises(DomainError, match="还没有参与方"):
        apply_case(**args)
    holder = stage.party(world, case)
    stage.party(world, case, "青澜职业技术学院", "51")
    bare = stage.asset_facts(holder)
    asset = add_asset(case_id=case.pk, facts=bare, report=None, actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="评估报告"):
        apply_case(**args)
    remove_asset(case_id=case.pk, asset_id=asset.pk, actor=world.enterprise.actor)
    money = stage.asset_facts(holder, kind="capital", valuer="", valuation_number="")
    add_asset(case_id=case.pk, facts=money, report=None, actor=world.enterprise.actor)
    assert apply_case(**args).state == CaseState.APPLIED


def test_a_party_with_assets_is_not_removed(world: World) -> None:
    case = stage.ready(world)
    holder = case.parties.first()
    assert holder is not None
    with pytest.raises(DomainError, match="先删除资产"):
        remove_party(case_id=case.pk, party_id=holder.pk, actor=world.enterprise.actor)


def test_what_was_handed_in_is_not_changed_until_returned(world: World) -> None:
    case = stage.applied(world)
    actor = world.enterprise.actor
    with pytest.raises(NotAllowed, match="退回补正后"):
        change_case(case_id=case.pk, facts=stage.case_facts(), actor=actor)
    with pytest.raises(DomainError, match="一次写明"):
        return_case(case_id=case.pk, reason="", actor=world.reviewer.actor)
    return_case(case_id=case.pk, reason="补土地证", actor=world.reviewer.actor)
    change_case(case_id=case.pk, facts=stage.case_facts(title="新名"), actor=actor)
    again = apply_case(case_id=case.pk, actor=actor, now=NOW)
    assert (again.state, again.answer) == (CaseState.APPLIED, "")


def test_review_and_approval_are_two_persons(world: World) -> None:
    case = stage.applied(world)
    review_case(case_id=case.pk, actor=world.coordinator.actor)
    args = {"case_id": case.pk, "report_month": 3, "report_day": 31, "today": TODAY}
    with pytest.raises(NotAllowed, match="不能是同一人"):
        approve_case(**args, actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        approve_case(**args, actor=world.reviewer.actor)
    assert not cases_to_decide(world.coordinator.actor).exists()


def test_the_database_refuses_one_person_in_both_seats(world: World) -> None:
    case = stage.reviewed(world)
    rows = OwnershipCase.objects.filter(pk=case.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(approved_by=world.reviewer.user, approved_on=TODAY)


def test_a_case_is_approved_when_every_authority_granted(world: World) -> None:
    case = stage.applied(world)
    review_case(case_id=case.pk, actor=world.reviewer.actor)
    args = {"case_id": case.pk, "report_month": 3, "report_day": 31, "today": TODAY}
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="还没有审批环节"):
        approve_case(**args, actor=actor)
    pending = stage.approval_facts(state=ApprovalState.PENDING, reference="", decided_on=None)
    record_approval(case_id=case.pk, facts=pending, paper=None, actor=actor)
    with pytest.raises(DomainError, match="1 个审批环节"):
        approve_case(**args, actor=actor)
    bare = stage.approval_facts(reference="")
    with pytest.raises(DomainError, match="批文文号"):
        record_approval(case_id=case.pk, facts=bare, paper=None, actor=actor)
    record_approval(case_id=case.pk, facts=stage.approval_facts(), paper=None, actor=actor)
    assert approve_case(**args, actor=actor).state == CaseState.APPROVED


def test_a_refused_case_says_why_and_stays_private(world: World) -> None:
    case = stage.applied(world)
    with pytest.raises(DomainError, match="理由和依据"):
        refuse_case(case_id=case.pk, reason="", actor=world.reviewer.actor)
    refuse_case(case_id=case.pk, reason="不符合规划", actor=world.reviewer.actor)
    page = world.anonymous.client.get(reverse("alliances:case_register")).content.decode()
    assert "装备产业学院" not in page


def test_a_school_runs_after_its_approval(world: World) -> None:
    case = stage.approved(world)
    args = {"case_id": case.pk, "actor": world.enterprise.actor, "today": TODAY}
    with pytest.raises(DomainError, match="运行日应在批准日"):
        start_case(running_on=datetime.date(2025, 1, 1), **args)
    with pytest.raises(NotAllowed):
        start_case(case_id=case.pk, running_on=TODAY, actor=world.coordinator.actor, today=TODAY)
    assert start_case(running_on=TODAY, **args).state == CaseState.RUNNING


def test_years_are_asked_for_and_reported_once(world: World) -> None:
    case = stage.running(world)
    actor, later = world.enterprise.actor, datetime.date(2027, 2, 1)
    (missing,) = own_missing_reports(actor, today=later)
    assert (missing.year, missing.due_on) == (2026, datetime.date(2027, 3, 31))
    assert late_reports(world.coordinator.actor, today=later) == 0
    assert late_reports(world.coordinator.actor, today=datetime.date(2027, 4, 1)) == 1
    values = {"students": 80, "invested": Decimal("100000"), "summary": "两个班", "paper": None}
    with pytest.raises(DomainError, match="没有运行"):
        report_case_year(case_id=case.pk, year=2025, actor=actor, today=later, **values)
    for _ in range(2):
        report_case_year(case_id=case.pk, year=2026, actor=actor, today=later, **values)
    assert CaseReport.objects.count() == 1
    assert own_missing_reports(actor, today=later) == []


def test_a_school_ends_with_words_about_its_students(world: World) -> None:
    case = stage.running(world)
    args = {"case_id": case.pk, "ended_on": TODAY, "today": TODAY}
    with pytest.raises(NotAllowed):
        end_case(**args, reason="到期", actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="学生安置"):
        end_case(**args, reason=" ", actor=world.coordinator.actor)
    ended = end_case(**args, reason="到期，学生转入本校", actor=world.coordinator.actor)
    assert ended.state == CaseState.ENDED
    with pytest.raises(WrongState):
        end_case(**args, reason="再次", actor=world.coordinator.actor)


def test_each_side_is_told(world: World, run_jobs: Callable[[], None]) -> None:
    case = stage.applied(world)
    run_jobs()
    assert Notification.objects.filter(user=world.reviewer.user, title__contains="待审核").exists()
    return_case(case_id=case.pk, reason="补土地证", actor=world.reviewer.actor)
    run_jobs()
    assert Notification.objects.get(user=world.enterprise.user).detail == "补土地证"


def test_purchases_are_registered_once_by_the_department(world: World) -> None:
    stage.purchase(world)
    with pytest.raises(DomainError, match="已登记"):
        stage.purchase(world)
    page = world.anonymous.client.get(reverse("alliances:purchase_list")).content.decode()
    assert "青购〔2026〕1号" in page


def test_the_metrics_count_cases_and_seats(world: World) -> None:
    stage.approved(world)
    stage.purchase(world)
    month, year = TODAY.replace(day=1), datetime.date(2026, 1, 1)
    expected = {
        "alliances.enterprise_run_cases": (PeriodKind.MONTH, month, 1),
        "alliances.mixed_ownership_cases": (PeriodKind.MONTH, month, 1),
        "alliances.purchased_seats": (PeriodKind.YEAR, year, 120),
        "alliances.purchased_amount": (PeriodKind.YEAR, year, 720000),
    }
    for code, (kind, start, value) in expected.items():
        found = measured_values(
            declared_metrics()[code], areas={"9901": CITY}, since=start, until=TODAY
        )
        assert found[Key(CITY, kind, start)].value == value, code
