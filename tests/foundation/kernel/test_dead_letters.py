"""Handlers that fail for good are seen, retried once more or given up with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from silian.foundation.kernel import events
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.dead_letters import (
    count_of_dead_letters,
    dead_letters,
    discard_dead_letter,
    remove_orphaned_failures,
    retry_dead_letter,
)
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish, subscribe
from silian.foundation.kernel.models import AuditEntry, HandlerFailure, Job
from silian.foundation.kernel.tasks import RETRY, run_job
from tests.foundation.kernel.letters import SampleHappened, failed_letter, status_of
from tests.world import World

ATTEMPTS = 1 + (RETRY.max_attempts or 0)


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """What a handler heard; while ``broken`` is there it fails."""
    ids: list[int] = []

    @subscribe(SampleHappened)
    def hear(event: SampleHappened) -> None:
        ids.append(event.sample_id)
        if -1 in ids:
            raise ConnectionError("外部系统没有应答")

    yield ids
    events._handlers[SampleHappened].remove(hear)
    del events._by_name[events.subscription_name(SampleHappened, hear)]


def work() -> None:
    """Let a real worker do everything that is due now, waits between attempts left out."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    worker = app.connector.get_worker_connector()
    with app.replace_connector(worker) as queue:
        queue.run_worker(wait=False, install_signal_handlers=False, queues=["events"])


@pytest.mark.usefixtures("clean_queue")
def test_a_handler_failing_every_time_lands_among_the_dead_and_a_retry_runs_once_more(
    heard: list[int], world: World
) -> None:
    heard.append(-1)
    publish(SampleHappened(sample_id=7))
    for _ in range(ATTEMPTS + 1):
        work()
    assert heard.count(7) == ATTEMPTS
    (letter,) = dead_letters(limit=10)
    assert letter.payload == {"sample_id": 7}
    assert letter.error == "ConnectionError: 外部系统没有应答"
    assert HandlerFailure.objects.filter(queue_job_id=letter.id).count() == ATTEMPTS
    retry_dead_letter(queue_job_id=letter.id, actor=world.system_admin.actor)
    work()
    work()
    assert heard.count(7) == ATTEMPTS + 1
    assert count_of_dead_letters() == 1
    heard.remove(-1)
    retry_dead_letter(queue_job_id=letter.id, actor=world.system_admin.actor)
    work()
    assert count_of_dead_letters() == 0
    assert status_of(letter.id) == "succeeded"


@pytest.mark.usefixtures("clean_queue")
def test_a_rolled_back_publish_leaves_nothing(heard: list[int]) -> None:
    with transaction.atomic():
        publish(SampleHappened(sample_id=7))
        transaction.set_rollback(True)
    work()
    assert not heard
    assert not ProcrastinateJob.objects.filter(task_name="kernel.handle_event").exists()


@pytest.mark.usefixtures("clean_queue")
def test_an_event_whose_worker_died_is_handled_again(heard: list[int], world: World) -> None:
    """At least once: the job was fetched by a worker that never came back."""
    publish(SampleHappened(sample_id=7))
    job = ProcrastinateJob.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '5 minutes') RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
        )
    work()
    assert not heard
    run_periodic("kernel.retry_stalled_jobs")
    work()
    assert heard == [7]
    assert status_of(job.pk) == "succeeded"


@pytest.mark.usefixtures("clean_queue")
def test_a_job_that_kills_every_worker_is_given_up() -> None:
    publish(SampleHappened(sample_id=7))
    app.tasks["kernel.handle_event"].defer(handler="x", payload={})
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '5 minutes') RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = 6, "
            "worker_id = (SELECT id FROM dead)"
        )
    run_periodic("kernel.retry_stalled_jobs")
    (letter,) = dead_letters(limit=10)
    assert "进程中断" in letter.error


@pytest.mark.usefixtures("clean_queue")
def test_the_long_job_behind_it_ends_with_a_sentence() -> None:
    job = Job.objects.create(kind="tests.heavy", title="大文件", actor_name="甲", state="running")
    run_job.defer(job_id=job.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '5 minutes') RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = 6, "
            "worker_id = (SELECT id FROM dead)"
        )
    run_periodic("kernel.retry_stalled_jobs")
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "多次中断" in job.failure


def run_periodic(name: str) -> None:
    """Run one of the queue's own periodic tasks as the worker would."""
    app.tasks[name].defer(timestamp=0)
    worker = app.connector.get_worker_connector()
    with app.replace_connector(worker) as queue:
        queue.run_worker(wait=False, install_signal_handlers=False, queues=["kernel"])


@pytest.mark.django_db
def test_a_discarded_letter_is_gone_and_its_content_is_in_the_audit_trail(world: World) -> None:
    job_id = failed_letter()
    discard_dead_letter(
        queue_job_id=job_id, actor=world.system_admin.actor, reason="对方系统已下线"
    )
    assert count_of_dead_letters() == 0
    entry = AuditEntry.objects.get(action="kernel.dead_letter.discarded")
    assert entry.reason == "对方系统已下线"
    assert entry.detail["payload"] == {"sample_id": 7}
    assert not HandlerFailure.objects.filter(queue_job_id=job_id).exists()


@pytest.mark.django_db
def test_a_letter_is_not_discarded_without_a_reason(world: World) -> None:
    job_id = failed_letter()
    with pytest.raises(DomainError, match="理由"):
        discard_dead_letter(queue_job_id=job_id, actor=world.system_admin.actor, reason=" x ")
    assert count_of_dead_letters() == 1


@pytest.mark.django_db
def test_others_may_not_decide_about_letters(world: World) -> None:
    job_id = failed_letter()
    with pytest.raises(NotAllowed):
        retry_dead_letter(queue_job_id=job_id, actor=world.security_admin.actor)
    with pytest.raises(NotAllowed):
        discard_dead_letter(queue_job_id=job_id, actor=world.audit_admin.actor, reason="不再需要了")


@pytest.mark.django_db
def test_a_letter_decided_by_somebody_else_says_so(world: World) -> None:
    job_id = failed_letter()
    retry_dead_letter(queue_job_id=job_id, actor=world.system_admin.actor)
    with pytest.raises(DomainError, match="已由他人处理"):
        retry_dead_letter(queue_job_id=job_id, actor=world.system_admin.actor)
    url = reverse("kernel:dead_letter_retry", args=[job_id])
    answer = world.system_admin.client.post(url, follow=True)
    assert "已由他人处理" in answer.content.decode()


@pytest.mark.django_db
def test_the_page_names_task_error_and_attempts(world: World) -> None:
    job_id = failed_letter(error="<b>没有应答</b>")
    page = world.system_admin.client.get(reverse("kernel:dead_letter_list")).content.decode()
    assert f"{job_id} · kernel.handle_event" in page
    assert "&lt;b&gt;没有应答" in page
    detail = world.system_admin.client.get(reverse("kernel:dead_letter_detail", args=[job_id]))
    assert "sample_id" in detail.content.decode()


@pytest.mark.django_db
def test_the_list_costs_the_same_with_3_and_30_letters(
    world: World, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(30):
        failed_letter(attempts=1)
    with django_assert_max_num_queries(3):
        assert len(dead_letters(limit=30)) == 30


@pytest.mark.django_db
def test_failures_of_jobs_that_are_gone_are_forgotten() -> None:
    job_id = failed_letter()
    HandlerFailure.objects.create(queue_job_id=job_id + 1000, attempt=1, error="x")
    assert remove_orphaned_failures() == 1
