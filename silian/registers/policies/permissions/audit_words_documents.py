"""What the entries of documents and bodies in the audit trail are called (审计用语)."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels(
    {
        "policies.document.uploaded": "上传政策文件",
        "policies.document.read": "解析政策文件",
        "policies.document.unreadable": "政策文件未能解析",
        "policies.document.read_again": "重新解析政策文件",
        "policies.document.corrected": "更正文件要素",
        "policies.document.issued": "发布政策文件",
        "policies.document.superseded": "政策文件被替代",
        "policies.document.repealed": "废止政策文件",
        "policies.document.withdrawn": "撤下政策文件",
        "policies.document.amended": "修订政策文件",
        "policies.document.confirmed_clear": "确认没有疑点的条款",
        "policies.clause.confirmed": "确认条款",
        "policies.clause.reopened": "重新核对条款",
        "policies.clause.corrected": "更正条款",
        "policies.clause.bodies_changed": "更正责任单位",
        "policies.clause.merged": "合并条款",
        "policies.clause.split": "拆分条款",
        "policies.clause.added": "添加条款",
        "policies.clause.removed": "移除条款",
        "policies.target.added": "添加指标",
        "policies.target.changed": "更正指标",
        "policies.target.removed": "移除指标",
        "policies.goal.added": "添加有期限的目标",
        "policies.goal.changed": "更正有期限的目标",
        "policies.goal.removed": "移除有期限的目标",
        "policies.mark.settled": "处理疑点",
        "policies.body.created": "新增责任单位",
        "policies.body.changed": "更正责任单位资料",
        "policies.body.named": "登记责任单位别称",
        "policies.body.name_ended": "停用责任单位别称",
        "policies.body.handed_over": "划转责任单位职责",
    }
)
