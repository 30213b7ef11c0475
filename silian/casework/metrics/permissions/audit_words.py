"""The acts of this module in Chinese, for the audit trail."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels(
    {
        "metrics.definition.made": "设立填报指标",
        "metrics.definition.changed": "修改填报指标",
        "metrics.definition.retired": "停用填报指标",
        "metrics.value.reported": "填报指标数值",
        "metrics.value.corrected": "更正指标数值",
        "metrics.value.recounted": "更正后重算指标",
        "metrics.metric.recount_asked": "要求重算指标",
        "metrics.dispute.raised": "提出数据异议",
        "metrics.dispute.upheld": "答复数据异议（维持原数）",
        "metrics.dispute.corrected": "答复数据异议（更正）",
        "metrics.dispute.withdrawn": "撤回数据异议",
    }
)
