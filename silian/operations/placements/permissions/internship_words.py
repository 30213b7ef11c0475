"""What the acts on internships are called in the audit trail (审计用语)."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels(
    {
        "placements.internship.arranged": "安排实习",
        "placements.internship.prepared": "开始办理实习手续",
        "placements.internship.agreement_made": "拟定实习协议",
        "placements.internship.terms_taken": "按已签协议更新实习",
        "placements.internship.started": "登记到岗",
        "placements.internship.move_proposed": "提出换岗",
        "placements.internship.post_changed": "换岗",
        "placements.internship.interrupted": "中断实习",
        "placements.internship.resumed": "恢复实习",
        "placements.internship.ended_early": "提前结束实习",
        "placements.internship.finished": "实习期满",
        "placements.internship.cancelled": "取消实习安排",
        "placements.internship.guided": "指定指导人员",
        "placements.consent.given": "同意实习安排",
        "placements.consent.refused": "不同意实习安排",
        "placements.consent.recorded": "登记线下答复",
        "placements.consent.link_made": "生成同意书链接",
        "placements.self_choice.applied": "申请自主选择实习单位",
        "placements.self_choice.approved": "同意自主选择实习单位",
        "placements.self_choice.refused": "退回自主选择申请",
        "placements.self_choice.withdrawn": "撤回自主选择申请",
    }
)
