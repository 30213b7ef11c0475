"""Pages of the yearly assessment of enterprises that take interns."""

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

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.commands.host_assessments import (
    decide_assessment,
    decide_passes,
    propose_assessment,
    propose_passes,
    reopen_assessment,
    reply_to_assessment,
)
from silian.governance.incentives.forms.host_assessments import (
    BasisForm,
    DecisionForm,
    ProposalForm,
    ReopenForm,
    ReplyForm,
)
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.permissions.claims import is_clerk
from silian.governance.incentives.permissions.host_assessments import (
    assessments_visible_to,
    may_assess,
    may_reply,
    require_assessing,
    require_reading,
    require_replying,
)
from silian.governance.incentives.queries.host_assessments import (
    assessments_to_decide,
    facts_of,
    hosts_of,
    lines_of,
)
from silian.governance.incentives.rules.host_assessments import points_against
from silian.registers.organisations.models import Organisation

ASSESSMENTS = ("实习年度考核", "incentives:assessment_list")
YEARS_BACK = 3


def year_of(request: Request) -> int:
    """The year of the address; without one the last that is complete, if it had interns."""
    now, typed = timezone.localdate().year, request.GET.get("year", "")
    if not typed:
        had = hosts_of(jurisdiction=request.actor.jurisdiction or "none", year=now - 1).exists()
        return now - 1 if had else now
    if not (typed.isdecimal() and now - YEARS_BACK <= int(typed) <= now):
        raise Http404
    return int(typed)


@require_safe
def assessment_list(request: Request) -> HttpResponseBase:
    """Assessments of the region, or of one's own enterprise (实习年度考核)."""
    require_reading(request.actor)
    rows = assessments_visible_to(request.actor).select_related("organisation", "division")
    table = assessment_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    name = "_list.html" if request.htmx else "list.html"
    context = {
        "table": table,
        "clerk": is_clerk(request.actor),
        "waiting": assessments_to_decide(request.actor).count() if is_clerk(request.actor) else 0,
    }
    return render(request, f"incentives/assessments/{name}", context)


def assessment_table(request: Request, rows: Any) -> Table:
    actions = []
    if is_clerk(request.actor):
        actions = [BulkAction(label="认定通过", url=reverse("incentives:assessment_decide_many"))]
    return Table(
        request=request,
        name="host_assessments",
        rows=rows,
        caption="实习年度考核",
        columns=[
            Column("organisation", "企业", value="organisation__name", main=True),
            Column("year", "年度", value=lambda row: str(row.year), sort="year"),
            Column(
                "students", "实习学生", numeric=True, unit="人",
                value=lambda row: row.figures.get("students"),
            ),
            Column("reason", "说明", optional=True),
            Column("decided_on", "认定日", sort="decided_on"),
            Column(
                "state", "状态", value="get_state_display", sort="state",
                template="incentives/assessments/_cell_state.html",
            ),
        ],
        order="-year",
        row_url=lambda row: row.get_absolute_url(),
        bulk_actions=actions,
        empty={"title": "还没有考核", "why": "从“待考核企业”选择企业，拟定结论。"},
    )  # fmt: skip


@require_safe
def assessment_hosts(request: Request) -> HttpResponseBase:
    """Enterprises that had interns in the year and are not decided yet (待考核企业)."""
    actor, year = request.actor, year_of(request)
    require_assessing(actor, actor.jurisdiction)
    decided = HostAssessment.objects.filter(year=year).exclude(state=AssessmentState.DRAFT)
    hosts = hosts_of(jurisdiction=actor.jurisdiction, year=year)
    lines = lines_of(
        list(hosts.exclude(pk__in=decided.values("organisation"))),
        year=year, on=timezone.localdate(),
    )  # fmt: skip
    now = timezone.localdate().year
    context = {
        "year": year,
        "years": range(now, now - YEARS_BACK, -1),
        "lines": lines,
        "clean": [line for line in lines if not line.points and line.assessment is None],
        "fresh": [line for line in lines if line.assessment is None],
        "form": BasisForm(),
    }
    return render(request, "incentives/assessments/hosts.html", context)


@require_POST
def assessment_propose_many(request: Request) -> HttpResponse:
    """Propose that all chosen enterprises pass (批量拟定通过)."""
    require_assessing(request.actor, request.actor.jurisdiction)
    form, year = BasisForm(request.POST), year_of(request)
    back = f"{reverse('incentives:assessment_hosts')}?year={year}"
    if not form.is_valid():
        messages.error(request, "请填写考核依据。")
        return redirect(back)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal()]
    return done_or_said(
        request,
        lambda: propose_passes(
            organisation_ids=chosen,
            year=year,
            basis=form.cleaned_data["basis"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done=f"已拟定 {len(chosen)} 家通过，由另一名审核人员认定。",
        then=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_propose(request: Request, organisation_id: int) -> HttpResponse:
    """Propose that one enterprise passes or fails (拟定考核结论)."""
    actor, year = request.actor, year_of(request)
    hosts = hosts_of(jurisdiction=actor.jurisdiction or "none", year=year)
    host = get_object_or_404(Organisation, pk=organisation_id, pk__in=hosts.values("pk"))
    require_assessing(actor, host.division_id)
    line = lines_of([host], year=year, on=timezone.localdate())[0]
    against = "；".join(line.points) or "没有不利事实"
    return answer_form(
        request,
        form=ProposalForm(request.POST or None),
        page=page_words(
            "拟定考核结论", "提交", back="incentives:assessment_hosts", register=ASSESSMENTS,
            lead=f"{host.name}，{year} 年度：实习学生 {line.figures['students']} 人，{against}",
        ),
        send=lambda said: propose_assessment(
            organisation_id=host.pk,
            year=year,
            passes=said["outcome"] == "pass",
            reason=said["reason"],
            basis=said["basis"],
            actor=actor,
            now=timezone.now(),
        ),
        done="已提交，由另一名审核人员认定；拟不通过的已告知企业。",
    )  # fmt: skip


def visible(request: Request, assessment_id: int) -> HostAssessment:
    rows = assessments_visible_to(request.actor).select_related(
        "organisation", "division", "proposed_by", "decided_by"
    )
    return get_object_or_404(rows, pk=assessment_id)


@require_safe
def assessment_detail(request: Request, assessment_id: int) -> HttpResponse:
    """One assessment: figures, what speaks against, reply, decision (考核详情)."""
    row, actor = visible(request, assessment_id), request.actor
    open_now = row.state in (AssessmentState.DRAFT, AssessmentState.NOTICED)
    context = {
        "row": row,
        "facts": facts_of(row.figures),
        "points": points_against(row.figures),
        "decides": open_now
        and may_assess(actor, row.division_id)
        and row.proposed_by_id != actor.user_id,
        "replies": row.state == AssessmentState.NOTICED and may_reply(actor, row),
        "reopens": not open_now and may_assess(actor, row.division_id),
    }
    return render(request, "incentives/assessments/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_decide(request: Request, assessment_id: int) -> HttpResponse:
    """Decide (认定)."""
    row = visible(request, assessment_id)
    require_assessing(request.actor, row.division_id)
    start = {"outcome": "pass" if row.proposed_pass else "fail"}
    return answer_form(
        request,
        form=DecisionForm(request.POST or None, initial=start),
        page=page_words("认定考核结论", "认定", back=row, register=ASSESSMENTS, lead=str(row)),
        send=lambda said: decide_assessment(
            assessment_id=row.pk,
            passes=said["outcome"] == "pass",
            reason=said["reason"],
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已认定。",
    )


@require_POST
def assessment_decide_many(request: Request) -> HttpResponse:
    """Confirm the chosen proposals to pass (批量认定通过)."""
    require_assessing(request.actor, request.actor.jurisdiction)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal()]
    seen = assessments_visible_to(request.actor).filter(pk__in=chosen, proposed_pass=True)
    keys = list(seen.filter(state=AssessmentState.DRAFT).values_list("pk", flat=True))
    return done_or_said(
        request,
        lambda: decide_passes(assessment_ids=keys, actor=request.actor, now=timezone.now()),
        done=f"已认定 {len(keys)} 家通过。",
        then="incentives:assessment_list",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_reply(request: Request, assessment_id: int) -> HttpResponse:
    """Answer a proposal against one's own enterprise (陈述)."""
    row = visible(request, assessment_id)
    require_replying(request.actor, row)
    return answer_form(
        request,
        form=ReplyForm(request.POST or None),
        page=page_words(
            "陈述", "提交陈述", back=row, register=ASSESSMENTS,
            lead=f"考核部门拟认定不通过：{row.reason}。陈述期限 {row.reply_until}",
        ),
        send=lambda said: reply_to_assessment(
            assessment_id=row.pk, text=said["text"], actor=request.actor, now=timezone.now()
        ),
        done="陈述已提交，认定时会一并考虑。",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_reopen(request: Request, assessment_id: int) -> HttpResponse:
    """Assess anew (重新考核)."""
    row = visible(request, assessment_id)
    require_assessing(request.actor, row.division_id)
    return answer_form(
        request,
        form=ReopenForm(request.POST or None),
        page=page_words("重新考核", "重新考核", back=row, register=ASSESSMENTS, lead=str(row)),
        send=lambda said: reopen_assessment(
            assessment_id=row.pk, reason=said["reason"], actor=request.actor, now=timezone.now()
        ),
        done="已重新打开，请重新拟定结论。",
    )


@login_not_required
@require_safe
def assessment_public(request: Request) -> HttpResponseBase:
    """Enterprises that passed, by year, for everybody (考核通过名单)."""
    rows = HostAssessment.objects.filter(state=AssessmentState.PASSED)
    table = Table(
        request=request,
        name="passed_hosts",
        rows=rows.select_related("organisation", "division"),
        caption="学生实习工作考核通过名单",
        columns=[
            Column("organisation", "企业", value="organisation__name", main=True),
            Column("division", "地区", value="division__name"),
            Column("year", "年度", value=lambda row: str(row.year), sort="year"),
            Column("decided_on", "认定日", sort="decided_on"),
        ],
        order="-year",
        views=False,
        empty={"title": "还没有认定", "why": "考核认定后，通过的企业会列在这里。"},
    )
    if table.export_wanted:
        return table.export_response()
    name = "_list.html" if request.htmx else "public.html"
    return render(request, f"incentives/assessments/{name}", {"table": table})
