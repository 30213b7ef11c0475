"""The audit trail, for the audit administrator only."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from silian.foundation.kernel.audit_exports import start_audit_export
from silian.foundation.kernel.audit_labels import action_label
from silian.foundation.kernel.audit_trail import audit_page, object_types
from silian.foundation.kernel.forms import AuditFilterForm
from silian.foundation.kernel.paging import PAGE_SIZE, as_page, key_in
from silian.foundation.kernel.permissions import require_audit
from silian.foundation.kernel.requests import Request


@require_GET
def audit_list(request: Request) -> HttpResponse:
    require_audit(request.actor)
    form = AuditFilterForm(request.GET)
    chosen = AuditFilterForm.filter_from(request.GET)
    found = audit_page(
        actor=request.actor, chosen=chosen, limit=PAGE_SIZE + 1, before=key_in(request)
    )
    page = as_page(found, request=request)
    types = object_types()
    context = {
        "form": form,
        "page": page,
        "lines": [
            (entry, action_label(entry.action), types.get(entry.object_type, entry.object_type))
            for entry in page.rows
        ],
        "chosen": chosen.as_arguments(),
        "object_types": sorted(types.items()),
    }
    template = "kernel/_audit_entries.html" if request.htmx else "kernel/audit_list.html"
    return render(request, template, context)


@require_POST
def audit_export(request: Request) -> HttpResponse:
    chosen = AuditFilterForm.filter_from(request.POST)
    job = start_audit_export(chosen=chosen, actor=request.actor)
    messages.success(request, "已开始导出，完成后在“后台任务”下载。")
    return redirect("kernel:job_detail", job_id=job.pk)
