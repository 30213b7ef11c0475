"""The leader reads the cockpit, opens a number to its rows and prints the bulletin."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from silian.casework.publications.models import Edition
from silian.foundation.kernel.testing import run_queued_jobs
from tests.browser import settle, violations
from tests.composition.reports.stage import busy_city
from tests.world import CITY, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_leader_reads_the_cockpit_and_prints_the_bulletin(cast: World, seat: Any) -> None:
    busy_city()
    leader = seat(cast.leader)
    settle(leader, reverse("portal:today"))
    expect(leader.locator("h1")).to_contain_text("4 项目标：1 项按期")
    expect(leader.locator("h1 b")).to_have_text("1 项逾期")
    assert violations(leader) == []

    leader.locator(".sl-ck-ten").get_by_role("link", name="30", exact=True).click()
    expect(leader.locator("h1")).to_contain_text("成交")
    leader.go_back()

    leader.get_by_role("link", name="工作简报", exact=True).click()
    expect(leader.locator(".sl-paper")).to_contain_text("列入台账的数量目标 4 项")
    assert violations(leader) == []
    address = leader.get_by_role("link", name="打印两页 PDF").get_attribute("href")
    printed = leader.request.get(address)
    assert printed.headers["content-type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(printed.body())).pages) <= 2


def test_a_phone_shows_first_what_is_not_on_time(cast: World, seat: Any) -> None:
    busy_city()
    phone = seat(cast.leader, width=390)
    settle(phone, reverse("reports:cockpit", kwargs={"division": CITY}))
    on_time = phone.locator(".sl-ck-chain .is-on_time")
    expect(on_time).to_be_hidden()
    phone.get_by_text("展开按期的 1 项").click()
    expect(on_time).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_bulletin_is_made_approved_and_read_by_the_public(cast: World, seat: Any) -> None:
    busy_city()
    writer, reviewer = seat(cast.coordinator), seat(cast.reviewer)
    settle(writer, reverse("reports:bulletin", kwargs={"division": CITY}))
    writer.get_by_role("button", name="冻结数据并生成").click()
    run_queued_jobs()
    edition = Edition.objects.get()
    settle(writer, edition.get_absolute_url())
    expect(writer.locator("main")).to_contain_text(".docx")
    writer.get_by_role("button", name="送审").click()
    settle(reviewer, edition.get_absolute_url())
    reviewer.get_by_role("button", name="批准").click()
    expect(reviewer.locator("h1")).to_contain_text("已批准")
    settle(writer, edition.get_absolute_url())
    writer.get_by_role("button", name="发布", exact=True).click()
    expect(writer.locator("h1")).to_contain_text("已发布")
    assert violations(writer) == []
    page = cast.anonymous.client.get(edition.get_absolute_url())
    assert page.status_code == 200
