"""What the policy owes an enterprise: seen, claimed, paid, corrected, recovered by instalments."""

from __future__ import annotations

import csv
import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.choices.recovery import RecoveryState
from silian.governance.incentives.commands.claim_calls import CallCard, draft_call, open_call
from silian.governance.incentives.gateways.claim_schemes import SETTLEMENT, book_for
from silian.governance.incentives.models import (
    Claim,
    ClaimCall,
    ClaimNotice,
    HostAssessment,
    RecoveryCase,
)
from silian.governance.incentives.queries.claim_checking import claim_differences
from silian.operations.placements.choices.orders import ApprenticeshipState, ApprenticeState
from silian.operations.placements.models import Apprentice, Apprenticeship
from silian.registers.organisations.choices import Role
from tests.browser import settle, violations
from tests.casework.ledgers.stage import Books, make_books
from tests.governance.incentives.claims import stage
from tests.journeys.conftest import Seat
from tests.journeys.test_recognition_batch import confirm, pick_day
from tests.world import CITY, World, make_member

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_queue"),
]
DAY = datetime.timedelta(days=1)
PAPER = {"name": "材料.pdf", "mimeType": "application/pdf", "buffer": stage.PDF}
GRANT = "200000"


def first_of_month(months_ago: int) -> datetime.date:
    """The first day of a month in the past."""
    today = timezone.localdate()
    total = today.year * 12 + today.month - 1 - months_ago
    return datetime.date(total // 12, total % 12 + 1, 1)


class Cast:
    """The enterprise, its school, two clerks of labour, education, the treasury."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.books: Books = make_books(GRANT, year=timezone.localdate().year)
        labour = self.books.owner.organisation
        self.second = make_member(
            username="labour-second", organisation=labour, role=Role.REVIEWER, jurisdiction_id=CITY
        )

    def call(self, scheme: ClaimScheme, title: str) -> ClaimCall:
        """A standing call of the labour bureau for the last thirteen months."""
        today = timezone.localdate()
        card = CallCard(
            scheme=scheme, title=title, line_id=self.books.line.pk,
            covers_from=first_of_month(14), covers_until=first_of_month(0),
            opens_on=today - 10 * DAY, closes_on=None,
            pays_advance=scheme == ClaimScheme.APPRENTICESHIP, notice_days=5,
            notice_basis="申领通知", appeal_days=60, guidance="",
        )  # fmt: skip
        schools = scheme == ClaimScheme.INTERNSHIP
        actor = self.books.owner.actor
        made = draft_call(
            card=card, steps=stage.steps(self.world, self.books, schools=schools),
            actor=actor, today=today,
        )  # fmt: skip
        return open_call(call_id=made.pk, actor=actor, now=timezone.now())


def registers(cast: Cast) -> Apprenticeship:
    """Two interns of six months, an assessment that was passed, a class of two apprentices."""
    world, began = cast.world, first_of_month(7)
    for name in ("演示学生林禾", "演示学生周晨"):
        stage.worked(world, name=name, starts_on=began, ends_on=first_of_month(1))
    unit, clerk = world.enterprise.organisation, world.reviewer
    for year in {began.year, first_of_month(1).year}:
        HostAssessment.objects.create(
            organisation=unit, division_id=unit.division_id, year=year, basis="考核细则",
            state=AssessmentState.PASSED, proposed_by=clerk.user, proposed_at=timezone.now(),
            decided_by=world.coordinator.user, decided_on=timezone.localdate(),
        )  # fmt: skip
    starts = first_of_month(13)
    row = stage.programme(
        world, people=2, level="高级工", starts_on=starts, ends_on=starts + 365 * DAY
    )
    row.apprentices.update(
        starts_on=starts, ends_on=starts + 365 * DAY, contract_starts_on=starts,
        contract_ends_on=starts + 800 * DAY,
    )  # fmt: skip
    return row


def claim_in_browser(page: Any, call: ClaimCall, *, advance: str = "") -> Claim:
    """From the entitlements to a claim that was handed in."""
    settle(page, reverse("incentives:mine") + f"?year={timezone.localdate().year}")
    expect(page.locator("main")).to_contain_text(call.title)
    page.locator(f"a[href='{reverse('incentives:claim_new', args=[call.pk])}']").first.click()
    page.get_by_role("button", name="开始申领").click()
    expect(page.locator("h1")).to_contain_text("填报中")
    claim = Claim.objects.get(call=call)
    for each in book_for(call.scheme).asked_with_claim:
        if not each.made:
            upload(page, claim, each.code)
    settle(page, reverse("incentives:claim_edit", args=[claim.pk]))
    page.locator("[name=bank_name]").fill("青澜农村商业银行")
    page.locator("[name=account_number]").fill(stage.ACCOUNT)
    if advance:
        page.locator("[name=advance_asked]").fill(advance)
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="一键生成全部").click()
    expect(page.locator("main")).to_contain_text("上传签章件")
    assert violations(page) == []
    page.get_by_role("button", name="保存并提交").click()
    expect(page.locator("h1")).to_contain_text("审核中")
    return claim


def upload(page: Any, claim: Claim, code: str) -> None:
    """Hand in one paper of the scheme."""
    settle(page, reverse("incentives:claim_paper_new", args=[claim.pk, code]))
    page.locator("[name=upload]").set_input_files(PAPER)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("main")).to_contain_text("材料.pdf")


def answer(page: Any, claim: Claim, button: str, *, opinion: str = "属实") -> None:
    """One office or school answers its step."""
    settle(page, claim.get_absolute_url())
    page.get_by_role("link", name=button, exact=True).click()
    page.locator("[name=opinion]").fill(opinion)
    page.locator("main form").last.get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text(opinion)


def approve(page: Any, call: ClaimCall, claim: Claim) -> None:
    """Agreed claims are made public, the days go by, they are approved."""
    settle(page, reverse("incentives:claim_notice_new", args=[call.pk]))
    page.locator("[name=contact]").fill("0000-000000")
    page.get_by_role("button", name="发布").click()
    expect(page.locator("h1")).to_contain_text("公示中")
    notice = ClaimNotice.objects.get(call=call)
    past = timezone.localdate() - 10 * DAY
    ClaimNotice.objects.filter(pk=notice.pk).update(starts_on=past, ends_on=past + 7 * DAY)
    settle(page, notice.get_absolute_url())
    confirm(page, "结束公示并批准")
    claim.refresh_from_db()
    assert claim.state == ClaimState.APPROVED


def pay_all(page: Any, treasury: Treasury, *, amount: str) -> None:
    """The clerk orders what may be paid; the treasury sends it and the bank pays."""
    settle(page, reverse("incentives:payment_list"))
    boxes = page.locator("main input[name=chosen]")
    for place in range(boxes.count()):
        boxes.nth(place).check()
    page.get_by_role("button", name="安排支付").click()
    expect(page.locator("main")).to_contain_text("补贴拨付")
    run_queued_jobs()
    ready = list(FundPayment.objects.filter(state="ready").values_list("pk", flat=True))
    assert ready, "nothing was ordered"
    treasury.send(treasury.batch())
    run_queued_jobs()
    rows = FundPayment.objects.filter(pk__in=ready, state="confirmed")
    assert sum(rows.values_list("amount", flat=True)) == Decimal(amount)


class Treasury:
    """Two clerks of the finance bureau, and the bank that answers their files."""

    def __init__(self, clerk: Any, second: Any) -> None:
        self.clerk, self.second = clerk, second
        self.file = 0

    def batch(self) -> PaymentBatch:
        """One clerk puts together what waits, the other approves."""
        settle(self.clerk, reverse("ledgers:batch_new"))
        self.clerk.get_by_role("button", name="编制", exact=True).click()
        expect(self.clerk.locator("h1")).to_contain_text("草稿")
        batch = PaymentBatch.objects.latest("pk")
        settle(self.second, batch.get_absolute_url())
        self.second.get_by_role("button", name="批准", exact=True).click()
        expect(self.second.locator("h1")).to_contain_text("已批准")
        return batch

    def send(self, batch: PaymentBatch) -> None:
        """The file goes to the bank; its answer is read, foreseen, booked and closed."""
        settle(self.clerk, reverse("ledgers:batch_file", args=[batch.pk]))
        self.clerk.locator("[name=reason]").fill("送银行代发")
        self.clerk.locator("[name=format]").select_option("csv")
        with self.clerk.expect_download() as taken:
            self.clerk.get_by_role("button", name="导出", exact=True).click()
        lines = list(csv.DictReader(taken.value.path().read_text("utf-8-sig").splitlines()))
        settle(self.clerk, batch.get_absolute_url())
        confirm(self.clerk, "送银行")
        expect(self.clerk.locator("h1")).to_contain_text("已送银行")
        paid = [("付", line["户名"], line["金额"], line["付款编号"], "") for line in lines]
        self.answer([*paid, ("付", "青澜农村商业银行", "3.50", "", "")], foreseen="将确认支付")
        settle(self.clerk, batch.get_absolute_url())
        self.clerk.get_by_role("button", name="办结", exact=True).click()
        expect(self.clerk.locator("h1")).to_contain_text("已办结")

    def answer(self, rows: list[tuple[str, str, str, str, str]], *, foreseen: str) -> None:
        """A file of the bank: first the preview, then the books, then what is not ours."""
        self.file += 1
        day, page = timezone.localdate(), self.clerk
        text = "交易日期,收支,户名,金额,付款编号,附言,流水号\n" + "".join(
            f'{day},{way},{name},"{amount}",{key},{memo},B{self.file}-{place}\n'
            for place, (way, name, amount, key, memo) in enumerate(rows)
        )
        settle(page, reverse("ledgers:statement_new"))
        page.locator("[name=file]").set_input_files(
            {"name": f"回单{self.file}.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        page.get_by_role("button", name="导入并预览").click()
        expect(page.locator("main")).to_contain_text(foreseen)
        assert violations(page) == []
        page.get_by_role("button", name="按预览入账").click()
        if page.get_by_role("link", name="逐笔核对").count():
            page.get_by_role("link", name="逐笔核对").click()
            page.locator("[name=reason]").fill("银行手续费")
            page.get_by_role("button", name="保存", exact=True).click()
        page.get_by_role("button", name="完成核对").click()
        expect(page.locator("h1")).to_contain_text("已核对")


def drops_out(page: Any, programme: Apprenticeship) -> None:
    """The enterprise finds that an apprentice had left before the end, and says so."""
    row = Apprentice.objects.filter(apprenticeship=programme).order_by("pk")[0]
    settle(page, row.get_absolute_url())
    page.get_by_role("link", name="更正培养结果").click()
    page.get_by_label("中途离开").check()
    pick_day(page, "ended_on", row.starts_on + 100 * DAY)
    page.locator("[name=reason]").fill("培训期间离职，证书登记有误")
    page.get_by_role("button", name="更正", exact=True).click()
    expect(page.locator("h1")).to_contain_text("中途离开")


def recover(lead: Any, other: Any, unit: Any, claim: Claim) -> RecoveryCase:
    """What was found too much is told, answered, decided by another, and spread over months."""
    today = timezone.localdate()
    settle(lead, claim.get_absolute_url())
    lead.get_by_role("button", name="重新核算").click()
    expect(lead.locator("main")).to_contain_text("差额")
    lead.get_by_role("link", name=re.compile("追回")).last.click()
    lead.locator("[name=cause]").fill("一名学徒培训期间离开，补贴应收回")
    lead.locator("[name=basis]").fill("三（二）")
    lead.locator("[name=reply_days]").fill("5")
    lead.locator("[name=reply_basis]").fill("申领通知")
    lead.locator("main form").last.get_by_role("button").first.click()
    expect(lead.locator("h1")).to_contain_text("待陈述")
    case = RecoveryCase.objects.get(claim=claim)
    page_of = case.get_absolute_url()
    settle(unit, page_of)
    unit.get_by_role("link", name="陈述申辩").click()
    unit.locator("[name=text]").fill("属实，请准予分两期退回。")
    unit.locator("main form").last.get_by_role("button").first.click()
    settle(other, page_of)
    other.get_by_role("link", name="决定追回").click()
    other.locator("[name=decision]").fill("单位无异议，追回该学徒补贴。")
    pick_day(other, "pay_by", today + 60 * DAY)
    other.locator("main form").last.get_by_role("button").first.click()
    expect(other.locator("h1")).to_contain_text("已决定追回")
    settle(other, page_of)
    other.get_by_role("link", name="确定收回方式").click()
    other.get_by_label("分期退回").check()
    other.locator("[name=count]").fill("2")
    pick_day(other, "first_on", today + 30 * DAY)
    other.locator("[name=reason]").fill("单位申请分两期")
    other.locator("main form").last.get_by_role("button").first.click()
    expect(other.locator("main")).to_contain_text("第 2 期")
    case.refresh_from_db()
    return case


def pay_back(unit: Any, treasury: Treasury, case: RecoveryCase) -> None:
    """The unit pays both instalments with the code; the bank's file brings them in."""
    assert case.receivable is not None
    code = case.receivable.refund_code
    settle(unit, case.get_absolute_url())
    expect(unit.locator("main")).to_contain_text(code)
    name = case.claim.organisation.name
    treasury.answer(
        [
            ("收", name, f"{part.amount}", "", f"{code} 第 {part.number} 期")
            for part in case.receivable.instalments.order_by("number")
        ],
        foreseen="将登记收回",
    )
    run_queued_jobs()
    case.refresh_from_db()
    assert case.state == RecoveryState.SETTLED
    settle(unit, case.get_absolute_url())
    expect(unit.locator("h1")).to_contain_text("已结清")


def simulate(page: Any) -> None:
    """The official asks what 7,000 instead of 6,000 for the senior level would cost."""
    settle(page, reverse("incentives:simulation") + f"?place=411200&year={first_of_month(13).year}")
    box = page.locator("[name=change]")
    value = box.locator("option", has_text="高级工").first.get_attribute("value")
    box.select_option(value)
    page.locator("[name=after]").fill("7000")
    page.get_by_role("button", name="模拟").click()
    expect(page.locator("main")).to_contain_text("1 家增加，0 家减少")
    expect(page.locator("main")).to_contain_text("14,000")
    page.locator("[name=title]").fill("高级工标准提高到 7000 元")
    page.get_by_role("button", name="保存方案").click()
    expect(page.locator("h1")).to_contain_text("高级工标准提高到 7000 元")


def test_an_enterprise_is_paid_and_pays_back_by_instalments(cast: World, seat: Seat) -> None:
    given = Cast(cast)
    programme = registers(given)
    months = given.call(ClaimScheme.INTERNSHIP, "实习成本补助申领")
    training = given.call(ClaimScheme.APPRENTICESHIP, "新型学徒制培训补贴申领")
    unit, lead = seat(cast.enterprise), seat(given.books.owner)
    education, school = seat(cast.reviewer), seat(cast.school)
    other = seat(given.second)
    treasury = Treasury(seat(given.books.clerk), seat(given.books.second))

    first = claim_in_browser(unit, months)
    assert first.items.filter(counts=True).count() == 2
    answer(school, first, "同意")
    answer(education, first, "同意")
    answer(lead, first, "审定同意")
    approve(lead, months, first)
    second = claim_in_browser(unit, training, advance="6000")
    answer(education, second, "同意")
    answer(lead, second, "审定同意")
    approve(lead, training, second)
    pay_all(other, treasury, amount="8400")  # 2 × 6 months × 200, and 6,000 in advance

    programme.apprentices.update(
        state=ApprenticeState.QUALIFIED, certificate_number="", certificate_level=programme.level
    )
    Apprenticeship.objects.filter(pk=programme.pk).update(
        state=ApprenticeshipState.COMPLETED, closed_on=timezone.localdate()
    )
    settle_training(unit, lead, second)
    pay_all(other, treasury, amount="6000")

    drops_out(unit, programme)
    case = recover(lead, other, unit, second)
    assert case.decided_amount == 6000
    pay_back(unit, treasury, case)
    settle(unit, second.get_absolute_url())
    expect(unit.locator("[data-sl-equation]")).to_contain_text("6,000")
    assert differences() == []
    assert claim_differences() == []
    simulate(seat(cast.coordinator))


def settle_training(unit: Any, lead: Any, claim: Claim) -> None:
    """At the end the unit hands in certificates; the department settles head by head."""
    for each in book_for(claim.call.scheme).documents:
        if each.at == SETTLEMENT:
            upload(unit, claim, each.code)
    settle(lead, claim.get_absolute_url())
    lead.get_by_role("button", name="按人结算").click()
    expect(lead.locator("main")).to_contain_text("结算余款")
