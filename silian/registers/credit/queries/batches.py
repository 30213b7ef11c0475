"""What the public credit platform has not been told yet (待归集)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from silian.foundation.kernel.actors import subtree_prefix
from silian.registers.credit.choices import SHARED_STATES, BatchAction, RecordState, Sharing
from silian.registers.credit.models import CreditRecord, ShareBatch, ShareLine

HEADINGS = (
    "记录编号", "操作", "信用主体", "统一社会信用代码", "目录编码", "目录项", "信息性质",
    "共享属性", "内容", "依据文件", "决定文号", "决定日期", "认定机关", "披露起", "披露止（不含）",
    "异议标注", "状态",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Untold:
    """A record whose present state the platform does not know (待报条目)."""

    record: CreditRecord
    action: BatchAction
    cells: list[str]
    fingerprint: str


def shareable(*, division: str) -> QuerySet[CreditRecord]:
    """Records of the region that were confirmed and may be given away by the catalogue."""
    prefix = subtree_prefix(division)
    return CreditRecord.objects.filter(
        organisation__division__code__startswith=prefix,
        state__in=sorted(SHARED_STATES),
        item__sharing__in=[Sharing.PUBLIC, Sharing.SHARED],
    )


def untold(*, division: str) -> list[Untold]:
    """What changed since each record was last told; three queries at most."""
    last = ShareLine.objects.filter(record=OuterRef("pk")).order_by("-pk")
    rows = shareable(division=division).annotate(
        told=Subquery(last.values("fingerprint")[:1]),
    )
    found = []
    for row in rows.select_related("organisation", "item", "authority").order_by("pk"):
        ended = row.state != RecordState.IN_FORCE
        told = row.told  # type: ignore[attr-defined]
        if ended and told is None:
            continue  # the platform never had it
        action = BatchAction.REMOVE if ended else BatchAction.CHANGE if told else BatchAction.ADD
        cells = cells_of(row)
        mark = fingerprint_of(cells)
        if mark != told:
            found.append(Untold(record=row, action=action, cells=cells, fingerprint=mark))
    return found


def cells_of(row: CreditRecord) -> list[str]:
    """The line of a record, without the action (归集内容)."""
    return [
        str(row.pk),
        row.organisation.name,
        row.uscc,
        row.item.code,
        row.item.name,
        row.item.get_nature_display(),
        row.item.get_sharing_display(),
        row.title,
        row.basis_document,
        row.decision_number,
        row.decided_on.isoformat(),
        row.authority.name,
        row.starts_on.isoformat(),
        row.ends_on.isoformat() if row.ends_on else "",
        "有异议" if row.is_disputed else "",
        row.get_state_display(),
    ]


def fingerprint_of(cells: list[str]) -> str:
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


def sheet_rows(batch: ShareBatch) -> list[list[str]]:
    """The lines of a batch as they were told, the same at every download."""
    return [
        [line.cells[0], line.get_action_display(), *line.cells[1:]]
        for line in batch.lines.order_by("pk")
    ]
