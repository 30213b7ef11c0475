"""An official drops a scanned page in, corrects one clause, and issues it."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import expect

from silian.foundation.kernel.testing import run_queued_jobs
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.queries.review import Review
from tests.browser import settle, violations
from tests.journeys.conftest import Seat
from tests.registers.policies.documents.stage import SAMPLES
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
PAGE = 3  # of the sample scan: targets, deadlines and responsible bodies
DOTS = 180  # an inch
HEADING = "办好供需信息平台"


def scanned_page() -> bytes:
    """The middle of one page of the scanned sample plan, without a text layer."""
    source = pypdfium2.PdfDocument(SAMPLES / "plan_2025_scanned.pdf")
    page = source[PAGE - 1].render(scale=DOTS / 72).to_pil()
    source.close()
    middle = page.crop((0, page.height // 10, page.width, page.height * 6 // 10))
    target = io.BytesIO()
    middle.save(target, "PDF", resolution=DOTS)
    return target.getvalue()


def upload(page: Any) -> PolicyDocument:
    settle(page, "/policies/desk/upload/")
    page.get_by_label("原件").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": scanned_page()}
    )
    page.get_by_role("button", name="上传并解析").click()
    expect(page.locator("#pol-reading")).to_contain_text("正在解析")
    run_queued_jobs()
    return PolicyDocument.objects.get()


def settle_doubts(page: Any, document: PolicyDocument) -> None:
    """Keep every doubt as it is printed, one after another."""
    while doubts := Review(document).doubts:
        mark = doubts[0]
        place = f"{mark.clause_id}/" if mark.clause_id else ""
        settle(page, f"/policies/desk/{document.pk}/review/{place}")
        box = page.locator(f"#doubt-{mark.pk}")
        box.get_by_role("button", name="照录原文").click()
        expect(box).to_have_count(0)


def correct_heading(page: Any, heading: str) -> None:
    """Give the clause another heading; the original stays as it is."""
    page.get_by_text("更正条款").click()
    page.locator("#clause-heading").fill(heading)
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator("#clause h2")).to_have_text(heading)


def test_a_scan_becomes_an_issued_policy(cast: World, seat: Seat) -> None:
    page = seat(cast.coordinator)
    document = upload(page)
    assert document.state == DocumentState.REVIEWING, document.failure
    settle(page, f"/policies/desk/{document.pk}/review/")
    assert violations(page) == []
    settle_doubts(page, document)
    clause = Clause.objects.filter(document=document, is_task=True).first()
    assert clause is not None
    settle(page, f"/policies/desk/{document.pk}/review/{clause.pk}/")
    correct_heading(page, HEADING)
    clause.refresh_from_db()
    assert (clause.heading, clause.corrected) == (HEADING, True)
    page.locator("body").press("Enter")
    expect(page.locator("[data-sl-progress]")).to_contain_text("已确认 1 /")
    settle(page, f"/policies/desk/{document.pk}/review/")
    page.get_by_text("确认无疑点的").click()
    page.get_by_role("button", name="全部确认").click()
    count = document.clauses.count()
    expect(page.locator("[data-sl-progress]")).to_contain_text(f"已确认 {count} / {count}")
    settle(page, f"/policies/desk/{document.pk}/facts/")
    page.get_by_label("成文日期").fill("2025-06-20")
    page.get_by_role("button", name="保存").click()
    settle(page, f"/policies/desk/{document.pk}/issue/")
    page.get_by_role("button", name="发布").click()
    expect(page.locator("h1")).to_contain_text("已发布")
    document.refresh_from_db()
    assert document.state == DocumentState.ISSUED
