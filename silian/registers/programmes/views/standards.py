"""Standards: library, one, versions, review; joint works (标准库)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.choices import StandardKind
from silian.registers.programmes.commands import standards as commands
from silian.registers.programmes.forms.programmes import StepForm
from silian.registers.programmes.forms.standards import (
    JointWorkForm,
    ReviewForm,
    StandardForm,
    VersionForm,
)
from silian.registers.programmes.models.standards import Standard, StandardVersion
from silian.registers.programmes.permissions.programmes import programmes_watched_by
from silian.registers.programmes.permissions.standards import (
    may_keep,
    may_review,
    may_write_standards,
    require_keeper,
    require_standard_reviewer,
    require_standard_writer,
    standards_visible_to,
    versions_visible_to,
)
from silian.registers.programmes.queries.standards import (
    programmes_without_standard,
    standard_rows,
)
from silian.registers.programmes.views.pages import (
    Crumbs,
    own_programme,
    programme_crumbs,
    template,
)
from silian.registers.programmes.views.tables import standard_table

SHOWN = 20


@require_safe
def standard_list(request: Request) -> HttpResponseBase:
    """The library, and whose plans cite nothing current (标准库)."""
    rows = standards_visible_to(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="名称、编号",
        facets=[facet(request=request, name="kind", label="类别", choices=StandardKind.choices)],
    )
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if text := bar.text:
        rows = rows.filter(title__icontains=text) | rows.filter(number__icontains=text)
    table = standard_table(request, standard_rows(rows))
    if table.export_wanted:
        return table.export_response()
    lacking = programmes_without_standard(
        programmes_watched_by(request.actor), on=timezone.localdate()
    )
    context = {
        "table": table,
        "bar": bar,
        "writes": may_write_standards(request.actor),
        "lacking": lacking.select_related("school").order_by("school__name", "name")[:SHOWN],
        "lacking_count": lacking.count(),
    }
    return render(request, template(request, "standards"), context)


def crumbs(standard: Standard | None = None) -> Crumbs:
    first = ("标准库", reverse("programmes:standard_list"))
    return (first, (standard.title, standard.get_absolute_url())) if standard else (first,)


def visible_standard(request: Request, standard_id: int) -> Standard:
    rows = standards_visible_to(request.actor).select_related(
        "keeper", "division", "major", "occupation"
    )
    return get_object_or_404(rows, pk=standard_id)


def visible_version(request: Request, version_id: int) -> StandardVersion:
    rows = versions_visible_to(request.actor).select_related("standard__keeper")
    return get_object_or_404(rows, pk=version_id)


@require_safe
def standard_detail(request: Request, standard_id: int) -> HttpResponse:
    """One standard with its versions, authors and the plans that cite it (标准)."""
    standard = visible_standard(request, standard_id)
    versions = versions_visible_to(request.actor).filter(standard=standard)
    context = {
        "standard": standard,
        "versions": versions.prefetch_related(
            "authors__organisation", "plans__programme__school"
        ).select_related("reviewed_by"),
        "keeps": may_keep(request.actor, standard),
        "reviews": may_review(request.actor, standard),
    }
    return render(request, "programmes/standard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def standard_new(request: Request) -> HttpResponse:
    """Enter a standard (登记标准)."""
    require_standard_writer(request.actor)
    form = StandardForm(*given(request))
    back = reverse("programmes:standard_list")
    return answer_form(
        request,
        form=form,
        page=FormPage(title="登记标准", button="登记", back=back, crumbs=crumbs()),
        done="已登记。请新增版本并送审。",
        send=lambda data: commands.register_standard(actor=request.actor, facts=form.facts()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def version_new(request: Request, standard_id: int) -> HttpResponse:
    """Begin a version (新增版本)."""
    standard = visible_standard(request, standard_id)
    require_keeper(request.actor, standard)
    form = VersionForm(*given(request))
    page = FormPage(
        title="新增版本",
        button="保存",
        back=standard.get_absolute_url(),
        crumbs=crumbs(standard),
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已保存草稿。",
        then=standard.get_absolute_url(),
        send=lambda data: commands.draft_version(
            standard_id=standard.pk,
            actor=request.actor,
            edition=data["edition"],
            summary=data["summary"],
            changes=data["changes"],
            author_ids=form.author_ids(),
        ),
    )


@require_POST
def version_submit(request: Request, version_id: int) -> HttpResponse:
    """Send to review (送审)."""
    version = visible_version(request, version_id)
    require_keeper(request.actor, version.standard)
    commands.submit_version(version_id=version.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已送审。")
    return redirect(version.standard)


@require_http_methods(["GET", "HEAD", "POST"])
def version_review(request: Request, version_id: int) -> HttpResponse:
    """Pass or send back (评审)."""
    version = visible_version(request, version_id)
    require_standard_reviewer(request.actor, version.standard)
    page = FormPage(
        title=f"评审：{version}",
        button="提交结论",
        back=version.standard.get_absolute_url(),
        crumbs=crumbs(version.standard),
        lead="通过后从实施日起成为现行版本，上一版同日停止实施。",
    )
    return answer_form(
        request,
        form=ReviewForm(*given(request), initial={"on": timezone.localdate()}),
        page=page,
        done="评审结论已提交。",
        then=version.standard.get_absolute_url(),
        send=lambda data: decide(request, version, **data),
    )


def decide(
    request: Request, version: StandardVersion, *, passes: bool, on: object, opinion: str
) -> None:
    """One of the two commands of a review."""
    given_to = {"version_id": version.pk, "actor": request.actor, "now": timezone.now()}
    if passes:
        commands.put_version_in_force(on=on, opinion=opinion, **given_to)  # type: ignore[arg-type]
    else:
        commands.send_version_back(opinion=opinion, **given_to)  # type: ignore[arg-type]


@require_http_methods(["GET", "HEAD", "POST"])
def version_withdraw(request: Request, version_id: int) -> HttpResponse:
    """End a version without a successor (废止)."""
    version = visible_version(request, version_id)
    require_standard_reviewer(request.actor, version.standard)
    page = FormPage(
        title=f"废止：{version}",
        button="废止",
        back=version.standard.get_absolute_url(),
        crumbs=crumbs(version.standard),
    )
    return answer_form(
        request,
        form=StepForm(*given(request), initial={"on": timezone.localdate()}),
        page=page,
        done="已废止。",
        then=version.standard.get_absolute_url(),
        send=lambda data: commands.withdraw_version(
            version_id=version.pk, actor=request.actor, **data
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def joint_work_new(request: Request, programme_id: int) -> HttpResponse:
    """Enter a textbook, course or syllabus made together (登记共建成果)."""
    programme = own_programme(request, programme_id)
    form = JointWorkForm(*given(request), on=timezone.localdate())
    page = FormPage(
        title="登记共建成果",
        button="登记",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已登记。",
        then=programme.get_absolute_url(),
        send=lambda data: commands.add_joint_work(
            programme_id=programme.pk, actor=request.actor, facts=form.facts()
        ),
    )
