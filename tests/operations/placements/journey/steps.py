"""What people do more than once in the journeys."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import xlsxwriter
from django.db import connection
from playwright.sync_api import expect

from silian.casework.agreements.models import Signature
from silian.foundation.kernel.testing import run_queued_jobs
from tests.operations.placements.journey.conftest import Scene
from tests.world import Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(name: str, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """An Excel file as a person picks it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
    return {"name": name, "mimeType": XLSX, "buffer": content.getvalue()}


def let_jobs_run() -> None:
    """Run the queue as the worker does, away from the browser's event loop: sealing needs one."""

    def work() -> None:
        try:
            run_queued_jobs()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(work).result()


def confirm(page: Any, label: str) -> None:
    """Open the question of a step and answer it."""
    page.locator("summary", has_text=label).first.click()
    page.get_by_role("button", name=label, exact=True).first.click()


def fill(page: Any, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def waiting_row(*, source_id: int, role: str) -> Signature:
    """The signature of the agreement's open version that waits for a role."""
    return Signature.objects.get(
        version__agreement__source_id=source_id,
        version__state="signing",
        party__role=role,
        state="waiting",
    )


def sign_agreement(page: Any) -> None:
    page.check("[name=understood]")
    page.get_by_role("button", name="签这份协议").click()


def sign_in_account(scene: Scene, person: Person, row: Signature) -> Any:
    """Read and sign in one's account."""
    page = scene.seat(person, f"/agreements/sign/{row.pk}/")
    sign_agreement(page)
    expect(page.locator("#act")).to_contain_text("已签")
    return page


def sign_by_link(scene: Scene, row: Signature, *, name: str, last_four: str) -> Any:
    """The school makes a link on the list of who has not signed; its reader signs on a phone."""
    clerk = scene.seat(scene.world.school, f"/agreements/waiting/?q={name}")
    form = clerk.locator(f"form[action='/agreements/sign/{row.pk}/link/']")
    form.get_by_role("button", name="生成链接").click()
    address = clerk.input_value("#link")
    phone = scene.phone(address)
    fill(phone, name=name, last_four=last_four)
    phone.get_by_role("button", name="打开协议").click()
    phone.wait_for_selector("#act")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    sign_agreement(phone)
    expect(phone.locator("h1")).to_contain_text("已签好")
    assert phone.request.get(address).status == 404  # it worked once
    return phone
