"""Talks between owners and providers, and the money that moved (对接结果)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import given
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.finance import AnswerState, FinanceKind
from silian.governance.incentives.commands.finance_deals import (
    ANSWER_WORKING_DAYS,
    DECISION_WORKING_DAYS,
    correct_record,
    end_answer,
    grant_answer,
    move_answer,
    record_money,
)
from silian.governance.incentives.forms.finance import (
    CorrectionForm,
    GrantForm,
    MovementForm,
)
from silian.governance.incentives.forms.needs import ReasonForm
from silian.governance.incentives.models import FinanceAnswer, FinanceRecord
from silian.governance.incentives.permissions.finance import (
    answers_visible_to,
    is_applicant,
    is_official,
    is_provider,
    needs_visible_to,
    require_finance_reader,
)
from silian.governance.incentives.queries.finance_deals import WAITING, answers_for_list
from silian.governance.incentives.queries.finance_matching import match_of
from silian.governance.incentives.rules.finance_matching import wan
from silian.governance.incentives.views.finance_acts import Act, act_page, plain

CELL = "incentives/finance/deals/"
REGISTER = ("融资对接", "incentives:finance_deals")
HISTORY = 30
COLUMNS = (
    Column("need", "融资需求", template=f"{CELL}_cell_need.html", main=True),
    Column("provider", "金融机构", value="provider__name", sort="provider__name"),
    Column("product", "产品", value="product__name", optional=True),
    Column(
        "granted", "同意金额", value=lambda row: wan(row.granted), unit="万元", sort="granted",
        numeric=True,
    ),
    Column(
        "paid", "已发放", value=lambda row: wan(row.paid), unit="万元", numeric=True,
    ),
    Column("due_at", "答复期限", template=f"{CELL}_cell_due.html", sort="due_at",
           export=lambda row: row.due_at),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="incentives/finance/_cell_state.html",
        sort="state",
    ),
    Column("opened_at", "对接开始", sort="opened_at", optional=True),
    Column("granted_on", "同意日", sort="granted_on", optional=True),
)  # fmt: skip
STANDINGS = [("waiting", "等待答复"), ("overdue", "已过答复期限"), ("granted", "已同意")]


@require_safe
def deal_list(request: Request) -> HttpResponseBase:
    """Talks within reach, with their clocks (融资对接)."""
    require_finance_reader(request.actor)
    seen, now = answers_visible_to(request.actor), timezone.now()
    facets = [
        facet(request=request, name="standing", label="进展", choices=STANDINGS, single=True),
        facet(request=request, name="state", label="状态", choices=AnswerState.choices),
        facet(request=request, name="kind", label="产品类别", choices=FinanceKind.choices),
    ]
    bar = FilterBar(request=request, placeholder="需求、申请单位、机构", facets=facets)
    table = deal_table(request, text=bar.text)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "count": seen.count(),
        "waiting": seen.filter(state__in=WAITING).count(),
        "late": seen.filter(state__in=WAITING, due_at__lte=now).count(),
        "promise": (ANSWER_WORKING_DAYS, DECISION_WORKING_DAYS),
    }
    return render(request, f"{CELL}{'_list' if request.htmx else 'list'}.html", context)


def deal_table(request: Request, *, text: str) -> Table:
    return Table(
        request=request,
        name="finance_deals",
        rows=chosen(request, answers_for_list(request.actor), text=text),
        columns=COLUMNS,
        caption="融资对接",
        order="-opened_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "还没有融资对接",
            "why": "申请单位向机构提交需求，或机构答复有意向后，列在这里。",
        },
    )


def chosen(request: Request, rows: QuerySet[Any], *, text: str) -> QuerySet[Any]:
    standing = {
        "waiting": Q(state__in=WAITING),
        "overdue": Q(state__in=WAITING, due_at__lte=timezone.now()),
        "granted": Q(state=AnswerState.GRANTED),
    }.get(request.GET.get("standing", ""))
    rows = rows.filter(standing) if standing else rows
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(product__kind__in=kinds)
    if text:
        words = Q(need__title__icontains=text) | Q(need__owner__name__icontains=text)
        rows = rows.filter(words | Q(provider__name__icontains=text))
    return rows


@require_safe
def deal_detail(request: Request, answer_id: int) -> HttpResponse:
    """One need at one provider: where it stands, on which conditions, and the money."""
    answer = get_object_or_404(answers_for_page(request), pk=answer_id)
    actor, today = request.actor, timezone.localdate()
    sees_need = needs_visible_to(actor, on=today).filter(pk=answer.need_id).exists()
    records = list(answer.records.select_related("entered_by", "replaces"))
    paid = sum((row.amount for row in records if row.voided_at is None), Decimal(0))
    context = {
        "answer": answer,
        "facts": facts_of(answer),
        "sees_need": sees_need,
        "match": match_of(need=answer.need, product=answer.product, on=today)
        if sees_need
        else None,
        "records": records,
        "paid": paid,
        "left": (answer.granted or Decimal(0)) - paid,
        "is_bank": is_provider(actor) and answer.provider_id == actor.organisation_id,
        "is_owner": is_applicant(actor) and answer.need.owner_id == actor.organisation_id,
        "is_official": is_official(actor),
        "history": [entry_of(row) for row in history_of(answer)[:HISTORY]],
    }
    return render(request, f"{CELL}detail.html", context)


def answers_for_page(request: Request) -> QuerySet[FinanceAnswer]:
    return answers_visible_to(request.actor).select_related(
        "need__owner", "need__project", "need__division", "product", "provider"
    )


def facts_of(answer: FinanceAnswer) -> list[Fact]:
    product = f"{answer.product.name}（第 {answer.edition} 版）"
    rows = [
        Fact(name="金融机构", value=answer.provider.name),
        Fact(name="产品", value=product, url=answer.product.get_absolute_url()),
        Fact(name="发起", value="申请单位提交" if answer.by_owner else "金融机构答复"),
        Fact(name="对接开始", value=f"{timezone.localtime(answer.opened_at):%Y-%m-%d}"),
    ]
    if answer.granted is not None:
        rate = "未设定" if answer.rate is None else f"{answer.rate.normalize():f}%"
        rows += [
            Fact(name="同意金额", value=f"{wan(answer.granted)} 万元"),
            Fact(name="同意日", value=f"{answer.granted_on}"),
            Fact(name="年利率（费率）", value=rate),
            Fact(name="期限", value=f"{answer.months} 个月" if answer.months else "未设定"),
        ]
    if answer.message:
        rows.append(Fact(name="说明", value=answer.message, wide=True))
    if answer.reason:
        rows.append(Fact(name="理由或意见", value=answer.reason, wide=True))
    return rows


def require_bank(request: Request, answer: FinanceAnswer) -> None:
    if not (is_provider(request.actor) and answer.provider_id == request.actor.organisation_id):
        raise NotAllowed("这一步由承办的金融机构办理。")


def require_owner(request: Request, answer: FinanceAnswer) -> None:
    own = answer.need.owner_id == request.actor.organisation_id
    if not (is_applicant(request.actor) and own):
        raise NotAllowed("终止对接由申请单位办理。")


def reasoned(step: str) -> Callable[[Request, FinanceAnswer, Any], Any]:
    def send(request: Request, answer: FinanceAnswer, form: Any) -> Any:
        return move_answer(
            answer_id=answer.pk,
            step=step,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        )

    return send


def send_grant(request: Request, answer: FinanceAnswer, form: Any) -> Any:
    now = timezone.now()
    return grant_answer(answer_id=answer.pk, grant=form.grant(), actor=request.actor, now=now)


def send_end(request: Request, answer: FinanceAnswer, form: Any) -> Any:
    reason = form.cleaned_data["reason"]
    now = timezone.now()
    return end_answer(answer_id=answer.pk, reason=reason, actor=request.actor, now=now)


def send_money(request: Request, answer: FinanceAnswer, form: Any) -> Any:
    return record_money(
        answer_id=answer.pk, movement=form.movement(), actor=request.actor, now=timezone.now()
    )


def grant_form(request: Request, answer: FinanceAnswer) -> Any:
    first = {"amount": answer.need.amount, "months": answer.need.months}
    return GrantForm(*given(request), initial=first)


ACTS = {
    "interest": Act(
        title="答复有意向", button="答复", done="已答复有意向。",
        form=plain(ReasonForm, label="说明", required=False),
        send=reasoned("interest"), require=require_bank,
    ),
    "diligence": Act(
        title="开始尽职调查", button="开始", done="已登记开始尽职调查。",
        form=plain(ReasonForm, label="需要申请单位配合的事项", required=False),
        send=reasoned("diligence"), require=require_bank,
    ),
    "grant": Act(
        title="登记同意", button="登记", done="已登记同意，发放后逐笔登记。",
        lead="按批复内容登记；发放金额合计不能超过同意金额。",
        form=grant_form, send=send_grant, require=require_bank,
    ),
    "refuse": Act(
        title="答复不同意", button="答复", done="已答复不同意。",
        lead="申请单位会看到理由，据此补齐条件。",
        form=plain(ReasonForm, label="不同意的理由"),
        send=reasoned("refuse"), require=require_bank,
    ),
    "end": Act(
        title="终止对接", button="终止", done="已终止对接。",
        form=plain(ReasonForm, label="终止原因"), send=send_end, require=require_owner,
    ),
    "money": Act(
        title="登记发放", button="登记", done="已登记发放。",
        lead="每笔单独登记；登记错了用更正，原记录保留。",
        form=plain(MovementForm), send=send_money, require=require_bank,
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def deal_act(request: Request, answer_id: int, name: str) -> HttpResponse:
    """Answer, grant, refuse, end, or record money (办理)."""
    answer = get_object_or_404(answers_for_page(request), pk=answer_id)
    return act_page(request, ACTS, name, answer, register=REGISTER)


@require_http_methods(["GET", "HEAD", "POST"])
def record_correct(request: Request, record_id: int) -> HttpResponse:
    """Put a record of money right; the wrong one stays readable (更正)."""
    rows = FinanceRecord.objects.filter(answer__in=answers_visible_to(request.actor))
    row = get_object_or_404(rows.select_related("answer__need"), pk=record_id)
    home = get_object_or_404(answers_for_page(request), pk=row.answer_id)
    return act_page(request, CORRECTIONS, "correct", row, register=REGISTER, home=home)


def send_correction(request: Request, row: FinanceRecord, form: Any) -> Any:
    return correct_record(
        record_id=row.pk,
        movement=form.right(),
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        now=timezone.now(),
    )


CORRECTIONS = {
    "correct": Act(
        title="更正发放记录",
        button="更正",
        done="已更正，原记录保留。",
        form=lambda request, row: CorrectionForm(
            *given(request),
            initial={"amount": row.amount, "on": row.on, "reference": row.reference},
        ),
        send=send_correction,
        require=lambda request, row: require_bank(request, row.answer),
    )
}
