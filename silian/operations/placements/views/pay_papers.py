"""Papers about pay: the letter to a host, the pack for its tax file, and hints."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_trail import XLSX
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.form_pages import FormPage, form_page
from silian.operations.placements.commands.pay_papers import note_pack
from silian.operations.placements.exports.evidence_packs import evidence_pack
from silian.operations.placements.exports.pay_letters import claim_letter
from silian.operations.placements.forms.pay import YearForm
from silian.operations.placements.permissions.pay import may_send_letters, require_host_clerk
from silian.operations.placements.queries.evidence import evidence_of
from silian.operations.placements.queries.pay_hints import hints_for
from silian.operations.placements.queries.pay_lists import owed_records
from silian.registers.organisations.models import Organisation

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPLY_WORKING_DAYS = 5  # operational: the same week that the alarm leaves before the authority


def download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def require_sender(actor: Actor) -> None:
    if not may_send_letters(actor):
        raise NotAllowed("催付函由学校经办人和主管部门出具。")


@require_safe
def pay_letter(request: Request, organisation_id: int) -> HttpResponse:
    """The letter that asks a host for what it owes (催付函)."""
    require_sender(request.actor)
    host = get_object_or_404(Organisation, pk=organisation_id)
    today = timezone.localdate()
    rows = list(owed_records(request.actor, organisation_id=host.pk, on=today))
    if not rows:
        raise Http404("这家单位没有逾期未付的报酬。")
    content = claim_letter(
        rows,
        host=host.name,
        sender=request.actor.organisation_name,
        on=today,
        reply_by=site_calendar().add(today, days=REPLY_WORKING_DAYS),
    )
    return download(content, name=f"催付函-{host.name}.docx", content_type=DOCX)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_evidence(request: Request) -> HttpResponse:
    """The pack that proves a year's cost of interns (备查材料)."""
    require_host_clerk(request.actor)
    now = timezone.localtime()
    form = YearForm(request.POST if request.method == "POST" else None, year=now.year)
    if request.method == "POST" and form.is_valid():
        actor, year = request.actor, form.cleaned_data["year"]
        found = evidence_of(
            organisation_id=actor.organisation_id or 0,
            name=actor.organisation_name,
            year=year,
            now=now,
        )
        note_pack(actor=actor, year=year)
        return download(
            evidence_pack(found), name=f"实习支出备查材料-{year}.xlsx", content_type=XLSX
        )
    back = reverse("placements:pay_list")
    page = FormPage(
        title="实习支出备查材料",
        button="导出",
        lead="按年汇总协议、到账报酬和保险，供企业所得税备查（教职成〔2021〕4号第十九条）",
        back=back,
        crumbs=[("报酬", back)],
    )
    return form_page(request, form=form, page=page)


@require_safe
def pay_hints(request: Request) -> HttpResponse:
    """Patterns to look into (异常提示)."""
    if not may_send_letters(request.actor):
        raise NotAllowed("异常提示由学校经办人和主管部门查看。")
    return render(request, "placements/pay/hints.html", {"hints": hints_for(request.actor)})
