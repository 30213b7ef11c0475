"""Late answers to objections and appeals: marked once, reminded of every working day."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.casework.reviews.commands.appeals import file_appeal, take_appeal
from silian.casework.reviews.commands.objections import take_objection
from silian.casework.reviews.models import Appeal, Objection
from silian.casework.reviews.panels.notices import todos
from silian.casework.reviews.queries.lateness import late_words, working_days_late
from silian.casework.reviews.tasks.disputes import mark_late, remind_late
from silian.foundation.kernel.models import AuditEntry, WorkingDayOverride
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.models import Notification
from silian.registers.organisations.choices import Role
from tests.casework.reviews import stage as common
from tests.casework.reviews import stage_deciding as stage
from tests.world import World

DAY = datetime.timedelta(days=1)
FRIDAY = datetime.date(2026, 2, 13)  # the last day; 14 and 28 February 2026 are worked (调休)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def objected(world: World, *, due_on: datetime.date | None, is_taken: bool = False) -> Objection:
    notice = stage.noticed(world, stage.batch(world, ["90", "80"], own=True), passing=2)
    objection, _ = stage.objected(notice)
    if is_taken:
        take_objection(objection_id=objection.pk, actor=world.reviewer.actor)
    Objection.objects.filter(pk=objection.pk).update(due_on=due_on)
    return Objection.objects.get(pk=objection.pk)


def appealed(world: World, *, due_on: datetime.date) -> Appeal:
    campaign = stage.batch(world, ["60", "80"], own=True)
    stage.decided(world, campaign, passing=1)
    dossier = campaign.dossiers.get(applicant=world.enterprise.organisation)
    appeal = file_appeal(dossier_id=dossier.pk, text="漏计证明。", actor=world.enterprise.actor)
    Appeal.objects.filter(pk=appeal.pk).update(due_on=due_on)
    return Appeal.objects.get(pk=appeal.pk)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2026-02-13", 0),
        ("2026-02-14", 1),  # Saturday, worked for the holiday
        ("2026-02-15", 1),  # Spring Festival begins
        ("2026-02-23", 1),  # its last day
        ("2026-02-24", 2),
        ("2026-02-27", 5),
        ("2026-02-28", 6),  # Saturday, worked
        ("2026-03-01", 6),  # Sunday
    ],
)
def test_lateness_counts_working_days_over_spring_festival_and_shifted_days(
    world: World, on: str, days: int
) -> None:
    assert working_days_late(FRIDAY, on=day(on), calendar=site_calendar()) == days


def test_a_day_set_by_hand_is_no_day_of_lateness(world: World) -> None:
    WorkingDayOverride.objects.create(
        date=day("2026-02-14"), is_working=False, basis="本市放假通知"
    )
    assert working_days_late(FRIDAY, on=day("2026-02-24"), calendar=site_calendar()) == 1


def test_nothing_is_late_on_its_last_day_nor_without_a_limit(world: World) -> None:
    objection = objected(world, due_on=FRIDAY)
    assert mark_late(on=FRIDAY) == 0
    Objection.objects.filter(pk=objection.pk).update(due_on=None)
    assert mark_late(on=day("2030-01-01")) == 0
    objection.refresh_from_db()
    assert objection.late_since is None


def test_a_late_objection_is_marked_once_since_the_day_after(world: World) -> None:
    objection = objected(world, due_on=FRIDAY)
    assert mark_late(on=day("2026-02-20")) == 1
    assert mark_late(on=day("2026-02-20")) == 0
    assert mark_late(on=day("2026-02-25")) == 0
    objection.refresh_from_db()
    assert objection.late_since == FRIDAY + DAY
    assert AuditEntry.objects.filter(action="reviews.objection.overdue").count() == 1


def test_a_late_appeal_is_marked_too(world: World) -> None:
    appeal = appealed(world, due_on=FRIDAY)
    assert mark_late(on=FRIDAY + DAY) == 1
    appeal.refresh_from_db()
    assert appeal.late_since == FRIDAY + DAY
    assert AuditEntry.objects.get(action="reviews.appeal.overdue").actor_name == "系统"


def test_the_investigator_and_the_superior_are_reminded_once_a_working_day(world: World) -> None:
    objected(world, due_on=FRIDAY, is_taken=True)
    reminded = Notification.objects.filter(title__contains="逾期")
    for on in ("2026-02-14", "2026-02-14", "2026-02-16", "2026-02-23"):
        remind_late(on=day(on))
    told = set(reminded.values_list("user_id", flat=True))
    assert told == {world.reviewer.user.pk, world.leader.user.pk}  # type: ignore[union-attr]
    assert reminded.count() == 2  # twice the same morning and in the holiday: nobody again
    remind_late(on=day("2026-02-24"))
    assert reminded.count() == 4
    assert reminded.filter(title__contains="逾期 2 个工作日").count() == 2


def test_while_nobody_took_it_the_whole_office_is_reminded(world: World) -> None:
    colleague = common.colleague(world, role=Role.COORDINATOR, name="office")
    objected(world, due_on=FRIDAY)
    remind_late(on=FRIDAY + DAY)
    told = set(
        Notification.objects.filter(title__contains="异议逾期").values_list("user_id", flat=True)
    )
    assert {colleague.user.pk, world.leader.user.pk} <= told  # type: ignore[union-attr]
    assert world.enterprise.user.pk not in told  # type: ignore[union-attr]


def test_a_late_appeal_reminds_its_handler(world: World) -> None:
    appeal = appealed(world, due_on=FRIDAY)
    take_appeal(appeal_id=appeal.pk, actor=world.supervisor.actor)
    remind_late(on=FRIDAY + DAY)
    told = Notification.objects.filter(title__startswith="申诉逾期 1 个工作日")
    assert world.supervisor.user.pk in set(told.values_list("user_id", flat=True))  # type: ignore[union-attr]


def test_the_to_do_says_how_late_it_is(world: World) -> None:
    today = timezone.localdate()
    objection = objected(world, due_on=today - 30 * DAY, is_taken=True)
    days = working_days_late(objection.due_on, on=today, calendar=site_calendar())
    assert days > 10
    found = [row for row in todos(world.reviewer.actor, timezone.now()) if "异议" in row.title]
    assert [row.detail.split(" · ")[0] for row in found] == [f"逾期 {days} 个工作日"]
    assert found[0].due_at is not None
    assert found[0].due_at < timezone.now()


def test_an_answered_one_is_late_no_more(world: World) -> None:
    objection = objected(world, due_on=FRIDAY, is_taken=True)
    calendar = site_calendar()
    assert late_words(objection, on=FRIDAY + DAY, calendar=calendar) == "逾期 1 个工作日"
    Objection.objects.update(state="dismissed", answer="不属实。")
    objection.refresh_from_db()
    assert late_words(objection, on=FRIDAY + DAY, calendar=calendar) == ""
    assert remind_late(on=FRIDAY + DAY) == 0
    assert mark_late(on=FRIDAY + DAY) == 0
