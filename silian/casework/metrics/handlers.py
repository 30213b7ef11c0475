"""What makes values wrong: the events that the metrics name."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.metrics.commands.staleness import mark_stale
from silian.casework.metrics.registry import invalidating_events
from silian.foundation.kernel.events import Event, subscribe


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
