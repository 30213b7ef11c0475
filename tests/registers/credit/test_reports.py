"""Credit reports: sealed, checked by code and by file, only for their subject."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.pdf_seals import seal_of
from silian.registers.credit.commands.records import revoke_record
from silian.registers.credit.commands.reports import issue_report
from silian.registers.credit.models import CreditReport
from tests.registers.credit import stage
from tests.world import World


def issued(world: World, days: int = 0) -> CreditReport:
    now = timezone.now() + datetime.timedelta(days=days)
    return issue_report(actor=world.enterprise.actor, now=now)


def test_the_report_is_sealed_and_says_what_holds(world: World) -> None:
    row = stage.in_force(world)
    report = issued(world)
    assert report.document is not None
    content = read_content(report.document)
    assert content.startswith(b"%PDF")
    assert seal_of(content).holds
    (said,) = report.snapshot["records"]
    assert (said["number"], report.snapshot["bad"]) == (row.decision_number, 1)


def test_a_report_keeps_what_it_said_after_the_record_is_gone(world: World) -> None:
    row = stage.in_force(world)
    first = issued(world)
    revoke_record(
        record_id=row.pk, reason="原决定已撤销", actor=world.reviewer.actor, now=timezone.now()
    )
    second = issued(world)
    first.refresh_from_db()
    assert (first.snapshot["bad"], second.snapshot["bad"]) == (1, 0)
    assert first.check_code != second.check_code


def test_the_same_state_on_the_same_day_is_one_report(world: World) -> None:
    assert issued(world) == issued(world)
    assert CreditReport.objects.count() == 1


def test_nobody_else_issues_or_downloads_a_report(world: World) -> None:
    with pytest.raises(NotAllowed):
        issue_report(actor=world.reviewer.actor, now=timezone.now())
    report = issued(world)
    assert report.document is not None
    url = reverse("kernel:file_download", args=[report.document.pk])
    own = world.enterprise.client.get(url)
    assert b"".join(own.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined, arg-type]
    assert world.rival.client.get(url).status_code == 404
    assert world.reviewer.client.get(url).status_code == 404


def test_anybody_checks_a_code_and_learns_what_the_paper_says(world: World) -> None:
    row = stage.in_force(world)
    report = issued(world)
    page = world.anonymous.client.get(report.check_url).content.decode()
    assert "查验码有效" in page
    assert row.decision_number in page
    unknown = world.anonymous.client.get(reverse("credit:report_check_code", args=["ABCDEFGH2345"]))
    assert unknown.status_code == 404
    assert "没有查验码" in unknown.content.decode()


def test_a_file_is_compared_byte_by_byte(world: World) -> None:
    report = issued(world)
    assert report.document is not None
    content = read_content(report.document)
    url = reverse("credit:report_check")
    for body, sentence in (
        (content, "文件与出具时一致，签章有效"),
        (content + b"\n", "不是本平台出具的信用报告"),
    ):
        copy = SimpleUploadedFile("r.pdf", body, content_type="application/pdf")
        page = world.anonymous.client.post(url, {"copy": copy}).content.decode()
        assert sentence in page


def test_the_own_page_lists_reports_with_their_codes(world: World) -> None:
    done = world.enterprise.client.post(reverse("credit:report_issue"), follow=True)
    page = done.content.decode()
    assert CreditReport.objects.get().check_code in page
    assert "本年已出具 1 份" in page
