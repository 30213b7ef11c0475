"""Facts that happened: published inside a transaction, handled after it, at least once.

A publication is a row in the PostgreSQL queue, written by the same transaction as the change it
tells of; a rolled-back change tells nobody. Handlers carry ids, read again, and may run twice.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any, TypeVar

Handler = Callable[[Any], None]
HandlerT = TypeVar("HandlerT", bound=Handler)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events; fields are ids, codes, numbers and dates, never rows."""

    @classmethod
    def name(cls) -> str:
        return f"{cls.__module__}.{cls.__qualname__}"


_handlers: dict[type[Event], list[Handler]] = defaultdict(list)
_by_name: dict[str, tuple[type[Event], Handler]] = {}


def subscribe(event: type[Event]) -> Callable[[HandlerT], HandlerT]:
    """Register a handler of ``event``; used in ``handlers.py`` of a module above."""

    def register(handler: HandlerT) -> HandlerT:
        _handlers[event].append(handler)
        _by_name[subscription_name(event, handler)] = (event, handler)
        return handler

    return register


def subscription_name(event: type[Event], handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__qualname__}<{event.__qualname__}>"


def publish(event: Event) -> None:
    """Queue ``event`` for each of its handlers, in the caller's transaction."""
    publish_each([event])


def publish_each(events: Iterable[Event]) -> None:
    """Queue many events at once."""
    from silian.foundation.kernel.tasks import handle_event

    jobs: list[dict[str, Any]] = [
        {
            "handler": subscription_name(type(event), handler),
            "payload": {name: as_text(value) for name, value in asdict(event).items()},
        }
        for event in events
        for handler in _handlers[type(event)]
    ]
    if jobs:
        handle_event.batch_defer(*jobs)


def deliver(*, handler: str, payload: dict[str, Any]) -> None:
    """Run one handler on one event; called by the queue, possibly more than once."""
    event_type, function = _by_name[handler]
    function(rebuild(event_type, payload))


def as_text(value: Any) -> Any:
    """A value as the queue's JSON can carry it."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


READERS: dict[str, Callable[[str], Any]] = {
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "Decimal": Decimal,
}


def rebuild(event_type: type[Event], payload: dict[str, Any]) -> Event:
    """The event from its payload; fields that the event no longer has are left out."""
    kinds = {item.name: kind_of(item.type) for item in fields(event_type)}
    values = {
        name: READERS[kinds[name]](value) if value is not None and kinds[name] in READERS else value
        for name, value in payload.items()
        if name in kinds
    }
    return event_type(**values)


def kind_of(annotation: Any) -> str:
    """``datetime.date | None`` → ``date``."""
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return text.removesuffix(" | None").split(".")[-1]
