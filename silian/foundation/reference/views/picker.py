"""The address behind the pickers: a few entries for what somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.reference.choices import EducationLevel
from silian.foundation.reference.queries.entries import full_names, search_entries
from silian.foundation.reference.views.browse import known_catalogue

MOST_OFFERED = 20
LONGEST_TEXT = 60


@require_safe
@login_not_required
def picker(request: Request, catalogue: str) -> HttpResponse:
    """Entries for ``q``, within a subtree, at a level, as JSON or as options (查找条目)."""
    kind = known_catalogue(catalogue)
    entries = search_entries(
        catalogue=kind,
        text=request.GET.get("q", "")[:LONGEST_TEXT].replace("\x00", ""),
        limit=MOST_OFFERED,
        **narrowing(request),
    )
    names = full_names(catalogue=kind, entries=entries)
    results = [
        {"value": entry.key, "text": entry.label, "note": note(entry, names[entry.key])}
        for entry in entries
    ]
    if request.htmx:
        return render(request, "reference/_picker_options.html", {"results": results})
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})


def narrowing(request: HttpRequest) -> dict[str, Any]:
    """What the field asked for besides the text; nonsense is ignored."""
    level = request.GET.get("level", "")
    schooling = request.GET.get("education_level", "")
    is_major = "/major/" in request.path and schooling in EducationLevel.values
    return {
        "within": request.GET.get("within", "")[:20].replace("\x00", ""),
        "level": int(level) if level in ("1", "2", "3", "4") else None,
        "education_level": schooling if is_major else "",
    }


def note(entry: Any, full_name: str) -> str:
    """The code and where the entry belongs."""
    code = getattr(entry, "printed_code", entry.code)
    above = full_name.rpartition(" · ")[0]
    return f"{code} · {above}" if above else code
