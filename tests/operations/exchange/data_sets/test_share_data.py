"""Registering, refreshing, asking, reading and joining data sets."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.exchange.commands.data_set import (
    import_edition,
    withdraw_data_set,
)
from silian.operations.exchange.commands.data_set_access import (
    decide_data_request,
    join_data_sets,
    read_edition,
    request_data,
)
from silian.operations.exchange.models.data_set import DataReading, DataSet
from silian.operations.exchange.permissions.data_sets import data_sets_visible_to
from silian.operations.exchange.queries.data_sets import stale_data_sets
from silian.registers.accounts.models import Notification
from tests.operations.exchange.data_sets import stage
from tests.operations.exchange.negotiations.stage import NOW
from tests.world import World

LATER = NOW + datetime.timedelta(days=31)


def read(world: World, data_set: DataSet, person: str, now: datetime.datetime = NOW) -> list:  # type: ignore[type-arg]
    actor = world.people[person].actor
    return read_edition(data_set_id=data_set.pk, actor=actor, now=now, purpose="核对").rows


def test_an_open_data_set_may_not_hold_internal_fields(world: World) -> None:
    with pytest.raises(DomainError, match="只能有可公开的数据项"):
        stage.registered(by=world.school, terms="open", terms_note="")


def test_conditions_are_explained(world: World) -> None:
    with pytest.raises(DomainError, match="写明条件或依据"):
        stage.registered(by=world.school, terms_note="")


def test_a_student_registers_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        stage.registered(by=world.student)


def test_the_same_rows_again_make_no_new_edition(world: World) -> None:
    data_set = stage.roster(world)
    stage.stored(data_set, by=world.school)
    assert data_set.editions.count() == 1
    stage.stored(data_set, by=world.school, rows=stage.ROSTER[:2])
    assert data_set.editions.count() == 2


def test_wrong_cells_are_named_by_line_and_column_and_nothing_is_kept(world: World) -> None:
    data_set = stage.registered(
        by=world.school, fields=stage.OPEN, title="人数", terms="open", terms_note=""
    )
    content = "人数,专业\n很多,护理\n3,\n".encode("gb18030")
    with pytest.raises(DomainError, match="第 2 行“人数”.*不是整数.*第 3 行“专业”：不能为空"):
        import_edition(
            data_set_id=data_set.pk,
            name="a.csv",
            content=content,
            as_of=NOW.date(),
            actor=world.school.actor,
            now=NOW,
        )
    assert not data_set.editions.exists()


def test_a_file_without_a_declared_column_is_refused(world: World) -> None:
    data_set = stage.registered(by=world.school)
    with pytest.raises(DomainError, match="缺少列：证号"):
        import_edition(
            data_set_id=data_set.pk,
            name="a.csv",
            content="专业,去向\n护理,就业\n".encode(),
            as_of=NOW.date(),
            actor=world.school.actor,
            now=NOW,
        )


def test_another_organisation_does_not_refresh(world: World) -> None:
    data_set = stage.roster(world)
    with pytest.raises(NotAllowed):
        stage.stored(data_set, by=world.coordinator)


def test_conditional_data_sets_are_in_the_catalogue_of_departments_only(world: World) -> None:
    data_set = stage.roster(world)
    assert data_set in data_sets_visible_to(world.coordinator.actor)
    for person in (world.rival, world.student, world.anonymous):
        assert data_set not in data_sets_visible_to(person.actor)


def test_a_department_reads_only_after_the_owner_agreed_and_until_the_day(world: World) -> None:
    data_set = stage.roster(world)
    with pytest.raises(NotAllowed, match="请先写明用途提出申请"):
        read(world, data_set, "coordinator")
    stage.granted(world, data_set)
    assert read(world, data_set, "coordinator") == [
        ["数控技术", "就业"],
        ["护理", ""],
        ["护理", "升学"],
    ]
    with pytest.raises(NotAllowed, match="使用期限已满"):
        read(world, data_set, "coordinator", now=LATER)


def test_personal_fields_never_leave_even_for_the_owner(world: World) -> None:
    rows = read(world, stage.roster(world), "school")
    assert not any("A1" in cell for row in rows for cell in row)


def test_every_reading_is_logged_with_its_purpose(world: World) -> None:
    data_set = stage.open_counts(world)
    read(world, data_set, "rival")
    reading = DataReading.objects.get()
    assert (reading.organisation, reading.purpose) == (world.rival.organisation, "核对")
    assert reading.row_count == 1


def test_enterprises_do_not_ask_for_conditional_data(world: World) -> None:
    data_set = stage.roster(world)
    with pytest.raises(DataSet.DoesNotExist):
        request_data(
            data_set_id=data_set.pk, purpose="招聘时核对学历", actor=world.rival.actor, now=NOW
        )


def test_a_request_needs_a_purpose_and_is_made_once(world: World) -> None:
    data_set = stage.roster(world)
    given = {"data_set_id": data_set.pk, "actor": world.coordinator.actor, "now": NOW}
    with pytest.raises(DomainError, match="写明用途"):
        request_data(**given, purpose="用")
    request_data(**given, purpose="核对毕业生就业去向")
    with pytest.raises(DomainError, match="正在等待答复"):
        request_data(**given, purpose="核对毕业生就业去向")


def test_a_refusal_has_a_reason_and_a_grant_an_end(
    world: World, run_jobs: Callable[[], None]
) -> None:
    data_set = stage.roster(world)
    asked = request_data(
        data_set_id=data_set.pk,
        purpose="核对毕业生就业去向",
        actor=world.coordinator.actor,
        now=NOW,
    )
    given = {"request_id": asked.pk, "actor": world.school.actor, "now": NOW}
    with pytest.raises(DomainError, match="不同意的理由"):
        decide_data_request(**given, approve=False, reason="", ends_on=None)
    with pytest.raises(DomainError, match="使用期限"):
        decide_data_request(**given, approve=True, reason="", ends_on=None)
    decide_data_request(**given, approve=False, reason="用途不明", ends_on=None)
    run_jobs()
    told = Notification.objects.get(user=world.coordinator.user, title__contains="未同意")
    assert told.detail == "用途不明"


def test_the_asking_department_does_not_answer_itself(world: World) -> None:
    data_set = stage.roster(world)
    asked = request_data(
        data_set_id=data_set.pk,
        purpose="核对毕业生就业去向",
        actor=world.coordinator.actor,
        now=NOW,
    )
    with pytest.raises(NotAllowed):
        decide_data_request(
            request_id=asked.pk,
            approve=True,
            reason="",
            ends_on=LATER.date(),
            actor=world.coordinator.actor,
            now=NOW,
        )


def test_two_rosters_are_joined_without_showing_who(world: World) -> None:
    graduates = stage.roster(world)
    insured = stage.registered(by=world.coordinator, title="参保名册")
    stage.stored(
        insured,
        by=world.coordinator,
        rows=[["a1 ", "装备制造", "12"], ["A9", "物流", "3"]],
    )
    stage.granted(world, graduates)
    joined = join_data_sets(
        first_id=graduates.pk,
        second_id=insured.pk,
        purpose="就业分析",
        actor=world.coordinator.actor,
        now=NOW,
    )
    assert (joined.result.first_matched, joined.result.second_matched) == (1, 1)
    assert joined.result.preview == [(["数控技术", "就业"], ["装备制造", "12"])]
    assert not any("证号" in heading for heading in joined.headings)
    assert DataReading.objects.count() == 2


def test_a_roster_that_may_not_be_read_is_not_joined(world: World) -> None:
    graduates = stage.roster(world)
    insured = stage.registered(by=world.coordinator, title="参保名册")
    stage.stored(insured, by=world.coordinator)
    with pytest.raises(NotAllowed):
        join_data_sets(
            first_id=graduates.pk,
            second_id=insured.pk,
            purpose="就业分析",
            actor=world.coordinator.actor,
            now=NOW,
        )
    assert not DataReading.objects.exists()


def test_stopping_to_share_ends_what_was_granted(world: World) -> None:
    data_set = stage.roster(world)
    stage.granted(world, data_set)
    withdraw_data_set(data_set_id=data_set.pk, actor=world.school.actor, now=NOW)
    assert data_set not in data_sets_visible_to(world.coordinator.actor)
    assert data_set.requests.get().state == "ended"


def test_an_overdue_refresh_is_on_the_owners_list(world: World) -> None:
    data_set = stage.roster(world)
    late = NOW.date() + datetime.timedelta(days=91)
    assert stale_data_sets(world.school.actor, today=NOW.date()) == []
    assert stale_data_sets(world.school.actor, today=late) == [data_set]
    assert stale_data_sets(world.rival.actor, today=late) == []
