"""Hosts of a school: the list, the public list, one host and its way to the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet, words_typed
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.commands.hosts import (
    check_host,
    decide_hosts,
    propose_host,
    publish_hosts,
    reconsider_host,
    refuse_host,
    remove_host,
)
from silian.operations.placements.forms.hosts import CheckForm, DecisionForm, HostForm
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.permissions.hosts import (
    hosts_kept_by,
    hosts_visible_to,
    inspections_visible_to,
    is_host_insider,
    is_school_insider,
    may_approve_inspection,
    may_inspect,
    may_keep_hosts,
    published_hosts,
    require_host_keeper,
)
from silian.operations.placements.permissions.internships import is_official
from silian.operations.placements.queries.hosts import (
    host_counts,
    hosts_for_list,
    proposable,
    reports_of,
    standing_words,
)
from silian.operations.placements.workflow.host import host as steps

CELLS = "placements/hosts/"


def refuse_outsiders(request: Request) -> None:
    actor = request.actor
    if not (is_school_insider(actor) or is_host_insider(actor) or is_official(actor)):
        raise NotAllowed("实习单位名单由学校、实习单位和主管部门查看；已公布的名单人人可看。")


@require_safe
def host_list(request: Request) -> HttpResponseBase:
    """The school's hosts in every state, an organisation's schools, an official's region."""
    refuse_outsiders(request)
    visible = hosts_visible_to(request.actor)
    bar = host_bar(request, visible)
    table = host_table(request, chosen_hosts(request, visible, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    counts = host_counts(visible)
    context = {
        "table": table,
        "bar": bar,
        "keeps": may_keep_hosts(request.actor),
        "published": counts.get(HostState.PUBLISHED, 0),
        "open": sum(
            counts.get(state, 0)
            for state in (HostState.PROPOSED, HostState.INSPECTED, HostState.APPROVED)
        ),
        "decided": counts.get(HostState.APPROVED, 0),
    }
    template = "placements/hosts/_list.html" if request.htmx else "placements/hosts/list.html"
    return render(request, template, context)


def host_bar(request: Request, visible: QuerySet[Host]) -> FilterBar:
    counts = {str(state): number for state, number in host_counts(visible).items()}
    return FilterBar(
        request=request,
        placeholder="单位名称",
        facets=[
            facet(
                request=request, name="state", label="状态", choices=HostState.choices,
                counts=counts,
            )
        ],
    )  # fmt: skip


def chosen_hosts(request: Request, visible: QuerySet[Host], *, text: str) -> QuerySet[Host]:
    rows = visible
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if text:
        rows = rows.filter(Q(organisation__name__icontains=text) | Q(school__name__icontains=text))
    return rows


def host_table(request: Request, rows: QuerySet[Host]) -> Table:
    keeps = may_keep_hosts(request.actor)
    decide = BulkAction(label="登记集体研究", url=reverse("placements:host_decide"))
    return Table(
        request=request,
        name="hosts",
        rows=hosts_for_list(rows),
        caption="实习单位",
        columns=[
            Column("organisation", "单位", "organisation__name", template=f"{CELLS}_cell_name.html",
                   sort="organisation__name", main=True),
            Column("school", "学校", "school__name", sort="school__name", optional=keeps),
            Column("state", "状态", lambda row: row.get_state_display(), sort="state",
                   template=f"{CELLS}_cell_state.html"),
            Column("students", "现有学生", "student_count", sort="student_count", numeric=True,
                   unit="人"),
            Column("division", "地区", "organisation__division__name"),
            Column("industry", "行业", "organisation__industry__name", optional=True),
            Column("published_on", "公布日", sort="published_on"),
        ],
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        bulk_actions=[decide] if keeps else [],
        empty={"missing": "名单上没有符合条件的单位", "why": "先拟选，再考察、研究、公布。"},
    )  # fmt: skip


@login_not_required
@require_safe
def host_public_list(request: Request) -> HttpResponseBase:
    """The published hosts, school by school (实习单位名单公布)."""
    rows = published_hosts().select_related(
        "school", "organisation__division", "organisation__industry"
    )
    schools = rows.order_by("school__name").values_list("school_id", "school__name").distinct()
    bar = FilterBar(
        request=request,
        placeholder="单位名称",
        facets=[
            facet(
                request=request, name="school", label="学校", single=True,
                choices=[(str(pk), name) for pk, name in schools],
            )
        ],
    )  # fmt: skip
    chosen = [int(value) for value in request.GET.getlist("school") if value.isdigit()]
    rows = rows.filter(school_id__in=chosen) if chosen else rows
    rows = rows.filter(organisation__name__icontains=bar.text) if bar.text else rows
    table = public_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    template = "placements/hosts/_list.html" if request.htmx else "placements/hosts/public.html"
    return render(request, template, {"table": table, "bar": bar, "total": rows.count()})


def public_table(request: Request, rows: QuerySet[Host]) -> Table:
    return Table(
        request=request,
        name="published_hosts",
        rows=rows,
        caption="实习单位名单",
        columns=[
            Column("organisation", "单位", "organisation__name", sort="organisation__name",
                   main=True),
            Column("school", "学校", "school__name", sort="school__name"),
            Column("division", "地区", "organisation__division__name"),
            Column("industry", "行业", "organisation__industry__name"),
            Column("decided", "集体研究", "decision_reference"),
            Column("published_on", "公布日", sort="published_on"),
        ],
        order="organisation__name",
        views=False,
        row_url=lambda row: row.organisation.get_absolute_url(),
        empty={"missing": "还没有公布的实习单位", "why": "学校集体研究后公布。"},
    )  # fmt: skip


@require_safe
def host_detail(request: Request, host_id: int) -> HttpResponse:
    """One host: checks, reports, decision, students there, and the reader's next step."""
    host = get_object_or_404(hosts_for_list(hosts_visible_to(request.actor)), pk=host_id)
    return host_page(request, host)


def host_page(request: Request, host: Host, *, refused: DomainError | None = None) -> HttpResponse:
    actor = request.actor
    keeps = hosts_kept_by(actor).filter(pk=host.pk).exists()
    own = is_school_insider(actor) and actor.organisation_id == host.school_id
    reports = reports_of(inspections_visible_to(actor).filter(host=host))
    steps_now = {step.name for step in steps.steps_from(HostState(host.state))}
    context = {
        "host": host,
        "keeps": keeps,
        "inspects": own and may_inspect(actor),
        "reports": reports,
        "judgeable": {
            each.inspection.pk
            for each in reports
            if each.state[1] == "待另一人审核" and may_approve_inspection(actor, each.inspection)
        },
        "steps": steps_now if keeps else set(),
        "standing": standing_words(host),
        "entries": history_of(host),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "placements/hosts/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def host_new(request: Request) -> HttpResponse:
    """Name an organisation as a possible host (拟选单位)."""
    require_host_keeper(request.actor)
    data, _ = given(request)
    back = reverse("placements:host_list")
    return answer_form(
        request,
        form=HostForm(data),
        page=FormPage(
            title="拟选实习单位",
            button="加入名单",
            back=back,
            lead="加入后登记核查、实地考察，再集体研究和公布",
            help="placements/host_new",
            crumbs=[("实习单位", back)],
        ),
        send=lambda typed: propose_host(
            organisation_id=typed["organisation"], actor=request.actor
        ).get_absolute_url(),
        done="已加入名单，请登记核查结果并实地考察。",
    )


@require_safe
def organisation_choices(request: Request) -> HttpResponse:
    """What the picker of organisations offers (查找单位)."""
    school_id = require_host_keeper(request.actor)
    found = proposable(words_typed(request)[:60], school_id=school_id)
    results = [
        {"value": str(each.pk), "text": each.name, "note": each.division.name} for each in found
    ]
    return JsonResponse({"results": results})


@require_http_methods(["GET", "HEAD", "POST"])
def host_check(request: Request, host_id: int) -> HttpResponse:
    """Record the checks of credit, safety and licence (登记核查结果)."""
    host = get_object_or_404(hosts_kept_by(request.actor), pk=host_id)
    data, _ = given(request)
    values = {name: getattr(host, name) for name in CheckForm.base_fields if name != "note"}
    return answer_form(
        request,
        form=CheckForm(data, initial={**values, "note": host.eligibility_note}),
        page=FormPage(
            title="登记核查结果",
            button="保存",
            back=host.get_absolute_url(),
            lead=host.organisation.name,
            crumbs=crumbs_of(host),
        ),
        send=lambda typed: check_host(host_id=host.pk, actor=request.actor, **typed),
        done="已登记核查结果。",
        then=host.get_absolute_url(),
    )


def crumbs_of(host: Host) -> list[tuple[str, str]]:
    return [
        ("实习单位", reverse("placements:host_list")),
        (host.organisation.display_name, host.get_absolute_url()),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def host_decide(request: Request) -> HttpResponse:
    """Record a collective decision on the chosen hosts (登记集体研究)."""
    require_host_keeper(request.actor)
    asked = [*request.POST.getlist("chosen"), *request.GET.getlist("host")]
    rows = hosts_kept_by(request.actor).filter(state=HostState.INSPECTED)
    known = [int(value) for value in asked if value.isdigit()]
    hosts = list(rows.filter(pk__in=known).select_related("organisation"))
    back = reverse("placements:host_list")
    page = decision_page(hosts, back=back)
    if request.method != "POST" or "decided_on" not in request.POST:
        context = {"form": DecisionForm(), "page": page, "hosts": hosts}
        return render(request, page.template, context)
    return answer_form(
        request,
        form=DecisionForm(request.POST),
        page=page,
        send=lambda typed: decide_hosts(
            host_ids=[host.pk for host in hosts], actor=request.actor, **typed
        ),
        done=f"已登记 {len(hosts)} 家单位集体研究通过，可以公布。",
        then=back,
    )


def decision_page(hosts: list[Host], *, back: str) -> FormPage:
    names = "、".join(host.organisation.display_name for host in hosts)
    return FormPage(
        title="登记集体研究",
        button=f"登记 {len(hosts)} 家通过",
        back=back,
        lead=names or "没有勾选已考察的单位，请回名单勾选",
        crumbs=[("实习单位", back)],
        template="placements/hosts/decide.html",
        context={"hosts": hosts},
    )


@require_POST
def host_publish(request: Request) -> HttpResponse:
    """Publish every host that the school decided on (公布名单)."""
    require_host_keeper(request.actor)
    rows = hosts_kept_by(request.actor).filter(state=HostState.APPROVED)
    try:
        hosts = publish_hosts(
            host_ids=list(rows.values_list("pk", flat=True)),
            published_on=timezone.localdate(),
            actor=request.actor,
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已公布 {len(hosts)} 家实习单位。")
    return redirect("placements:host_list")


STEPS: dict[str, Any] = {
    "refuse": refuse_host,
    "remove": remove_host,
    "reconsider": lambda *, reason, **given: reconsider_host(**given),
}


@require_POST
def host_step(request: Request, host_id: int, name: str) -> HttpResponse:
    """Refuse, remove or reconsider a host (未通过、移出、重新拟选)."""
    rows = hosts_for_list(hosts_visible_to(request.actor))
    host = get_object_or_404(rows, pk=host_id)
    if name not in STEPS:
        raise Http404
    try:
        STEPS[name](host_id=host.pk, reason=request.POST.get("reason", ""), actor=request.actor)
    except DomainError as refusal:
        return host_page(request, host, refused=refusal)
    return redirect(host.get_absolute_url())
