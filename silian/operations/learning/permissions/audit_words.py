"""What acts on calls and returns are called in the audit trail."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels(
    {
        "learning.call.drafted": "拟定经费报告通知",
        "learning.call.changed": "修改经费报告通知",
        "learning.call.units_added": "加入应报企业",
        "learning.call.unit_removed": "移出应报企业",
        "learning.call.issued": "下发经费报告通知",
        "learning.call.reminded": "催报经费报告",
        "learning.return.begun": "开始填报经费报告",
        "learning.return.saved": "保存经费报告草稿",
        "learning.return.evidence_added": "上传经费凭证",
        "learning.return.evidence_removed": "删除经费凭证",
        "learning.return.amendment_begun": "开始更正经费报告",
        "learning.return.amendment_dropped": "放弃更正经费报告",
        "learning.return.submit": "提交经费报告",
        "learning.return.withdraw": "撤回经费报告",
        "learning.return.return": "退回经费报告补正",
        "learning.return.confirm": "确认经费报告",
        "learning.return.order": "责令改正经费提取使用",
        "learning.return.report": "报告经费改正情况",
        "learning.return.accept": "核实经费已改正",
        "learning.return.send_back": "退回继续改正经费问题",
        "learning.return.refuse": "认定经费问题拒不改正",
        "learning.return.followed": "随信用登记更新经费报告状态",
        "learning.return.opinion": "提出经费报告核对意见",
        "learning.return.imported": "导入经费报告草稿",
    }
)
