"""The address behind organisation pickers of this module."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.registers.organisations.models import Organisation

MOST_OFFERED = 20
LONGEST = 60


@require_safe
def pick(request: Request, kind: str) -> JsonResponse:
    """Verified organisations of a kind for ``q`` (查找单位)."""
    text = request.GET.get("q", "")[:LONGEST].replace("\x00", "").strip()
    rows = Organisation.objects.filter(kind=kind, state="verified").select_related("division")
    if text:
        rows = rows.filter(name__icontains=text) | rows.filter(name_pinyin__istartswith=text)
    results = [
        {"value": str(row.pk), "text": row.name, "note": row.division.name}
        for row in rows.order_by("name")[:MOST_OFFERED]
    ]
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})
