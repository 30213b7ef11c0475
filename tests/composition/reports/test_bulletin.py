"""The bulletin: frozen, laid out on two pages, approved and published like every edition."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.steps import submit_edition
from silian.casework.publications.models import Edition
from silian.composition.reports.commands.bulletin import start_bulletin
from silian.composition.reports.commands.bulletin_files import attach_bulletin_files
from silian.composition.reports.exports.bulletin_pdf import bulletin_pdf
from silian.composition.reports.exports.bulletin_word import bulletin_word
from silian.composition.reports.queries.bulletin import bulletin_snapshot
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import read_content
from silian.foundation.reference.models import Division
from tests.casework.publications.editions import NOW
from tests.composition.reports.stage import ENTERPRISES, busy_city, days, make_target, today
from tests.world import CITY, World

pytestmark = pytest.mark.django_db


def started(world: World) -> Edition:
    start_bulletin(division=CITY, on=today(), actor=world.coordinator.actor, today=today())
    return Edition.objects.get(kind="bulletin")


def said_by(world: World) -> dict[str, Any]:
    snapshot = bulletin_snapshot(
        division=Division.objects.get(pk=CITY),
        on=today(),
        actor=world.coordinator.actor,
        issuer="青澜市教育局（演示）",
    )
    return dict(snapshot["bulletin"])


def file_of(edition: Edition, ending: str) -> bytes:
    return read_content(edition.files.get(name__endswith=ending).stored)


def test_a_worker_makes_both_files_of_the_frozen_data(
    world: World, run_jobs: Callable[[], None]
) -> None:
    busy_city()
    edition = started(world)
    make_target(title="编制之后才有的目标", low=9)
    run_jobs()
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(file_of(edition, ".pdf"))).pages
    )
    assert "列入台账的数量目标 4 项" in text.replace("\n", "")
    assert "编制之后才有的目标" not in text
    word = docx.Document(io.BytesIO(file_of(edition, ".docx")))
    assert any("列入台账的数量目标 4 项" in paragraph.text for paragraph in word.paragraphs)


def test_the_bulletin_says_the_numbers_of_the_cockpit(world: World) -> None:
    busy_city()
    edition = started(world)
    page = world.leader.client.get(reverse("reports:cockpit", kwargs={"division": CITY}))
    shown = {
        number.title: f"{number.text} {number.unit}".strip()
        for number in page.context["cockpit"].numbers
    }
    said = {row["title"]: row["text"] for row in edition.snapshot["bulletin"]["numbers"]}
    assert said == shown


def test_a_full_month_still_fits_two_pages(world: World) -> None:
    busy_city(rows=6)
    said = said_by(world)
    said["waiting"] = [
        {
            "title": f"第 {place} 项很长很长很长很长很长的目标名称",
            "shown": "1,234/5,678 家",
            "label": "逾期",
            "deadline": "2026-12-31",
            "reason": "期限已过，未达到目标值，由牵头单位说明原因",
        }
        for place in range(12)
    ]
    said["changes"] = [
        "一项较长的变化，写明单位、数值和期限，大约占去一行半的位置，供领导了解。"
    ] * 7
    said["problems"] = [
        {"title": "公共实训基地二期用地", "lead": "市自然资源局", "due": "", "state": "办理中"}
    ] * 5
    said["bodies"] = said["bodies"] * 8
    content = bulletin_pdf(said, label="2026年第9期", title="青澜市2026年3月产教融合推进情况")
    assert len(PdfReader(io.BytesIO(content)).pages) == 2


def test_the_pdf_brings_its_own_chinese_font(world: World) -> None:
    content = bulletin_pdf(said_by(world), label="预览，未编号", title="青澜市产教融合推进情况")
    page = PdfReader(io.BytesIO(content)).pages[0]
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    kinds = [fonts[name]["/DescendantFonts"][0]["/FontDescriptor"] for name in fonts]
    assert kinds
    assert all("/FontFile2" in kind or "/FontFile3" in kind for kind in kinds)


def test_only_the_coordinator_starts_a_bulletin(world: World) -> None:
    for name in ("leader", "supervisor", "reviewer", "enterprise"):
        with pytest.raises(NotAllowed):
            start_bulletin(division=CITY, on=today(), actor=world.people[name].actor, today=today())


def test_a_day_to_come_is_refused_at_its_field(world: World) -> None:
    with pytest.raises(DomainError, match="晚于今天") as refused:
        start_bulletin(division=CITY, on=days(1), actor=world.coordinator.actor, today=today())
    assert refused.value.field == "on"


def test_a_second_draft_is_refused_in_the_form(world: World) -> None:
    started(world)
    address = reverse("reports:bulletin", kwargs={"division": CITY})
    answer = world.coordinator.client.post(address, {"on": str(today())})
    assert answer.status_code == 422
    assert "还是草稿" in answer.content.decode()


def test_a_bulletin_handed_in_keeps_its_files(world: World, run_jobs: Callable[[], None]) -> None:
    edition = started(world)
    run_jobs()
    submit_edition(edition_id=edition.pk, actor=world.coordinator.actor, now=NOW)
    before = set(edition.files.values_list("sha256", flat=True))
    attach_bulletin_files(
        edition_id=edition.pk, word=bulletin_word, pdf=bulletin_pdf, actor=system_actor()
    )
    assert set(edition.files.values_list("sha256", flat=True)) == before


def test_making_the_files_twice_leaves_two_files(world: World) -> None:
    edition = started(world)
    for _ in range(2):
        attach_bulletin_files(
            edition_id=edition.pk, word=bulletin_word, pdf=bulletin_pdf, actor=system_actor()
        )
    assert edition.files.count() == 2


def test_the_preview_prints_as_a_pdf(world: World) -> None:
    address = reverse("reports:bulletin_print", kwargs={"division": CITY})
    answer = world.leader.client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) <= 2


def test_the_annual_workbook_holds_every_target_and_metric(world: World) -> None:
    busy_city()
    address = reverse("reports:annual_sheet", kwargs={"division": CITY})
    answer = world.leader.client.get(address)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["说明", "目标", "指标", "任务"]
    targets = book.get_sheet_by_name("目标").to_python()
    assert [row[1] for row in targets[1:]] == ["入驻企业", "规上企业", "企业总数", "中试基地"]
    metrics = {row[0]: row for row in book.get_sheet_by_name("指标").to_python()[1:]}
    assert metrics[ENTERPRISES][2 + today().month] == 26
