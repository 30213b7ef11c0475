"""Pages of city consortia: yearly filings, removals, lists."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.duties import DutyKind, DutyState
from silian.operations.alliances.choices.groups import EditionState, GroupListKind
from silian.operations.alliances.commands.consortia import (
    accept_report,
    decide_removal,
    file_report,
    propose_removal,
    return_report,
)
from silian.operations.alliances.commands.group_lists import draft_list, publish_list
from silian.operations.alliances.forms.consortia import (
    AcceptForm,
    JudgeForm,
    ListForm,
    ProposalForm,
    RemovalForm,
    ReportForm,
    ReturnForm,
)
from silian.operations.alliances.models.consortia import ConsortiumReport
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import (
    is_official,
    lists_visible_to,
    may_steer,
    removals_visible_to,
    reports_visible_to,
    require_leader,
    require_steerer,
)
from silian.operations.alliances.queries.consortia import (
    duties_of,
    finished_years,
    late_filings,
    removals_to_propose,
    years_asking_for_removal,
)
from silian.operations.alliances.queries.groups import lines_of, list_versions
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.views.groups import (
    REGISTER,
    joined_group,
    powers,
    visible_group,
)

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def group_records(request: Request, group_id: int) -> HttpResponse:
    """The filings, lists and removals of a group (年度报送和清单)."""
    group, today = joined_group(request, group_id), timezone.localdate()
    duties = duties_of(group, today=today) if group.is_consortium and group.started_on else []
    years = finished_years(duties, today=today)
    asking = years_asking_for_removal(duties, today=today)
    removals = list(group.removals.all())
    versions = list_versions(lists_visible_to(request.actor).filter(group=group))
    context = {
        "group": group,
        "duties": duties,
        "years": sorted(years.items(), reverse=True),
        "asking": asking,
        "proposable": asking and not any(row.last_year >= asking[1] for row in removals),
        "removals": removals,
        "lists": [(kind, label, versions.get(kind, [])) for kind, label in GroupListKind.choices],
        **powers(request, group),
    }
    return render(request, "alliances/groups/records.html", context)


@require_safe
def filing_list(request: Request) -> HttpResponseBase:
    """Filings overdue in the region, and consortia that two years ask to remove (逾期报送)."""
    if not is_official(request.actor):
        raise NotAllowed("逾期报送清单由主管部门查看。")
    today = timezone.localdate()
    table = filing_table(request, late_filings(request.actor, today=today))
    if table.export_wanted:
        return table.export_response()
    asking = removals_to_propose(request.actor, today=today)
    return render(request, "alliances/groups/filings.html", {"table": table, "asking": asking})


def filing_table(request: Request, rows: list[Any]) -> Table:
    return Table(
        request=request,
        name="late_filings",
        rows=rows,
        caption="逾期报送",
        columns=[
            Column("group", "联合体", main=True, value=lambda duty: duty.group.name),
            Column("lead", "牵头单位", value=lambda duty: duty.group.lead.name),
            Column("year", "年度", value=lambda duty: str(duty.year)),
            Column("kind", "事项", value=lambda duty: duty.kind.label),
            Column("due_on", "期限", value=lambda duty: duty.due_on),
            Column("label", "情况", value=lambda duty: duty.label),
        ],
        export=True,
        views=False,
        row_url=lambda duty: records_url(duty.group),
        empty={"title": "没有逾期的年度报送", "why": "到期前两个月提醒牵头单位。"},
    )


@require_http_methods(FORM_METHODS)
def report_new(request: Request, group_id: int) -> HttpResponse:
    """File a plan or a self-assessment (年度报送)."""
    group, actor, today = visible_group(request, group_id), request.actor, timezone.localdate()
    require_leader(actor, group)
    form = ReportForm(*given(request), initial=asked_filing(request, today.year))

    def work(said: dict[str, Any]) -> Any:
        return file_report(
            group_id=group.pk,
            kind=DutyKind(said["kind"]),
            year=said["year"],
            text=said["text"],
            upload=said["upload"],
            actor=actor,
            today=today,
        )

    page = page_words(
        "年度报送",
        "报送",
        back=records_url(group),
        register=REGISTER,
        lead=f"{group.name}；逾期也可以报送，会标明逾期",
    )
    done = "已报送，等待核对。"
    return answer_form(request, form=form, page=page, send=work, done=done, then=records_url(group))


def asked_filing(request: Request, present: int) -> dict[str, Any]:
    """Which filing the address asks for."""
    year = request.GET.get("year", "")
    return {
        "kind": request.GET.get("kind", DutyKind.PLAN),
        "year": year if year.isdecimal() else present,
    }


def records_url(group: AllianceGroup) -> str:
    return reverse("alliances:group_records", kwargs={"group_id": group.pk})


def visible_report(request: Request, report_id: int) -> ConsortiumReport:
    rows = reports_visible_to(request.actor).select_related("group__lead", "filed_by")
    return get_object_or_404(rows, pk=report_id)


@require_safe
def report_detail(request: Request, report_id: int) -> HttpResponse:
    """One filing: what was written, when, and the answer (年度报送)."""
    report = visible_report(request, report_id)
    context = {
        "report": report,
        "group": report.group,
        "files": list(files_of(report)),
        "checks": may_steer(request.actor, report.group) and report.state == DutyState.FILED,
        "entries": past_of(report),
    }
    return render(request, "alliances/groups/report.html", context)


@require_http_methods(FORM_METHODS)
def report_accept(request: Request, report_id: int) -> HttpResponse:
    """Take a filing as complete, and judge a self-assessment (核对通过)."""
    report, actor = visible_report(request, report_id), request.actor
    require_steerer(actor, report.group)
    judged = report.kind == DutyKind.SELF_ASSESSMENT
    posted, _ = given(request)  # an answer may be empty, so an empty post counts
    form = (JudgeForm if judged else AcceptForm)(posted)
    page = page_words(
        "核对通过", "通过", back=report_url(report), register=REGISTER, lead=str(report)
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: accept_report(
            report_id=report.pk,
            is_finished=said.get("is_finished"),
            answer=said["answer"],
            actor=actor,
            today=timezone.localdate(),
        ),
        done="已核对。",
        then=records_url(report.group),
    )


def report_url(report: ConsortiumReport) -> str:
    return reverse("alliances:report_detail", kwargs={"report_id": report.pk})


@require_http_methods(FORM_METHODS)
def report_return(request: Request, report_id: int) -> HttpResponse:
    """Send a filing back (退回补充)."""
    report, actor = visible_report(request, report_id), request.actor
    require_steerer(actor, report.group)
    form = ReturnForm(request.POST or None)
    page = page_words(
        "退回补充", "退回", back=report_url(report), register=REGISTER, lead=str(report)
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: return_report(
            report_id=report.pk, answer=said["answer"], actor=actor, today=timezone.localdate()
        ),
        done="已退回，牵头单位会看到需要补充的内容。",
        then=records_url(report.group),
    )


@require_http_methods(FORM_METHODS)
def removal_propose(request: Request, group_id: int) -> HttpResponse:
    """Propose to take a consortium off the list (移出建议)."""
    group, actor = visible_group(request, group_id), request.actor
    require_steerer(actor, group)
    form = ProposalForm(request.POST or None)
    page = page_words(
        "提出移出建议", "提出", back=records_url(group), register=REGISTER, lead=group.name
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: propose_removal(
            group_id=group.pk, reason=said["reason"], actor=actor, today=timezone.localdate()
        ),
        done="移出建议已提出，决定后在这里登记。",
        then=records_url(group),
    )


@require_http_methods(FORM_METHODS)
def removal_decide(request: Request, proposal_id: int) -> HttpResponse:
    """Write down what was decided (决定移出建议)."""
    rows = removals_visible_to(request.actor).select_related("group__lead")
    proposal, actor = get_object_or_404(rows, pk=proposal_id), request.actor
    require_steerer(actor, proposal.group)
    form = RemovalForm(request.POST or None)
    page = page_words(
        "登记移出决定",
        "登记",
        back=records_url(proposal.group),
        register=REGISTER,
        lead=f"{proposal.group.name}：{proposal.first_year}—{proposal.last_year} 年未完成",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: decide_removal(
            proposal_id=proposal.pk, actor=actor, today=timezone.localdate(), **said
        ),
        done="决定已登记。",
        then=records_url(proposal.group),
    )


@require_http_methods(FORM_METHODS)
def list_edit(request: Request, group_id: int, kind: str) -> HttpResponse:
    """Write the next version of a list (拟定清单)."""
    if kind not in GroupListKind.values:
        raise Http404
    group, actor = visible_group(request, group_id), request.actor
    require_leader(actor, group)
    last = group.lists.filter(kind=kind).order_by("-number").first()
    text = "\n".join(line.typed for line in lines_of(last)) if last else ""
    note = last.note if last and last.state == EditionState.DRAFT else ""
    form = ListForm(request.POST or None, initial={"text": text, "note": note})
    label = GroupListKind(kind).label
    page = page_words(
        f"拟定{label}", "保存", back=records_url(group), register=REGISTER, lead=group.name
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: draft_list(
            group_id=group.pk, kind=GroupListKind(kind), actor=actor, **said
        ),
        done="已保存为拟定版，核对后公布。",
        then=records_url(group),
    )


@require_POST
def list_publish(request: Request, edition_id: int) -> HttpResponse:
    """Let everybody read a version (公布清单)."""
    rows = lists_visible_to(request.actor).select_related("group")
    edition = get_object_or_404(rows, pk=edition_id)
    return done_or_said(
        request,
        lambda: publish_list(edition_id=edition.pk, on=timezone.localdate(), actor=request.actor),
        done="已公布，公开页面可以看到。",
        then=records_url(edition.group),
    )
