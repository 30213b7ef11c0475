"""Pages of groups behind login: list, one group, registering and changing it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.groups import (
    GroupKind,
    GroupLevel,
    GroupState,
    MemberState,
)
from silian.operations.alliances.commands.groups import change_group, register_group
from silian.operations.alliances.forms.groups import GroupForm
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import (
    groups_joined_by,
    groups_open_to,
    groups_visible_to,
    is_coordinator,
    is_official,
    may_lead,
    may_read_groups,
    may_register_group,
    may_steer,
    require_keeper,
)
from silian.operations.alliances.queries.group_scores import share_of_small
from silian.operations.alliances.queries.groups import (
    contributions_to_decide,
    council_of,
    groups_for_list,
    member_figures,
    members_of,
    memberships_to_answer,
    target_lines,
)
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.rosters import roster_changes
from silian.operations.alliances.views.steps import template_for, typed
from silian.registers.organisations.choices import Role

REGISTER = ("集团联盟", "alliances:group_list")
FACETS = {
    "kind": ("类别", GroupKind.choices),
    "level": ("层级", GroupLevel.choices),
    "state": ("状态", GroupState.choices),
}


def refuse_outsiders(request: Request) -> None:
    if not may_read_groups(request.actor):
        raise NotAllowed("集团联盟的登记和台账由单位经办人员和主管部门查看；公开名录人人可读。")


@require_safe
def group_list(request: Request) -> HttpResponseBase:
    """The groups of the region, or those that concern one's unit (集团联盟)."""
    refuse_outsiders(request)
    shown = groups_visible_to(request.actor)
    bar = group_bar(request)
    table = group_table(request, chosen_groups(request, shown, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "total": shown.count(),
        "registers": may_register_group(request.actor),
        "steers": is_coordinator(request.actor),
        "official": is_official(request.actor),
        "waiting": list(memberships_to_answer(request.actor)[:5]),
        "open_groups": list(groups_open_to(request.actor).select_related("lead")[:5]),
    }
    template = template_for(
        request, page="alliances/groups/list.html", fragment="alliances/groups/_table.html"
    )
    return render(request, template, context)


def group_bar(request: Request) -> FilterBar:
    facets = [
        facet(request=request, name=name, label=label, choices=choices)
        for name, (label, choices) in FACETS.items()
    ]
    more = [("designated", "有示范等认定"), ("entity", "实体化运作")]
    facets.append(facet(request=request, name="only", label="只看", choices=more))
    return FilterBar(request=request, placeholder="名称、牵头单位", facets=facets)


def chosen_groups(
    request: Request, rows: QuerySet[AllianceGroup], *, text: str
) -> QuerySet[AllianceGroup]:
    """What the filters leave."""
    for name in FACETS:
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    only = request.GET.getlist("only")
    if "entity" in only:
        rows = rows.filter(is_entity=True)
    if "designated" in only:
        rows = rows.filter(designations__ends_on__isnull=True, designations__isnull=False)
    if text := typed(text):
        rows = rows.filter(name__icontains=text) | rows.filter(lead__name__icontains=text)
    return rows.distinct() if only or text else rows


def group_table(request: Request, rows: QuerySet[AllianceGroup]) -> Table:
    return Table(
        request=request,
        name="alliance_groups",
        rows=groups_for_list(rows, on=timezone.localdate()),
        caption="集团联盟",
        columns=[
            Column("name", "名称", main=True, template="alliances/groups/_cell_name.html"),
            Column("get_kind_display", "类别", sort="kind"),
            Column("get_level_display", "层级", sort="level"),
            Column("lead__name", "牵头单位"),
            Column("member_count", "成员", unit="家", numeric=True, value=with_lead),
            Column("late_count", "逾期目标", unit="个", numeric=True),
            Column("division__name", "地区", optional=True),
            Column("started_on", "运行起", sort="started_on", optional=True),
            Column(
                "get_state_display", "状态", template="alliances/_cell_state.html", sort="state"
            ),
        ],
        order="-started_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的集团联盟", "why": "减少筛选条件，或登记一个。"},
    )


def with_lead(row: Any) -> int:
    """The confirmed members and the lead unit."""
    return int(row.member_count) + 1


def visible_group(request: Request, group_id: int) -> AllianceGroup:
    rows = groups_visible_to(request.actor)
    found = rows.select_related("division", "lead", "industry", "entity")
    return get_object_or_404(found, pk=group_id)


def joined_group(request: Request, group_id: int) -> AllianceGroup:
    """A group whose ledger the actor reads; 404 for others."""
    rows = groups_joined_by(request.actor).select_related("division", "lead", "industry")
    return get_object_or_404(rows, pk=group_id)


@require_safe
def group_detail(request: Request, group_id: int) -> HttpResponse:
    """One group: how it stands, who belongs, who sits in the council, what it wants to reach."""
    group, today, actor = visible_group(request, group_id), timezone.localdate(), request.actor
    joined = groups_joined_by(actor).filter(pk=group.pk).exists()
    members = members_of(group)
    context = {
        "group": group,
        "joined": joined,
        "members": members if joined else [],
        "own": [row for row in members if row.organisation_id == actor.organisation_id],
        "figures": member_figures(group, small=share_of_small(group, on=today)),
        "council": council_of(group, on=today) if joined else [],
        "lines": target_lines(group, today=today) if joined else [],
        "designations": list(group.designations.all()),
        "assessments": list(group.assessments.filter(is_current=True)) if joined else [],
        "files": list(files_of(group)) if joined else [],
        "waiting": contributions_to_decide(actor).filter(group=group).count(),
        "today": today,
        "changes": roster_changes(group) if joined else [],
        "entries": past_of(group) if joined else [],
        **powers(request, group),
    }
    return render(request, "alliances/groups/detail.html", context)


def powers(request: Request, group: AllianceGroup) -> dict[str, bool]:
    """What the reader may do with the group."""
    actor = request.actor
    leads, steers = may_lead(actor, group), may_steer(actor, group)
    active = group.members.filter(
        organisation_id=actor.organisation_id or 0, state=MemberState.ACTIVE
    )
    member = actor.has_role(Role.MANAGER, Role.AGENT) and active.exists()
    alive, running = group.state != GroupState.DISSOLVED, group.state == GroupState.RUNNING
    return {
        "leads": leads and alive,
        "steers": steers and alive,
        "keeps": (leads or steers) and alive,
        "contributes": (leads or member) and running,
        "running": running,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: Request) -> HttpResponse:
    """Register a group (登记集团联盟)."""
    actor = request.actor
    if not may_register_group(actor):
        raise NotAllowed("集团联盟由牵头部门统筹人员或牵头单位的经办人员登记。")
    own = not is_coordinator(actor)
    initial: dict[str, Any] = {"founded_on": timezone.localdate(), "division": actor.jurisdiction}
    if own:
        initial |= {"lead": actor.organisation_id}
    form = GroupForm(request.POST or None, fixed_lead=own, initial=initial)
    page = page_words("登记集团联盟", "登记", back="alliances:group_list", register=REGISTER)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: register_group(
            division=said["division"].pk, facts=form.facts(), actor=actor
        ),
        done="已登记为筹建。请邀请成员、上传章程，齐备后由牵头部门确认运行。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: Request, group_id: int) -> HttpResponse:
    """Change what is known of a group (修改)."""
    group, actor = visible_group(request, group_id), request.actor
    require_keeper(actor, group)
    form = GroupForm(
        request.POST or None,
        fixed_lead=group.state != GroupState.PREPARING,
        initial=GroupForm.initial_from(group),
    )
    form.fields["division"].disabled = True
    return answer_form(
        request,
        form=form,
        page=page_words(f"修改{group.name}", "保存", back=group, register=REGISTER),
        send=lambda said: change_group(group_id=group.pk, facts=form.facts(), actor=actor),
        done="已保存。",
        then=group,
    )
