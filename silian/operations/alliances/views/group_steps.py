"""Steps in the life of a group: charter, entity, running, pausing, ending, distinctions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.operations.alliances.commands.groups import (
    designate_group,
    dissolve_group,
    end_designation,
    resume_group,
    set_entity,
    start_group,
    store_charter,
    suspend_group,
)
from silian.operations.alliances.forms.groups import (
    CharterForm,
    DesignationForm,
    EntityForm,
    ReasonForm,
    StartForm,
)
from silian.operations.alliances.permissions.groups import (
    designations_visible_to,
    require_keeper,
    require_steerer,
)
from silian.operations.alliances.views.groups import REGISTER, visible_group
from silian.operations.alliances.views.steps import reason_of

FORM_METHODS = ["GET", "HEAD", "POST"]
STOPS = {"suspend": (suspend_group, "暂停"), "dissolve": (dissolve_group, "解散")}


@require_http_methods(FORM_METHODS)
def group_charter(request: Request, group_id: int) -> HttpResponse:
    """Upload a charter (上传章程)."""
    group, actor = visible_group(request, group_id), request.actor
    require_keeper(actor, group)
    form = CharterForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=page_words("上传章程", "上传", back=group, register=REGISTER, lead=group.name),
        send=lambda said: store_charter(group_id=group.pk, upload=said["upload"], actor=actor),
        done="已上传。",
        then=group,
    )


@require_http_methods(FORM_METHODS)
def group_entity(request: Request, group_id: int) -> HttpResponse:
    """Say with evidence that the group works as an entity (登记实体化运作)."""
    group, actor = visible_group(request, group_id), request.actor
    require_keeper(actor, group)
    today = timezone.localdate()
    initial = {
        "since": group.entity_since or today,
        "evidence": group.entity_evidence,
        "entity": group.entity_id,
    }
    form = EntityForm(request.POST or None, initial=initial)

    def work(said: dict[str, Any]) -> Any:
        entity = said["entity"]
        return set_entity(
            group_id=group.pk,
            since=said["since"],
            evidence=said["evidence"],
            entity_id=entity.pk if entity else None,
            actor=actor,
            today=today,
        )

    page = page_words("登记实体化运作", "保存", back=group, register=REGISTER, lead=group.name)
    return answer_form(request, form=form, page=page, send=work, done="已登记。", then=group)


@require_http_methods(FORM_METHODS)
def group_start(request: Request, group_id: int) -> HttpResponse:
    """Let a group begin to run (开始运行)."""
    group, actor = visible_group(request, group_id), request.actor
    require_steerer(actor, group)
    form = StartForm(request.POST or None, initial={"on": timezone.localdate()})
    lead = f"{group.name}；须成员齐备并已上传章程"
    return answer_form(
        request,
        form=form,
        page=page_words("确认开始运行", "确认", back=group, register=REGISTER, lead=lead),
        send=lambda said: start_group(group_id=group.pk, on=said["on"], actor=actor),
        done="已开始运行，公开名录里可以看到。",
        then=group,
    )


@require_http_methods(FORM_METHODS)
def group_stop(request: Request, group_id: int, name: str) -> HttpResponse:
    """Pause or end a group with a reason (暂停、解散)."""
    if name not in STOPS:
        raise Http404
    group, actor = visible_group(request, group_id), request.actor
    require_steerer(actor, group)
    step, verb = STOPS[name]
    form = ReasonForm(request.POST or None, initial={"on": timezone.localdate()})
    return answer_form(
        request,
        form=form,
        page=page_words(f"{verb}{group.name}", verb, back=group, register=REGISTER),
        send=lambda said: step(group_id=group.pk, actor=actor, **said),
        done=f"已{verb}，成员单位会看到理由。",
        then=group,
    )


@require_POST
def group_resume(request: Request, group_id: int) -> HttpResponse:
    """Let a paused group go on (恢复运行)."""
    group = visible_group(request, group_id)
    return done_or_said(
        request,
        lambda: resume_group(group_id=group.pk, on=timezone.localdate(), actor=request.actor),
        done="已恢复运行。",
        then=group,
    )


@require_http_methods(FORM_METHODS)
def designation_new(request: Request, group_id: int) -> HttpResponse:
    """Write down a distinction (登记认定)."""
    group, actor = visible_group(request, group_id), request.actor
    require_steerer(actor, group)
    today = timezone.localdate()
    form = DesignationForm(request.POST or None, initial={"starts_on": today})
    page = page_words("登记示范等认定", "登记", back=group, register=REGISTER, lead=group.name)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: designate_group(
            group_id=group.pk, facts=form.facts(), actor=actor, today=today
        ),
        done="已登记认定，指标随之变动。",
        then=group,
    )


@require_POST
def designation_end(request: Request, designation_id: int) -> HttpResponse:
    """End a distinction (终止认定)."""
    rows = designations_visible_to(request.actor).select_related("group")
    row = get_object_or_404(rows, pk=designation_id)
    return done_or_said(
        request,
        lambda: end_designation(
            designation_id=row.pk,
            on=timezone.localdate(),
            reason=reason_of(request),
            actor=request.actor,
        ),
        done="认定已终止。",
        then=row.group,
    )
