"""What makes values wrong, and whom to tell of objections."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.metrics.commands.staleness import mark_stale
from silian.casework.metrics.events import DisputeSettled, ValueDisputed
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.disputes import answerer_ids
from silian.casework.metrics.registry import invalidating_events
from silian.foundation.kernel.events import Event, subscribe
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


def listen() -> None:
    """Hear every event that some metric depends on; called once all metrics are declared."""
    for event in sorted(invalidating_events(), key=lambda item: item.name()):
        subscribe(event)(marker_for(event))


def marker_for(event: type[Event]):  # type: ignore[no-untyped-def]
    """A handler of its own for each event, so that the queue tells events of one name apart."""

    def mark(happened: Event) -> None:
        mark_stale(event=happened, now=timezone.now())

    mark.__qualname__ = f"mark_stale[{event.__module__}]"
    return mark


def title_of(dispute: ValueDispute) -> str:
    metric = metric_named(dispute.value.metric_code)
    name = metric.title if metric else dispute.value.metric_code
    return f"{dispute.value.division.name}{dispute.value.period_name}“{name}”"


def read(dispute_id: int) -> ValueDispute:
    return ValueDispute.objects.select_related("value__division").get(pk=dispute_id)


@subscribe(ValueDisputed)
def tell_answerers(event: ValueDisputed) -> None:
    """Ask the coordinators of the region to answer."""
    dispute = read(event.dispute_id)
    notify(
        user_ids=answerer_ids(dispute, on=timezone.localdate()),
        kind=NotificationKind.TASK,
        title=f"答复数据异议：{title_of(dispute)}",
        detail=dispute.reason[:200],
        url=dispute.get_absolute_url(),
        key=f"dispute-{dispute.pk}-raised",
    )


@subscribe(DisputeSettled)
def tell_objector(event: DisputeSettled) -> None:
    """Tell whoever objected how it ended."""
    dispute = read(event.dispute_id)
    if dispute.raised_by_id is None or dispute.raised_by_id == dispute.answered_by_id:
        return
    notify(
        user_ids=[dispute.raised_by_id],
        kind=NotificationKind.REVIEW,
        title=f"数据异议{dispute.get_state_display()}：{title_of(dispute)}",
        detail=dispute.answer[:200],
        url=dispute.get_absolute_url(),
        organisation_id=dispute.organisation_id,
        key=f"dispute-{dispute.pk}-settled",
    )
