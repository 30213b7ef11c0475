"""My subscriptions, and the endpoint of my organisation (我的订阅)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.search.requests import SearchRequest
from silian.operations.exchange.choices import AlertFrequency, Side
from silian.operations.exchange.commands.subscription import (
    change_subscription,
    stop_by_key,
    stop_subscription,
    subscribe_to_hall,
)
from silian.operations.exchange.commands.subscription_webhooks import (
    disable_webhook,
    register_webhook,
    try_webhook,
)
from silian.operations.exchange.forms.hall import HallQuestion, question_from
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.subscription import Subscription
from silian.operations.exchange.permissions.subscriptions import (
    may_keep_webhooks,
    require_webhook_keeper,
    subscriptions_visible_to,
    webhooks_visible_to,
)
from silian.operations.exchange.queries.search import (
    industry_labels,
    region_labels,
    request_for,
)
from silian.operations.exchange.queries.subscriptions import (
    deliveries_of,
    last_webhook,
    subscriptions_for_list,
)

PASSING = (
    "page",
    "sort",
    "published",
    "after",
    "before",
    "csrfmiddlewaretoken",
    "query",
    "frequency",
)


@require_safe
def subscription_list(request: Request) -> HttpResponse:
    """What one is told of, how often and where (我的订阅)."""
    return subscription_page(request)


def subscription_page(
    request: Request, *, refused: DomainError | None = None, secret: str = ""
) -> HttpResponse:
    endpoint = last_webhook(request.actor)
    context = {
        "subscriptions": subscriptions_for_list(request.actor),
        "frequencies": AlertFrequency.choices,
        "keeps_webhooks": may_keep_webhooks(request.actor),
        "endpoint": endpoint,
        "deliveries": deliveries_of(endpoint),
        "refused": refused,
        "secret": secret,
    }
    status = refused.status if refused else 200
    return render(request, "exchange/subscriptions.html", context, status=status)


@require_POST
def subscription_new(request: Request) -> HttpResponse:
    """Keep asking the question of the hall that stands in ``query`` (有新的告诉我)."""
    asked = QueryDict(request.POST.get("query", request.GET.urlencode())[:600], mutable=True)
    for name in PASSING:
        asked.pop(name, None)
    question = question_from(asked)
    try:
        subscription = subscribe_to_hall(
            asked=engine_request(request, question),
            label=label_of(question),
            query=asked.urlencode(),
            frequency=request.POST.get("frequency", AlertFrequency.DAILY),
            starts_within_days=question.starts_within_days,
            actor=request.actor,
            now=timezone.now(),
        )
    except DomainError as refusal:
        return subscription_page(request, refused=refusal)
    messages.success(request, f"已订阅“{subscription.label}”，有新的告诉您。")
    return redirect("exchange:subscription_list")


def engine_request(request: Request, question: HallQuestion) -> SearchRequest:
    """The question without its day, which would not stay true; the days until it are kept."""
    return request_for(
        actor=request.actor,
        today=timezone.localdate(),
        text=question.text,
        kinds=question.kinds,
        side=question.side,
        divisions=question.divisions,
        chains=question.chains,
        industries=question.industries,
        occupation=question.occupation,
        major=question.major,
        levels=question.levels,
        verified=question.verified,
        price_at_least=question.price_at_least,
    )


def label_of(question: HallQuestion) -> str:
    """The question in words."""
    kinds = listing_kinds()
    regions = region_labels(question.divisions)
    parts = [
        f"“{question.text}”" if question.text else "",
        str(Side(question.side).label) if question.side else "",
        "、".join(kinds[code].label for code in question.kinds),
        "、".join(regions.values()),
        "、".join(question.chains),
        "、".join(industry_labels(question.industries).values()),
        "、".join(question.levels),
        f"不低于 {question.price_at_least:f} 元" if question.price_at_least else "",
    ]
    return " · ".join(part for part in parts if part) or "全部供需"


@require_POST
def subscription_change(request: Request, subscription_id: int) -> HttpResponse:
    """How often, and whether to one's own system too (改频率)."""
    own = get_object_or_404(subscriptions_visible_to(request.actor), pk=subscription_id)
    try:
        change_subscription(
            subscription_id=own.pk,
            frequency=request.POST.get("frequency", own.frequency),
            to_webhook="to_webhook" in request.POST,
            actor=request.actor,
        )
    except DomainError as refusal:
        return subscription_page(request, refused=refusal)
    messages.success(request, "已保存。")
    return redirect("exchange:subscription_list")


@require_POST
def subscription_stop(request: Request, subscription_id: int) -> HttpResponse:
    """Be told no more (退订)."""
    own = get_object_or_404(subscriptions_visible_to(request.actor), pk=subscription_id)
    stop_subscription(subscription_id=own.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已退订。")
    return redirect("exchange:subscription_list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_unsubscribe(request: Request, key: str) -> HttpResponse:
    """The link at the end of an e-mail: asks once, needs no login (邮件退订)."""
    subscription = get_object_or_404(Subscription, unsubscribe_key=key)
    if request.method == "POST":
        stop_by_key(key=key, actor=request.actor, now=timezone.now())
        subscription.refresh_from_db()
    return render(request, "exchange/unsubscribe.html", {"subscription": subscription})


@require_POST
def webhook_new(request: Request) -> HttpResponse:
    """Register the endpoint; its secret is shown on this answer and never again."""
    require_webhook_keeper(request.actor)
    url = request.POST.get("url", "").strip()
    try:
        endpoint = register_webhook(url=url, actor=request.actor, now=timezone.now())
    except DomainError as refusal:
        return subscription_page(request, refused=refusal)
    return subscription_page(request, secret=endpoint.secret)


@require_POST
def webhook_step(request: Request, endpoint_id: int, name: str) -> HttpResponse:
    """Test or switch off the endpoint (测试、停用)."""
    require_webhook_keeper(request.actor)
    endpoint = get_object_or_404(webhooks_visible_to(request.actor), pk=endpoint_id)
    steps: dict[str, tuple[Callable[..., object], str]] = {
        "test": (try_webhook, "已发出测试推送，稍后刷新看结果。"),
        "disable": (disable_webhook, "已停用。"),
    }
    if name not in steps or (name == "test" and endpoint.disabled_at is not None):
        raise Http404("没有这一步。")
    command, sentence = steps[name]
    command(endpoint_id=endpoint.pk, actor=request.actor, now=timezone.now())
    messages.success(request, sentence)
    return redirect("exchange:subscription_list")
