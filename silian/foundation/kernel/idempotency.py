"""One answer for one request, however often it is sent (Idempotency-Key).

An API write wraps its work::

    answer = once(caller="token:7", key=key, request=payload, work=lambda: (201, {...}))
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import IdempotencyRecord

Answer = tuple[int, Any]
KEPT = datetime.timedelta(days=7)  # clients retry within minutes; a week covers a long outage
LONGEST_KEY = 80


@transaction.atomic
def once(*, caller: str, key: str, request: Any, work: Callable[[], Answer]) -> Answer:
    """The answer of ``work``, or the answer already given for the same key.

    A refusal raised by ``work`` rolls back and is not remembered: the caller may try again.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise DomainError(f"Idempotency-Key 须为 1 到 {LONGEST_KEY} 个字符。")
    fingerprint = fingerprint_of(request)
    lock(caller=caller, key=key)
    given = IdempotencyRecord.objects.filter(caller=caller, key=key).first()
    if given is None:
        status, body = work()
        IdempotencyRecord.objects.create(
            caller=caller, key=key, fingerprint=fingerprint, status=status, body=body
        )
        return status, body
    if given.fingerprint != fingerprint:
        raise DomainError("这个 Idempotency-Key 已用于另一请求。请为新请求换一个键。")
    return given.status, given.body


def fingerprint_of(request: Any) -> str:
    text = json.dumps(request, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def lock(*, caller: str, key: str) -> None:
    """Let the same request sent twice at once wait for its first answer."""
    digest = hashlib.sha256(f"{caller}|{key}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(5411003, %s)",
            [int.from_bytes(digest[:4], "big", signed=True)],
        )


def forget_before(moment: datetime.datetime) -> int:
    count, _ = IdempotencyRecord.objects.filter(created_at__lt=moment).delete()
    return count
