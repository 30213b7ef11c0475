"""Internship posts: the list, one post, its form with the live check, the count."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import refuse
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.hosts import (
    Hazard,
    PostState,
)
from silian.operations.placements.commands.posts import (
    ConcernsStudents,
    close_post,
    edit_post,
    open_post,
    write_post,
)
from silian.operations.placements.forms.posts import PostForm
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.permissions.hosts import is_host_insider
from silian.operations.placements.permissions.posts import (
    may_keep_posts,
    posts_kept_by,
    posts_visible_to,
    reads_posts,
    require_post_keeper,
)
from silian.operations.placements.queries.post_findings import own_findings, typed_findings
from silian.operations.placements.queries.posts import (
    count_explained,
    mentors_to_choose,
    posts_for_list,
)
from silian.operations.placements.rules.post_offers import OWN_FIELDS
from silian.operations.placements.workflow.post import post as steps

CELLS = "placements/posts/"


@require_safe
def post_list(request: Request) -> HttpResponseBase:
    """The posts that the reader sees: own, open, or those of a region."""
    visible = posts_visible_to(request.actor)
    if not reads_posts(request.actor):
        raise NotAllowed("实习岗位由实习单位、学校和主管部门查看。")
    today = timezone.localdate()
    bar = post_bar(request, visible)
    rows = chosen_posts(request, visible, text=bar.text)
    table = post_table(request, rows, today=today)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "keeps": may_keep_posts(request.actor),
        "open": visible.filter(state=PostState.OPEN, ends_on__gt=today).count(),
        "drafts": visible.filter(state=PostState.DRAFT).count(),
    }
    template = "placements/posts/_list.html" if request.htmx else "placements/posts/list.html"
    return render(request, template, context)


def post_bar(request: Request, visible: QuerySet[InternshipPost]) -> FilterBar:
    classes = sorted(
        {code for row in visible.values_list("major_classes", flat=True) for code in row}
    )
    return FilterBar(
        request=request,
        placeholder="岗位、单位",
        facets=[
            facet(request=request, name="state", label="状态", choices=PostState.choices),
            facet(
                request=request, name="major", label="专业大类",
                choices=[(code, f"{code} 类") for code in classes],
            ),
        ],
    )  # fmt: skip


def chosen_posts(
    request: Request, visible: QuerySet[InternshipPost], *, text: str
) -> QuerySet[InternshipPost]:
    rows = visible
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if majors := request.GET.getlist("major"):
        rows = rows.filter(major_classes__overlap=majors)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(organisation__name__icontains=text))
    return rows


def post_table(request: Request, rows: QuerySet[InternshipPost], *, today: datetime.date) -> Table:
    own = is_host_insider(request.actor)
    return Table(
        request=request,
        name="internship_posts",
        rows=posts_for_list(rows, on=today),
        caption="实习岗位",
        columns=[
            Column("title", "岗位", sort="title", main=True),
            Column("organisation", "单位", "organisation__name", sort="organisation__name",
                   optional=own),
            Column("state", "状态", lambda row: row.get_state_display(), sort="state",
                   template=f"{CELLS}_cell_state.html"),
            Column("headcount", "接收", sort="headcount", numeric=True, unit="人", total=True),
            Column("placed", "已安排", sort="placed", numeric=True, unit="人"),
            Column("pay", "报酬", sort="pay", numeric=True, unit="元/月"),
            Column("hours", "工时", lambda row: f"{row.daily_hours:g} 小时 × {row.weekly_days} 天"),
            Column("division", "地区", "division__name"),
            Column("ends_on", "可安排至", sort="ends_on", optional=True),
            Column("majors", "专业大类", lambda row: "、".join(row.major_classes), optional=True),
        ],
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有符合条件的岗位", "why": "实习单位登记并开放岗位后列在这里。"},
    )  # fmt: skip


@require_safe
def post_detail(request: Request, post_id: int) -> HttpResponse:
    """One post with what the check says, and the keeper's steps."""
    rows = posts_for_list(posts_visible_to(request.actor), on=timezone.localdate())
    return post_page(request, get_object_or_404(rows, pk=post_id))


def post_page(
    request: Request, post: InternshipPost, *, refused: DomainError | None = None
) -> HttpResponse:
    actor = request.actor
    keeps = posts_kept_by(actor).filter(pk=post.pk).exists()
    inside = keeps or (is_host_insider(actor) and actor.organisation_id == post.organisation_id)
    context = {
        "post": post,
        "keeps": keeps,
        "inside": inside,
        "findings": own_findings(post, on=timezone.localdate()),
        "hazard_words": "、".join(str(Hazard(code).label) for code in post.hazards),
        "steps": {step.name for step in steps.steps_from(PostState(post.state))} if keeps else (),
        "entries": history_of(post) if inside else [],
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "placements/posts/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: Request) -> HttpResponse:
    """Register a post as a draft (登记岗位)."""
    organisation_id = require_post_keeper(request.actor)
    form = PostForm(
        request.POST or None, mentors=mentors_to_choose(organisation_id=organisation_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = write_post(facts=form.facts(), actor=request.actor)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return redirect(made.get_absolute_url())
    return form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: Request, post_id: int) -> HttpResponse:
    """Change a post; those who are there are checked again (修改岗位)."""
    post = get_object_or_404(posts_kept_by(request.actor), pk=post_id)
    form = PostForm(
        request.POST or None,
        initial=PostForm.initial_from(post),
        mentors=mentors_to_choose(organisation_id=post.organisation_id),
    )
    concerned: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            edit_post(
                post_id=post.pk, facts=form.facts(), actor=request.actor,
                today=timezone.localdate(),
            )  # fmt: skip
        except DomainError as refusal:
            refuse(form, refusal)
            concerned = refusal.concerned if isinstance(refusal, ConcernsStudents) else []
        else:
            return redirect(post.get_absolute_url())
    return form_page(request, form, post=post, concerned=concerned)


def form_page(
    request: Request,
    form: PostForm,
    *,
    post: InternshipPost | None = None,
    concerned: list[Any] | None = None,
) -> HttpResponse:
    findings = own_findings(post, on=timezone.localdate()) if post and not form.is_bound else []
    context = {
        "form": form,
        "post": post,
        "concerned": concerned or [],
        "findings": findings,
        "back": post.get_absolute_url() if post else reverse("placements:post_list"),
    }
    status = 422 if form.errors else 200
    return render(request, "placements/posts/form.html", context, status=status)


@require_POST
def post_check(request: Request) -> HttpResponse:
    """What the rules say of a post as it is typed; nothing is kept (边填边核对)."""
    organisation_id = require_post_keeper(request.actor)
    form = PostForm(request.POST, mentors=mentors_to_choose(organisation_id=organisation_id))
    form.is_valid()
    found = typed_findings(
        facts=form.facts(), organisation_id=organisation_id, on=timezone.localdate()
    )
    by_field = {name: [each for each in found if each.field == name] for name in sorted(OWN_FIELDS)}
    context = {"findings": found, "by_field": by_field}
    return render(request, "placements/posts/_check.html", context)


STEPS: dict[str, Any] = {"open": open_post, "close": close_post}


@require_POST
def post_step(request: Request, post_id: int, name: str) -> HttpResponse:
    """Open or close a post (开放、关闭)."""
    today = timezone.localdate()
    rows = posts_for_list(posts_visible_to(request.actor), on=today)
    post = get_object_or_404(rows, pk=post_id)
    if name not in STEPS:
        raise Http404
    try:
        STEPS[name](post_id=post.pk, actor=request.actor, today=today)
    except DomainError as refusal:
        return post_page(request, post, refused=refusal)
    return redirect(post.get_absolute_url())


@require_safe
def post_count(request: Request, post_id: int) -> HttpResponse:
    """How many interns the organisation has, all schools together, and what is left (人数核对)."""
    post = get_object_or_404(
        posts_visible_to(request.actor).select_related("organisation"), pk=post_id
    )
    today = timezone.localdate()
    starts_on = max(post.starts_on, today)
    told = count_explained(
        organisation_id=post.organisation_id,
        starts_on=starts_on,
        ends_on=max(post.ends_on, starts_on + datetime.timedelta(days=1)),
    )
    wanted = {each.pk: 0 for each, _ in told.posts}
    context = {"post": post, "told": told, "findings": told.room.findings(wanted=wanted)}
    return render(request, "placements/posts/count.html", context)
