"""The authority's pages: the queue, one case, and what may be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.components import Entry, Fact, Reason
from silian.foundation.ui.filters import FilterBar, facet
from silian.registers.organisations import rules
from silian.registers.organisations.choices import (
    REQUIRED_DOCUMENTS,
    DocumentKind,
    OrganisationKind,
    OrganisationState,
)
from silian.registers.organisations.commands import life, registration, renaming
from silian.registers.organisations.forms.members import MergerForm
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import (
    VERIFIERS,
    organisations_supervised_by,
    renamings_supervised_by,
)
from silian.registers.organisations.queries.register import (
    DirectoryChoice,
    due_moment,
    facet_counts,
    history_of,
    organisation_by_code,
    renaming_queue,
    similar_organisations,
    verification_queue,
    working_days_left,
)
from silian.registers.organisations.queries.register import directory as directory_rows
from silian.registers.organisations.tones import tone_of
from silian.registers.organisations.views.directory import (
    choice_of,
    name_entries,
    offered,
    public_facts,
)
from silian.registers.organisations.views.profile import evidence_of, refuse_on
from silian.registers.organisations.views.tables import queue_table, supervised_table
from silian.registers.organisations.views.words import words_of
from silian.registers.organisations.workflow import organisation as organisation_life

REASON_STEPS = {
    "reject": registration.reject_organisation,
    "suspend": life.suspend_organisation,
    "resume": life.resume_organisation,
}
DONE = {
    "verify": "已通过核验，已通知单位。",
    "reject": "已退回，单位会看到原因。",
    "suspend": "已暂停，已通知单位。",
    "resume": "已恢复，已通知单位。",
    "close": "已注销，成员身份同时结束。",
}


def require_supervision(request: Request) -> None:
    if not request.actor.has_role(*VERIFIERS):
        raise NotAllowed("单位核验由属地审核员或牵头部门办理。")


@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits for verification in the region (单位核验)."""
    require_supervision(request)
    actor = request.actor
    table = queue_table(request, verification_queue(organisations_supervised_by(actor)))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    calendar, today = site_calendar(), timezone.localdate()
    renamings = [
        (row, due_moment(row.due_on), calendar.between(today, row.due_on))
        for row in renaming_queue(renamings_supervised_by(actor))[:50]
    ]
    return render(request, "organisations/queue.html", {"table": table, "renamings": renamings})


@require_safe
def supervised(request: Request) -> HttpResponse:
    """All organisations of the region (辖区单位)."""
    require_supervision(request)
    rows = organisations_supervised_by(request.actor)
    choice = choice_of(request)
    table = supervised_table(request, directory_rows(rows, choice=choice))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    context = {"table": table, "bar": supervised_bar(request, rows, choice)}
    template = "organisations/_directory.html" if request.htmx else "organisations/supervised.html"
    return render(request, template, context)


def supervised_bar(request: Request, rows: Any, choice: DirectoryChoice) -> FilterBar:
    counts = facet_counts(rows, choice=choice)
    groups: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("state", "状态", list(OrganisationState.choices)),
        ("kind", "类别", list(OrganisationKind.choices)),
    ]
    return FilterBar(
        request=request,
        placeholder="单位名称、拼音首字母或信用代码",
        facets=[
            facet(request=request, name=name, label=label, choices=given, counts=counts[name])
            for name, label, all_choices in groups
            if (given := offered(request, name, all_choices, counts[name]))
        ],
    )


@require_safe
def verification(request: Request, organisation_id: int) -> HttpResponse:
    """One organisation before its judge: facts, checks, papers, history, steps."""
    organisation = supervised_one(request, organisation_id)
    return render(request, "organisations/verification.html", case(organisation, MergerForm()))


def supervised_one(request: Request, organisation_id: int) -> Organisation:
    rows = organisations_supervised_by(request.actor)
    return get_object_or_404(rows.select_related("division", "industry"), pk=organisation_id)


def case(organisation: Organisation, merger: MergerForm) -> dict[str, Any]:
    papers = list(organisation.documents.filter(removed_at__isnull=True).select_related("renaming"))
    contact = " ".join(filter(None, [organisation.contact_name, organisation.contact_phone]))
    state = OrganisationState(organisation.state)
    return {
        "organisation": organisation,
        "facts": [*public_facts(organisation), Fact(name="联系人", value=contact or "未填写")],
        "checks": checks(organisation, {paper.kind for paper in papers}),
        "papers": [(paper, evidence_of(paper)) for paper in papers],
        "names": name_entries(organisation),
        "entries": [
            Entry(at=row.happened_at, what=words_of(row), who=row.actor_name, note=row.reason)
            for row in history_of(organisation)
        ],
        "steps": {step.name for step in organisation_life.steps_from(state)},
        "due_at": due_moment(organisation.verification_due_on),
        "days_left": working_days_left(
            organisation.verification_due_on, today=timezone.localdate()
        ),
        "tone": tone_of(organisation.state),
        "merger": merger,
        "waiting": state == OrganisationState.SUBMITTED,
    }


def checks(organisation: Organisation, kinds: set[str]) -> list[Reason]:
    """What the platform could check by itself, for the judge's eye."""
    code_wrong = rules.reason_uscc_invalid(organisation.uscc) if organisation.uscc else None
    caution = rules.caution_about_code(organisation.uscc)
    alike = similar_organisations(name=organisation.name, exclude_id=organisation.pk)
    names = "、".join(row.name for row in alike)
    missing = [DocumentKind(kind).label for kind in REQUIRED_DOCUMENTS if kind not in kinds]
    code_text = "统一社会信用代码校验位正确" if organisation.uscc else "没有统一社会信用代码"
    return [
        Reason(text=code_wrong or code_text, met=not code_wrong, basis="GB 32100-2015"),
        Reason(text=caution or "主体标识码校验位正确", met=not caution, basis="GB 11714"),
        Reason(text="必需材料齐全" if not missing else f"缺{'、'.join(missing)}", met=not missing),
        Reason(text=f"名称相近：{names}" if alike else "名录中没有相近名称", met=not alike),
    ]


@require_POST
def step(request: Request, organisation_id: int, name: str) -> HttpResponse:
    """Verify, reject, suspend, resume or close one organisation."""
    organisation = supervised_one(request, organisation_id)
    actor = request.actor
    reason = request.POST.get("reason", "")
    if name == "verify":
        registration.verify_organisation(organisation_id=organisation.pk, actor=actor)
    elif name == "close":
        life.close_organisation(
            organisation_id=organisation.pk, reason=reason, actor=actor, today=timezone.localdate()
        )
    else:
        REASON_STEPS[name](organisation_id=organisation.pk, reason=reason, actor=actor)
    messages.success(request, f"{organisation.name}{DONE[name]}")
    return redirect("organisations:verification", organisation.pk)


@require_POST
def merge(request: Request, organisation_id: int) -> HttpResponse:
    """Let one organisation go up in another (并入)."""
    organisation = supervised_one(request, organisation_id)
    form = MergerForm(request.POST)
    if form.is_valid():
        heir = organisation_by_code(form.cleaned_data["heir_code"])
        try:
            if heir is None:
                raise DomainError("名录中没有这个代码的单位，请先核对代码。", field="heir_code")
            life.merge_organisations(
                absorbed_id=organisation.pk,
                heir_id=heir.pk,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                today=timezone.localdate(),
            )
        except DomainError as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, f"{organisation.name}已并入{heir.name}，成员已转入。")
            return redirect("organisations:verification", organisation.pk)
    return render(request, "organisations/verification.html", case(organisation, form), status=422)


@require_POST
def rename_decide(request: Request, renaming_id: int, name: str) -> HttpResponse:
    """Confirm or refuse a change of name."""
    actor = request.actor
    row = get_object_or_404(renamings_supervised_by(actor), pk=renaming_id)
    if name == "confirm":
        renaming.confirm_rename(renaming_id=row.pk, actor=actor)
        messages.success(request, f"已更名为{row.new_name}，原名称保留在沿革中。")
    else:
        renaming.refuse_rename(
            renaming_id=row.pk, reason=request.POST.get("reason", ""), actor=actor
        )
        messages.success(request, "更名未通过，单位会看到原因。")
    return redirect("organisations:queue")
