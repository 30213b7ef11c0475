"""Preferential policies in public: the list, the guide, the tax guide, the self-check."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.registers.policies.choices import Audience, BenefitKind
from silian.registers.policies.exports.benefits import (
    DOCX_TYPE,
    LIST_HEAD,
    guide_document,
    list_document,
    list_rows,
)
from silian.registers.policies.models.benefits import Benefit
from silian.registers.policies.permissions.benefits import (
    benefits_visible_to,
    may_judge_benefit,
    may_publish_benefit,
    may_write_benefit,
    public_benefits,
    sees_desk,
)
from silian.registers.policies.queries.benefits import (
    BenefitQuestion,
    benefit_counts,
    benefit_rows,
    check_of,
    checks_for,
    latest_editions,
    own_organisation,
    with_guide,
)
from silian.registers.policies.queries.parameters import words_of
from silian.registers.policies.workflow.benefits import benefit as life

PAGE_SIZE = 20
STATEMENT = "confirm"


@login_not_required
@require_safe
def benefit_list(request: Request) -> HttpResponseBase:
    """What policies give, to whom, by which clause (优惠政策清单)."""
    today = timezone.localdate()
    bar = benefit_bar(request, counts=benefit_counts(on=today))
    rows = benefit_rows(question_of(request, bar), on=today)
    if request.GET.get("export") in ("xlsx", "docx"):
        return list_response(request.GET["export"], list(rows.order_by("kind", "pk")))
    page = keyset_page(
        rows=rows,
        order="-published_at",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "bar": bar,
        "page": page,
        "total": rows.count(),
        "checks": may_check(request),
        "desk": sees_desk(request.actor),
        "editions": latest_editions(),
    }
    template = "policies/benefits/_results.html" if request.htmx else "policies/benefits/list.html"
    return render(request, template, context)


def benefit_bar(request: Request, *, counts: dict[str, int]) -> FilterBar:
    used = public_benefits().order_by().values("division_id").distinct()
    places = Division.objects.filter(pk__in=used).order_by("code").values_list("pk", "name")
    kinds = [pair for pair in BenefitKind.choices if counts[pair[0]]]
    return FilterBar(
        request=request,
        placeholder="名称、标准或办理单位",
        facets=[
            facet(request=request, name="kind", label="类别", choices=kinds, counts=counts),
            facet(request=request, name="audience", label="给谁", choices=Audience.choices),
            facet(request=request, name="division", label="地区", choices=places),
            facet(request=request, name="ended", label="状态", choices=[("1", "含已停止、到期的")]),
        ],
    )


def question_of(request: Request, bar: FilterBar) -> BenefitQuestion:
    chosen = request.GET.getlist
    return BenefitQuestion(
        text=bar.text,
        kinds=[kind for kind in chosen("kind") if kind in BenefitKind.values],
        audiences=[name for name in chosen("audience") if name in Audience.values],
        divisions=[code for code in chosen("division") if code.isdigit() and len(code) == 6],
        shows_ended="ended" in request.GET,
    )


def list_response(kind: str, benefits: list[Benefit]) -> HttpResponseBase:
    rows = list_rows(benefits)
    if kind == "xlsx":
        return file_response(kind="xlsx", name="优惠政策清单", header=LIST_HEAD, rows=rows)
    note = f"共 {len(rows)} 项，截至 {timezone.localdate():%Y-%m-%d}。"
    return docx_response(list_document(title="优惠政策清单", note=note, rows=rows), "优惠政策清单")


def docx_response(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(content, content_type=DOCX_TYPE, headers=headers)


def may_check(request: Request) -> bool:
    """Whether the actor has an organisation to check; authorities give and do not take."""
    actor = request.actor
    return actor.organisation_id is not None and actor.organisation_kind in Audience.values


@login_not_required
@require_safe
def benefit_detail(request: Request, benefit_id: int) -> HttpResponse:
    """The guide of one benefit, and how one's organisation stands to it (办事指南)."""
    benefit = get_object_or_404(with_guide(benefits_visible_to(request.actor)), pk=benefit_id)
    return benefit_page(request, benefit)


def benefit_page(request: Request, benefit: Benefit, *, refused: Any = None) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    stated = {int(key) for key in request.GET.getlist(STATEMENT) if key.isdigit()}
    organisation = own_organisation(actor) if may_check(request) else None
    check = (
        check_of(benefit=benefit, organisation=organisation, stated=stated)
        if organisation
        else None
    )
    context = {
        "benefit": benefit,
        "expired": benefit.valid_to is not None and benefit.valid_to <= today,
        "parameter_words": words_of(benefit.parameter) if benefit.parameter else "",
        "organisation": organisation,
        "check": check,
        "stated": stated,
        "writes": may_write_benefit(actor, benefit),
        "judges": may_judge_benefit(actor, benefit),
        "publishes": may_publish_benefit(actor, benefit),
        "steps": {step.name for step in life.steps_from(benefit.state)},
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "policies/benefits/detail.html", context, status=status)


@require_safe
def benefit_check(request: Request) -> HttpResponse:
    """Every benefit that one's organisation may have, with what is missing (适合贵单位的优惠)."""
    organisation = own_organisation(request.actor) if may_check(request) else None
    if organisation is None:
        raise NotAllowed("自查需要以企业、院校等单位的身份登录。公众可以直接看优惠政策清单。")
    found = checks_for(organisation, on=timezone.localdate())
    standings = [item.result.standing.value for item in found]
    context = {
        "organisation": organisation,
        "found": found,
        "met": standings.count("met"),
        "unknown": standings.count("unknown"),
        "missing": standings.count("missing"),
    }
    return render(request, "policies/benefits/check.html", context)


@login_not_required
@require_safe
def tax_guide(request: Request) -> HttpResponse:
    """Tax benefits as ordered steps with the bureau that leads (税收优惠操作指引)."""
    today = timezone.localdate()
    question = BenefitQuestion(kinds=[BenefitKind.TAX])
    benefits = list(with_guide(benefit_rows(question, on=today)).order_by("pk"))
    if request.GET.get("export") == "docx":
        note = f"共 {len(benefits)} 项，截至 {today:%Y-%m-%d}。具体适用以税务机关解释为准。"
        content = guide_document(title="税收优惠操作指引", note=note, benefits=benefits)
        return docx_response(content, "税收优惠操作指引")
    return render(request, "policies/benefits/tax_guide.html", {"benefits": benefits})
