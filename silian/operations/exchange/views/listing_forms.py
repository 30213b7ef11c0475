"""Write a listing: choose the kind, fill the form, look at it, publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.drafts import drop_draft
from silian.operations.exchange.choices import ListingState, Side
from silian.operations.exchange.commands.listing_publication import publish_listing
from silian.operations.exchange.commands.listing_writing import create_listing, edit_listing
from silian.operations.exchange.forms.listing import SUGGESTED, ListingForm, initial_of
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.kinds.declaration import ListingKind
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import (
    require_writer,
    writable_listings,
)
from silian.operations.exchange.queries.listing_findings import findings_of
from silian.operations.exchange.queries.listing_names import major_names
from silian.operations.exchange.queries.listing_suggestions import suggestions_for, text_of
from silian.operations.exchange.rules.listing_checks import needs_review
from silian.operations.exchange.rules.listing_content import faults_of
from silian.operations.exchange.rules.listing_publication import (
    REVIEW_WORKING_DAYS,
    reason_not_publishable,
)
from silian.operations.exchange.workflow.listing import EDITABLE
from silian.registers.organisations.models import Organisation

WRITTEN = (ListingState.DRAFT, ListingState.RETURNED)


def listing_choose_kind(request: Request) -> HttpResponse:
    """Choose what to publish (选择类别)."""
    require_writer(request.actor)
    groups: dict[str, list[ListingKind]] = {}
    for kind in listing_kinds().values():
        if kind.may_be_published_by(organisation_kind=request.actor.organisation_kind):
            groups.setdefault(kind.group, []).append(kind)
    organisation = Organisation.objects.get(pk=request.actor.organisation_id or 0)
    reason = reason_not_publishable(organisation_state=organisation.state)
    context = {"groups": groups, "reason": reason}
    return render(request, "exchange/listing/kinds.html", context)


def listing_create(request: Request, kind: str, side: str) -> HttpResponse:
    """Fill in a new listing (填写供需)."""
    require_writer(request.actor)
    declared = declared_kind(kind, side=side)
    form = ListingForm(
        request.POST or None,
        kind=declared,
        side=side,
        whole=request.POST.get("action") != "draft",
        judged=not asks_suggestions(request),
        initial=known_facts(request),
    )
    if request.method == "POST" and form.judged and form.is_valid():
        listing = created(request, form)
        if listing is not None:
            drop_draft(actor=request.actor, name=f"listing-{kind}-{side}")
            return after_saving(request, listing)
    return form_page(request, form)


def declared_kind(code: str, *, side: str) -> ListingKind:
    kind = listing_kinds().get(code)
    if kind is None or side not in {allowed.value for allowed in kind.sides}:
        raise Http404("没有这个供需类别。")
    return kind


def asks_suggestions(request: Request) -> bool:
    """Whether the form was sent only to be read (按标题和内容识别)."""
    return request.POST.get("action") == "suggest"


def known_facts(request: Request) -> dict[str, Any]:
    """What the register already knows about the organisation."""
    organisation = Organisation.objects.select_related("division", "industry").get(
        pk=request.actor.organisation_id or 0
    )
    return {
        "division": organisation.division,
        "industry": organisation.industry,
        "industry_chain": organisation.industry_chain,
    }


def created(request: Request, form: ListingForm) -> Listing | None:
    try:
        return create_listing(content=form.content(), actor=request.actor)
    except DomainError as error:
        show_refusal(form, error)
        return None


def show_refusal(form: ListingForm, error: DomainError) -> None:
    form.add_error(error.field if error.field in form.fields else None, error.sentence)


def after_saving(request: Request, listing: Listing) -> HttpResponse:
    if request.POST.get("action") == "draft":
        messages.success(request, "草稿已保存，可稍后继续填写。")
        return redirect("exchange:listing_edit", listing_id=listing.pk)
    return redirect("exchange:listing_check", listing_id=listing.pk)


def form_page(request: Request, form: ListingForm, listing: Listing | None = None) -> HttpResponse:
    new_name = f"listing-{form.kind.code}-{form.side}"
    context = {
        "form": form,
        "kind": form.kind,
        "side": Side(form.side),
        "listing": listing,
        "is_written": listing is None or listing.state in WRITTEN,
        "draft_name": f"listing-{listing.pk}" if listing else new_name,
    }
    if not form.judged:
        form.suggest(suggestion_context(request, form.kind))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "exchange/listing/form.html", context, status=status)


def listing_edit(request: Request, listing_id: int) -> HttpResponse:
    """Change a listing (修改供需)."""
    listing = get_object_or_404(writable_listings(request.actor), pk=listing_id)
    if listing.state not in EDITABLE:
        messages.warning(request, f"当前为“{listing.get_state_display()}”，不能修改。")
        return redirect(listing)
    form = ListingForm(
        request.POST or None,
        kind=listing.declaration,
        side=listing.side,
        whole=request.POST.get("action") != "draft",
        judged=not asks_suggestions(request),
        initial=initial_of(listing),
    )
    if request.method == "POST" and form.judged and form.is_valid():
        answer = edited(request, form, listing)
        if answer is not None:
            return answer
    return form_page(request, form, listing)


def edited(request: Request, form: ListingForm, listing: Listing) -> HttpResponse | None:
    try:
        listing = edit_listing(
            listing_id=listing.pk,
            content=form.content(),
            actor=request.actor,
            now=timezone.now(),
        )
    except DomainError as error:
        show_refusal(form, error)
        return None
    drop_draft(actor=request.actor, name=f"listing-{listing.pk}")
    if listing.state in WRITTEN:
        return after_saving(request, listing)
    in_review = listing.state == ListingState.IN_REVIEW
    messages.success(request, "已保存，修改须审核后重新发布。" if in_review else "已保存并更新。")
    return redirect(listing)


def listing_check(request: Request, listing_id: int) -> HttpResponse:
    """See the listing as others will, with what the checks found, and publish it (发布前检查)."""
    listing = get_object_or_404(writable_listings(request.actor), pk=listing_id)
    if listing.state not in WRITTEN:
        return redirect(listing)
    refusal = ""
    if request.method == "POST":
        try:
            return published(request, listing)
        except DomainError as error:
            refusal = error.sentence
    context = {**check_context(listing), "refusal": refusal}
    return render(request, "exchange/listing/check.html", context, status=422 if refusal else 200)


def published(request: Request, listing: Listing) -> HttpResponse:
    listing = publish_listing(
        listing_id=listing.pk,
        actor=request.actor,
        now=timezone.now(),
        ask_review="ask_review" in request.POST,
        note=request.POST.get("note", ""),
    )
    if listing.state == ListingState.PUBLISHED:
        messages.success(request, f"已发布，有效期至 {listing.expires_on}。")
    else:
        messages.success(request, f"已提交审核，{REVIEW_WORKING_DAYS} 个工作日内审结。")
    return redirect(listing)


def check_context(listing: Listing) -> dict[str, Any]:
    kind = listing.declaration
    findings = findings_of(listing.content)
    return {
        "listing": listing,
        "kind": kind,
        "majors": list(major_names(listing.majors).values()),
        "faults": faults_of(listing.content, kind=kind),
        "findings": findings,
        "blocked": any(finding.blocks for finding in findings),
        "goes_to_review": needs_review(kind=kind, findings=findings),
        "reason": reason_not_publishable(organisation_state=listing.organisation.state),
        "review_days": REVIEW_WORKING_DAYS,
    }


def listing_suggestions(request: Request, kind: str) -> HttpResponse:
    """What the typed title and text may mean: occupation, skills, level (识别建议)."""
    declared = listing_kinds().get(kind)
    if declared is None:
        raise Http404("没有这个供需类别。")
    context = suggestion_context(request, declared)
    return render(request, "exchange/listing/_suggestions.html", context)


def suggestion_context(request: Request, kind: ListingKind) -> dict[str, Any]:
    """The suggestions for what was typed, and which of them are ticked already."""
    typed = {name: str(text).replace("\x00", "") for name, text in request.POST.items()}
    ticked = [
        (name.removesuffix(SUGGESTED), value)
        for name, values in request.POST.lists()
        if name.endswith(SUGGESTED)
        for value in values
    ]
    found = suggestions_for(kind=kind, title=typed.get("title", ""), text=text_of(typed, kind=kind))
    return {"suggestions": found, "ticked": {f"{field}={value}" for field, value in ticked}}
