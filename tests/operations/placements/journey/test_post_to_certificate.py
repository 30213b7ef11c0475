"""A student at work: note, late pay, complaint, a better agreement, assessment, certificate."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from silian.casework.agreements.models import Agreement
from silian.operations.placements.choices.internships import InternshipState
from silian.operations.placements.models import Complaint, Internship
from silian.operations.placements.tasks.internships import run_internship_clocks
from silian.operations.placements.tasks.rights import watch_pay
from tests.browser import violations
from tests.operations.placements.journey import steps
from tests.operations.placements.journey.conftest import PHONE, Scene
from tests.operations.placements.learning import stage as learning
from tests.operations.placements.stage import ENDS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LEARNED = "用百分表找正工件，跳动控制在两丝以内，师傅复核通过。"
OVERTIME = "三月每晚加班到十点，没有休息日。"
LATE_ON = datetime.date(2026, 4, 13)
RAISED_ON = datetime.date(2026, 4, 20)
ASSESSED_ON = ENDS + datetime.timedelta(days=1)


@pytest.fixture
def internship(scene: Scene) -> Internship:
    """The world's student in post since the first of March, with every paper."""
    with transaction.atomic():  # an agreement in force is committed with its signed text only
        return learning.own_internship(scene.world)


def test_a_student_at_work_is_heard_paid_and_certified(
    scene: Scene, internship: Internship
) -> None:
    weekly_note(scene, internship)
    late_pay(scene, internship)
    complaint_past_the_school(scene, internship)
    better_pay(scene, internship)
    assessment(scene, internship)
    certificate(scene, internship)


def weekly_note(scene: Scene, internship: Internship) -> None:
    """Written on a phone, ticked by the mentor, read by the teacher."""
    world = scene.world
    phone = scene.seat(world.student, f"/placements/internships/{internship.pk}/notes/", size=PHONE)
    phone.locator("a.btn-primary", has_text="写周记").click()
    phone.get_by_label("数控车床操作").check()
    steps.fill(phone, hours="40", learned=LEARNED)
    phone.get_by_role("button", name="提交周记").click()
    expect(phone.locator("main")).to_contain_text(LEARNED[:12])
    mentor = scene.seat(world.people["mentor"], "/placements/notes/ticking/")
    expect(mentor.locator("h1")).to_contain_text("1 篇周记等您确认")
    mentor.check("[name=chosen]")
    mentor.get_by_role("button", name="确认所选").click()
    expect(mentor.locator("body")).to_contain_text("已确认 1 篇")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("导师已确认")


def late_pay(scene: Scene, internship: Internship) -> None:
    """The day passes without pay: both sides see the alarm, the transfer puts it to rest."""
    world = scene.world
    phone = scene.seat(
        world.student, f"/placements/internships/{internship.pk}/account/", size=PHONE
    )
    steps.fill(phone, bank="中国工商银行青澜支行", number="6222020000000000021")
    phone.get_by_role("button", name="保存账户").click()
    expect(phone.locator("body")).to_contain_text("账户已保存")
    scene.at(LATE_ON)
    watch_pay(timestamp=0)
    steps.let_jobs_run()
    for person in (world.school, world.enterprise):
        page = scene.seat(person, "/placements/pay/alarms/")
        expect(page.locator("h1")).to_contain_text("未解除的报酬预警 1 件")
        expect(page.locator("main table")).to_contain_text("逾期未发")
    page.locator("main table tbody a").first.click()
    page.get_by_role("link", name="填报到账").click()
    steps.fill(page, paid_on=f"{LATE_ON}")
    page.locator("h1").click()  # closes the calendar, which may stand over the button
    page.get_by_role("button", name="填报").click()
    expect(page.locator("body")).to_contain_text("已填报，等学生核对")
    phone = scene.seat(world.student, "/placements/rights/", size=PHONE)
    phone.get_by_role("link", name="核对").first.click()
    phone.get_by_role("button", name="确认到账").click()
    expect(phone.locator("body")).to_contain_text("已确认到账")
    watch_pay(timestamp=0)
    page = scene.seat(world.school, "/placements/pay/alarms/")
    expect(page.locator("h1")).to_contain_text("未解除的报酬预警 0 件")


def complaint_past_the_school(scene: Scene, internship: Internship) -> None:
    """The bureau reads the words but no name; host and school do not even find it."""
    world = scene.world
    phone = scene.seat(world.student, "/placements/rights/", size=PHONE)
    phone.get_by_role("link", name="我要投诉").click()
    phone.get_by_label("加班、夜班或不让休息").check()
    phone.check("[name=about][value=host]")
    steps.fill(phone, text=OVERTIME)
    phone.check("[name=channel][value=education]")
    phone.get_by_role("button", name="提交投诉").click()
    expect(phone.locator("h1")).to_contain_text("投诉已提交")
    expect(phone.locator("main")).to_contain_text("青澜市教育局（演示）")
    complaint = Complaint.objects.get()
    address = f"/placements/complaints/{complaint.pk}/"
    for person in (world.enterprise, world.people["mentor"], world.school, world.teacher):
        page = scene.seat(person, f"/placements/internships/{internship.pk}/")
        text = page.inner_text("body")
        assert complaint.number not in text
        assert OVERTIME[:6] not in text
        assert page.request.get(address).status == 404
    official = scene.seat(world.reviewer, "/placements/complaints/")
    official.get_by_role("link", name=complaint.number).first.click()
    expect(official.locator("main")).to_contain_text(OVERTIME)
    assert internship.person.name not in official.inner_text("main")
    mine = scene.seat(world.student, address, size=PHONE)
    expect(mine.locator("main")).to_contain_text("待受理")


def better_pay(scene: Scene, internship: Internship) -> None:
    """The host proposes, the school sends; the student sees old, new and 变好 before signing."""
    world = scene.world
    agreement = Agreement.objects.get(source_id=internship.pk)
    propose(scene, agreement)
    page = scene.seat(world.school, f"/agreements/{agreement.pk}/")
    page.get_by_role("link", name="送签修订").click()
    page.get_by_role("button", name="送签").click()
    expect(page.locator("body")).to_contain_text("已送签")
    row = steps.waiting_row(source_id=internship.pk, role="student")
    phone = scene.seat(world.student, "/agreements/inbox/", size=PHONE)
    expect(phone.locator("h1")).to_contain_text("待签协议 1 份")
    phone = scene.seat(world.student, f"/agreements/sign/{row.pk}/", size=PHONE)
    change = phone.locator(".sl-signing-change", has_text="报酬")
    expect(change.locator("del")).to_contain_text("3,400")
    expect(change.locator("ins")).to_contain_text("3,600")
    expect(change).to_contain_text("变好")
    assert violations(phone) == []
    steps.sign_agreement(phone)
    row = steps.waiting_row(source_id=internship.pk, role="host")
    page = steps.sign_in_account(scene, world.enterprise, row)
    expect(page.locator("#act")).not_to_contain_text("已签齐")  # pay concerns the school too
    row = steps.waiting_row(source_id=internship.pk, role="school")
    page = steps.sign_in_account(scene, world.school, row)
    expect(page.locator("#act")).to_contain_text("已签齐")
    holds_from_its_day(scene, internship)


def propose(scene: Scene, agreement: Agreement) -> None:
    page = scene.seat(scene.world.enterprise, f"/agreements/{agreement.pk}/")
    page.get_by_role("link", name="提出修订").click()
    page.wait_for_selector("html.sl-live")
    steps.fill(page, effective_from=f"{RAISED_ON}", reason="考核合格，提高报酬", pay="3600")
    expect(page.locator("#sl-difference")).to_contain_text("变好")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("body")).to_contain_text("已保存修订")


def holds_from_its_day(scene: Scene, internship: Internship) -> None:
    internship.refresh_from_db()
    assert internship.pay == 3_400
    scene.at(RAISED_ON)
    run_internship_clocks(timestamp=0)
    phone = scene.seat(scene.world.student, "/placements/rights/", size=PHONE)
    expect(phone.locator("main")).to_contain_text("3,600")
    internship.refresh_from_db()
    assert internship.pay == 3_600


def assessment(scene: Scene, internship: Internship) -> None:
    """After the last day mentor and teacher score; the student sees the total and agrees."""
    world = scene.world
    scene.at(ASSESSED_ON)
    run_internship_clocks(timestamp=0)
    address = f"/placements/internships/{internship.pk}/assessment/"
    for person in (world.people["mentor"], world.teacher):
        score(scene.seat(person, address))
    phone = scene.seat(world.student, address, size=PHONE)
    expect(phone.locator("h1")).to_contain_text("总评 90")
    phone.get_by_role("button", name="确认考核").click()
    expect(phone.locator("body")).to_contain_text("已确认，考核定稿")
    internship.refresh_from_db()
    assert internship.state == InternshipState.ASSESSED


def score(page: Any) -> None:
    page.get_by_role("link", name="评分").last.click()
    page.wait_for_selector("[name=comment]")
    for box in page.locator("[name^=score-]").all():
        box.fill("90")
    steps.fill(page, comment="按规程操作，会自己找原因")
    page.get_by_role("button", name="提交评分").click()
    expect(page.locator("body")).to_contain_text("评分已提交")


def certificate(scene: Scene, internship: Internship) -> None:
    """The school issues it; anybody checks its code and reads a masked name."""
    page = scene.seat(scene.world.school, f"/placements/internships/{internship.pk}/file/")
    page.get_by_role("button", name="出具实习证明").click()
    expect(page.locator("body")).to_contain_text("实习证明已出具")
    made = internship.certificates.get()
    address = page.get_by_role("link", name="公开核验页").get_attribute("href")
    assert made.code in address
    printed = page.request.get(f"/placements/certificates/{made.pk}/print/")
    assert printed.body().startswith(b"%PDF")
    stranger = scene.phone(address)
    expect(stranger.locator("h1")).to_contain_text(made.number)
    expect(stranger.locator("main")).to_contain_text("目前有效")
    expect(stranger.locator("main")).to_contain_text("数控操作")
    assert internship.person.name not in stranger.inner_text("body")
    assert violations(stranger) == []
    assert stranger.evaluate("document.documentElement.scrollWidth") <= 390
    assert stranger.request.get(f"{address[:-4]}xxx/").status == 404
