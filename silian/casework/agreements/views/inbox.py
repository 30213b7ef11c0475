"""What waits for one's signature, and what one's organisation is waiting for."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.casework.agreements.models import Signature
from silian.casework.agreements.permissions.signing import (
    is_waiting_board_reader,
    require_organisation_signer,
    require_senders,
    signatures_chased_by,
    signs_for_organisations,
)
from silian.casework.agreements.queries.kinds import kind_labels, kind_of
from silian.casework.agreements.queries.signing import (
    RELATED,
    inbox_of,
    open_questions,
    waiting_figures,
    with_links,
    with_turn,
)
from silian.casework.agreements.rules.signing import masked_party
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import BulkAction, Column, Table

MOST_AT_ONCE = 500  # rows of one job
PAGE = 200  # a manager ticks a whole class at once
TURNS = [("now", "轮到签"), ("later", "未轮到")]
INBOX_COLUMNS = [
    Column("title", "协议", value="version__agreement__title", main=True),
    Column("kind", "类别", value=lambda row: kind_of(row.version.agreement).label),
    Column("others", "其他各方", value=lambda row: others_of(row)),
    Column("organiser", "发起单位", value="version__agreement__organiser__name", optional=True),
    Column("party", "代表谁签", value="party__name", sort="party__name"),
    Column("number", "编号", value="version__agreement__number"),
    Column(
        "sign_by",
        "签署期限",
        value="version__sign_by",
        sort="version__sign_by",
        template="agreements/_cell_sign_by.html",
    ),
]
WAITING_COLUMNS = [
    Column("title", "协议", value="version__agreement__title", main=True),
    Column("party", "等谁签", value="party__name", sort="party__name"),
    Column(
        "role",
        "角色",
        value=lambda row: kind_of(row.version.agreement).role_label(row.party.role),
    ),
    Column("turn", "轮次", template="agreements/_cell_turn.html", value=lambda row: turn_of(row)),
    Column("reminded_at", "最近催签", sort="reminded_at", template="agreements/_cell_day.html"),
    Column("kind", "类别", value=lambda row: kind_of(row.version.agreement).label, optional=True),
    Column("number", "编号", value="version__agreement__number", optional=True),
    Column(
        "sign_by",
        "签署期限",
        value="version__sign_by",
        sort="version__sign_by",
        template="agreements/_cell_sign_by.html",
    ),
    Column("link", "签署链接", template="agreements/_cell_link.html", value=lambda row: ""),
]


def others_of(row: Signature) -> str:
    """The other parties; people masked, for who signs may be no teacher of theirs (其他各方)."""
    return "、".join(
        masked_party(party.name, is_person=True) if party.person_id else party.name
        for party in row.version.agreement.parties.all()
        if party.pk != row.party_id
    )


def turn_of(row: Signature) -> str:
    return "未轮到" if row.is_waiting_for_others else "轮到签"  # type: ignore[attr-defined]


@require_safe
def inbox(request: Request) -> HttpResponseBase:
    """What waits for one's own signature (待签)."""
    rows = inbox_of(request.actor).prefetch_related("version__agreement__parties")
    bar = bar_of(request, placeholder="协议、发起单位")
    many = signs_for_organisations(request.actor)
    table = Table(
        request=request,
        name="agreements_inbox",
        rows=found(rows, bar=bar, request=request),
        columns=INBOX_COLUMNS,
        caption="待签协议",
        order="version__sign_by",
        page_size=PAGE,
        row_url=lambda row: reverse("agreements:sign", args=[row.pk]),
        bulk_actions=[BulkAction(label="批量签署", url=reverse("agreements:sign_confirm"))]
        if many
        else [],
        empty={
            "missing": "没有等您签的协议",
            "why": "轮到您签时会收到通知，也会出现在这里",
        },
    )
    if table.export_wanted:
        return table.export_response()
    template = "agreements/_inbox.html" if request.htmx else "agreements/inbox.html"
    return render(request, template, {"table": table, "bar": bar, "count": rows.count()})


@require_safe
def waiting(request: Request) -> HttpResponseBase:
    """Who has not signed what one's organisation sent (催签)."""
    if not is_waiting_board_reader(request.actor):
        raise NotAllowed("催签由发起单位的管理员或经办人办理。请联系贵单位的管理员。")
    rows = with_links(with_turn(signatures_chased_by(request.actor)).select_related(*RELATED))
    bar = bar_of(request, placeholder="协议、未签方", turns=True)
    table = Table(
        request=request,
        name="agreements_waiting",
        rows=found(rows, bar=bar, request=request),
        columns=WAITING_COLUMNS,
        caption="未签名单",
        order="version__sign_by",
        page_size=PAGE,
        row_url=lambda row: reverse("agreements:sign", args=[row.pk]),
        bulk_actions=[BulkAction(label="催签所选", url=reverse("agreements:remind_many"))],
        empty={"missing": "没有等别人签的协议", "why": "送签以后，没签的各方会列在这里"},
    )
    if table.export_wanted:
        return table.export_response()
    template = "agreements/_waiting.html" if request.htmx else "agreements/waiting.html"
    context = {
        "table": table,
        "bar": bar,
        "figures": waiting_figures(rows, now=timezone.now()),
        "questions": open_questions(request.actor),
    }
    return render(request, template, context)


def bar_of(request: Request, *, placeholder: str, turns: bool = False) -> FilterBar:
    facets = [
        facet(request=request, name="kind", label="类别", choices=list(kind_labels().items()))
    ]
    if turns:
        facets.append(facet(request=request, name="turn", label="轮次", choices=TURNS))
    return FilterBar(request=request, facets=facets, placeholder=placeholder)


def found(rows: QuerySet[Any], *, bar: FilterBar, request: Request) -> QuerySet[Any]:
    """The rows that the filter leaves."""
    if bar.text:
        rows = rows.filter(
            Q(version__agreement__title__icontains=bar.text)
            | Q(version__agreement__number__icontains=bar.text)
            | Q(version__agreement__organiser__name__icontains=bar.text)
            | Q(party__name__icontains=bar.text)
        )
    if kind := request.GET.get("kind"):
        rows = rows.filter(version__agreement__kind=kind)
    turn = request.GET.get("turn")
    if turn in dict(TURNS):
        rows = rows.filter(is_waiting_for_others=turn == "later")
    return rows


def chosen_ids(request: Request) -> list[int]:
    """The rows chosen on a list, at most as many as one job takes."""
    found = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    if not found:
        raise DomainError("还没有选择协议。请先勾选，再办理。")
    if len(found) > MOST_AT_ONCE:
        raise DomainError(f"一次最多办理 {MOST_AT_ONCE} 份，请分几次办理。")
    return found


@require_POST
def sign_confirm(request: Request) -> HttpResponse:
    """Show what is about to be signed, each with its digest; nothing is signed yet."""
    require_organisation_signer(request.actor)
    ids = chosen_ids(request)
    rows = inbox_of(request.actor).filter(
        pk__in=ids, party__organisation_id=request.actor.organisation_id or 0
    )
    return render(request, "agreements/sign_confirm.html", {"rows": list(rows), "asked": len(ids)})


@require_POST
def sign_many(request: Request) -> HttpResponse:
    """Queue the signing of those confirmed; each digest is the one that was shown."""
    require_organisation_signer(request.actor)
    ids = chosen_ids(request)
    if not request.POST.get("understood"):
        raise DomainError("请先确认已经看过所选协议，再签署。")
    rows = inbox_of(request.actor).filter(
        pk__in=ids, party__organisation_id=request.actor.organisation_id or 0
    )
    agreed = [
        (pk, request.POST.get(f"sha256-{pk}", "")) for pk in rows.values_list("pk", flat=True)
    ]
    job = start_job(
        kind="agreements.sign_many",
        title=f"批量签署 {len(agreed)} 份协议",
        actor=request.actor,
        agreed=agreed,
    )
    return redirect("kernel:job_detail", job_id=job.pk)


@require_POST
def remind_many(request: Request) -> HttpResponse:
    """Queue reminders for those chosen."""
    require_senders(request.actor)
    rows = signatures_chased_by(request.actor).filter(pk__in=chosen_ids(request))
    ids = list(rows.values_list("pk", flat=True))
    job = start_job(
        kind="agreements.remind_many",
        title=f"催签 {len(ids)} 方",
        actor=request.actor,
        signature_ids=ids,
    )
    return redirect("kernel:job_detail", job_id=job.pk)


@require_POST
def send_many(request: Request) -> HttpResponse:
    """Queue the sending of the drafts chosen on the register."""
    require_senders(request.actor)
    ids = chosen_ids(request)
    job = start_job(
        kind="agreements.send_many",
        title=f"送签 {len(ids)} 份协议",
        actor=request.actor,
        agreement_ids=ids,
    )
    return redirect("kernel:job_detail", job_id=job.pk)
