"""The register of experts for those who keep it and those who propose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.choices.judging import ExpertField, ExpertState
from silian.casework.reviews.commands.expert_imports import import_experts
from silian.casework.reviews.commands.experts import (
    admit_expert,
    dismiss_expert,
    pause_expert,
    propose_expert,
    resume_expert,
)
from silian.casework.reviews.forms.experts import ImportForm, ProposalForm
from silian.casework.reviews.models import Expert
from silian.casework.reviews.permissions.experts import (
    experts_kept_by,
    experts_visible_to,
    keeps_pool,
    may_propose,
    require_pool_keeper,
    require_proposer,
)
from silian.casework.reviews.queries.experts import experts_for_list, people_to_propose
from silian.casework.reviews.rules.expert_rows import COLUMNS as ROW_COLUMNS
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import (
    FormPage,
    answer_form,
    done_or_refused,
    given,
    status_of,
)
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.models import Organisation

COLUMNS = (
    Column("name", "姓名", "user__name", main=True),
    Column("number", "编号", lambda row: row.number),
    Column("title", "职称或职务"),
    Column("organisation", "所在单位", "organisation__name"),
    Column("fields", "专业领域", lambda row: "、".join(row.field_labels)),
    Column("open_tasks", "在评", numeric=True, sort="open_tasks"),
    Column("done_tasks", "已评", numeric=True, sort="done_tasks"),
    Column("ends_on", "聘期止", sort="ends_on"),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template="reviews/_expert_cell_state.html",
        sort="state",
    ),
    Column("division", "入库地区", "division__name", optional=True),
    Column("proposed_by", "推荐单位", "proposed_by__name", optional=True),
    Column("starts_on", "聘期起", sort="starts_on", optional=True),
)


@require_safe
def expert_list(request: Request) -> HttpResponseBase:
    """The experts of the region, or those whom one's organisation proposed (评审专家库)."""
    actor = request.actor
    if not (may_propose(actor) or experts_visible_to(actor).exists()):
        raise NotAllowed("评审专家库由牵头部门管理，单位可以查看本单位推荐的专家。")
    bar = FilterBar(
        request=request,
        placeholder="姓名、单位",
        facets=[
            facet(request=request, name="state", label="状态", choices=ExpertState.choices),
            facet(request=request, name="field", label="专业领域", choices=ExpertField.choices),
        ],
    )
    table = expert_table(request, narrowed(request, experts_visible_to(actor), bar.text))
    if table.export_wanted:
        return table.export_response()
    template = "reviews/_expert_table.html" if request.htmx else "reviews/expert_list.html"
    context = {
        "bar": bar,
        "table": table,
        "keeps": keeps_pool(actor),
        "proposes": may_propose(actor),
    }
    return render(request, template, context)


def narrowed(request: Request, rows: QuerySet[Expert], text: str) -> QuerySet[Expert]:
    """What the filters leave."""
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if fields := request.GET.getlist("field"):
        rows = rows.filter(fields__overlap=fields)
    if text:
        rows = rows.filter(user__name__icontains=text) | rows.filter(
            organisation__name__icontains=text
        )
    return rows


def expert_table(request: Request, rows: QuerySet[Expert]) -> Table:
    return Table(
        request=request,
        name="review_experts",
        rows=experts_for_list(rows),
        caption="评审专家",
        columns=COLUMNS,
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的专家", "why": "推荐或导入专家后，由牵头部门审核入库。"},
    )


def visible_expert(request: Request, expert_id: int) -> Expert:
    rows = experts_visible_to(request.actor)
    related = rows.select_related("user", "organisation", "division", "proposed_by")
    return get_object_or_404(related, pk=expert_id)


@require_safe
def expert_detail(request: Request, expert_id: int) -> HttpResponse:
    """One expert: term, fields, ties and tasks, and what was done (评审专家)."""
    expert = visible_expert(request, expert_id)
    keeps = experts_kept_by(request.actor).filter(pk=expert.pk).exists()
    own = expert.user_id == request.actor.user_id
    tasks = expert.assignments.select_related("dossier__campaign").order_by("-pk")[:30]
    context = {
        "expert": expert,
        "keeps": keeps,
        "interests": expert.interests.select_related("organisation") if keeps or own else [],
        "tasks": tasks if keeps else [],
        "entries": [entry_of(act) for act in history_of(expert)[:20]] if keeps else [],
        "shows_interests": keeps or own,
    }
    return render(request, "reviews/expert_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def expert_propose(request: Request) -> HttpResponse:
    """Propose a member of one's organisation (推荐评审专家)."""
    actor, today = request.actor, timezone.localdate()
    require_proposer(actor)
    members = people_to_propose(organisation_id=actor.organisation_id or 0, on=today)
    form = ProposalForm(
        given(request)[0], members=members, division=actor.jurisdiction or home_division(actor)
    )
    page = FormPage(
        title="推荐评审专家",
        button="推荐",
        back=reverse("reviews:expert_list"),
        lead="推荐本单位人员，牵头部门审核后入库。",
        help="reviews/expert_propose",
        crumbs=(("评审专家库", reverse("reviews:expert_list")),),
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: propose_expert(facts=form.facts(actor), actor=actor),
        done="已推荐，等牵头部门审核入库。",
    )


def home_division(actor: Actor) -> str:
    """Where the proposing organisation stands."""
    found = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    return found.division_id if found else ""


@require_http_methods(["POST"])
def expert_step(request: Request, expert_id: int, name: str) -> HttpResponse:
    """Admit, pause, resume or dismiss (入库、暂停、恢复、出库)."""
    expert, actor = visible_expert(request, expert_id), request.actor
    reason = request.POST.get("reason", "")
    steps: dict[str, Any] = {
        "admit": lambda: admit_expert(expert_id=expert.pk, actor=actor),
        "pause": lambda: pause_expert(expert_id=expert.pk, reason=reason, actor=actor),
        "resume": lambda: resume_expert(expert_id=expert.pk, actor=actor),
        "leave": lambda: dismiss_expert(expert_id=expert.pk, reason=reason, actor=actor),
    }
    if name not in steps:
        raise Http404
    try:
        steps[name]()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已办理。")
    return redirect(expert)


@require_http_methods(["GET", "HEAD", "POST"])
def expert_import(request: Request) -> HttpResponse:
    """Take in a list; every faulty cell is named and nothing is half done (导入评审专家)."""
    actor = request.actor
    require_pool_keeper(actor, division=actor.jurisdiction)
    form = ImportForm(*given(request))
    outcome = done_or_refused(
        form, lambda: import_experts(upload=form.cleaned_data["file"], actor=actor)
    )
    if outcome is not None and not outcome.faults:
        messages.success(request, f"已导入 {outcome.taken} 人，请逐个审核入库。")
        return redirect(f"{reverse('reviews:expert_list')}?state=proposed")
    faults = outcome.faults if outcome else []
    status = 422 if faults else status_of(form)
    context = {"form": form, "faults": faults}
    return render(request, "reviews/expert_import.html", context, status=status)


@require_safe
def expert_template(request: Request) -> HttpResponseBase:
    """The sheet to fill in (导入模板)."""
    require_pool_keeper(request.actor, division=request.actor.jurisdiction)
    example = ("zhangsan", "张三", "正高级工程师", "装备制造、职业教育", "2026-09-01", "2029-09-01")
    return file_response(kind="xlsx", name="评审专家导入模板", header=ROW_COLUMNS, rows=[example])
