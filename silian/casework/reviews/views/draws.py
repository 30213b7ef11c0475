"""The seed of a batch, its draws, and the record that anybody can repeat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.judging import Exclusion
from silian.casework.reviews.commands.draws import announce_seed, draw_experts, enter_seed
from silian.casework.reviews.forms.experts import SeedForm, SeedValueForm
from silian.casework.reviews.models import Campaign, Draw, DrawSeed, Expert
from silian.casework.reviews.permissions.campaigns import (
    campaigns_visible_to,
    may_organise,
    require_organiser,
)
from silian.casework.reviews.permissions.judging import draws_visible_to, reads_whole_draw
from silian.casework.reviews.queries.draws import record_of_draw
from silian.casework.reviews.rules.draws import METHOD_SENTENCE, DrawRecord, place_in_sequence
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given


def visible_campaign(request: Request, campaign_id: int) -> Campaign:
    return get_object_or_404(campaigns_visible_to(request.actor), pk=campaign_id)


@require_http_methods(["GET", "HEAD", "POST"])
def draw_seed(request: Request, campaign_id: int) -> HttpResponse:
    """Publish where the seed comes from; later write it down (抽取种子)."""
    campaign, actor = visible_campaign(request, campaign_id), request.actor
    require_organiser(actor, campaign)
    seed = DrawSeed.objects.filter(campaign=campaign).first()
    if seed is None:
        form: Any = SeedForm(given(request)[0])
        page = words("公布种子来源", campaign, lead="来源公布后不能再改；种子产生后在这里登记。")
        return answer_form(
            request,
            form=form,
            page=page,
            send=lambda said: announce_seed(campaign_id=campaign.pk, actor=actor, **said),
            done="种子来源已公布。",
            then=campaign,
        )
    lead = f"来源：{seed.source}；{seed.known_on:%Y-%m-%d} 产生。"
    return answer_form(
        request,
        form=SeedValueForm(given(request)[0]),
        page=words("登记种子", campaign, lead=lead),
        send=lambda said: enter_seed(campaign_id=campaign.pk, actor=actor, **said),
        done="种子已登记，可以抽取专家。",
        then=campaign,
    )


def words(title: str, campaign: Campaign, *, lead: str) -> FormPage:
    back = campaign.get_absolute_url()
    return FormPage(
        title=title,
        button=title,
        back=back,
        lead=lead,
        help="reviews/draw_seed",
        crumbs=((campaign.title, back),),
    )


@require_POST
def draw_make(request: Request, campaign_id: int) -> HttpResponse:
    """Draw experts for all waiting dossiers of the batch (随机抽取专家)."""
    campaign = visible_campaign(request, campaign_id)
    try:
        made = draw_experts(campaign_id=campaign.pk, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect(campaign)
    messages.success(request, "已抽取，任务已发给专家。")
    return redirect(made)


@require_safe
def draw_detail(request: Request, draw_id: int) -> HttpResponse:
    """One draw: seed, method, who was left out why, who was drawn; drawn again here (抽取记录)."""
    made = visible_draw(request, draw_id)
    kept = record_of_draw(made)
    whole = reads_whole_draw(request.actor, made.campaign)
    organises = may_organise(request.actor, made.campaign) and whole
    context = {
        "draw": made,
        "seed": DrawSeed.objects.filter(campaign=made.campaign_id).first(),
        "method": METHOD_SENTENCE,
        "holds": kept.holds and kept.sha256 == made.sha256,
        "whole": whole,
        "organises": organises,
        "lots": lot_rows(kept, made, names=organises) if whole else [],
        "drawn": sum(len(row.experts) for row in kept.result),
        "missing": sum(row.missing for row in kept.result),
    }
    return render(request, "reviews/draw_detail.html", context)


def visible_draw(request: Request, draw_id: int) -> Draw:
    rows: QuerySet[Draw] = draws_visible_to(request.actor).select_related("campaign", "drawn_by")
    return get_object_or_404(rows, pk=draw_id)


def lot_rows(kept: DrawRecord, made: Draw, *, names: bool) -> list[dict[str, Any]]:
    """Each dossier with its sequence; names and reasons only for the organiser."""
    drawn = {row.dossier: row for row in kept.result}
    people = names_of(made) if names else {}
    labels = dict(Exclusion.choices)
    rows = []
    for lot in kept.lots:
        chosen = drawn[lot.dossier]
        reasons = made.reasons.get(lot.dossier, {}) if names else {}
        candidates = [
            {
                "expert": row.expert,
                "name": people.get(row.expert, ""),
                "load": row.load,
                "excluded": reasons.get(row.expert) or labels.get(row.excluded, ""),
                "is_drawn": row.expert in chosen.experts,
                "place": place_in_sequence(seed=kept.seed, dossier=lot.dossier, expert=row.expert),
            }
            for row in lot.candidates
        ]
        candidates.sort(key=lambda row: (bool(row["excluded"]), row["place"]))
        rows.append({"lot": lot, "drawn": chosen, "candidates": candidates, "names": people})
    return rows


def names_of(made: Draw) -> dict[str, str]:
    """The people behind the numbers, for the organiser."""
    numbers = {row["expert"] for lot in made.pool for row in lot["candidates"]}
    ids = [int(number.removeprefix("E")) for number in numbers]
    rows = Expert.objects.filter(pk__in=ids).select_related("user")
    return {row.number: row.user.name for row in rows}


@require_safe
def draw_record(request: Request, draw_id: int) -> JsonResponse:
    """The record as JSON, to be repeated with any other program (导出抽取记录)."""
    made = visible_draw(request, draw_id)
    if not reads_whole_draw(request.actor, made.campaign):
        raise Http404("批次公布结果后，所有人都可以下载完整的抽取记录。")
    said = {**record_of_draw(made).as_json(), "sha256": made.sha256, "rule": METHOD_SENTENCE}
    headers = {"Content-Disposition": f'attachment; filename="draw-{made.pk}.json"'}
    return JsonResponse(
        said, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
