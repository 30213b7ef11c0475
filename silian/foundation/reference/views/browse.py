"""The catalogues as public pages: all of them, one of them, one entry."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.reference.choices import LEVEL_NAMES, Catalogue
from silian.foundation.reference.exports import catalogue_lines
from silian.foundation.reference.models import Change
from silian.foundation.reference.queries import browsing
from silian.foundation.reference.queries.entries import (
    MODELS,
    ancestors,
    changes_of,
    search_entries,
    usable_entries,
)
from silian.foundation.reference.queries.links import named_links, sector_of
from silian.foundation.ui.components import Entry as Step
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar

SHOWN_RESULTS = 50


def known_catalogue(value: str) -> Catalogue:
    if value not in Catalogue.values:
        raise Http404
    return Catalogue(value)


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """All catalogues with their editions and counts (分类目录)."""
    return render(request, "reference/index.html", {"overviews": browsing.overviews()})


@require_safe
@login_not_required
def catalogue(request: Request, catalogue: str) -> HttpResponse:
    """One catalogue: its broadest entries, or what a search finds."""
    kind = known_catalogue(catalogue)
    bar = FilterBar(request=request, placeholder="名称、拼音首字母、别名或代码")
    context: dict[str, Any] = {"catalogue": kind, "bar": bar, "version": None}
    if bar.text:
        found = search_entries(catalogue=kind, text=bar.text[:60], limit=SHOWN_RESULTS)
        context["branches"] = browsing.found_branches(catalogue=kind, entries=found)
    else:
        context["branches"] = browsing.branches(catalogue=kind)
    if request.htmx:
        return render(request, "reference/_results.html", context)
    context["version"] = browsing.current_version(catalogue=kind)
    context["levels"] = browsing.level_counts(usable_entries(catalogue=kind), catalogue=kind)
    return render(request, "reference/catalogue.html", context)


@require_safe
@login_not_required
def entry(request: HttpRequest, catalogue: str, key: str) -> HttpResponse:
    """One entry: what is above and below it, what happened to it, what it leads to."""
    kind = known_catalogue(catalogue)
    entry = get_object_or_404(MODELS[kind], pk=key.replace("\x00", ""))
    changes = changes_of(catalogue=kind, key=key)
    context: dict[str, Any] = {
        "catalogue": kind,
        "entry": entry,
        "level_name": LEVEL_NAMES[kind][entry.level - 1],
        "in_force": entry.is_in_force(on=timezone.localdate()),
        "ancestors": ancestors(catalogue=kind, entry=entry),
        "branches": browsing.branches(catalogue=kind, parent=entry),
        "siblings": [],
        "ended": browsing.ended_children(catalogue=kind, parent=entry),
        "links": named_links(catalogue=kind, key=key),
        "facts": facts_of(entry, catalogue=kind),
        "history": [history_step(change) for change in changes],
    }
    if not context["branches"] and entry.parent_id and entry.valid_to is None:
        siblings = browsing.branches(catalogue=kind, parent=context["ancestors"][-1])
        context["siblings"] = [branch for branch in siblings if branch.entry.pk != entry.pk]
    return render(request, "reference/entry.html", context)


def facts_of(entry: Any, *, catalogue: Catalogue) -> list[Fact]:
    """What is known of an entry, short to long."""
    names = LEVEL_NAMES[catalogue]
    span = names[entry.level - 1 : max(entry.level, entry.bottom_level)]
    facts = [
        Fact(name="代码", value=getattr(entry, "printed_code", entry.code)),
        Fact(name="层级", value="、".join(span)),
        Fact(name="启用日", value=f"{entry.valid_from or '首版目录之前'}"),
    ]
    if entry.valid_to:
        facts.append(Fact(name="停用日", value=f"{entry.valid_to}"))
    if entry.short_name and entry.short_name != entry.name:
        facts.append(Fact(name="简称", value=entry.short_name))
    if entry.aliases:
        facts.append(Fact(name="别名", value="、".join(entry.aliases)))
    return facts + own_facts(entry, catalogue=catalogue)


def own_facts(entry: Any, *, catalogue: Catalogue) -> list[Fact]:
    if catalogue == Catalogue.DIVISION:
        return [Fact(name="性质", value=entry.get_kind_display())]
    if catalogue == Catalogue.INDUSTRY:
        sector = sector_of(entry.code)
        label = sector.label if sector else "按大类划分"
        return [Fact(name="三次产业", value=str(label), source="三次产业划分规定（2018）")]
    if catalogue == Catalogue.OCCUPATION:
        marks = [("数字职业", entry.is_digital), ("绿色职业", entry.is_green)]
        held = "、".join(word for word, holds in marks if holds)
        return [Fact(name="标识", value=held)] if held else []
    controlled = "是" if entry.is_state_controlled else "否"
    return [
        Fact(name="层次", value=entry.get_education_level_display()),
        Fact(name="国家控制布点", value=controlled),
        Fact(name="目录版本", value=str(entry.version)),
    ]


def history_step(change: Change) -> Step:
    what = change.get_kind_display()
    if change.former_name:
        what = f"{what}：{change.former_name} → {change.name}"
    tone = {"added": "ok", "renamed": "info", "ended": "unset"}[change.kind]
    return Step(at=change.happened_on, what=what, note=change.basis, tone=tone)  # type: ignore[arg-type]


@require_safe
@login_not_required
def download(request: HttpRequest, catalogue: str) -> StreamingHttpResponse:
    """A catalogue's current entries as CSV (下载目录)."""
    kind = known_catalogue(catalogue)
    lines = catalogue_lines(catalogue=kind)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind.value}.csv"'
    return response
