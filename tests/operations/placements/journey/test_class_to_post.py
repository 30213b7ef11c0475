"""From an Excel roster to a student in post: round, consents, signatures, test, insurance."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from silian.casework.agreements.models import Agreement
from silian.operations.placements.models import Internship, Round, TrainingAttempt
from silian.registers.people.models import Person
from silian.registers.programmes.rules.roster_rows import COLUMNS
from tests.browser import violations
from tests.operations.placements.journey import steps
from tests.operations.placements.journey.conftest import PHONE, Scene
from tests.operations.placements.learning import stage as learning
from tests.operations.placements.rounds import stage as rounds
from tests.registers.programmes.stage import roster_rows

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PUBLISHED_ON = datetime.date(2026, 3, 30)
PAPERS_ON = datetime.date(2026, 4, 7)
BEGINS_ON = rounds.STARTS


def test_a_class_comes_from_excel_and_its_student_begins_lawfully(scene: Scene) -> None:
    rounds.make_second_year_plan(scene.world)
    import_class(scene)
    internship = round_from_rules_to_result(scene)
    consents_and_signatures(scene, internship)
    safety_and_insurance(scene, internship)
    begin(scene, internship)


def import_class(scene: Scene) -> None:
    """The clerk uploads three students, reads what was found and takes them in."""
    page = scene.seat(scene.world.school, "/programmes/rosters/new/")
    page.set_input_files("[name=file]", steps.sheet("名单.xlsx", [COLUMNS, *roster_rows(3)]))
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator("section[aria-label=检查结果]")).to_contain_text("新增3")
    page.get_by_role("button", name="导入 3 人").click()
    steps.let_jobs_run()
    page.goto("/programmes/classes/")
    page.get_by_role("link", name="数控 2401").first.click()
    expect(page.locator("main")).to_contain_text("20240001")
    # the account of the first student, which people open themselves at their first signing in
    Person.objects.filter(name="学生1").update(user=scene.world.student.user)


def round_from_rules_to_result(scene: Scene) -> Internship:
    rounds.make_posts(scene.world)
    page = prepared_round(scene)
    page.get_by_role("button", name="开放志愿").click()
    expect(page.locator("h1")).to_contain_text("志愿")
    wished(scene)
    publish_result(scene)
    return read_result(scene)


def prepared_round(scene: Scene) -> Any:
    """Rules, scores and places, as the clerk enters them."""
    page = scene.seat(scene.world.school, "/placements/rounds/new/")
    steps.fill(
        page,
        title="2024 级数控岗位实习志愿",
        starts_on=f"{rounds.STARTS}",
        last_day=f"{rounds.ENDS - rounds.DAY}",
        wishes_open_at="2026-03-18T09:00",
        wishes_close_at="2026-03-25T18:00",
        ranking_closes_at="2026-03-27T18:00",
        most_wishes="3",
        score_name="前三学期平均成绩",
    )
    page.get_by_label("2024 级数控岗位实习方案").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="学生和成绩").click()
    scores = [["学号", "成绩"], ["20240001", 92], ["20240002", 88], ["20240003", 81]]
    page.set_input_files("[name=file]", steps.sheet("成绩.xlsx", scores))
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("body")).to_contain_text("已登记 3 名学生的成绩")
    made = Round.objects.get()
    page.goto(f"/placements/rounds/{made.pk}/posts/")
    page.get_by_label("数控操作的名额").fill("1")
    page.get_by_label("质量检测的名额").fill("2")
    page.get_by_role("button", name="保存名额").click()
    expect(page.locator("body")).to_contain_text("岗位和名额已保存")
    page.goto(f"/placements/rounds/{made.pk}/")
    return page


def wished(scene: Scene) -> None:
    """The student ranks two posts on a phone; the others' wishes are in already."""
    made = Round.objects.get()
    posts = rounds.posts_of(made)
    for student in rounds.students_of(made)[1:]:
        rounds.wish(student, *posts)
    phone = scene.seat(scene.world.student, f"/placements/rounds/{made.pk}/", size=PHONE)
    phone.get_by_role("link", name="填志愿").click()
    phone.wait_for_selector("html.sl-live")
    for title in "数控操作", "质量检测":
        phone.locator("li", has_text=title).get_by_role("button", name="加入").click()
    phone.get_by_role("button", name="提交志愿").click()
    expect(phone.locator("h1")).to_contain_text("我的志愿 2 个")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def publish_result(scene: Scene) -> None:
    """After the deadline: close, compute, look, publish."""
    scene.at(PUBLISHED_ON)
    made = Round.objects.get()
    page = scene.seat(scene.world.school, f"/placements/rounds/{made.pk}/")
    page.get_by_role("button", name="截止志愿").click()
    page.get_by_role("button", name="试算").click()
    page.wait_for_selector("#sl-runs")
    steps.let_jobs_run()
    page.goto(f"/placements/rounds/{made.pk}/runs/")
    assert violations(page) == []
    steps.confirm(page, "公布")
    page.wait_for_url("**/placements/rounds/**")
    page.goto(f"/placements/rounds/{made.pk}/")
    expect(page.locator("section[aria-label=公布的结果]")).to_contain_text("分配到岗位3")


def read_result(scene: Scene) -> Internship:
    """The student reads post, rank and reason, and goes on to the internship."""
    made = Round.objects.get()
    phone = scene.seat(scene.world.student, f"/placements/rounds/{made.pk}/result/", size=PHONE)
    expect(phone.locator("h1")).to_contain_text("数控操作")
    expect(phone.locator("main")).to_contain_text("您的第 1 志愿")
    phone.get_by_role("link", name="看实习安排").click()
    phone.wait_for_url("**/placements/internships/**")
    return Internship.objects.get(person__user=scene.world.student.user)


def consents_and_signatures(scene: Scene, internship: Internship) -> None:
    scene.at(PAPERS_ON)
    page = scene.seat(scene.world.school, "/placements/agreement-batches/new/")
    page.get_by_role("button", name="生成、送签并催签").click()
    page.wait_for_url("**/placements/agreement-batches/**")
    steps.let_jobs_run()
    page.reload()
    assert Agreement.objects.filter(state="signing").count() == 3
    student_consents(scene)
    guardian_consents(scene, internship)
    everybody_signs(scene, internship)


def student_consents(scene: Scene) -> None:
    """The page of one's internship leads to the notice."""
    phone = scene.seat(scene.world.student, "/placements/mine/", size=PHONE)
    phone.locator("section[aria-label=下一步] a.btn-primary").click()
    phone.check("[name=has_read]")
    phone.get_by_role("button", name="同意这次实习").click()
    phone.wait_for_url("**/placements/mine/")


def guardian_consents(scene: Scene, internship: Internship) -> None:
    """Without an account, on a phone, by a link that works once."""
    page = scene.seat(scene.world.school, f"/placements/internships/{internship.pk}/")
    page.get_by_role("button", name="生成家长链接").click()
    address = page.input_value("#link")
    phone = scene.phone(address)
    steps.fill(phone, name="家长1", tail="0001")
    phone.get_by_role("button", name="打开同意书").click()
    phone.check("[name=has_read]")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name="同意这次实习").click()
    phone.wait_for_url("**/placements/c/done/")
    assert phone.request.get(address).status == 410


def everybody_signs(scene: Scene, internship: Internship) -> None:
    """Student, guardian by link, host, school; then the agreement is in force."""
    world = scene.world

    def row(role: str) -> Any:
        return steps.waiting_row(source_id=internship.pk, role=role)

    steps.sign_in_account(scene, world.student, row("student"))
    steps.sign_by_link(scene, row("guardian"), name="家长1", last_four="0001")
    steps.sign_in_account(scene, world.enterprise, row("host"))
    page = steps.sign_in_account(scene, world.school, row("school"))
    steps.let_jobs_run()
    page.reload()
    copy = page.get_by_role("link", name="下载正本（PDF）").get_attribute("href")
    assert page.request.get(copy).body().startswith(b"%PDF")
    assert Agreement.objects.get(source_id=internship.pk).state == "active"


def safety_and_insurance(scene: Scene, internship: Internship) -> None:
    learning.published_course(scene.world)
    phone = scene.seat(
        scene.world.student, f"/placements/internships/{internship.pk}/training/", size=PHONE
    )
    phone.get_by_role("link", name="开始学习").click()
    phone.get_by_role("button", name="读完了，开始测试").click()
    phone.wait_for_url("**/placements/training/attempts/**")
    for question, right in learning.right_answers(TrainingAttempt.objects.get()).items():
        for place in right:
            phone.check(f"[name=q{question}][value='{place}']")
    phone.get_by_role("button", name="交卷").click()
    expect(phone.locator("main")).to_contain_text("合格")
    for kind, number in (("liability", "责任-2026-001"), ("accident", "意外-2026-001")):
        insure_class(scene, kind=kind, number=number)


def insure_class(scene: Scene, *, kind: str, number: str) -> None:
    page = scene.seat(scene.world.school, "/placements/insurance/policies/new/")
    page.select_option("[name=kind]", kind)
    steps.fill(
        page,
        number=number,
        insurer_name="青澜财产保险（演示）",
        starts_on="2026-06-01",
        last_day="2027-05-31",
    )
    page.check("[name=payer][value=school]")
    page.get_by_role("button", name="登记").click()
    page.get_by_label("数控 2401").check()
    page.get_by_role("button", name="加保").click()
    expect(page.locator("body")).to_contain_text("3 人已加保")


def begin(scene: Scene, internship: Internship) -> None:
    """Not a day early; on the day the host registers the arrival."""
    page = scene.seat(scene.world.enterprise, f"/placements/internships/{internship.pk}/")
    expect(page.locator("body")).to_contain_text("起可登记到岗")
    expect(page.get_by_role("button", name="登记到岗")).to_have_count(0)
    scene.at(BEGINS_ON)
    page = scene.seat(scene.world.enterprise, f"/placements/internships/{internship.pk}/")
    page.get_by_role("button", name="登记到岗").click()
    expect(page.locator("h1")).to_contain_text("在岗")
    internship.refresh_from_db()
    assert internship.started_on == BEGINS_ON
