"""An application: accepted or completed once, stepped through, decided, measured."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.site_calendar import site_calendar
from silian.governance.accreditation.commands.approvals import (
    accept_case,
    accept_silently,
    apply_for,
    ask_supplement,
    finish_step,
    grant_case,
    refuse_case,
    supplement_case,
    usual_remedy,
    withdraw_case,
)
from silian.governance.accreditation.commands.reminders import remind_of_limit
from silian.governance.accreditation.models.approvals import ApprovalCase
from silian.governance.accreditation.permissions.guide import cases_visible_to
from silian.governance.accreditation.queries.guide import (
    cases_near_limit,
    cases_unanswered,
    matter_statistics,
    published_matters,
    step_statistics,
)
from silian.registers.accounts.models import Notification
from tests.governance.accreditation import stage
from tests.world import World

DAY = datetime.timedelta(days=1)


def accepted(world: World, **given: datetime.datetime) -> ApprovalCase:
    case = stage.case(world, **given)
    now = given.get("now", stage.NOW)
    return accept_case(case_id=case.pk, actor=world.reviewer.actor, now=now)


def decided(world: World, case: ApprovalCase, *, now: datetime.datetime) -> ApprovalCase:
    actor = world.reviewer.actor
    finish_step(case_id=case.pk, note="", actor=actor, now=now)
    finish_step(case_id=case.pk, note="", actor=actor, now=now)
    return grant_case(case_id=case.pk, document="青教审 1 号", actor=actor, now=now)


def test_the_clock_of_acceptance_is_five_working_days_by_law(world: World) -> None:
    case = stage.case(world)
    fifth = datetime.date(2026, 3, 25)
    assert case.accept_due_at is not None
    assert case.accept_due_at.date() == fifth + DAY


def test_the_clock_passes_over_the_spring_festival_and_its_working_saturdays(world: World) -> None:
    before = stage.NOW.replace(month=2, day=13)  # the last working day before the holiday
    case = accepted(world, now=before)
    calendar = site_calendar()
    seventh = calendar.add(before.date(), days=7)
    assert case.due_at is not None
    assert case.due_at.date() == seventh + DAY
    assert (seventh - before.date()).days > 7 + 4


def test_what_is_missing_is_told_once_and_in_full(world: World) -> None:
    case = stage.case(world)
    actor = world.reviewer.actor
    with pytest.raises(DomainError, match="全部内容"):
        ask_supplement(case_id=case.pk, items=" ", actor=actor, now=stage.NOW)
    ask_supplement(case_id=case.pk, items="1. 场地证明", actor=actor, now=stage.NOW)
    later = stage.NOW + 2 * DAY
    again = supplement_case(
        case_id=case.pk, detail="已补场地证明", files=[], actor=world.school.actor, now=later
    )
    assert (again.state, again.supplement) == ("applied", "1. 场地证明")
    assert again.accept_due_at is not None
    with pytest.raises(DomainError, match="只能一次告知"):
        ask_supplement(case_id=case.pk, items="2. 还缺", actor=actor, now=later)


def test_silence_is_acceptance_from_the_day_of_application(world: World) -> None:
    case = stage.case(world)
    late = stage.NOW + 8 * DAY
    assert cases_unanswered(now=stage.NOW + DAY) == []
    assert not accept_silently(case_id=case.pk, now=stage.NOW + DAY)
    assert cases_unanswered(now=late) == [case.pk]
    assert accept_silently(case_id=case.pk, now=late)
    assert not accept_silently(case_id=case.pk, now=late)
    case.refresh_from_db()
    assert (case.state, case.silent_acceptance, case.accepted_at) == ("accepted", True, stage.NOW)


def test_steps_are_measured_in_working_days_one_after_the_other(world: World) -> None:
    case = accepted(world)
    actor = world.reviewer.actor
    monday = stage.NOW + 5 * DAY  # Wednesday to Monday: three working days
    first = finish_step(case_id=case.pk, note="齐全", actor=actor, now=monday)
    assert (first.used_days, first.limit_days) == (3, 3)
    second = case.steps.get(order=2)
    assert second.started_at == monday
    with pytest.raises(DomainError, match="1 个环节未办结"):
        grant_case(case_id=case.pk, document="1 号", actor=actor, now=monday)
    finish_step(case_id=case.pk, note="", actor=actor, now=monday + DAY)
    done = grant_case(case_id=case.pk, document="1 号", actor=actor, now=monday + DAY)
    assert (done.state, done.used_days, done.limit_days, done.in_time) == ("granted", 4, 7, True)


def test_a_decision_after_the_limit_is_not_in_time(world: World) -> None:
    case = accepted(world)
    done = decided(world, case, now=stage.NOW + 20 * DAY)
    assert done.in_time is False


def test_a_refusal_needs_reason_and_remedy(world: World) -> None:
    case = accepted(world)
    actor = world.reviewer.actor
    said = {"case_id": case.pk, "document": "2 号", "actor": actor, "now": stage.NOW}
    with pytest.raises(DomainError, match="理由"):
        refuse_case(reason="", remedy="复议", **said)
    with pytest.raises(DomainError, match="救济途径"):
        refuse_case(reason="场地不符", remedy=" ", **said)
    remedy = usual_remedy(case.matter, on=stage.TODAY)
    assert "60 日内申请行政复议" in remedy
    done = refuse_case(reason="场地不符", remedy=remedy, **said)
    assert (done.state, done.remedy) == ("refused", remedy)
    with pytest.raises(WrongState):
        withdraw_case(case_id=case.pk, actor=world.school.actor)


def test_an_application_is_read_by_the_applicant_and_the_authority_alone(world: World) -> None:
    case = stage.case(world)
    seen = {
        name
        for name, person in world.people.items()
        if cases_visible_to(person.actor).filter(pk=case.pk).exists()
    }
    assert seen == {"school", "reviewer", "coordinator"}


def test_swapped_numbers_open_nothing_of_another_applicant(world: World) -> None:
    upload = SimpleUploadedFile("场地.txt", "场地证明".encode(), "text/plain")
    case = stage.case(world, files=[upload])
    file = files_of(case).get()
    urls = [
        case.get_absolute_url(),
        reverse("accreditation:case_act", args=[case.pk, "supplement"]),
        reverse("accreditation:case_act", args=[case.pk, "accept"]),
        reverse("kernel:file_download", args=[file.pk]),
    ]
    for person in (world.rival, world.enterprise, world.leader, world.student):
        assert [person.client.get(url).status_code for url in urls] == [404] * len(urls)
    own = world.school.client.get(urls[-1])
    assert (own.status_code, b"".join(own.streaming_content)) == (200, "场地证明".encode())


def test_nobody_handles_the_application_of_the_own_unit(world: World) -> None:
    case = stage.case(world)
    ApprovalCase.objects.update(applicant_id=world.reviewer.organisation.pk)
    with pytest.raises(NotAllowed):
        accept_case(case_id=case.pk, actor=world.reviewer.actor, now=stage.NOW)


@pytest.mark.parametrize("person", ["reviewer", "coordinator", "student", "expert"])
def test_only_units_that_are_no_departments_apply(world: World, person: str) -> None:
    matter = stage.matter(world)
    with pytest.raises(NotAllowed):
        apply_for(
            matter_id=matter.pk, title="申请", detail="内容", files=[],
            actor=world.people[person].actor, now=stage.NOW,
        )  # fmt: skip


def test_the_median_and_the_share_in_time_are_public(world: World) -> None:
    matter = stage.matter(world)
    for days in (1, 2, 20):
        case = stage.case(world, matter)
        accept_case(case_id=case.pk, actor=world.reviewer.actor, now=stage.NOW)
        decided(world, case, now=stage.NOW + days * DAY)
    row = matter_statistics(published_matters())[0]
    assert (row.decided, row.in_time, row.limit) == (3, 2, 7)
    assert row.median_days == 2.0
    assert [step.done for step in step_statistics(matter)] == [3, 3]
    page = world.anonymous.client.get(reverse("accreditation:matter_list")).content.decode()
    assert "已办结 3 件，按时 2 件" in page


def test_the_authority_is_warned_once_a_day_when_the_limit_nears(world: World) -> None:
    case = accepted(world)
    calendar = site_calendar()
    assert cases_near_limit(today=stage.TODAY, calendar=calendar, within=2) == []
    near = datetime.date(2026, 3, 25)  # two working days before 27 March
    assert cases_near_limit(today=near, calendar=calendar, within=2) == [case]
    remind_of_limit(case_id=case.pk, today=near)
    remind_of_limit(case_id=case.pk, today=near)
    told = Notification.objects.filter(title__contains="将到期")
    assert sorted(told.values_list("user__username", flat=True)) == ["coordinator", "reviewer"]


def test_the_applicant_is_told_of_every_step(world: World, run_jobs: Callable[[], None]) -> None:
    case = accepted(world)
    run_jobs()
    titles = Notification.objects.filter(user=world.school.user).values_list("title", flat=True)
    assert [title for title in titles if case.number in title] == [f"办件办理中：{case.number}"]


def test_the_list_of_cases_costs_the_same_with_3_and_with_30_rows(world: World) -> None:
    matter = stage.matter(world)
    url = reverse("accreditation:case_list")
    world.reviewer.client.get(url)
    counts = []
    for size in (3, 30):
        while ApprovalCase.objects.count() < size:
            stage.case(world, matter)
        with CaptureQueriesContext(connection) as queries:
            assert world.reviewer.client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_official_decides_through_the_pages(world: World) -> None:
    case = stage.case(world)
    client = world.reviewer.client

    def act(name: str, **said: str) -> int:
        url = reverse("accreditation:case_act", args=[case.pk, name])
        assert client.get(url).status_code == 200
        return client.post(url, said).status_code

    assert act("accept", ok="1") == 302
    assert act("grant", document="3 号") == 422
    assert act("step", note="齐全") == 302
    assert act("step", note="") == 302
    assert act("grant", document="3 号") == 302
    page = client.get(case.get_absolute_url()).content.decode()
    assert "准予许可" in page
