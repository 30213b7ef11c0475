"""Acts on an organisation in words, for its history."""

from __future__ import annotations

from silian.foundation.kernel.models import AuditEntry
from silian.registers.organisations.models.organisation import Organisation

ACTS = {
    "organisations.organisation.registered": "登记单位",
    "organisations.organisation.submitted": "提交核验",
    "organisations.organisation.verified": "通过核验",
    "organisations.organisation.rejected": "退回补正",
    "organisations.organisation.renamed": "确认更名",
    "organisations.organisation.suspended": "暂停",
    "organisations.organisation.resumed": "恢复",
    "organisations.organisation.closed": "注销",
    "organisations.organisation.merged": "并入其他单位",
    "organisations.organisation.changed": "修改资料",
    "organisations.renaming.requested": "申请更名",
    "organisations.renaming.refused": "更名未通过",
    "organisations.document.added": "上传材料",
    "organisations.document.removed": "移除材料",
    "organisations.join.asked": "有人申请加入",
    "organisations.identity.switched": "切换到本单位办理",
}


def words_of(row: AuditEntry) -> str:
    """What was done, with the fields that changed: 修改资料：简称 无 → 启衡."""
    act = ACTS.get(row.action, row.action)
    changes = row.detail.get("changes", {})
    return (
        f"{act}：{'；'.join(change_words(*item) for item in changes.items())}" if changes else act
    )


def change_words(field: str, values: list[str]) -> str:
    before, after = (shortened(value) for value in values)
    label = Organisation._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return f"{label} {before} → {after}"


def shortened(value: str) -> str:
    if not value:
        return "无"
    return value if len(value) <= 30 else f"{value[:30]}…"
