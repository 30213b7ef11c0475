"""What departments and units see of the money of claims."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.models import Job
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.models import Claim, ClaimPayment
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import Stage
from tests.htmx import assert_fragment_equals_page

pytestmark = pytest.mark.django_db


def address(page: str, /, **kwargs: Any) -> str:
    return reverse(f"incentives:{page}", kwargs=kwargs)


def test_a_fragment_is_the_page_and_more_rows_ask_no_more(given: Stage) -> None:
    where, client = address("payment_list"), given.clerk.client
    stage.prepared(given)
    assert_fragment_equals_page(client, where)
    counts = []
    for more in (1, 6):
        for _ in range(more):
            stage.prepared(given, heads=1)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_batch_is_ordered_in_the_background(
    given: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [stage.prepared(given).pk for _ in range(3)]
    Claim.objects.filter(payments=keys[2]).update(bank_name="")
    given.clerk.client.post(address("payments_order"), {"chosen": keys})
    run_queued_jobs()
    job = Job.objects.get()
    assert job.state == "done"
    assert "已安排 2 笔，1 笔没有安排" in job.message
    standings = [ClaimPayment.objects.get(pk=key).standing for key in keys]
    assert standings == [PaymentStanding.ORDERED, PaymentStanding.ORDERED, PaymentStanding.WAITING]
    stage.assert_books_hold()


def test_each_gate_stands_with_clause_and_cure(given: Stage) -> None:
    payment = stage.prepared(given)
    Claim.objects.update(bank_name="")
    stage.checked(given, payment)
    page = given.second.client.get(payment.get_absolute_url()).content.decode()
    assert "请填写开户行和收款账号" in page
    gate = payment.gates.get(code="account")
    where = address("gate_override", gate_id=gate.pk)
    assert where in page
    own = given.unit.client.get(payment.get_absolute_url()).content.decode()
    assert where not in own
    sent = given.second.client.post(where, {"reason": "", "until": "2026-04-01"})
    assert sent.status_code == 422
    given.second.client.post(where, {"reason": "回函已核", "until": "2026-04-01"})
    assert "放行至 2026-04-01" in given.unit.client.get(payment.get_absolute_url()).content.decode()


def test_the_claim_says_the_equation(given: Stage) -> None:
    claim = stage.paid(given)
    for person in (given.clerk, given.unit):
        page = person.client.get(claim.get_absolute_url()).content.decode()
        assert "应得 12,000 元 ＝ 已付 6,000 元 − 已退回 0 元 ＋ 未结 6,000 元" in page


def test_papers_can_be_printed_by_both_sides(given: Stage) -> None:
    case = stage.noticed(given, stage.paid(given), "3000")
    notice = address("recovery_paper", recovery_id=case.pk, paper="notice")
    decision = address("recovery_paper", recovery_id=case.pk, paper="decision")
    assert given.unit.client.get(decision).status_code == 404
    assert "拟追回补贴 <b>3,000 元</b>" in given.unit.client.get(notice).content.decode()
    stage.in_parts(given, stage.decided(given, case))
    page = given.unit.client.get(decision).content.decode()
    assert "申请复核" in page
    assert "第 3 期" in page


def test_the_check_says_each_difference(given: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    claim = stage.paid(given)
    call_command("incentives", "check")
    assert "相符" in capsys.readouterr().out
    Claim.objects.filter(pk=claim.pk).update(entitled=1)
    with pytest.raises(CommandError, match="1 处差异"):
        call_command("incentives", "check")
    assert claim.number in capsys.readouterr().err
