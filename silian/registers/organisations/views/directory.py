"""The public list of organisations and the page of each."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.components import Entry, Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.sockets import plugged_panels
from silian.registers.organisations.choices import (
    OrganisationKind,
    OrganisationSize,
    OrganisationState,
)
from silian.registers.organisations.models.organisation import Organisation
from silian.registers.organisations.permissions import (
    may_manage,
    may_verify,
    organisations_visible_to,
)
from silian.registers.organisations.queries.register import (
    DirectoryChoice,
    facet_counts,
    heir_of,
)
from silian.registers.organisations.queries.register import (
    directory as directory_rows,
)
from silian.registers.organisations.tones import tone_of
from silian.registers.organisations.views.tables import directory_table

SECTIONS = (
    ("A", "农、林、牧、渔业"),
    ("B", "采矿业"),
    ("C", "制造业"),
    ("D", "电力、热力、燃气及水"),
    ("E", "建筑业"),
    ("F", "批发和零售业"),
    ("G", "交通运输、仓储和邮政业"),
    ("H", "住宿和餐饮业"),
    ("I", "信息传输、软件和信息技术"),
    ("J", "金融业"),
    ("K", "房地产业"),
    ("L", "租赁和商务服务业"),
    ("M", "科学研究和技术服务业"),
    ("N", "水利、环境和公共设施"),
    ("O", "居民服务、修理和其他服务"),
    ("P", "教育"),
    ("Q", "卫生和社会工作"),
    ("R", "文化、体育和娱乐业"),
    ("S", "公共管理、社会保障"),
)


def choice_of(request: Request) -> DirectoryChoice:
    chosen = request.GET
    return DirectoryChoice(
        text=chosen.get("q", "").strip()[:60].replace("\x00", ""),
        kinds=known(chosen.getlist("kind"), OrganisationKind.values),
        divisions=[code for code in chosen.getlist("division") if code.isdigit()],
        sections=known(chosen.getlist("section"), [code for code, _ in SECTIONS]),
        sizes=known(chosen.getlist("size"), OrganisationSize.values),
        states=known(chosen.getlist("state"), OrganisationState.values),
    )


def known(values: list[str], allowed: list[str]) -> list[str]:
    return [value for value in values if value in allowed]


def filter_bar(request: Request, counts: dict[str, dict[str, int]]) -> FilterBar:
    divisions = Division.objects.filter(pk__in=counts["division"]).order_by("pk")
    states = [(state.value, state.label) for state in OrganisationState if state in counts["state"]]
    choices: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("kind", "类别", list(OrganisationKind.choices)),
        ("division", "区划", [(row.pk, row.name) for row in divisions]),
        ("section", "行业门类", [pair for pair in SECTIONS if pair[0] in counts["section"]]),
        ("size", "规模", list(OrganisationSize.choices)),
        ("state", "核验状态", states),
    ]
    return FilterBar(
        request=request,
        placeholder="单位名称、拼音首字母或信用代码",
        facets=[
            facet(request=request, name=name, label=label, choices=given, counts=counts[name])
            for name, label, all_choices in choices
            if (given := offered(request, name, all_choices, counts[name]))
        ],
    )


def offered(
    request: Request, name: str, choices: list[tuple[str, str]], counts: dict[str, int]
) -> list[tuple[str, str]]:
    """The values that would leave a row, and those already chosen."""
    chosen = request.GET.getlist(name)
    return [pair for pair in choices if counts.get(pair[0]) or pair[0] in chosen]


@require_safe
@login_not_required
def directory(request: Request) -> HttpResponse:
    """The public list (单位名录)."""
    visible = organisations_visible_to(request.actor)
    choice = choice_of(request)
    table = directory_table(request, directory_rows(visible, choice=choice))
    if table.export_wanted:
        return table.export_response()  # type: ignore[return-value]
    counts = facet_counts(visible, choice=choice)
    context = {"table": table, "bar": filter_bar(request, counts)}
    template = "organisations/_directory.html" if request.htmx else "organisations/directory.html"
    return render(request, template, context)


@require_safe
@login_not_required
def detail(request: Request, organisation_id: int) -> HttpResponse:
    """One organisation, with what the modules above say about it (单位主页)."""
    actor = request.actor
    rows = organisations_visible_to(actor).select_related("division", "industry", "merged_into")
    organisation = get_object_or_404(rows, pk=organisation_id)
    context = {
        "organisation": organisation,
        "facts": public_facts(organisation),
        "names": name_entries(organisation),
        "heir": heir_of(organisation) if organisation.merged_into_id else None,
        "service": getattr(organisation, "service_profile", None),
        "panels": plugged_panels("organisation.detail", actor=actor, subject=organisation),
        "may_manage": may_manage(actor, organisation),
        "may_verify": may_verify(actor, organisation),
        "tone": tone_of(organisation.state),
        "may_join": may_join(actor, organisation),
    }
    return render(request, "organisations/detail.html", context)


def may_join(actor: Actor, organisation: Organisation) -> bool:
    return (
        actor.is_authenticated
        and not organisation.is_ended
        and actor.organisation_id != organisation.pk
    )


def public_facts(organisation: Organisation) -> list[Fact]:
    industry = organisation.industry
    rows = [
        ("类别", organisation.get_kind_display()),
        ("统一社会信用代码", organisation.uscc or "未登记"),
        ("所在区划", organisation.division.name),
        ("行业", f"{industry.code} {industry.name}" if industry else ""),
        ("规模", organisation.get_size_display()),
        ("重点产业链", organisation.industry_chain),
        ("地址", organisation.address),
        ("网址", organisation.website),
    ]
    return [Fact(name=name, value=value) for name, value in rows if value]


def name_entries(organisation: Organisation) -> list[Entry]:
    """The names borne, when there was more than one."""
    names = list(organisation.names.all())
    if len(names) < 2:
        return []
    return [
        Entry(
            at=row.starts_on,
            what=row.name,
            note="现名称" if row.ends_on is None else f"用至 {row.ends_on}",
            tone="ok" if row.ends_on is None else "open",
        )
        for row in names
    ]
