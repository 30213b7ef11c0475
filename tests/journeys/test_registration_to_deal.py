"""A company that nobody knew yesterday: registered, verified, 300 posts in, one of them agreed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from playwright.sync_api import expect
from xlsxwriter import Workbook

from silian.foundation.kernel.testing import run_queued_jobs
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.models.listing import Listing
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation
from tests.browser import settle, violations
from tests.registers.organisations.cast import GOOD_CODE, PDF
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
NAME = "澜江新材料有限公司（演示）"
PASSWORD = "Blue-Harbour-27"
POSTS = 300
SOUGHT = "数控多轴操作调整工"
TRADES = ("装配钳工", "电气检修员", "质量检验员", "仓储管理员", "注塑工", "数控车工")
FORMATS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of_posts() -> bytes:
    """A sheet as a personnel office keeps it: own headings, pay in words."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("岗位")
    sheet.write_row(0, 0, ["编号", "职位名称", "工作地点", "薪资", "招聘人数", "任职要求"])
    for number in range(1, POSTS):
        trade = TRADES[number % len(TRADES)]
        pay = f"{4000 + number * 10}-{6000 + number * 10}元/月"
        row = [f"P{number:04}", f"{trade}（{number}号线）", "高新区", pay, 2, "能看懂图纸"]
        sheet.write_row(number, 0, row)
    last = [f"P{POSTS:04}", SOUGHT, "高新区", "5千-7千/月", 12, "会五轴编程"]
    sheet.write_row(POSTS, 0, last)
    book.close()
    return content.getvalue()


def pick(page: Any, label: str, text: str) -> None:
    """Choose from a picker by typing."""
    box = page.get_by_role("combobox", name=label, exact=False)
    box.click()
    box.press_sequentially(text)
    page.locator(".ts-dropdown [role=option]", has_text=text).first.click()


def register(page: Any) -> None:
    settle(page, "/organisations/register/")
    page.get_by_label("单位类别").select_option(label="企业")
    page.get_by_label("单位全称").fill(NAME)
    page.get_by_label("统一社会信用代码").fill(GOOD_CODE)
    pick(page, "所在区划", "高新区")
    page.get_by_label("联系人").fill("林知行")
    page.get_by_label("联系电话").fill("0870-5550123")
    page.get_by_role("button", name="下一步：单位管理员").click()
    page.get_by_label("姓名").fill("林知行")
    page.get_by_label("登录名").fill("linzhixing")
    page.get_by_label("邮箱").fill("lin@example.invalid")
    page.get_by_label("密码").first.fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_role("button", name="登记并上传材料").click()
    expect(page.locator("h1")).to_contain_text("核验材料 0 份")


def hand_in_papers(page: Any) -> None:
    for count, kind in enumerate(("营业执照或法人证书", "单位管理员授权书"), start=1):
        page.get_by_label("材料类别").select_option(label=kind)
        page.locator("input[type=file]").set_input_files(
            {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        page.get_by_role("button", name="上传", exact=True).click()
        expect(page.locator("h1")).to_contain_text(f"核验材料 {count} 份")
    page.get_by_role("button", name="提交核验").click()
    assert Organisation.objects.get(name=NAME).state == OrganisationState.SUBMITTED


def verify(reviewer: Any) -> None:
    settle(reviewer, "/organisations/verification/")
    expect(reviewer.locator("h1")).to_contain_text("待核验 1 家")
    reviewer.get_by_role("link", name=NAME).click()
    expect(reviewer.get_by_text("必需材料齐全")).to_be_visible()
    reviewer.get_by_role("button", name="通过核验").click()
    expect(reviewer.locator("h1")).to_contain_text("已核验")


def import_posts(page: Any) -> None:
    settle(page, "/exchange/imports/")
    page.get_by_role("link", name="导入文件").first.click()
    page.get_by_label("类别").select_option("job")
    page.get_by_label("需求").check()
    page.locator("input[type=file]").set_input_files(
        {"name": "九月岗位.xlsx", "mimeType": FORMATS, "buffer": workbook_of_posts()}
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("h1")).to_contain_text("第 2 步：对应列")
    expect(page.get_by_label("职位名称")).to_have_value("title")
    page.get_by_role("button", name="检查").click()
    run_queued_jobs()
    page.reload()
    page.get_by_role("button", name=f"导入 {POSTS} 行").click()
    run_queued_jobs()
    page.reload()
    expect(page.locator("h1")).to_contain_text("已导入")
    open_posts = Listing.objects.filter(state=ListingState.PUBLISHED, organisation__name=NAME)
    assert open_posts.count() == POSTS


def answer_from_the_hall(page: Any) -> None:
    settle(page, "/exchange/")
    page.get_by_label("关键词").fill(SOUGHT)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=SOUGHT, exact=True).click()
    expect(page.locator("h1")).to_contain_text(SOUGHT)
    expect(page.locator("#answer")).to_contain_text("对方 5 个工作日内回应")
    page.locator("#answer").get_by_role("link", name="推荐毕业生").click()
    page.get_by_label("给对方的话").fill("我校数控专业有 12 名毕业生。")
    page.get_by_role("button", name="发给对方").click()
    expect(page.locator("h1")).to_contain_text("待回应")


def talk(page: Any, *, say: str) -> None:
    page.get_by_label("消息", exact=False).last.fill(say)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#conversation")).to_contain_text(say)


def agree(school: Any, enterprise: Any) -> None:
    """Intent from one side, accepted by the other, then the agreement's number."""
    school.reload()
    school.get_by_role("link", name="提出意向").click()
    school.get_by_label("数量").fill("10")
    school.get_by_label("主要条款").fill("试用期 2 个月，工资 5,500 元/月。")
    school.get_by_role("button", name="送给对方").click()
    enterprise.reload()
    enterprise.locator("summary", has_text="接受意向").click()
    enterprise.get_by_role("button", name="接受意向").click()
    expect(enterprise.locator("h1")).to_contain_text("已达成意向")
    enterprise.get_by_role("link", name="登记协议").click()
    enterprise.get_by_label("协议编号").fill("QL-2026-031")
    enterprise.get_by_role("button", name="登记协议").click()
    expect(enterprise.locator("h1")).to_contain_text("QL-2026-031")


def finish(enterprise: Any) -> None:
    enterprise.get_by_role("link", name="登记完成").click()
    enterprise.get_by_label("实际完成数量").fill("10")
    enterprise.get_by_label("成效").fill("10 人入职。")
    enterprise.get_by_role("button", name="登记").click()
    expect(enterprise.locator("h1")).to_contain_text("已完成")


def rate(page: Any) -> None:
    page.reload()
    page.get_by_role("link", name="评价对方").click()
    page.get_by_label("5 分，很满意").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("h1")).to_contain_text("已完成")


def test_a_newcomer_registers_imports_and_reaches_a_deal(cast: World, seat: Any, page: Any) -> None:
    register(page)
    hand_in_papers(page)
    verify(seat(cast.reviewer))
    import_posts(page)
    school = seat(cast.school)
    answer_from_the_hall(school)

    settle(page, "/exchange/negotiations/")
    page.get_by_role("link", name="打开办理").first.click()
    talk(page, say="欢迎，先看简历。")
    assert violations(page) == []
    school.reload()
    talk(school, say="简历已备好。")
    agree(school, page)
    finish(page)
    settle(school, page.url)
    for side in (page, school):
        rate(side)

    post = Listing.objects.get(title=SOUGHT)
    assert post.organisation.name == NAME
    assert post.capacity_left == 2
    deal = post.deals.get()
    assert sorted(deal.ratings.values_list("score", flat=True)) == [5, 5]
