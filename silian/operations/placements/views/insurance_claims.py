"""Claims: report, the insurer's answer, payment, what remains (理赔)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.insurance import (
    ClaimState,
    PolicyState,
)
from silian.operations.placements.commands.insurance_claims import (
    answer_claim,
    link_claim,
    pay_claim,
    report_claim,
    settle_claim,
    withdraw_claim,
)
from silian.operations.placements.forms.insurance import (
    AnswerForm,
    ClaimForm,
    EventForm,
    PaymentForm,
    SettlementForm,
)
from silian.operations.placements.models import (
    Incident,
    InsuranceClaim,
    InsuredIntern,
    Internship,
)
from silian.operations.placements.permissions.care import incidents_visible_to
from silian.operations.placements.permissions.insurance import (
    claims_visible_to,
    may_answer_claim,
    require_claim_answerer,
    require_insurance_reader,
)
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.permissions.sides import (
    require_school_of,
    writes_for_school_of,
)
from silian.operations.placements.queries.insurance_lists import claims_for_list
from silian.operations.placements.views.insurance_tabs import tabs
from silian.operations.placements.views.names import shown_name
from silian.operations.placements.views.student_columns import student_column

COLUMNS = [
    Column("host", "实习单位", value="internship__organisation__name"),
    Column("policy", "保单号", value="policy__number"),
    Column("happened_on", "出险日", sort="happened_on"),
    Column("loss", "损失", unit="元", numeric=True, sort="loss", total=True),
    Column("paid", "保险赔付", unit="元", numeric=True, sort="paid", total=True),
    Column("remainder", "其余", unit="元", numeric=True),
    Column("state", "状态", template="placements/insurance/_cell_state.html", sort="state"),
]


@require_safe
def claim_list(request: Request) -> HttpResponseBase:
    """Claims of one's school, business or region (理赔)."""
    require_insurance_reader(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="学生、保单号",
        facets=[facet(request=request, name="state", label="状态", choices=ClaimState.choices)],
    )
    rows = chosen(request, claims_visible_to(request.actor), text=bar.text)
    table = Table(
        request=request,
        name="insurance_claims",
        rows=claims_for_list(rows),
        columns=[student_column(request.actor, of=lambda row: row.internship), *COLUMNS],
        caption="保险理赔",
        order="-happened_on",
        row_url=lambda row: reverse("placements:insurance_claim", args=[row.pk]),
        empty={
            "missing": "没有理赔",
            "why": "学生出险后，从学生的实习页“保险”一栏报案。先由保险赔付，其余按协议。",
        },
    )
    if table.export_wanted:
        return table.export_response()
    name = "_claims" if request.htmx else "claims"
    context = {"table": table, "bar": bar, "tabs": tabs(request.actor, here="claims")}
    return render(request, f"placements/insurance/{name}.html", context)


def chosen(
    request: Request, rows: QuerySet[InsuranceClaim], *, text: str
) -> QuerySet[InsuranceClaim]:
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if text:
        rows = rows.filter(
            Q(internship__person__name__icontains=text) | Q(policy__number__icontains=text)
        )
    return rows


def visible_claim(request: Request, claim_id: int) -> InsuranceClaim:
    rows = claims_for_list(claims_visible_to(request.actor))
    return get_object_or_404(rows.select_related("policy__school"), pk=claim_id)


@require_safe
def claim_detail(request: Request, claim_id: int) -> HttpResponse:
    """One claim with its money and its steps (理赔)."""
    claim = visible_claim(request, claim_id)
    name = shown_name(request.actor, claim.internship)
    context = {
        "claim": claim,
        "name": name,
        "facts": claim_facts(claim, name=name),
        "event": incidents_visible_to(request.actor).filter(pk=claim.event_id or 0).first(),
        "may_answer": may_answer_claim(request.actor, claim),
        "is_school": writes_for_school_of(request.actor, claim.internship),
        "timeline": [entry_of(act) for act in history_of(claim)],
        "states": ClaimState,
    }
    return render(request, "placements/insurance/claim.html", context)


def claim_facts(claim: InsuranceClaim, *, name: str) -> list[Fact]:
    policy = claim.policy
    return [
        Fact(name="学生", value=name),
        Fact(name="实习单位", value=claim.internship.organisation.name),
        Fact(name="保单", value=f"{policy.get_kind_display()} {policy.number}"),
        Fact(name="出险日", value=f"{claim.happened_on}"),
        Fact(name="保险机构答复", value=claim.answer or "等待答复", wide=True),
        Fact(name="事故经过", value=claim.incident, wide=True),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def claim_new(request: Request, internship_id: int) -> HttpResponse:
    """Report an accident of one intern (报案)."""
    rows = internships_visible_to(request.actor).select_related("person")
    internship = get_object_or_404(rows, pk=internship_id)
    require_school_of(request.actor, internship)
    insured = InsuredIntern.objects.filter(
        internship=internship, policy__state=PolicyState.IN_FORCE
    ).select_related("policy")
    events = incidents_visible_to(request.actor).filter(internship=internship)
    form = ClaimForm(
        request.POST or None,
        insured=insured,
        events=events,
        initial=told_by(events.filter(pk=number_in(request, "event")).first()),
    )

    def send(data: dict[str, Any]) -> str:
        event = data.pop("event")
        claim = report_claim(
            actor=request.actor,
            insured_id=int(data.pop("insured")),
            event_id=event.pk if event else None,
            now=timezone.now(),
            **data,
        )
        return reverse("placements:insurance_claim", args=[claim.pk])

    page = claim_page(internship)
    return answer_form(request, form=form, page=page, send=send, done="已登记报案。")


def claim_page(internship: Internship) -> FormPage:
    back = internship.get_absolute_url()
    return FormPage(
        title=f"报案：{internship.person.name}",
        lead="先由保险赔付，其余部分按协议约定承担，不得由学生承担。",
        button="报案",
        back=back,
        crumbs=[("实习", back)],
    )


def number_in(request: Request, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() else 0


def told_by(event: Incident | None) -> dict[str, Any]:
    """What the incident on record already tells of the accident."""
    if event is None:
        return {}
    happened = timezone.localtime(event.happened_at)
    return {
        "event": event.pk,
        "happened_on": happened.date(),
        "incident": f"{happened:%H:%M} 在{event.place}。{event.description}"[:2000],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def claim_event(request: Request, claim_id: int) -> HttpResponse:
    """Tie a claim to the incident that it comes of (关联实习事件)."""
    claim = visible_claim(request, claim_id)
    require_school_of(request.actor, claim.internship)
    events = incidents_visible_to(request.actor).filter(internship=claim.internship)
    page = step_page(claim, title="关联事件", lead="事件页和理赔页互相能打开。")
    return answer_form(
        request,
        form=EventForm(request.POST or None, events=events, initial={"event": claim.event_id}),
        page=page,
        send=lambda data: link_claim(
            actor=request.actor,
            claim_id=claim.pk,
            event_id=data["event"].pk if data["event"] else None,
        ),
        done="已保存。",
        then=page.back,
    )


def step_page(claim: InsuranceClaim, *, title: str, lead: str) -> FormPage:
    back = reverse("placements:insurance_claim", args=[claim.pk])
    name = claim.internship.person.name
    return FormPage(
        title=title,
        lead=lead,
        button=title,
        back=back,
        crumbs=[("理赔", reverse("placements:insurance_claims")), (name, back)],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_answer(request: Request, claim_id: int) -> HttpResponse:
    """Record the insurer's answer (登记理赔答复)."""
    claim = visible_claim(request, claim_id)
    require_claim_answerer(request.actor, claim)
    page = step_page(claim, title="登记理赔答复", lead="拒绝赔付的写明条款，学校据此按协议处理。")
    return answer_form(
        request,
        form=AnswerForm(request.POST or None),
        page=page,
        send=lambda data: answer_claim(
            actor=request.actor, claim_id=claim.pk, now=timezone.now(), **data
        ),
        done="已登记答复。",
        then=page.back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_pay(request: Request, claim_id: int) -> HttpResponse:
    """Record the payment (登记赔付)."""
    claim = visible_claim(request, claim_id)
    require_claim_answerer(request.actor, claim)
    page = step_page(claim, title="登记赔付", lead=f"损失 {claim.loss:,} 元。")
    return answer_form(
        request,
        form=PaymentForm(request.POST or None),
        page=page,
        send=lambda data: pay_claim(actor=request.actor, claim_id=claim.pk, **data),
        done="已登记赔付。",
        then=page.back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_settle(request: Request, claim_id: int) -> HttpResponse:
    """Divide what insurance did not pay, and close (了结)."""
    claim = visible_claim(request, claim_id)
    require_school_of(request.actor, claim.internship)
    lead = f"损失 {claim.loss:,} 元 − 保险赔付 {claim.paid:,} 元 = 其余 {claim.remainder:,} 元。"
    page = step_page(claim, title="了结", lead=lead)
    return answer_form(
        request,
        form=SettlementForm(request.POST or None),
        page=page,
        send=lambda data: settle_claim(
            actor=request.actor, claim_id=claim.pk, now=timezone.now(), **data
        ),
        done="已了结。",
        then=page.back,
    )


@require_POST
def claim_withdraw(request: Request, claim_id: int) -> HttpResponse:
    """Take a report back (撤回报案)."""
    claim = visible_claim(request, claim_id)
    withdraw_claim(actor=request.actor, claim_id=claim.pk)
    return redirect("placements:insurance_claim", claim_id=claim.pk)
