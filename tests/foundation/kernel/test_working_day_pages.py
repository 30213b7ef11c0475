"""The site's own calendar: dates set by hand, the year's sheet, deadlines."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry, WorkingDayOverride
from silian.foundation.kernel.site_calendar import (
    set_working_day,
    site_calendar,
    site_deadline,
    unset_working_day,
    year_sheet,
)
from tests.world import World

pytestmark = pytest.mark.django_db
SATURDAY = datetime.date(2027, 1, 9)
URL = "kernel:working_days"


def test_a_date_set_by_hand_counts_in_deadlines(world: World) -> None:
    friday = datetime.datetime(2027, 1, 8, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert site_deadline(friday, working_days=1).due_on == datetime.date(2027, 1, 11)
    set_working_day(
        date=SATURDAY, is_working=True, basis="放假通知", actor=world.system_admin.actor
    )
    assert site_deadline(friday, working_days=1).due_on == SATURDAY
    assert AuditEntry.objects.filter(action="kernel.working_day.set").exists()


def test_setting_a_date_again_replaces_it_and_unsetting_restores_it(world: World) -> None:
    actor = world.system_admin.actor
    set_working_day(date=SATURDAY, is_working=True, basis="放假通知", actor=actor)
    day = set_working_day(date=SATURDAY, is_working=False, basis="更正通知", actor=actor)
    assert WorkingDayOverride.objects.count() == 1
    unset_working_day(override_id=day.pk, actor=actor)
    assert not site_calendar().is_working(SATURDAY)
    assert not WorkingDayOverride.objects.exists()


def test_only_the_system_administrator_sets_days_and_says_why(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_working_day(
            date=SATURDAY, is_working=True, basis="放假通知", actor=world.coordinator.actor
        )
    with pytest.raises(DomainError, match="依据") as refusal:
        set_working_day(date=SATURDAY, is_working=True, basis=" ", actor=world.system_admin.actor)
    assert refusal.value.field == "basis"


def test_the_sheet_shows_shifted_days_and_counts_each_month() -> None:
    october = year_sheet(2025)[9]
    days = {day.date.day: day for week in october.weeks for day in week if day}
    assert len(days) == 31
    assert not days[1].is_working
    assert days[11].is_working
    assert days[11].is_unusual
    assert october.working_days == sum(day.is_working for day in days.values())


def test_the_page_keeps_what_was_typed_and_names_the_error(world: World) -> None:
    data = {"date": "2027-01-09", "is_working": "1", "basis": "短"}
    answer = world.system_admin.client.post(reverse(URL), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "须写明依据" in page
    assert "2027-01-09" in page
    assert not WorkingDayOverride.objects.exists()


def test_the_page_saves_and_returns_to_the_year(world: World) -> None:
    data = {"date": "2027-01-09", "is_working": "1", "basis": "国办发明电〔2026〕1号"}
    answer = world.system_admin.client.post(reverse(URL), data, follow=True)
    page = answer.content.decode()
    assert "2027 年工作日历" in page
    assert "国办发明电" in page
    assert WorkingDayOverride.objects.get().is_working


@pytest.mark.parametrize("year", ["abcd", "0001", "９９９９", "99999", "-1"])
def test_a_year_that_makes_no_sense_is_this_year(world: World, year: str) -> None:
    assert world.system_admin.client.get(reverse(URL), {"year": year}).status_code == 200


def test_a_year_without_arrangement_warns_on_the_page(world: World) -> None:
    page = world.system_admin.client.get(reverse(URL), {"year": "2031"}).content.decode()
    assert "放假安排尚未载入" in page
