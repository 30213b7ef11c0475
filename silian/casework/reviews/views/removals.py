"""Proceedings to take a recognition away: propose, take up, answer, decide."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.choices.recognitions import ENDED_STATES, RemovalState
from silian.casework.reviews.commands import removals as commands
from silian.casework.reviews.forms.recognitions import (
    DecideForm,
    RemovalForm,
    ReplyForm,
    exit_choices,
)
from silian.casework.reviews.models import Ban, Removal
from silian.casework.reviews.permissions.recognitions import (
    is_holder,
    is_keeper,
    removals_visible_to,
)
from silian.casework.reviews.queries.recognitions import recognition_for_page
from silian.foundation.kernel import files
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry, Fact
from silian.foundation.ui.form_pages import FormPage, answer_form, given

RELATED = (
    "recognition__scheme__owner",
    "recognition__holder",
    "recognition__division",
    "recognition__dossier__campaign__version",
    "proposed_by",
    "decided_by",
    "act",
)


def visible_removal(request: Request, removal_id: int) -> Removal:
    rows = removals_visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rows, pk=removal_id)


@require_safe
def removal_detail(request: Request, removal_id: int) -> HttpResponse:
    """One proceeding: what is held against the holder, its word, the decision (取消认定程序)."""
    removal = visible_removal(request, removal_id)
    row = removal.recognition
    keeps, holds = is_keeper(request.actor, row), is_holder(request.actor, row)
    today = timezone.localdate()
    context = {
        "removal": removal,
        "recognition": row,
        "facts": facts_of(removal),
        "entries": entries_of(removal),
        "evidence": files.files_of(removal),
        "ban": Ban.objects.filter(act=removal.act_id).first() if removal.act_id else None,
        "takes_up": keeps and removal.state == RemovalState.SUGGESTED,
        "replies": holds and may_still_reply(removal, on=today),
        "decides": keeps
        and removal.state in (RemovalState.NOTICED, RemovalState.REPLIED)
        and removal.proposed_by_id != request.actor.user_id,
        "is_proposer": removal.proposed_by_id == request.actor.user_id,
        "holds": holds,
    }
    return render(request, "reviews/removal_detail.html", context)


def may_still_reply(removal: Removal, *, on: datetime.date) -> bool:
    """Whether the holder's days still run."""
    is_asked = removal.state == RemovalState.NOTICED
    return is_asked and removal.reply_by is not None and removal.reply_by >= on


def facts_of(removal: Removal) -> list[Fact]:
    labels = dict(exit_choices(removal.recognition.dossier.campaign.content.consequence))
    reply_by = f"{removal.reply_by:%Y-%m-%d}" if removal.reply_by else "告知后起算"
    return [
        Fact(name="认定对象", value=removal.recognition.subject_name),
        Fact(name="认定项目", value=removal.recognition.scheme.title),
        Fact(name="取消情形", value=labels.get(removal.exit_code, removal.exit_code), wide=True),
        Fact(name="依据", value=removal.basis or "未写明", wide=True),
        Fact(name="陈述期限", value=reply_by),
    ]


def entries_of(removal: Removal) -> list[Entry]:
    """The steps with their days, newest first (程序经过)."""
    proposer = removal.proposed_by.name if removal.proposed_by else "系统"
    lines: list[tuple[Any, str, str, Any]] = [
        (removal.proposed_at, "提出", proposer, "open"),
        (removal.noticed_at, "告知认定单位", proposer, "watch"),
        (removal.replied_at, "认定单位陈述", removal.recognition.holder.name, "info"),
        (
            removal.decided_at,
            removal.get_state_display(),
            removal.decided_by.name if removal.decided_by else "",
            removal.tone,
        ),
    ]
    entries = [Entry(at=at, what=what, who=who, tone=tone) for at, what, who, tone in lines if at]
    return entries[::-1]


@require_http_methods(["GET", "HEAD", "POST"])
def removal_propose(request: Request, recognition_id: int) -> HttpResponse:
    """Propose a removal and tell the holder (提出取消)."""
    row = get_object_or_404(recognition_for_page(request.actor), pk=recognition_id)
    if not is_keeper(request.actor, row) or row.state in ENDED_STATES:
        raise Http404("不能对这项认定提出取消。")
    form = RemovalForm(*given(request), consequence=row.dossier.campaign.content.consequence)
    page = FormPage(
        title=f"拟取消认定：{row.subject_name}",
        button="告知认定单位",
        back=row.get_absolute_url(),
        lead="提交后认定单位收到告知，可在期限内陈述。由另一位人员作决定。",
        help="reviews/removal_propose",
        crumbs=[(row.number, row.get_absolute_url())],
    )

    def send(said: dict[str, Any]) -> Removal:
        return commands.propose_removal(
            recognition_id=row.pk, charge=form.charge(), actor=request.actor
        )

    return answer_form(request, form=form, page=page, send=send, done="已告知认定单位。")


@require_http_methods(["GET", "HEAD", "POST"])
def removal_take_up(request: Request, removal_id: int) -> HttpResponse:
    """Check what the platform suggests and tell the holder (核实并告知)."""
    removal = visible_removal(request, removal_id)
    row = removal.recognition
    if not is_keeper(request.actor, row):
        raise Http404("由牵头部门办理。")
    start = {"exit_code": removal.exit_code, "facts": removal.facts, "basis": removal.basis}
    consequence = row.dossier.campaign.content.consequence
    form = RemovalForm(*given(request), consequence=consequence, initial=start)
    page = page_of(removal, title="核实并告知", button="告知认定单位")

    def send(said: dict[str, Any]) -> Removal:
        return commands.take_up_removal(
            removal_id=removal.pk, charge=form.charge(), actor=request.actor
        )

    return answer_form(request, form=form, page=page, send=send, done="已告知认定单位。")


def page_of(removal: Removal, *, title: str, button: str, lead: str = "") -> FormPage:
    name = removal.recognition.subject_name
    return FormPage(
        title=f"{title}：{name}",
        button=button,
        back=removal.get_absolute_url(),
        lead=lead,
        crumbs=[("取消认定程序", removal.get_absolute_url())],
        context={"subject_title": "事实与理由", "subject_facts": subject_of(removal)},
    )


def subject_of(removal: Removal) -> list[Fact]:
    return [*facts_of(removal), Fact(name="事实与理由", value=removal.facts, wide=True)]


@require_http_methods(["GET", "HEAD", "POST"])
def removal_reply(request: Request, removal_id: int) -> HttpResponse:
    """Speak for the holder (陈述申辩)."""
    removal = visible_removal(request, removal_id)
    if not is_holder(request.actor, removal.recognition):
        raise Http404("由认定单位陈述。")
    form = ReplyForm(*given(request))
    until = f"请在 {removal.reply_by:%Y年%m月%d日} 前提交，提交后不能再改。"
    page = page_of(removal, title="陈述申辩", button="提交陈述", lead=until)

    def send(said: dict[str, Any]) -> Removal:
        return commands.reply_to_removal(
            removal_id=removal.pk, text=said["text"], uploads=said["uploads"], actor=request.actor
        )

    return answer_form(request, form=form, page=page, send=send, done="已提交陈述。")


@require_http_methods(["GET", "HEAD", "POST"])
def removal_decide(request: Request, removal_id: int) -> HttpResponse:
    """Decide, another person than who proposed it (决定)."""
    removal = visible_removal(request, removal_id)
    if not is_keeper(request.actor, removal.recognition):
        raise Http404("由牵头部门决定。")
    form = DecideForm(*given(request))
    reply = removal.reply or "没有陈述"
    page = page_of(removal, title="决定", button="作出决定", lead=f"认定单位的陈述：{reply[:200]}")

    def send(said: dict[str, Any]) -> Removal:
        facts: dict[str, Any] = {"removal_id": removal.pk, "decision": said["decision"]}
        if said["outcome"] == "drop":
            return commands.drop_removal(**facts, actor=request.actor)
        today = timezone.localdate()
        return commands.uphold_removal(**facts, on=today, actor=request.actor)

    return answer_form(request, form=form, page=page, send=send, done="已作出决定。")
