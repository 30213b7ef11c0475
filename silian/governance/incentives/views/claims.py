"""Claims: the list, the page of one for everybody concerned, and the unit's own steps."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import (
    answer_form,
    done_or_refused,
    done_or_said,
    given,
    page_words,
    status_of,
)
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.commands.claims import (
    change_claim,
    refresh_claim,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from silian.governance.incentives.forms.claims import (
    ClaimForm,
    StartForm,
    SubjectForm,
    WithdrawForm,
)
from silian.governance.incentives.models import Claim, ClaimCall, ClaimItem
from silian.governance.incentives.permissions.claims import (
    calls_visible_to,
    claims_visible_to,
    items_visible_to,
    may_certify,
    may_open_claims,
    may_read_own_claims,
    owns,
    require_claiming,
    require_owner,
)
from silian.governance.incentives.queries.calculations import source_of
from silian.governance.incentives.queries.claim_amounts import amounts_of_claim, rule_of_claim
from silian.governance.incentives.queries.claim_calls import calls_not_claimed, subjects_left
from silian.governance.incentives.queries.claim_money import Money, money_of
from silian.governance.incentives.queries.claim_pages import hand_in_of, with_heads
from silian.governance.incentives.queries.claim_papers import EDITABLE, papers_of
from silian.governance.incentives.queries.claim_review import ReviewOf, review_of
from silian.governance.incentives.queries.claim_sum_lines import sum_lines
from silian.governance.incentives.queries.claim_summary import movements_of, next_steps
from silian.governance.incentives.views.overlaps import repeats_of
from silian.operations.placements.models import Apprenticeship

FILE_STORED = "kernel.file.stored"  # said by the act that it was stored for
ONE_DAY = datetime.timedelta(days=1)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
REGISTER = ("我的申领", "incentives:claim_list")
CANCELLABLE = (*EDITABLE, ClaimState.REVIEW)


@require_safe
def claim_list(request: Request) -> HttpResponseBase:
    """One's own claims; for officials and schools those that they read (我的申领、补贴申领)."""
    actor = request.actor
    if not (may_read_own_claims(actor) or may_open_claims(actor) or may_certify(actor)):
        raise NotAllowed("申领由申领单位、学校和办理部门查看。")
    bar = claim_bar(request)
    rows = chosen_claims(request, claims_visible_to(actor), text=bar.text)
    table = claim_table(request, with_heads(rows))
    if table.export_wanted:
        return table.export_response()
    calls = calls_not_claimed(actor, on=timezone.localdate())
    context = {
        "table": table, "bar": bar, "official": may_open_claims(actor), "calls": calls,
        "checks": may_certify(actor), "returned": returned_to(actor),
    }  # fmt: skip
    name = "_list.html" if request.htmx else "list.html"
    return render(request, f"incentives/claims/{name}", context)


def returned_to(actor: Actor) -> int:
    """How many claims wait to be put right: all for officials, one's own for a unit (待补正)."""
    rows = claims_visible_to(actor).filter(state=ClaimState.RETURNED)
    if not may_open_claims(actor):
        rows = rows.filter(organisation_id=actor.organisation_id or 0)
    return rows.count()


def claim_bar(request: Request) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="编号、单位、通知",
        facets=[
            facet(request=request, name="state", label="状态", choices=ClaimState.choices),
            facet(request=request, name="scheme", label="补贴项目", choices=ClaimScheme.choices),
        ],
    )


def chosen_claims(request: Request, rows: QuerySet[Claim], *, text: str) -> QuerySet[Claim]:
    """The claims that the bar and the address ask for."""
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if schemes := request.GET.getlist("scheme"):
        rows = rows.filter(call__scheme__in=schemes)
    if request.GET.get("call", "").isdecimal():
        rows = rows.filter(call_id=int(request.GET["call"]))
    if not text:
        return rows
    named = Q(organisation__name__icontains=text) | Q(call__title__icontains=text)
    return rows.filter(Q(number__icontains=text) | named)


def claim_table(request: Request, rows: QuerySet[Claim]) -> Table:
    return Table(
        request=request, name="claims", rows=rows, caption="补贴申领",
        columns=[
            Column("number", "编号", main=True, sort="number"),
            Column("organisation__name", "申领单位"),
            Column("call__title", "申领通知"),
            Column("subject_label", "事项", optional=True),
            Column("heads", "计入", numeric=True, sort="heads", unit="项"),
            sum_column(request.actor),
            Column("submitted_at", "提交", sort="submitted_at", value=handed_in_on),
            Column("state", "状态", template="incentives/claims/_cell_state.html", sort="state"),
        ],
        order="-pk", row_url=lambda row: row.get_absolute_url(),
    )  # fmt: skip


def sum_column(actor: Actor) -> Column:
    """What a claim comes to; a school that checks students reads only the sums of its own."""
    if may_certify(actor) and not may_open_claims(actor):
        own = actor.organisation_id
        return Column(
            "entitled", "应得", numeric=True, unit="元",
            value=lambda row: row.entitled if row.organisation_id == own else None,
        )  # fmt: skip
    return Column("entitled", "应得", numeric=True, sort="entitled", unit="元", total=True)


def handed_in_on(row: Claim) -> Any:
    return timezone.localdate(row.submitted_at) if row.submitted_at else None


@GET_OR_POST
def claim_new(request: Request, call_id: int) -> HttpResponse:
    """Start a claim under a call; an apprenticeship is chosen first (申领)."""
    actor, today = request.actor, timezone.localdate()
    require_claiming(actor)
    call: ClaimCall = get_object_or_404(calls_visible_to(actor), pk=call_id)
    subjects = subjects_left(call, actor.organisation_id or 0)
    form = start_form(request, call, subjects)
    claim = done_or_refused(
        form,
        lambda: start_claim(call_id=call.pk, subject_id=form.subject_id, actor=actor, today=today),
    )
    if claim is not None:
        messages.success(request, "已按平台登记生成申领明细，请核对。")
        return redirect("incentives:claim_edit", claim.pk)
    asks = call.scheme == ClaimScheme.APPRENTICESHIP
    context = {"call": call, "form": form, "nothing": asks and not subjects}
    return render(request, "incentives/claims/new.html", context, status=status_of(form))


def start_form(request: Request, call: ClaimCall, subjects: list[Apprenticeship]) -> StartForm:
    posted = given(request)[0]
    if call.scheme == ClaimScheme.APPRENTICESHIP:
        return SubjectForm(posted, programmes=subjects)
    return StartForm(posted)


def visible_claim(request: Request, claim_id: int) -> Claim:
    rows = claims_visible_to(request.actor).select_related(
        "organisation", "call__owner", "call__division", "call__line__fund__office", "entered_by"
    )
    return get_object_or_404(rows, pk=claim_id)


@require_safe
def claim_detail(request: Request, claim_id: int) -> HttpResponseBase:
    """One claim for everybody concerned: where it stands, sums, items, papers (申领)."""
    claim, actor = visible_claim(request, claim_id), request.actor
    table = items_table(request, claim)
    if table.export_wanted:
        return table.export_response()
    if request.htmx:
        return render(request, "incentives/claims/_items.html", {"table": table})
    certifies = only_certifies(request, claim)
    items = items_visible_to(actor, claim)
    review, money = review_of(claim, actor), money_of(claim, actor)
    context = {
        "claim": claim, "table": table, "bar": items_bar(request), "certifies": certifies,
        "counted": items.filter(counts=True).count(),
        "left_out": items.filter(counts=False).count(),
        "amounts": None if certifies else amounts_of_claim(claim),
        **papers_shown(claim, actor), "review": review, "money": money,
        **glance(claim, review, money), **({} if certifies else repeats_of(claim, actor)),
        "edits": owns(actor, claim) and claim.state in EDITABLE,
        "cancels": owns(actor, claim) and claim.state in CANCELLABLE,
        "own": claim.organisation_id == actor.organisation_id,
        "entries": [entry_of(act) for act in history_of(claim) if act.action != FILE_STORED],
        "chosen": request.GET.get("counts", ""),
    }  # fmt: skip
    return render(request, "incentives/claims/detail.html", context)


def papers_shown(claim: Claim, actor: Actor) -> dict[str, Any]:
    """The papers by what is asked; those that the platform makes stand first (材料)."""
    lines = papers_of(claim, actor)
    made = [each for each in lines if each.document.made]
    return {
        "papers": lines,
        "made_papers": made,
        "own_papers": [each for each in lines if not each.document.made],
        "may_make": any(each.may_make for each in made),
        "outdated": [each for each in made if each.is_outdated],
        "editable": claim.state in EDITABLE,
    }


def glance(claim: Claim, review: ReviewOf, money: Money) -> dict[str, Any]:
    """What the page says at a glance: sums by kind, the account, what comes next."""
    rule = rule_of_claim(claim).compiled
    source = source_of(rule.provisions[0]) if rule.provisions else ""
    return {
        "sums": sum_lines(claim),
        "sums_foot": f"标准取申领时有效的规定：{source}。",
        "movements": movements_of(money),
        "steps": next_steps(claim, review, money),
    }


def items_bar(request: Request) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="姓名、学校",
        facets=[
            facet(
                request=request, name="counts", label="是否计入",
                choices=[("yes", "计入"), ("no", "不计入")],
            )
        ],
    )  # fmt: skip


def items_table(request: Request, claim: Claim) -> Table:
    """The items that the reader may see, with why one does not count (申领明细)."""
    rows = items_visible_to(request.actor, claim).select_related("school")
    chosen = request.GET.getlist("counts")
    if len(chosen) == 1:
        rows = rows.filter(counts=chosen[0] == "yes")
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(Q(label__icontains=text) | Q(school__name__icontains=text))
    return Table(
        request=request, name="claim_items", rows=rows, caption=f"{claim.number} 申领明细",
        columns=item_columns(claim, money=not only_certifies(request, claim)),
        order="pk", views=False,
    )  # fmt: skip


def only_certifies(request: Request, claim: Claim) -> bool:
    """Whether the reader is a school that checks its students; it reads no money."""
    return may_certify(request.actor) and claim.organisation_id != request.actor.organisation_id


def item_columns(claim: Claim, *, money: bool) -> list[Column]:
    scheme = claim.call.scheme
    columns = [
        Column(
            "label", "成果" if scheme == ClaimScheme.INNOVATION else "人员", main=True, sort="label"
        ),
        Column("starts_on", "起", sort="starts_on"),
        Column("last_day", "止", value=last_day, sort="ends_on"),
        Column(
            "units",
            "数量",
            numeric=True,
            sort="units",
            value=lambda row: f"{row.units.normalize():f}",
        ),
        Column("unit", "单位", optional=True),
        Column("amount", "金额", numeric=True, sort="amount", unit="元", total=True),
        Column(
            "counts", "计入", template="incentives/claims/_cell_counts.html", export=counts_words
        ),
    ]
    if scheme == ClaimScheme.INTERNSHIP:
        columns.insert(1, Column("school__name", "学校", sort="school__name"))
    else:
        columns.insert(1, Column("level", "等级或类别", sort="level"))
    if not money:
        columns = [each for each in columns if each.name != "amount"]
    return columns


def last_day(row: ClaimItem) -> Any:
    return row.ends_on - ONE_DAY


def counts_words(row: ClaimItem) -> str:
    return "计入" if row.counts else f"不计入：{row.struck_reason}"


def own_claim(request: Request, claim_id: int) -> Claim:
    claim = visible_claim(request, claim_id)
    require_owner(request.actor, claim)
    return claim


@GET_OR_POST
def claim_edit(request: Request, claim_id: int) -> HttpResponse:
    """Fill the claim, see every condition, save or hand in (填写申领).

    What is typed is saved before the hand-in is tried: a refusal loses nothing.
    """
    claim = own_claim(request, claim_id)
    if claim.state not in EDITABLE:
        return redirect(claim)
    amounts = amounts_of_claim(claim)
    form = ClaimForm(given(request)[0], claim=claim, limit=format_yuan(amounts.advance_limit))
    saved = done_or_refused(
        form, lambda: change_claim(claim_id=claim.pk, actor=request.actor, **form.values())
    )
    if saved is not None and "submit" not in request.POST:
        messages.success(request, "已保存。")
        return redirect("incentives:claim_edit", claim.pk)
    if saved is not None and handed_in(request, claim, form):
        messages.success(request, "已提交，办理进展会提醒贵单位。")
        return redirect(claim)
    claim = visible_claim(request, claim_id)
    context = {
        "claim": claim, "form": form, "amounts": amounts, **papers_shown(claim, request.actor),
        "hand_in": hand_in_of(claim, on=timezone.localdate()),
        "states": claim.call.scheme == ClaimScheme.INNOVATION,
        "items": claim.items.filter(counts=True).count(),
        "left_out": claim.items.filter(counts=False).count(),
        "results": claim.items.order_by("pk"), **repeats_of(claim, request.actor),
    }  # fmt: skip
    return render(request, "incentives/claims/edit.html", context, status=status_of(form))


def handed_in(request: Request, claim: Claim, form: ClaimForm) -> bool:
    """Whether the hand-in went through; its refusal stands on the form."""
    step = lambda: submit_claim(  # noqa: E731
        claim_id=claim.pk, actor=request.actor, now=timezone.localtime()
    )
    return done_or_refused(form, step) is not None


@require_POST
def claim_refresh(request: Request, claim_id: int) -> HttpResponse:
    """Draw the items again (刷新明细)."""
    claim = own_claim(request, claim_id)
    return done_or_said(
        request,
        lambda: refresh_claim(claim_id=claim.pk, actor=request.actor, today=timezone.localdate()),
        done="明细已按今天的登记刷新。",
        then=reverse("incentives:claim_edit", args=[claim.pk]),
    )


@GET_OR_POST
def claim_withdraw(request: Request, claim_id: int) -> HttpResponse:
    """Take the claim back (撤回)."""
    claim = own_claim(request, claim_id)
    return answer_form(
        request,
        form=WithdrawForm(request.POST or None),
        page=page_words(
            "撤回申领", "撤回", back=claim, register=REGISTER,
            lead=f"{claim.number}，撤回后人员可以计入其他申领",
        ),
        send=lambda given: withdraw_claim(claim_id=claim.pk, actor=request.actor, **given),
        done="已撤回。",
    )  # fmt: skip
