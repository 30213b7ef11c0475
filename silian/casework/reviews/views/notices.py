"""Public notices: published by the organiser, read by everybody, concluded after their days."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.commands.notices import conclude_notice, publish_notice
from silian.casework.reviews.forms.notices import NoticeForm
from silian.casework.reviews.models import PublicNotice
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.casework.reviews.permissions.deciding import campaigns_ranked_for
from silian.casework.reviews.permissions.notices import public_notices
from silian.casework.reviews.queries.batch_overview import rates_by_division
from silian.casework.reviews.queries.notices import proposed_dossiers
from silian.casework.reviews.rules.notices import reason_not_objectable
from silian.casework.reviews.rules.overview import public_rates
from silian.casework.reviews.views.ranking import campaign_for
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table

RELATED = ("campaign__owner", "campaign__version__scheme", "edition", "results")


@require_http_methods(["GET", "POST"])
def notice_publish(request: Request, campaign_id: int) -> HttpResponse:
    """Publish the proposed (公示拟认定名单)."""
    campaign = campaign_for(request, campaign_id)
    require_organiser(request.actor, campaign)
    form = NoticeForm(given(request)[0], campaign=campaign)
    procedure = campaign.content.procedure
    days = campaign.values.days(procedure.notice_days)
    unit = "个工作日" if procedure.notice_in_working_days else "天"
    length = "天数未设定" if days is None else f"{days} {unit}"
    proposed = proposed_dossiers(campaign).count()
    return answer_form(
        request,
        form=form,
        page=FormPage(
            title="发布公示",
            button="发布",
            back=reverse("reviews:ranking_detail", args=[campaign.pk]),
            lead=f"拟认定 {proposed} 个，公示 {length}，次日起算。发布后内容不能更改。",
            help="reviews/notice",
        ),
        send=lambda _: reverse(
            "reviews:notice_detail",
            args=[publish_notice(campaign_id=campaign.pk, actor=request.actor, **form.facts()).pk],
        ),
        done="已公示。",
    )


@require_POST
def notice_conclude(request: Request, notice_id: int) -> HttpResponse:
    """End the notice and publish the results (公布结果)."""
    rows = PublicNotice.objects.filter(campaign__in=campaigns_ranked_for(request.actor))
    notice = get_object_or_404(rows, pk=notice_id)
    conclude_notice(notice_id=notice.pk, actor=request.actor)
    messages.success(request, "公示已办结，结果已公布，证书已生成。")
    return redirect("reviews:notice_detail", notice_id=notice.pk)


@login_not_required
@require_safe
def notice_list(request: Request) -> HttpResponse:
    """Every notice, the open ones first (认定公示)."""
    rows = public_notices().select_related(*RELATED).order_by("-ends_on", "-pk")
    table = Table(
        request=request,
        name="recognition_notices",
        rows=rows,
        caption="认定公示",
        columns=[
            Column(
                "title",
                "公示",
                "campaign__title",
                template="reviews/_cell_notice.html",
                main=True,
            ),
            Column("owner", "组织单位", "campaign__owner__name"),
            Column("starts_on", "开始", sort="starts_on"),
            Column("last_day", "最后一天", last_day, sort="ends_on"),
            Column("state", "状态", state_word, template="reviews/_cell_notice_state.html"),
        ],
        order="-ends_on",
        views=False,
        export=False,
        empty={"title": "现在没有公示", "why": "审定会通过的拟认定名单会在这里公示。"},
    )
    return render(request, "reviews/notice_list.html", {"table": table})


def last_day(notice: PublicNotice) -> datetime.date:
    return notice.ends_on - datetime.timedelta(days=1)


def state_word(notice: PublicNotice) -> str:
    if notice.closed_at:
        return "已办结"
    return "公示中" if timezone.localdate() < notice.ends_on else "公示期满，待办结"


@login_not_required
@require_safe
def notice_detail(request: Request, notice_id: int) -> HttpResponse:
    """Whom the meeting proposes, until when, and where to object (公示名单)."""
    rows = public_notices().select_related(*RELATED)
    notice = get_object_or_404(rows, pk=notice_id)
    context = {
        "notice": notice,
        "entries": list(notice.entries.order_by("position")),
        "last_day": last_day(notice),
        "state": state_word(notice),
        "takes_objections": takes_objections(notice),
        "rates": public_rates(rates_by_division(notice.campaign)) if notice.closed_at else [],
    }
    return render(request, "reviews/notice_detail.html", context)


@login_not_required
@require_safe
def notice_entry(request: Request, notice_id: int, position: int) -> HttpResponse:
    """What is public of one dossier (公示摘要)."""
    notice = get_object_or_404(public_notices().select_related(*RELATED), pk=notice_id)
    entry = get_object_or_404(notice.entries, position=position)
    context = {
        "notice": notice,
        "entry": entry,
        "last_day": last_day(notice),
        "takes_objections": takes_objections(notice),
    }
    return render(request, "reviews/notice_entry.html", context)


def takes_objections(notice: PublicNotice) -> bool:
    reason = reason_not_objectable(
        starts_on=notice.starts_on, ends_on=notice.ends_on, on=timezone.localdate()
    )
    return reason is None
