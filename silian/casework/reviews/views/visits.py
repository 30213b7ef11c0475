"""Site visits: chosen, arranged, written up, signed, answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.reviews.choices.judging import VisitState
from silian.casework.reviews.commands.visits import (
    add_visit_photo,
    arrange_visit,
    cancel_visit,
    choose_visits,
    remark_on_visit,
    report_visit,
    sign_visit,
)
from silian.casework.reviews.forms.judging import (
    PhotoForm,
    ReasonForm,
    RemarkForm,
    ReportForm,
    VisitPlanForm,
)
from silian.casework.reviews.models import SiteVisit
from silian.casework.reviews.permissions.campaigns import (
    campaigns_visible_to,
    may_organise,
    require_organiser,
)
from silian.casework.reviews.permissions.dossiers import is_applicant, require_applicant
from silian.casework.reviews.permissions.visits import (
    reads_findings,
    require_visitor,
    visits_visible_to,
)
from silian.casework.reviews.queries.judging import visit_items
from silian.casework.reviews.queries.visits import people_who_may_visit
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given


def visible_visit(request: Request, visit_id: int) -> SiteVisit:
    rows = visits_visible_to(request.actor).select_related(
        "dossier__campaign__version__scheme", "dossier__applicant", "reported_by"
    )
    return get_object_or_404(rows, pk=visit_id)


@require_POST
def visit_choose(request: Request, campaign_id: int) -> HttpResponse:
    """Choose by the scheme's rule whom to visit (确定核查对象)."""
    campaign = get_object_or_404(campaigns_visible_to(request.actor), pk=campaign_id)
    try:
        made = choose_visits(campaign_id=campaign.pk, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已确定核查 {len(made)} 份，请逐份安排人员。")
    return redirect(campaign)


@require_safe
def visit_detail(request: Request, visit_id: int) -> HttpResponse:
    """One visit: who goes when, what was found, who signed (实地核查)."""
    visit, actor = visible_visit(request, visit_id), request.actor
    visitors = list(visit.visitors.select_related("user", "organisation"))
    own = next((row for row in visitors if row.user_id == actor.user_id), None)
    reads = reads_findings(actor, visit)
    context = {
        "visit": visit,
        "dossier": visit.dossier,
        "visitors": visitors,
        "own": own,
        "organises": may_organise(actor, visit.dossier.campaign),
        "reads": reads,
        "lines": finding_lines(visit) if reads else [],
        "photos": files_of(visit) if reads else [],
        "signs": own is not None and visit.state == "reported" and own.signed_at is None,
        "writes": own is not None and visit.state in ("planned", "reported"),
        "remarks": is_applicant(actor, visit.dossier)
        and visit.state == VisitState.DONE
        and visit.remarked_at is None
        and visit.dossier.state == "ranked",
    }
    return render(request, "reviews/visit_detail.html", context)


def finding_lines(visit: SiteVisit) -> list[dict[str, Any]]:
    """The checklist with what was found."""
    return [
        {"item": item, "found": visit.findings.get(item.code)}
        for item in visit_items(visit.dossier.campaign)
    ]


def words(title: str, button: str, visit: SiteVisit, *, lead: str = "") -> FormPage:
    back = visit.get_absolute_url()
    return FormPage(title=title, button=button, back=back, lead=lead, crumbs=(("实地核查", back),))


@require_http_methods(["GET", "HEAD", "POST"])
def visit_arrange(request: Request, visit_id: int) -> HttpResponse:
    """Day, place and people (安排实地核查)."""
    visit, actor = visible_visit(request, visit_id), request.actor
    require_organiser(actor, visit.dossier.campaign)
    people = people_who_may_visit(visit.dossier, on=timezone.localdate())
    form = VisitPlanForm(given(request)[0], visit=visit, people=people)
    lead = f"{visit.dossier.applicant.name}，{visit.chosen_because}"
    return answer_form(
        request,
        form=form,
        page=words("安排实地核查", "保存", visit, lead=lead),
        send=lambda said: arrange_visit(visit_id=visit.pk, plan=form.plan(), actor=actor),
        done="已安排，核查人员会收到通知。",
        then=visit,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_report(request: Request, visit_id: int) -> HttpResponse:
    """Write down what was found (填写核查情况)."""
    visit, actor = visible_visit(request, visit_id), request.actor
    require_visitor(actor, visit)
    items = visit_items(visit.dossier.campaign)
    form = ReportForm(given(request)[0], items=items, visit=visit)

    def send(said: dict[str, Any]) -> SiteVisit:
        return report_visit(
            visit_id=visit.pk,
            visited_on=said["visited_on"],
            findings=form.findings(),
            summary=said["summary"],
            actor=actor,
        )

    lead = "提交即视为您已签字，其他核查人员签字后生效；修改后各人须重新签字。"
    return answer_form(
        request,
        form=form,
        page=words("填写核查情况", "提交并签字", visit, lead=lead),
        send=send,
        done="已提交，等其他核查人员签字。",
        then=visit,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_photo(request: Request, visit_id: int) -> HttpResponse:
    """Add a photo (上传现场照片)."""
    visit, actor = visible_visit(request, visit_id), request.actor
    require_visitor(actor, visit)
    return answer_form(
        request,
        form=PhotoForm(*given(request)),
        page=words("上传现场照片", "上传", visit, lead=visit.dossier.subject_name),
        send=lambda said: add_visit_photo(visit_id=visit.pk, upload=said["photo"], actor=actor),
        done="照片已上传。",
        then=visit,
    )


@require_POST
def visit_sign(request: Request, visit_id: int) -> HttpResponse:
    """Sign what was found (签字确认)."""
    visit = visible_visit(request, visit_id)
    try:
        sign_visit(visit_id=visit.pk, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已签字。")
    return redirect(visit)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_cancel(request: Request, visit_id: int) -> HttpResponse:
    """Call a visit off (取消实地核查)."""
    visit, actor = visible_visit(request, visit_id), request.actor
    require_organiser(actor, visit.dossier.campaign)
    return answer_form(
        request,
        form=ReasonForm(given(request)[0]),
        page=words("取消实地核查", "取消核查", visit, lead="材料不经核查进入下一环节，原因留档。"),
        send=lambda said: cancel_visit(visit_id=visit.pk, reason=said["reason"], actor=actor),
        done="核查已取消。",
        then=visit,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_remark(request: Request, visit_id: int) -> HttpResponse:
    """The applicant's word on what was found (申报单位说明)."""
    visit, actor = visible_visit(request, visit_id), request.actor
    require_applicant(actor, visit.dossier)
    return answer_form(
        request,
        form=RemarkForm(given(request)[0]),
        page=words("对核查情况的说明", "提交说明", visit, lead="说明随核查情况一并提交审定会。"),
        send=lambda said: remark_on_visit(visit_id=visit.pk, text=said["text"], actor=actor),
        done="说明已提交。",
        then=visit,
    )
