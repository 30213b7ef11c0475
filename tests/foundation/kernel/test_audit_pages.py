"""The trail on the screen: filters, pages, history, export; only for its own administrator."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from silian.foundation.kernel.audit import record
from silian.foundation.kernel.audit_exports import start_audit_export
from silian.foundation.kernel.audit_trail import AuditFilter, history_of
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import AuditEntry, Job
from silian.foundation.kernel.permissions import audit_entries_visible_to
from tests.foundation.kernel.results import job_of
from tests.world import COUNTY, World

pytestmark = pytest.mark.django_db


def page_of(world: World, **query: str) -> str:
    url = reverse("kernel:audit_list")
    return world.audit_admin.client.get(url, query).content.decode()


def test_the_page_shows_who_did_what_in_chinese(world: World) -> None:
    job = job_of(world.enterprise, title="导入九月岗位")
    record(world.enterprise.actor, "kernel.job.started", job, reason="月度导入")
    page = page_of(world)
    for words in ("提交后台任务", "导入九月岗位", "月度导入", world.enterprise.actor.name):
        assert words in page


def test_the_page_costs_the_same_with_3_and_30_entries(world: World) -> None:
    page_of(world)
    costs = []
    for wanted in (3, 30):
        while AuditEntry.objects.count() < wanted:
            record(world.enterprise.actor, "tests.sample.done", world.enterprise.organisation)
        with CaptureQueriesContext(connection) as queries:
            assert "单位" in page_of(world)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_filters_narrow_by_person_action_object_and_day(world: World) -> None:
    first, second = job_of(world.enterprise, title="甲任务"), job_of(world.rival, title="乙任务")
    record(world.enterprise.actor, "kernel.job.started", first)
    record(world.rival.actor, "kernel.job.cancelled", second)
    assert "乙任务" not in page_of(world, who=world.enterprise.actor.name)
    assert "乙任务" not in page_of(world, action="提交")
    assert "甲任务" not in page_of(world, action="kernel.job.cancelled")
    of_first = page_of(world, object_type="kernel.job", object_id=str(first.pk))
    assert "甲任务" in of_first
    assert "乙任务" not in of_first
    assert "没有符合条件的审计记录" in page_of(world, until="2001-01-01")


def test_a_day_that_is_none_is_named_and_does_not_break_the_page(world: World) -> None:
    record(world.enterprise.actor, "kernel.job.started", job_of(world.enterprise, title="甲任务"))
    page = page_of(world, since="2026-13-45", before="nonsense")
    assert "is-invalid" in page or 'aria-invalid="true"' in page
    assert "甲任务" in page


def test_pages_follow_by_key(world: World) -> None:
    for number in range(35):
        record(world.enterprise.actor, "tests.sample.done", reason=f"第{number:02}件")
    first = page_of(world)
    assert "第34件" in first
    assert "第04件" not in first
    key = AuditEntry.objects.get(reason="第05件").pk
    second = page_of(world, before=str(key))
    assert "第04件" in second
    assert "第05件" not in second


def test_a_fragment_is_the_part_of_the_page(world: World) -> None:
    record(world.enterprise.actor, "tests.sample.done")
    url = reverse("kernel:audit_list")
    page = world.audit_admin.client.get(url).content.decode()
    part = world.audit_admin.client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in page


def test_a_county_auditor_reads_the_county(world: World) -> None:
    job = job_of(world.enterprise)
    here = record(world.enterprise.actor, "tests.sample.done", job)
    inside = record(world.enterprise.actor, "tests.sample.done", world.enterprise.organisation)
    county = world.audit_admin.actor.__class__(
        user_id=-1, roles=frozenset({"audit_admin"}), jurisdiction=COUNTY
    )
    seen = set(audit_entries_visible_to(county))
    assert inside in seen
    assert here not in seen


def test_the_history_of_an_object_is_its_own(world: World) -> None:
    one, other = job_of(world.enterprise), job_of(world.enterprise)
    entry = record(world.enterprise.actor, "tests.sample.done", one)
    record(world.enterprise.actor, "tests.sample.done", other)
    assert list(history_of(one)) == [entry]


def test_the_export_holds_the_filtered_rows_and_is_itself_recorded(
    world: World, run_jobs: Callable[[], None]
) -> None:
    record(world.enterprise.actor, "kernel.job.started", reason="=HYPERLINK(1)")
    record(world.rival.actor, "kernel.job.started", reason="别人的")
    chosen = AuditFilter(who=world.enterprise.actor.name, since=datetime.date(2020, 1, 1))
    job = start_audit_export(chosen=chosen, actor=world.audit_admin.actor)
    run_jobs()
    job = Job.objects.get(pk=job.pk)
    assert job.state == JobState.DONE
    assert job.result_file is not None
    book = CalamineWorkbook.from_filelike(io.BytesIO(read_content(job.result_file)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["序号", "时间", "操作人"]
    assert [row[10] for row in rows[1:]] == ["=HYPERLINK(1)"]
    assert AuditEntry.objects.filter(action="kernel.audit.exported").count() == 1


def test_only_the_auditor_exports(world: World) -> None:
    with pytest.raises(NotAllowed):
        start_audit_export(chosen=AuditFilter(), actor=world.system_admin.actor)
