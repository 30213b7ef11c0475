"""The steps that a publisher takes on one of its listings, each a button that posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.foundation.kernel.requests import Request
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands import listing_life, listing_writing
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import own_listings
from silian.operations.exchange.workflow.listing import listing as workflow


@dataclass(frozen=True, kw_only=True)
class OfferedStep:
    """A step as the page offers it: its words, and what it asks before (可办事项)."""

    name: str
    label: str
    done: str
    question: str = ""
    consequence: str = ""
    reason: str = ""
    danger: bool = False


STEPS = {
    step.name: step
    for step in (
        OfferedStep(name="confirm", label="确认有效", done="已确认，30 天后再提醒您。"),
        OfferedStep(name="extend", label="延长有效期", done="已延长有效期。"),
        OfferedStep(
            name="pause",
            label="暂停",
            done="已暂停，大厅不再显示。",
            question="暂停这条供需？",
            consequence="大厅不再显示，进行中的洽谈不受影响，随时可以恢复。",
        ),
        OfferedStep(name="resume", label="恢复发布", done="已恢复发布。"),
        OfferedStep(
            name="recall",
            label="撤回送审",
            done="已撤回送审，可以继续修改。",
            question="撤回送审？",
            consequence="修改后须重新提交，审核时限重新计算。",
        ),
        OfferedStep(name="revive", label="重新编辑", done="已转为草稿，修改后可重新发布。"),
        OfferedStep(
            name="withdraw",
            label="撤回",
            done="已撤回。",
            question="撤回这条供需？",
            consequence="大厅不再显示，洽谈中的对方会看到理由。",
            reason="撤回理由",
            danger=True,
        ),
        OfferedStep(
            name="discard",
            label="删除草稿",
            done="草稿已删除。",
            question="删除这份草稿？",
            consequence="删除后不能找回。",
            danger=True,
        ),
    )
}


def offered_steps(listing: Listing) -> list[OfferedStep]:
    """The steps that the listing's state allows, in the order of the page."""
    possible = {step.name for step in workflow.steps_from(ListingState(listing.state))}
    if listing.state == ListingState.DRAFT and not listing.submitted_at:
        possible.add("discard")
    return [step for name, step in STEPS.items() if name in possible]


@require_POST
def listing_step(request: Request, listing_id: int, step: str) -> HttpResponse:
    """Take one step (办理)."""
    if step not in STEPS:
        raise Http404("没有这个办理事项。")
    listing = get_object_or_404(own_listings(request.actor), pk=listing_id)
    take_step(request, listing=listing, step=step)
    messages.success(request, STEPS[step].done)
    if step == "discard":
        return redirect("exchange:my_listings")
    if step == "revive":
        return redirect("exchange:listing_edit", listing_id=listing.pk)
    return redirect(listing)


def take_step(request: Request, *, listing: Listing, step: str) -> None:
    now, actor, key = timezone.now(), request.actor, listing.pk
    life = listing_life
    takes: dict[str, Callable[[], object]] = {
        "confirm": lambda: life.confirm_listing(listing_id=key, actor=actor, now=now),
        "extend": lambda: life.extend_listing(listing_id=key, actor=actor, now=now),
        "pause": lambda: life.pause_listing(listing_id=key, actor=actor),
        "resume": lambda: life.resume_listing(listing_id=key, actor=actor, now=now),
        "recall": lambda: life.recall_listing(listing_id=key, actor=actor, now=now),
        "revive": lambda: life.revive_listing(listing_id=key, actor=actor),
        "withdraw": lambda: life.withdraw_listing(
            listing_id=key, actor=actor, now=now, reason=request.POST.get("reason", "")
        ),
        "discard": lambda: listing_writing.discard_draft(listing_id=key, actor=actor),
    }
    takes[step]()


@require_POST
def listing_copy(request: Request, listing_id: int) -> HttpResponse:
    """Make a draft with the same content (复制)."""
    listing = get_object_or_404(own_listings(request.actor), pk=listing_id)
    made = listing_writing.copy_listing(listing_id=listing.pk, actor=request.actor)
    messages.success(request, "已复制为新的草稿，请核对后发布。")
    return redirect("exchange:listing_edit", listing_id=made.pk)
