"""The expert's own pages: what waits, what one knows, with whom one is tied."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.commands.experts import (
    change_own_fields,
    declare_interest,
    end_interest,
)
from silian.casework.reviews.forms.experts import FieldsForm, InterestEndForm, InterestForm
from silian.casework.reviews.models import Expert, Interest
from silian.casework.reviews.permissions.experts import own_expert
from silian.casework.reviews.queries.experts import own_history, waiting_tasks
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given

SHOWN = 50


def own_or_404(request: Request) -> Expert:
    own = own_expert(request.actor)
    if own is None:
        raise Http404
    return own


def words(title: str, button: str, *, lead: str = "") -> FormPage:
    back = reverse("reviews:expert_desk")
    return FormPage(title=title, button=button, back=back, lead=lead, crumbs=(("我的评审", back),))


@require_safe
def expert_desk(request: Request) -> HttpResponse:
    """My tasks, fields and ties (我的评审)."""
    expert = own_or_404(request)
    waiting = list(waiting_tasks(request.actor))
    context = {
        "expert": expert,
        "waiting": waiting,
        "history": own_history(request.actor)[:SHOWN],
        "interests": expert.interests.select_related("organisation").order_by("-pk"),
        "today": timezone.localdate(),
    }
    return render(request, "reviews/expert_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def expert_fields(request: Request) -> HttpResponse:
    """Keep my fields true (修改专业领域)."""
    expert, actor = own_or_404(request), request.actor

    def send(said: dict[str, Any]) -> Expert:
        return change_own_fields(title=said["title"], fields=said["fields_known"], actor=actor)

    return answer_form(
        request,
        form=FieldsForm(given(request)[0], initial=FieldsForm.initial_from(expert)),
        page=words("修改专业领域", "保存", lead="以后的抽取按新的领域筛选，已有任务不变。"),
        send=send,
        done="已保存。",
        then=reverse("reviews:expert_desk"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def interest_declare(request: Request) -> HttpResponse:
    """Declare a tie to an organisation (申明利害关系)."""
    own_or_404(request)

    def send(said: dict[str, Any]) -> Interest:
        return declare_interest(
            organisation_id=said["organisation"].pk,
            what=said["what"],
            until_on=said["until_on"],
            actor=request.actor,
        )

    lead = "申明后不会抽到这个单位的材料。任职经历和单位间的合作协议平台已经核对，不必申明。"
    return answer_form(
        request,
        form=InterestForm(given(request)[0]),
        page=words("申明利害关系", "申明", lead=lead),
        send=send,
        done="已申明。",
        then=reverse("reviews:expert_desk"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def interest_end(request: Request, interest_id: int) -> HttpResponse:
    """Say when a tie ended (注明终止)."""
    expert = own_or_404(request)
    interest = get_object_or_404(expert.interests.select_related("organisation"), pk=interest_id)
    return answer_form(
        request,
        form=InterestEndForm(given(request)[0]),
        page=words(
            "注明终止",
            "保存",
            lead=f"{interest.organisation.name}：{interest.what}。终止后在回避期内仍须回避。",
        ),
        send=lambda said: end_interest(
            interest_id=interest.pk, ended_on=said["until_on"], actor=request.actor
        ),
        done="已注明终止日。",
        then=reverse("reviews:expert_desk"),
    )
