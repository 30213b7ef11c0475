"""Pages of income projects: the school's register, one project, shares, evidence, corrections."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.income import IncomeKind, ProjectState
from silian.governance.incentives.commands.income import (
    add_evidence,
    change_project,
    confirm_project,
    correct_share,
    drop_share,
    enter_project,
    enter_share,
)
from silian.governance.incentives.forms.income import (
    EvidenceForm,
    ProjectForm,
    ShareCorrectionForm,
    ShareForm,
)
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.permissions.income import (
    income_projects_visible_to,
    registers_income,
    require_registrar,
    require_school_reader,
)
from silian.governance.incentives.queries.income import history, projects_for_list

PARTS = "incentives/income/"
PROJECTS = ("收入与奖励登记", "incentives:income_projects")
FIELDS = ("title", "kind", "year", "gain", "way", "agreed", "agreement")


@require_safe
def project_list(request: Request) -> HttpResponseBase:
    """The school's income projects (收入与奖励登记)."""
    require_school_reader(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="项目",
        facets=[
            facet(request=request, name="kind", label="类别", choices=IncomeKind.choices),
            facet(request=request, name="state", label="状态", choices=ProjectState.choices),
        ],
    )
    table = project_table(request, chosen(request, bar))
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "registers": registers_income(request.actor)}
    return render(request, f"{PARTS}projects{'_table' if request.htmx else ''}.html", context)


def chosen(request: Request, bar: FilterBar) -> QuerySet[IncomeProject]:
    """What the filters leave."""
    rows = projects_for_list(income_projects_visible_to(request.actor))
    for name in ("kind", "state"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if text := bar.text.replace("\x00", "")[:60]:
        rows = rows.filter(title__icontains=text)
    return rows


def project_table(request: Request, rows: QuerySet[IncomeProject]) -> Table:
    return Table(
        request=request,
        name="income_projects",
        rows=rows,
        caption="收入项目",
        columns=[
            Column("title", "项目", main=True),
            Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
            Column("year", "年度", lambda row: str(row.year), sort="year"),
            Column("gain", "收入", sort="gain", unit="元", numeric=True),
            Column("paid", "发给个人", unit="元", numeric=True),
            Column("people", "人数", unit="人", numeric=True),
            Column("verdict", "下限核对", template=f"{PARTS}_cell_verdict.html",
                   export=lambda row: row.verdict),
            Column("state", "状态", template=f"{PARTS}_cell_state.html", sort="state",
                   export=lambda row: row.get_state_display()),
        ],
        order="-year",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有收入项目", "why": "登记成果转化、竞赛、培训、合作服务的收入。"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: Request) -> HttpResponse:
    """Enter a project (登记收入项目)."""
    actor = request.actor
    require_registrar(actor)
    form = ProjectForm(request.POST or None, initial={"year": timezone.localdate().year})
    return answer_form(
        request,
        form=form,
        page=page_words("登记收入项目", "登记", back=PROJECTS[1], register=PROJECTS),
        send=lambda said: enter_project(said=form.said(), actor=actor),
        done="已登记，请填每个人的金额并上传凭证。",
    )


def visible_project(request: Request, project_id: int) -> IncomeProject:
    rows = income_projects_visible_to(request.actor).select_related("school", "entered_by")
    return get_object_or_404(rows, pk=project_id)


@require_safe
def project_detail(request: Request, project_id: int) -> HttpResponse:
    """One project: its shares, evidence, lower bound, past (收入项目)."""
    row = visible_project(request, project_id)
    shares = list(row.shares.select_related("person", "corrects").order_by("pk"))
    present = [share for share in shares if share.replaced_at is None]
    paid = sum(share.amount for share in present)
    context = {
        "row": row, "shares": present, "past": [share for share in shares if share.replaced_at],
        "paid": paid, "files": files_of(row), "entries": history(row),
        "registers": registers_income(request.actor),
        "is_draft": row.state == ProjectState.DRAFT,
        "missing": row.least_reward - paid if row.least_reward and paid < row.least_reward else 0,
    }  # fmt: skip
    return render(request, f"{PARTS}project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: Request, project_id: int) -> HttpResponse:
    """Change a project (修改)."""
    row, actor = visible_project(request, project_id), request.actor
    require_registrar(actor)
    initial = {name: getattr(row, name) for name in FIELDS}
    form = ProjectForm(request.POST or None, initial=initial)
    return answer_form(
        request,
        form=form,
        page=page_words("修改收入项目", "保存", back=row, register=PROJECTS, lead=str(row)),
        send=lambda said: change_project(project_id=row.pk, said=form.said(), actor=actor),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def share_new(request: Request, project_id: int) -> HttpResponse:
    """Enter what one person gets (登记个人所得)."""
    row, actor, today = visible_project(request, project_id), request.actor, timezone.localdate()
    require_registrar(actor)
    form = ShareForm(request.POST or None, actor=actor, today=today, initial={"paid_on": today})
    return answer_form(
        request,
        form=form,
        page=page_words("登记个人所得", "登记", back=row, register=PROJECTS, lead=str(row)),
        send=lambda said: enter_share(
            project_id=row.pk, person_id=said["person"], amount=said["amount"],
            paid_on=said["paid_on"], actor=actor, today=today,
        ),
        done="已登记。",
        then=row,
    )  # fmt: skip


@require_POST
def share_drop(request: Request, project_id: int, share_id: int) -> HttpResponse:
    """Take a share away before confirmation (删除)."""
    row = visible_project(request, project_id)
    require_registrar(request.actor)
    get_object_or_404(row.shares, pk=share_id)
    return done_or_said(
        request,
        lambda: drop_share(project_id=row.pk, share_id=share_id, actor=request.actor),
        done="已删除。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def share_correct(request: Request, share_id: int) -> HttpResponse:
    """Correct a confirmed share (更正个人所得)."""
    actor = request.actor
    rows = IncomeShare.objects.filter(project__in=income_projects_visible_to(actor))
    share = get_object_or_404(rows.select_related("project", "person"), pk=share_id)
    require_registrar(actor)
    form = ShareCorrectionForm(request.POST or None, initial={"amount": share.amount})
    return answer_form(
        request,
        form=form,
        page=page_words(
            "更正个人所得", "更正", back=share.project, register=PROJECTS,
            lead=f"{share.person.name}，{share.amount:,} 元，{share.paid_on}",
        ),
        send=lambda said: correct_share(
            share_id=share.pk, actor=actor, now=timezone.now(), **said
        ),
        done="已更正，原来的一笔保留。",
        then=share.project,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: Request, project_id: int) -> HttpResponse:
    """Attach evidence (上传凭证)."""
    row, actor = visible_project(request, project_id), request.actor
    require_registrar(actor)
    form = EvidenceForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=page_words("上传凭证", "上传", back=row, register=PROJECTS, lead=str(row)),
        send=lambda said: add_evidence(project_id=row.pk, upload=said["file"], actor=actor),
        done="凭证已上传。",
        then=row,
    )


@require_POST
def project_confirm(request: Request, project_id: int) -> HttpResponse:
    """Confirm a project (确认)."""
    row = visible_project(request, project_id)
    require_registrar(request.actor)
    return done_or_said(
        request,
        lambda: confirm_project(project_id=row.pk, actor=request.actor, now=timezone.now()),
        done="已确认，计入本校核算表和本人明细。",
        then=row,
    )
