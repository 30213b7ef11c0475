"""Pages of a school's governance: the overview of a region, one school, what it fills in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.governance import AUTONOMY, COMMITTEES, REFORMS, Organ
from silian.operations.alliances.commands.governance import (
    add_charter,
    end_seat,
    note_meeting,
    seat_member,
    tell_item,
    tell_office,
)
from silian.operations.alliances.forms.governance import (
    CharterForm,
    ItemForm,
    OfficeForm,
    SchoolMeetingForm,
    SeatingForm,
)
from silian.operations.alliances.models.governance import GovernanceRecord
from silian.operations.alliances.permissions.governance import (
    may_fill_in,
    require_school,
    schools_visible_to,
)
from silian.operations.alliances.permissions.keeping import oversees, writes_for_school
from silian.operations.alliances.queries.governance import SchoolGovernance, governance_of
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.ownership import files_by_row
from silian.operations.alliances.views.steps import template_for, typed
from silian.registers.organisations.models import Organisation

FOLDER = "alliances/governance"
REGISTER = ("学校治理", "alliances:governance_list")
SHOWN = 20


@require_safe
def governance_list(request: Request) -> HttpResponseBase:
    """How the schools of a region are governed; a school is led to its own record."""
    actor = request.actor
    if writes_for_school(actor):
        return redirect("alliances:governance_detail", school_id=actor.organisation_id)
    if not oversees(actor):
        raise NotAllowed("学校治理总览由本地区主管部门查看，学校填报本校档案。")
    bar = FilterBar(request=request, placeholder="学校名称")
    rows = schools_visible_to(actor).order_by("division__code", "name", "pk")
    listed = rows.filter(name__icontains=typed(bar.text)) if bar.text else rows
    table = overview_table(request, listed)
    if table.export_wanted:
        return table.export_response()
    found = list(table.rows)
    context = {
        "table": table,
        "bar": bar,
        "schools": len(found),
        "charters": sum(row.charter.met is True for row in found),
        "councils": sum(row.council.total > 0 for row in found),
        "offices": sum(row.office.met is True for row in found),
    }
    fragment = f"{FOLDER}/_overview.html"
    page = template_for(request, page=f"{FOLDER}/overview.html", fragment=fragment)
    return render(request, page, context)


def overview_table(request: Request, schools: QuerySet[Organisation]) -> Table:
    """The schools of a region fit one page: a city has tens, not thousands."""
    return Table(
        request=request,
        name="school_governance",
        rows=governance_of(schools, on=timezone.localdate()),
        caption="学校治理总览",
        columns=[
            Column("school", "学校", lambda row: row.school.display_name, main=True),
            Column("division", "地区", lambda row: row.school.division.name),
            Column("charter", "章程", lambda row: row.charter.words),
            Column("council", "理（董）事会", lambda row: row.council_check.words),
            Column(
                "committees", "委员会", lambda row: f"{row.committees_done} / {len(COMMITTEES)}"
            ),
            Column("office", "产教融合专门机构", lambda row: row.office.words),
            Column("autonomy", "自主权", lambda row: f"{row.autonomy_done} / {len(AUTONOMY)}"),
            Column("reforms", "配套改革", lambda row: f"{row.reforms_done} / {len(REFORMS)}"),
            Column("done", "清单", lambda row: f"{row.done} / {row.total}"),
        ],
        row_url=lambda row: address_of(row.school.pk),
        empty={"missing": "本地区还没有学校", "why": "学校核验后列在这里。"},
    )


def address_of(school_id: int) -> str:
    return GovernanceRecord(school_id=school_id).get_absolute_url()


def visible_school(request: Request, school_id: int) -> Organisation:
    rows = schools_visible_to(request.actor).select_related("division")
    return get_object_or_404(rows, pk=school_id)


@require_safe
def governance_detail(request: Request, school_id: int) -> HttpResponse:
    """One school: the checklist, charter, council, committees, meetings, matters."""
    school, today = visible_school(request, school_id), timezone.localdate()
    (found,) = governance_of(Organisation.objects.filter(pk=school.pk), on=today)
    context = {
        "school": school,
        "found": found,
        "fills": may_fill_in(request.actor, school_id=school.pk),
        **parts_of(found),
    }
    return render(request, f"{FOLDER}/school.html", context)


def parts_of(found: SchoolGovernance) -> dict[str, Any]:
    """The rows of the record with their files."""
    record = found.record
    if record is None:
        return {"organs": []}
    charters, items = list(record.charters.all()), list(record.items.all())
    meetings = list(record.meetings.all()[:SHOWN])
    kept = files_by_row(charters), files_by_row(meetings), files_by_row(items)
    sitting = list(record.sitting)  # type: ignore[attr-defined]
    return {
        "charters": [(row, kept[0].get(row.pk, [])) for row in charters],
        "meetings": [(row, kept[1].get(row.pk, [])) for row in meetings],
        "items": [(row, kept[2].get(row.pk, [])) for row in items],
        "organs": [
            (organ, seats)
            for organ in Organ
            if (seats := [seat for seat in sitting if seat.organ == organ])
        ],
        "entries": past_of(record),
    }


def words(school: Organisation, title: str) -> Any:
    back = address_of(school.pk)
    return page_words(title, "保存", back=back, register=REGISTER, lead=school.display_name)


def own_school(request: Request, school_id: int) -> Organisation:
    """The school, when the actor may fill in its record."""
    school = visible_school(request, school_id)
    require_school(request.actor, school_id=school.pk)
    return school


@require_http_methods(["GET", "HEAD", "POST"])
def office_edit(request: Request, school_id: int) -> HttpResponse:
    """Tell of the dedicated office (填报专门机构)."""
    school = own_school(request, school_id)
    record = GovernanceRecord.objects.filter(school=school).first()
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_from(record))
    return answer_form(
        request,
        form=form,
        page=words(school, "产教融合专门机构"),
        send=lambda said: tell_office(school_id=school.pk, facts=form.facts(), actor=request.actor),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def charter_new(request: Request, school_id: int) -> HttpResponse:
    """Keep a version of the charter (登记章程版本)."""
    school = own_school(request, school_id)
    form = CharterForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=words(school, "登记章程版本"),
        send=lambda said: add_charter(
            school_id=school.pk, facts=form.facts(), text=said["text"], actor=request.actor
        ),
        done="已登记，原版本保留。",
        then=address_of(school.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: Request, school_id: int) -> HttpResponse:
    """Give somebody a seat (登记席位)."""
    school = own_school(request, school_id)
    start = {"organ": request.GET.get("organ"), "starts_on": timezone.localdate()}
    form = SeatingForm(request.POST or None, initial=start)
    return answer_form(
        request,
        form=form,
        page=words(school, "登记席位"),
        send=lambda said: seat_member(school_id=school.pk, facts=form.facts(), actor=request.actor),
        done="已登记席位。",
        then=address_of(school.pk),
    )


@require_POST
def seat_end(request: Request, school_id: int, seat_id: int) -> HttpResponse:
    """Record that a member left (登记离任)."""
    school = visible_school(request, school_id)
    record = get_object_or_404(GovernanceRecord, school=school)
    get_object_or_404(record.seats, pk=seat_id)
    return done_or_said(
        request,
        lambda: end_seat(
            school_id=school.pk,
            seat_id=seat_id,
            left_on=timezone.localdate(),
            actor=request.actor,
        ),
        done="已登记离任，任职记录保留。",
        then=address_of(school.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def school_meeting_new(request: Request, school_id: int) -> HttpResponse:
    """Keep a meeting (登记会议)."""
    school, today = own_school(request, school_id), timezone.localdate()
    form = SchoolMeetingForm(*given(request), initial={"held_on": today})
    return answer_form(
        request,
        form=form,
        page=words(school, "登记会议"),
        send=lambda said: note_meeting(
            school_id=school.pk,
            facts=form.facts(),
            minutes=said["minutes"],
            actor=request.actor,
            today=today,
        ),
        done="已登记会议。",
        then=address_of(school.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: Request, school_id: int) -> HttpResponse:
    """Tell how far a matter has come (填报治理事项)."""
    school = own_school(request, school_id)
    matter = request.GET.get("matter", "")[:20]
    record = GovernanceRecord.objects.filter(school=school).first()
    known = record.items.filter(matter=matter).first() if record else None
    start = ItemForm.initial_from(known) if known else {"matter": matter}
    form = ItemForm(*given(request), initial=start)
    return answer_form(
        request,
        form=form,
        page=words(school, "填报治理事项"),
        send=lambda said: tell_item(
            school_id=school.pk, actor=request.actor, today=timezone.localdate(), **said
        ),
        done="已保存。",
        then=address_of(school.pk),
    )
