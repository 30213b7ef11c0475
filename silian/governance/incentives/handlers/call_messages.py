"""Tells units of a call when it opens, in the queue and batch by batch."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.governance.incentives.choices.claims import CallMessageKind
from silian.governance.incentives.commands.call_messages import tell_of_call
from silian.governance.incentives.events.claims import CallOpened


@subscribe(CallOpened)
def tell_entitled(event: CallOpened) -> None:
    """Tell each entitled unit once; whoever was told before an extension is not told again."""
    tell_of_call(call_id=event.call_id, kind=CallMessageKind.OPENED, now=timezone.now())
