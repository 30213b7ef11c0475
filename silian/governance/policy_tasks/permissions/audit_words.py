"""What acts on tasks and targets are called in the audit trail (审计用语)."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

TASKS = {
    "policy_tasks.task.drafted": "生成任务草稿",
    "policy_tasks.task.added": "添加任务",
    "policy_tasks.task.part_added": "添加子任务",
    "policy_tasks.task.arranged": "安排任务",
    "policy_tasks.task.assigned": "下达任务",
    "policy_tasks.task.signed": "签收任务",
    "policy_tasks.task.reported": "报送进展",
    "policy_tasks.task.claimed": "申请办结",
    "policy_tasks.task.confirmed": "确认办结",
    "policy_tasks.task.returned": "退回办结申请",
    "policy_tasks.task.cancelled": "取消任务",
    "policy_tasks.task.kept": "保留建议取消的任务",
    "policy_tasks.task.cancel_proposed": "建议取消任务",
    "policy_tasks.task.handed_over": "任务随职责划转",
    "policy_tasks.task.moved": "任务转入新版文件",
    "policy_tasks.task.weather_said": "填写督查判断",
    "policy_tasks.task.escalated": "逾期任务提级",
    "policy_tasks.milestone.added": "添加节点",
    "policy_tasks.milestone.reached": "登记节点完成",
}
TARGETS = {
    "policy_tasks.target.drafted": "生成目标",
    "policy_tasks.target.bound": "绑定指标",
    "policy_tasks.target.unbound": "解除指标",
    "policy_tasks.target.baseline_set": "设定基期",
    "policy_tasks.target.light_changed": "目标灯号变化",
    "policy_tasks.target.ended": "终止目标",
    "policy_tasks.jurisdiction.loaded": "载入地区规则",
}
register_action_labels(TASKS)
register_action_labels(TARGETS)
