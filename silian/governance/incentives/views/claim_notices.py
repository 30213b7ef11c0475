"""Pages of notices before payment: drawn up by the lead department, read by everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.claims import ClaimState, NoticeState
from silian.governance.incentives.commands.claim_notices import (
    Objector,
    answer_objection,
    end_notice,
    publish_notice,
    raise_objection,
)
from silian.governance.incentives.forms.claim_review import (
    NoticeForm,
    ObjectionAnswerForm,
    ObjectionForm,
)
from silian.governance.incentives.models import (
    Claim,
    ClaimNotice,
    NoticeLine,
    NoticeObjection,
)
from silian.governance.incentives.permissions.claims import (
    calls_visible_to,
    leads,
    require_lead,
)

NOTICES = ("补贴公示", "incentives:claim_notice_list")


@login_not_required
@require_safe
def claim_notice_list(request: Request) -> HttpResponseBase:
    """Every notice, the newest first, for everybody (补贴公示)."""
    table = Table(
        request=request,
        name="claim_notices",
        rows=ClaimNotice.objects.select_related("call__owner"),
        caption="补贴公示",
        columns=[
            Column("title", "公示", main=True),
            Column("owner", "公示部门", value="call__owner__name"),
            Column("starts_on", "起始日", sort="starts_on"),
            Column("ends_on", "截止日", sort="ends_on"),
            Column("state", "状态", value=lambda row: row.get_state_display()),
        ],
        order="-starts_on",
        row_url=lambda row: row.get_absolute_url(),
        views=False,
        empty={"title": "还没有补贴公示", "why": "补贴审定后、拨付前，会在这里公示。"},
    )
    if table.export_wanted:
        return table.export_response()
    name = "_notices.html" if request.htmx else "notices.html"
    return render(request, f"incentives/claim_review/{name}", {"table": table})


@login_not_required
@require_safe
def claim_notice(request: Request, notice_id: int) -> HttpResponse:
    """One notice: units, heads, amounts, until when one may object (公示名单)."""
    notice = get_object_or_404(ClaimNotice.objects.select_related("call__owner"), pk=notice_id)
    leading = leads(request.actor, notice.call)
    today = timezone.localdate()
    objections = NoticeObjection.objects.filter(line__notice=notice).select_related("line")
    context = {
        "notice": notice,
        "lines": list(notice.lines.order_by("-amount", "pk")),
        "running": notice.state == NoticeState.RUNNING and today <= notice.ends_on,
        "leads": leading,
        "may_end": leading and notice.state == NoticeState.RUNNING and today > notice.ends_on,
        "objections": list(objections) if leading else [],
    }
    return render(request, "incentives/claim_review/notice.html", context)


def claims_of_call(call_id: int) -> QuerySet[Claim]:
    rows = Claim.objects.filter(call_id=call_id, state=ClaimState.AGREED)
    return rows.select_related("organisation").order_by("pk")


@require_http_methods(["GET", "HEAD", "POST"])
def claim_notice_new(request: Request, call_id: int) -> HttpResponse:
    """Choose the claims of a call and make them public (发布公示)."""
    call = get_object_or_404(calls_visible_to(request.actor).select_related("owner"), pk=call_id)
    require_lead(request.actor, call)
    claims = claims_of_call(call.pk)
    start = {"title": f"{call.title}拟拨付公示", "claims": list(claims)}
    form = NoticeForm(request.POST or None, claims=claims, initial=start)
    basis = f"，{call.notice_basis}" if call.notice_basis else ""
    return answer_form(
        request,
        form=form,
        page=page_words(
            "发布公示", "发布", back=call, register=NOTICES,
            lead=f"公示 {call.notice_days} 个工作日{basis}",
        ),
        send=lambda said: publish_notice(
            call_id=call.pk,
            claim_ids=[claim.pk for claim in said["claims"]],
            title=said["title"],
            contact=said["contact"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已公示。期满且异议都答复后，可以结束公示并批准。",
    )  # fmt: skip


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("incentives.objections", times=10, seconds=3600, methods="POST")
def claim_objection_raise(request: Request, line_id: int) -> HttpResponse:
    """Say what speaks against a claim, with or without an account (提出异议)."""
    rows = NoticeLine.objects.select_related("notice")
    line = get_object_or_404(rows, pk=line_id)
    form = ObjectionForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "提出异议", "提交异议", back=line.notice, register=NOTICES,
            lead=f"{line.organisation_name}，{line.notice.title}",
        ),
        send=lambda said: raise_objection(
            line_id=line.pk,
            text=said["text"],
            objector=Objector(name=said["name"], contact=said["contact"]),
            actor=request.actor,
            now=timezone.now(),
        ),
        done="异议已收到，牵头部门核实后按您留的联系方式答复。",
        then=line.notice,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def claim_objection_answer(request: Request, objection_id: int) -> HttpResponse:
    """Answer an objection (答复异议)."""
    rows = NoticeObjection.objects.select_related("line__notice__call__owner")
    row = get_object_or_404(
        rows, pk=objection_id, line__notice__call__in=calls_visible_to(request.actor).values("pk")
    )
    require_lead(request.actor, row.line.notice.call)
    form = ObjectionAnswerForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "答复异议", "答复", back=row.line.notice, register=NOTICES,
            lead=f"{row.line.organisation_name}：{row.text}",
        ),
        send=lambda said: answer_objection(
            objection_id=row.pk,
            upheld=said["outcome"] == "upheld",
            answer=said["answer"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已答复。请按异议人留的联系方式告知。",
        then=row.line.notice,
    )  # fmt: skip


@require_POST
def claim_notice_end(request: Request, notice_id: int) -> HttpResponse:
    """End the notice and approve its claims (结束公示并批准)."""
    notice = get_object_or_404(ClaimNotice.objects.select_related("call__owner"), pk=notice_id)
    return done_or_said(
        request,
        lambda: end_notice(notice_id=notice.pk, actor=request.actor, now=timezone.now()),
        done="公示已结束，没有异议的申领已批准，可以安排支付。",
        then=notice,
    )
