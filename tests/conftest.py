"""What every test of the house shares: one throw-away database, a closed network."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.browser import browser, page
from tests.emptying import empty_tables, may_empty
from tests.migrated_template import template_for
from tests.standing_cast import StandingCast
from tests.world import World, make_world

__all__ = ["browser", "page"]
SHARED = Path(__file__).resolve().parents[2] / "shared"

# Programs that these tests start, and the workers, read compiled modules where the machine would
# have each of them compile three thousand files afresh.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.disable()  # until everything is imported: nothing of it is garbage


def pytest_collection_finish() -> None:
    """Set aside what lives to the end, so that no later search for garbage walks through it."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    """Let the interpreter clear what was set aside, or extensions report it as leaked."""
    gc.unfreeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, in the order drawn, so that no process waits for another at the end."""
    long = {
        item.path
        for item in items
        if item.get_closest_marker("slow") or item.get_closest_marker("browser")
    }
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input beside the project; its absence fails in CI only."""
    if not SHARED.exists():
        if os.environ.get("CI"):
            pytest.fail("../shared is missing")
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Each worker process gets its own database, copied from one that is migrated."""
    from django.conf import settings
    from pytest_django.fixtures import _set_suffix_to_test_databases

    template = template_for(os.environ["DATABASE_URL"])
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template
    suffix = getattr(request.config, "workerinput", {}).get("workerid")
    if suffix:
        _set_suffix_to_test_databases(suffix=suffix)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Let what transactional tests committed be emptied, the audit trail too, in the test database.

    At the end, sessions that threads of a live server left open are closed, so that the database
    can be dropped.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        for table in ("auditentry", "auditlink"):
            trigger = table.replace("audit", "audit_")
            cursor.execute(f"ALTER TABLE kernel_{table} DISABLE TRIGGER {trigger}_no_truncate")
        quickly = may_empty()
    with pytest.MonkeyPatch.context() as patch:
        if quickly:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_tables())
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()  # when a browser ran, this session is not the one that the drop closes


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test writes for good, and its tables are emptied after it."""
    marker = request.node.get_closest_marker("django_db")
    committing = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(committing or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def no_job_stays_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue after a test that commits: its tables are not Django's own to flush."""
    yield
    if commits(request):
        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_periodic_defers")
            cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture(scope="session")
def standing_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[StandingCast]:
    """The cast that stands under the tests of this process that ask for it."""
    standing = StandingCast()
    yield standing
    with django_db_blocker.unblock():
        standing.leave()


@pytest.fixture
def cast_below(
    request: pytest.FixtureRequest, standing_cast: StandingCast, django_db_blocker: Any
) -> None:
    """Let the cast stand before the test's own savepoint, or take it away."""
    with django_db_blocker.unblock():
        if "world" in request.fixturenames and not commits(request):
            standing_cast.stand()
        else:
            standing_cast.leave()


@pytest.fixture
def _django_db_helper(cast_below: None, _django_db_helper: None) -> None:
    """Every test with a database, after the cast stands or is gone."""


@pytest.fixture
def run_jobs(db: None) -> Callable[[], None]:
    """Run every queued job now, in this process, until the queue is empty."""
    from silian.foundation.kernel.testing import run_queued_jobs

    return run_queued_jobs


@pytest.fixture
def world(db: None, standing_cast: StandingCast) -> World:
    """The cast of tests/world.py as it was made, whatever other tests did to it."""
    return standing_cast.world() if standing_cast.stands else make_world()
