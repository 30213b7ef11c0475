"""Pages of weights and of yearly results."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.operations.alliances.choices.contributions import UNITS, Function
from silian.operations.alliances.commands.assessments import (
    assess_group,
    correct_assessment,
    set_weight,
)
from silian.operations.alliances.forms.contributions import (
    AssessmentForm,
    CorrectionForm,
    WeightForm,
)
from silian.operations.alliances.models.contributions import ActivityWeight
from silian.operations.alliances.permissions.groups import (
    assessments_visible_to,
    is_coordinator,
    may_steer,
    require_steerer,
)
from silian.operations.alliances.queries.group_scores import figures_of, weights_in_force
from silian.operations.alliances.views.groups import REGISTER, refuse_outsiders, visible_group
from silian.registers.organisations.models import Organisation


@require_safe
def weight_list(request: Request) -> HttpResponse:
    """What each function is worth in the region, and since when (计分权重)."""
    refuse_outsiders(request)
    actor = request.actor
    own_group = actor.jurisdiction or division_of_unit(request)
    found = weights_in_force(division=own_group, on=timezone.localdate())
    rows = [(label, UNITS[Function(value)], found.get(value)) for value, label in Function.choices]
    past = ActivityWeight.objects.filter(division_id=own_group).select_related("set_by")
    context = {
        "rows": rows,
        "past": list(past.order_by("-valid_from", "function")[:30]),
        "unset": sum(weight is None for _, _, weight in rows),
        "sets": is_coordinator(actor),
    }
    return render(request, "alliances/groups/weights.html", context)


def division_of_unit(request: Request) -> str:
    """The region of the reader's unit."""
    rows = Organisation.objects.filter(pk=request.actor.organisation_id or 0)
    return rows.values_list("division_id", flat=True).first() or ""


@require_http_methods(["GET", "HEAD", "POST"])
def weight_new(request: Request) -> HttpResponse:
    """Set a weight (设定权重)."""
    refuse_outsiders(request)
    actor = request.actor
    initial = {"valid_from": timezone.localdate(), "function": request.GET.get("function", "")}
    form = WeightForm(request.POST or None, initial=initial)
    page = page_words(
        "设定计分权重",
        "设定",
        back="alliances:weight_list",
        register=REGISTER,
        lead="每单位分值乘以已确认的数量，按类别合计；已生效的不改写，另设新的生效日",
    )
    if not is_coordinator(actor):
        raise NotAllowed("贡献计分权重由本地区牵头部门统筹人员设定。")
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: set_weight(actor=actor, **said),
        done="权重已设定。",
        then="alliances:weight_list",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_new(request: Request, group_id: int) -> HttpResponse:
    """Give a group its yearly result (年度考核)."""
    group, actor, today = visible_group(request, group_id), request.actor, timezone.localdate()
    require_steerer(actor, group)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() else today.year - 1
    form = AssessmentForm(request.POST or None, initial={"year": year})
    figures = figures_of(group, year=year, today=today)
    page = page_words(
        "年度考核", "公布考核结果", back=group, register=REGISTER, lead=words_of(figures, year=year)
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: assess_group(group_id=group.pk, actor=actor, today=today, **said),
        done="考核结果已公布，数据按今天的情况留存。",
        then=group,
    )


def words_of(figures: dict[str, Any], *, year: int) -> str:
    """The figures of the year in one sentence, before they are frozen."""
    score = figures["score"] or "未设定"
    done = figures["contributions"]
    return (
        f"{year} 年：成员 {figures['members']} 家，已确认贡献 {done['confirmed']} 条，"
        f"活跃度 {score}，到期目标 {figures['targets_due']} 个，"
        f"其中达成 {figures['targets_reached']} 个"
    )


@require_safe
def assessment_detail(request: Request, assessment_id: int) -> HttpResponse:
    """One yearly result with the figures as they stood (考核结果)."""
    rows = assessments_visible_to(request.actor).select_related("group", "organisation")
    row = get_object_or_404(rows, pk=assessment_id)
    names = dict(Function.choices)
    lines = [
        {
            **line,
            "label": names.get(line["function"], ""),
            "unit": UNITS[Function(line["function"])],
        }
        for line in row.figures.get("lines", [])
    ]
    versions = row.group.assessments.filter(year=row.year).select_related("organisation")
    context = {
        "row": row,
        "figures": row.figures,
        "lines": lines,
        "versions": list(versions),
        "corrects": row.is_current and may_steer(request.actor, row.group),
    }
    return render(request, "alliances/groups/assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_correct(request: Request, assessment_id: int) -> HttpResponse:
    """Publish a corrected result; the former stays (更正年度考核)."""
    actor = request.actor
    rows = assessments_visible_to(actor).filter(is_current=True).select_related("group")
    row = get_object_or_404(rows, pk=assessment_id)
    require_steerer(actor, row.group)
    form = CorrectionForm(request.POST or None, initial={"grade": row.grade, "reason": row.reason})
    lead = f"{row.group.name} {row.year} 年度，现行第 {row.version} 版：{row.get_grade_display()}"
    back = reverse("alliances:assessment_detail", args=[row.pk])
    return answer_form(
        request,
        form=form,
        page=page_words("更正年度考核", "公布更正", back=back, register=REGISTER, lead=lead),
        send=lambda said: correct_assessment(
            assessment_id=row.pk, actor=actor, today=timezone.localdate(), **said
        ),
        done="更正已公布，原结果保留。",
        then=row.group,
    )
