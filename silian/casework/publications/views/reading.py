"""What is out: the list, one edition, its files and data, the feed, verification (公开发布)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.publications import queries
from silian.casework.publications.choices import PUBLIC_STATES
from silian.casework.publications.forms import VerifyForm
from silian.casework.publications.models import Edition, EditionFile
from silian.casework.publications.permissions import (
    editions_visible_to,
    may_decide,
    may_edit,
    may_use_desk,
)
from silian.casework.publications.registry import kind_of, kinds
from silian.casework.publications.rules import hash_in
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui import sockets
from silian.foundation.ui.components import Entry, Facet, Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table

KIND = Column("kind", "种类", value=lambda edition: kind_of(edition.kind).title, sort="kind")
COLUMNS = [
    Column("title", "标题", main=True, template="publications/_cell_title.html"),
    Column("label", "期次", value=lambda edition: edition.label, sort="year"),
    KIND,
    Column("division", "地区", value="division__name", sort="division__code"),
    Column("organisation", "编制单位", value="organisation__name"),
    Column("published_at", "发布时间", sort="published_at", template="publications/_cell_day.html"),
]


@login_not_required
@require_safe
def edition_list(request: Request) -> HttpResponseBase:
    """Everything that has been published, newest first (公开发布)."""
    rows = editions_visible_to(request.actor).filter(state__in=PUBLIC_STATES)
    bar = FilterBar(request=request, facets=facets_of(request, rows), placeholder="标题、单位")
    table = Table(
        request=request,
        name="editions",
        rows=chosen(request, queries.editions_for_list(rows), text=bar.text),
        columns=COLUMNS,
        caption="公开发布",
        order="-published_at",
        row_url=lambda edition: edition.get_absolute_url(),
    )
    if table.export_wanted:
        return table.export_response()
    template = "publications/_editions.html" if request.htmx else "publications/editions.html"
    context = {"table": table, "bar": bar, "has_desk": may_use_desk(request.actor)}
    return render(request, template, context)


def facets_of(request: Request, rows: QuerySet[Edition]) -> list[Facet]:
    used = rows.order_by().values_list("division_id", flat=True).distinct()
    places = Division.objects.filter(pk__in=used).order_by("code").values_list("pk", "name")
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    return [
        facet(
            request=request,
            name="kind",
            label="种类",
            choices=[(kind.code, kind.title) for kind in kinds()],
        ),
        facet(request=request, name="division", label="地区", choices=places),
        facet(
            request=request,
            name="year",
            label="年份",
            choices=[(str(year), f"{year}年") for year in years],
        ),
    ]


def chosen(request: Request, rows: QuerySet[Edition], *, text: str) -> QuerySet[Edition]:
    """The editions that the filters leave."""
    for name, column in (("kind", "kind"), ("division", "division_id"), ("state", "state")):
        if values := request.GET.getlist(name):
            rows = rows.filter(**{f"{column}__in": values})
    if years := [year for year in request.GET.getlist("year") if year.isdecimal()]:
        rows = rows.filter(year__in=[int(year) for year in years if len(year) == 4])
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(organisation__name__icontains=text))
    return rows


@login_not_required
@require_safe
def edition_detail(request: Request, edition_id: int) -> HttpResponseBase:
    """One edition: what it says, what changed, its files and checksums."""
    edition = readable_edition(request, edition_id)
    if edition is None:
        return redirect_to_login(request.get_full_path())
    return edition_page(request, edition)


def readable_edition(request: Request, edition_id: int) -> Edition | None:
    """The edition when the actor may see it; visitors are led through the login."""
    rows = editions_visible_to(request.actor).select_related(
        "division", "organisation", "author", "approved_by", "corrects"
    )
    if not request.actor.is_authenticated:
        return rows.filter(pk=edition_id).first()
    return get_object_or_404(rows, pk=edition_id)


def edition_page(
    request: Request, edition: Edition, *, refused: DomainError | None = None
) -> HttpResponse:
    before = queries.edition_before(edition)
    insider = may_edit(request.actor, edition) or may_decide(request.actor, edition)
    context = {
        "edition": edition,
        "kind": edition.declaration,
        "panel": sockets.Panel(template=edition.declaration.template, context={}),
        "tables": queries.tables_of(edition),
        "facts": facts_of(edition, insider=insider),
        "files": edition.files.all(),
        "before": before,
        "changes": queries.changes_of(edition, before=before),
        "corrections": edition.corrections.filter(state__in=PUBLIC_STATES),
        "edits": may_edit(request.actor, edition),
        "decides": may_decide(request.actor, edition),
        "insider": insider,
        "history": entries_of(edition) if insider else [],
        "refused": refused,
    }
    template = "publications/edition.html"
    return render(request, template, context, status=refused.status if refused else 200)


def facts_of(edition: Edition, *, insider: bool) -> list[Fact]:
    facts = [Fact(name="编制单位", value=edition.organisation.name, wide=True)]
    if (starts := edition.period_starts_on) and (last := edition.last_day):
        facts.append(Fact(name="反映期", value=f"{starts} 至 {last}", wide=True))
    if edition.approved_at:
        facts.append(Fact(name="批准", value=f"{timezone.localdate(edition.approved_at)}"))
    if insider:
        facts.append(Fact(name="编制人", value=edition.author.name if edition.author else "系统"))
        if edition.approved_by:
            facts.append(Fact(name="审批人", value=edition.approved_by.name))
    return facts


def entries_of(edition: Edition) -> list[Entry]:
    return [entry_of(act) for act in history_of(edition) if act.action.startswith("publications.")]


@login_not_required
@require_safe
def edition_file(request: Request, edition_id: int, file_id: int) -> HttpResponseBase:
    """A file of an edition, given out only when it matches its checksum (下载)."""
    edition = readable_edition(request, edition_id)
    if edition is None:
        return redirect_to_login(request.get_full_path())
    file = get_object_or_404(
        EditionFile.objects.select_related("stored"), pk=file_id, edition=edition
    )
    response = HttpResponse(queries.intact_content(file), content_type=file.stored.content_type)
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{file.sha256}"'
    return response


@login_not_required
@require_safe
def edition_data(request: Request, edition_id: int) -> HttpResponseBase:
    """The snapshot that an edition was made from, as data (数据快照)."""
    edition = readable_edition(request, edition_id)
    if edition is None:
        return redirect_to_login(request.get_full_path())
    facts: dict[str, Any] = {
        "kind": edition.kind,
        "title": edition.title,
        "label": edition.label,
        "division": edition.division_id,
        "published_at": edition.published_at,
        "sha256": edition.sha256,
        "snapshot": edition.snapshot,
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "indent": 1})


@login_not_required
@require_safe
def edition_feed(request: Request) -> HttpResponse:
    """The newest editions as Atom, narrowed like the list (订阅源)."""
    rows = chosen(request, queries.newest_out(actor=request.actor), text="")
    feed = Atom1Feed(
        title="公开发布",
        link=request.build_absolute_uri(reverse("publications:edition_list")),
        description="新发布的清单、目录、简报和报告",
        feed_url=request.build_absolute_uri(),
        language="zh-CN",
    )
    for edition in rows[: queries.FEED_LENGTH]:
        address = request.build_absolute_uri(edition.get_absolute_url())
        feed.add_item(
            title=f"{edition.title}（{edition.label}）",
            link=address,
            unique_id=address,
            description=edition.withdrawal_reason or edition.summary,
            pubdate=edition.published_at,
            updateddate=edition.withdrawn_at or edition.published_at,
            author_name=edition.organisation.name,
            categories=[edition.declaration.title],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("publications.verify", times=30, seconds=60, methods="POST")
def edition_verify(request: Request) -> HttpResponse:
    """Which edition a file or a checksum belongs to (核验)."""
    asked = request.method == "POST" or "hash" in request.GET
    given = request.POST if request.method == "POST" else request.GET
    form = VerifyForm(given, request.FILES) if asked else VerifyForm()
    context: dict[str, Any] = {"form": form, "matches": None}
    if asked and form.is_valid():
        sha256 = hash_of(form)
        context["sha256"] = sha256
        context["matches"] = queries.matches_of_hash(sha256, actor=request.actor)
    status = 422 if asked and form.errors else 200
    return render(request, "publications/verify.html", context, status=status)


def hash_of(form: VerifyForm) -> str:
    """The checksum of the file, read piece by piece, or the one that was pasted."""
    if upload := form.cleaned_data.get("file"):
        digest = hashlib.sha256()
        for piece in upload.chunks():
            digest.update(piece)
        return digest.hexdigest()
    return hash_in(form.cleaned_data["hash"]) or ""
