"""What is done to one need by a form: consent, closing, asking, answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import given
from silian.governance.incentives.choices.finance import ProductState
from silian.governance.incentives.commands.finance_deals import (
    ANSWER_WORKING_DAYS,
    DECISION_WORKING_DAYS,
    ask_provider,
    show_interest,
)
from silian.governance.incentives.commands.needs import close_need, give_consent
from silian.governance.incentives.forms.finance import TalkForm
from silian.governance.incentives.forms.needs import ConsentForm, ReasonForm
from silian.governance.incentives.models import FinanceProduct, FinancingNeed
from silian.governance.incentives.permissions.finance import (
    needs_kept_by,
    products_kept_by,
    require_provider,
)
from silian.governance.incentives.queries.finance_matching import matches
from silian.governance.incentives.queries.needs import products_in_talks
from silian.governance.incentives.views.finance_acts import Act, act_page, plain

REGISTER = ("融资需求", "incentives:finance_needs")


def require_keeper(request: Request, need: FinancingNeed) -> None:
    if not needs_kept_by(request.actor).filter(pk=need.pk).exists():
        raise NotAllowed("这一步由申请单位的管理员或经办人办理。")


def require_bank(request: Request, need: FinancingNeed) -> None:
    require_provider(request.actor)


def ask_form(request: Request, need: FinancingNeed) -> forms.Form:
    """Offered products, fitting ones first, each with how it stands."""
    today = timezone.localdate()
    offered = FinanceProduct.objects.offered(on=today)  # type: ignore[attr-defined]
    rows = offered.exclude(pk__in=products_in_talks(need)).select_related("provider")
    found = matches(needs=[need], products=list(rows), on=today)
    labels = [
        (match.product.pk, f"{match.product}（{match.product.provider}，{match.word}）")
        for match in found
    ]
    named = request.GET.get("product", "")
    initial = {"product": named} if named.isdigit() else {}
    return TalkForm(*given(request), products=labels, initial=initial)


def interest_form(request: Request, need: FinancingNeed) -> forms.Form:
    rows = products_kept_by(request.actor).filter(state=ProductState.PUBLISHED)
    labels = [(row.pk, row.name) for row in rows.order_by("name")]
    return TalkForm(*given(request), products=labels)


def talk(command: Any) -> Any:
    def send(request: Request, need: FinancingNeed, form: Any) -> Any:
        return command(
            need_id=need.pk,
            product_id=form.cleaned_data["product"],
            message=form.cleaned_data["message"],
            actor=request.actor,
            now=timezone.now(),
        )

    return send


def send_consent(request: Request, need: FinancingNeed, form: Any) -> Any:
    return give_consent(
        need_id=need.pk,
        provider_ids=form.provider_ids(),
        until=form.cleaned_data["until"],
        actor=request.actor,
        now=timezone.now(),
    )


def send_closing(request: Request, need: FinancingNeed, form: Any) -> Any:
    reason = form.cleaned_data["reason"]
    return close_need(need_id=need.pk, reason=reason, actor=request.actor)


def consent_form(request: Request, need: FinancingNeed) -> forms.Form:
    return ConsentForm(*given(request), today=timezone.localdate())


ACTS = {
    "consent": Act(
        title="授权金融机构查看",
        button="授权",
        done="已授权。随时可以撤回。",
        lead="授权后，所选机构看到需求金额、期限、用途和关联项目的总投资、缺口、环节。",
        form=consent_form,
        send=send_consent,
        require=require_keeper,
    ),
    "close": Act(
        title="关闭融资需求",
        button="关闭",
        done="已关闭。",
        lead="关闭后金融机构不再看到；需要时可以重新征集。",
        form=plain(ReasonForm, label="关闭原因"),
        send=send_closing,
        require=require_keeper,
    ),
    "ask": Act(
        title="向金融机构提交需求",
        button="提交",
        done=f"已提交，金融机构应在 {ANSWER_WORKING_DAYS} 个工作日内答复。",
        lead="全部符合的产品排在前面；不符合的也可以提交，由机构判断。",
        form=ask_form,
        send=talk(ask_provider),
        require=require_keeper,
    ),
    "interest": Act(
        title="答复有意向",
        button="答复",
        done="已答复申请单位。",
        lead=f"选一个产品开始对接；{DECISION_WORKING_DAYS} 个工作日内登记同意或写明不同意的理由。",
        form=interest_form,
        send=talk(show_interest),
        require=require_bank,
    ),
}


def need_act_page(request: Request, need: FinancingNeed, name: str) -> HttpResponse:
    return act_page(request, ACTS, name, need, register=REGISTER)
