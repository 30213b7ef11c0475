"""Pages of what a region gives, and which department is in charge."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.operations.learning.choices import StandardName
from silian.operations.learning.commands.promotions import name_office
from silian.operations.learning.commands.standards import set_standard
from silian.operations.learning.forms.awards import StandardForm
from silian.operations.learning.forms.promotions import OfficeForm
from silian.operations.learning.permissions.skills import (
    in_charge,
    may_name_office,
    office_in,
    require_charge,
    require_office_namer,
    require_register_reader,
)
from silian.operations.learning.queries.standards import standard_history, standard_lines
from silian.operations.learning.views.words import STANDARDS


@require_safe
def standards(request: Request) -> HttpResponse:
    """Every value that may be set, with what holds today or 未设定 (奖补标准)."""
    actor = request.actor
    require_register_reader(actor)
    lines = standard_lines(division=actor.jurisdiction, on=timezone.localdate())
    groups = [(name, [line for line in lines if line.name == name.value]) for name in StandardName]
    context = {
        "groups": groups,
        "unset": sum(line.row is None for line in lines),
        "history": standard_history(division=actor.jurisdiction)[:20],
        "office": office_in(actor.jurisdiction),
        "sets": in_charge(actor, actor.jurisdiction),
        "names_office": may_name_office(actor),
    }
    return render(request, "learning/standards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def standard_set(request: Request, name: str) -> HttpResponse:
    """Set a value with its document (设定奖补标准)."""
    actor = request.actor
    require_charge(actor, actor.jurisdiction)
    start = {"valid_from": timezone.localdate(), "key": request.GET.get("key", "")}
    form = StandardForm(request.POST or None, name=name, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words(
            f"设定{StandardName(name).label}",
            "设定",
            back=STANDARDS[1],
            register=STANDARDS,
            help="learning/standard_set",
        ),
        send=lambda said: set_standard(facts=form.facts(), actor=actor, now=timezone.now()),
        done="已设定，按有效期自动适用。",
        then=STANDARDS[1],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def office_name(request: Request) -> HttpResponse:
    """Name the department in charge (指定技能管理部门)."""
    actor = request.actor
    require_office_namer(actor)
    form = OfficeForm(request.POST or None, actor=actor, initial={"since": timezone.localdate()})
    return answer_form(
        request,
        form=form,
        page=page_words("指定技能管理部门", "指定", back=STANDARDS[1], register=STANDARDS),
        send=lambda said: name_office(
            organisation_id=said["organisation"].pk,
            basis=said["basis"],
            since=said["since"],
            actor=actor,
        ),
        done="已指定。",
        then=STANDARDS[1],
    )
