"""Batches for those who run and watch them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.commands.call_editions import draft_call_edition
from silian.casework.reviews.commands.campaigns import (
    announce_campaign,
    cancel_campaign,
    change_campaign,
    make_campaign,
    region_of,
    set_offices,
)
from silian.casework.reviews.forms.campaigns import (
    CampaignForm,
    OfficesForm,
    ReasonForm,
    VersionForm,
    campaign_initial,
    overrides_initial,
)
from silian.casework.reviews.models import Campaign, SchemeVersion
from silian.casework.reviews.permissions.campaigns import (
    campaigns_visible_to,
    may_make_campaign,
    may_organise,
    require_maker,
    require_organiser,
)
from silian.casework.reviews.queries.call_editions import call_edition
from silian.casework.reviews.queries.campaigns import (
    campaigns_for_list,
    parameter_lines,
    state_counts,
)
from silian.casework.reviews.queries.offices import gaps_of, offices_of, suggested_offices
from silian.casework.reviews.queries.regional_values import starting_overrides
from silian.casework.reviews.queries.schemes import schemes_open_to
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table

COLUMNS = (
    Column("title", "批次", template="reviews/_cell_campaign.html", main=True),
    Column("scheme", "认定项目", "version__scheme__title"),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template="reviews/_cell_campaign_state.html",
        sort="state",
    ),
    Column(
        "year", "年度", sort="year", export=lambda row: row.year, value=lambda row: str(row.year)
    ),
    Column("closes_on", "申报截止", sort="closes_on"),
    Column("sent", "已提交", "sent_count", numeric=True, unit="份"),
    Column("living", "在办", "living_count", numeric=True, unit="份"),
    Column("recognised", "已认定", "recognised_count", numeric=True, unit="个"),
    Column("quota", "名额", numeric=True, optional=True),
    Column("owner", "组织单位", "owner__name", optional=True),
    Column("division", "地区", "division__name", optional=True),
)


@require_safe
def campaign_list(request: Request) -> HttpResponseBase:
    """The batches that the reader works on or watches (批次)."""
    seen = campaigns_visible_to(request.actor)
    bar = filter_bar(request, seen)
    table = Table(
        request=request,
        name="review_campaigns",
        rows=campaigns_for_list(chosen(request, seen, text=bar.text)),
        caption="认定批次",
        columns=COLUMNS,
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的批次", "why": "减少筛选条件，或从已发布的方案建立批次。"},
    )
    if table.export_wanted:
        return table.export_response()
    template = "reviews/_table.html" if request.htmx else "reviews/campaign_list.html"
    context = {"bar": bar, "table": table, "makes": may_make_campaign(request.actor)}
    return render(request, template, context)


def filter_bar(request: Request, seen: QuerySet[Campaign]) -> FilterBar:
    """State, scheme and year, of what the reader sees."""
    schemes = dict(seen.order_by().values_list("version__scheme_id", "version__scheme__title"))
    years = sorted(set(seen.order_by().values_list("year", flat=True)), reverse=True)
    return FilterBar(
        request=request,
        placeholder="批次名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=CampaignState.choices),
            facet(
                request=request,
                name="scheme",
                label="认定项目",
                choices=[(str(pk), title) for pk, title in schemes.items()],
            ),
            facet(
                request=request,
                name="year",
                label="年度",
                choices=[(str(year), str(year)) for year in years],
            ),
        ],
    )


def chosen(request: Request, rows: Any, *, text: str) -> Any:
    """What the filters leave."""
    for name, path in (("state", "state"), ("scheme", "version__scheme_id"), ("year", "year")):
        values = request.GET.getlist(name)
        if name != "state":
            values = [value for value in values if value.isdigit()]
        if values:
            rows = rows.filter(**{f"{path}__in": values})
    return rows.filter(title__icontains=text) if text else rows


def visible_campaign(request: Request, campaign_id: int) -> Campaign:
    rows = campaigns_visible_to(request.actor).select_related(
        "version__scheme", "division", "owner"
    )
    return get_object_or_404(rows, pk=campaign_id)


@require_safe
def campaign_detail(request: Request, campaign_id: int) -> HttpResponse:
    """One batch: where its dossiers stand, its numbers and offices (批次)."""
    campaign = visible_campaign(request, campaign_id)
    counts = state_counts(campaign)
    runs = may_organise(request.actor, campaign)
    context = {
        "campaign": campaign,
        "counts": counts,
        "total": sum(count for _, count in counts),
        "parameters": parameter_lines(campaign),
        "offices": campaign.offices.select_related("organisation", "division").order_by("pk"),
        "levels": {row.code: row.label for row in campaign.content.procedure.levels},
        "gaps": gaps_of(campaign) if runs else [],
        "runs": runs,
        "edition": call_edition(campaign) if runs else None,
        "is_draft": campaign.state == CampaignState.DRAFT,
        "is_cancellable": campaign.state
        in (CampaignState.DRAFT, CampaignState.OPEN, CampaignState.REVIEWING),
    }
    return render(request, "reviews/campaign_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_choose(request: Request) -> HttpResponse:
    """Of which scheme the batch is made (建立批次)."""
    require_maker(request.actor)
    versions = SchemeVersion.objects.filter(
        scheme__in=schemes_open_to(request.actor), state=SchemeVersionState.PUBLISHED
    ).select_related("scheme")
    form = VersionForm(given(request)[0], versions=versions.order_by("scheme__title"))
    if form.is_valid():
        return redirect("reviews:campaign_new", version_id=form.cleaned_data["version"].pk)
    page = words("建立批次", "下一步", lead="先选认定项目，只列已发布方案的项目。")
    return render(request, "ui/form_page.html", {"form": form, "page": page})


def words(title: str, button: str, *, back: str = "", lead: str = "") -> FormPage:
    list_url = reverse("reviews:campaign_list")
    crumbs = (("批次", list_url),)
    return FormPage(
        title=title,
        button=button,
        back=back or list_url,
        lead=lead,
        crumbs=crumbs,
        help="reviews/campaign_form",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: Request, version_id: int) -> HttpResponse:
    """Prepare a batch (建立批次)."""
    require_maker(request.actor)
    rows = SchemeVersion.objects.filter(
        scheme__in=schemes_open_to(request.actor), state=SchemeVersionState.PUBLISHED
    )
    version = get_object_or_404(rows.select_related("scheme"), pk=version_id)
    division = region_of(version, request.actor)
    regional = starting_overrides(version, division_id=division)
    today = timezone.localdate()
    form = CampaignForm(
        given(request)[0],
        definition=version.content,
        regional=regional,
        initial={"year": today.year, "opens_on": today, **overrides_initial(regional)},
    )

    def send(said: dict[str, Any]) -> Campaign:
        facts = form.facts()
        return make_campaign(version_id=version.pk, year=said["year"], actor=request.actor, **facts)

    page = words(f"建立批次：{version.scheme.title}", "建立批次", lead=str(version))
    done = "批次已建立。请设定审核单位后发布申报通知。"
    return answer_form(request, form=form, page=page, send=send, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: Request, campaign_id: int) -> HttpResponse:
    """Change a batch before its call (修改批次)."""
    campaign = visible_campaign(request, campaign_id)
    require_organiser(request.actor, campaign)
    form = CampaignForm(
        given(request)[0],
        definition=campaign.content,
        regional=starting_overrides(campaign.version, division_id=campaign.division_id),
        initial=campaign_initial(campaign),
    )
    form.fields["year"].disabled = True

    def send(said: dict[str, Any]) -> Campaign:
        facts = form.facts()
        facts["title"] = facts["title"] or campaign.title
        return change_campaign(campaign_id=campaign.pk, facts=facts, actor=request.actor)

    page = words("修改批次", "保存", back=campaign.get_absolute_url(), lead=campaign.title)
    return answer_form(request, form=form, page=page, send=send, done="已保存。")


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_offices(request: Request, campaign_id: int) -> HttpResponse:
    """Say who speaks at each level; the register of bodies suggests (审核单位)."""
    campaign = visible_campaign(request, campaign_id)
    require_organiser(request.actor, campaign)
    kept = offices_of(campaign)
    form = OfficesForm(
        given(request)[0], campaign=campaign, offices=kept or suggested_offices(campaign)
    )

    def send(said: dict[str, Any]) -> Campaign:
        set_offices(campaign_id=campaign.pk, offices=form.offices(), actor=request.actor)
        return campaign

    lead = "已按责任单位名录预选，请逐项确认。" if not kept else campaign.title
    page = words("审核单位", "保存", back=campaign.get_absolute_url(), lead=lead)
    return answer_form(request, form=form, page=page, send=send, done="审核单位已保存。")


@require_POST
def campaign_announce(request: Request, campaign_id: int) -> HttpResponse:
    """Publish the call (发布申报通知)."""
    campaign = visible_campaign(request, campaign_id)
    try:
        announce_campaign(campaign_id=campaign.pk, actor=request.actor, on=timezone.localdate())
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "申报通知已发布，符合条件的单位会收到通知。")
    return redirect(campaign)


@require_POST
def campaign_edition(request: Request, campaign_id: int) -> HttpResponse:
    """Draft the announcement of the call, or open the one that is there (编制申报公告)."""
    campaign = visible_campaign(request, campaign_id)
    edition = draft_call_edition(
        campaign_id=campaign.pk, actor=request.actor, on=timezone.localdate()
    )
    return redirect(edition)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_cancel(request: Request, campaign_id: int) -> HttpResponse:
    """Call a batch off (取消批次)."""
    campaign = visible_campaign(request, campaign_id)
    require_organiser(request.actor, campaign)
    page = words(
        "取消批次",
        "取消批次",
        back=campaign.get_absolute_url(),
        lead="申报通知页会标明已取消和原因，已提交的材料保留备查。",
    )
    return answer_form(
        request,
        form=ReasonForm(given(request)[0]),
        page=page,
        send=lambda said: cancel_campaign(
            campaign_id=campaign.pk, reason=said["reason"], actor=request.actor
        ),
        done="批次已取消。",
    )
