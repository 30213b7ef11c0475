"""“后台任务”: long jobs found again after leaving the page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from silian.foundation.kernel import jobs
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.paging import page_of
from silian.foundation.kernel.permissions import jobs_visible_to, may_run_platform
from silian.foundation.kernel.requests import Request

STATUS_OF_POLLING_ENDED = 286  # htmx stops polling


@require_GET
def job_list(request: Request) -> HttpResponse:
    """The actor's own jobs; an administrator may ask for everybody's with ``?all=1``."""
    visible = jobs_visible_to(request.actor)
    everybody = may_run_platform(request.actor) and "all" in request.GET
    if not everybody:
        visible = visible.filter(actor_id=request.actor.user_id)
    page = page_of(visible.order_by("-pk"), request=request)
    context = {
        "page": page,
        "everybody": everybody,
        "may_see_all": may_run_platform(request.actor),
        "is_moving": any(not job.has_ended for job in page.rows),
    }
    template = "kernel/_job_list.html" if request.htmx else "kernel/job_list.html"
    return render(request, template, context)


@require_GET
def job_detail(request: Request, job_id: int) -> HttpResponse:
    job = get_object_or_404(jobs_visible_to(request.actor).select_related("result_file"), pk=job_id)
    context = {"job": job, "is_own": job.actor_id == request.actor.user_id}
    if not request.htmx:
        return render(request, "kernel/job_detail.html", context)
    status = STATUS_OF_POLLING_ENDED if job.has_ended else 200
    return render(request, "kernel/_job.html", context, status=status)


@require_POST
def job_cancel(request: Request, job_id: int) -> HttpResponse:
    job: Job = get_object_or_404(jobs_visible_to(request.actor), pk=job_id)
    try:
        jobs.cancel_job(job_id=job.pk, actor=request.actor)
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, "已请求取消，已完成的部分按该任务的规则处理。")
    return redirect("kernel:job_detail", job_id=job.pk)
