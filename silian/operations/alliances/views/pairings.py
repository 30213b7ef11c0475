"""Pages of pairings: register, one pairing, proposing and answering it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.pairings import PairingKind, PairingState
from silian.operations.alliances.commands.pairings import (
    change_pairing,
    confirm_pairing,
    end_pairing,
    propose_again,
    propose_pairing,
    return_pairing,
)
from silian.operations.alliances.forms.choosing import units
from silian.operations.alliances.forms.pairings import AidForm, PairingForm
from silian.operations.alliances.models.pairings import Pairing
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.permissions.keeping import keeps_registers, oversees
from silian.operations.alliances.permissions.pairings import (
    may_answer,
    may_change,
    may_keep,
    may_propose,
    pairings_visible_to,
    require_changer,
    require_proposer,
)
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.pairings import pairings_for_list
from silian.operations.alliances.rules.pairings import action_tone, action_words
from silian.operations.alliances.views.steps import reason_of, template_for, typed
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.models import Programme

FOLDER = "alliances/pairings"
REGISTER = ("对口合作与结对", "alliances:pairing_list")
SCHOOL = OrganisationKind.SCHOOL


@login_not_required
@require_safe
def pairing_list(request: Request) -> HttpResponseBase:
    """Who is paired with whom, and how much of the plans is done (对口合作与结对)."""
    rows = pairings_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="集聚区、院校、地区",
        facets=[
            facet(request=request, name="kind", label="类别", choices=PairingKind.choices),
            facet(request=request, name="state", label="状态", choices=PairingState.choices),
        ],
    )
    table = pairing_table(request, chosen(request, rows, bar))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "running": Pairing.objects.running(on=timezone.localdate()).count(),
        "proposes": may_propose(request.actor),
        "keeps": keeps_registers(request.actor),
    }
    fragment = f"{FOLDER}/_pairings.html"
    return render(
        request,
        template_for(request, page=f"{FOLDER}/pairings.html", fragment=fragment),
        context,
    )


def chosen(request: Request, rows: QuerySet[Pairing], bar: FilterBar) -> QuerySet[Pairing]:
    """What the filters leave."""
    for name in ("kind", "state"):
        if wanted := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if text := typed(bar.text):
        sides = Q(zone__name__icontains=text) | Q(school__name__icontains=text)
        places = Q(helper__name__icontains=text) | Q(division__name__icontains=text)
        rows = rows.filter(sides | places)
    return pairings_for_list(rows)


def pairing_table(request: Request, rows: QuerySet[Pairing]) -> Table:
    return Table(
        request=request,
        name="pairings",
        rows=rows,
        caption="对口合作与结对",
        columns=[
            Column("title", "双方", main=True),
            Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
            Column("division", "地区", "division__name"),
            Column("starts_on", "起始日", sort="starts_on"),
            Column("last_day", "截止日", sort="ends_on"),
            Column("done", "行动", lambda row: f"{row.done_count} / {row.action_count}"),
            Column("people_count", "受益人数", unit="人", numeric=True),
            Column("agreement_reference", "协议编号", optional=True),
            Column(
                "get_state_display", "状态", template="alliances/_cell_state.html", sort="state"
            ),
        ],
        order="-starts_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={
            "missing": "还没有对口合作",
            "why": "院校提出、集聚区管理机构或主管部门确认后公开。",
        },
    )


def visible_pairing(request: Request, pairing_id: int) -> Pairing:
    related = ("zone", "school", "helper", "division", "proposed_by")
    rows = pairings_visible_to(request.actor).select_related(*related)
    return get_object_or_404(rows, pk=pairing_id)


@login_not_required
@require_safe
def pairing_detail(request: Request, pairing_id: int) -> HttpResponse:
    """One pairing: plan, programmes, actions and what came of them."""
    pairing, actor = visible_pairing(request, pairing_id), request.actor
    today = timezone.localdate()
    actions = list(pairing.actions.all())
    for action in actions:
        due, done = action.due_on, action.done_on
        action.tone = action_tone(due_on=due, done_on=done, on=today)  # type: ignore[attr-defined]
        action.words = action_words(due_on=due, done_on=done, on=today)  # type: ignore[attr-defined]
    keeps = may_keep(actor, pairing)
    context = {
        "pairing": pairing,
        "actions": actions,
        "done": sum(action.done_on is not None for action in actions),
        "programmes": pairing.programmes.select_related("school"),
        "answers": may_answer(actor, pairing) and pairing.state == PairingState.PROPOSED,
        "changes": may_change(actor, pairing),
        "keeps": keeps and pairing.state == PairingState.RUNNING,
        "over": pairing.state == PairingState.RUNNING and pairing.ends_on <= today,
        "entries": past_of(pairing) if keeps or oversees(actor) else [],
    }
    return render(request, f"{FOLDER}/pairing.html", context)


def pairing_form(request: Request, *, school_id: str, **rest: Any) -> PairingForm:
    """The form for a zone and a school, with what the actor may choose.

    Programmes are offered once the school is known; a list of all schools' would be too long.
    """
    actor = request.actor
    own = {} if keeps_registers(actor) else {"pk": actor.organisation_id}
    programmes = Programme.objects.filter(closed_on=None).order_by("name", "pk")
    known = int(school_id) if school_id.isdigit() else 0
    return PairingForm(
        request.POST or None,
        zones=IndustrialZone.objects.filter(closed_on=None).order_by("division__code", "name"),
        schools=units(SCHOOL).filter(**own),
        programmes=programmes.filter(school_id=known, school__in=units(SCHOOL).filter(**own)),
        **rest,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pairing_new(request: Request) -> HttpResponse:
    """Propose a zone and a school (提出对口合作)."""
    actor = request.actor
    require_proposer(actor, kind=PairingKind.ZONE_SCHOOL)
    own = "" if keeps_registers(actor) else str(actor.organisation_id)
    school = own or request.POST.get("school", "") or request.GET.get("school", "")
    first = {"zone": request.GET.get("zone"), "school": school, "starts_on": timezone.localdate()}
    form = pairing_form(request, school_id=school[:9], initial=first)
    lead = "集聚区管理机构或主管部门在 10 个工作日内答复，确认后公开"
    return answer_form(
        request,
        form=form,
        page=page_words("提出对口合作", "提交", back=REGISTER[1], register=REGISTER, lead=lead),
        send=lambda said: propose_pairing(
            facts=form.facts(),
            division="",
            programmes=form.programme_keys,
            actor=actor,
            now=timezone.localtime(),
        ),
        done="已提交。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def aid_new(request: Request) -> HttpResponse:
    """Register help between places (登记结对帮扶)."""
    actor = request.actor
    require_proposer(actor, kind=PairingKind.COUNTY_AID)
    form = AidForm(
        request.POST or None,
        schools=units(SCHOOL, division=actor.jurisdiction),
        initial={"helper": actor.jurisdiction, "starts_on": timezone.localdate()},
    )
    return answer_form(
        request,
        form=form,
        page=page_words("登记结对帮扶", "登记", back=REGISTER[1], register=REGISTER),
        send=lambda said: propose_pairing(
            facts=form.facts(),
            division=said["helped"].pk,
            programmes=[],
            actor=actor,
            now=timezone.localtime(),
        ),
        done="已登记，请安排行动。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pairing_edit(request: Request, pairing_id: int) -> HttpResponse:
    """Change period, plan and agreement of a pairing (修改结对)."""
    pairing = visible_pairing(request, pairing_id)
    require_changer(request.actor, pairing)
    form = edit_form(request, pairing)
    return answer_form(
        request,
        form=form,
        page=page_words("修改结对", "保存", back=pairing, register=REGISTER, lead=pairing.title),
        send=lambda said: change_pairing(
            pairing_id=pairing.pk,
            facts=form.facts(),
            programmes=form.programme_keys,
            actor=request.actor,
        ),
        done="已保存。",
        then=pairing,
    )


def edit_form(request: Request, pairing: Pairing) -> PairingForm | AidForm:
    """The form of the pairing's kind; its two sides cannot be changed."""
    form: PairingForm | AidForm
    if pairing.kind == PairingKind.ZONE_SCHOOL:
        start = PairingForm.initial_from(pairing)
        form = pairing_form(request, school_id=str(pairing.school_id), initial=start)
        fixed: tuple[str, ...] = ("zone", "school")
    else:
        form = AidForm(
            request.POST or None, schools=units(SCHOOL), initial=AidForm.initial_from(pairing)
        )
        fixed = ("kind", "helper", "helped", "school")
    for name in fixed:
        form.fields[name].disabled = True
    return form


@require_POST
def pairing_step(request: Request, pairing_id: int, name: str) -> HttpResponse:
    """Confirm, return, hand in again or end (办理结对)."""
    pairing, actor = visible_pairing(request, pairing_id), request.actor
    key: dict[str, Any] = {"pairing_id": pairing.pk, "actor": actor}
    now, reason = timezone.localtime(), reason_of(request)
    steps = {
        "confirm": (lambda: confirm_pairing(**key), "已确认，合作公开并计入覆盖。"),
        "return": (lambda: return_pairing(**key, answer=reason), "已退回，院校会收到理由。"),
        "propose": (lambda: propose_again(**key, now=now), "已再次提交。"),
        "end": (
            lambda: end_pairing(**key, ended_on=now.date(), reason=reason),
            "已结束，记录保留。",
        ),
    }
    work, done = steps[name]
    return done_or_said(request, work, done=done, then=pairing)
