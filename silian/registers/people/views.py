"""Pages about people: an organisation's own people, and everybody's own data."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import words_typed
from silian.foundation.ui.tables import Column, Table
from silian.registers.people import commands, queries
from silian.registers.people.choices import (
    CONSENT_NOTICES,
    NOTICE_VERSION,
    AffiliationKind,
    ConsentPurpose,
)
from silian.registers.people.forms import (
    AnswerForm,
    DataRequestForm,
    EndForm,
    PersonForm,
    RevealForm,
)
from silian.registers.people.models import Affiliation, Person
from silian.registers.people.permissions import (
    STAFF_ROLES,
    is_self_or_guardian,
    may_answer,
    people_visible_to,
    requests_visible_to,
)

INVALID = 422


def require_staff(request: Request) -> None:
    actor = request.actor
    if not actor.has_role(*STAFF_ROLES) or actor.organisation_id is None:
        raise NotAllowed("本单位人员只由单位管理员和经办人管理。需要时请联系单位管理员授权。")


def person_list(request: Request) -> HttpResponseBase:
    """The people of one's own organisation (本单位人员)."""
    require_staff(request)
    rows = queries.people_of_organisation(
        actor=request.actor,
        on=timezone.localdate(),
        kind=request.GET.get("kind", ""),
        text=words_typed(request)[:40],
    )
    table = people_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "kinds": AffiliationKind.choices,
        "kind": request.GET.get("kind", ""),
        "text": request.GET.get("q", ""),
        "count": rows.count(),
    }
    template = "people/_people.html" if request.htmx else "people/people.html"
    return render(request, template, context)


def people_table(request: Request, rows: QuerySet[Affiliation]) -> Table:
    return Table(
        request=request,
        name="people",
        rows=rows,
        caption="本单位人员",
        columns=[
            Column("person", "姓名", template="people/_cell_person.html", main=True),
            Column("get_kind_display", "身份"),
            Column("number", "学号或工号", sort="number"),
            Column("unit", "班级或部门", sort="unit"),
            Column("id_number_mask", "证件号"),
            Column("starts_on", "开始日", sort="starts_on"),
        ],
        order="-starts_on",
        export=True,
    )


def person_new(request: Request) -> HttpResponse:
    """Enter somebody of one's own organisation (登记人员)."""
    require_staff(request)
    form = PersonForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            affiliation = commands.register_person(actor=request.actor, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("people:person_detail", person_id=affiliation.person_id)
    status = INVALID if form.errors else 200
    return render(request, "people/person_new.html", {"form": form}, status=status)


def facts_of(person: Person) -> list[Fact]:
    """What the register holds about a person, sensitive fields masked."""
    born = person.born_on.isoformat() if person.born_on else ""
    known = {
        "姓名": person.name,
        "证件号": person.id_number_mask,
        "出生日期": born,
        "手机号": person.phone_mask,
        "邮箱": person.email,
    }
    return [Fact(name=name, value=value or "未登记") for name, value in known.items()]


def visible_person(request: Request, person_id: int) -> Person:
    return get_object_or_404(people_visible_to(request.actor), pk=person_id)


def person_detail(request: Request, person_id: int) -> HttpResponse:
    """One person as staff see them, sensitive fields masked (人员详情)."""
    person = visible_person(request, person_id)
    context = {
        "person": person,
        "facts": facts_of(person),
        "affiliations": person.affiliations.select_related("organisation").order_by("-starts_on"),
        "reveals": person.reveals.select_related("organisation", "seen_by").order_by("-seen_at"),
        "form": RevealForm(),
        "is_own": is_self_or_guardian(request.actor, person),
    }
    return render(request, "people/person_detail.html", context)


@require_POST
def person_reveal(request: Request, person_id: int) -> HttpResponse:
    """Show the full identity number once, for a reason that is kept (查看完整证件号)."""
    person = visible_person(request, person_id)
    form = RevealForm(request.POST)
    number = ""
    if form.is_valid():
        try:
            number = commands.reveal_id_number(
                person=person,
                actor=request.actor,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
    context = {"person": person, "number": number, "form": form}
    response = render(
        request, "people/person_reveal.html", context, status=INVALID if form.errors else 200
    )
    response["Cache-Control"] = "no-store"
    return response


def affiliation_end(request: Request, affiliation_id: int) -> HttpResponse:
    """End somebody's belonging to one's organisation (结束人员身份)."""
    require_staff(request)
    rows = Affiliation.objects.filter(organisation=request.actor.organisation_id)
    affiliation = get_object_or_404(rows, pk=affiliation_id, ends_on__isnull=True)
    form = EndForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_affiliation(
                affiliation_id=affiliation.pk, actor=request.actor, on=form.cleaned_data["ends_on"]
            )
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("people:person_list")
    status = INVALID if form.errors else 200
    context = {"form": form, "affiliation": affiliation}
    return render(request, "people/affiliation_end.html", context, status=status)


def my_data(request: Request) -> HttpResponse:
    """One's own data: what is held, who saw it, what was consented to (我的个人信息)."""
    person = queries.person_of(request.actor)
    if person is None:
        return render(request, "people/my_data_none.html")
    given = {item.purpose: item for item in queries.consents_in_force(person=person)}
    consents = [
        {"purpose": purpose, "notice": notice, "kinds": kinds, "consent": given.get(purpose)}
        for purpose, (notice, kinds) in (
            (ConsentPurpose(code), value) for code, value in CONSENT_NOTICES.items()
        )
    ]
    context = {
        "person": person,
        "facts": facts_of(person),
        "consents": consents,
        "affiliations": person.affiliations.select_related("organisation").order_by("-starts_on"),
        "reveals": person.reveals.select_related("organisation").order_by("-seen_at"),
        "requests": person.requests.select_related("handler").order_by("-asked_at"),
    }
    return render(request, "people/my_data.html", context)


def own_person(request: Request) -> Person:
    return get_object_or_404(Person, user_id=request.actor.user_id, erased_at__isnull=True)


@require_POST
def my_copy(request: Request) -> HttpResponse:
    """A complete copy of one's own data, to take away (个人信息副本)."""
    person = own_person(request)
    commands.record_copy(person=person, actor=request.actor)
    text = json.dumps(queries.personal_data(person=person), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def consent_give(request: Request) -> HttpResponse:
    """Consent to one purpose (同意)."""
    purpose = request.POST.get("purpose", "")
    if purpose not in ConsentPurpose.values:
        raise DomainError("没有这个同意事项，请从“我的个人信息”页面选择。")
    commands.give_consent(
        person=own_person(request),
        actor=request.actor,
        purpose=ConsentPurpose(purpose),
        data_kinds=list(CONSENT_NOTICES[purpose][1]),
        notice_version=NOTICE_VERSION,
        now=timezone.now(),
    )
    return redirect("people:my_data")


@require_POST
def consent_withdraw(request: Request, consent_id: int) -> HttpResponse:
    """Withdraw one consent (撤回同意)."""
    consent = get_object_or_404(own_person(request).consents, pk=consent_id)
    commands.withdraw_consent(consent_id=consent.pk, actor=request.actor, now=timezone.now())
    return redirect("people:my_data")


def request_new(request: Request) -> HttpResponse:
    """Ask for correction or deletion (提出个人信息请求)."""
    person = own_person(request)
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.request_data_change(
                person=person, actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("people:my_data")
    status = INVALID if form.errors else 200
    return render(request, "people/request_new.html", {"form": form}, status=status)


def request_list(request: Request) -> HttpResponse:
    """Requests that one's organisation has to answer (待答复的个人信息请求)."""
    waiting = list(queries.requests_waiting_for(request.actor))
    return render(request, "people/requests.html", {"waiting": waiting})


def request_answer(request: Request, request_id: int) -> HttpResponse:
    """Answer one request (答复个人信息请求)."""
    asked = get_object_or_404(
        requests_visible_to(request.actor).select_related("person"), pk=request_id
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.close_data_request(
                request_id=asked.pk,
                actor=request.actor,
                granted=form.cleaned_data["granted"] == "yes",
                answer=form.cleaned_data["answer"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("people:request_list")
    context = {"asked": asked, "form": form, "may_answer": may_answer(request.actor, asked)}
    status = INVALID if form.errors else 200
    return render(request, "people/request_answer.html", context, status=status)


@login_not_required
def privacy(request: Request) -> HttpResponse:
    """What is processed, why, how long, and one's rights (隐私与同意)."""
    notices = [
        {"label": ConsentPurpose(code).label, "notice": notice, "kinds": kinds}
        for code, (notice, kinds) in CONSENT_NOTICES.items()
    ]
    context = {"notices": notices, "version": NOTICE_VERSION}
    return render(request, "people/privacy.html", context)
