"""The kernel's pages in a browser: a job watched, left and found again; WCAG AA; a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from silian.foundation.kernel.audit import record
from silian.foundation.kernel.choices import JobState
from silian.foundation.kernel.models import Job
from tests.browser import settle, violations
from tests.foundation.kernel.letters import failed_letter
from tests.foundation.kernel.results import job_of
from tests.world import Person, World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ADDRESSES = [
    ("enterprise", "/jobs/"),
    ("system_admin", "/queue/"),
    ("audit_admin", "/audit/?since=2026-13-01"),
    ("system_admin", "/working-days/?year=2031"),
]


def sign_in(page: Any, live_server: Any, person: Person) -> None:
    session = person.client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize(("role", "address"), ADDRESSES)
def test_pages_meet_wcag_aa_and_fit_the_screen(
    page: Any, live_server: Any, world: World, role: str, address: str, size: dict[str, int]
) -> None:
    job_of(world.enterprise, state=JobState.RUNNING, done=30, total=60, title="导入九月岗位")
    failed_letter()
    record(world.enterprise.actor, "kernel.job.started", world.enterprise.organisation)
    sign_in(page, live_server, world.people[role])
    page.set_viewport_size(size)
    settle(page, address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_job_moves_by_itself_is_left_and_found_again(
    page: Any, live_server: Any, world: World
) -> None:
    job = job_of(world.enterprise, state=JobState.RUNNING, done=30, total=60, title="导入九月岗位")
    sign_in(page, live_server, world.enterprise)
    settle(page, reverse("kernel:job_detail", args=[job.pk]))
    panel = page.locator("#kernel-job")
    expect(panel).to_contain_text("（50%）")
    Job.objects.update(done=45)
    expect(panel).to_contain_text("（75%）", timeout=8000)
    page.goto(reverse("kernel:job_list"))
    expect(page.locator("#kernel-jobs")).to_contain_text("45 / 60")
    Job.objects.update(state=JobState.DONE, done=60, ended_at=timezone.now(), message="已办 60 行")
    expect(page.locator("#kernel-jobs")).to_contain_text("已办 60 行", timeout=8000)
    page.click("text=导入九月岗位")
    expect(page.locator("#kernel-job")).to_contain_text("已完成")
    assert page.locator("#kernel-job").get_attribute("hx-trigger") is None
