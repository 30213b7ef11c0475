"""Pages of coordinating bodies: list, one body, its posts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.operations.alliances.choices.coordination import PostRole
from silian.operations.alliances.commands.bodies import (
    add_post,
    change_body,
    create_body,
    end_body,
    end_post,
    import_roster,
    seat_person,
)
from silian.operations.alliances.forms.bodies import BodyForm, PostForm, RosterForm, SeatForm
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.permissions.coordination import (
    bodies_visible_to,
    escalations_visible_to,
    may_raise,
    may_read_coordination,
    may_run_body,
    may_run_coordination,
    meetings_visible_to,
    posts_run_by,
    require_runner,
)
from silian.operations.alliances.queries.bodies import (
    body_cards,
    card_of,
    documents_with_roster,
    roster,
)
from silian.operations.alliances.queries.escalations import escalations_for_list
from silian.operations.alliances.queries.meetings import history, meetings_for_list

SHOWN = 20


def refuse_outsiders(request: Request) -> None:
    if not may_read_coordination(request.actor):
        raise NotAllowed("协调机构和会议只对政府部门的成员开放。")


@require_safe
def body_list(request: Request) -> HttpResponse:
    """The bodies within reach and how they keep their rhythm (协调机构)."""
    refuse_outsiders(request)
    context = {
        "cards": body_cards(request.actor, today=timezone.localdate()),
        "runs": may_run_coordination(request.actor),
        "raises": may_raise(request.actor),
    }
    return render(request, "alliances/bodies.html", context)


def visible_body(request: Request, body_id: int) -> CoordinatingBody:
    refuse_outsiders(request)
    rows = bodies_visible_to(request.actor).select_related("division", "seat", "parent", "basis")
    return get_object_or_404(rows, pk=body_id)


@require_safe
def body_detail(request: Request, body_id: int) -> HttpResponse:
    """One body: who sits in it, when it met, what waits before it."""
    body, today = visible_body(request, body_id), timezone.localdate()
    seen = meetings_visible_to(request.actor).filter(body=body)
    meetings = list(meetings_for_list(seen).order_by("-held_at")[:SHOWN])
    body.seen = sorted(meetings, key=lambda row: row.held_at)  # type: ignore[attr-defined]
    runs = may_run_body(request.actor, body) and body.ended_on is None
    context = {
        "body": body,
        "card": card_of(body, today=today),
        "posts": roster(body, on=body.ended_on or today),
        "meetings": meetings,
        "offices": body.offices.all(),
        "problems": escalations_for_list(escalations_visible_to(request.actor)).filter(body=body)[
            :SHOWN
        ],
        "runs": runs,
        "raises": may_raise(request.actor) and body.ended_on is None,
        "rosters": runs and documents_with_roster(body.division_id).exists(),
        "entries": history(body),
    }
    return render(request, "alliances/body.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def body_new(request: Request) -> HttpResponse:
    """Set up a body (设立协调机构)."""
    actor = request.actor
    require_runner(actor, division=actor.jurisdiction)
    form = BodyForm(
        request.POST or None,
        division=actor.jurisdiction,
        bodies=bodies_visible_to(actor),
        initial={"division": actor.jurisdiction, "founded_on": timezone.localdate()},
    )
    return answer_form(
        request,
        form=form,
        page=words("设立协调机构", "设立", back="alliances:body_list"),
        send=lambda said: create_body(
            division=form.cleaned_data["division"].pk, facts=form.facts(), actor=actor
        ),
        done="机构已设立，请增设成员席位或从文件附件导入名单。",
    )


def words(title: str, verb: str, *, back: Any, lead: str = "") -> FormPage:
    """What a form page says of itself; ``back`` is an address name or an object with a page."""
    crumbs = (("协调机构", reverse("alliances:body_list")),)
    return FormPage(title=title, button=verb, back=resolve_url(back), lead=lead, crumbs=crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
def body_edit(request: Request, body_id: int) -> HttpResponse:
    """Change a body (修改协调机构)."""
    body, actor = visible_body(request, body_id), request.actor
    require_runner(actor, division=body.division_id)
    form = BodyForm(
        request.POST or None,
        division=body.division_id,
        bodies=bodies_visible_to(actor),
        body_id=body.pk,
        initial=BodyForm.initial_from(body),
    )
    form.fields["division"].disabled = True
    return answer_form(
        request,
        form=form,
        page=words(f"修改{body.name}", "保存", back=body),
        send=lambda said: change_body(body_id=body.pk, facts=form.facts(), actor=actor),
        done="已保存。",
        then=body,
    )


@require_POST
def body_end(request: Request, body_id: int) -> HttpResponse:
    """Dissolve a body (撤销协调机构)."""
    body = visible_body(request, body_id)
    try:
        end_body(
            body_id=body.pk,
            ended_on=timezone.localdate(),
            reason=request.POST.get("reason", ""),
            actor=request.actor,
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "机构已撤销，名单和会议记录保留。")
    return redirect(body)


@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: Request, body_id: int) -> HttpResponse:
    """Add a post to a body (增设成员席位)."""
    body, actor = visible_body(request, body_id), request.actor
    require_runner(actor, division=body.division_id)
    form = PostForm(
        request.POST or None,
        division=body.division_id,
        initial={"starts_on": timezone.localdate(), "role": PostRole.MEMBER},
    )

    def work(said: dict[str, Any]) -> Any:
        given = dict(form.cleaned_data)
        unit = given.pop("organisation")
        organisation_id = unit.pk if unit else None
        return add_post(body_id=body.pk, organisation_id=organisation_id, actor=actor, **given)

    page = words("增设成员席位", "增设", back=body, lead=body.name)
    return answer_form(request, form=form, page=page, send=work, done="已增设席位。", then=body)


@require_http_methods(["GET", "HEAD", "POST"])
def post_seat(request: Request, post_id: int) -> HttpResponse:
    """Name the new holder of a position (更换任职人员)."""
    refuse_outsiders(request)
    rows = posts_run_by(request.actor).select_related("body")
    post = get_object_or_404(rows, pk=post_id)
    form = SeatForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return answer_form(
        request,
        form=form,
        page=words(
            "更换任职人员",
            "更换",
            back=post.body,
            lead=f"{post.position}；席位不变，原任职记录保留",
        ),
        send=lambda said: seat_person(post_id=post.pk, actor=request.actor, **form.cleaned_data),
        done="已更换，原任职记录保留。",
        then=post.body,
    )


@require_POST
def post_end(request: Request, post_id: int) -> HttpResponse:
    """Take a post out of the body (撤销成员席位)."""
    refuse_outsiders(request)
    post = get_object_or_404(posts_run_by(request.actor).select_related("body"), pk=post_id)
    try:
        end_post(post_id=post.pk, ends_on=timezone.localdate(), actor=request.actor)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "席位已撤销，任职记录保留。")
    return redirect(post.body)


@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: Request, body_id: int) -> HttpResponse:
    """Take the members over from a document's annex (导入成员名单)."""
    body, actor = visible_body(request, body_id), request.actor
    require_runner(actor, division=body.division_id)
    form = RosterForm(
        request.POST or None,
        division=body.division_id,
        initial={"starts_on": body.founded_on, "document": body.basis_id},
    )
    lead = "按附件里的职务、职位和姓名逐条建立席位，能认出的单位自动对应。"
    return answer_form(
        request,
        form=form,
        page=words("导入成员名单", "导入", back=body, lead=lead),
        send=lambda said: import_roster(
            body_id=body.pk,
            document_id=form.cleaned_data["document"].pk,
            starts_on=form.cleaned_data["starts_on"],
            actor=actor,
        ),
        done="名单已导入，请核对每个席位的所在单位。",
        then=body,
    )
