"""kill -9 of web, worker and database while people write: what was acknowledged is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from config.supervisor import end_group
from tests.reliability.site import Site, kill, until
from tests.reliability.writers import MOST_REGISTRATIONS, Writers

pytestmark = pytest.mark.slow
BEFORE, AFTER = 10, 10  # acknowledged messages before the kill, and after it
AGE_WORKERS = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'"
WRITTEN = "SELECT text FROM exchange_message WHERE text LIKE '%-%-%'"
UNHANDLED = """
SELECT message.id FROM exchange_message message
WHERE message.text LIKE '%-%-%' AND NOT EXISTS (
    SELECT FROM accounts_notification notice WHERE notice.key =
        'negotiation-' || message.negotiation_id || '-message-' || message.id)
"""
RETRY_STALLED = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES ('kernel', 'kernel.retry_stalled_jobs', '{"timestamp": 0}')
"""
WAITING = "SELECT id FROM procrastinate_jobs WHERE queue_name = 'events' AND status <> 'succeeded'"


@contextmanager
def writing(site: Site, *, name: str, place: int) -> Iterator[Writers]:
    """People write before, during and after what happens inside."""
    writers = Writers(port=site.port, name=name)
    writers.start(
        conversations=site.staged["conversations"],
        newcomer=site.staged["newcomers"][place],
        series=100_000 + place * MOST_REGISTRATIONS,
    )
    try:
        until(lambda: len(writers.messages) >= BEFORE, what="the site takes messages")
        until(lambda: bool(writers.codes), what="the site takes a registration")
        yield writers
        seen = len(writers.messages)
        until(lambda: len(writers.messages) >= seen + AFTER, what="the site takes messages again")
    finally:
        writers.stop()


def assert_nothing_lost(site: Site, writers: Writers) -> None:
    kept = [text for (text,) in site.rows(WRITTEN)]
    assert not set(writers.messages) - set(kept)
    assert len(kept) == len(set(kept))
    codes = {code for (code,) in site.rows("SELECT uscc FROM organisations_organisation")}
    assert writers.codes
    assert not set(writers.codes) - codes


def assert_everybody_was_told(site: Site) -> None:
    """Each message has its notice: its event was handled, once or more."""
    until(lambda: not site.rows(WAITING), what="all events are handled")
    assert not site.rows(UNHANDLED)


def test_a_killed_web_process_loses_nothing(site: Site) -> None:
    with writing(site, name="web", place=0) as writers:
        victim = site.web_workers()[0]
        kill(victim)
        until(lambda: victim not in site.web_workers(), what="the web server replaces it")
        until(lambda: len(site.web_workers()) == 2, what="both web processes run")
    assert_nothing_lost(site, writers)
    assert_everybody_was_told(site)


def test_a_killed_worker_loses_no_event(site: Site) -> None:
    with writing(site, name="worker", place=1) as writers:
        kill(site.worker.pid)
        site.worker.wait()
        site.rows(AGE_WORKERS)  # an hour later
        site.start_missing()
        site.rows(RETRY_STALLED)
    assert_nothing_lost(site, writers)
    assert_everybody_was_told(site)


def test_a_killed_database_loses_nothing(site: Site) -> None:
    with writing(site, name="database", place=2) as writers:
        kill(site.postmaster())
        until(lambda: not site.postgres.is_running(), what="the database is gone")
        until(lambda: bool(writers.refused), what="somebody is refused meanwhile")
        site.postgres.ensure()
        site.rows(AGE_WORKERS)
        stop_and_start(site)
        site.rows(RETRY_STALLED)
    assert "审计链完整" in site.run("config", "audit", "verify")
    assert_nothing_lost(site, writers)
    assert_everybody_was_told(site)


def stop_and_start(site: Site) -> None:
    """What a person does whose database was killed: run it again."""
    for process in site.processes:
        end_group(process)
        process.wait()
    site.start()
