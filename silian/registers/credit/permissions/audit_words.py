"""What acts on credit cases and records are called in the audit trail."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels(
    {
        "credit.item.added": "增设信用目录项",
        "credit.item.changed": "修改信用目录项",
        "credit.case.found": "登记发现的问题",
        "credit.case.order": "责令限期改正",
        "credit.case.report": "报告改正情况",
        "credit.case.accept": "核实已改正",
        "credit.case.return": "退回继续改正",
        "credit.case.refuse": "认定拒不改正",
        "credit.case.give_notice": "告知拟记入信用记录",
        "credit.case.replied": "提交陈述申辩",
        "credit.case.record": "责令改正转信用记录",
        "credit.case.drop": "撤销责令改正",
        "credit.record.proposed": "提出信用记录",
        "credit.record.confirm": "复核信用记录",
        "credit.record.return": "退回信用记录",
        "credit.record.repair": "修复信用记录",
        "credit.record.revoke": "撤销信用记录",
        "credit.record.expire": "信用记录届满存档",
        "credit.report.issued": "出具信用报告",
        "credit.batch.made": "生成信用归集批次",
        "credit.batch.received": "登记归集回执",
        "credit.remedy.asked": "提出异议或修复申请",
        "credit.remedy.grant": "采纳异议或修复申请",
        "credit.remedy.deny": "不采纳异议或修复申请",
    }
)
