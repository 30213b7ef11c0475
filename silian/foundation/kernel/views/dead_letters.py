"""Failed jobs of the queue, for the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from silian.foundation.kernel import dead_letters, health
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import HandlerFailure
from silian.foundation.kernel.paging import PAGE_SIZE, as_page, key_in
from silian.foundation.kernel.permissions import require_platform
from silian.foundation.kernel.requests import Request


@require_GET
def dead_letter_list(request: Request) -> HttpResponse:
    require_platform(request.actor)
    letters = dead_letters.dead_letters(limit=PAGE_SIZE + 1, before=key_in(request))
    now = timezone.now()
    context = {
        "page": as_page(letters, request=request, key="id"),
        "count": dead_letters.count_of_dead_letters(),
        "queue": health.queue_finding(now=now),
        "worker_is_alive": health.worker_is_alive(now=now),
    }
    template = "kernel/_dead_letters.html" if request.htmx else "kernel/dead_letter_list.html"
    return render(request, template, context)


@require_GET
def dead_letter_detail(request: Request, queue_job_id: int) -> HttpResponse:
    require_platform(request.actor)
    letter = dead_letters.dead_letter_of(queue_job_id=queue_job_id)
    if letter is None:
        raise Http404("这条任务不在失败列表中。")
    failures = HandlerFailure.objects.filter(queue_job_id=queue_job_id).order_by("-pk")[:20]
    context = {"letter": letter, "failures": failures}
    return render(request, "kernel/dead_letter_detail.html", context)


@require_POST
def dead_letter_retry(request: Request, queue_job_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        dead_letters.retry_dead_letter(
            queue_job_id=queue_job_id, actor=request.actor, reason=reason
        )
    except DomainError as refusal:
        return refused(request, refusal, queue_job_id=queue_job_id)
    messages.success(request, f"第 {queue_job_id} 号任务已放回队列，稍后再执行一次。")
    return redirect("kernel:dead_letter_list")


@require_POST
def dead_letter_discard(request: Request, queue_job_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        dead_letters.discard_dead_letter(
            queue_job_id=queue_job_id, actor=request.actor, reason=reason
        )
    except DomainError as refusal:
        return refused(request, refusal, queue_job_id=queue_job_id)
    messages.success(request, f"第 {queue_job_id} 号任务已放弃，内容和理由已写入审计记录。")
    return redirect("kernel:dead_letter_list")


def refused(request: Request, refusal: DomainError, *, queue_job_id: int) -> HttpResponse:
    """The page again with the refusal, or the list when the job is gone."""
    require_platform(request.actor)
    messages.warning(request, refusal.sentence)
    if dead_letters.dead_letter_of(queue_job_id=queue_job_id) is None:
        return redirect("kernel:dead_letter_list")
    return redirect("kernel:dead_letter_detail", queue_job_id=queue_job_id)
