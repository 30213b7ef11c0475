"""A batch of recognition in the browser: from its call to a certificate, and to its loss."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.models import (
    Assignment,
    Ban,
    Campaign,
    DecidingMeeting,
    Dossier,
    DrawSeed,
    Opinion,
    PublicNotice,
    Recheck,
    Recognition,
    Removal,
    SchemeVersion,
)
from silian.casework.reviews.tasks.dossiers import settle_overdue
from silian.registers.organisations.choices import Role
from tests.browser import settle, violations
from tests.casework.reviews import stage, stage_deciding, stage_judging
from tests.casework.reviews.dossiers.filling import PDF
from tests.casework.reviews.stage_recognitions import CONSEQUENCE
from tests.journeys.conftest import Seat
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
DAY = datetime.timedelta(days=1)
LEVELS = [{"code": "city", "label": "市级联审", "departments": [stage.INDUSTRY]}]
SCORED = {
    "code": "scored",
    "label": "综合评价",
    "kind": "sum",
    "points": "100",
    "children": [
        {
            "code": code,
            "label": label,
            "points": "50",
            "source": {"kind": "expert"},
            "scoring": {"kind": "expert"},
        }
        for code, label in (("training", "校企协同育人"), ("effect", "人才培养成效"))
    ],
}


@pytest.fixture
def version(cast: World) -> SchemeVersion:
    """A department speaks, two experts judge, three members decide; certified at once."""
    return stage.published(
        cast,
        procedure={"levels": LEVELS, "experts": "2", "divergence": "15"},
        scored=SCORED,
        consequence={**CONSEQUENCE, "first_state": "certified"},
    )


def pick_day(page: Any, name: str, day: datetime.date) -> None:
    """Set a day without opening its calendar, which would lie over what comes next."""
    page.evaluate(
        "([name, day]) => { const box = document.querySelector(`[name=${name}]`);"
        " if (box._flatpickr) box._flatpickr.setDate(day, true); else box.value = day; }",
        [name, day.isoformat()],
    )


def confirm(page: Any, label: str) -> None:
    """Open a question and say yes."""
    page.locator("details.sl-confirm", has_text=label).locator("summary").first.click()
    page.locator("details.sl-confirm[open] button.btn-primary").click()


def call(page: Any, version: SchemeVersion, *, office: str) -> Campaign:
    """The official prepares the batch, names the department and publishes the call."""
    today = timezone.localdate()
    settle(page, reverse("reviews:campaign_new", args=[version.pk]))
    pick_day(page, "closes_on", today + 20 * DAY)
    page.locator("[name=contact]").fill("青澜市教育局，0000-000000")
    page.locator("[name=notice_text]").fill("面向全市深度参与职业教育的企业。")
    page.get_by_role("button", name="建立批次").click()
    expect(page.locator("h1")).to_contain_text("筹备中")
    page.get_by_role("link", name="设定审核单位").first.click()
    page.locator("[name=office-0]").select_option(label=office)
    page.get_by_role("button", name="保存").click()
    confirm(page, "发布申报通知")
    expect(page.locator("h1")).to_contain_text("申报中")
    return Campaign.objects.get(version=version)


def apply(page: Any, campaign: Campaign) -> Dossier:
    """The enterprise reads the call, answers, proves and sends."""
    settle(page, reverse("reviews:call_detail", args=[campaign.pk]))
    page.get_by_role("link", name="开始申报").first.click()
    page.get_by_role("button", name="开始填报").click()
    page.get_by_label("成立日期").fill("2012-05-01")
    page.locator("[name=co_runs]").first.wait_for()
    answer_no(page, "co_runs")
    page.get_by_role("button", name="保存").first.click()
    page.locator("[name=hosted]").fill("72")
    page.get_by_role("button", name="保存").first.click()
    expect(page.locator("main")).to_contain_text("上传“近三年接收实习人次”")
    dossier = Dossier.objects.get(campaign=campaign)
    settle(page, reverse("reviews:dossier_fill", args=[dossier.pk, 2]))
    page.locator("#file-hosted").set_input_files(
        {"name": "实习协议.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("main")).to_contain_text("实习协议.pdf")
    send(page, dossier, says="待形式审查")
    return dossier


def answer_no(page: Any, name: str) -> None:
    """A yes-no question as the page offers it: buttons or a list."""
    box = page.locator(f"[name={name}]")
    if box.count() == 1:
        box.select_option(label="否")
    else:
        page.locator(f"[name={name}][value=no], [name={name}][value=false]").first.check()


def send(page: Any, dossier: Dossier, *, says: str) -> None:
    settle(page, reverse("reviews:dossier_submit", args=[dossier.pk]))
    page.locator("main form").last.get_by_role("button").first.click()
    expect(page.locator("h1")).to_contain_text(says)


def fix_and_accept(official: Any, applicant: Any, dossier: Dossier) -> None:
    """What is missing is said once; it is put right and the file is accepted."""
    check = reverse("reviews:intake_check", args=[dossier.pk])
    settle(official, check)
    official.locator("[name=fix_hosted]").fill("请按三个年度分列人次。")
    official.get_by_role("button", name="通知补正").click()
    settle(applicant, reverse("reviews:dossier_fill", args=[dossier.pk, 2]))
    expect(applicant.locator("main")).to_contain_text("请按三个年度分列人次。")
    applicant.locator("[name=hosted]").fill("75")
    applicant.get_by_role("button", name="保存").first.click()
    send(applicant, dossier, says="待形式审查")
    settle(official, check)
    expect(official.locator("main")).to_contain_text("补正只能通知一次")
    assert official.locator("[name=fix_hosted]").count() == 0
    official.get_by_role("button", name="受理", exact=True).click()
    dossier.refresh_from_db()
    assert dossier.state == DossierState.OPINIONS
    assert dossier.versions.count() == 2


def opine(page: Any, dossier: Dossier) -> None:
    opinion = Opinion.objects.get(dossier=dossier)
    settle(page, reverse("reviews:opinion_give", args=[opinion.pk]))
    page.get_by_label("同意", exact=True).check()
    page.get_by_role("button", name="提交意见").click()
    dossier.refresh_from_db()
    assert dossier.state == DossierState.EXPERTS


def end_call(campaign: Campaign) -> None:
    """The days of the call and of the seed go by; the night closes the call."""
    today, now = timezone.localdate(), timezone.now()
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_on=today - 20 * DAY, closes_on=today, draw_seed=stage_judging.SEED
    )
    DrawSeed.objects.create(
        campaign=campaign,
        source="演示彩种第 2026140 期开奖号码，按开出次序以短横线连接",
        known_on=today,
        announced_at=now - 10 * DAY,
        value=stage_judging.SEED,
        entered_at=now,
    )
    settle_overdue(on=today)


def judge(seat: Seat, organiser: Any, dossier: Dossier) -> None:
    """Two experts score blind: nobody else reads points before both are in."""
    settle(organiser, reverse("reviews:campaign_detail", args=[dossier.campaign_id]))
    organiser.get_by_role("button", name="抽取专家").click()
    expect(organiser.locator("h1")).to_contain_text("抽取")
    tasks = list(Assignment.objects.filter(dossier=dossier).select_related("expert__user"))
    assert len(tasks) == 2
    page_of = reverse("reviews:dossier_detail", args=[dossier.pk])
    for place, task in enumerate(tasks):
        page = seat(stage_judging.person_of(task.expert))
        settle(page, reverse("reviews:assignment_detail", args=[task.pk]))
        page.locator("[name=declares]").check()
        page.get_by_role("button", name="申明并开始评审").click()
        for code, points in (("training", 41 + place), ("effect", 43)):
            page.locator(f"[name=points_{code}]").fill(str(points))
            page.locator(f"[name=comment_{code}]").fill("材料充分。")
        page.locator("[name=comment]").fill("总体较好。")
        assert page.locator("main").inner_text().count("41 / 50") == 0
        page.get_by_role("button", name="提交评分").click()
        expect(page.locator("main")).to_contain_text("不能再改")
        settle(organiser, page_of)
        seen = "84.5" in organiser.locator("main").inner_text()
        assert seen is (place == 1), "points are read when both are in, not before"


def decide(seat: Seat, organiser: Any, cast: World, campaign: Campaign) -> None:
    """The order is fixed, three members vote, the meeting ends."""
    members = stage_deciding.members(cast)
    settle(organiser, reverse("reviews:ranking_detail", args=[campaign.pk]))
    confirm(organiser, "排序并提交审定")
    organiser.get_by_role("link", name="召集审定会").first.click()
    pick_day(organiser, "held_on", timezone.localdate())
    for person in members:
        organiser.locator(f"[name=members][value='{person.user.pk}']").check()  # type: ignore[union-attr]
    organiser.locator("main form button.btn-primary").first.click()
    expect(organiser.locator("h1")).to_contain_text("审定会")
    for person in members:
        organiser.locator(f"[name=present][value='{person.user.pk}']").check()  # type: ignore[union-attr]
    organiser.get_by_role("button", name="登记到会").click()
    meeting = DecidingMeeting.objects.get(campaign=campaign)
    for person in members:
        page = seat(person)
        settle(page, reverse("reviews:meeting_vote", args=[meeting.pk]))
        page.locator("[name=default]").select_option(label="赞成")
        page.get_by_role("button", name="提交表决").click()
    settle(organiser, reverse("reviews:meeting_close", args=[meeting.pk]))
    organiser.locator("[name=minutes]").fill("逐份讨论，意见一致。")
    organiser.locator("main form button.btn-primary").first.click()
    expect(organiser.locator("h1")).to_contain_text("已结束")


def publish_and_recognise(organiser: Any, public: Any, campaign: Campaign) -> Recognition:
    """The notice is out for everybody; its days go by and the result is published."""
    settle(organiser, reverse("reviews:notice_publish", args=[campaign.pk]))
    organiser.locator("main form button.btn-primary").first.click()
    notice = PublicNotice.objects.get(campaign=campaign)
    settle(public, reverse("reviews:notice_detail", args=[notice.pk]))
    expect(public.locator("main")).to_contain_text("启衡精密制造")
    stage_deciding.keep_days(notice)
    settle(organiser, reverse("reviews:campaign_detail", args=[campaign.pk]))
    confirm(organiser, "办结并公布结果")
    recognition = Recognition.objects.get(dossier__campaign=campaign)
    settle(public, reverse("reviews:catalogue"))
    expect(public.locator("main")).to_contain_text(recognition.number)
    assert violations(public) == []
    return recognition


def check(public: Any, recognition: Recognition, *, says: str) -> None:
    settle(public, reverse("reviews:recognition_check_code", args=[recognition.check_code]))
    expect(public.locator("main")).to_contain_text(says)


def lose(keeper: Any, other: Any, holder: Any, recognition: Recognition) -> None:
    """A re-check fails; one proposes, the holder speaks, another decides."""
    own_page = reverse("reviews:recognition_detail", args=[recognition.pk])
    settle(keeper, own_page)
    keeper.get_by_role("button", name="现在计算复核").click()
    recheck = Recheck.objects.get(recognition=recognition)
    settle(keeper, reverse("reviews:recheck_detail", args=[recheck.pk]))
    keeper.get_by_label("不合格").check()
    keeper.locator("[name=note]").fill("年度报告所列投入与凭证不符。")
    keeper.get_by_role("button", name="确认复核结果").click()
    settle(keeper, reverse("reviews:removal_propose", args=[recognition.pk]))
    keeper.get_by_label("提供虚假信息").check()
    keeper.locator("[name=facts]").fill("核查发票合计 310 万元，差额没有凭证。")
    keeper.locator("[name=basis]").fill("办法第二十条")
    keeper.get_by_role("button", name="告知认定单位").click()
    removal = Removal.objects.get(recognition=recognition)
    settle(keeper, reverse("reviews:removal_detail", args=[removal.pk]))
    expect(keeper.locator("main")).to_contain_text("由另一位人员决定")
    settle(holder, reverse("reviews:removal_reply", args=[removal.pk]))
    holder.locator("[name=text]").fill("统计有误，愿意更正。")
    holder.get_by_role("button", name="提交陈述").click()
    settle(other, reverse("reviews:removal_decide", args=[removal.pk]))
    other.get_by_label("取消认定", exact=True).check()
    other.locator("[name=decision]").fill("陈述承认数据不实，差额没有凭证。")
    other.get_by_role("button", name="作出决定").click()
    expect(other.locator("h1")).to_contain_text("决定取消")


def test_a_batch_from_its_call_to_a_certificate_and_its_loss(
    cast: World, seat: Seat, page: Any, version: SchemeVersion
) -> None:
    industry = stage.department(cast, stage.INDUSTRY)
    second = stage.colleague(cast, role=Role.COORDINATOR)
    stage_judging.pool_of(3)
    organiser, enterprise = seat(cast.coordinator), seat(cast.enterprise)

    campaign = call(organiser, version, office=str(industry.organisation))
    dossier = apply(enterprise, campaign)
    fix_and_accept(seat(cast.reviewer), enterprise, dossier)
    opine(seat(industry), dossier)
    end_call(campaign)
    judge(seat, organiser, dossier)
    decide(seat, organiser, cast, campaign)
    recognition = publish_and_recognise(organiser, page, campaign)
    check(page, recognition, says="认定有效")

    lose(organiser, seat(second), enterprise, recognition)
    check(page, recognition, says="证书作废")
    expect(page.locator("main")).to_contain_text("已取消")
    assert violations(page) == []
    ban = Ban.objects.get(organisation=cast.enterprise.organisation)
    assert ban.ends_on.year - ban.starts_on.year == 5

    following = stage.open_campaign(cast, version=version, number=2)
    settle(enterprise, reverse("reviews:dossier_start", args=[following.pk]))
    expect(enterprise.locator("main")).to_contain_text(f"{ban.ends_on:%Y年%m月%d日} 之前不能申报")
    assert enterprise.get_by_role("button", name="开始填报").count() == 0
