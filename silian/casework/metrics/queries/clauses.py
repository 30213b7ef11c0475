"""The clauses whose numbers a metric measures."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.registers.policies.choices import PUBLIC_STATES
from silian.registers.policies.models.clauses import ClauseTarget
from silian.registers.policies.permissions.documents import documents_visible_to

MOST_SHOWN = 20  # a province and its cities name the same metric once each


def clauses_measured_by(code: str, *, actor: Actor) -> list[ClauseTarget]:
    """The numbers in issued documents that are bound to the metric (政策依据)."""
    issued = documents_visible_to(actor).filter(state__in=sorted(PUBLIC_STATES))
    rows = ClauseTarget.objects.filter(metric_code=code, clause__document__in=issued)
    return list(rows.select_related("clause__document__division").order_by("pk")[:MOST_SHOWN])
