"""The guide for everybody, its statistics, and its upkeep by the authority."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.accreditation.choices.guide import VersionState
from silian.governance.accreditation.commands import guide as commands
from silian.governance.accreditation.forms.guide import FormUploadForm, GuideForm
from silian.governance.accreditation.forms.projects import ReasonForm
from silian.governance.accreditation.models.guide import GuideMatter
from silian.governance.accreditation.permissions.guide import (
    is_authority,
    matters_kept_by,
    matters_visible_to,
    may_apply,
    may_keep_matter,
    require_authority,
)
from silian.governance.accreditation.queries.guide import (
    MatterStatistics,
    guide_page,
    matter_statistics,
    published_matters,
    step_statistics,
    version_shown,
)
from silian.governance.accreditation.views.acts import Act, answer_act

CELL = "accreditation/guide/"
ROOT = ("办事指南", "accreditation:matter_list")
GET_OR_POST = ("GET", "HEAD", "POST")


@login_not_required
@require_safe
def matter_list(request: Request) -> HttpResponseBase:
    """Matters that can be applied for, with their measured time (办事指南)."""
    rows = matter_statistics(published_matters())
    table = statistics_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "chart": days_chart(rows),
        "decided": sum(row.decided for row in rows),
        "in_time": sum(row.in_time for row in rows),
        "count": len(rows),
        "keeps": is_authority(request.actor),
        "applies": may_apply(request.actor),
    }
    return render(request, f"{CELL}matters.html", context)


def statistics_table(request: Request, rows: list[MatterStatistics]) -> Table:
    return Table(
        request=request,
        name="guide_matters",
        rows=rows,
        caption="办事指南与办理时效",
        columns=[
            Column("title", "事项", value="matter__title", main=True),
            Column("authority", "实施机关", value="matter__authority__name"),
            Column("limit", "承诺时限", unit="工作日", numeric=True),
            Column("median_days", "用时中位数", unit="工作日", numeric=True),
            Column("applied", "申请", unit="件", numeric=True),
            Column("decided", "已办结", unit="件", numeric=True),
            Column("in_time", "按时办结", unit="件", numeric=True),
            Column("fee", "收费", value=fee_words),
        ],
        order="",
        row_url=lambda row: row.matter.get_absolute_url(),
        views=False,
        empty={"missing": "还没有公布的事项", "why": "实施机关公布办事指南后显示在这里。"},
    )


def fee_words(row: MatterStatistics) -> str:
    fee = row.matter.current[0].fee  # type: ignore[attr-defined]
    return f"{fee:,.2f} 元" if fee else "不收费"


def days_chart(rows: list[MatterStatistics]) -> Chart:
    """Median against limit, matter by matter (办理时效)."""
    shown = [row for row in rows if row.median_days is not None]
    return Chart(
        name="approval-days",
        title="用时中位数与承诺时限",
        unit="工作日",
        source="审批办件登记",
        as_of=timezone.localdate(),
        kind="bars",
        labels=[row.matter.title for row in shown],
        series=[
            Series("用时中位数", [row.median_days for row in shown]),
            Series("承诺时限", [row.limit for row in shown]),
        ],
        note="从受理到作出决定，按工作日计算；补正时间不计入。",
    )


@login_not_required
@require_safe
def matter_detail(request: Request, matter_id: int) -> HttpResponse:
    """One matter: who may apply, what for, with which papers, until when (办事指南)."""
    rows = matters_visible_to(request.actor).select_related("authority", "division")
    matter = get_object_or_404(rows, pk=matter_id)
    keeps = may_keep_matter(request.actor, matter)
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdigit() and len(asked) < 5 else None
    version = version_shown(matter, number=number, drafts=keeps)
    if version is None:
        raise Http404("没有这个版本。")
    context = {
        **guide_page(matter, version, drafts=keeps),
        "statistics": step_statistics(matter),
        "keeps": keeps,
        "has_draft": keeps and matter.versions.filter(state=VersionState.DRAFT).exists(),
        "applies": may_apply(request.actor) and version.state == VersionState.PUBLISHED,
    }
    return render(request, f"{CELL}matter.html", context)


@require_safe
def matters_kept(request: Request) -> HttpResponse:
    """The matters of one's own department, drafts too (本机关事项)."""
    require_authority(request.actor)
    rows = matters_kept_by(request.actor).prefetch_related("versions").order_by("pk")
    return render(request, f"{CELL}kept.html", {"matters": list(rows)})


def words(title: str, button: str, *, back: str) -> FormPage:
    crumbs = ((ROOT[0], reverse(ROOT[1])),)
    return FormPage(
        title=title, button=button, back=back, crumbs=crumbs, help="accreditation/guide_form"
    )


@require_http_methods(GET_OR_POST)
def matter_new(request: Request) -> HttpResponse:
    """Draft a matter (拟定事项)."""
    require_authority(request.actor)
    form = GuideForm(*given(request), is_new=True)

    def send(said: dict[str, Any]) -> GuideMatter:
        return commands.draft_matter(
            title=said["title"], text=form.text(), steps=said["steps"], actor=request.actor
        )

    page = words("拟定事项", "保存草稿", back=reverse("accreditation:matters_kept"))
    done = "草稿已保存，核对后公布。"
    return answer_form(request, form=form, page=page, send=send, done=done)


@require_http_methods(GET_OR_POST)
def matter_edit(request: Request, matter_id: int) -> HttpResponse:
    """Write the draft of the next version (修改指南)."""
    require_authority(request.actor)
    matter = get_object_or_404(matters_kept_by(request.actor), pk=matter_id)
    draft = matter.versions.filter(state=VersionState.DRAFT).first()
    version = draft or matter.versions.order_by("-number")[0]
    form = GuideForm(*given(request), is_new=False, initial=GuideForm.initial_from(version))

    def send(said: dict[str, Any]) -> Any:
        return commands.change_guide(
            matter_id=matter.pk, text=form.text(), steps=said["steps"], actor=request.actor
        )

    page = words("修改指南", "保存草稿", back=matter.get_absolute_url())
    done = "草稿已保存；现行版本不变，公布后替换。"
    return answer_form(request, form=form, page=page, send=send, done=done, then=matter)


@require_POST
def matter_publish(request: Request, matter_id: int) -> HttpResponse:
    """Publish the draft (公布指南)."""
    require_authority(request.actor)
    matter = get_object_or_404(matters_kept_by(request.actor), pk=matter_id)
    commands.publish_guide(matter_id=matter.pk, actor=request.actor, now=timezone.localtime())
    messages.success(request, "指南已公布。")
    return redirect(matter)


def kept(request: Request, matter: GuideMatter) -> None:
    if not may_keep_matter(request.actor, matter):
        raise NotAllowed("办事指南由实施机关维护，请联系该机关的经办人员。")


WITHDRAW = Act(
    title="停办事项",
    button="停办",
    done="事项已停办，在办件照常办结。",
    require=kept,
    form=lambda request, matter: ReasonForm(*given(request)),
    send=lambda request, matter, form: commands.withdraw_matter(
        matter_id=matter.pk, reason=form.cleaned_data["reason"], actor=request.actor
    ),
)
UPLOAD = Act(
    title="上传办事表格",
    button="上传",
    done="表格已上传，公布后可下载。",
    require=kept,
    form=lambda request, matter: FormUploadForm(*given(request)),
    send=lambda request, matter, form: commands.add_form(
        matter_id=matter.pk, upload=form.cleaned_data["file"], actor=request.actor
    ),
)


@require_http_methods(GET_OR_POST)
def matter_withdraw(request: Request, matter_id: int) -> HttpResponse:
    """Take no more applications (停办)."""
    matter = get_object_or_404(matters_visible_to(request.actor), pk=matter_id)
    return answer_act(request, act=WITHDRAW, subject=matter, home=matter, root=ROOT)


@require_http_methods(GET_OR_POST)
def matter_form(request: Request, matter_id: int) -> HttpResponse:
    """Add a form for download to the draft (办事表格)."""
    matter = get_object_or_404(matters_visible_to(request.actor), pk=matter_id)
    return answer_act(request, act=UPLOAD, subject=matter, home=matter, root=ROOT)
