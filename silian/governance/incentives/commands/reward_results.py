"""Read evaluation results from their sources, and enter those that no module keeps."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.governance.incentives.choices.rewards import ENTERED_LEVELS, ResultSource
from silian.governance.incentives.events.rewards import ResultsCollected
from silian.governance.incentives.models.reward_results import EvaluationResult, ResultUse
from silian.governance.incentives.permissions.rewards import require_proposer
from silian.governance.incentives.queries.reward_sources import readers
from silian.governance.incentives.registry import ResultReading
from silian.registers.organisations.models import Membership, Organisation

COMPARED = ("organisation_id", "subject_kind", "subject_name", "division_id", "level", "score",
            "words", "decided_on", "valid_until", "kind", "url")  # fmt: skip
BATCH = 1_000


@transaction.atomic
def collect_results(*, division: str, now: datetime.datetime, is_demo: bool = False) -> int:
    """Take over what the sources say of a region today (归集评价结果); returns what changed.

    What was used by a decision stays as it was, no longer current; running twice changes nothing.
    """
    prefix = subtree_prefix(division)
    found = {
        (str(reading.source), reading.reference): reading
        for reader in readers().values()
        for reading in reader.read(prefix, now.date())
    }
    known = {
        (row.source, row.reference): row
        for row in EvaluationResult.objects.select_for_update().filter(
            is_current=True, entered_by__isnull=True, division__code__startswith=prefix
        )
    }
    changed = [key for key, row in known.items() if key not in found or differs(row, found[key])]
    fresh = [reading for key, reading in found.items() if key not in known or key in changed]
    put_away([known[key] for key in changed])
    EvaluationResult.objects.bulk_create(
        [EvaluationResult(**asdict(reading), taken_at=now, is_demo=is_demo) for reading in fresh],
        batch_size=BATCH,
    )
    if changed or fresh:
        publish(ResultsCollected(division=division))
    return len(set(changed) | {(str(row.source), row.reference) for row in fresh})


def differs(row: EvaluationResult, reading: ResultReading) -> bool:
    return any(getattr(row, name) != getattr(reading, name) for name in COMPARED)


def put_away(rows: Sequence[EvaluationResult]) -> None:
    """Used results stay for the record; others make room for what is said now."""
    keys = [row.pk for row in rows]
    held = set(ResultUse.objects.filter(result__in=keys).values_list("result_id", flat=True))
    held |= set(
        EvaluationResult.objects.filter(pk__in=keys, restrictions__isnull=False).values_list(
            "pk", flat=True
        )
    )
    EvaluationResult.objects.filter(pk__in=held).update(is_current=False)
    EvaluationResult.objects.filter(pk__in=set(keys) - held).delete()


@transaction.atomic
def collect_now(*, actor: Actor, now: datetime.datetime) -> int:
    """Read the sources of one's own region by hand (立即归集)."""
    require_proposer(actor, division=actor.jurisdiction)
    changed = collect_results(division=actor.jurisdiction, now=now)
    record(actor, "incentives.result.collected", detail={"changed": changed})
    return changed


@transaction.atomic
def enter_result(
    *,
    source: str,
    organisation_id: int,
    level: str,
    score: Decimal | None,
    words: str,
    decided_on: datetime.date,
    valid_until: datetime.date | None,
    document: str,
    evidence: UploadedFile[bytes] | None,
    actor: Actor,
    now: datetime.datetime,
) -> EvaluationResult:
    """Enter a result of a source that no module reads yet, with document and evidence (录入)."""
    unit = Organisation.objects.get(pk=organisation_id)
    require_proposer(actor, division=unit.division_id)
    refuse_unfit(source, level, decided_on, valid_until, document, evidence, now=now)
    result = EvaluationResult.objects.create(
        source=source,
        reference=new_reference(source, document, unit),
        organisation=unit,
        subject_kind=unit.kind,
        subject_name=unit.name,
        division_id=unit.division_id,
        level=level,
        score=score,
        words=words.strip(),
        decided_on=decided_on,
        valid_until=valid_until,
        document=document.strip(),
        entered_by_id=actor.user_id,
        entered_for_id=actor.organisation_id,
        taken_at=now,
    )
    if evidence is not None:
        store_upload(upload=evidence, subject=result, actor=actor)
    record(actor, "incentives.result.entered", result, reason=result.document)
    publish(ResultsCollected(division=unit.division_id))
    return result


def new_reference(source: str, document: str, unit: Organisation) -> str:
    """The name of an entered result; a document tells of a unit once."""
    reference = f"{document.strip()}:{unit.pk}"[:80]
    if EvaluationResult.objects.filter(source=source, reference=reference).exists():
        raise DomainError("这份文件对这家单位的结果已经录入，不重复录入。", field="document")
    return reference


def refuse_unfit(
    source: str,
    level: str,
    decided_on: datetime.date,
    valid_until: datetime.date | None,
    document: str,
    evidence: UploadedFile[bytes] | None,
    *,
    now: datetime.datetime,
) -> None:
    if ResultSource(source) in readers():
        raise DomainError("这个来源由平台读取，不能录入；有误请更正原登记。", field="source")
    if level not in ENTERED_LEVELS:
        raise DomainError("请选择结果等次。", field="level")
    if not document.strip():
        raise DomainError("请写明结果文件的名称和文号。", field="document")
    if evidence is None:
        raise DomainError("请上传结果文件。", field="evidence")
    if decided_on > now.date():
        raise DomainError("结果日不能晚于今天。", field="decided_on")
    if valid_until is not None and valid_until <= decided_on:
        raise DomainError("有效期止应晚于结果日。", field="valid_until")


def collect_all(*, now: datetime.datetime) -> int:
    """Read the sources for every region that has officials, the widest regions alone."""
    rows = Membership.objects.in_force(on=now.date()).filter(jurisdiction__isnull=False)
    prefixes = {
        subtree_prefix(code): code
        for code in rows.values_list("jurisdiction_id", flat=True).distinct()
    }
    widest = [
        code
        for prefix, code in prefixes.items()
        if not any(prefix != other and prefix.startswith(other) for other in prefixes)
    ]
    return sum(collect_results(division=code, now=now) for code in sorted(widest))
