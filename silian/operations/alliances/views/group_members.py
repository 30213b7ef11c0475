"""Pages of members and councils: apply, invite, confirm, leave, seat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.operations.alliances.commands.group_members import (
    accept_member,
    apply_to_group,
    confirm_membership,
    end_council_post,
    invite_member,
    leave_group,
    refuse_member,
    seat_in_council,
)
from silian.operations.alliances.forms.groups import ApplicationForm, CouncilForm, InvitationForm
from silian.operations.alliances.permissions.groups import (
    council_visible_to,
    groups_visible_to,
    members_visible_to,
    public_groups,
    require_keeper,
    speaks_for_unit,
)
from silian.operations.alliances.views.groups import REGISTER, visible_group
from silian.operations.alliances.views.steps import reason_of


@require_http_methods(["GET", "HEAD", "POST"])
def group_apply(request: Request, group_id: int) -> HttpResponse:
    """Ask to be taken in (申请加入)."""
    actor = request.actor
    if not speaks_for_unit(actor):
        raise NotAllowed("申请加入由已核验单位的经办人员办理。")
    group = get_object_or_404(public_groups(), pk=group_id)
    form = ApplicationForm(request.POST or None)
    page = page_words(
        "申请加入", "提交申请", back=group.public_url, register=REGISTER, lead=group.name
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: apply_to_group(
            group_id=group.pk, actor=actor, today=timezone.localdate(), **said
        ),
        done="申请已提交，由牵头单位答复。",
        then=group,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request: Request, group_id: int) -> HttpResponse:
    """Name an organisation as a member (邀请加入)."""
    group, actor = visible_group(request, group_id), request.actor
    require_keeper(actor, group)
    form = InvitationForm(request.POST or None)

    def work(said: dict[str, Any]) -> Any:
        unit = said["organisation"]
        return invite_member(
            group_id=group.pk,
            organisation_id=unit.pk,
            kind=said["kind"],
            duty=said["duty"],
            actor=actor,
            today=timezone.localdate(),
        )

    page = page_words("邀请加入", "邀请", back=group, register=REGISTER, lead=group.name)
    done = "邀请已发出，对方确认后成为成员。"
    return answer_form(request, form=form, page=page, send=work, done=done, then=group)


@require_POST
def member_step(request: Request, member_id: int, name: str) -> HttpResponse:
    """Accept, confirm, refuse or leave (加入和退出)."""
    rows = members_visible_to(request.actor).select_related("group")
    member = get_object_or_404(rows, pk=member_id)
    today, actor, reason = timezone.localdate(), request.actor, reason_of(request)
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "accept": (
            lambda: accept_member(member_id=member.pk, on=today, actor=actor),
            "已同意加入。",
        ),
        "confirm": (
            lambda: confirm_membership(member_id=member.pk, on=today, actor=actor),
            "已确认加入，可以登记贡献。",
        ),
        "refuse": (
            lambda: refuse_member(member_id=member.pk, reason=reason, actor=actor),
            "已答复不同意，对方会看到理由。",
        ),
        "leave": (
            lambda: leave_group(member_id=member.pk, on=today, reason=reason, actor=actor),
            "已登记退出，过去的贡献保留。",
        ),
    }
    if name not in steps:
        raise Http404
    work, done = steps[name]
    seen = groups_visible_to(actor).filter(pk=member.group_id).exists()
    return done_or_said(
        request, work, done=done, then=member.group if seen else "alliances:group_list"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def council_new(request: Request, group_id: int) -> HttpResponse:
    """Write down who sits in the council (登记理事会任职)."""
    group, actor = visible_group(request, group_id), request.actor
    require_keeper(actor, group)
    form = CouncilForm(
        request.POST or None, group=group, initial={"starts_on": timezone.localdate()}
    )
    return answer_form(
        request,
        form=form,
        page=page_words("登记理事会任职", "登记", back=group, register=REGISTER, lead=group.name),
        send=lambda said: seat_in_council(group_id=group.pk, facts=form.facts(), actor=actor),
        done="已登记任职。",
        then=group,
    )


@require_POST
def council_end(request: Request, post_id: int) -> HttpResponse:
    """Write down that somebody left the council (登记离任)."""
    rows = council_visible_to(request.actor).select_related("group")
    post = get_object_or_404(rows, pk=post_id)
    return done_or_said(
        request,
        lambda: end_council_post(post_id=post.pk, on=timezone.localdate(), actor=request.actor),
        done="已登记离任，任职记录保留。",
        then=post.group,
    )
