"""The audit trail: record an act, and verify that nobody rewrote history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.models import AuditEntry, AuditLink


def record(
    actor: Actor,
    action: str,
    subject: Model | None = None,
    *,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one act to the audit trail, in the caller's transaction (写入审计记录).

    ``action`` is ``module.aggregate.verb``. A subject's ``division_id`` places the act in a
    jurisdiction, so that officials can read the trail of their own region.
    """
    entry = entry_of(actor, action, subject, reason=reason, detail=detail)
    entry.save()
    return entry


def record_each(actor: Actor, action: str, subjects: Iterable[Model]) -> None:
    """Write the same act on many subjects, an entry each, in one statement (逐条写入审计记录)."""
    AuditEntry.objects.bulk_create(
        [entry_of(actor, action, subject) for subject in subjects], batch_size=500
    )


def entry_of(
    actor: Actor,
    action: str,
    subject: Model | None,
    *,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    return AuditEntry(
        actor_id=actor.user_id,
        actor_name=actor.name[:60],
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name[:120],
        address=actor.address,
        action=action,
        object_type=subject._meta.label_lower if subject is not None else "",
        object_id=str(subject.pk) if subject is not None else "",
        object_label=str(subject)[:200] if subject is not None else "",
        division=str(getattr(subject, "division_id", "") or ""),
        reason=reason[:500],
        detail=detail or {},
    )


@dataclass(frozen=True, kw_only=True)
class ChainVerdict:
    """The result of walking the chain: how many links hold, and the first that does not."""

    links: int
    broken_at: int | None
    unlinked: int

    @property
    def holds(self) -> bool:
        return self.broken_at is None and self.unlinked == 0


VERIFY = """
WITH walked AS (
    SELECT link.sequence, link.hash, link.previous_hash,
           lag(link.hash, 1, repeat('0', 64)) OVER (ORDER BY link.sequence) AS expected_previous,
           lag(link.sequence, 1, 0::bigint) OVER (ORDER BY link.sequence) AS last_sequence,
           silian_audit_hash(entry, link.sequence, link.previous_hash) AS computed
    FROM kernel_auditlink link LEFT JOIN kernel_auditentry entry ON entry.id = link.entry_id
)
SELECT count(*),
       min(sequence) FILTER (
           WHERE computed IS DISTINCT FROM hash
              OR previous_hash <> expected_previous
              OR sequence <> last_sequence + 1
       )
FROM walked
"""
UNLINKED = """
SELECT count(*) FROM kernel_auditentry entry
WHERE NOT EXISTS (SELECT 1 FROM kernel_auditlink link WHERE link.entry_id = entry.id)
"""


def verify_chain() -> ChainVerdict:
    """Recompute every hash in the database and compare (核验审计链)."""
    with connection.cursor() as cursor:
        cursor.execute(VERIFY)
        links, broken_at = cursor.fetchone()
        cursor.execute(UNLINKED)
        (unlinked,) = cursor.fetchone()
    return ChainVerdict(links=links, broken_at=broken_at, unlinked=unlinked)


def chain_head() -> str:
    """The last link as ``sequence:hash``, to be noted outside the database (链尾)."""
    link = AuditLink.objects.order_by("-sequence").first()
    return f"{link.sequence}:{link.hash}" if link else f"0:{'0' * 64}"


def head_is_on_chain(head: str) -> bool:
    """Whether a head noted earlier is still a link of the chain."""
    sequence, _, digest = head.partition(":")
    if sequence == "0":
        return True
    return sequence.isdigit() and AuditLink.objects.filter(sequence=sequence, hash=digest).exists()
