"""Doors for machines: alive, ready, measured."""

from __future__ import annotations

import datetime
import re
import shutil
from collections import namedtuple
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from silian.foundation.kernel import health, measurements
from silian.foundation.kernel.health import queue_finding, worker_is_alive
from silian.foundation.kernel.tasks import handle_event
from tests.foundation.kernel.letters import failed_letter

Usage = namedtuple("Usage", "total used free")
pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_without_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "ok"}


def test_a_sound_process_is_ready(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert set(answer.json()["checks"]) == {"database", "migrations", "queue", "disk"}
    assert answer.json()["status"] == "ok"


def test_a_full_disk_takes_the_process_out(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 10**6))
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"] == "failed"


def test_a_silent_database_takes_the_process_out(client: Client, monkeypatch: Any) -> None:
    def silent() -> Any:
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", silent)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "failed"


def test_missing_migrations_take_the_process_out(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'kernel' AND name = "
            "(SELECT max(name) FROM django_migrations WHERE app = 'kernel')"
        )
    assert client.get("/health/ready").status_code == 503


def test_a_late_queue_only_warns(client: Client) -> None:
    job_id = handle_event.defer(handler="x", payload={})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '20 minutes' WHERE job_id = %s",
            [job_id],
        )
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    finding = queue_finding(now=timezone.now())
    assert not finding.ok
    assert re.search("已等 12[0-5][0-9] 秒", finding.detail)  # a busy machine adds some


def test_a_job_due_tomorrow_is_not_late() -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    handle_event.configure(schedule_at=tomorrow).defer(handler="x", payload={})
    assert queue_finding(now=timezone.now()).ok


def test_a_worker_lives_while_it_reports() -> None:
    now = timezone.now()
    assert not worker_is_alive(now=now)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert worker_is_alive(now=now)
    assert not worker_is_alive(now=now + datetime.timedelta(minutes=2))


def test_requests_are_counted_by_route_name_not_by_path(client: Client) -> None:
    client.get("/jobs/123456/")
    client.get("/no-such-page-17")
    text = client.get("/metrics").content.decode()
    assert 'route="kernel:job_detail"' in text
    assert 'route="none"' in text
    assert "123456" not in text
    assert "no-such-page-17" not in text
    assert "silian_request_seconds_bucket" in text


def test_the_queue_is_measured(client: Client) -> None:
    failed_letter()
    handle_event.defer(handler="x", payload={})
    text = client.get("/metrics").content.decode()
    assert "silian_failed_jobs 1.0" in text
    assert 'silian_queue_jobs{queue="events",status="todo"} 1.0' in text
    assert 'silian_job_latency_seconds{quantile="0.95",queue="events"}' in text
    assert "silian_database_up 1.0" in text


def test_without_the_database_the_rest_is_still_measured(monkeypatch: Any) -> None:
    def silent(*_: Any) -> Any:
        raise DatabaseError

    monkeypatch.setattr(measurements, "rows", silent)
    text = measurements.exposition().decode()
    assert "silian_database_up 0.0" in text


def test_measurements_need_the_token_when_there_is_one(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "secret-token"
    assert client.get("/metrics").status_code == 404
    wrong = client.get("/metrics", headers={"Authorization": "Bearer wrong"})
    assert wrong.status_code == 404
    right = client.get("/metrics", headers={"Authorization": "Bearer secret-token"})
    assert right.status_code == 200


def test_measurements_without_a_token_stay_on_the_machine(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    by_proxy = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert by_proxy.status_code == 404


def test_behind_our_proxy_the_last_forwarded_address_counts(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXY = True
    answer = client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1, 203.0.113.9"})
    assert answer.wsgi_request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert answer.status_code == 404
