"""Long jobs: started, watched, cancelled, failed, found again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel import jobs
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.jobs import Outcome, Progress, cancel_job, long_job, start_job
from silian.foundation.kernel.models import Job, StoredFile
from tests.foundation.kernel.results import job_of, result_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def works() -> Iterator[None]:
    """Three kinds of work for the tests."""

    @long_job("tests.counts")
    def counts(progress: Progress, *, rows: int) -> Outcome:
        for row in range(rows):
            progress.report(done=row + 1, total=rows)
        return Outcome(message=f"已办 {rows} 行", url="/jobs/")

    @long_job("tests.refuses")
    def refuses(progress: Progress) -> None:
        raise DomainError("第 3 行证件号少 1 位。请更正后重新导入。")

    @long_job("tests.breaks")
    def breaks(progress: Progress) -> None:
        raise ZeroDivisionError("secret internals")

    yield
    for kind in ("tests.counts", "tests.refuses", "tests.breaks"):
        jobs._works.pop(kind)


def started(world: World, kind: str, **arguments: Any) -> Job:
    return start_job(kind=kind, title="导入岗位", actor=world.enterprise.actor, **arguments)


@pytest.mark.usefixtures("works")
def test_a_job_runs_and_leaves_its_outcome(world: World, run_jobs: Callable[[], None]) -> None:
    job = started(world, "tests.counts", rows=7)
    assert job.state == JobState.QUEUED
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == (JobState.DONE, 7, 7, 100)
    assert job.message == "已办 7 行"
    assert job.result_url == "/jobs/"
    assert job.ended_at


@pytest.mark.usefixtures("works")
def test_a_refusal_becomes_the_failure_sentence(world: World, run_jobs: Callable[[], None]) -> None:
    job = started(world, "tests.refuses")
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "第 3 行" in job.failure


@pytest.mark.usefixtures("works")
def test_a_bug_fails_without_telling_its_internals(world: World) -> None:
    job = started(world, "tests.breaks")
    with pytest.raises(ZeroDivisionError):
        jobs.run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "secret" not in job.failure


@pytest.mark.usefixtures("works")
def test_an_ended_job_does_not_run_again(world: World) -> None:
    job = started(world, "tests.counts", rows=1)
    jobs.run(job_id=job.pk)
    ended = Job.objects.get(pk=job.pk).ended_at
    jobs.run(job_id=job.pk)
    assert Job.objects.get(pk=job.pk).ended_at == ended


def test_an_unknown_kind_is_a_bug(world: World) -> None:
    with pytest.raises(LookupError):
        started(world, "tests.nobody")


@pytest.mark.usefixtures("works")
def test_a_waiting_job_is_cancelled_at_once(world: World, run_jobs: Callable[[], None]) -> None:
    job = cancel_job(job_id=started(world, "tests.counts", rows=3).pk, actor=world.enterprise.actor)
    assert job.state == JobState.CANCELLED
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, 0)


@pytest.mark.usefixtures("works")
def test_an_ended_job_cannot_be_cancelled(world: World) -> None:
    job = started(world, "tests.counts", rows=1)
    jobs.run(job_id=job.pk)
    with pytest.raises(WrongState, match="已完成"):
        cancel_job(job_id=job.pk, actor=world.enterprise.actor)


@pytest.mark.django_db(transaction=True)
def test_a_running_job_shows_progress_from_inside_its_transaction_and_stops_when_asked() -> None:
    seen: list[tuple[int, str]] = []

    @long_job("tests.long")
    def long(progress: Progress) -> None:
        with transaction.atomic():
            Job.objects.filter(pk=progress.job.pk).exists()
            progress.report(done=3, total=10, message="正在核对")
            seen.append(seen_by_others(progress.job.pk))
            others = connection.copy()
            with others.cursor() as cursor:
                cursor.execute(
                    "UPDATE kernel_job SET cancel_requested = true WHERE id = %s",
                    [progress.job.pk],
                )
            others.close()
            progress.report(done=10, total=10)
            seen.append((-1, "not reached"))

    job = Job.objects.create(kind="tests.long", title="长任务", actor_name="甲")
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    jobs._works.pop("tests.long")
    assert seen == [(3, "正在核对")]
    assert job.state == JobState.CANCELLED


def seen_by_others(job_id: int) -> tuple[int, str]:
    others = connection.copy()
    with others.cursor() as cursor:
        cursor.execute("SELECT done, message FROM kernel_job WHERE id = %s", [job_id])
        row = cursor.fetchone()
    others.close()
    return row


def test_progress_is_told_at_most_twice_a_second(world: World) -> None:
    progress = Progress(job_of(world.enterprise))
    told: list[int] = []
    progress._tell = lambda: told.append(progress.done)  # type: ignore[method-assign]
    for row in range(10_000):
        progress.report(done=row + 1, total=10_000)
    progress.close()
    assert told[0] == 1
    assert told[-1] == 10_000
    assert len(told) < 10


def test_the_page_polls_while_the_job_runs_and_stops_after(world: World) -> None:
    job = job_of(world.enterprise, state=JobState.RUNNING, done=30, total=60)
    url = reverse("kernel:job_detail", args=[job.pk])
    page = world.enterprise.client.get(url).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "（50%）" in page
    fragment = world.enterprise.client.get(url, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    Job.objects.update(state=JobState.DONE, ended_at=timezone.now())
    ended = world.enterprise.client.get(url, headers={"HX-Request": "true"})
    assert ended.status_code == 286
    assert "hx-trigger" not in ended.content.decode()


def test_the_list_shows_only_my_own_jobs(world: World) -> None:
    job_of(world.enterprise, title="我方导入")
    job_of(world.rival, title="对方导入")
    page = world.enterprise.client.get(reverse("kernel:job_list")).content.decode()
    assert "我方导入" in page
    assert "对方导入" not in page
    asked_for_all = world.enterprise.client.get(reverse("kernel:job_list") + "?all=1")
    assert "对方导入" not in asked_for_all.content.decode()
    everything = world.system_admin.client.get(reverse("kernel:job_list") + "?all=1")
    assert "对方导入" in everything.content.decode()


def test_the_list_costs_the_same_with_3_and_30_jobs(world: World) -> None:
    url = reverse("kernel:job_list")
    world.enterprise.client.get(url)
    costs = []
    for wanted in (3, 30):
        while Job.objects.count() < wanted:
            job_of(world.enterprise)
        costs.append(count_queries(world, url))
    assert costs[0] == costs[1]


def count_queries(world: World, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert world.enterprise.client.get(url).status_code == 200
    return len(queries)


def test_the_administrator_sees_the_job_but_not_its_result(world: World) -> None:
    file = result_of(world.enterprise)
    job = Job.objects.get(pk=file.object_id)
    Job.objects.filter(pk=job.pk).update(
        result_file=file, state=JobState.DONE, ended_at=timezone.now()
    )
    download = reverse("kernel:file_download", args=[file.pk])
    page = world.system_admin.client.get(reverse("kernel:job_detail", args=[job.pk]))
    assert download not in page.content.decode()
    assert world.system_admin.client.get(download).status_code == 404


def test_old_jobs_go_with_their_results(world: World) -> None:
    file = result_of(world.enterprise)
    now = timezone.now()
    Job.objects.update(state=JobState.DONE, ended_at=now - datetime.timedelta(days=100))
    assert jobs.remove_ended_jobs(before=now - datetime.timedelta(days=90)) == 1
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert not Job.objects.exists()
